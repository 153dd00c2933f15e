// Support made by one machine, and support by a whole hall behind one address: both over the pages.
#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/ledger/ledger_verify.h"
#include "engine/merkle/merkle.h"
#include "feature/dialogue/dialogue_jobs.h"
#include "feature/dialogue/dialogue_pages_live.h"
#include "feature/dialogue/dialogue_store_check.h"
#include "platform/json/json.h"
#include "test/dialogue_hall.h"

namespace ln::dialogue {
namespace {

using Address = std::array<std::uint8_t, 4>;
constexpr std::string_view form_key = "the key of the test";

// A session, and phones that press "I ask this too": each with fresh cookies unless it is told its
// own, each from an address. The way is that of the server from the head of a request on.
struct Street : Hall {
  http::Reception reception{
      {.form_key = std::string(form_key), .rate_limit = false, .rates = {}}, router, random, site};
  test::Folder folder;
  http::UploadFolder uploads{(folder.path / "uploads").string()};
  std::uint64_t serial = 0;

  Street() { announce_it(); }

  struct Answer {
    int status = 0;
    std::string body, retry_after, cookie;
  };
  Answer press(const Told& told,
               const Address& from,
               const std::string& cookie = "",
               const std::string& language = "") {
    const std::string visit_cookie = "AAAAAAAAAAAAAAAAAAAAAA";
    http::Visit visit;
    auto& headers = visit.request.headers;
    headers.emplace_back("host", "test");
    headers.emplace_back(
        "cookie", "ln_visit=" + visit_cookie + (cookie.empty() ? "" : "; ln_part=" + cookie));
    headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    visit.request.sender = reception.sender(from, now);
    reception.greet(visit, "POST", language + url("/support"), ++serial, now);
    const std::string form = "question=" + told.question.code->text() +
                             "&csrf=" + http::FormGuard(form_key).token(visit_cookie, serial);
    http::BodyReader reader(visit, uploads);
    REQUIRE_FALSE(reader.feed(form).has_value());
    REQUIRE_FALSE(reader.finish().has_value());
    reception.admit(visit);
    REQUIRE_FALSE(visit.ready.has_value());
    auto prepared = read([&](db::Read& r) {
      return reception.prepare(visit, {.read = &r, .random = &random, .now = now});
    });
    if (auto* answered = std::get_if<http::Response>(&prepared))
      return answer_of(visit, std::move(*answered));
    auto& pending = std::get<http::Pending>(prepared);
    write([&](db::Write& w) { CHECK(pending.work()(w)); });
    return answer_of(visit, pending.finish(""));
  }
  Answer answer_of(http::Visit& visit, http::Response response) const {
    const http::Reply reply = reception.dress(visit, std::move(response));
    const auto line = [&](std::string_view name) {
      const std::size_t at = reply.head.find(std::string(name));
      if (at == std::string::npos) return std::string();
      const std::size_t from = at + name.size();
      return reply.head.substr(from, reply.head.find_first_of(";\r", from) - from);
    };
    return {reply.status, std::string(reply.body()), line("Retry-After: "), line("ln_part=")};
  }
  // Presses until each of `count` people is counted, waiting as long as they are told to. Gives how
  // many seconds that took.
  std::int64_t crowd(const Told& told, const Address& from, int count) {
    const Instant begun = now;
    for (int n = 0; n < count;) {
      const Answer answer = press(told, from);
      if (answer.status == 303) {
        ++n;
        continue;
      }
      REQUIRE(answer.status == 429);
      now += std::chrono::seconds(std::stoll(answer.retry_after));
    }
    return std::chrono::duration_cast<std::chrono::seconds>(now - begun).count();
  }
  void join(const Told& one, const Told& root) {
    REQUIRE(on_question(one, [&](db::Write& w, const RunAct& act) {
              return merge(w, act, *one.question.code, *root.question.code);
            }).ok());
  }
  // The session that is live ends once these are answered.
  void end_with(std::initializer_list<const Told*> answered) {
    for (const Told* each : answered) REQUIRE(answer_it(*each).ok());
    REQUIRE(on_session(finish).ok());
  }
  std::string order() {
    std::string codes;
    for (const Question& each : read([&](db::Read& r) { return questions_of(r, id); }))
      codes += each.code->text() + " ";
    return codes;
  }
  std::string ordered(std::initializer_list<const Told*> all) const {
    std::string codes;
    for (const Told* each : all) codes += each->question.code->text() + " ";
    return codes;
  }
  std::int64_t kept() {
    return read([](db::Read& r) {
      const auto count = [](const db::Row& row) { return row.integer(0); };
      return *r.one("SELECT count(*) FROM dialogue_participant WHERE network IS NOT NULL", count) +
             *r.one("SELECT count(*) FROM dialogue WHERE network_key IS NOT NULL", count);
    });
  }
};

using Sizes = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("who joins never does harm, and a hall that asks alone keeps its order") {
  CHECK(ranked_of(0) == 0);
  CHECK(ranked_of(20) == 20);
  CHECK(ranked_of(29) == 20);
  CHECK(ranked_of(30) == 21);
  CHECK(ranked_of(60) == 24);
  CHECK(ranked_of(200) == 38);
  for (std::int64_t n = 0; n < 500; ++n) CHECK(ranked_of(n + 1) >= ranked_of(n));
  const Sizes two{120, 45};
  CHECK(ranked_of(200, two) == 200 - 120 - 45 + 30 + 22);
  CHECK(ranked_of(200, Sizes{20, 19, 12}) == 200);
  CHECK(ranked_of(3, Sizes{}) == 3);
  CHECK(ranked_of(10, Sizes{120}) == 0);  // Never below nothing, whatever a row says.
  CHECK(is_mostly_one(18, Sizes{10}));
  CHECK_FALSE(is_mostly_one(20, Sizes{10}));  // A half is not more than a half.
  CHECK_FALSE(is_mostly_one(9, Sizes{9}));
  CHECK_FALSE(is_mostly_one(9, Sizes{}));
  const std::string key(32, 'k'), other(32, 'o');
  CHECK(network_mark(key, 0).empty());
  CHECK(network_mark(key, 7).size() == 8);
  CHECK(network_mark(key, 7) != network_mark(key, 8));
  CHECK(network_mark(key, 7) != network_mark(other, 7));
  // As the header writes it down: the first bytes over the number, big-endian.
  const std::array<std::uint8_t, 8> seven{0, 0, 0, 0, 0, 0, 0, 7};
  const auto whole = merkle::hmac_sha256(as_bytes(key), {seven});
  CHECK(network_mark(key, 7) == std::string(as_text(std::span(whole).first(8))));
}

TEST_CASE("sixty supports from one machine in a second are refused from the forty-first on") {
  Street street;
  const auto stuffed = street.ask_it("Ai cho chiếm vỉa hè trước chợ?");
  const auto honest = street.ask_it("Bao giờ thông cống ngõ 12?");
  const Address machine{203, 0, 113, 1};
  int counted = 0;
  std::vector<Street::Answer> refused;
  for (int n = 0; n < 60; ++n) {
    auto answer = street.press(stuffed, machine, "", n % 2 == 0 ? "" : "/en");
    if (answer.status == 303)
      ++counted;
    else
      refused.push_back(std::move(answer));
  }
  CHECK(counted == 40);
  REQUIRE(refused.size() == 20);
  CHECK(street.now_is(stuffed).support_count == 40);
  for (const auto& each : refused) {
    CHECK(each.status == 429);
    CHECK(each.retry_after == "1");
    CHECK(each.cookie.empty());
  }
  // The same page again, the sentence beside the question and in the summary that leads to it.
  const std::string code = stuffed.question.code->text();
  for (const auto& [answer, sentence] :
       {std::pair(refused[0], std::string_view("Lượt của bạn chưa được tính")),
        std::pair(refused[1], std::string_view("Yours is not counted yet"))}) {
    CHECK(test::HtmlPage(answer.body).faults().empty());
    CHECK(answer.body.find("href=\"#" + code + "\"") != std::string::npos);
    const std::size_t item = answer.body.find("id=\"" + code + "\"");
    REQUIRE(item != std::string::npos);
    const std::size_t beside = answer.body.find(sentence, item);
    REQUIRE(beside != std::string::npos);
    CHECK(answer.body.find(honest.question.code->text()) > beside);
    CHECK(answer.body.find("Bao giờ thông cống ngõ 12?") != std::string::npos);
  }
  // Somebody else is not kept waiting, nor is who waited; another session has a bucket of its own.
  CHECK(street.press(honest, {203, 0, 113, 2}).status == 303);
  CHECK(street.press(stuffed, machine).status == 429);
  street.now += std::chrono::seconds(1);
  CHECK(street.press(stuffed, machine).status == 303);
  CHECK(street.press(stuffed, machine).status == 429);
  const DialogueId before = street.id;
  street.announce_it();
  const auto elsewhere = street.ask_it("Chợ mới bao giờ mở cửa?");
  CHECK(street.press(elsewhere, machine).status == 303);
  street.id = before;
  CHECK(street.press(stuffed, machine).status == 429);
}

TEST_CASE("a machine that waits buys little: each place after the twentieth costs it ten cookies") {
  Street street;
  const auto stuffed = street.ask_it("Ai cho chiếm vỉa hè trước chợ?");
  const auto honest = street.ask_it("Bao giờ thông cống ngõ 12?");
  CHECK(street.crowd(stuffed, {203, 0, 113, 3}, 60) == 20);
  for (std::uint8_t n = 0; n < 25; ++n)
    CHECK(street.press(honest, {198, 51, 100, n}).status == 303);
  CHECK(street.now_is(stuffed).support_count == 60);
  CHECK(street.now_is(stuffed).support_ranked == 24);
  CHECK(street.now_is(stuffed).support_networks == Sizes{60});
  CHECK(street.now_is(honest).support_ranked == 25);
  CHECK(street.now_is(honest).support_networks.empty());
  CHECK(street.order() == street.ordered({&honest, &stuffed}));
  // The queue, its live figures and the API stand in the same order, and everybody reads why.
  const auto live = street.read([&](db::Read& r) {
    return live_figures(i18n::Voice(i18n::Language::vi), r, street.session());
  });
  CHECK(live.next.find(honest.question.code->shown()) == 0);
  auto anybody = street.browser("nobody");
  anybody.get(street.url());
  CHECK(anybody.shows("60 người cũng muốn hỏi"));
  CHECK(anybody.shows("Hơn nửa số người ủng hộ dùng chung một mạng"));
  CHECK(anybody.shows("được tính như 24 người ủng hộ: trong mỗi mạng, 20 người đầu tính đủ"));
  anybody.get("/en" + street.url("/queue"));
  CHECK(anybody.shows("More than half of those who support it share one network"));
  CHECK(anybody.shows("In the order it counts as 24"));
  const auto told = street.browser("nobody").get("/api/v1" + street.url("/questions")).body();
  CHECK(told.find(R"("support":60,"support_ranked":24,"support_networks":[60])") !=
        std::string::npos);
  CHECK(told.find(R"("support":25,"support_ranked":25,"support_networks":[])") !=
        std::string::npos);
  // Anybody counts the order again from what is told.
  CHECK(ranked_of(60, Sizes{60}) == 24);
}

TEST_CASE("two hundred people of one hall are all counted, in minutes and in their own order") {
  // What the platform lets one address send is not looked at here (decision 57, what it costs).
  Street street;
  const Address hall{203, 0, 113, 4};
  const auto less = street.ask_it("Ai cho chiếm vỉa hè trước chợ?");
  const auto more = street.ask_it("Bao giờ thông cống ngõ 12?");
  CHECK(street.crowd(more, hall, 103) <= 63);
  CHECK(street.crowd(less, hall, 101) <= 102);
  CHECK(street.now_is(more).support_count == 103);
  CHECK(street.now_is(less).support_count == 101);
  // Both count as 28; of as many the one that more people ask comes first.
  CHECK(street.now_is(more).support_ranked == 28);
  CHECK(street.now_is(less).support_ranked == 28);
  CHECK(street.order() == street.ordered({&more, &less}));
  // One browser counts once, from whichever network it comes back.
  const auto first = street.press(less, {198, 51, 100, 90});
  REQUIRE(first.cookie.size() == 32);
  CHECK(street.press(less, {198, 51, 100, 91}, first.cookie).status == 303);
  CHECK(street.now_is(less).support_count == 102);
}

TEST_CASE("of joined questions each supporter counts once, and so does their network") {
  Street street;
  const Address hall{203, 0, 113, 5};
  const auto root = street.ask_it("Bao giờ thông cống ngõ 12?");
  const auto joined = street.ask_it("Cống ngõ 12 tắc, ai sửa?");
  std::vector<std::string> cookies;
  for (int n = 0; n < 20; ++n) cookies.push_back(street.press(root, hall).cookie);
  // The same twenty, and ten others of the hall.
  for (const std::string& each : cookies) REQUIRE(street.press(joined, hall, each).status == 303);
  street.now += std::chrono::minutes(1);
  for (int n = 0; n < 10; ++n) REQUIRE(street.press(joined, hall).status == 303);
  CHECK(street.now_is(joined).support_networks == Sizes{30});
  street.join(joined, root);
  CHECK(street.now_is(root).support_count == 30);
  CHECK(street.now_is(root).support_networks == Sizes{30});
  CHECK(street.now_is(root).support_ranked == 21);
  const AskerAct own = street.by(joined);
  REQUIRE(street.write([&](db::Write& w) { return separate(w, own); }).ok());
  CHECK(street.now_is(root).support_networks == Sizes{20});
  CHECK(street.now_is(root).support_ranked == 20);
  CHECK(street.now_is(joined).support_ranked == 21);
}

TEST_CASE("when the session is over its networks are emptied with their key, and the order stays") {
  Street street;
  const Address machine{203, 0, 113, 6};
  const auto stuffed = street.ask_it("Ai cho chiếm vỉa hè trước chợ?");
  const auto joined = street.ask_it("Vỉa hè trước chợ của ai?");
  const auto honest = street.ask_it("Bao giờ thông cống ngõ 12?");
  REQUIRE(street.press(joined, {198, 51, 100, 80}).status == 303);
  street.join(joined, stuffed);
  street.crowd(stuffed, machine, 50);
  for (std::uint8_t n = 0; n < 25; ++n) street.press(honest, {198, 51, 100, n});
  // Nobody who reads the tables has an address, nor what the server knows a sender by.
  CHECK(street.kept() == 1 + 50 + 25 + 1);
  CHECK(forget_networks(street.database) == 0);
  street.go_live();
  CHECK(forget_networks(street.database) == 0);
  street.end_with({&stuffed, &honest});
  CHECK(forget_networks(street.database) == 1);
  CHECK(street.kept() == 0);
  CHECK(forget_networks(street.database) == 0);
  CHECK(street.now_is(stuffed).support_count == 51);
  CHECK(street.now_is(stuffed).support_networks == Sizes{50});
  CHECK(street.now_is(stuffed).support_ranked == 24);
  CHECK(street.now_is(honest).support_ranked == 25);
  CHECK(street.order() == street.ordered({&honest, &stuffed}));
  auto anybody = street.browser("nobody");
  anybody.get(street.url());
  CHECK(anybody.shows("Hơn nửa số người ủng hộ dùng chung một mạng"));
  // Taking apart what was joined moves whole people, and asks for no network.
  const AskerAct own = street.by(joined);
  REQUIRE(street.write([&](db::Write& w) { return separate(w, own); }).ok());
  CHECK(street.now_is(stuffed).support_count == 50);
  CHECK(street.now_is(stuffed).support_ranked == 24);
  CHECK(street.now_is(joined).support_count == 1);
  CHECK(street.now_is(joined).support_ranked == 1);
  CHECK(street.read([](db::Read& r) { return ledger::verify_all(r); }).empty());
  CHECK(street.read(unfit_texts).empty());
}

TEST_CASE(
    "networks are emptied once, whoever comes second, and the scrub is owed until it is done") {
  Street street;
  const auto stuffed = street.ask_it("Ai cho chiếm vỉa hè trước chợ?");
  street.crowd(stuffed, {203, 0, 113, 7}, 40);
  street.go_live();
  street.end_with({&stuffed});
  const auto session = street.now_is(stuffed).dialogue;
  // Two nodes that read the same list; neither has scrubbed yet.
  for (int node = 0; node < 2; ++node) {
    const auto done = street.write([&](db::Write& w) -> Result<Done> {
      forget_networks(w, session);
      return Done{};
    });
    REQUIRE(done.ok());
  }
  CHECK(street.now_is(stuffed).support_networks == Sizes{40});
  CHECK(street.now_is(stuffed).support_ranked == 22);
  CHECK(forget_networks(street.database) == 1);
  CHECK(street.kept() == 0);
  CHECK(forget_networks(street.database) == 0);
  CHECK(street.now_is(stuffed).support_ranked == 22);
}

TEST_CASE("taking apart what a hall asked twice leaves each question its own supporters") {
  Street street;
  const Address hall{203, 0, 113, 8};
  const auto root = street.ask_it("Bao giờ thông cống ngõ 12?");
  const auto joined = street.ask_it("Cống ngõ 12 tắc, ai sửa?");
  street.crowd(root, hall, 10);
  street.crowd(joined, hall, 30);
  street.join(joined, root);
  CHECK(street.now_is(root).support_ranked == 22);
  street.go_live();
  street.end_with({&root});
  CHECK(forget_networks(street.database) == 1);
  const AskerAct own = street.by(joined);
  REQUIRE(street.write([&](db::Write& w) { return separate(w, own); }).ok());
  CHECK(street.now_is(root).support_count == 10);
  CHECK(street.now_is(root).support_ranked == 10);
  CHECK(street.now_is(root).support_networks.empty());
  CHECK(street.now_is(joined).support_count == 30);
  CHECK(street.now_is(joined).support_ranked == 21);
}

}  // namespace ln::dialogue
