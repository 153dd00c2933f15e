#include "feature/satisfaction/satisfaction.h"

#include <doctest/doctest.h>

#include <string>

#include "app/routes.h"
#include "app/site.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_store.h"
#include "core/people/people_citizen.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_store.h"
#include "feature/satisfaction/satisfaction_actions.h"
#include "feature/satisfaction/satisfaction_store.h"
#include "test/browser.h"

namespace ln::satisfaction {
namespace {

using feedback::State;

// One case, answered, and whoever holds its secret.
struct Answered : test::World {
  std::string secret;
  std::optional<feedback::Code> code;
  feedback::FeedbackId id{};
  html::Site site = app::make_site("https://x.example", false);
  http::Router router = app::make_routes();
  test::Browser browser{*this, router, site};

  Answered() {
    write([](db::Write& w) {
      units::insert(w, {.code = "01",
                        .valid_from = Day{std::chrono::days(0)},
                        .name = "Thành phố Hà Nội",
                        .kind = units::Kind::city,
                        .type = "Thành phố"});
    });
    feedback::Typed typed;
    typed.about = "place";
    typed.from = "business";
    typed.body = "Đường hỏng";
    const auto prepared =
        read([&](db::Read& r) { return feedback::prepare(r, typed, random, now); });
    REQUIRE(prepared.ok());
    secret = prepared.value().secret;
    write([&](db::Write& w) {
      const auto sent = feedback::submit(w, prepared.value(), now);
      code = sent.value().feedback.code;
      id = sent.value().feedback.id;
    });
    set_state(State::answered);
  }
  // What an office did; its pages and rights are tested elsewhere.
  void set_state(State state) {
    write([&](db::Write& w) {
      auto f = *feedback::find(w, id);
      f.state = state;
      f.closed_at = state == State::closed ? std::optional(now) : std::nullopt;
      f.closed_by = state == State::closed ? "silence" : "";
      if (state == State::answered) f.answered_at = f.last_answered_at = now;
      CHECK(feedback::save(w, f));
    });
  }
  Result<Done> say(std::int64_t score, std::string solved = "yes", std::string by = "") {
    const RateAct act{.citizen = people::Citizen(by.empty() ? secret : by),
                      .code = *code,
                      .given = {.score = score,
                                .solved = std::move(solved),
                                .reasons = {"polite", "fast"},
                                .text = "  Cảm ơn  "},
                      .salts = ledger::draw(random),
                      .now = now};
    return write([&](db::Write& w) { return rate(w, act); });
  }
  std::optional<Rating> rating() {
    return read([&](db::Read& r) { return satisfaction::find(r, id); });
  }
  std::size_t entries() {
    return read([&](db::Read& r) { return ledger::entries_of(r, {"feedback", id.value}).size(); });
  }
  Answered& post(const std::string& body) {
    browser.post("/api/v1/feedback/" + code->text() + "/ratings", "application/json", body,
                 {{"x-feedback-secret", secret}});
    return *this;
  }
};

std::string key_of_error(const Result<Done>& result) {
  return result.ok() ? "fine" : std::string(result.error().text.name());
}

}  // namespace

TEST_CASE(
    "the holder of the secret rates an answer once, and it is one signed line of the ledger") {
  Answered world;
  REQUIRE(world.say(4, "partly").ok());
  const auto said = world.rating();
  REQUIRE(said.has_value());
  CHECK(said->score == 4);
  CHECK(said->solved == Solved::partly);
  CHECK(said->reasons == std::vector{Reason::fast, Reason::polite});
  CHECK(said->text == "Cảm ơn");
  CHECK(said->sender == feedback::Sender::business);
  CHECK(said->entered_by == 0);
  CHECK(statement_of(*said) == "4 partly fast polite\nCảm ơn");
  REQUIRE(world.entries() == 2);
  const auto entry = world.read(
      [&](db::Read& r) { return ledger::entries_of(r, {"feedback", world.id.value}).back(); });
  CHECK(entry.event == ledger::Event::rated);
  CHECK(entry.party == ledger::Party::citizen);
  CHECK(ledger::is_signed_by(entry.payload, people::Citizen(world.secret).key().public_key()));
}

TEST_CASE("trust is asked beside the rating, may be left out, and is part of what is signed") {
  Answered world;
  world.post(R"({"score":4,"solved":true,"again":false,"believed":"yes"})");
  CHECK(world.browser.status() == 201);
  CHECK(world.browser.body().find(R"("again":"no","believed":"yes")") != std::string::npos);
  const auto said = world.rating();
  REQUIRE(said.has_value());
  CHECK(said->again == Said::no);
  CHECK(said->believed == Said::yes);
  CHECK(statement_of(*said) == "4 yes again:no believed:yes");
  // A client that does not know the questions takes nothing back; an empty word does.
  world.post(R"({"score":3,"solved":true})");
  CHECK(statement_of(*world.rating()) == "3 yes again:no believed:yes");
  world.post(R"({"score":3,"solved":true,"again":""})");
  CHECK(statement_of(*world.rating()) == "3 yes believed:yes");
  // On the page too.
  world.browser.set_cookie("ln_case_" + world.code->text(), world.secret);
  world.browser.get("/feedback/" + world.code->text() + "/ratings");
  world.browser.choose("Không trả lời câu này", "believed").press("Đổi đánh giá");
  CHECK(world.browser.status() == 200);
  CHECK(statement_of(*world.rating()) == "3 yes");
  world.post(R"({"score":4,"solved":true,"again":"perhaps","believed":2})");
  CHECK(world.browser.status() == 422);
  CHECK(world.browser.body().find(R"("again")") != std::string::npos);
  CHECK(world.browser.body().find(R"("believed")") != std::string::npos);
}

TEST_CASE("nobody rates in the citizen's place") {
  Answered world;
  CHECK(key_of_error(world.say(5, "yes", "22222222222222222222")) ==
        "satisfaction.error.code_or_secret");
  CHECK_FALSE(world.rating().has_value());
  CHECK(world.entries() == 1);
}

TEST_CASE("only an answer is rated") {
  Answered world;
  for (const State state : feedback::all_states) {
    const bool has_answer = state == State::answered || state == State::closed;
    Case rated;
    rated.state = state;
    CAPTURE(feedback::to_text(state));
    CHECK_FALSE(may_rate(rated, std::nullopt, test::monday).ok());
    rated.last_answered_at = test::monday;
    CHECK(may_rate(rated, std::nullopt, test::monday).ok() == has_answer);
  }
  world.set_state(State::reopened);
  CHECK(key_of_error(world.say(1, "no")) == "satisfaction.error.no_answer");
  CHECK(world.entries() == 1);
}

TEST_CASE("a rating can be changed for thirty days, and after each new answer") {
  Answered world;
  REQUIRE(world.say(5).ok());
  world.now += std::chrono::days(30);
  REQUIRE(world.say(2, "no").ok());
  CHECK(world.rating()->score == 2);
  CHECK(world.rating()->revision == 2);
  CHECK(world.rating()->first_at == test::monday);
  CHECK(world.entries() == 3);
  world.now += std::chrono::milliseconds(1);
  CHECK(key_of_error(world.say(3)) == "satisfaction.error.too_late");
  CHECK(world.rating()->score == 2);
  CHECK(world.entries() == 3);
  world.set_state(State::answered);  // Answered once more, after being reopened.
  CHECK(world.say(4).ok());
}

TEST_CASE("what is missing or unknown is told beside each field") {
  const auto wrong = [](const Given& given) {
    const auto checked = check(given);
    std::string all;
    if (!checked.ok())
      for (const FieldError& each : checked.error().fields) all += each.field + " ";
    return all;
  };
  CHECK(wrong({}) == "score solved ");
  CHECK(wrong({.score = 0, .solved = "maybe", .reasons = {"fast", "magic"}, .text = {}}) ==
        "score solved reasons ");
  CHECK(wrong({.score = 3,
               .solved = "no",
               .reasons = {},
               .text = {},
               .again = "x",
               .believed = "maybe"}) == "again believed ");
  CHECK(wrong({.score = 6, .solved = "no", .reasons = {}, .text = {}}) == "score ");
  std::string letters;
  for (std::size_t i = 0; i < text_chars_max; ++i) letters += "ễ";
  CHECK(wrong({.score = 3, .solved = "no", .reasons = {}, .text = letters}).empty());
  CHECK(wrong({.score = 3, .solved = "no", .reasons = {}, .text = letters + "ễ"}) == "text ");
}

TEST_CASE("machines rate with true and false or with words") {
  Answered world;
  world.post(R"({"score":5,"solved":true,"reasons":["clear"],"text":"Tốt"})");
  CHECK(world.browser.status() == 201);
  CHECK(world.browser.body().find(R"("solved":"yes","reasons":["clear"])") != std::string::npos);
  world.post(R"({"score":2,"solved":"partly"})");
  CHECK(world.browser.status() == 200);
  CHECK(world.rating()->solved == Solved::partly);
  world.post(R"({"score":2,"solved":false})");
  CHECK(world.rating()->solved == Solved::no);
  for (const char* bad :
       {R"({"score":"5","solved":true})", R"({"score":4.5,"solved":true})",
        R"({"score":6,"solved":true})", R"({"score":5})", R"({"score":5,"solved":"maybe"})",
        R"({"score":5,"solved":1})", R"({"score":5,"solved":true,"reasons":"fast"})"}) {
    CAPTURE(bad);
    world.post(bad);
    CHECK(world.browser.status() == 422);
  }
  CHECK(world.entries() == 4);
}

TEST_CASE(
    "the page asks the holder in both languages, keeps what was typed and shows what stands") {
  Answered world;
  const std::string path = "/feedback/" + world.code->text() + "/ratings";
  world.browser.get(path);
  CHECK(world.browser.status() == 404);
  world.browser.set_cookie("ln_case_" + world.code->text(), world.secret);
  world.browser.get("/en" + path);
  CHECK(world.browser.shows("What do you think of the answer?"));
  world.browser.get(path);
  REQUIRE(world.browser.status() == 200);
  world.browser.choose("Hài lòng").fill("text", "Cảm ơn <b>").press("Gửi đánh giá");
  CHECK(world.browser.status() == 422);
  CHECK(world.browser.shows("Hãy cho biết việc đã xong"));
  CHECK(world.browser.shows("Cảm ơn <b>"));
  world.browser.choose("Xong một phần").choose("Dễ hiểu").press("Gửi đánh giá");
  CHECK(world.browser.status() == 200);
  CHECK(world.browser.address() == path);
  CHECK(world.browser.shows("Bạn đã đánh giá"));
  CHECK(world.rating()->score == 4);
  CHECK(world.rating()->reasons == std::vector{Reason::clear});
  world.now += std::chrono::days(31);
  world.browser.get(path);
  CHECK(world.browser.shows("Đã hết hạn đổi"));
  CHECK_FALSE(world.browser.shows("Đổi đánh giá"));
}

}  // namespace ln::satisfaction
