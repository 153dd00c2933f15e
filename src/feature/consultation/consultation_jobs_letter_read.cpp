// Reading a letter again.
#include <algorithm>
#include <exception>
#include <utility>

#include "base/log.h"
#include "feature/consultation/consultation_jobs_letter_parts.h"

namespace ln::consultation {
namespace {

using letters::Intake;
using letters::Stopped;
using letters::StoredTexts;

constexpr std::int64_t letters_per_turn = 20, every_comment = 9'000'000'000'000'000;
// A letter that changes all the time is read a twentieth of it.
constexpr std::chrono::seconds between_readings{60};
constexpr int rest_after_reading = 20;
// One that cannot be read keeps none of those behind it waiting.
constexpr std::chrono::minutes rest_after_failure{10};

struct ReadAnew {
  Letter letter;
  std::vector<OwnWords> own;
  Instant begun_at{};
};

// What stands under one point, read as a letter.
ReadAnew letter_under(db::Database& database,
                      const Issue& issue,
                      std::uint64_t secret,
                      const GroupingTools& tools) {
  const Instant begun_at = tools.clock();
  Intake intake(secret);
  database.read([&](db::Read& read) {
    each_shown_under(read, issue.id, every_comment,
                     [&](const Loose& loose) { intake.add(loose, issue.id); });
  });
  intake.take();
  const StoredTexts texts(database, intake.entries, [&] {
    if (tools.is_stopping()) throw Stopped{};
  });
  const campaigns::Found found = intake.finder.find(texts);
  ReadAnew anew{.letter = {.issue = issue.id, .consultation = issue.consultation},
                .own = {},
                .begun_at = begun_at};
  anew.letter.is_stale = false;
  if (found.groups.empty()) return anew;
  const LetterReading reading = read_letter(found, 0, members_of(found)[0], texts);
  if (!reading.is_letter()) return anew;
  anew.letter.kind = reading.kind;
  anew.letter.parts = reading.parts;
  // A person may have put other comments there: they are counted apart.
  anew.letter.members = reading.members;
  anew.letter.others = std::ssize(intake.entries) - reading.members;
  anew.letter.fitting = reading.fitting;
  for (std::size_t i = 0; i < intake.entries.size(); ++i) {
    const std::uint32_t row = found.text_of[i];
    const campaigns::Distinct& text = found.texts[row];
    const bool is_member = text.group == 0 && text.how != campaigns::How::quote;
    if (is_member && !reading.own.contains(row)) continue;
    // Whoever does not write the letter has nothing but words of their own.
    const auto spans =
        is_member
            ? reading.own.at(row)
            : std::vector{campaigns::Span{0, static_cast<std::uint32_t>(texts.text_at(i).size())}};
    anew.own.emplace_back(intake.entries[i].id, spans_text(spans));
  }
  return anew;
}

// Puts it in the place of what was read before, unless something changed in between.
Result<Done> keep_reading(db::Write& write,
                          const ReadAnew& anew,
                          std::int64_t number,
                          const GroupingTools& tools) {
  Letter letter = anew.letter;
  auto issue = find_issue(write, letter.issue);
  const Instant now = tools.clock();
  const Instant not_before =
      now +
      std::max<Instant::duration>(between_readings, (now - anew.begun_at) * rest_after_reading);
  put_off_reading(write, letter.issue, not_before);
  if (!issue || !is_as_read(write, letter.issue, number)) return Done{};
  const auto before = find_letter(write, letter.issue);
  letter.read_at = now;
  letter.not_before = not_before;
  letter.title = before ? before->title : std::string();
  // The title that the machine gave has the words that are still common, as long as nobody wrote
  // another; where none are, it has none.
  if (!issue->answer && issue->title == letter.title) {
    const std::string title =
        letter.kind ? title_of_letter(letter.parts) : title_of_clause(issue->clause);
    if (title != letter.title) {
      issue->title = letter.title = title;
      save(write, *issue);
    }
  }
  drop_members(write, letter.issue);
  put_members(write, letter.issue, anew.own);
  put(write, letter);
  return Done{};
}

void read_one(db::Database& database,
              IssueId id,
              Random& random,
              const GroupingTools& tools) {
  const auto number = static_cast<std::int64_t>(2 + random.next() / 4);
  const auto begun = database.write([&](db::Write& write) -> Result<Done> {
    begin_reading(write, id, number);
    return Done{};
  });
  const auto issue = database.read([&](db::Read& read) { return find_issue(read, id); });
  if (!begun.ok() || !issue) return;
  const ReadAnew anew = letter_under(database, *issue, random.next(), tools);
  const auto kept =
      database.write([&](db::Write& write) { return keep_reading(write, anew, number, tools); });
  static_cast<void>(kept);  // It refuses nothing.
}

void put_off(db::Database& database, IssueId id, Instant until) {
  const auto done = database.write([&](db::Write& write) -> Result<Done> {
    put_off_reading(write, id, until);
    return Done{};
  });
  static_cast<void>(done);  // It refuses nothing.
}

}  // namespace

std::int64_t read_letters(db::Database& database, Random& random, const GroupingTools& tools) {
  const auto stale = database.read(
      [&](db::Read& read) { return stale_letters(read, tools.clock(), letters_per_turn); });
  for (const IssueId id : stale) {
    if (tools.is_stopping()) break;
    try {
      read_one(database, id, random, tools);
    } catch (const Stopped&) {
      break;  // It stays stale.
    } catch (const std::exception&) {
      // What it says may hold words of a person.
      log::write(log::Level::error, "letter_not_read", {{"point", id.value}});
      put_off(database, id, tools.clock() + rest_after_failure);
    }
  }
  return std::ssize(stale);
}

}  // namespace ln::consultation
