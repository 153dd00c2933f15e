#include "core/units/units.h"

#include <algorithm>

namespace ln::units {
namespace {

// The words of an enum, in its order. One word everywhere: SQL, JSON, text keys.
constexpr std::string_view kind_words[] = {"city",     "district", "commune",     "department",
                                           "division", "counter",  "organisation"};
constexpr std::string_view relation_words[] = {"full", "partial", "keep", "renamed"};
constexpr std::string_view time_words[] = {"working_hour", "working_day", "calendar_day", "none"};

template <class Enum, std::size_t count>
std::optional<Enum> find_word(const std::string_view (&words)[count], std::string_view word) {
  for (std::size_t i = 0; i < count; ++i)
    if (words[i] == word) return static_cast<Enum>(i);
  return std::nullopt;
}

}  // namespace

std::string_view to_text(Kind kind) { return kind_words[static_cast<std::size_t>(kind)]; }
std::optional<Kind> kind_of(std::string_view word) { return find_word<Kind>(kind_words, word); }

std::string_view to_text(Relation relation) {
  return relation_words[static_cast<std::size_t>(relation)];
}
std::optional<Relation> relation_of(std::string_view word) {
  return find_word<Relation>(relation_words, word);
}

std::string_view to_text(TimeKind kind) { return time_words[static_cast<std::size_t>(kind)]; }
std::optional<TimeKind> time_kind_of(std::string_view word) {
  return find_word<TimeKind>(time_words, word);
}

std::string_view bare_name(std::string_view name, std::string_view type) {
  if (type.empty() || name.size() <= type.size() + 1 || !name.starts_with(type)) return name;
  if (name[type.size()] != ' ') return name;
  return name.substr(type.size() + 1);
}

bool is_within(std::string_view path, std::string_view top) {
  // Both end in '/', so "/1/5/" is no beginning of "/1/57/".
  return !top.empty() && path.starts_with(top);
}

bool is_top(std::string_view path) { return std::ranges::count(path, '/') == 2; }

std::pair<std::string, std::string> subtree_range(std::string_view top) {
  std::string end(top);
  // '0' follows '/' in ASCII: everything below "/1/57/" sorts before "/1/570".
  if (!end.empty()) end.back() = '0';
  return {std::string(top), end};
}

}  // namespace ln::units
