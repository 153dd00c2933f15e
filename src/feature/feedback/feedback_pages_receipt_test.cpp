#include "feature/feedback/feedback_pages_receipt.h"

#include <doctest/doctest.h>

#include <memory>

#include "core/ledger/ledger_opening.h"
#include "core/ledger/ledger_promise.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_store.h"
#include "feature/feedback/feedback_jobs.h"
#include "test/feedback_town.h"

namespace ln::feedback {
namespace {

using test::Browser;

// A town whose ledger is sealed, with one case that anybody may see and one protected.
struct SealedTown : test::FeedbackTown {
  std::unique_ptr<ledger::Sealer> sealer =
      ledger::Sealer::open(database, {"so-cai.example", "", "", [this] { return now; }}, random);
  std::string secret, protected_secret;
  Feedback open_case = send(written("place"), secret);
  Feedback protected_case = send(written("conduct"), protected_secret);

  // The batch of the hour joins the ledger.
  void join() {
    now += std::chrono::hours(1);
    CHECK(join_batch(database, random, now) == 16);
  }
  std::int64_t line_of(const Feedback& feedback) {
    return read([&](db::Read& from) {
      return ledger::first_entry_of(from, {"feedback", feedback.id.value})->index();
    });
  }
  static Typed written(const std::string& about) {
    Typed typed{};
    typed.about = about;
    typed.unit = "w1";
    typed.title = "Đèn tắt";
    typed.body = "Đèn ngõ 5 tắt ba hôm.";
    if (about == "place") typed.place = "Ngõ 5";
    return typed;
  }
  merkle::Policy policy() const { return merkle::Policy::of(sealer->verifier(), ""); }
};

std::string form_of(const std::string& secret) { return "secret=" + secret; }

}  // namespace

TEST_CASE("the holder of the secret gets a receipt that proves itself, and nobody else does") {
  SealedTown town;
  town.join();
  const merkle::Policy policy = town.policy();
  for (const auto& [feedback, secret] : {std::pair(town.open_case, town.secret),
                                         std::pair(town.protected_case, town.protected_secret)}) {
    const std::string path = "/feedback/" + feedback.code.text();
    Browser b(town, town.router, town.site);
    for (const char* page : {"/receipt", "/receipt.tlog-proof", "/receipts.tlog-proofs",
                             "/receipt/0", "/receipt/0/receipt.tlog-proof"}) {
      CAPTURE(page);
      b.get(path + page);
      CHECK(b.status() == 404);
      CHECK(b.body().find("c2sp.org") == std::string::npos);
    }
    b.get(path).fill("secret", secret).press("Mở hồ sơ");
    b.get(path + "/receipt.tlog-proof");
    CHECK(b.status() == 200);
    CHECK(b.header("Content-Type") == "text/plain; charset=utf-8");
    CHECK(b.header("Cache-Control") == "no-store");
    CHECK(b.header("Content-Disposition").find(feedback.code.text() + ".tlog-proof") !=
          std::string::npos);
    const auto receipt = merkle::Receipt::parse(b.body());
    REQUIRE(receipt);
    const auto examined = ledger::examine(*receipt, &policy);
    REQUIRE(examined.ok());
    CHECK(examined.value().opening.code == feedback.code.text());
    CHECK(ledger::is_text_of(examined.value().opening, "Đèn ngõ 5 tắt ba hôm."));
    // The secret opens this case and no other.
    const bool is_open = feedback.code.text() == town.open_case.code.text();
    const auto other = is_open ? town.protected_case.code.text() : town.open_case.code.text();
    b.get("/feedback/" + other + "/receipt.tlog-proof");
    CHECK(b.status() == 404);
  }
}

TEST_CASE("a receipt is had by a form with the secret, not by one with another") {
  SealedTown town;
  const std::string path = "/feedback/" + town.open_case.code.text();
  Browser b(town, town.router, town.site);
  b.post(path + "/receipt.tlog-proof", "application/x-www-form-urlencoded", form_of(town.secret));
  CHECK(b.status() == 403);  // No form of ours.
  const auto read = [&](const std::string& secret) {
    http::Request request;
    request.path_values = {{"code", town.open_case.code.text()}};
    request.form.add("secret", secret);
    return town.read([&](db::Read& from) { return receipt_file_post(request, from); });
  };
  REQUIRE(read(town.secret).ok());
  CHECK(read(town.secret).value().ready()->body.starts_with("c2sp.org/tlog-proof@v1\n"));
  CHECK(read(town.protected_secret).error().kind == ErrorKind::not_found);
  CHECK(read("").error().kind == ErrorKind::not_found);
}

TEST_CASE("the page to print holds the whole proof in squares, and warns who is in danger") {
  SealedTown town;
  Browser b(town, town.router, town.site);
  const std::string path = "/feedback/" + town.open_case.code.text();
  b.get(path).fill("secret", town.secret).press("Mở hồ sơ");
  b.follow("dòng 0");
  CHECK(b.address() == path + "/receipt/0");
  CHECK(b.shows("Biên nhận có bằng chứng"));
  CHECK(b.shows("so-cai.example"));
  // What the city must show by when, and where anybody can check the receipt.
  CHECK(b.shows("Thành phố phải trả lời chậm nhất 17:00"));
  CHECK(b.shows("giờ của câu trả lời chỉ là lời của chính thành phố"));
  CHECK(b.body().find(R"(href="/ledger/verify.html")") != std::string::npos);
  const auto side_of = [&](std::size_t from) {
    const std::string mark = "<svg role=\"img\" viewBox=\"0 0 ";
    const std::size_t at = b.body().find(mark, from);
    REQUIRE(at != std::string::npos);
    return std::pair(std::stoi(b.body().substr(at + mark.size())), at + mark.size());
  };
  const auto [large, end] = side_of(0);
  const auto [small, rest] = side_of(end);
  CHECK(large > 80);
  CHECK(small < 50);
  CHECK(rest > end);
  CHECK(b.body().find(town.secret) == std::string::npos);
  CHECK_FALSE(b.shows("Chỉ nhớ mã thôi"));
  town.join();
  b.get(path + "/receipt/" + std::to_string(town.line_of(town.protected_case)));
  CHECK(b.status() == 404);
  b.get("/feedback/" + town.protected_case.code.text())
      .fill("secret", town.protected_secret)
      .press("Mở hồ sơ");
  b.follow("Biên nhận có bằng chứng");
  CHECK(b.shows("Chỉ nhớ mã thôi thì an toàn hơn"));
}

TEST_CASE("until the hour a protected case has a promise for a receipt, and then the proof") {
  SealedTown town;
  const std::string path = "/feedback/" + town.protected_case.code.text();
  Browser b(town, town.router, town.site);
  b.get(path + "/receipt.tlog-proof");
  CHECK(b.status() == 404);
  CHECK(b.body().find("langnghe/promise") == std::string::npos);
  b.get(path).fill("secret", town.protected_secret).press("Mở hồ sơ");
  CHECK(b.shows("vào sổ cái trước 10:00"));
  b.follow("Biên nhận có bằng chứng");
  CHECK(b.shows("Phản ánh của bạn sẽ vào sổ cái trước 10:00"));
  CHECK(b.shows("Chỉ nhớ mã thôi thì an toàn hơn"));
  for (const char* file : {"/receipt.tlog-proof", "/receipts.tlog-proofs"}) {
    b.get(path + file);
    CHECK(b.status() == 200);
    CHECK(b.header("Content-Type") == "text/plain; charset=utf-8");
    CHECK(b.header("Cache-Control") == "no-store");
    CHECK(b.header("Content-Disposition").find(".promise\"") != std::string::npos);
    const auto promise = ledger::Promise::parse(b.body());
    REQUIRE(promise);
    CHECK(ledger::is_signed_by(*promise, town.sealer->verifier()));
    const auto opening = ledger::Opening::parse(promise->extra);
    REQUIRE(opening);
    CHECK(merkle::hash_leaf(*ledger::leaf_of(*opening)) == promise->leaf_hash);
    CHECK(ledger::is_text_of(*opening, "Đèn ngõ 5 tắt ba hôm."));
  }
  b.get("/en" + path + "/receipt");
  CHECK(b.shows("Your report will stand in the ledger before"));
  town.join();
  b.get(path + "/receipt.tlog-proof");
  CHECK(b.body().starts_with("c2sp.org/tlog-proof@v1\n"));
  b.get(path);
  CHECK(b.shows("dòng " + std::to_string(town.line_of(town.protected_case))));
  CHECK_FALSE(b.shows("vào sổ cái trước"));
}

}  // namespace ln::feedback
