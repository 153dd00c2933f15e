#include "feature/consultation/consultation_jobs_letter.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_stop.h"
#include "feature/consultation/consultation_actions_answer.h"
#include "feature/consultation/consultation_store_letter.h"
#include "platform/i18n/i18n.h"

namespace ln::consultation {
namespace {

constexpr std::size_t taken_at_once = 1'000, placed_per_batch = 1'000, points_per_turn = 300;
// Of a letter that is there already, so many stand for it among the new ones.
constexpr std::int64_t anchors_of_each = 100;
constexpr std::int64_t letters_per_turn = 20, every_comment = 9'000'000'000'000'000;
constexpr std::chrono::seconds between_words{2};
// A letter that changes all the time is read a twentieth of it.
constexpr std::chrono::seconds between_readings{60};
constexpr int rest_after_reading = 20;

struct Stopped {};

// A comment as the finder knows it, by its place.
struct Entry {
  CommentId id{};
  std::uint32_t clause = 0;  // its place in the list of clauses
  IssueId anchor{};          // the letter it stands for; 0: it is loose
};

// Reads each text when it is asked for, so that no number of comments fills the memory and no
// snapshot is held for minutes. `is_alive` is called before each; it throws when it is time to
// stop.
class StoredTexts : public campaigns::Texts {
 public:
  StoredTexts(db::Database& database,
              const std::vector<Entry>& entries,
              std::function<void()> is_alive)
      : database_(database), entries_(entries), is_alive_(std::move(is_alive)) {}
  std::string text_at(std::uint64_t place) const override {
    is_alive_();
    const CommentId id = entries_[static_cast<std::size_t>(place)].id;
    return database_.read([&](db::Read& read) { return body_of(read, id); });
  }

 private:
  db::Database& database_;
  const std::vector<Entry>& entries_;
  std::function<void()> is_alive_;
};

// Comments on their way into the finder.
class Intake {
 public:
  explicit Intake(std::uint64_t secret) : finder(secret) {}
  void add(const Loose& loose, IssueId anchor) {
    batch_.push_back(
        {.id = std::to_string(loose.id.value), .text = loose.body, .place = entries.size()});
    entries.push_back({loose.id, number_of(loose.clause), anchor});
    if (batch_.size() == taken_at_once) take();
  }
  // One that is hidden is placed by its clause. Nobody reads its words, so that none of them comes
  // into a title.
  void add_hidden(const Loose& loose) {
    hidden.push_back({loose.id, number_of(loose.clause), IssueId{}});
  }
  void take() {
    finder.take(batch_);
    batch_.clear();
  }

  campaigns::Finder finder;
  std::vector<Entry> entries, hidden;
  std::vector<std::string> clauses;

 private:
  std::uint32_t number_of(const std::string& clause) {
    const auto [at, is_new] =
        numbers_.try_emplace(clause, static_cast<std::uint32_t>(clauses.size()));
    if (is_new) clauses.push_back(clause);
    return at->second;
  }

  std::map<std::string, std::uint32_t> numbers_;
  std::vector<campaigns::Comment> batch_;
};

// Where comments are to go.
struct Proposed {
  IssueId joins{};  // 0: a new point
  Origin origin = Origin::clause;
  std::string clause{}, title{};
  std::vector<CommentId> comments{};
};

// The desk writes in Vietnamese; it puts other words in their place.
std::string name_of_place(const std::string& clause) {
  const i18n::Voice voice(i18n::Language::vi);
  if (clause == whole_draft) return std::string(voice("consultation.suggest.whole"_t));
  if (clause.empty()) return std::string(voice("consultation.suggest.gone"_t));
  return draft::cited(clause, false);
}

std::string title_of_clause(const std::string& clause) {
  return i18n::Voice(i18n::Language::vi)("consultation.suggest.clause"_t,
                                         {{"place", name_of_place(clause)}});
}

// Says no more than what they wrote: what they ask for is for a person to name. How many they are
// stands beside it, so that the title does not change with each that comes or goes.
std::string title_of_letter(const std::vector<LetterPart>& parts) {
  return i18n::Voice(i18n::Language::vi)("consultation.suggest.campaign"_t,
                                         {{"words", beginning_of(parts)}});
}

// What was found, as points. Letters first, then clause by clause.
class Sorting {
 public:
  Sorting(const Intake& intake,
          const campaigns::Found& found,
          const campaigns::Texts& texts,
          const std::map<std::int64_t, std::string>& letters)
      : intake_(intake), found_(found), texts_(texts), letters_(letters) {}

  std::vector<Proposed> run() {
    const auto texts_of_group = members_of(found_);
    std::vector<std::vector<std::size_t>> of_group(found_.groups.size());
    for (std::size_t i = 0; i < intake_.entries.size(); ++i) {
      const campaigns::Distinct& text = found_.texts[found_.text_of[i]];
      if (text.group != campaigns::no_group && text.how != campaigns::How::quote)
        of_group[text.group].push_back(i);
    }
    is_settled_.assign(intake_.entries.size(), false);
    for (std::uint32_t group = 0; group < found_.groups.size(); ++group) {
      const auto size = static_cast<std::int64_t>(found_.groups[group].comments);
      if (size < letter_limits().senders_min) break;  // They come the largest first.
      if (all_.size() >= points_per_turn / 2) break;
      settle(of_group[group], read_letter(found_, group, texts_of_group[group], texts_));
    }
    by_clause();
    if (all_.size() > points_per_turn) all_.resize(points_per_turn);
    return std::move(all_);
  }

 private:
  // One family. What is no letter is left to its clauses.
  void settle(const std::vector<std::size_t>& members, const LetterReading& reading) {
    if (!reading.is_letter()) return;
    std::map<std::int64_t, std::int64_t> anchors;
    std::map<std::string, std::int64_t> clauses;
    for (const std::size_t i : members) {
      const Entry& entry = intake_.entries[i];
      if (entry.anchor.value != 0)
        ++anchors[entry.anchor.value];
      else
        ++clauses[intake_.clauses[entry.clause]];
    }
    if (clauses.empty()) return;
    Proposed proposed{.origin = Origin::campaign};
    if (!anchors.empty()) {
      const auto most =
          std::ranges::max_element(anchors, {}, [](const auto& each) { return each.second; });
      proposed.joins = IssueId{most->first};
      proposed.clause = letters_.at(most->first);
    } else if (const auto clause = clause_of(clauses)) {
      proposed.clause = *clause;
    } else {
      return;
    }
    std::vector<std::size_t> strays;
    for (const std::size_t i : members) {
      const Entry& entry = intake_.entries[i];
      if (entry.anchor.value != 0) continue;
      if (proposed.clause == whole_draft || intake_.clauses[entry.clause] == proposed.clause)
        proposed.comments.push_back(entry.id);
      else
        strays.push_back(i);
    }
    const bool is_enough =
        proposed.joins.value != 0 || std::ssize(proposed.comments) >= letter_limits().senders_min;
    if (!is_enough) return;
    for (const std::size_t i : members) is_settled_[i] = true;
    if (proposed.comments.empty()) return;
    proposed.title = title_of_letter(reading.parts);
    all_.push_back(std::move(proposed));
  }

  void by_clause() {
    std::map<std::string, Proposed> clauses;
    for (std::size_t i = 0; i < intake_.entries.size(); ++i) {
      const Entry& entry = intake_.entries[i];
      if (entry.anchor.value == 0 && !is_settled_[i])
        clauses[intake_.clauses[entry.clause]].comments.push_back(entry.id);
    }
    for (const Entry& entry : intake_.hidden)
      clauses[intake_.clauses[entry.clause]].comments.push_back(entry.id);
    for (auto& [clause, each] : clauses) {
      each.clause = clause;
      each.title = title_of_clause(clause);
      all_.push_back(std::move(each));
    }
  }

  const Intake& intake_;
  const campaigns::Found& found_;
  const campaigns::Texts& texts_;
  const std::map<std::int64_t, std::string>& letters_;  // clauses of letters that may be joined
  std::vector<bool> is_settled_;
  std::vector<Proposed> all_;
};

class GroupingWork {
 public:
  GroupingWork(db::Database& database,
               Random& random,
               const GroupingTools& tools,
               Grouping grouping)
      : database_(database), random_(random), tools_(tools), grouping_(std::move(grouping)) {}

  void run() {
    const Instant since = tools_.clock();
    Intake intake(random_.next());
    database_.read([&](db::Read& read) { take_all(read, intake); });
    intake.take();
    grouping_.comments =
        std::ssize(intake.hidden) +
        std::ranges::count(intake.entries, 0, [](const Entry& each) { return each.anchor.value; });
    const StoredTexts texts(database_, intake.entries, [this] { say_again(); });
    const campaigns::Found found =
        intake.finder.find(texts, [&](campaigns::Stage stage, double share) {
          say(step_of(stage), static_cast<std::int64_t>(share * 100));
        });
    const auto all = Sorting(intake, found, texts, letters_).run();
    std::int64_t done = 0;
    for (const Proposed& each : all) {
      say(GroupingStep::placing, done++ * 100 / std::ssize(all));
      if (place_all(each, since) == Placing::over) break;
    }
    grouping_.ended_at = tools_.clock();
    say(GroupingStep::done, 100);
  }

  // Leaves it to whoever comes next.
  void leave() {
    grouping_.seen_at.reset();
    grouping_.step = GroupingStep::waiting;
    keep();
  }

 private:
  static GroupingStep step_of(campaigns::Stage stage) {
    switch (stage) {
      case campaigns::Stage::reading: return GroupingStep::reading;
      case campaigns::Stage::letters: return GroupingStep::letters;
      case campaigns::Stage::templates: return GroupingStep::templates;
      case campaigns::Stage::own_text: return GroupingStep::own_text;
    }
    return GroupingStep::reading;
  }

  void say(GroupingStep step, std::int64_t percent) {
    if (step != GroupingStep::done && tools_.is_stopping()) throw Stopped{};
    const Instant at = tools_.clock();
    const bool is_news = step != grouping_.step || !grouping_.seen_at;
    if (!is_news && at - *grouping_.seen_at < between_words) return;
    grouping_.step = step;
    grouping_.percent = std::clamp<std::int64_t>(percent, 0, 100);
    grouping_.seen_at = at;
    keep();
  }

  void say_again() { say(grouping_.step, grouping_.percent); }

  void keep() {
    const auto kept = database_.write([&](db::Write& write) -> Result<Done> {
      put(write, grouping_);
      return Done{};
    });
    static_cast<void>(kept);  // It refuses nothing.
  }

  void take_all(db::Read& read, Intake& intake) {
    for (const Letter& letter : letters_of(read, grouping_.consultation)) {
      const auto issue = find_issue(read, letter.issue);
      if (!issue || issue->answer || issue->origin != Origin::campaign) continue;
      letters_[issue->id.value] = issue->clause;
      each_shown_under(read, issue->id, anchors_of_each,
                       [&](const Loose& loose) { intake.add(loose, issue->id); });
    }
    each_never_placed(read, grouping_.consultation, [&](const Loose& loose, bool is_shown) {
      if (is_shown)
        intake.add(loose, IssueId{});
      else
        intake.add_hidden(loose);
    });
  }

  // over: the draft was decided meanwhile, or the ledger may not be written. full: there is no room
  // for this point; others may still be joined.
  enum class Placing : std::uint8_t { done, full, over };

  // A batch at a time, so that nobody who writes waits long.
  Placing place_all(const Proposed& proposed, Instant since) {
    const IssueDraws draws = draw_issue(random_);
    IssueId to{};
    is_over_ = false;
    for (std::size_t from = 0; from < proposed.comments.size(); from += placed_per_batch) {
      say_again();
      const auto part =
          std::span(proposed.comments)
              .subspan(from, std::min(placed_per_batch, proposed.comments.size() - from));
      const auto done = database_.write([&](db::Write& write) -> Result<std::int64_t> {
        IssueId target = to;
        std::int64_t count = 0;
        const auto open = still_undecided(write);
        is_over_ = !open.ok();
        TRY(const Consultation c, open);
        if (target.value != 0 && !is_still_to_fill(write, target))
          return Error{ErrorKind::conflict, "consultation.error.no_issue"_t};
        for (const CommentId comment : part) {
          if (!may_be_placed(write, comment, since)) continue;
          if (target.value == 0) {
            TRY(target, point_of(write, c, proposed, draws));
          }
          place(write, Placement{.comment = comment,
                                 .issue = target,
                                 .is_suggested = true,
                                 .placed_by = grouping_.asked_by,
                                 .placed_at = tools_.clock()});
          ++count;
        }
        if (count > 0) {
          mark_stale(write, target);
          // An answer that is being written has not seen them.
          reopen(write, target);
        }
        placed_in_ = target;
        return count;
      });
      if (!done.ok()) return is_over_ ? Placing::over : Placing::full;
      to = placed_in_;
      grouping_.placed += done.value();
    }
    return Placing::done;
  }

  // Between two batches somebody may have answered the point, or taken the group apart.
  static bool is_still_to_fill(db::Read& read, IssueId id) {
    const auto issue = find_issue(read, id);
    if (!issue || issue->answer) return false;
    return issue->origin != Origin::campaign || find_letter(read, id);
  }

  Result<Consultation> still_undecided(db::Read& read) const {
    TRY([[maybe_unused]] const Done allowed, ledger::may_write());
    auto c = find(read, grouping_.consultation);
    if (!c || find_decision(read, c->id))
      return Error{ErrorKind::conflict, "consultation.error.decided"_t};
    return *std::move(c);
  }

  Result<IssueId> point_of(db::Write& write,
                           const Consultation& c,
                           const Proposed& proposed,
                           const IssueDraws& draws) {
    const auto before = issues_of(write, c.id);
    for (const Issue& issue : before) {
      if (issue.answer) continue;
      if (proposed.joins.value != 0 && issue.id == proposed.joins) return issue.id;
      if (proposed.origin == Origin::clause && issue.origin == Origin::clause &&
          issue.clause == proposed.clause)
        return issue.id;
    }
    if (std::ssize(before) >= issues_max)
      return Error{ErrorKind::conflict, "consultation.error.issues"_t};
    const Issue made = open_issue(
        write, c, {.clause = proposed.clause, .title = proposed.title, .origin = proposed.origin},
        grouping_.asked_by, tools_.clock(), draws);
    if (made.origin == Origin::campaign)
      put(write, Letter{.issue = made.id, .consultation = c.id, .title = made.title});
    return made.id;
  }

  db::Database& database_;
  Random& random_;
  const GroupingTools& tools_;
  Grouping grouping_;
  std::map<std::int64_t, std::string> letters_;
  IssueId placed_in_{};
  bool is_over_ = false;
};

// --- reading a letter ----------------------------------------------------------------------------

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
  anew.letter.members = std::ssize(intake.entries);
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

}  // namespace

bool group_next(db::Database& database, Random& random, const GroupingTools& tools) {
  const Instant now = tools.clock();
  // Most of the time there is none: nobody is kept from writing for that.
  const bool is_asked =
      database.read([&](db::Read& read) { return has_grouping(read, now - grouping_dead_after); });
  if (!is_asked) return false;
  std::optional<Grouping> mine;
  const auto claimed = database.write([&](db::Write& write) -> Result<Done> {
    mine = claim_grouping(write, now - grouping_dead_after, now);
    return Done{};
  });
  if (!claimed.ok() || !mine) return false;
  GroupingWork work(database, random, tools, *std::move(mine));
  try {
    work.run();
  } catch (const Stopped&) {
    work.leave();
  }
  return true;
}

std::int64_t read_letters(db::Database& database, Random& random, const GroupingTools& tools) {
  const auto stale = database.read(
      [&](db::Read& read) { return stale_letters(read, tools.clock(), letters_per_turn); });
  for (const IssueId id : stale) {
    if (tools.is_stopping()) break;
    const auto number = static_cast<std::int64_t>(2 + random.next() / 4);
    const auto begun = database.write([&](db::Write& write) -> Result<Done> {
      begin_reading(write, id, number);
      return Done{};
    });
    const auto issue = database.read([&](db::Read& read) { return find_issue(read, id); });
    if (!begun.ok() || !issue) continue;
    try {
      const ReadAnew anew = letter_under(database, *issue, random.next(), tools);
      const auto kept = database.write(
          [&](db::Write& write) { return keep_reading(write, anew, number, tools); });
      static_cast<void>(kept);  // It refuses nothing.
    } catch (const Stopped&) {
      break;  // It stays stale.
    }
  }
  return std::ssize(stale);
}

}  // namespace ln::consultation
