#include "platform/mail/mail.h"

#include <doctest/doctest.h>

#include <rapidcheck.h>

#include "platform/mail/mail_carrier.h"
#include "test/mail_server.h"
#include "test/world.h"

using namespace ln;
using namespace ln::mail;

namespace {

Letter letter_to(std::string to) {
  return {.from_name = "Lắng Nghe",
          .from_address = "khong-tra-loi@hanoi.example",
          .to_address = std::move(to),
          .subject = "Phường Ba Đình đã trả lời phản ánh HN-7K3M-4Q2P của bạn về đèn đường",
          .body = "Chào bạn,\n\n.\nMột dòng bắt đầu bằng dấu chấm.\n",
          .stop_url = "https://hanoi.example/api/v1/notices/abc",
          .id = "notice.7.0"};
}

}  // namespace

TEST_CASE("an address is a name and a host, and nothing that could become a header or a command") {
  for (const char* right : {"hoa@example.vn", "a.b+c@x-y.example.com", "o'brien@example.org"}) {
    CAPTURE(right);
    CHECK(is_address(right));
  }
  for (const char* wrong : {"",
                            "hoa",
                            "hoa@",
                            "@example.vn",
                            "hoa@example",
                            "hoa@.vn",
                            "hoa@example..vn",
                            ".a@x.vn",
                            "a.@x.vn",
                            "a..b@x.vn",
                            "hoa@-x.vn",
                            "hoa@x-.vn",
                            "hoa nguyen@x.vn",
                            "hoa@x.vn>",
                            "<hoa@x.vn",
                            "hoa@x.vn\r\nRCPT TO:<b@x.vn>",
                            "hoa@x.vn\n",
                            "hòa@x.vn",
                            "a@b@x.vn",
                            "hoa@[127.0.0.1]",
                            "\"a b\"@x.vn"}) {
    CAPTURE(wrong);
    CHECK_FALSE(is_address(wrong));
  }
  CHECK(is_address(std::string(64, 'a') + "@x.vn"));
  CHECK_FALSE(is_address(std::string(65, 'a') + "@x.vn"));
  CHECK_FALSE(is_address("a@" + std::string(64, 'b') + ".vn"));
}

TEST_CASE("a letter says what it is, in lines that every mail server takes") {
  const std::string bytes = to_bytes(letter_to("hoa@example.vn"), test::monday);
  CHECK(bytes.starts_with("Date: Mon, 23 Nov 2026 09:00:00 +0700\r\n"));
  CHECK(test::letter_header(bytes, "From") == "Lắng Nghe <khong-tra-loi@hanoi.example>");
  CHECK(test::letter_header(bytes, "Subject") == letter_to("").subject);
  CHECK(test::letter_header(bytes, "To") == "<hoa@example.vn>");
  CHECK(test::letter_header(bytes, "Message-ID") == "<notice.7.0@hanoi.example>");
  CHECK(test::letter_header(bytes, "Auto-Submitted") == "auto-generated");
  CHECK(test::letter_header(bytes, "List-Unsubscribe") ==
        "<https://hanoi.example/api/v1/notices/abc>");
  CHECK(test::letter_header(bytes, "List-Unsubscribe-Post") == "List-Unsubscribe=One-Click");
  CHECK(test::letter_body(bytes).starts_with("Chào bạn,\r\n\r\n.\r\n"));
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = bytes.find("\r\n", at);
    REQUIRE(end != std::string::npos);
    CHECK(end - at <= 78);
    at = end + 2;
  }
}

TEST_CASE("whatever stands in a header comes back, and never makes another one") {
  CHECK(rc::check("a header is one header", [](const std::string& made) {
    Letter letter = letter_to("hoa@example.vn");
    std::string typed;
    for (const char c : made)
      typed += static_cast<unsigned char>(c) < 0x80 ? std::string(1, c) : "ộ";
    letter.subject = typed + "\r\nBcc: x@example.vn\r\n\r\nxin chào";
    const std::string bytes = to_bytes(letter, test::monday);
    const std::string head = bytes.substr(0, bytes.find("\r\n\r\n"));
    RC_ASSERT(head.find("\r\nBcc:") == std::string::npos);
    RC_ASSERT(head.find("\r\nContent-Transfer-Encoding: base64") != std::string::npos);
    std::string wanted = letter.subject;
    for (char& c : wanted)
      if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
    RC_ASSERT(test::letter_header(bytes, "Subject") == wanted);
  }));
}

TEST_CASE("a server's address has no user, path or white space in it") {
  CHECK(is_server_url("smtp://mail.hanoi.example:587"));
  CHECK(is_server_url("smtps://mail.hanoi.example"));
  CHECK(is_server_url("smtp://[::1]:25"));
  for (const char* wrong : {"http://x", "smtp://", "smtp://a:b@x", "smtp://x/path", "smtp://x y",
                            "mail.hanoi.example", "smtp://x?y"}) {
    CAPTURE(wrong);
    CHECK_FALSE(is_server_url(wrong));
  }
}

TEST_CASE("a mail server takes letters, one after the other over one carrier") {
  const test::MailServer server;
  Carrier carrier({.url = server.url()});
  CHECK(carrier.look().is_taken);
  const Delivery first = carrier.send(letter_to("hoa@example.vn"), test::monday);
  CHECK_MESSAGE(first.is_taken, first.failure);
  CHECK(carrier.send(letter_to("nam@example.vn"), test::monday).is_taken);
  const auto letters = server.letters();
  REQUIRE(letters.size() == 2);
  CHECK(letters[0].find("X-To: hoa@example.vn\r\n") == 0);
  CHECK(letters[1].find("X-To: nam@example.vn\r\n") == 0);
  CHECK(test::letter_body(letters[0]) ==
        "Chào bạn,\r\n\r\n.\r\nMột dòng bắt đầu bằng dấu chấm.\r\n");
}

TEST_CASE("a reader who does not exist is refused for good, a busy server is tried again") {
  const test::MailServer server;
  Carrier carrier({.url = server.url()});
  const Delivery gone = carrier.send(letter_to("nobody@example.vn"), test::monday);
  CHECK_FALSE(gone.is_taken);
  CHECK(gone.is_final);
  // What stands in the log names no reader.
  CHECK(gone.failure.find("nobody") == std::string::npos);
  CHECK(gone.failure.find("550") != std::string::npos);
  const Delivery later = carrier.send(letter_to("later@example.vn"), test::monday);
  CHECK_FALSE(later.is_taken);
  CHECK_FALSE(later.is_final);
  CHECK(carrier.send(letter_to("hoa@example.vn"), test::monday).is_taken);
  CHECK(server.letters().size() == 1);
}

TEST_CASE("a server that is not there is told as a failure that may pass") {
  std::string url;
  {
    const test::MailServer server;
    url = server.url();
  }
  Carrier carrier({.url = url});
  const Delivery none = carrier.send(letter_to("hoa@example.vn"), test::monday);
  CHECK_FALSE(none.is_taken);
  CHECK_FALSE(none.is_final);
  CHECK_FALSE(none.failure.empty());
  CHECK_FALSE(carrier.look().is_taken);
  std::stop_source stop;
  stop.request_stop();
  CHECK_FALSE(carrier.send(letter_to("hoa@example.vn"), test::monday, stop.get_token()).is_taken);
}

TEST_CASE("a server elsewhere gets nothing without TLS") {
  // It leads to this machine and does not say so, and the server has no TLS.
  const test::MailServer server;
  Carrier carrier({.url = "smtp://0.0.0.0" + server.url().substr(server.url().rfind(':'))});
  const Delivery refused = carrier.send(letter_to("hoa@example.vn"), test::monday);
  CHECK_FALSE(refused.is_taken);
  CHECK_FALSE(refused.is_final);
  CHECK(server.letters().empty());
}
