#include "feature/feedback/feedback_page.h"

#include <algorithm>
#include <array>
#include <string>

namespace ln::feedback {
namespace {

bool is_figure_digit(char c) { return c >= '0' && c <= '9'; }
bool is_small_letter(char c) { return c >= 'a' && c <= 'z'; }

// "12" of "/12/clauses/d1", which leaves "/clauses/d1". Empty when no part begins here.
std::string_view take_part(std::string_view& path) {
  if (!path.starts_with('/')) return {};
  path.remove_prefix(1);
  const std::string_view part = path.substr(0, path.find('/'));
  path.remove_prefix(part.size());
  return part;
}

// 0 for what is no number of a thing. Six digits: an identity card or a telephone has more.
std::int64_t number_of(std::string_view text) {
  if (text.empty() || text.size() > 6 || text.front() == '0' ||
      !std::ranges::all_of(text, is_figure_digit))
    return 0;
  std::int64_t number = 0;
  for (const char c : text) number = number * 10 + (c - '0');
  return number;
}

// "d5", "d5a", "2", "dd", "d5-2": at most two letters and four digits, and which of two with one
// number.
bool is_clause_piece(std::string_view piece) {
  const std::string_view name = piece.substr(0, piece.find('-'));
  if (name.size() < piece.size()) {
    const std::string_view again = piece.substr(name.size() + 1);
    if (again.size() > 3 || number_of(again) == 0) return false;
  }
  const auto digits = std::ranges::find_if_not(name, is_small_letter);
  const auto end =
      digits != name.end() && is_small_letter(name.back()) ? name.end() - 1 : name.end();
  const auto letters = digits - name.begin(), after = end - digits;
  return !name.empty() && letters <= 2 && after <= 4 && std::all_of(digits, end, is_figure_digit);
}

// A key as a draft numbers its clauses ("d5.2.dd"). Stricter than what the draft takes, so that no
// sentence fits into one.
bool is_clause(std::string_view key) {
  if (key == "all") return true;
  if (key.size() < 2 || key.size() > 24 ||
      std::string_view("pcmd").find(key[0]) == std::string_view::npos || !is_figure_digit(key[1]))
    return false;
  for (int pieces = 0;; ++pieces) {
    const std::size_t end = std::min(key.find('.'), key.size());
    if (pieces == 5 || !is_clause_piece(key.substr(0, end))) return false;
    if (end == key.size()) return true;
    key.remove_prefix(end + 1);
  }
}

// A code as units are given one, which is none of the dots that lead elsewhere.
bool is_unit_code(std::string_view code) {
  return !code.empty() && code.size() <= 64 && code.find("..") == std::string_view::npos &&
         code != "." && std::ranges::all_of(code, [](char c) {
           return is_small_letter(c) || (c >= 'A' && c <= 'Z') || is_figure_digit(c) || c == '-' ||
                  c == '.';
         });
}

struct NumberedRoom {
  std::string_view word;
  PageRoom room;
};
constexpr std::array numbered_rooms = {NumberedRoom{"consultations", PageRoom::consultation},
                                       NumberedRoom{"dialogues", PageRoom::dialogue},
                                       NumberedRoom{"projects", PageRoom::project},
                                       NumberedRoom{"ballots", PageRoom::ballot},
                                       NumberedRoom{"disclosure", PageRoom::disclosure},
                                       NumberedRoom{"surveys", PageRoom::survey}};

constexpr std::array<std::string_view, 14> figure_pages = {
    "",      "/units",   "/definitions", "/board",    "/board/units", "/received", "/on_time",
    "/late", "/overdue", "/open",        "/declined", "/reopened",    "/solved",   "/rating"};

std::optional<AboutPage> numbered_page(PageRoom room, std::string_view rest) {
  AboutPage page{.room = room, .number = number_of(take_part(rest))};
  if (page.number == 0) return std::nullopt;
  if (rest.empty()) return page;
  if (room == PageRoom::dialogue && rest == "/minutes") return page;
  if (room != PageRoom::consultation) return std::nullopt;
  if (rest == "/answers" || rest == "/map") return page;
  if (take_part(rest) != "clauses") return std::nullopt;
  page.part = take_part(rest);
  if (!rest.empty() || !is_clause(page.part)) return std::nullopt;
  return page;
}

}  // namespace

std::optional<AboutPage> about_page_at(std::string_view path) {
  if (path.size() > page_path_size_max) return std::nullopt;
  const std::string_view room = take_part(path);
  if (room == "figures") {
    if (std::ranges::find(figure_pages, path) == figure_pages.end()) return std::nullopt;
    return AboutPage{.room = PageRoom::figures};
  }
  if (room == "units") {
    const AboutPage page{.room = PageRoom::unit, .part = take_part(path)};
    if (!path.empty() || !is_unit_code(page.part)) return std::nullopt;
    return page;
  }
  for (const NumberedRoom& each : numbered_rooms)
    if (room == each.word) return numbered_page(each.room, path);
  return std::nullopt;
}

bool may_be_about(std::string_view path) { return about_page_at(path).has_value(); }

TextKey name_of(PageRoom room) {
  switch (room) {
    case PageRoom::consultation: return "feedback.page.consultation"_t;
    case PageRoom::dialogue: return "feedback.page.dialogue"_t;
    case PageRoom::project: return "feedback.page.project"_t;
    case PageRoom::ballot: return "feedback.page.ballot"_t;
    case PageRoom::disclosure: return "feedback.page.disclosure"_t;
    case PageRoom::survey: return "feedback.page.survey"_t;
    case PageRoom::unit: return "feedback.page.unit"_t;
    case PageRoom::figures: return "feedback.page.figures"_t;
  }
  return "feedback.page.figures"_t;
}

}  // namespace ln::feedback
