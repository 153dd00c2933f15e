// Two consultations as large as a city has them: one that is open, on a staff regulation, and one
// on a clearance plan that went its whole way: answered to the last point, objected to, decided.
#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "app/sample_consultation_script.h"
#include "app/sample_play.h"
#include "app/sample_promise.h"
#include "app/sample_tokens.h"
#include "base/text.h"
#include "core/units/units_store.h"
#include "feature/consultation/consultation_actions_contact.h"
#include "feature/consultation/consultation_actions_decide.h"
#include "feature/consultation/consultation_actions_invitation.h"
#include "feature/consultation/consultation_actions_letter.h"
#include "feature/consultation/consultation_actions_source.h"
#include "feature/consultation/consultation_actions_vote.h"
#include "feature/consultation/consultation_jobs.h"
#include "feature/consultation/consultation_jobs_archive.h"
#include "feature/consultation/consultation_jobs_letter.h"

namespace ln::app {
namespace {

using namespace consultation;

constexpr std::chrono::days day_long{1};
constexpr std::size_t sent_at_once = 60;
constexpr std::uint64_t supports_most = 14, skips_one_in = 7, strays_one_in = 9;

template <class T>
T granted(Result<T> result, std::string_view what) {
  if (!result.ok())
    throw std::logic_error("the sample's full consultations were refused: " + std::string(what) +
                           ", " + std::string(result.error().text.name()));
  return std::move(result).value();
}

// A comment of the sample with the secret that its writer holds.
struct Written {
  Comment comment;
  SampleSaid said;
  std::string secret;
};

// Where one of the two plays.
struct Scene {
  db::Database& database;
  const people::Officer& head;
  const units::Unit& unit;
  Random& random;
  SampleScript script;
  ConsultationId id{};
  std::vector<Written> written{};
  bool is_for_staff = false;  // those who work here comment by token
  std::vector<people::Staff> heads{};

  EditAct act(Instant at) const {
    const auto c = database.read([&](db::Read& read) { return find(read, id); });
    return {.officer = head, .revision = c ? c->revision : 0, .now = at};
  }
  template <class Body>
  auto write(std::string_view what, Body body) {
    return granted(database.write(body), what);
  }
};

void begin(Scene& scene, const Typed& typed, Instant opened, Day closes_on) {
  scene.id = scene
                 .write("create",
                        [&](db::Write& write) {
                          return create(write, {.officer = scene.head, .now = opened - day_long},
                                        scene.unit, typed);
                        })
                 .id;
  // What is about those who work here is commented on by token.
  scene.is_for_staff = typed.kind == "internal";
  const auto tokens = scene.is_for_staff
                          ? std::optional(sample_staff_draft(scene.database, scene.unit))
                          : std::nullopt;
  scene.write("open", [&](db::Write& write) {
    return tokens ? open_for_staff(write, scene.act(opened), scene.id, closes_on, *tokens)
                  : open(write, scene.act(opened), scene.id, closes_on);
  });
  if (tokens) play_tokens(scene.database, scene.head, scene.heads, scene.id, opened);
}

// What came by the site, a few dozen in each transaction, from `from` on until `to`.
void send_all(Scene& scene, const std::vector<SampleSaid>& all, Instant from, Instant to) {
  const std::chrono::milliseconds step = (to - from) / (std::ssize(all) + 1);
  for (std::size_t begun = 0; begun < all.size(); begun += sent_at_once) {
    const std::size_t end = std::min(begun + sent_at_once, all.size());
    std::vector<Prepared> prepared;
    std::vector<Instant> times;
    std::vector<std::vector<std::string>> marks;
    for (std::size_t i = begun; i < end; ++i) {
      times.push_back(from += step);
      const consultation::Said said{.clause = all[i].clause,
                                    .body = all[i].body,
                                    .strength = i % 11 != 3          ? Strength::anonymous
                                                : scene.is_for_staff ? Strength::verified
                                                                     : Strength::signed_in};
      prepared.push_back(granted(scene.database.read([&](db::Read& read) {
        return prepare(read, scene.id, said, scene.random, times.back());
      }),
                                 all[i].body));
      marks.emplace_back();
      const std::uint64_t most = all[i].is_letter ? 2 : scene.random.below(supports_most) + 1;
      for (std::uint64_t n = scene.random.below(most); n > 0; --n)
        marks.back().emplace_back(as_text(scene.random.bytes<32>()));
    }
    const auto sent = scene.write("send", [&](db::Write& write) -> Result<std::vector<Comment>> {
      std::vector<Comment> done;
      for (std::size_t i = 0; i < prepared.size(); ++i) {
        TRY(const Sent one, send(write, prepared[i], times[i]));
        for (const std::string& mark : marks[i]) {
          TRY([[maybe_unused]] const Comment more,
              support(write, *one.comment.code, mark, times[i]));
        }
        done.push_back(one.comment);
      }
      return done;
    });
    for (std::size_t i = 0; i < sent.size(); ++i)
      scene.written.push_back({sent[i], all[begun + i], prepared[i].secret});
  }
}

void import_all(Scene& scene, const Source& source, const ImportRows& rows, Instant at) {
  const auto prepared = granted(scene.database.read([&](db::Read& read) {
    return prepare_import(read, scene.act(at), source, rows, true, scene.random);
  }),
                                source.name);
  scene.write(source.name,
              [&](db::Write& write) { return import_rows(write, scene.act(at), prepared); });
}

Source source_of(const Scene& scene, SourceKind kind, const std::string& name, Instant at) {
  return {.consultation = scene.id,
          .kind = kind,
          .name = name,
          .reference = kind == SourceKind::minutes ? "BB-02" : "",
          .received_by = "Văn thư",
          .received_on = local_day(at)};
}

// Letters of bodies, the minutes of a meeting, and the part of the campaign that came on paper.
void take_in(Scene& scene, const std::vector<SampleSaid>& letters, Instant at) {
  for (const auto& cells : scene.script.lines("body"))
    import_all(
        scene, source_of(scene, SourceKind::letter, cells[1], at),
        {.rows = {{.clause = cells[0], .body = scene.script.spoken(cells[2], scene.random)}}}, at);
  ImportRows minutes, sheet;
  for (const auto& cells : scene.script.lines("minutes"))
    minutes.rows.push_back({.line = minutes.rows.size() + 2,
                            .clause = cells[0],
                            .body = cells[2],
                            .author = scene.script.spoken(cells[1], scene.random)});
  import_all(scene, source_of(scene, SourceKind::minutes, "Biên bản họp góp ý tại nhà văn hóa", at),
             minutes, at + std::chrono::hours(2));
  for (const SampleSaid& each : letters)
    sheet.rows.push_back({.line = sheet.rows.size() + 2,
                          .clause = each.clause,
                          .body = each.body,
                          .author = each.author});
  import_all(scene, source_of(scene, SourceKind::sheet, "Tập thư gửi về bộ phận một cửa", at),
             sheet, at + std::chrono::hours(3));
}

// Bodies that are asked, one after the other; all but those of `asked` reply.
void invite_bodies(Scene& scene, Instant at, Day due_on) {
  const auto ask = [&](const std::string& name) {
    const InvitationDraws draws = draw_invitation(scene.random);
    // Social criticism is the Front's; of the others a view is asked.
    const bool is_front = name.find("Mặt trận Tổ quốc") != std::string::npos;
    const auto kind = is_front ? InvitedFor::social_criticism : InvitedFor::view;
    const auto made = scene.write(name, [&](db::Write& write) {
      return invite(write, scene.act(at), scene.id, {.name = name, .due_on = due_on, .kind = kind},
                    draws);
    });
    return std::pair{made, draws.secret};
  };
  for (const auto& cells : scene.script.lines("invited")) {
    const auto [invitation, secret] = ask(cells[1]);
    const people::Citizen body(secret);
    const Instant replied = at + std::chrono::days(3 + scene.random.below(4));
    const auto prepared = granted(scene.database.read([&](db::Read& read) {
      return prepare_reply(read, body, *invitation.code, {.clause = cells[0], .body = cells[2]},
                           scene.random, replied);
    }),
                                  cells[1]);
    scene.write(cells[1],
                [&](db::Write& write) { return send_reply(write, body, prepared, replied); });
  }
  for (const auto& cells : scene.script.lines("asked")) ask(cells[0]);
}

// Statements from the first comment that is shown about their clause, and three camps of people.
void hold_votes(Scene& scene, std::initializer_list<int> camps, Instant at) {
  const auto& lines = scene.script.lines("statement");
  for (const auto& cells : lines) {
    const auto from = std::ranges::find(scene.written, cells[0],
                                        [](const Written& each) { return each.said.clause; });
    const std::string code =
        from == scene.written.end() ? std::string() : from->comment.code->text();
    scene.write(cells[2], [&](db::Write& write) {
      return add_statement(write, scene.act(at), scene.id, cells[2], code);
    });
  }
  const auto statements =
      scene.database.read([&](db::Read& read) { return statements_of(read, scene.id); });
  std::vector<VoteAct> acts;
  std::size_t camp = 0;
  for (const int people : camps) {
    for (int voter = 0; voter < people; ++voter) {
      const std::string mark(as_text(scene.random.bytes<32>()));
      for (std::size_t i = 0; i < statements.size(); ++i) {
        if (scene.random.below(skips_one_in) == 0) continue;
        int said = view_of(lines[i][1], camp);
        if (scene.random.below(strays_one_in) == 0) said = -said;
        acts.push_back({.consultation = scene.id,
                        .statement = statements[i].id,
                        .mark = mark,
                        .said = said,
                        .now = at});
      }
    }
    ++camp;
  }
  scene.write("votes", [&](db::Write& write) -> Result<Done> {
    for (const VoteAct& each : acts) {
      TRY([[maybe_unused]] const Done done, vote(write, each));
    }
    return Done{};
  });
  draw_maps(scene.database, at);
}

// What people say of one draft, in `days` from `opened` on; letters come by the site and on paper.
void let_people_speak(Scene& scene, std::size_t letters, Instant opened, std::chrono::days days) {
  auto said = scene.script.organic(scene.random);
  auto campaign = scene.script.letters(letters, scene.random);
  const auto on_paper = std::vector(campaign.begin() + std::ssize(campaign) / 2, campaign.end());
  campaign.resize(campaign.size() / 2);
  // They come in the second week, one after the other.
  said.insert(said.begin() + std::ssize(said) / 2, campaign.begin(), campaign.end());
  said.insert(said.begin() + std::ssize(said) / 2 + 5, scene.script.edited(scene.random));
  const Day due_on = local_day(opened + day_long) + std::chrono::days(9);
  invite_bodies(scene, opened + day_long, due_on);
  send_all(scene, said, opened, opened + days);
  take_in(scene, on_paper, opened + days - std::chrono::hours(20));
}

// --- the way of the second to its end -----------------------------------------------------------

std::vector<Code> codes_where(const Scene& scene, auto fits) {
  std::vector<Code> codes;
  for (const Written& each : scene.written)
    if (fits(each)) codes.push_back(*each.comment.code);
  return codes;
}

void answer_one(Scene& scene, const Issue& issue, const Given& given, Instant at) {
  EditAct act = scene.act(at);
  act.revision = issue.revision;
  const auto salts = ledger::draw(scene.random);
  scene.write(issue.title,
              [&](db::Write& write) { return answer_issue(write, act, issue.id, given, salts); });
}

// What bodies said that asks for the same.
std::vector<Code> codes_of_bodies(const Scene& scene,
                                  const std::string& clause,
                                  std::size_t request) {
  constexpr std::int64_t all = 1'000;
  std::vector<Code> codes;
  const auto said =
      scene.database.read([&](db::Read& read) { return newest_comments(read, scene.id, 0, all); });
  for (const auto& cells : scene.script.lines("joins"))
    for (const Comment& each : said)
      if (cells[0] == clause && cells[1] == std::to_string(request) && each.said_by == cells[2])
        codes.push_back(*each.code);
  return codes;
}

// A point for each request, named as the table names it, and its answer.
void answer_requests(Scene& scene, Instant at) {
  std::map<std::string, std::size_t> requests;
  for (const auto& cells : scene.script.lines("answer")) {
    const std::size_t request = requests[cells[0]]++;
    auto codes = codes_where(scene, [&](const Written& each) {
      return each.said.clause == cells[0] && each.said.request == request && !each.said.is_letter &&
             !each.said.is_edited;
    });
    for (const Code& code : codes_of_bodies(scene, cells[0], request)) codes.push_back(code);
    const auto draws = draw_issue(scene.random);
    const Issue issue = scene.write(cells[3], [&](db::Write& write) {
      return place_in_new(write, scene.act(at), scene.id, cells[3], codes, draws);
    });
    const auto now_is =
        scene.database.read([&](db::Read& read) { return find_issue(read, issue.id); });
    answer_one(scene, *now_is, given_in(cells), at + std::chrono::minutes(1));
  }
}

// Points that the machine makes of what is under none; gives all points as they stand then.
std::vector<Issue> place_the_rest(Scene& scene, Instant at) {
  scene.write("grouping",
              [&](db::Write& write) { return ask_grouping(write, scene.act(at), scene.id); });
  const GroupingTools tools{.clock = [at] { return at; }};
  group_next(scene.database, scene.random, tools);
  read_letters(scene.database, scene.random, tools);
  return scene.database.read([&](db::Read& read) { return issues_of(read, scene.id); });
}

// The letter that was sent many times has its answer; what was said last waits for one, and keeps
// the gate shut.
void answer_the_letter(Scene& scene, Instant at) {
  for (const Issue& issue : place_the_rest(scene, at))
    if (!issue.answered_at && issue.origin == Origin::campaign)
      answer_one(scene, issue, given_in(scene.script.line("reply")), at + std::chrono::minutes(1));
}

// What is left: the letter that was sent many times, the one that was changed, and what bodies and
// the meeting said.
void answer_the_rest(Scene& scene, Instant at) {
  const auto edited = codes_where(scene, [](const Written& each) { return each.said.is_edited; });
  const auto own = draw_issue(scene.random);
  scene.write("edited", [&](db::Write& write) {
    return place_in_new(write, scene.act(at), scene.id,
                        "Đồng ý giá đất, đề nghị trả tiền một lần và đối thoại về tái định cư",
                        edited, own);
  });
  const auto& replies = scene.script.lines("reply");
  for (const Issue& issue : place_the_rest(scene, at)) {
    if (issue.answered_at) continue;
    const bool is_letter = issue.origin == Origin::campaign;
    Given given = given_in(replies.at(is_letter ? 0 : 1));
    if (!is_letter) given.title.clear();
    answer_one(scene, issue, given, at);
  }
}

// One writer says that their point is not in the answer; it is replied to, and answered anew.
void object_once(Scene& scene, Instant at) {
  const auto& cells = scene.script.line("objection");
  const auto by = std::ranges::find_if(scene.written, [&](const Written& each) {
    return each.said.clause == cells[0] && each.said.request == 0 && !each.said.is_letter;
  });
  const auto salts = ledger::draw(scene.random), reply_salts = ledger::draw(scene.random);
  const CitizenAct act{
      .citizen = people::Citizen(by->secret), .code = *by->comment.code, .salts = salts, .now = at};
  const Objection objection =
      scene.write("objection", [&](db::Write& write) { return object(write, act, cells[1]); });
  const Instant later = at + day_long;
  scene.write("reply", [&](db::Write& write) {
    return reply(write, scene.act(later), *by->comment.code, scene.script.line("objected")[0],
                 reply_salts);
  });
  const auto issue =
      scene.database.read([&](db::Read& read) { return find_issue(read, objection.issue); });
  answer_one(scene, *issue,
             {.answer = *issue->answer,
              .reason = issue->reason,
              .clause = issue->changed_clause,
              .wording = issue->wording,
              .title = issue->title},
             later);
}

// Three writers asked to be written to, and pressed the link that went to them.
void leave_contacts(Scene& scene, Instant at) {
  for (std::size_t i = 0; i < 3; ++i) {
    const Written& each = scene.written[i * 7];
    const std::string token = to_hex(scene.random.bytes<16>());
    const CitizenAct act{.citizen = people::Citizen(each.secret),
                         .code = *each.comment.code,
                         .salts = ledger::draw(scene.random),
                         .now = at};
    scene.write("contact", [&](db::Write& write) {
      return leave_contact(write, act, "gopy" + std::to_string(i + 1) + "@example.vn", token);
    });
    scene.write("confirm", [&](db::Write& write) {
      return confirm_contact(write, *each.comment.code, token, at);
    });
  }
}

void promise_copies(Scene& scene, Day due_on, Instant at) {
  for (const Written& each : scene.written) {
    if (each.said.clause != "d9.1" || each.said.request != 1 || each.said.is_letter) continue;
    const auto point =
        scene.database.read([&](db::Read& read) { return issue_of(read, each.comment.id); });
    return promise_for_point(
        scene.database,
        {scene.head, scene.unit, point->value, each.comment.code->text(), each.secret,
         "Giao tận nhà cho mỗi hộ một bản biên bản kiểm đếm có chữ ký hai bên.", due_on},
        scene.random, at);
  }
}

void play_pay(db::Database& database, const SampleStaff& staff, Random& random, Instant now) {
  const auto unit = database.read(
      [&](db::Read& read) { return units::find_on(read, "so-noi-vu", local_day(now)); });
  if (!unit) throw std::logic_error("the sample lacks the unit that drafts");
  const Instant opened = now - day_long * 11;
  Scene scene{database, staff.team_for(unit->path).head, *unit, random,
              SampleScript("data/sample/consultation_pay.txt", *unit, opened)};
  scene.heads = staff.heads();
  begin(scene,
        {.kind = "internal",
         .title_vi = "Quy chế đánh giá, xếp loại và chi thu nhập tăng thêm",
         .title_en = "Rules on assessing staff and paying additional income",
         .summary_vi = "Chấm điểm hằng quý, bốn mức xếp loại và thu nhập tăng thêm theo kết quả "
                       "cho cán bộ, công chức, viên chức thành phố.",
         .summary_en = "Quarterly marks, four grades and additional income by results for the "
                       "city's officials and public employees.",
         .text = text_for("data/sample/consultation_pay_1.md", *unit),
         .note = ""},
        opened, local_day(now) + std::chrono::days(14));
  let_people_speak(scene, 100, opened, std::chrono::days(10));
  hold_votes(scene, {70, 45, 40}, now - std::chrono::hours(20));
  answer_requests(scene, now - std::chrono::hours(16));
  answer_the_letter(scene, now - std::chrono::hours(12));
}

void play_clearance(db::Database& database,
                    const SampleStaff& staff,
                    const units::Unit& unit,
                    Random& random,
                    Instant now) {
  const Instant opened = at_local(local_day(now) - std::chrono::days(60), std::chrono::hours(8));
  Scene scene{database, staff.team_for(unit.path).head, unit, random,
              SampleScript("data/sample/consultation_clearance.txt", unit, opened)};
  Typed typed{.kind = "clearance",
              .title_vi = "Phương án bồi thường, hỗ trợ, tái định cư dự án mở rộng đường vành đai",
              .title_en = "Compensation and resettlement plan for widening the ring road",
              .summary_vi =
                  "Giá đất, nhà, hỗ trợ thuê nhà, suất tái định cư và thời hạn bàn giao "
                  "cho 214 hộ có đất trong chỉ giới.",
              .summary_en =
                  "Prices of land and houses, rent support, resettlement plots and dates "
                  "for 214 households within the line.",
              .text = text_for("data/sample/consultation_clearance_1.md", unit),
              .note = ""};
  begin(scene, typed, opened, local_day(opened) + std::chrono::days(30));
  let_people_speak(scene, 100, opened, std::chrono::days(28));
  hold_votes(scene, {60, 40, 45}, opened + day_long * 29);
  leave_contacts(scene, opened + day_long * 29);
  const Instant closed = opened + day_long * 31;
  close_due(database, closed);
  typed.text = text_for("data/sample/consultation_clearance_2.md", unit);
  typed.note =
      "Tiếp thu về khấu hao nhà ở, thuê nhà, bốc thăm lô, hộ kinh doanh, thời hạn bàn "
      "giao và kiểm đếm lại.";
  const Instant second = closed + day_long * 3;
  scene.write("change",
              [&](db::Write& write) { return change(write, scene.act(second), scene.id, typed); });
  scene.write("publish", [&](db::Write& write) {
    return publish_version(write, scene.act(second), scene.id);
  });
  answer_requests(scene, second + day_long);
  answer_the_rest(scene, second + day_long * 2);
  tell_contacts(database, second + day_long * 2);
  object_once(scene, second + day_long * 5);
  const Instant end = second + day_long * 9;
  scene.write("decide", [&](db::Write& write) {
    return decide(write, scene.act(end), scene.id, scene.script.line("decision")[0]);
  });
  tell_contacts(database, end);
  make_archive(database, end);
  promise_copies(scene, local_day(now) + std::chrono::days(20), end + day_long * 2);
}

}  // namespace

void play_full_consultations(db::Database& database,
                             const SampleStaff& staff,
                             const units::Unit& unit,
                             Random& random,
                             Instant now) {
  play_pay(database, staff, random, now);
  play_clearance(database, staff, unit, random, now);
  while (index_comments(database) > 0) {
  }
}

}  // namespace ln::app
