#include "feature/feedback/feedback_page.h"

#include <algorithm>

#include "feature/feedback/feedback.h"

namespace ln::feedback {
namespace {

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("/-._~?=&").find(c) != std::string_view::npos;
  });
}

// "projects" of "projects/3/items"; what is left begins after the slash.
std::string_view take_part(std::string_view& path) {
  const std::size_t end = std::min(path.find_first_of("/?"), path.size());
  const std::string_view part = path.substr(0, end);
  path.remove_prefix(std::min(end + 1, path.size()));
  return part;
}

}  // namespace

bool may_be_about(std::string_view path) {
  if (!path.starts_with('/') || path.size() > page_path_size_max || !is_plain(path)) return false;
  path.remove_prefix(1);
  const std::string_view room = take_part(path);
  if (room == "figures") return true;
  const std::string_view which = take_part(path);
  if (room == "units") return !which.empty();
  if (room == "feedback") {
    const auto code = Code::parse(which);
    return path.empty() && code && code->text() == which;
  }
  constexpr std::string_view numbered[] = {"consultations", "dialogues",  "projects",
                                           "ballots",       "disclosure", "surveys"};
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::ranges::find(numbered, room) != std::ranges::end(numbered) && !which.empty() &&
         std::ranges::all_of(which, is_digit);
}

}  // namespace ln::feedback
