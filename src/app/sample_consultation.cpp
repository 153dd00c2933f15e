// What happens in the sample's consultation.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "app/sample_play.h"
#include "app/sample_tokens.h"
#include "base/embedded.h"
#include "base/text.h"
#include "core/units/units_store.h"
#include "feature/consultation/consultation_actions_letter.h"
#include "feature/consultation/consultation_actions_vote.h"
#include "feature/consultation/consultation_jobs.h"
#include "feature/consultation/consultation_jobs_letter.h"

namespace ln::app {
namespace {

using consultation::Comment;
using consultation::Consultation;
using consultation::ConsultationId;
using consultation::Statement;

constexpr std::chrono::days opened_before{12}, second_before{3}, stays_open{9};
constexpr int voters = 148;
constexpr std::uint64_t pass_one_in = 9, skip_one_in = 6, stray_one_in = 8, staff_one_in = 7;

std::string_view file_of(std::string_view name) {
  const auto found = embedded::find(name);
  if (!found) throw std::logic_error("the sample lacks " + std::string(name));
  return *found;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> all;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) all.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return all;
}

// "d6.1|vi|What they say|what they would write".
struct Line {
  std::string clause, language, body, wording;
};
Line line_of(std::string_view text) {
  std::vector<std::string> cells(1);
  for (const char c : text)
    if (c == '|')
      cells.emplace_back();
    else
      cells.back() += c;
  if (cells.size() != 4) throw std::logic_error("a comment of the sample has not four parts");
  return {cells[0], cells[1], cells[2], cells[3]};
}

template <class T>
T fine(Result<T> result, std::string_view what) {
  if (!result.ok())
    throw std::logic_error("the sample's consultation was refused: " + std::string(what) + ", " +
                           std::string(result.error().text.name()));
  return std::move(result).value();
}

// Everything about the play that its acts need.
struct Stage {
  db::Database& database;
  const people::Officer& head;
  Random& random;
  ConsultationId id{};

  Consultation now_is() const {
    return *database.read([&](db::Read& read) { return consultation::find(read, id); });
  }
  consultation::EditAct act(Instant at) const {
    return {.officer = head, .revision = now_is().revision, .now = at};
  }
};

consultation::Typed draft_of(int version) {
  return {.kind = "internal",
          .title_vi = "Quy chế tiếp công dân và đánh giá công chức thành phố",
          .title_en = "Rules on receiving citizens and assessing the city's officials",
          .summary_vi =
              "Đặt lại giờ tiếp dân, hạn trả lời phản ánh, và đưa điểm hài lòng của "
              "người dân vào đánh giá công chức làm việc tại quầy.",
          .summary_en =
              "New hours at the counters, a time limit for answers, and satisfaction of "
              "the people as a part of how officials at counters are assessed.",
          .text = std::string(file_of(version == 1 ? "data/sample/consultation_1.md"
                                                   : "data/sample/consultation_2.md")),
          .note = version == 1 ? ""
                               : "Thêm số lượt chấm tối thiểu; rút hạn trả lời và hạn công khai "
                                 "theo ý kiến đã gửi."};
}

void say(Stage& stage, const Line& line, Instant at) {
  const consultation::Said said{.clause = line.clause,
                                .body = line.body,
                                .wording = line.wording,
                                .strength = stage.random.below(staff_one_in) == 0
                                                ? consultation::Strength::verified
                                                : consultation::Strength::anonymous,
                                .in_english = line.language == "en"};
  const auto prepared = fine(stage.database.read([&](db::Read& read) {
    return consultation::prepare(read, stage.id, said, stage.random, at);
  }),
                             line.clause);
  const auto sent = fine(stage.database.write([&](db::Write& write) {
    return consultation::send(write, prepared, at);
  }),
                         line.clause);
  for (std::uint64_t n = stage.random.below(12); n > 0; --n) {
    const std::string mark(as_text(stage.random.bytes<32>()));
    fine(stage.database.write([&](db::Write& write) {
      return consultation::support(write, *sent.comment.code, mark, at);
    }),
         line.clause);
  }
}

// What a voter of one of three camps says: those who want it fast and open, those who worry about
// the arithmetic and about officials, those who want the people to take part.
int said_by(std::size_t camp, std::size_t statement, Random& random) {
  static constexpr int views[3][12] = {{1, -1, 1, -1, 1, 0, 1, 1, 1, 1, 1, 1},
                                       {-1, 1, -1, 1, 1, 0, -1, -1, -1, 1, -1, 1},
                                       {1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1}};
  if (random.below(pass_one_in) == 0) return 0;
  const int view = views[camp][statement % 12];
  return random.below(stray_one_in) == 0 ? -view : view;
}

void vote_all(Stage& stage, Instant at) {
  const auto statements = stage.database.read(
      [&](db::Read& read) { return consultation::statements_of(read, stage.id); });
  for (int voter = 0; voter < voters; ++voter) {
    const std::size_t camp = voter < 70 ? 0 : voter < 115 ? 1 : 2;
    std::vector<consultation::VoteAct> acts;
    const std::string mark(as_text(stage.random.bytes<32>()));
    for (std::size_t i = 0; i < statements.size(); ++i)
      if (stage.random.below(skip_one_in) != 0)
        acts.push_back({.consultation = stage.id,
                        .statement = statements[i].id,
                        .mark = mark,
                        .said = said_by(camp, i, stage.random),
                        .now = at});
    fine(stage.database.write([&](db::Write& write) -> Result<Done> {
      for (const consultation::VoteAct& act : acts) {
        TRY([[maybe_unused]] const Done done, consultation::vote(write, act));
      }
      return Done{};
    }),
         "vote");
  }
}

// Of "d6.1|accepted|d6.1|What is asked|Why|How it reads now".
struct Reply {
  std::string clause;
  consultation::Given given;
};
Reply reply_of(std::string_view text) {
  std::vector<std::string> cells(1);
  for (const char c : text)
    if (c == '|')
      cells.emplace_back();
    else
      cells.back() += c;
  if (cells.size() != 6) throw std::logic_error("an answer of the sample has not six parts");
  const auto answer = consultation::from_word(consultation::all_answers, cells[1]);
  if (!answer) throw std::logic_error("an answer of the sample is none");
  return {cells[0],
          {.answer = *answer,
           .reason = cells[4],
           .clause = cells[2],
           .wording = cells[5],
           .title = cells[3]}};
}

// Groups everything by clause and answers some of it; the rest waits, as it would.
void answer_some(Stage& stage, Instant at) {
  fine(stage.database.write([&](db::Write& write) {
    return consultation::ask_grouping(write, stage.act(at), stage.id);
  }),
       "points");
  const consultation::GroupingTools tools{.clock = [at] { return at; }};
  consultation::group_next(stage.database, stage.random, tools);
  consultation::read_letters(stage.database, stage.random, tools);
  const auto issues =
      stage.database.read([&](db::Read& read) { return consultation::issues_of(read, stage.id); });
  for (const std::string_view line : lines_of(file_of("data/sample/consultation_answers.txt"))) {
    const Reply reply = reply_of(line);
    const auto issue = std::ranges::find(issues, reply.clause, &consultation::Issue::clause);
    if (issue == issues.end()) throw std::logic_error("nobody spoke of " + reply.clause);
    consultation::EditAct act = stage.act(at);
    act.revision = issue->revision;
    const auto salts = ledger::draw(stage.random);
    fine(stage.database.write([&](db::Write& write) {
      return consultation::answer_issue(write, act, issue->id, reply.given, salts);
    }),
         reply.clause);
  }
}

}  // namespace

void play_consultation(db::Database& database,
                       const SampleStaff& staff,
                       Random& random,
                       Instant now) {
  const Instant opened = now - opened_before, second = now - second_before;
  const auto unit = database.read(
      [&](db::Read& read) { return units::find_on(read, "so-noi-vu", local_day(now)); });
  if (!unit) throw std::logic_error("the sample lacks the unit that drafts");
  Stage stage{database, staff.team_for(unit->path).head, random};
  stage.id = fine(database.write([&](db::Write& write) {
               return consultation::create(
                   write, {.officer = stage.head, .now = opened - std::chrono::days(1)}, *unit,
                   draft_of(1));
             }),
                  "create")
                 .id;
  const Day closes_on = local_day(now) + stays_open;
  const consultation::StaffDraft tokens = sample_staff_draft(database, *unit);
  fine(database.write([&](db::Write& write) {
    return consultation::open_for_staff(write, stage.act(opened), stage.id, closes_on, tokens);
  }),
       "open");
  play_tokens(database, stage.head, staff.heads(), stage.id, opened);
  const auto lines = lines_of(file_of("data/sample/consultation_comments.txt"));
  const std::chrono::milliseconds step = (second - opened) / (std::ssize(lines) + 1);
  Instant at = opened;
  for (const std::string_view line : lines) say(stage, line_of(line), at += step);
  for (const std::string_view line : lines_of(file_of("data/sample/consultation_statements.txt")))
    fine(database.write([&](db::Write& write) {
      return consultation::add_statement(write, stage.act(second), stage.id, std::string(line));
    }),
         line);
  vote_all(stage, second);
  fine(database.write([&](db::Write& write) {
    return consultation::change(write, stage.act(second), stage.id, draft_of(2));
  }),
       "change");
  fine(database.write([&](db::Write& write) {
    return consultation::publish_version(write, stage.act(second), stage.id);
  }),
       "publish");
  answer_some(stage, second + std::chrono::hours(1));
  consultation::draw_maps(database, now);
}

}  // namespace ln::app
