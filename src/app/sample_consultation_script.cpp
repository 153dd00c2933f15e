#include "app/sample_consultation_script.h"

#include <algorithm>
#include <stdexcept>

#include "app/sample_texts.h"
#include "base/embedded.h"
#include "base/text.h"

namespace ln::app {
namespace {

// How many cells follow a kind.
constexpr std::pair<std::string_view, std::size_t> script_kinds[] = {
    {"open", 1},      {"close", 1},   {"why", 2},     {"ask", 2},     {"letter", 2},
    {"edited", 2},    {"body", 3},    {"minutes", 3}, {"invited", 3}, {"asked", 1},
    {"statement", 3}, {"answer", 6},  {"reply", 5},   {"joins", 3},   {"objection", 2},
    {"objected", 1},  {"decision", 1}};
constexpr std::uint64_t short_one_in = 7;
constexpr const char* workplaces[] = {"Trung tâm Y tế khu vực số 3",
                                      "Trường Tiểu học số 2",
                                      "Trung tâm phục vụ hành chính công",
                                      "Sở Xây dựng",
                                      "Trường Mầm non số 5",
                                      "Trạm Y tế phường",
                                      "Thư viện thành phố",
                                      "Trung tâm Văn hóa"};

std::vector<std::string> cells_in(std::string_view line) {
  std::vector<std::string> cells(1);
  for (const char c : line)
    if (c == '|')
      cells.emplace_back();
    else
      cells.back() += c;
  return cells;
}

// A reason or a request that begins with "+" is for the draft as it stands.
bool is_for(std::string_view words) { return words.starts_with('+'); }
std::string_view without_mark(std::string_view words) {
  return is_for(words) ? words.substr(1) : words;
}

template <class List>
const auto& any_of_these(const List& list, Random& random) {
  return list[random.below(std::size(list))];
}

// "[ba;bốn]" becomes one of them.
std::string with_choices(std::string_view text, Random& random) {
  std::string out;
  for (;;) {
    const std::size_t from = text.find('['), to = text.find(']', from);
    if (from == text.npos || to == text.npos) return out + std::string(text);
    out += text.substr(0, from);
    std::vector<std::string> choices(1);
    for (const char c : text.substr(from + 1, to - from - 1))
      if (c == ';')
        choices.emplace_back();
      else
        choices.back() += c;
    out += any_of_these(choices, random);
    text.remove_prefix(to + 1);
  }
}

}  // namespace

SampleScript::SampleScript(std::string_view file, const units::Unit& place, Instant written_at)
    : place_(place), written_at_(written_at) {
  const auto found = embedded::find(file);
  if (!found) throw std::logic_error("the sample lacks " + std::string(file));
  for (std::string_view text = *found; !text.empty();) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    auto cells = cells_in(line);
    const std::string kind = cells.front();
    cells.erase(cells.begin());
    const auto known =
        std::ranges::find(script_kinds, kind, [](const auto& each) { return each.first; });
    if (known == std::end(script_kinds) || cells.size() != known->second)
      throw std::logic_error("not a line of a consultation: " + std::string(line));
    lines_[kind].push_back(std::move(cells));
  }
}

const std::vector<std::vector<std::string>>& SampleScript::lines(std::string_view kind) const {
  static const std::vector<std::vector<std::string>> none;
  const auto found = lines_.find(kind);
  return found == lines_.end() ? none : found->second;
}

const std::vector<std::string>& SampleScript::line(std::string_view kind) const {
  const auto& all = lines(kind);
  if (all.size() != 1) throw std::logic_error("a consultation has one line: " + std::string(kind));
  return all.front();
}

std::string SampleScript::spoken(std::string_view text, Random& random) const {
  SampleSlots slots(place_, written_at_);
  slots.set("name", SampleTexts::built_in().name(random));
  slots.set("workplace", any_of_these(workplaces, random));
  const std::chrono::days ago{1 + static_cast<int>(random.below(20))};
  slots.set("day", short_date(local_day(written_at_) - ago));
  return slots.fill(with_choices(text, random), random);
}

SampleSaid SampleScript::said_by_one(const std::vector<std::string>& why,
                                     const std::vector<std::string>* ask,
                                     std::size_t request,
                                     Random& random) const {
  std::string body = any_of_these(lines("open"), random)[0];
  const auto add = [&](std::string_view sentence) {
    if (!body.empty() && !sentence.empty()) body += ' ';
    body += sentence;
  };
  if (ask == nullptr || random.below(short_one_in) != 0) add(without_mark(why[1]));
  if (ask != nullptr) add(without_mark((*ask)[1]));
  add(any_of_these(lines("close"), random)[0]);
  return {.clause = why[0], .body = spoken(body, random), .request = request};
}

std::vector<SampleSaid> SampleScript::organic(Random& random) const {
  std::vector<SampleSaid> all;
  std::map<std::string, std::size_t> requests;
  for (const auto& ask : lines("ask")) {
    const std::size_t request = requests[ask[0]]++;
    for (const auto& why : lines("why"))
      if (why[0] == ask[0] && is_for(why[1]) == is_for(ask[1]))
        all.push_back(said_by_one(why, &ask, request, random));
  }
  // Who is for the draft where nobody of the same mind asks for anything says only why.
  for (const auto& why : lines("why")) {
    const bool is_paired = std::ranges::any_of(lines("ask"), [&](const auto& ask) {
      return ask[0] == why[0] && is_for(ask[1]) == is_for(why[1]);
    });
    if (!is_paired) all.push_back(said_by_one(why, nullptr, no_request, random));
  }
  for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[random.below(i)]);
  return all;
}

std::vector<SampleSaid> SampleScript::letters(std::size_t count, Random& random) const {
  const auto& letter = line("letter");
  std::vector<SampleSaid> all;
  for (std::size_t i = 0; i < count; ++i)
    all.push_back({.clause = letter[0],
                   .body = spoken(letter[1], random),
                   .author = SampleTexts::built_in().name(random),
                   .is_letter = true});
  return all;
}

SampleSaid SampleScript::edited(Random& random) const {
  const auto& letter = line("edited");
  return {.clause = letter[0], .body = spoken(letter[1], random), .is_edited = true};
}

std::string text_for(std::string_view file, const units::Unit& unit) {
  const auto found = embedded::find(file);
  if (!found) throw std::logic_error("the sample lacks " + std::string(file));
  std::string text(*found);
  for (std::size_t at; (at = text.find("{unit}")) != text.npos;)
    text.replace(at, 6, std::string(unit.name));
  return text;
}

int view_of(std::string_view views, std::size_t camp) {
  for (; camp > 0; --camp) views.remove_prefix(views.find(' ') + 1);
  return views.front() == '-' ? -1 : views.front() - '0';
}

consultation::Given given_in(const std::vector<std::string>& cells) {
  const auto answer = from_word(consultation::all_answers, cells[1]);
  if (!answer) throw std::logic_error("no answer: " + cells[1]);
  return {.answer = *answer,
          .reason = cells[4],
          .clause = cells[2],
          .wording = cells.size() > 5 ? cells[5] : "",
          .title = cells[3]};
}

}  // namespace ln::app
