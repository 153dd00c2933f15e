// A session from its announcement to its approved minutes, through rules, actions and pages.
#include "feature/dialogue/dialogue.h"

#include <doctest/doctest.h>

#include <string>

#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "feature/commitment/commitment_actions.h"
#include "feature/dialogue/dialogue_jobs.h"
#include "feature/dialogue/dialogue_pages_live.h"
#include "feature/dialogue/dialogue_store_check.h"
#include "platform/http/http_broadcast.h"
#include "test/dialogue_hall.h"

namespace ln::dialogue {

TEST_CASE("a session goes one way, and minutes need every answer") {
  std::string table;
  for (const Stage stage : all_stages)
    for (const Act act : all_acts)
      if (const auto next = next_stage(stage, act); next.ok())
        table += std::string(to_text(stage)) + " " + std::string(to_text(act)) + " " +
                 std::string(to_text(next.value())) + "\n";
  CHECK(table ==
        "announced start live\nannounced cancel cancelled\nlive finish ended\n"
        "ended propose ended\nended approve approved\n");
  const Instant later = test::monday + a_day;
  CHECK(error_of(may_propose({.unanswered = 1})) == "dialogue.error.unanswered");
  CHECK(error_of(may_propose({.contests = 1})) == "dialogue.error.contests");
  CHECK(error_of(may_approve({}, later)) == "dialogue.error.no_minutes");
  CHECK(error_of(may_approve({.term = later + a_day}, later)) == "dialogue.error.term");
  CHECK(error_of(may_approve({.term = later}, later)) == "fine");
}

TEST_CASE("only who heads the unit announces, and every field that is wrong is told") {
  Hall hall;
  CHECK(error_of(hall.try_prepare("nam", hall.typed())) == "dialogue.error.not_head");
  CHECK(error_of(hall.try_prepare("hai", hall.typed())) == "dialogue.error.not_head");
  Typed wrong;
  wrong.stream = "http://xem.example";
  const auto refused = hall.try_prepare("hoa", wrong);
  REQUIRE_FALSE(refused.ok());
  std::string fields;
  for (const FieldError& each : refused.error().fields) fields += each.field + " ";
  CHECK(fields == "topic_vi summary leader place starts closes stream ");
  Typed late = hall.typed();
  late.closes_at = *late.starts_at + std::chrono::hours(1);
  CHECK(error_of(hall.try_prepare("hoa", late)) == "dialogue.error.closes_late");
}

TEST_CASE("people ask in advance until it closes, and again while it is live") {
  Hall hall;
  hall.announce_it();
  const auto try_ask = [&] {
    return hall.read([&](db::Read& r) {
      return prepare_question(r, hall.id, {.body = "Bao giờ thông cống ngõ 12?"}, hall.random,
                              hall.now);
    });
  };
  CHECK(try_ask().ok());
  hall.now = hall.session().closes_at;
  CHECK(error_of(try_ask()) == "dialogue.error.closed");
  // In the hall a clerk of the unit takes it in; one of another unit does not.
  const auto told = hall.ask_it("Ai cho chiếm vỉa hè trước chợ?", "thu");
  CHECK(hall.now_is(told).way == Way::hall);
  CHECK(hall.now_is(told).taken_by == hall.accounts.at("thu"));
  const auto stranger = hall.officer("hai");
  CHECK(error_of(hall.read([&](db::Read& r) {
          return prepare_question(r, hall.id, {.body = "Câu hỏi nhờ hỏi hộ.", .clerk = &stranger},
                                  hall.random, hall.now);
        })) == "dialogue.error.none");
  hall.go_live();
  CHECK(try_ask().ok());
  REQUIRE(hall.on_session(finish).ok());
  CHECK(error_of(try_ask()) == "dialogue.error.closed");
}

TEST_CASE("what is hidden leaves its place with the reason") {
  Hall hall;
  hall.announce_it();
  const auto told = hall.ask_it("Ông Văn Bí Mật ăn tiền phải không?");
  const auto hide_as = [&](const std::string& login) {
    return hall.on_question(
        told,
        [&](db::Write& w, const RunAct& act) {
          return hide(w, act, *told.question.code, HideReason::insult);
        },
        login);
  };
  CHECK(error_of(hide_as("hai")) == "dialogue.error.code_or_secret");
  CHECK(error_of(hide_as("thu")) == "dialogue.error.code_or_secret");
  REQUIRE(hide_as("hoa").ok());
  auto anybody = hall.browser("nobody");
  anybody.get(hall.url());
  CHECK_FALSE(anybody.shows("Văn Bí Mật"));
  CHECK(anybody.shows("Câu hỏi này bị che. Lý do: Xúc phạm người khác."));
  CHECK(anybody.shows("Bị che: 1."));
  const auto chain = hall.read([&](db::Read& r) {
    return ledger::entries_of(r, {"dialogue_question", told.question.id.value});
  });
  CHECK(chain.size() == 2);
}

TEST_CASE("joined questions keep every asker, and each supporter counts once") {
  Hall hall;
  hall.announce_it();
  const auto first = hall.ask_it("Bao giờ thông cống ngõ 12?");
  const auto second = hall.ask_it("Cống ngõ 12 tắc, ai sửa?");
  const auto third = hall.ask_it("Vỉa hè trước chợ của ai?");
  const auto back = [&](const Hall::Told& told, char mark) {
    REQUIRE(hall.write([&](db::Write& w) {
                  return support(w, *told.question.code, {.mark = std::string(32, mark)});
                })
                .ok());
  };
  back(first, 'a');
  back(first, 'a');
  back(second, 'a');
  back(second, 'b');
  CHECK(hall.now_is(first).support_count == 1);
  const auto join = [&](const Hall::Told& told, const Hall::Told& into) {
    return hall.on_question(told, [&](db::Write& w, const RunAct& act) {
      return merge(w, act, *told.question.code, *into.question.code);
    });
  };
  CHECK(error_of(join(second, second)) == "dialogue.error.merge");
  REQUIRE(join(second, first).ok());
  CHECK(hall.now_is(first).support_count == 2);
  auto anybody = hall.browser("nobody");
  anybody.get(hall.url());
  CHECK(anybody.shows("Cống ngõ 12 tắc, ai sửa?"));
  CHECK(anybody.shows("Gộp 1 câu hỏi giống"));
  // Joining the root takes along what was joined to it.
  REQUIRE(join(first, third).ok());
  CHECK(hall.now_is(second).merged_into == third.question.id);
  // Whoever asked takes it apart again, and nobody else.
  const AskerAct other = hall.by(second, first.secret);
  CHECK(error_of(hall.write([&](db::Write& w) { return separate(w, other); })) ==
        "dialogue.error.code_or_secret");
  const AskerAct own = hall.by(second);
  REQUIRE(hall.write([&](db::Write& w) { return separate(w, own); }).ok());
  CHECK_FALSE(hall.now_is(second).is_merged());
  CHECK(hall.now_is(second).support_count == 2);
  CHECK(hall.read([](db::Read& r) { return ledger::verify_all(r); }).empty());
}

TEST_CASE("the queue shows who is asked now, and follows without and with a script") {
  Hall hall;
  hall.announce_it();
  const auto first = hall.ask_it("Bao giờ thông cống ngõ 12?");
  const auto second = hall.ask_it("Vỉa hè trước chợ của ai?");
  const auto call_it = [&](const Hall::Told& told) {
    return hall.on_question(
        told, [&](db::Write& w, const RunAct& act) { return call(w, act, *told.question.code); });
  };
  CHECK(error_of(call_it(first)) == "dialogue.error.not_now");
  hall.go_live();
  REQUIRE(call_it(first).ok());
  auto anybody = hall.browser("nobody");
  anybody.get(hall.url("/queue"));
  CHECK(anybody.shows(first.question.code->shown() + ": Bao giờ thông cống ngõ 12?"));
  CHECK(anybody.body().find("http-equiv=\"refresh\"") == std::string::npos);
  CHECK(anybody.body().find("data-live=\"/live/dialogues/") != std::string::npos);
  anybody.follow("Cho tự tải lại");
  CHECK(anybody.body().find("http-equiv=\"refresh\"") != std::string::npos);
  REQUIRE(call_it(second).ok());
  CHECK(hall.now_is(first).turn == Turn::waiting);
  const auto live = hall.read([&](db::Read& r) {
    return to_json(live_figures(i18n::Voice(i18n::Language::en), r, hall.session()));
  });
  CHECK(live.find(second.question.code->shown()) != std::string::npos);
  CHECK(live.find("0 answered, 2 waiting") != std::string::npos);  // The one asked now, too.
  http::Broadcast broadcast;
  tell_queues(hall.database, broadcast);
  const auto told = [&] {
    return broadcast.inside().latest(live_channel(i18n::Language::en, hall.id));
  };
  REQUIRE(told() != nullptr);
  CHECK(told()->text.find(live) != std::string::npos);
  // The same again is not told again.
  const auto number = told()->number;
  tell_queues(hall.database, broadcast);
  CHECK(told()->number == number);
  REQUIRE(hall.answer_it(second).ok());
  tell_queues(hall.database, broadcast);
  CHECK(told()->number == number + 1);
  CHECK(hall.now_is(second).turn == Turn::answered);
  CHECK(anybody.get(hall.url()).shows(said));
}

TEST_CASE("minutes are proposed, contested, answered and only then approved") {
  Hall hall;
  hall.announce_it();
  const auto told = hall.ask_it("Bao giờ thông cống ngõ 12?");
  const auto other = hall.ask_it("Vỉa hè trước chợ của ai?");
  hall.go_live();
  REQUIRE(hall.answer_it(told).ok());
  REQUIRE(hall.on_session(finish).ok());
  const auto propose = [&] {
    return hall.on_session(
        [](db::Write& w, const RunAct& act) { return propose_minutes(w, act, minutes_text); });
  };
  const auto approve_it = [&] { return hall.on_session(approve_minutes); };
  CHECK(error_of(propose()) == "dialogue.error.unanswered");
  REQUIRE(hall.answer_it(other).ok());
  CHECK(error_of(approve_it()) == "dialogue.error.no_minutes");
  REQUIRE(propose().ok());
  CHECK(error_of(approve_it()) == "dialogue.error.term");
  CHECK(error_of(hall.answer_it(other, "Một câu trả lời khác hẳn.")) == "dialogue.error.not_now");
  // Whoever asked contests once, within the term.
  const AskerAct act = hall.by(told);
  const std::string words = "Đã hứa trước Tết, biên bản phải ghi rõ ngày.";
  CHECK(error_of(hall.write([&](db::Write& w) { return contest(w, act, "Sai"); })) ==
        "dialogue.error.body_short");
  REQUIRE(hall.write([&](db::Write& w) { return contest(w, act, words); }).ok());
  const AskerAct again = hall.by(told);
  CHECK(error_of(hall.write([&](db::Write& w) { return contest(w, again, words); })) ==
        "dialogue.error.not_now");
  hall.now += a_day * (contest_days + 1);
  CHECK(error_of(approve_it()) == "dialogue.error.contests");
  CHECK(error_of(propose()) == "dialogue.error.contests");
  const AskerAct late = hall.by(other);
  CHECK(error_of(hall.write([&](db::Write& w) { return contest(w, late, words); })) ==
        "dialogue.error.not_now");
  const auto open = hall.read([&](db::Read& r) { return contests_of(r, hall.id); });
  REQUIRE(open.size() == 1);
  REQUIRE(hall.on_session([&](db::Write& w, const RunAct& run) {
                return answer_contest(w, run, open[0].id, "Đã ghi thêm ngày vào bản sau.");
              })
              .ok());
  auto anybody = hall.browser("nobody");
  anybody.get(hall.url("/minutes"));
  CHECK(anybody.shows(words));
  CHECK(anybody.shows("Đã ghi thêm ngày vào bản sau."));
  // A second version may be contested anew.
  REQUIRE(propose().ok());
  CHECK(error_of(approve_it()) == "dialogue.error.term");
  hall.now += a_day * (contest_days + 1);
  REQUIRE(approve_it().ok());
  CHECK(hall.session().stage == Stage::approved);
  CHECK(anybody.get(hall.url("/minutes")).shows("Đã thông qua lúc"));
  CHECK(error_of(hall.answer_it(told)) == "dialogue.error.not_now");
  // What gives somebody away can be hidden at any time, and so is what its sender objected.
  REQUIRE(hall.on_question(
                  told,
                  [&](db::Write& w, const RunAct& run) {
                    return hide(w, run, *told.question.code, HideReason::privacy);
                  },
                  "hoa")
              .ok());
  CHECK_FALSE(anybody.get(hall.url("/minutes")).shows(words));
  CHECK(anybody.shows("Lời phản đối này đã được che"));
  CHECK(hall.read([](db::Read& r) { return ledger::verify_all(r); }).empty());
  // Whoever edits them in the database is found, line by line.
  CHECK(hall.read(unfit_texts).empty());
  hall.write([&](db::Write& w) {
    w.run("UPDATE dialogue SET summary = 'Chuyện khác' WHERE id = $1", hall.id);
    w.run("UPDATE dialogue_minutes SET text = 'Không hứa gì.' WHERE number = 2");
    w.run(
        "UPDATE dialogue_question SET body = 'Cảm ơn phường!', answer = 'Không có gì.' "
        "WHERE id = $1",
        other.question.id);
    w.run("UPDATE dialogue_contest SET body = 'Nhất trí.'");
    w.run("DELETE FROM dialogue_question WHERE id = $1", told.question.id);
  });
  std::string found;
  for (const ledger::Fault& each : hall.read(unfit_texts)) found += each.what + "\n";
  CHECK(found ==
        "the session is not what was announced\n"
        "the minutes are not those that were proposed\n"
        "the question of this line is not there any more\n"
        "the question is not the one that was asked\n"
        "the answer is not the one that was given last\n"
        "what was said against the minutes is not kept\n"
        "the answer to who contested the minutes is not kept\n");
}

TEST_CASE("hiding a question does away with none that was joined to it") {
  Hall hall;
  hall.announce_it();
  const auto first = hall.ask_it("Bao giờ thông cống ngõ 12?");
  const auto joined = hall.ask_it("Cống ngõ 12 tắc hai năm, ai chịu trách nhiệm?");
  REQUIRE(hall.on_question(
                  joined,
                  [&](db::Write& w, const RunAct& run) {
                    return merge(w, run, *joined.question.code, *first.question.code);
                  },
                  "hoa")
              .ok());
  REQUIRE(hall.on_question(
                  first,
                  [&](db::Write& w, const RunAct& run) {
                    return hide(w, run, *first.question.code, HideReason::insult);
                  },
                  "hoa")
              .ok());
  hall.go_live();
  REQUIRE(hall.on_session(finish).ok());
  CHECK(error_of(hall.on_session([](db::Write& w, const RunAct& act) {
          return propose_minutes(w, act, minutes_text);
        })) == "dialogue.error.unanswered");
  // Nothing is joined to what is hidden.
  const auto third = hall.read([&](db::Read& r) { return find_question(r, joined.question.id); });
  CHECK(third->is_merged());
}

TEST_CASE("a promise from an answer goes to every asker, and a broken one opens the next session") {
  Hall hall;
  hall.announce_it();
  const auto told = hall.ask_it("Bao giờ thông cống ngõ 12?");
  const auto joined = hall.ask_it("Cống ngõ 12 tắc, ai sửa?");
  REQUIRE(hall.on_question(joined,
                           [&](db::Write& w, const RunAct& act) {
                             return merge(w, act, *joined.question.code, *told.question.code);
                           })
              .ok());
  const auto promise = [&] {
    const auto who = hall.officer("hoa");
    return hall.read([&](db::Read& r) {
      return commitment::prepare(r, who, hall.units.at("P1"),
                                 {.text = "Thông cống ngõ 12 xong trước ngày 20 tháng 12.",
                                  .due_on = local_day(hall.now) + a_day * 10,
                                  .question = told.question.code->shown()},
                                 hall.random, hall.now);
    });
  };
  hall.go_live();
  CHECK(error_of(promise()) == "commitment.error.not_answered");
  REQUIRE(hall.answer_it(told).ok());
  const auto prepared = promise();
  REQUIRE(prepared.ok());
  CHECK(prepared.value().people.size() == 2);
  CHECK(prepared.value().secret.empty());
  const auto made =
      hall.write([&](db::Write& w) { return commitment::make(w, prepared.value(), hall.now); });
  REQUIRE(made.ok());
  // The asker whose question was joined confirms it as well as the first.
  const auto read_now = [&] {
    return *hall.read([&](db::Read& r) { return commitment::find(r, made.value().id); });
  };
  const auto act = commitment::draw(people::Citizen(joined.secret), joined.question.code->text(),
                                    read_now(), hall.random, hall.now);
  REQUIRE(hall.write([&](db::Write& w) {
                return commitment::perform(w, act, commitment::Act::confirm, "");
              })
              .ok());
  // Who has not confirmed it neither consents to a change nor hinders one.
  const commitment::OfficeAct ask_later{.officer = hall.officer("hoa"),
                                        .id = made.value().id,
                                        .revision = 2,
                                        .salts = ledger::draw(hall.random),
                                        .now = hall.now};
  REQUIRE(hall.write([&](db::Write& w) {
                return commitment::propose_change(
                    w, ask_later, "Thông cống ngõ 12 xong trước ngày 21.",
                    local_day(hall.now) + a_day * 11, "Trời mưa nhiều ngày.");
              })
              .ok());
  const auto other = commitment::draw(people::Citizen(told.secret), told.question.code->text(),
                                      read_now(), hall.random, hall.now);
  for (const auto what : {commitment::Act::consent, commitment::Act::decline_change})
    CHECK(error_of(hall.write([&](db::Write& w) {
            return commitment::perform(w, other, what, "");
          })) == "commitment.error.not_now");
  const auto refusal =
      commitment::draw(people::Citizen(joined.secret), joined.question.code->text(), read_now(),
                       hall.random, hall.now);
  REQUIRE(hall.write([&](db::Write& w) {
                return commitment::perform(w, refusal, commitment::Act::decline_change, "");
              })
              .ok());
  auto anybody = hall.browser("nobody");
  CHECK(anybody.get(hall.url()).shows("Thông cống ngõ 12 xong trước ngày 20 tháng 12."));
  hall.now += a_day * 12;
  // Its own session shows it where it was made, not as one of an earlier session.
  CHECK_FALSE(anybody.get(hall.url()).shows("ở buổi trước chưa giữ lời"));
  hall.announce_it();
  anybody.get(hall.url());
  CHECK(anybody.shows("1 điều đã hứa ở buổi trước chưa giữ lời"));
  CHECK(anybody.shows("Thông cống ngõ 12 xong trước ngày 20 tháng 12."));
  CHECK(anybody.get("/en" + hall.url()).shows("1 promise of earlier dialogues was not kept"));
}

TEST_CASE("many questions come in pages, and the last of them can be supported") {
  Hall hall;
  hall.announce_it();
  for (int n = 10; n < 35; ++n) hall.ask_it("Bao giờ thông cống ngõ " + std::to_string(n) + "?");
  auto anybody = hall.browser("nobody");
  anybody.get(hall.url());
  CHECK(anybody.shows("ngõ 29?"));
  CHECK_FALSE(anybody.shows("ngõ 30?"));
  anybody.follow("Trang sau");
  CHECK_FALSE(anybody.shows("ngõ 29?"));
  CHECK(anybody.shows("ngõ 34?"));
  anybody.follow("Tôi cũng muốn hỏi");
  CHECK(anybody.shows("ngõ 30?"));
  anybody.press("Tôi cũng muốn hỏi");
  // What has support stands before the others.
  anybody.get(hall.url());
  CHECK(anybody.shows("ngõ 30?"));
  CHECK(anybody.shows("1 người cũng muốn hỏi"));
  CHECK(anybody.get(hall.url("?from=99999999")).status() == 200);
}

TEST_CASE("a whole session by pages alone, without any script") {
  Hall hall;
  auto head = hall.browser("hoa");
  head.get("/staff/dialogues").follow("Thông báo buổi đối thoại");
  head.fill("Chủ đề", "Ngắn").press("Thông báo");
  CHECK(head.status() == 422);
  CHECK(head.shows("Hãy ghi chủ đề, ít nhất 10 ký tự."));
  head.fill("Chủ đề", "Thoát nước và vỉa hè phường Một");
  head.fill("summary", "Đường ngập khi mưa: ai làm gì, bao giờ xong.");
  head.fill("leader", "Chủ tịch phường").fill("place", "Nhà văn hóa");
  head.fill("starts", "2026-12-01T08:30").fill("closes", "2026-11-30T17:00").press("Thông báo");
  hall.id = DialogueId{1};
  CHECK(hall.session().starts_at ==
        at_local(Day(std::chrono::year(2026) / 12 / 1), std::chrono::minutes(8 * 60 + 30)));
  auto asker = hall.browser("nobody");
  asker.get("/dialogues").follow("Thoát nước và vỉa hè phường Một");
  asker.follow("Đặt câu hỏi");
  asker.fill("Bạn muốn hỏi gì?", "abc").press("Gửi câu hỏi");
  CHECK(asker.status() == 422);
  asker.fill("Bạn muốn hỏi gì?", "Bao giờ thông cống ngõ 12?").press("Gửi câu hỏi");
  CHECK(asker.shows("Đã nhận câu hỏi của bạn"));
  asker.follow("Xem câu hỏi này");
  CHECK(asker.shows("Bao giờ thông cống ngõ 12?"));
  const std::string own = asker.address();
  asker.get(own + "/receipt.tlog-proof");
  CHECK(asker.body().starts_with("c2sp.org/tlog-proof@v1"));
  asker.get(hall.url("/ask")).press("Tôi cũng muốn hỏi");
  CHECK(asker.shows("1 người cũng muốn hỏi"));
  auto clerk = hall.browser("thu");
  clerk.get("/staff/dialogues").follow("Thoát nước");
  clerk.follow("Ghi câu hỏi tại hội trường");
  clerk.fill("Câu hỏi", "Vỉa hè trước chợ của ai?").press("Ghi và in phiếu");
  CHECK(clerk.shows("Đã nhận câu hỏi của bạn"));
  clerk.follow("ghi câu tiếp theo");
  head.get("/staff" + hall.url()).press("Bắt đầu buổi đối thoại");
  CHECK(head.shows("Đang diễn ra"));
  for (int i = 0; i < 2; ++i) {
    head.get("/staff" + hall.url()).press("Mời hỏi");
    const auto all = hall.read([&](db::Read& r) { return questions_of(r, hall.id); });
    head.get("/staff" + hall.url("/questions/" + all.at(0).code->text()));
    head.fill("Trả lời câu hỏi", said).press("Lưu trả lời");
    CHECK(head.shows("Ghi điều đã hứa thành cam kết"));
  }
  head.follow("Ghi điều đã hứa thành cam kết");
  head.fill("Lời hứa", "Trả lại vỉa hè trước chợ cho người đi bộ.");
  head.fill("due_on", "2026-12-20").press("Hứa");
  CHECK(head.shows("Cam kết số 1"));
  head.get("/staff" + hall.url()).press("Kết thúc buổi đối thoại");
  head.press("Đưa biên bản để góp ý");
  CHECK(head.shows("Người đã hỏi phản đối được đến hết 30/11/2026"));
  asker.get(own).fill("Điều gì ghi không đúng, và đã nói gì?", "Thiếu ngày hoàn thành.");
  asker.press("Phản đối biên bản");
  CHECK(asker.shows("Thiếu ngày hoàn thành."));
  head.get("/staff" + hall.url());
  head.fill("Trả lời phản đối", "Sẽ ghi ngày vào bản sau.").press("Gửi trả lời");
  CHECK(head.shows("Chưa hết hạn phản đối"));
  CHECK(asker.get("/en" + hall.url("/print")).shows("Bao giờ thông cống ngõ 12?"));
  CHECK(hall.browser("hai").get("/staff" + hall.url()).status() == 404);
}

}  // namespace ln::dialogue
