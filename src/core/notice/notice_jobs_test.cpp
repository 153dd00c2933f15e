#include "core/notice/notice_jobs.h"

#include <doctest/doctest.h>

#include "base/text.h"
#include "core/notice/notice_store.h"
#include "engine/merkle/merkle.h"
#include "platform/json/json.h"
#include "test/mail_server.h"
#include "test/world.h"

using namespace ln;
using namespace ln::notice;
using namespace std::chrono_literals;

namespace {

constexpr Subject case_7{"feedback", 7};

struct Post : test::World {
  test::MailServer server;
  Mailer mailer{{.server = mail::MailServer{.url = server.url()},
                 .sender = {.name = "Lắng Nghe",
                            .address = "khong-tra-loi@hanoi.example",
                            .base_url = "https://hanoi.example"}}};

  void put(std::string_view address, std::string_view language = "vi", Way way = Way::mail) {
    write([&](db::Write& to) {
      queue(to,
            {.kind = "feedback.transferred",
             .to = Recipient::citizen(address, way),
             .about = case_7,
             .text = "feedback.notice.transferred"_t,
             .values = {{"code", "HN-7K3M-4Q2P"},
                        {"due", "17:00"},
                        {"path", "/feedback/7K3M4Q2P"},
                        {"unit", "Phường Ba Đình"}},
             .language = language},
            now);
    });
  }
  Round go() { return mailer.round(database, random, now); }
  std::int64_t waiting() {
    return read([](db::Read& from) { return count_waiting(from); });
  }
};

}  // namespace

TEST_CASE("what waits becomes a letter that says what happened, where to look and how to stop") {
  Post post;
  post.put("hoa@example.vn");
  const Round round = post.go();
  CHECK(round.sent == 1);
  CHECK(round.failures.empty());
  CHECK(post.waiting() == 0);
  const auto letters = post.server.letters();
  REQUIRE(letters.size() == 1);
  CHECK(test::letter_header(letters[0], "Subject") ==
        "Phản ánh HN-7K3M-4Q2P nay do Phường Ba Đình xử lý. Hạn trả lời vẫn là 17:00.");
  const std::string body = test::letter_body(letters[0]);
  CHECK(body.find("https://hanoi.example/feedback/7K3M4Q2P\r\n") != std::string::npos);
  const auto reader = post.read([](db::Read& read) { return reader_of(read, case_7); });
  REQUIRE(reader.has_value());
  const std::string key = shown_key(reader->key);
  CHECK(key_from(key) == reader->key);
  CHECK(body.find("https://hanoi.example/notices/" + key) != std::string::npos);
  CHECK(test::letter_header(letters[0], "List-Unsubscribe") ==
        "<https://hanoi.example/api/v1/notices/" + key + ">");
  CHECK(post.go().sent == 0);
  CHECK(post.server.letters().size() == 1);
}

TEST_CASE("what happened to one case at once is one letter, in its reader's language") {
  Post post;
  post.put("hoa@example.vn", "en");
  post.put("hoa@example.vn", "en");
  post.put("hoa@example.vn", "en");
  CHECK(post.go().sent == 3);
  const auto letters = post.server.letters();
  REQUIRE(letters.size() == 1);
  CHECK(test::letter_header(letters[0], "Subject") == "3 messages about your report");
  CHECK(test::letter_header(letters[0], "Content-Language") == "en");
  CHECK(test::letter_body(letters[0]).find("https://hanoi.example/en/feedback/7K3M4Q2P") !=
        std::string::npos);
}

TEST_CASE("whom nobody knows is given up, a busy server is asked again later") {
  Post post;
  post.put("nobody@example.vn");
  CHECK(post.go().failed == 1);
  CHECK(post.waiting() == 0);
  post.put("later@example.vn");
  const Round busy = post.go();
  CHECK(busy.failed == 1);
  REQUIRE(busy.failures.size() == 1);
  CHECK(busy.failures.begin()->find("later@") == std::string::npos);
  CHECK(post.waiting() == 1);
  CHECK(post.go().failed == 0);  // not yet
  post.now += 61s;
  CHECK(post.go().failed == 1);
}

TEST_CASE("what another node has taken in hand is left to it, and comes back if it dies") {
  Post post;
  post.put("hoa@example.vn");
  post.write([&](db::Write& write) {
    const auto taken = due(write, post.now, std::array{Way::mail}, 10);
    REQUIRE(taken.size() == 1);
    const NoticeId id = taken[0].notice.id;
    lease(write, {&id, 1}, post.now + 10min);
  });
  CHECK(post.go().sent == 0);
  post.now += 10min;
  CHECK(post.go().sent == 1);
}

TEST_CASE("without a gateway a short message waits, for a week and no longer") {
  Post post;
  post.put("+84912345678", "vi", Way::message);
  CHECK(post.go().sent + post.go().failed == 0);
  CHECK(post.waiting() == 1);
  post.now += 7 * 24h;
  forget_stale(post.database, post.now);
  CHECK(post.waiting() == 1);
  post.now += 1ms;
  forget_stale(post.database, post.now);
  CHECK(post.waiting() == 0);
}

TEST_CASE("the gateway gets one signed request, and can tell whether it comes from us") {
  const Parcel parcel{{Way::message, "+84912345678"},
                      {},
                      {{.notice = {.id = {42},
                                   .subject_kind = "feedback",
                                   .text = "feedback.notice.lapsed"_t,
                                   .values = {{"code", "HN-7"}, {"path", "/feedback/7"}},
                                   .language = "vi"},
                        .address = "+84912345678",
                        .way = Way::message}}};
  const http::Ask ask = ask_of(parcel, {"Lắng Nghe", "", "https://hanoi.example"},
                               {"https://gateway.example/sms", "0123456789abcdef"}, test::monday);
  const auto document = json::parse(ask.body, {.size_max = 4096});
  REQUIRE(document.ok());
  CHECK(document.value().root().text("to") == "+84912345678");
  CHECK(document.value().root().text("language") == "vi");
  CHECK(document.value().root().text("text")->ends_with(" https://hanoi.example/feedback/7"));
  REQUIRE(ask.headers.size() == 3);
  CHECK(ask.headers[0] == std::pair<std::string, std::string>("webhook-id", "notice_42"));
  CHECK(ask.headers[1].second == "1795399200");
  const std::string signed_bytes = "notice_42.1795399200." + ask.body;
  CHECK(ask.headers[2].second == "v1," + to_base64(merkle::hmac_sha256(as_bytes("0123456789abcdef"),
                                                                       {as_bytes(signed_bytes)})));
}

TEST_CASE("a short message stays short: what is too much is told by its number") {
  Parcel parcel{{Way::message, "+84912345678"}, {}, {}};
  for (std::int64_t id = 1; id <= 4; ++id)
    parcel.notices.push_back({.notice = {.id = {id},
                                         .subject_kind = "feedback",
                                         .text = "feedback.notice.lapsed"_t,
                                         .values = {{"code", "HN-7"}, {"path", "/feedback/7"}},
                                         .language = "vi"}});
  const Sender sender{"Lắng Nghe", "", "https://hanoi.example"};
  CHECK(message_of(parcel, sender) == "4 tin về phản ánh của bạn https://hanoi.example/feedback/7");
}
