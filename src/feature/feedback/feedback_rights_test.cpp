// What the acts themselves refuse, whatever a page has shown: each wall stands alone.
#include "feature/feedback/feedback_rights.h"

#include <doctest/doctest.h>

#include <string>

#include "core/people/people_actions.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_lines.h"
#include "feature/feedback/feedback_store_lists.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

using test::good_answer;

struct Office : test::Office {
  people::Officer officer(const std::string& login) {
    return read([&](db::Read& r) {
      return *people::Officer::of(
          *people::SignIn::staff_of(r, people::hash_of("token-of-" + login), now, now));
    });
  }
  OfficerAct act(const std::string& login, const Feedback& of) {
    return {.officer = officer(login),
            .code = of.code,
            .revision = now_is(of).revision,
            .salts = ledger::draw(random),
            .now = now};
  }
  // "ok", or the key of the refusal.
  template <class Body>
  std::string outcome(Body body) {
    const auto result = write(body);
    return result.ok() ? "ok" : std::string(result.error().text.name());
  }
  std::string assigned(const std::string& by, const Feedback& of, const std::string& to) {
    const OfficerAct how = act(by, of);
    return outcome([&](db::Write& w) { return assign(w, how, accounts.at(to)); });
  }
};

TEST_CASE("an act on a case as it no longer is, is refused") {
  Office office;
  const Feedback lamp = office.lamp();
  const OfficerAct first = office.act("hoa", lamp), second = office.act("tri", lamp);
  CHECK(office.outcome([&](db::Write& w) { return note(w, first, "Đã gọi điện."); }) == "ok");
  CHECK(office.outcome([&](db::Write& w) { return note(w, second, "Đã gọi điện."); }) ==
        "feedback.error.changed_meanwhile");
  CHECK(office.outcome([&](db::Write& w) { return accept(w, second); }) ==
        "feedback.error.changed_meanwhile");
}

TEST_CASE("a case is given only to somebody who may see and handle it") {
  Office office;
  const Feedback lamp = office.lamp();
  CHECK(office.assigned("hoa", lamp, "hai") == "feedback.error.officer_not_here");  // another ward
  CHECK(office.assigned("hoa", lamp, "omb") == "feedback.error.officer_not_here");  // no officer
  office.accounts["nobody"] = 999;
  CHECK(office.assigned("hoa", lamp, "nobody") == "feedback.error.officer_not_here");
  office.write([&](db::Write& w) {
    const auto off = people::disable_account(w, "lan", office.now);
    REQUIRE(off.ok());
  });
  CHECK(office.assigned("hoa", lamp, "lan") == "feedback.error.officer_not_here");
  // The head of the ward complained about has no business with it, not even by name.
  CHECK(office.assigned("thanh", office.conduct(), "hoa") == "feedback.error.officer_not_here");
  CHECK(office.assigned("hoa", lamp, "nam") == "ok");
}

TEST_CASE("who only handles takes up for themselves and hands on what is theirs") {
  Office office;
  const Feedback lamp = office.lamp();
  CHECK(office.assigned("lan", lamp, "nam") == "feedback.error.not_your_part");
  CHECK(office.assigned("lan", lamp, "lan") == "ok");
  CHECK(office.assigned("nam", lamp, "nam") == "feedback.error.not_your_part");
  CHECK(office.assigned("lan", lamp, "nam") == "ok");
  CHECK(office.now_is(lamp).officer_id == office.accounts.at("nam"));
}

TEST_CASE("no officer has a right to the contact of a protected case, whoever handles it") {
  Office office;
  Feedback row = office.lamp();
  CHECK(may_read_contact(office.officer("hoa"), row));
  CHECK_FALSE(may_read_contact(office.officer("nam"), row));
  row.officer_id = office.accounts.at("nam");
  CHECK(may_read_contact(office.officer("nam"), row));
  row.is_protected = true;
  CHECK_FALSE(may_read_contact(office.officer("nam"), row));
  CHECK_FALSE(may_read_contact(office.officer("hoa"), row));
}

TEST_CASE("nothing is published that its sender keeps private, that is protected or unverified") {
  Office office;
  const auto published = [&](const Feedback& of, const char* by) {
    const OfficerAct how = office.act(by, of);
    return office.outcome([&](db::Write& w) { return publish(w, how, "Tiêu đề", "Nội dung"); });
  };
  Typed typed;
  typed.about = "place";
  typed.unit = "P1";
  typed.body = "Đèn ngõ 12 không sáng.";
  CHECK(published(office.send(typed), "hoa") == "feedback.error.not_for_public");
  typed.is_public = true;
  typed.is_protected = true;
  CHECK(published(office.send(typed), "hoa") != "ok");
  // The row itself says so too, however it came to be.
  Feedback odd = office.lamp();
  const auto save_as = [&](bool is_protected, About about) {
    odd = office.now_is(odd);
    office.write([&](db::Write& w) {
      odd.is_protected = is_protected;
      odd.about = about;
      w.run(
          "UPDATE feedback SET is_protected = $1, about = $2, object_unit_id = NULL, "
          "object_path = NULL WHERE id = $3",
          is_protected ? 1 : 0, to_text(about), odd.id);
    });
  };
  save_as(true, About::place);
  CHECK(published(odd, "hoa") == "feedback.error.protected_not_public");
  save_as(false, About::conduct);
  CHECK(published(odd, "hoa") == "feedback.error.conduct_unverified");
  save_as(false, About::place);
  CHECK(published(odd, "hoa") == "ok");
}

TEST_CASE("the accused find nothing in any part of the queue, nor in its counts") {
  Office office;
  // Somebody who is head of the ward complained about and of the city above it.
  office.write([&](db::Write& w) {
    REQUIRE(people::grant(w, people::AccountId{office.accounts.at("hoa")}, people::Role::head,
                          office.units.at("01").id, office.now)
                .ok());
  });
  const auto seen = [&](const std::string& login, Tab tab) {
    QueueFilter filter{.top = office.units.at("01").path,
                       .own = {},
                       .tab = tab,
                       .about = {},
                       .now = office.now,
                       .soon_until = office.now};
    for (const std::string& place : places_of(office.officer(login)))
      filter.own += "," + place + ",";
    const auto rows = office.read([&](db::Read& r) { return queue(r, filter); });
    const auto counts = office.read([&](db::Read& r) { return queue_counts(r, filter); });
    if (tab != Tab::over)
      CHECK(counts.of_tab[static_cast<std::size_t>(tab)] == static_cast<std::int64_t>(rows.size()));
    return rows.size();
  };
  const Feedback conduct = office.conduct();
  CHECK(seen("thanh", Tab::open) == 1);
  CHECK(seen("hoa", Tab::open) == 0);
  REQUIRE(office.assigned("thanh", conduct, "thanh") == "ok");
  const OfficerAct by = office.act("thanh", conduct);
  REQUIRE(office.outcome([&](db::Write& w) {
    return answer(w, by, {good_answer, Outcome::confirmed, "Biên bản", {}});
  }) == "ok");
  CHECK(seen("thanh", Tab::over) == 1);
  CHECK(seen("hoa", Tab::over) == 0);
}

TEST_CASE("what offices do is for everybody to read, unless the case is protected") {
  Office office;
  Feedback row = office.lamp();
  const auto audience_of_next = [&] {
    const OfficerAct by = office.act("hoa", row);
    REQUIRE(office.outcome(
                [&](db::Write& w) { return assign(w, by, office.accounts.at("nam")); }) == "ok");
    return office.read([&](db::Read& r) { return events_of(r, row.id).back().audience; });
  };
  CHECK(audience_of_next() == Audience::public_);
  office.write(
      [&](db::Write& w) { w.run("UPDATE feedback SET is_protected = 1 WHERE id = $1", row.id); });
  CHECK(audience_of_next() == Audience::holder);
}

TEST_CASE("lists of the public hold what is published, and rank no case about conduct") {
  Office office;
  const Feedback hidden = office.lamp(), shown = office.lamp();
  const OfficerAct by = office.act("hoa", shown);
  REQUIRE(office.outcome([&](db::Write& w) { return publish(w, by, "Đèn hỏng", "Đèn hỏng."); }) ==
          "ok");
  office.write([&](db::Write& w) { w.run("UPDATE feedback SET view_count = 9"); });
  const auto found = office.read(
      [&](db::Read& r) { return lines_among(r, {hidden.id.value, shown.id.value}, {}); });
  REQUIRE(found.size() == 1);
  CHECK(found.front().id == shown.id);
  const auto viewed = [&] {
    return office.read([&](db::Read& r) { return most_viewed(r, Instant{}, 10); }).size();
  };
  CHECK(viewed() == 1);
  office.write([&](db::Write& w) {
    w.run(
        "UPDATE feedback SET about = 'conduct', object_unit_id = NULL, object_path = NULL "
        "WHERE id = $1",
        shown.id);
  });
  CHECK(viewed() == 0);
}

}  // namespace
}  // namespace ln::feedback
