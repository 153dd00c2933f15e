// Triage: suggestions, cases put together and taken apart, and what every author is answered.
#include <doctest/doctest.h>

#include <string>

#include "core/ledger/ledger_store.h"
#include "engine/triage/triage_score.h"
#include "feature/feedback/feedback_actions_topics.h"
#include "feature/feedback/feedback_actions_triage.h"
#include "feature/feedback/feedback_jobs_learn.h"
#include "feature/feedback/feedback_store_similar.h"
#include "feature/feedback/feedback_store_triage.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

using test::good_answer;
using test::Office;

// All of the shipped corpus takes half a minute to learn.
constexpr std::size_t shipped_every = 6;

// The office, with two topics of places and reports about one lamp.
struct Desk : Office {
  Topic light, road;

  Desk() {
    write([&](db::Write& w) {
      insert_topic(w,
                   {.code = "street-light",
                    .about = About::place,
                    .name_vi = "Đèn đường hỏng",
                    .name_en = "Street light out"},
                   1);
      insert_topic(w,
                   {.code = "road",
                    .about = About::place,
                    .name_vi = "Đường, vỉa hè hỏng",
                    .name_en = "Road or pavement broken"},
                   2);
    });
    light = *read([](db::Read& r) { return find_topic(r, "street-light"); });
    road = *read([](db::Read& r) { return find_topic(r, "road"); });
  }
  Typed about_place(std::string body) {
    Typed typed;
    typed.about = "place";
    typed.unit = "P1";
    typed.topic = "road";
    typed.body = std::move(body);
    typed.is_public = true;
    return typed;
  }
  Feedback second_lamp() {
    return send(about_place("den ngo 12 khong sang ba tuan nay,toi di rat so"));
  }
  void publish_case(const Feedback& of) {
    auto tri = browser("tri");
    tri.get(url(of, "/publish")).press("Đăng công khai");
    REQUIRE(now_is(of).published_at);
  }
  void do_merge(const Feedback& of, const Feedback& into) {
    auto tri = browser("tri");
    tri.get(url(of, "/merge")).fill("into", into.code.shown()).press("Gộp");
    REQUIRE(read([&](db::Read& r) { return merged_into(r, of.id); }) == into.id);
  }
  void do_answer(const Feedback& of) {
    do_assign(of, "nam");
    auto handler = browser("nam");
    handler.get(url(of, "/answer"))
        .fill("text", good_answer)
        .choose("Phản ánh đúng, đã khắc phục")
        .fill("evidence", "Biên bản số 7")
        .press("Xem lại trước khi gửi")
        .press("Gửi câu trả lời");
    REQUIRE(now_is(of).state == State::answered);
  }
  std::vector<Event> events(const Feedback& of) {
    return read([&](db::Read& r) { return events_of(r, of.id); });
  }
  void run_bands() {
    while (band_received(database, now) > 0) {
    }
  }
  void learn() {
    Learning learning(shipped_every);
    while (learning.turn(database, now, false)) {
    }
  }
};

}  // namespace

TEST_CASE("cases put together keep their authors, and each gets the answer") {
  Desk desk;
  const Feedback lamp = desk.lamp(), second = desk.second_lamp();
  const Instant due = second.due_at;
  desk.do_merge(second, lamp);
  CHECK(desk.now_is(second).state == State::received);
  CHECK(desk.now_is(second).due_at == due);
  CHECK(desk.events(second).back().reason == joined_word);
  CHECK(desk.events(second).back().ledger_index);
  CHECK(follow_leads(desk.database, desk.random, desk.now) == 0);

  desk.do_answer(lamp);
  CHECK(follow_leads(desk.database, desk.random, desk.now) == 1);
  CHECK(follow_leads(desk.database, desk.random, desk.now) == 0);
  CHECK(desk.now_is(second).state == State::answered);
  CHECK(desk.events(second).back().text == desk.events(lamp).back().text);
  CHECK(desk.events(second).back().ledger_index != desk.events(lamp).back().ledger_index);

  // The second author may refuse it; the first case is as it was.
  const people::Citizen author(desk.secrets[second.code.text()]);
  const auto refused = desk.write([&](db::Write& w) {
    return reopen(w, {.citizen = author,
                      .code = second.code,
                      .salts = ledger::draw(desk.random),
                      .now = desk.now,
                      .text = "Vẫn tối."});
  });
  REQUIRE(refused.ok());
  CHECK(desk.now_is(second).state == State::reopened);
  CHECK(desk.now_is(lamp).state == State::answered);
}

TEST_CASE("taken apart, a case is answered by itself again") {
  Desk desk;
  const Feedback lamp = desk.lamp(), second = desk.second_lamp();
  desk.do_merge(second, lamp);
  auto tri = desk.browser("tri");
  tri.get(Office::url(second));
  CHECK(tri.shows("Đang gộp với"));
  tri.press("Tách ra");
  CHECK(desk.events(second).back().reason == split_word);
  desk.do_answer(lamp);
  CHECK(follow_leads(desk.database, desk.random, desk.now) == 0);
  CHECK(desk.now_is(second).state == State::received);
}

TEST_CASE("what is protected or about conduct is never put with another, nor suggested for it") {
  Desk desk;
  const Feedback lamp = desk.lamp(), conduct = desk.conduct();
  auto typed = desk.about_place("Ba tuần nay đèn ngõ 12 không sáng, tối đi rất sợ.");
  typed.is_protected = true;
  const Feedback secret = desk.send(typed);
  desk.run_bands();
  const auto head = desk.browser("thanh");
  for (const Feedback* apart : {&conduct, &secret}) {
    CHECK(desk.read([&](db::Read& r) { return similar_published(r, *apart, desk.now); }).empty());
    auto boss = desk.browser("thanh");
    boss.get(Office::url(lamp, "/merge")).fill("into", apart->code.shown()).press("Gộp");
    CHECK(boss.status() == 422);
    boss.get(Office::url(*apart));
    CHECK_FALSE(boss.shows("Gộp với"));
    boss.get(Office::url(*apart, "/merge"));
    if (boss.status() == 200) CHECK_FALSE(boss.shows("Mã của vụ việc cùng nội dung"));
  }
  auto tri = desk.browser("tri");
  tri.get(Office::url(lamp));
  CHECK_FALSE(tri.shows(secret.code.shown()));
  CHECK(desk.read([&](db::Read& r) { return merged_into(r, lamp.id); }) == std::nullopt);
}

TEST_CASE("chains, oneself, what is over and what one may not see are refused") {
  Desk desk;
  const Feedback lamp = desk.lamp(), second = desk.second_lamp(), third = desk.second_lamp();
  auto elsewhere = desk.about_place("đèn ngõ 12 tắt");
  elsewhere.unit = "P2";
  const Feedback far = desk.send(elsewhere);
  desk.do_merge(second, lamp);
  const auto refused = [&](const Feedback& of, const Feedback& into) {
    auto tri = desk.browser("tri");
    tri.get(Office::url(of, "/merge")).fill("into", into.code.shown()).press("Gộp");
    return tri.status() == 422;
  };
  CHECK(refused(third, second));
  CHECK(refused(third, third));
  CHECK(refused(third, far));
  CHECK(refused(lamp, third));
  desk.do_answer(lamp);
  auto citizen = people::Citizen(desk.secrets[lamp.code.text()]);
  REQUIRE(desk.write([&](db::Write& w) {
                return approve(w, {.citizen = citizen,
                                   .code = lamp.code,
                                   .salts = ledger::draw(desk.random),
                                   .now = desk.now,
                                   .text = {}});
              })
              .ok());
  CHECK(refused(third, lamp));
}

TEST_CASE("cases that say the same are found by their words, for staff and for citizens") {
  Desk desk;
  const Feedback lamp = desk.lamp(), second = desk.second_lamp();
  desk.send(desk.about_place("Rác chất đống đầu chợ bốc mùi hôi thối cả tuần nay."));
  desk.run_bands();
  auto tri = desk.browser("tri");
  tri.get(Office::url(second));
  CHECK(tri.shows("Vụ việc giống"));
  CHECK(tri.shows(lamp.code.shown()));
  CHECK_FALSE(tri.shows("Rác chất đống"));
  tri.press("Gộp với " + lamp.code.shown());
  CHECK(desk.read([&](db::Read& r) { return merged_into(r, second.id); }) == lamp.id);

  Feedback probe = second;
  probe.id = {};
  const auto shown = [&] {
    return desk.read([&](db::Read& r) { return similar_published(r, probe, desk.now); });
  };
  CHECK(shown().empty());  // Nobody has released it.
  desk.publish_case(lamp);
  desk.run_bands();
  REQUIRE(shown().size() == 1);
  CHECK(shown()[0].feedback.id == lamp.id);
  desk.now += similar_within + std::chrono::days(1);
  CHECK(shown().empty());
}

TEST_CASE("bands are kept of public cases only, for ninety days, and go with an erasure") {
  Desk desk;
  const auto count = [&] {
    return *desk.read([](db::Read& r) {
      return r.one("SELECT count(*) FROM feedback_band",
                   [](const db::Row& row) { return row.integer(0); });
    });
  };
  auto hidden = desk.about_place("Đèn ngõ 12 tắt ba tuần nay rồi");
  hidden.is_public = false;
  desk.send(hidden);
  desk.conduct();
  desk.run_bands();
  CHECK(count() == 0);
  const Feedback lamp = desk.lamp();
  desk.run_bands();
  CHECK(count() == 8);
  desk.run_bands();
  CHECK(count() == 8);
  desk.now += similar_within + std::chrono::days(1);
  desk.send(desk.about_place("Vỉa hè lát chưa được ba tháng đã vỡ nát"));
  desk.run_bands();
  CHECK(count() == 16);
  CHECK(forget_bands(desk.database, desk.now) == 8);
  CHECK(count() == 8);
}

TEST_CASE("a topic is corrected with one press; the date stays, and the machine learns of it") {
  Desk desk;
  const Feedback wrong = desk.second_lamp();  // sent as a broken road
  // A new city: the card says that the machine is not ready yet, and suggests nothing.
  auto early = desk.browser("tri");
  early.get(Office::url(wrong));
  CHECK(early.shows("Máy đang học lần đầu"));
  CHECK_FALSE(early.shows("Đổi thành: Đèn đường hỏng"));
  desk.learn();
  CHECK(desk.read([](db::Read& r) { return trained_at(r, Learned::topic); }) == desk.now);
  auto tri = desk.browser("tri");
  tri.get(Office::url(wrong));
  CHECK(tri.shows("Gợi ý của máy"));
  CHECK_FALSE(tri.shows("Máy đang học lần đầu"));
  CHECK(tri.shows("Đổi thành: Đèn đường hỏng"));
  tri.press("Đổi thành: Đèn đường hỏng");
  CHECK(desk.now_is(wrong).topic == desk.light.id);
  CHECK(desk.now_is(wrong).due_at == wrong.due_at);
  CHECK(desk.events(wrong).back().reason == "street-light");
  CHECK(desk.events(wrong).back().ledger_index);
  CHECK(desk.read([](db::Read& r) { return handled_examples(r, Learned::topic, 10); }).empty());
  desk.do_assign(wrong, "nam");
  const auto handled =
      desk.read([](db::Read& r) { return handled_examples(r, Learned::topic, 10); });
  REQUIRE(handled.size() == 1);
  CHECK(handled[0].label == "place/street-light");
  auto english = desk.browser("tri");
  english.get("/en" + Office::url(wrong));
  CHECK(english.shows("What the machine suggests"));
  // Whoever does not triage is suggested nothing.
  auto handler = desk.browser("nam");
  handler.get(Office::url(wrong));
  CHECK_FALSE(handler.shows("Gợi ý của máy"));
}

TEST_CASE("nothing is learned from what is protected or about conduct") {
  Desk desk;
  const Feedback conduct = desk.conduct();
  auto typed = desk.about_place("Ba tuần nay đèn ngõ 12 không sáng.");
  typed.is_protected = true;
  const Feedback secret = desk.send(typed);
  desk.write([&](db::Write& w) {
    w.run("UPDATE feedback SET state = 'accepted', accepted_at = received_at");
    w.run("UPDATE feedback SET topic_id = $1", desk.road.id);
  });
  CHECK(desk.read([](db::Read& r) { return handled_examples(r, Learned::topic, 10); }).empty());
}

TEST_CASE("a model is learned anew at night when it is old, and not by day") {
  Desk desk;
  desk.learn();
  const Instant first = desk.now;
  const auto last = [&] {
    return *desk.read([](db::Read& r) { return trained_at(r, Learned::topic); });
  };
  desk.now += std::chrono::hours(30);
  Learning learning(shipped_every);
  CHECK_FALSE(learning.turn(desk.database, desk.now, false));
  CHECK(last() == first);
  while (learning.turn(desk.database, desk.now, true)) {
  }
  CHECK(last() == desk.now);
  CHECK_FALSE(learning.turn(desk.database, desk.now + std::chrono::hours(1), true));
}

TEST_CASE("similar reports are shown before sending, and joining one gives a code of one's own") {
  Desk desk;
  const Feedback lamp = desk.lamp();
  desk.publish_case(lamp);
  desk.run_bands();
  // The choice whose label begins so.
  const auto pick = [](test::Browser& b, std::string_view beginning) -> test::Browser& {
    for (const test::Element& each : b.page().elements) {
      const std::string label = each.tag == "input" ? b.page().label_of(each) : std::string();
      if (label.starts_with(beginning)) return b.choose(label);
    }
    FAIL("nothing to choose begins so: " << beginning);
    return b;
  };
  const auto to_check = [&](test::Browser& b, const std::string& prefix, const std::string& body) {
    const bool english = !prefix.empty();
    const std::string next = english ? "Continue" : "Tiếp tục";
    b.get(prefix + "/feedback/new");
    pick(b, i18n::Voice(english ? i18n::Language::en : i18n::Language::vi)(key_of(About::place)))
        .press(next);
    pick(b, english ? "Street light out" : "Đèn đường hỏng").press(next);
    b.fill("q", "phuong mot").press(english ? "Search" : "Tìm");
    pick(b, "Phường Một").press(next);
    b.fill("body", body).press(next);
    b.press(next);
  };
  test::Browser b(desk, desk.router, desk.site), english(desk, desk.router, desk.site),
      other(desk, desk.router, desk.site);
  to_check(b, "", "den ngo 12 khong sang ba tuan nay,toi di rat so");
  CHECK(b.shows("Đã có người phản ánh việc giống thế này"));
  CHECK(b.shows("Đèn đường hỏng ngõ 12"));
  pick(b, "Tôi cũng gặp việc này: Đèn đường").press("Gửi đi");
  CHECK(b.status() == 200);
  const auto mine = desk.read([&](db::Read& r) {
    return r.one("SELECT feedback_id FROM feedback_merge",
                 [](const db::Row& row) { return row.id<FeedbackId>(0); });
  });
  REQUIRE(mine);
  const Feedback joined = desk.now_is({.id = *mine, .code = lamp.code});
  CHECK(b.shows(joined.code.shown()));
  CHECK(desk.events(joined).back().party == "citizen");
  CHECK(desk.events(joined).back().ledger_index);
  desk.do_answer(lamp);
  CHECK(follow_leads(desk.database, desk.random, desk.now) == 1);
  CHECK(desk.now_is(joined).state == State::answered);

  to_check(english, "/en", "đèn ngõ 12 không sáng, tối đi rất sợ");
  CHECK(english.shows("Others have reported something like this"));
  english.press("Send");  // without joining
  CHECK(english.status() == 200);
  to_check(other, "", "Rác chất đống đầu chợ bốc mùi hôi thối");
  CHECK_FALSE(other.shows("Đã có người phản ánh"));
}

}  // namespace ln::feedback
