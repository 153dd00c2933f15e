// A new secret for whoever lost theirs: only by a contact that the holder confirmed, and nobody
// else learns anything.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/ledger/ledger_verify.h"
#include "core/notice/notice_store.h"
#include "feature/feedback/feedback_actions_erase.h"
#include "feature/feedback/feedback_actions_recovery.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

using namespace std::chrono_literals;

constexpr std::array all_ways = {notice::Way::mail, notice::Way::message};

struct LostTown : test::Office {
  struct Visitor : test::Browser {
    explicit Visitor(LostTown& town) : Browser(town, town.router, town.site) {}
    Visitor(LostTown& town, const Feedback& of) : Visitor(town) {
      get("/feedback/" + of.code.text()).fill("secret", town.secrets.at(of.code.text()));
      press("Mở hồ sơ");
    }
  };
  std::vector<notice::Outgoing> letters() {
    return read([&](db::Read& r) { return notice::due(r, now, all_ways, 50); });
  }
  // The newest way in that waits for the mailer; empty: none does.
  std::string link(std::string_view kind) {
    std::string found;
    for (const notice::Outgoing& each : letters())
      if (each.notice.kind == kind) found = each.link;
    return found;
  }
  void mail_leaves() {
    const auto all = letters();
    write([&](db::Write& w) {
      for (const notice::Outgoing& each : all) notice::mark_sent(w, each.notice.id, now);
    });
  }
  // As the holder does it who gets the letter.
  void confirm(const Feedback& of) {
    Visitor holder(*this, of);
    holder.press("Gửi liên kết xác nhận");
    REQUIRE(holder.status() == 200);
    holder.get(link("feedback.confirm")).press("Xác nhận");
    REQUIRE(holder.shows("Đã xác nhận liên lạc"));
    mail_leaves();
  }
  // Somebody who asks for a new secret, on the page that follows.
  struct Asking : Visitor {
    Asking(LostTown& town, const std::string& code, const std::string& contact) : Visitor(town) {
      get("/recover").fill("code", code).fill("contact", contact).press("Gửi liên kết cho tôi");
    }
  };
  Asking ask(const std::string& code, const std::string& contact) {
    return Asking(*this, code, contact);
  }
};

}  // namespace

TEST_CASE("whoever lost the secret gets a new one by the confirmed contact, and the old one ends") {
  LostTown town;
  const Feedback lamp = town.lamp();
  town.confirm(lamp);
  auto visitor = town.ask(lamp.code.shown(), "0912.345.678");
  REQUIRE(visitor.status() == 200);
  const std::string link = town.link("feedback.recover");
  REQUIRE(link.starts_with("/recover/"));
  visitor.get(link);
  CHECK(visitor.shows(lamp.code.shown()));
  CHECK_FALSE(visitor.shows("Ba tuần nay đèn"));  // looking at it opens nothing
  const std::string earlier = town.secrets.at(lamp.code.text());
  CHECK(town.now_is(lamp).citizen_key == people::Citizen(earlier).public_key());
  visitor.press("Tạo mã mới");
  REQUIRE(visitor.status() == 200);
  const test::Element* shown = visitor.page().by_id("secret");
  REQUIRE(shown != nullptr);
  const std::string fresh = people::plain_secret(visitor.page().text_of(*shown));
  CHECK(town.now_is(lamp).citizen_key == people::Citizen(fresh).public_key());
  // The link works once.
  LostTown::Visitor second(town);
  CHECK(second.get(link).status() == 404);
  // The earlier secret opens nothing, the new one does, and the page says what happened.
  second.get("/feedback/" + lamp.code.text()).fill("secret", earlier).press("Mở hồ sơ");
  CHECK_FALSE(second.shows("Ba tuần nay đèn"));
  second.get("/feedback/" + lamp.code.text()).fill("secret", fresh).press("Mở hồ sơ");
  CHECK(second.shows("Ba tuần nay đèn"));
  CHECK(second.shows("Đã đổi mã bí mật qua liên lạc đã xác nhận"));
  CHECK(std::ranges::any_of(town.letters(), [](const notice::Outgoing& each) {
    return each.notice.kind == "feedback.rekeyed";
  }));
  // The ledger accepts the acts of the new key, and of no other.
  const auto reply_of = [&](const std::string& secret) {
    const CitizenAct act{.citizen = people::Citizen(secret),
                         .code = lamp.code,
                         .salts = ledger::draw(town.random),
                         .now = town.now,
                         .text = {}};
    return town.write([&](db::Write& w) { return erase(w, act); });
  };
  CHECK(reply_of(earlier).error().kind == ErrorKind::not_found);
  CHECK(reply_of(fresh).ok());
  const auto audit = town.read([](db::Read& r) { return ledger::audit(r, {}); });
  // Of its entries: no head is signed here.
  for (const ledger::Fault& each : audit.faults)
    if (each.id != 0) FAIL_CHECK(each.what);
}

TEST_CASE("nobody learns whether a code or a contact is known") {
  LostTown town;
  const Feedback lamp = town.lamp(), other = town.lamp();
  town.confirm(lamp);
  const std::string told = town.ask(lamp.code.shown(), "0912 345 678").page().text();
  CHECK_FALSE(town.link("feedback.recover").empty());
  town.mail_leaves();
  struct Try {
    std::string code;
    const char* contact;
  };
  for (const Try& each :
       {Try{lamp.code.shown(), "0912 345 679"}, Try{lamp.code.shown(), "hoa@example.vn"},
        Try{"HN-2222-2222", "0912 345 678"}, Try{other.code.shown(), "0912 345 678"}}) {
    CAPTURE(each.code);
    CAPTURE(each.contact);
    const auto visitor = town.ask(each.code, each.contact);
    CHECK(visitor.status() == 200);
    CHECK(visitor.page().text() == told);
    CHECK(town.link("feedback.recover").empty());
  }
  // What is no code and no contact is told beside the field, with what was typed kept.
  auto visitor = town.ask("xyz", "chị Hoa");
  CHECK(visitor.status() == 422);
  CHECK(visitor.shows("Hãy nhập một e-mail hoặc một số di động."));
  CHECK(visitor.body().find("chị Hoa") != std::string::npos);
}

TEST_CASE("a mistyped contact gives nobody the case: confirming needs the letter and the secret") {
  LostTown town;
  const Feedback lamp = town.lamp();
  LostTown::Visitor holder(town, lamp), stranger(town);
  holder.press("Gửi liên kết xác nhận");
  const std::string link = town.link("feedback.confirm");
  REQUIRE(link.starts_with("/confirm/" + lamp.code.text() + "/"));
  stranger.get(link).press("Xác nhận");
  CHECK(stranger.status() == 422);
  stranger.fill("secret", "2222-2222-2222-2222-2222").press("Xác nhận");
  CHECK(stranger.status() == 422);
  const auto confirmed = [&] {
    return town.read([&](db::Read& r) { return contact_confirmed_at(r, lamp.id); }).has_value();
  };
  CHECK_FALSE(confirmed());
  // A link of another case does not confirm this one.
  const Feedback other = town.lamp();
  LostTown::Visitor(town, other).press("Gửi liên kết xác nhận");
  const std::string token = link.substr(link.rfind('/'));
  holder.get("/confirm/" + other.code.text() + token);
  holder.fill("secret", town.secrets.at(other.code.text())).press("Xác nhận");
  CHECK(holder.status() == 404);
  // On another device the holder types the secret.
  stranger.get(link).fill("secret", town.secrets.at(lamp.code.text())).press("Xác nhận");
  CHECK(stranger.shows("Đã xác nhận liên lạc"));
  CHECK(confirmed());
  holder.get("/feedback/" + lamp.code.text());
  CHECK(holder.shows("Liên lạc đã được xác nhận"));
}

TEST_CASE("links end after half an hour, three a day go out, and a newer one ends the one before") {
  LostTown town;
  const Feedback lamp = town.lamp();
  town.confirm(lamp);
  town.now += 24h;
  town.ask(lamp.code.shown(), "0912 345 678");
  const std::string first = town.link("feedback.recover");
  town.mail_leaves();
  town.ask(lamp.code.shown(), "0912 345 678");
  const std::string second = town.link("feedback.recover");
  town.mail_leaves();
  CHECK(first != second);
  LostTown::Visitor visitor(town);
  CHECK(visitor.get(first).status() == 404);
  CHECK(visitor.get(second).status() == 200);
  town.now += 31min;
  visitor.press("Tạo mã mới");
  CHECK(visitor.status() == 404);
  CHECK(town.now_is(lamp).citizen_key ==
        people::Citizen(town.secrets.at(lamp.code.text())).public_key());
  town.ask(lamp.code.shown(), "0912 345 678");
  CHECK_FALSE(town.link("feedback.recover").empty());
  town.mail_leaves();
  town.ask(lamp.code.shown(), "0912 345 678");
  CHECK(town.link("feedback.recover").empty());  // the fourth
  town.now += 24h;
  town.ask(lamp.code.shown(), "0912 345 678");
  CHECK_FALSE(town.link("feedback.recover").empty());
  // Only a hash of what stands in a link is kept, and in the outbox nothing once the letter left.
  const std::string link = town.link("feedback.recover");
  town.mail_leaves();
  CHECK(town.read([](db::Read& r) {
    return *r.one("SELECT count(*) FROM notice_outbox WHERE link <> ''",
                  [](const db::Row& row) { return row.integer(0); });
  }) == 0);
  CHECK(town.link("feedback.recover").empty());
}

TEST_CASE("nothing is recovered of what is protected, held, or has no contact any more") {
  LostTown town;
  town.write([&](db::Write& w) {
    for (const char slot : {'A', 'B', 'C'}) {
      SeededRandom random(static_cast<std::uint64_t>(slot));
      const people::Holder holder{slot, std::string(1, slot), random.bytes<32>()};
      REQUIRE(people::install_holder(w, holder, town.now).ok());
    }
  });
  Typed typed;
  typed.about = "conduct";
  typed.unit = "P1";
  typed.body = "Họ nói nhanh hơn nếu biết điều.";
  typed.contact = "0912 345 678";
  const Feedback hidden = town.send(typed);
  REQUIRE(hidden.is_protected);
  LostTown::Visitor holder(town, hidden);
  CHECK(holder.body().find("confirm-contact") == std::string::npos);
  const auto ask_for = [&](const Feedback& of) {
    const CitizenAct act{.citizen = people::Citizen(town.secrets.at(of.code.text())),
                         .code = of.code,
                         .salts = ledger::draw(town.random),
                         .now = town.now,
                         .text = {}};
    const std::string token(32, 'a');
    const auto done = town.write([&](db::Write& w) { return ask_to_confirm(w, act, token); });
    return done.ok() ? std::string("ok") : std::string(done.error().text.name());
  };
  CHECK(ask_for(hidden) == "feedback.error.nothing_to_confirm");
  const Feedback lamp = town.lamp();
  town.confirm(lamp);
  CHECK(ask_for(lamp) == "feedback.error.nothing_to_confirm");  // it is confirmed
  town.ask(lamp.code.shown(), "0912 345 678");
  const std::string link = town.link("feedback.recover");
  town.write([&](db::Write& w) { remove_contact(w, lamp.id); });
  LostTown::Visitor visitor(town);
  CHECK(visitor.get(link).status() == 404);
}

}  // namespace ln::feedback
