#include "feature/ballot/ballot.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "base/check.h"
#include "base/embedded.h"
#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/people/people_code.h"
#include "engine/csv/csv.h"
#include "engine/merkle/merkle.h"

namespace ln::ballot {
namespace {

constexpr std::string_view rules_file = "data/ballot/rules.csv";
constexpr std::size_t rule_cells = 14;
constexpr std::string_view slip_kind = "BP";

std::optional<Day> day_of_cell(std::string_view text) {
  const auto at = ledger::instant_of(std::string(text) + "T00:00:00Z");
  if (!at) return std::nullopt;
  return Day(std::chrono::floor<std::chrono::days>(at->time_since_epoch()));
}

std::optional<Part> part_of(const std::string& part, const std::string& whole) {
  const auto above = parse_number(part), below = parse_number(whole);
  constexpr std::int64_t whole_max = 1'000;
  if (!above || !below || *below < 1 || *below > whole_max || *above > *below) return std::nullopt;
  return Part{*above, *below};
}

std::optional<Rule> rule_of(const std::vector<std::string>& cells) {
  const auto from = day_of_cell(cells[1]);
  const auto needs = part_of(cells[3], cells[4]), quorum = part_of(cells[6], cells[7]);
  const bool is_flag = cells[5] == "0" || cells[5] == "1";
  if (!from || !needs || !quorum || !is_flag) return std::nullopt;
  if (!cells[2].empty() && !day_of_cell(cells[2])) return std::nullopt;
  const auto posted = parse_number(cells[11]), file = parse_number(cells[12]);
  constexpr std::int64_t days_max = 90;
  if (!posted || *posted > days_max || !file || *file > days_max) return std::nullopt;
  // A term says where it is written.
  if ((*posted > 0 || *file > 0) == cells[13].empty()) return std::nullopt;
  return Rule{.code = cells[0],
              .from = *from,
              .to = cells[2].empty() ? std::nullopt : day_of_cell(cells[2]),
              .needs = *needs,
              .is_above = cells[5] == "1",
              .quorum = *quorum,
              .name_vi = cells[8],
              .name_en = cells[9],
              .source = cells[10],
              .posted_days = static_cast<int>(*posted),
              .file_days = static_cast<int>(*file),
              .terms_source = cells[13]};
}

std::string shown_part(Part part) {
  return std::to_string(part.part) + "/" + std::to_string(part.whole);
}

// Not in what was announced before there were terms.
std::string posted_line(const Ballot& b) {
  if (!b.posted) return {};
  std::string line = "posted " + to_iso(b.posted->on);
  if (!b.posted->room.empty()) line += " " + b.posted->room + " " + std::to_string(b.posted->id);
  return line + "\n";
}

Error beside_households(TextKey text) { return {ErrorKind::invalid, text, {{"households", text}}}; }

bool is_number(std::string_view text) {
  bool has_digit = false;
  std::size_t letters = 0;
  for (const char c : text) {
    const bool is_digit = c >= '0' && c <= '9';
    const bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (!is_digit && !is_letter && c != '.' && c != '/' && c != '-') return false;
    has_digit = has_digit || is_digit;
    if (is_letter) ++letters;
  }
  return has_digit && letters <= number_letters_max && text.size() <= number_size_max;
}

// The same for each way to write one number: capital letters, no zeros before a run of digits.
std::string folded(std::string_view number) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::string out;
  for (std::size_t i = 0; i < number.size(); ++i) {
    const char c = number[i];
    const bool is_inner = !out.empty() && is_digit(out.back());
    if (c == '0' && !is_inner && i + 1 < number.size() && is_digit(number[i + 1])) continue;
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

}  // namespace

std::string_view to_text(Stage stage) {
  constexpr std::string_view words[] = {"announced", "counted", "cancelled"};
  return words[static_cast<std::size_t>(stage)];
}
std::string_view to_text(Way way) {
  constexpr std::string_view words[] = {"none", "online", "paper", "removed"};
  return words[static_cast<std::size_t>(way)];
}
std::string_view to_text(Happening what) {
  constexpr std::string_view words[] = {"announced", "removed", "reissued", "counted", "cancelled"};
  return words[static_cast<std::size_t>(what)];
}
std::string_view to_text(Removal why) {
  constexpr std::string_view words[] = {"moved", "merged", "twice", "elsewhere"};
  return words[static_cast<std::size_t>(why)];
}
TextKey key_of(Removal why) {
  switch (why) {
    case Removal::moved: return "ballot.removal.moved"_t;
    case Removal::merged: return "ballot.removal.merged"_t;
    case Removal::twice: return "ballot.removal.twice"_t;
    case Removal::elsewhere: return "ballot.removal.elsewhere"_t;
  }
  return {};
}
TextKey key_of(Stage stage) {
  switch (stage) {
    case Stage::announced: return "ballot.stage.announced"_t;
    case Stage::counted: return "ballot.stage.counted"_t;
    case Stage::cancelled: return "ballot.stage.cancelled"_t;
  }
  return {};
}
TextKey key_of(Happening what) {
  switch (what) {
    case Happening::announced: return "ballot.happened.announced"_t;
    case Happening::removed: return "ballot.happened.removed"_t;
    case Happening::reissued: return "ballot.happened.reissued"_t;
    case Happening::counted: return "ballot.happened.counted"_t;
    case Happening::cancelled: return "ballot.happened.cancelled"_t;
  }
  return {};
}

bool Rule::is_reached(std::int64_t votes, std::int64_t households) const {
  const std::int64_t left = votes * needs.whole, right = needs.part * households;
  return is_above ? left > right : left >= right;
}
bool Rule::is_quorate(std::int64_t voted, std::int64_t households) const {
  return voted * quorum.whole >= quorum.part * households;
}

std::optional<std::vector<Rule>> read_rules(std::string_view csv) {
  std::vector<Rule> all;
  for (bool is_head = true; !csv.empty(); is_head = false) {
    const auto end = csv::record_end(csv).value_or(csv::RecordEnd{csv.size(), csv.size(), 1});
    const auto cells = csv::cells(csv.substr(0, end.size));
    csv.remove_prefix(end.with_break);
    if (is_head) continue;
    if (!cells || cells->size() != rule_cells) return std::nullopt;
    auto rule = rule_of(*cells);
    if (!rule) return std::nullopt;
    all.push_back(*std::move(rule));
  }
  return all;
}

const std::vector<Rule>& rules() {
  static const std::vector<Rule> all = [] {
    const auto file = embedded::find(rules_file);
    CHECK(file.has_value());
    auto read = read_rules(*file);
    CHECK(read.has_value());
    return *std::move(read);
  }();
  return all;
}

const Rule* rule_on(std::string_view code, Day day) {
  for (const Rule& each : rules())
    if (each.code == code && each.from <= day && (!each.to || day <= *each.to)) return &each;
  return nullptr;
}

std::optional<Posting> posting_in(std::string_view address) {
  constexpr std::pair<std::string_view, std::string_view> rooms[] = {
      {"/disclosure/", "disclosure"}, {"/consultations/", "consultation"}};
  constexpr std::string_view english = "/en";
  if (address.starts_with("/en/")) address.remove_prefix(english.size());
  for (const auto& [path, room] : rooms) {
    if (!address.starts_with(path)) continue;
    const std::string_view rest = address.substr(path.size());
    const std::size_t end = std::min(rest.find_first_not_of("0123456789"), rest.size());
    const auto id = parse_number(rest.substr(0, end));
    if (id && *id > 0) return Posting{.room = std::string(room), .id = *id};
  }
  return std::nullopt;
}

std::optional<Code> Code::parse(std::string_view text) {
  auto code = people::read_code(text, slip_kind);
  return code ? std::optional(Code(*std::move(code))) : std::nullopt;
}
Code Code::draw(Random& random) { return Code(people::draw_letters(random, people::code_size)); }
std::string Code::shown() const { return people::shown_code(slip_kind, text_); }

std::string draw_mark(Random& random) { return people::draw_letters(random, mark_size); }
std::string shown_mark(std::string_view mark) {
  constexpr std::size_t piece = 4;
  std::string out;
  for (std::size_t at = 0; at < mark.size(); at += piece)
    out += (at == 0 ? "" : "-") + std::string(mark.substr(at, piece));
  return out;
}

std::string paper_mark(std::string_view key, std::int64_t question, std::int64_t number) {
  // Above it a byte would make some letters likelier than others, and a mark would show its way.
  constexpr std::size_t letters = people::code_letters.size(), even = 256 / letters * letters;
  std::string mark;
  for (int block = 0; mark.size() < mark_size; ++block) {
    const std::string name =
        std::to_string(question) + "/" + std::to_string(number) + "/" + std::to_string(block);
    for (const auto byte : merkle::hmac_sha256(as_bytes(key), {as_bytes(name)}))
      if (const auto value = static_cast<std::size_t>(byte);
          value < even && mark.size() < mark_size)
        mark += people::code_letters[value % letters];
  }
  return mark;
}

std::int64_t sum_of(const PaperCounts& counts) {
  if (counts.empty()) return 0;
  return std::accumulate(counts.front().begin(), counts.front().end(), std::int64_t{0});
}

std::string text_of(const PaperCounts& counts) {
  std::string out;
  for (const auto& question : counts) {
    for (const std::int64_t count : question) out += std::to_string(count) + " ";
    out += "/ ";
  }
  return out;
}

Result<Done> check_counts(const PaperCounts& counts,
                          const std::vector<Question>& questions,
                          std::int64_t handed_in) {
  const auto wrong = [](TextKey text) {
    return Error{ErrorKind::invalid, text, {{"counts", text}}};
  };
  if (counts.size() != questions.size()) return wrong("ballot.error.counts"_t);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i].size() != questions[i].options.size() + 1) return wrong("ballot.error.counts"_t);
    std::int64_t sum = 0;
    for (const std::int64_t count : counts[i]) {
      if (count < 0 || count > std::int64_t{households_max}) return wrong("ballot.error.counts"_t);
      sum += count;
    }
    if (sum > handed_in) return wrong("ballot.error.more_than_slips"_t);
    if (sum != sum_of(counts)) return wrong("ballot.error.sums_differ"_t);
  }
  return Done{};
}

Outcome result_of(const Rule& rule,
                  std::int64_t households,
                  const Question& question,
                  const std::vector<Vote>& box) {
  Outcome out;
  out.counts.assign(question.options.size() + 1, 0);
  for (const Vote& each : box)
    if (each.question == question.number) {
      CHECK(each.choice >= 0 && each.choice < std::ssize(out.counts));
      ++out.counts[static_cast<std::size_t>(each.choice)];
      ++out.voted;
    }
  out.is_quorate = rule.is_quorate(out.voted, households);
  const auto most = std::max_element(out.counts.begin() + 1, out.counts.end());
  out.is_tied = *most > 0 && std::count(out.counts.begin() + 1, out.counts.end(), *most) > 1;
  if (out.is_quorate && !out.is_tied && *most > 0 && rule.is_reached(*most, households))
    out.passed = most - out.counts.begin();
  return out;
}

std::string text_of(const Ballot& b,
                    const std::vector<Question>& questions,
                    const std::vector<std::string>& numbers) {
  const auto english = [](std::string_view word, const std::string& words) {
    return words.empty() ? std::string() : std::string(word) + " " + words + "\n";
  };
  std::string out = "langnghe/ballot/v1\nballot " + std::to_string(b.id.value) + "\narea " +
                    b.area + "\nopens " + to_iso(b.opens_at) + "\ncloses " + to_iso(b.closes_at) +
                    "\nrule " + b.rule.code + " " + shown_part(b.rule.needs) +
                    (b.rule.is_above ? " more" : " least") + " quorum " +
                    shown_part(b.rule.quorum) + "\n" + posted_line(b) + "title " + b.title_vi +
                    "\n" + english("title_en", b.title_en);
  for (const Question& question : questions) {
    const std::string number = std::to_string(question.number);
    out += "question " + number + " " + question.text_vi + "\n" +
           english("question_en " + number, question.text_en);
    for (const Option& option : question.options) {
      const std::string at = std::to_string(option.number);
      out +=
          "option " + at + " " + option.text_vi + "\n" + english("option_en " + at, option.text_en);
    }
  }
  out += "households " + std::to_string(numbers.size()) + "\n";
  for (const std::string& number : numbers) out += "household " + number + "\n";
  return out + "summary\n" + b.summary + "\n";
}

std::string box_of(const Ballot& b,
                   const std::vector<Question>& questions,
                   std::vector<Vote> votes) {
  std::ranges::sort(votes);
  std::string out = "langnghe/ballot-box/v1\nballot " + std::to_string(b.id.value) +
                    "\nhouseholds " + std::to_string(b.households) + "\nvoted " +
                    std::to_string(b.voted.value_or(0)) + "\npaper " + std::to_string(b.handed_in) +
                    "\nneeds " + shown_part(b.rule.needs) + (b.rule.is_above ? " more" : " least") +
                    "\nquorum " + shown_part(b.rule.quorum) + "\n";
  for (const Question& question : questions)
    out += "question " + std::to_string(question.number) + " " +
           std::to_string(question.options.size()) + "\n";
  for (const Vote& each : votes)
    out += "vote " + std::to_string(each.question) + " " + each.mark + " " +
           std::to_string(each.choice) + "\n";
  return out;
}

Result<std::vector<std::string>> read_numbers(std::string_view typed) {
  std::vector<std::string> all;
  std::set<std::string> seen;
  while (!typed.empty()) {
    const std::size_t end = std::min(typed.find('\n'), typed.size());
    const std::string number(trimmed(typed.substr(0, end)));
    typed.remove_prefix(std::min(end + 1, typed.size()));
    if (number.empty()) continue;
    if (!is_number(number)) return beside_households("ballot.error.household_name"_t);
    if (!seen.insert(folded(number)).second)
      return beside_households("ballot.error.household_twice"_t);
    all.push_back(number);
  }
  if (all.size() < households_min) return beside_households("ballot.error.households_few"_t);
  if (all.size() > households_max) return beside_households("ballot.error.households_many"_t);
  return all;
}

}  // namespace ln::ballot
