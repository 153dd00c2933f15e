#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "tools/tidy/tidy.h"

namespace ln::tidy {
namespace {

std::string read(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

Room make_room(const std::filesystem::path& src, const std::filesystem::path& file) {
  Room room;
  room.path = std::filesystem::relative(file, src).generic_string();
  std::vector<std::string> parts;
  for (const auto& each : std::filesystem::path(room.path)) parts.push_back(each.string());
  room.floor = parts.front();
  if (parts.size() > 2) room.folder = parts[1];
  const std::string stem = file.stem().string();
  room.part = stem;
  if (stem == room.folder) room.part.clear();
  if (!room.folder.empty() && stem.starts_with(room.folder + "_"))
    room.part = stem.substr(room.folder.size() + 1);
  for (const char* kind : {"test", "fuzz", "bench"})
    room.is_test = room.is_test || stem.ends_with(std::string("_") + kind);
  room.text = read(file);
  static const std::regex include("(?:^|\n)#include \"([^\"]+)\"");
  for (std::sregex_iterator it(room.text.begin(), room.text.end(), include), end; it != end; ++it)
    room.arrows.push_back((*it)[1]);
  return room;
}

void add_files(const std::filesystem::path& root,
               const char* folder,
               std::map<std::string, std::string>& files) {
  if (!std::filesystem::exists(root / folder)) return;
  for (const auto& entry : std::filesystem::directory_iterator(root / folder))
    if (entry.is_regular_file())
      files[std::filesystem::relative(entry.path(), root).generic_string()] = read(entry.path());
}

std::string folder_of(const Room& room) {
  return room.folder.empty() ? room.floor : room.floor + "/" + room.folder;
}

}  // namespace

Tree enter(const std::filesystem::path& root) {
  Tree tree;
  const std::filesystem::path src = root / "src";
  if (std::filesystem::exists(src))
    for (const auto& entry : std::filesystem::recursive_directory_iterator(src))
      if (entry.path().extension() == ".h" || entry.path().extension() == ".cpp")
        tree.rooms.push_back(make_room(src, entry.path()));
  std::sort(tree.rooms.begin(), tree.rooms.end(),
            [](const Room& a, const Room& b) { return a.path < b.path; });
  for (const Room& room : tree.rooms) tree.by_path[room.path] = &room;
  for (const char* folder :
       {"text", "schema", "data/api", "docs", "test", "test/e2e", "test/fault"})
    add_files(root, folder, tree.files);
  return tree;
}

std::string draw(const Tree& tree) {
  std::map<std::string, std::set<std::string>> arrows;
  for (const Room& room : tree.rooms) {
    if (room.is_test) continue;
    arrows[folder_of(room)];
    for (const std::string& to : room.arrows)
      if (const auto found = tree.by_path.find(to); found != tree.by_path.end())
        if (folder_of(*found->second) != folder_of(room))
          arrows[folder_of(room)].insert(folder_of(*found->second));
  }
  std::string out =
      "digraph house {\n  rankdir=TB; newrank=true; node [shape=box, fontname=\"sans\"];\n";
  for (const char* floor : {"app", "feature", "core", "engine", "platform", "base"}) {
    out += std::string("  subgraph \"cluster_") + floor + "\" { label=\"" + floor + "\";";
    for (const auto& [folder, _] : arrows)
      if (folder == floor || folder.starts_with(std::string(floor) + "/"))
        out += " \"" + folder + "\";";
    out += " }\n";
  }
  for (const auto& [from, all] : arrows)
    for (const std::string& to : all)
      if (to != "base") out += "  \"" + from + "\" -> \"" + to + "\";\n";
  return out + "}\n";
}

Problems check_all(const Tree& tree) {
  Problems problems;
  for (const auto check : {check_arrows, check_circles, check_sizes, check_bans, check_tables,
                           check_sentences, check_migrations, check_api, check_shown})
    check(tree, problems);
  return problems;
}

}  // namespace ln::tidy
