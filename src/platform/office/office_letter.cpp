#include "platform/office/office_letter.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <array>

#include "base/text.h"

namespace ln::office {
namespace {

struct Look {
  int points = 13;
  bool is_bold = false, is_italic = false;
  int line_below_percent = 0;
  Align align = Align::centre;
};

Paragraph line(std::string_view text, const Look& dress) {
  Paragraph made = plain(text, dress.align);
  Run& run = made.runs.front();
  run.points = dress.points;
  run.is_bold = dress.is_bold;
  run.is_italic = dress.is_italic;
  made.line_below_percent = dress.line_below_percent;
  return made;
}

constexpr std::string_view dots = "……";

}  // namespace

std::string capitals(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    utf8proc_int32_t code = 0;
    const auto size =
        utf8proc_iterate(as_bytes(text).data(), static_cast<utf8proc_ssize_t>(text.size()), &code);
    if (size <= 0) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto written = utf8proc_encode_char(utf8proc_toupper(code), bytes.data());
    out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(written));
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  return out;
}

std::string place_and_date(std::string_view place, Day day, i18n::Language language) {
  const std::chrono::year_month_day date(day);
  const auto number = static_cast<unsigned>(date.day());
  const auto month = static_cast<unsigned>(date.month());
  const bool is_vietnamese = language == i18n::Language::vi;
  const std::string d = is_vietnamese ? fmt::format("{:02}", number) : std::to_string(number);
  const std::string m =
      is_vietnamese && month <= 2 ? fmt::format("{:02}", month) : std::to_string(month);
  const std::string y = std::to_string(static_cast<int>(date.year()));
  return i18n::Voice(language)("office.letter.place_and_date"_t,
                               {{"place", place}, {"day", d}, {"month", m}, {"year", y}});
}

std::vector<Part> letterhead(const Letterhead& head, i18n::Language language) {
  const i18n::Voice say(language);
  Cell left, right;
  if (!head.superior.empty())
    left.paragraphs.push_back(line(capitals(head.superior), {.points = 12}));
  left.paragraphs.push_back(
      line(capitals(head.office), {.points = 12, .is_bold = true, .line_below_percent = 40}));
  right.paragraphs.push_back(line(say("office.letter.country"_t), {.points = 12, .is_bold = true}));
  right.paragraphs.push_back(line(say("office.letter.motto"_t),
                                  {.points = 13, .is_bold = true, .line_below_percent = 58}));
  const std::string number =
      say("office.letter.number"_t, {{"number", head.number.empty() ? dots : head.number}});
  Table table;
  table.columns = {{.weight = 40}, {.weight = 60}};
  table.has_lines = false;
  table.rows.push_back({left, right});
  table.rows.push_back({Cell{.paragraphs = {line(number, {.points = 13})}},
                        Cell{.paragraphs = {line(place_and_date(head.place, head.day, language),
                                                 {.points = 13, .is_italic = true})}}});
  std::vector<Part> parts;
  parts.emplace_back(std::move(table));
  if (!head.kind.empty())
    parts.emplace_back(line(capitals(head.kind), {.points = 14, .is_bold = true}));
  if (!head.subject.empty())
    parts.emplace_back(
        line(head.subject, {.points = 14, .is_bold = true, .line_below_percent = 20}));
  return parts;
}

std::vector<Part> signature(const Signature& signature, i18n::Language language) {
  const i18n::Voice say(language);
  Cell left, right;
  left.paragraphs.push_back(
      line(say("office.letter.recipients"_t),
           {.points = 12, .is_bold = true, .is_italic = true, .align = Align::left}));
  for (std::size_t i = 0; i < signature.recipients.size(); ++i) {
    const char* end = i + 1 == signature.recipients.size() ? "." : ";";
    left.paragraphs.push_back(
        line("- " + signature.recipients[i] + end, {.points = 11, .align = Align::left}));
  }
  right.paragraphs.push_back(line(capitals(signature.capacity), {.points = 14, .is_bold = true}));
  for (int i = 0; i < 4; ++i) right.paragraphs.push_back(line("", {.points = 14}));
  right.paragraphs.push_back(
      line(signature.name.empty() ? dots : signature.name, {.points = 14, .is_bold = true}));
  Table table;
  table.columns = {{.weight = 50}, {.weight = 50}};
  table.has_lines = false;
  table.rows.push_back({std::move(left), std::move(right)});
  std::vector<Part> parts;
  parts.emplace_back(std::move(table));
  return parts;
}

}  // namespace ln::office
