// The second wall on PostgreSQL: what a statement of a request may not be, whatever the code above
// says. It is read when a connection meets the statement for the first time; statements are
// literals of this program, so that the wall stands against our own mistakes, not against an
// attacker's words. The triggers of the schema are the third wall, readers' connections are
// read-only in the server, and a city that wants a fourth takes the rights away from the role.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/db_postgres.h"
#include "platform/db/db_postgres_loader.h"
#include "platform/db/db_wall.h"

namespace ln::db {
namespace {

constexpr std::string_view beginnings[] = {"select", "with",   "values",
                                           "insert", "update", "delete"};
// Settings, files, locks, the schema's own numbers: functions that do more than answer.
constexpr std::string_view closed_words[] = {"set_config", "setval", "nextval", "truncate", "into"};
constexpr std::string_view closed_beginnings[] = {"pg_", "lo_", "dblink"};

// Words in small letters, and commas and parentheses; strings are left out.
std::vector<std::string> sql_words_of(std::string_view sql) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(in_small_letters(word));
    word.clear();
  };
  for (const char c : sql) {
    if (c == '\'') quoted = !quoted;
    const bool is_word =
        c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (is_word && !quoted)
      word += c;
    else if (c != '"')
      end_word();
  }
  end_word();
  return words;
}

bool is_closed(std::string_view word) {
  return std::ranges::find(closed_words, word) != std::end(closed_words) ||
         std::ranges::any_of(closed_beginnings,
                             [&](std::string_view start) { return word.starts_with(start); });
}

}  // namespace

bool needs_erasure(std::string_view sql) {
  const auto refuse = [&] {
    throw Failure("no request may do this: " + std::string(sql.substr(0, 400)));
  };
  const std::vector<std::string> words = sql_words_of(sql);
  const auto word = [&](std::size_t at) {
    return at < words.size() ? std::string_view(words[at]) : std::string_view();
  };
  if (std::ranges::find(beginnings, word(0)) == std::end(beginnings)) refuse();
  bool erases = false;
  std::string_view inserted;  // The table of the last INSERT.
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view before = i == 0 ? std::string_view() : word(i - 1);
    std::string_view changed;
    if (word(i) == "into" && before == "insert") {
      inserted = word(i + 1);
      if (inserted == own_table) refuse();
      continue;
    }
    if (is_closed(word(i))) refuse();
    if (word(i) == "update" && before == "do") changed = inserted;
    if (word(i) == "update" && before != "do" && before != "for")
      changed = word(i + 1) == "only" ? word(i + 2) : word(i + 1);
    if (word(i) == "from" && before == "delete")
      changed = word(i + 1) == "only" ? word(i + 2) : word(i + 1);
    if (changed == own_table || is_append_only(changed)) refuse();
    erases = erases || is_erasable(changed);
  }
  return erases;
}

void PostgresConnection::allow_erasure(bool allowed) {
  erasure_ = allowed;
  if (failed_ || is_lost()) return;  // The transaction ends, and the setting with it.
  try {
    begin_if_wanted();
    // The triggers ask for it; it holds until the end of the transaction.
    control(allowed ? "SELECT set_config('langnghe.erasure', 'on', true)"
                    : "SELECT set_config('langnghe.erasure', 'off', true)");
  } catch (const Failure&) {
    failed_ = true;
  }
}

}  // namespace ln::db
