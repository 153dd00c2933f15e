#include "feature/feedback/feedback_api.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "app/routes.h"
#include "app/site.h"
#include "base/text.h"
#include "core/ledger/ledger_promise.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_store.h"
#include "core/people/people_citizen.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_jobs.h"
#include "feature/feedback/feedback_store.h"
#include "platform/json/json.h"
#include "test/browser.h"

namespace ln::feedback {
namespace {

// A city with two wards, seen by a program that speaks to the API.
struct Machine : test::World {
  std::unique_ptr<ledger::Sealer> sealer;
  html::Site site = app::make_site("https://x.example", false);
  http::Router router = app::make_routes();
  test::Browser browser{*this, router, site};

  Machine() {
    sealer = ledger::Sealer::open(database,
                                  {.origin = "x.example/ledger",
                                   .key_path = {},
                                   .second_path = {},
                                   .clock = [this] { return now; }},
                                  random);
    write([](db::Write& w) {
      const Day begin{std::chrono::year(2025) / 7 / 1};
      const auto city = units::insert(w, {.code = "01",
                                          .valid_from = begin,
                                          .name = "Thành phố Hà Nội",
                                          .kind = units::Kind::city,
                                          .type = "Thành phố"});
      for (const auto& [code, name] :
           {std::pair("00004", "Phường Ba Đình"), std::pair("00008", "Phường Ngọc Hà")})
        units::insert(w, {.code = code,
                          .valid_from = begin,
                          .name = name,
                          .kind = units::Kind::commune,
                          .type = "Phường",
                          .parent = &city});
      insert_topic(w,
                   Topic{.code = "road",
                         .about = About::place,
                         .name_vi = "Đường hỏng",
                         .name_en = "Broken road"},
                   1);
    });
  }

  using Headers = std::vector<std::pair<std::string, std::string>>;
  Machine& post(const std::string& address, const std::string& body, const Headers& headers = {}) {
    browser.post(address, "application/json", body, headers);
    return *this;
  }
  int status() const { return browser.status(); }
  json::Document answer() const {
    auto parsed = json::parse(browser.body(), {.size_max = 1 << 20, .depth_max = 24});
    REQUIRE(parsed.ok());
    return std::move(parsed).value();
  }
  std::string text(std::string_view name) const {
    return std::string(answer().root().text(name).value_or("(none)"));
  }
  bool has(std::string_view words) const { return browser.body().find(words) != std::string::npos; }
  std::string error() const {
    return std::string(answer().root().find("error").text("code").value_or("(none)"));
  }
  // The names of the fields that are wrong.
  std::string wrong() const {
    std::string all;
    const json::Document document = answer();
    for (const json::Value each : document.root().find("error").items("fields"))
      all += (all.empty() ? "" : " ") + std::string(each.text("field").value_or("?"));
    return all;
  }
  std::int64_t cases() {
    return read([](db::Read& r) {
      return *r.one("SELECT count(*) FROM feedback",
                    [](const db::Row& row) { return row.integer(0); });
    });
  }
  // An office answers, without its pages.
  void answer_case(const std::string& code) {
    write([&](db::Write& w) {
      Feedback f = *find(w, *Code::parse(code));
      f.state = State::answered;
      f.answered_at = f.last_answered_at = now;
      CHECK(save(w, f));
    });
  }
  void publish(const std::string& code, const std::string& body) {
    write([&](db::Write& w) {
      Feedback f = *find(w, *Code::parse(code));
      f.published_at = now;
      f.public_title = "Tiêu đề công khai";
      f.public_body = body;
      CHECK(save(w, f));
    });
  }
};

const std::string minimal = R"({"about":"place","body":"Đường trước số 12 bị sụt"})";

}  // namespace

TEST_CASE("a case is sent in one request and can be read from that moment, without its text") {
  Machine machine;
  machine.post("/api/v1/feedback",
               R"({"about":"place","body":"Đường trước số 12 bị sụt","unit":"00004",)"
               R"("topic":"road","public":true,"something":"newer"})");
  REQUIRE(machine.status() == 201);
  const std::string code = machine.text("code"), secret = machine.text("secret");
  CHECK(code.size() == Code::length);
  CHECK(secret.size() == 20);
  CHECK(machine.text("due_at") == "2026-12-03T10:00:00Z");
  const json::Document sent = machine.answer();
  CHECK(sent.root().find("due_explained").count() > 5);
  const json::Value receipt = sent.root().find("receipt");
  CHECK(receipt.integer("index") == 0);
  CHECK(from_base64(receipt.text("leaf").value()).value().size() == 65);
  CHECK(receipt.text("checkpoint").value().starts_with("x.example/ledger\n1\n"));
  CHECK(machine.browser.header("Location") == "/api/v1/feedback/" + code);

  machine.browser.get("/api/v1/feedback/" + code);
  CHECK(machine.status() == 200);
  CHECK(machine.text("state") == "received");
  CHECK(machine.text("due_at") == "2026-12-03T10:00:00Z");
  CHECK_FALSE(machine.has("sụt"));
  CHECK(machine.answer().root().find("unit").text("code") == "00004");
  CHECK(machine.answer().root().find("timeline").count() == 1);

  machine.publish(code, "Bản đã che tên");
  machine.browser.get("/en/api/v1/feedback/" + code);
  CHECK(machine.text("body") == "Bản đã che tên");
  CHECK(machine.has("Broken road"));
  CHECK_FALSE(machine.has("sụt"));
}

TEST_CASE(
    "the same key and body give the same answer, another body is refused, none is a new case") {
  Machine machine;
  const Machine::Headers key = {{"idempotency-key", "12345678"}};
  const std::string first = machine.post("/api/v1/feedback", minimal, key).browser.body();
  REQUIRE(machine.status() == 201);
  machine.post("/api/v1/feedback", minimal);
  CHECK(machine.cases() == 2);
  machine.post("/api/v1/feedback", minimal, key);
  CHECK(machine.status() == 201);
  CHECK(machine.browser.body() == first);
  machine.post("/api/v1/feedback", R"({"about":"place","body":"Việc khác hẳn"})", key);
  CHECK(machine.status() == 409);
  CHECK(machine.error() == "feedback.error.key_reused");
  CHECK(machine.cases() == 2);
  for (const std::string& bad : {std::string("1234567"), std::string(201, 'x')}) {
    machine.post("/api/v1/feedback", minimal, {{"idempotency-key", bad}});
    CHECK(machine.status() == 422);
    CHECK(machine.wrong() == "Idempotency-Key");
  }
  CHECK(machine.cases() == 2);
}

TEST_CASE("what is wrong is told beside each member, and nothing is stored") {
  Machine machine;
  machine.post("/api/v1/feedback", R"({"about":"weather","kind":"rant","body":12,"public":"yes",)"
                                   R"("extras":[],"happened_on":"23/11/2026"})");
  CHECK(machine.status() == 422);
  CHECK(machine.wrong() == "body extras public happened_on about kind");
  machine.post("/api/v1/feedback", R"({"about":"place","body":)");
  CHECK(machine.status() == 400);
  machine.post("/api/v1/feedback", "[]");
  CHECK(machine.status() == 400);
  machine.browser.post("/api/v1/feedback", "text/plain", minimal);
  CHECK(machine.status() == 415);
  machine.browser.post("/api/v1/feedback", "application/x-www-form-urlencoded", "about=place");
  CHECK(machine.status() == 415);
  machine.post("/api/v1/feedback",
               R"({"about":"place","body":")" + std::string(70'000, 'x') + R"("})");
  CHECK(machine.status() == 413);
  machine.post("/en/api/v1/feedback", "{}");
  CHECK(machine.status() == 422);
  CHECK(machine.wrong() == "about body");
  CHECK(machine.cases() == 0);
}

TEST_CASE("a protected case is answered with a promise, and after the hour with its line") {
  Machine machine;
  machine.now += std::chrono::minutes(17);
  const Machine::Headers key = {{"idempotency-key", "promised-to-me"}};
  const std::string body = R"({"about":"conduct","unit":"00004","body":"Đòi tiền quà"})";
  const std::string first = machine.post("/api/v1/feedback", body, key).browser.body();
  REQUIRE(machine.status() == 201);
  const json::Document sent = machine.answer();
  const json::Value receipt = sent.root().find("receipt");
  CHECK_FALSE(receipt.integer("index").has_value());
  CHECK_FALSE(receipt.text("checkpoint").has_value());
  CHECK(receipt.text("before") == "2026-11-23T03:00:00Z");
  const auto promise = ledger::Promise::parse(receipt.text("promise").value_or(""));
  REQUIRE(promise.has_value());
  CHECK(ledger::is_signed_by(*promise, machine.sealer->verifier()));
  const auto leaf = from_base64(receipt.text("leaf").value());
  CHECK(merkle::hash_leaf(as_bytes(leaf.value())) == promise->leaf_hash);
  CHECK(machine.post("/api/v1/feedback", body, key).browser.body() == first);
  // Its times are those of the hour, whatever the clock said.
  const auto seen = [&] {
    return machine.read([&](db::Read& r) {
      const auto found = find(r, *Code::parse(sent.root().text("code").value()));
      return std::pair(found->received_at, events_of(r, found->id).at(0));
    });
  };
  CHECK(seen().first == test::monday);
  CHECK(seen().second.at == test::monday);
  CHECK(seen().second.joins_before == test::monday + std::chrono::hours(1));
  CHECK_FALSE(seen().second.ledger_index.has_value());

  machine.now += std::chrono::hours(1);
  CHECK(join_batch(machine.database, machine.random, machine.now) == 16);
  machine.post("/api/v1/feedback", body, key);
  const json::Document again = machine.answer();
  const json::Value proof = again.root().find("receipt");
  CHECK(again.root().text("code") == sent.root().text("code"));
  CHECK(proof.text("leaf") == receipt.text("leaf"));
  CHECK(proof.text("checkpoint").value_or("").starts_with("x.example/ledger\n16\n"));
  REQUIRE(proof.integer("index").has_value());
  CHECK_FALSE(proof.text("promise").has_value());
  CHECK(seen().second.ledger_index == proof.integer("index"));
  CHECK_FALSE(seen().second.joins_before.has_value());
}

TEST_CASE("a wrong day is told beside the member that was sent, not beside a field of the form") {
  Machine machine;
  for (const char* day : {"0000-01-01", "9999-12-31", "10000-01-01", "2026-02-30"}) {
    CAPTURE(day);
    machine.post("/api/v1/feedback", R"({"about":"place","body":"Đường hỏng","happened_on":")" +
                                         std::string(day) + R"("})");
    CHECK(machine.status() == 422);
    CHECK(machine.wrong() == "happened_on");
  }
  machine.post("/api/v1/feedback", R"({"about":"place","body":12,"happened_on":"9999-12-31"})");
  CHECK(machine.wrong() == "body happened_on");
  machine.post("/api/v1/feedback", R"({"about":"place","body":"Đường hỏng","extras":{"how":")" +
                                       std::string(extra_chars_max + 1, 'x') + R"("}})");
  CHECK(machine.wrong() == "extras");
  CHECK(machine.cases() == 0);
}

TEST_CASE(
    "a method that an address does not take is told to machines without words about buttons") {
  Machine machine;
  machine.post("/api/v1/topics", "{}");
  CHECK(machine.status() == 405);
  CHECK(machine.error() == "error.method.machine");
}

TEST_CASE("a protected case does not exist for whoever lacks its secret") {
  Machine machine;
  machine.post("/api/v1/feedback", R"({"about":"conduct","unit":"00004","body":"Đòi tiền quà"})");
  REQUIRE(machine.status() == 201);
  const std::string code = machine.text("code"), secret = machine.text("secret");
  const std::string address = "/api/v1/feedback/" + code;
  const auto without_id = [&](const std::string& body) {
    return body.substr(0, body.find("\"request\""));
  };
  machine.browser.get("/api/v1/feedback/22222222");
  REQUIRE(machine.status() == 404);
  const std::string unknown = without_id(machine.browser.body());
  machine.browser.get(address);
  CHECK(machine.status() == 404);
  CHECK(without_id(machine.browser.body()) == unknown);
  // A cookie is no secret for machines: a foreign page could make the browser send it.
  machine.browser.set_cookie("ln_case_" + code, secret);
  machine.browser.get(address);
  CHECK(machine.status() == 404);
  for (const char* act : {"accept", "reopen", "contest", "reply", "ratings"}) {
    CAPTURE(act);
    machine.post(address + "/" + act, R"({"score":5,"solved":true})");
    CHECK(machine.status() == 404);
    machine.post(address + "/" + act, R"({"score":5,"solved":true})",
                 {{"x-feedback-secret", "22222222222222222222"}});
    CHECK(machine.status() == 404);
  }
}

TEST_CASE("the holder accepts, refuses, contests and replies by the secret") {
  Machine machine;
  machine.post("/api/v1/feedback", minimal);
  const std::string code = machine.text("code");
  const std::string address = "/api/v1/feedback/" + code;
  const Machine::Headers secret = {{"x-feedback-secret", machine.text("secret")}};
  machine.post(address + "/accept", "", secret);
  CHECK(machine.status() == 409);
  machine.answer_case(code);
  machine.post(address + "/reopen", R"({"text":5})", secret);
  CHECK(machine.status() == 422);
  CHECK(machine.wrong() == "text");
  machine.post(address + "/reopen", R"({"text":"Vẫn sụt như cũ"})", secret);
  CHECK(machine.status() == 200);
  CHECK(machine.text("state") == "reopened");
  CHECK(machine.has("Vẫn sụt như cũ"));
  machine.browser.get(address);
  CHECK_FALSE(machine.has("Vẫn sụt như cũ"));
  machine.answer_case(code);
  machine.browser.post(address + "/accept", "", "", secret);
  CHECK(machine.status() == 200);
  CHECK(machine.text("state") == "closed");
  CHECK(machine.text("closed_by") == "citizen");
  machine.post(address + "/reply", R"({"text":"Thêm ảnh"})", secret);
  CHECK(machine.status() == 409);
}

TEST_CASE("lists go on from where they ended and refuse what they do not know") {
  Machine machine;
  std::vector<std::string> codes;
  for (int i = 0; i < 5; ++i) {
    machine.post("/api/v1/feedback", minimal);
    codes.push_back(machine.text("code"));
    if (i != 3) machine.publish(codes.back(), "Nội dung " + std::to_string(i));
  }
  std::string seen, after;
  for (int page = 0; page < 4; ++page) {
    machine.browser.get("/api/v1/feedback?limit=2" + (after.empty() ? "" : "&after=" + after));
    REQUIRE(machine.status() == 200);
    const json::Document document = machine.answer();
    for (const json::Value each : document.root().items("items"))
      seen += std::string(each.text("body").value()).substr(9 + 2);
    after = std::string(document.root().text("next").value_or(""));
    if (after.empty()) break;
  }
  CHECK(seen == "4210");
  for (const char* query : {"unit=99999", "state=lost", "limit=0", "limit=51", "limit=x",
                            "about=weather", "kind=rant", "after=22222222"}) {
    CAPTURE(query);
    machine.browser.get("/api/v1/feedback?" + std::string(query));
    CHECK(machine.status() == 422);
    CHECK(machine.wrong() == std::string(query).substr(0, std::string(query).find('=')));
  }
  machine.browser.get("/api/v1/feedback?after=" + codes[3]);
  CHECK(machine.status() == 422);

  machine.browser.get("/api/v1/units?kind=commune&limit=1");
  CHECK(machine.text("next") == "00004");
  machine.browser.get("/api/v1/units?kind=commune&limit=1&after=00004");
  CHECK(machine.has("Ngọc Hà"));
  CHECK_FALSE(machine.has("Ba Đình"));
  machine.browser.get("/api/v1/units?q=ba%20dinh&parent=01");
  CHECK(machine.answer().root().find("items").count() == 1);
  machine.browser.get("/api/v1/topics");
  CHECK(machine.has(R"("code":"road")"));
  machine.browser.get("/api/v1/procedures");
  CHECK(machine.status() == 200);
}

TEST_CASE("over the API nobody is refused for words, and what is said to be a complaint is kept") {
  Machine machine;
  const std::string body = R"("about":"place","contact":"0912 345 678",)"
                           R"("body":"Tôi khiếu nại quyết định xử phạt số 12.")";
  machine.post("/api/v1/feedback", "{" + body + "}");
  CHECK(machine.status() == 201);
  CHECK(machine.text("suspected") == "complaint");
  CHECK(machine.answer().root().has("due_at"));
  machine.post("/api/v1/feedback", "{" + body + R"(,"nature":"feedback"})");
  CHECK(machine.status() == 201);
  CHECK_FALSE(machine.answer().root().has("suspected"));
  machine.post("/api/v1/feedback", "{" + body + R"(,"nature":"praise"})");
  CHECK(machine.status() == 422);
  const Machine::Headers key = {{"idempotency-key", "one-complaint"}};
  machine.post("/api/v1/feedback", "{" + body + R"(,"nature":"complaint"})", key);
  REQUIRE(machine.status() == 201);
  CHECK(machine.text("held") == "complaint");
  CHECK(machine.has("Luật Khiếu nại 02/2011/QH13"));
  CHECK_FALSE(machine.answer().root().has("due_at"));
  CHECK(machine.answer().root().find("receipt").has("promise"));
  const std::string code = machine.text("code"), secret = machine.text("secret");
  machine.post("/api/v1/feedback", "{" + body + R"(,"nature":"complaint"})", key);
  CHECK(machine.text("code") == code);
  const auto rows = [&](const char* wanted) {
    return machine.read([&](db::Read& r) {
      return std::string_view(wanted) == "cases"
                 ? *r.one("SELECT count(*) FROM feedback",
                          [](const db::Row& row) { return row.integer(0); })
                 : *r.one("SELECT count(*) FROM feedback_held",
                          [](const db::Row& row) { return row.integer(0); });
    });
  };
  CHECK(rows("cases") == 2);
  CHECK(rows("kept") == 1);
  machine.browser.get("/api/v1/feedback/" + code);
  CHECK(machine.status() == 404);
}

TEST_CASE("the description is JSON and describes every route") {
  Machine machine;
  machine.browser.get("/api/v1/openapi.json");
  REQUIRE(machine.status() == 200);
  const json::Document description = machine.answer();
  CHECK(description.root().text("openapi") == "3.1.0");
  for (const http::Route& route : machine.router.routes()) {
    if (!route.pattern.starts_with("/api/v1/")) continue;
    // "{id:number}" of ours is "{id}" there.
    std::string described(route.pattern);
    if (const auto at = described.find(":number"); at != std::string::npos) described.erase(at, 7);
    CAPTURE(described);
    const json::Value path = description.root().find("paths").find(described);
    CHECK(path.has(route.method == http::Method::get ? "get" : "post"));
  }
}

}  // namespace ln::feedback
