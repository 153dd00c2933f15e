// Words outside the C++: tables in SQL, sentences in both languages, migrations, the API
// description, the tests that documents name.
#include <algorithm>
#include <regex>
#include <set>

#include "tools/tidy/tidy.h"

namespace ln::tidy {
namespace {

std::size_t line_at(const std::string& text, std::ptrdiff_t position) {
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + position, '\n'));
}

// Calls body(match, line) for each match of `pattern` in `text`.
template <class Body>
void each_match(const std::string& text, const std::regex& pattern, Body body) {
  for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it)
    body(*it, line_at(text, it->position()));
}

std::set<std::string> keys_of(const Tree& tree, const std::string& path) {
  std::set<std::string> keys;
  const auto found = tree.files.find(path);
  if (found == tree.files.end()) return keys;
  static const std::regex id("(?:^|\n)msgid \"([^\"]+)\"");
  each_match(found->second, id, [&](const std::smatch& m, std::size_t) { keys.insert(m[1]); });
  return keys;
}

}  // namespace

// A room writes only its own tables: those named after it.
void check_tables(const Tree& tree, Problems& problems) {
  static const std::regex writes("(INSERT INTO|UPDATE|DELETE FROM) ([a-z_]+)");
  for (const Room& room : tree.rooms) {
    if (room.is_test || room.folder.empty() || room.floor == "platform") continue;
    each_match(room.text, writes, [&](const std::smatch& m, std::size_t line) {
      // The table of units and of the feedback rows themselves is singular.
      const std::string table = m[2];
      const std::string own = room.folder == "units" ? "unit" : room.folder;
      if (table == own || table.starts_with(own + "_")) return;
      problems.push_back(
          {room.path, line, room.folder + " writes table " + table + ", which is not its own"});
    });
  }
}

// Each key that the code names stands in both languages, and each that stands there is named.
void check_sentences(const Tree& tree, Problems& problems) {
  const std::set<std::string> vi = keys_of(tree, "text/vi.po"), en = keys_of(tree, "text/en.po");
  std::set<std::string> used;
  static const std::regex key("\"([a-z0-9_.]+)\"_t\\b");
  for (const Room& room : tree.rooms)
    each_match(room.text, key, [&](const std::smatch& m, std::size_t line) {
      const std::string name = m[1];
      if (!room.is_test) used.insert(name);
      if (!vi.contains(name)) problems.push_back({room.path, line, name + " is not in text/vi.po"});
      if (!en.contains(name)) problems.push_back({room.path, line, name + " is not in text/en.po"});
    });
  for (const std::string& name : vi) {
    if (!en.contains(name)) problems.push_back({"text/vi.po", 1, name + " is not in text/en.po"});
    if (!used.contains(name)) problems.push_back({"text/vi.po", 1, name + " is used nowhere"});
  }
  for (const std::string& name : en)
    if (!vi.contains(name)) problems.push_back({"text/en.po", 1, name + " is not in text/vi.po"});
}

void check_migrations(const Tree& tree, Problems& problems) {
  static const std::regex name("schema/([0-9]{4})_[a-z0-9_]+\\.sql");
  std::map<int, std::string> numbers;
  for (const auto& [path, _] : tree.files) {
    if (!path.starts_with("schema/") || path == "schema/schema.sql") continue;
    std::smatch found;
    if (!std::regex_match(path, found, name)) {
      problems.push_back({path, 1, "migrations are named NNNN_what_it_does.sql"});
      continue;
    }
    const int number = std::stoi(found[1]);
    if (const auto [at, fresh] = numbers.emplace(number, path); !fresh)
      problems.push_back({path, 1, "has the same number as " + at->second});
  }
  int expected = numbers.empty() ? 0 : numbers.begin()->first;
  for (const auto& [number, path] : numbers) {
    if (number != expected) problems.push_back({path, 1, "leaves a gap before its number"});
    expected = number + 1;
  }
}

// The description names each route of the API and nothing else.
void check_api(const Tree& tree, Problems& problems) {
  std::set<std::string> routed, described;
  static const std::regex route("\"(/api/v1/[^\"]*)\"");
  static const std::regex kind(":(number|date|text)\\}");
  for (const Room& room : tree.rooms) {
    if (room.is_test || !room.path.starts_with("app/routes")) continue;
    each_match(room.text, route, [&](const std::smatch& m, std::size_t) {
      routed.insert(std::regex_replace(m[1].str(), kind, "}"));
    });
  }
  const std::string where = "data/api/openapi.json";
  if (const auto found = tree.files.find(where); found != tree.files.end())
    each_match(found->second, std::regex("\"(/api/v1/[^\"]*)\"\\s*:"),
               [&](const std::smatch& m, std::size_t) { described.insert(m[1]); });
  for (const std::string& path : routed)
    if (!described.contains(path)) problems.push_back({where, 1, "does not describe " + path});
  for (const std::string& path : described)
    if (!routed.contains(path)) problems.push_back({where, 1, "describes " + path + ", no route"});
}

// What stands in quotes in the last cell of a row is the beginning of a test's name.
void check_shown(const Tree& tree, Problems& problems) {
  std::string tests;
  for (const Room& room : tree.rooms)
    if (room.is_test) tests += room.text;
  for (const auto& [path, text] : tree.files)
    if (path.starts_with("test/")) tests += text;
  const auto exists = [&](const std::string& name) {
    for (const char* start : {"TEST_CASE(\"", "test(\"", "test(`"})
      if (tests.find(start + name) != std::string::npos) return true;
    return false;
  };
  static const std::regex last_cell("\\|([^|\n]*)\\|\n"), quoted("\"([^\"]+)\"");
  for (const char* where : {"docs/COMPARE.md", "docs/THREATS.md"}) {
    const auto table = tree.files.find(where);
    if (table == tree.files.end()) continue;
    each_match(table->second, last_cell, [&](const std::smatch& row, std::size_t line) {
      each_match(row[1].str(), quoted, [&](const std::smatch& name, std::size_t) {
        if (!exists(name[1]))
          problems.push_back({where, line, "no test is named " + name[1].str()});
      });
    });
  }
}

}  // namespace ln::tidy
