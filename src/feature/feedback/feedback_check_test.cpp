// What somebody with the database changed beside the ledger is found by comparing the two.
#include "feature/feedback/feedback_jobs_check.h"

#include <doctest/doctest.h>

#include <string>

#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_actions_help.h"
#include "feature/feedback/feedback_actions_moderation.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

struct Tampered : test::Office {
  Feedback lamp_case = lamp(), other = lamp();

  OfficerAct act(const std::string& login, const Feedback& of) {
    const auto staff = read([&](db::Read& r) {
      return people::SignIn::staff_of(r, people::hash_of("token-of-" + login), now, now);
    });
    return {.officer = *people::Officer::of(*staff),
            .code = of.code,
            .revision = now_is(of).revision,
            .salts = ledger::draw(random),
            .now = now};
  }
  // Answered, and published with a telephone number taken out; the other one as it was sent.
  Tampered() {
    do_assign(lamp_case, "nam");
    const OfficerAct answers = act("nam", lamp_case);
    REQUIRE(write([&](db::Write& w) {
              return answer(w, answers,
                            {.text = test::good_answer,
                             .outcome = Outcome::confirmed,
                             .evidence = "Biên bản thay đèn số 12",
                             .files = {}});
            }).ok());
    for (const auto& [of, body] :
         {std::pair(lamp_case, "Đèn ngõ 12 không sáng."), std::pair(other, other.body.c_str())}) {
      const OfficerAct publishes = act("hoa", of);
      REQUIRE(write([&](db::Write& w) { return publish(w, publishes, of.title, body); }).ok());
    }
  }
  std::vector<ledger::Fault> faults() { return read(unfit_texts); }
  // What is found after `change`, which `undo` takes back.
  template <class Change, class Undo>
  std::string found(Change change, Undo undo) {
    write([&](db::Write& w) { change(w, lamp_case.id); });
    const auto all = faults();
    write([&](db::Write& w) { undo(w, lamp_case.id); });
    CHECK(faults().empty());
    std::string said;
    for (const ledger::Fault& each : all) said += (said.empty() ? "" : "; ") + each.what;
    return said;
  }
};

}  // namespace

TEST_CASE("words that were changed beside the ledger are found, whichever they are") {
  Tampered city;
  REQUIRE(city.faults().empty());
  const auto in_case = [](std::string_view column, std::string_view text) {
    return [=](db::Write& w, FeedbackId id) {
      if (column == "body")
        w.run("UPDATE feedback SET body = $2 WHERE id = $1", id, text);
      else
        w.run("UPDATE feedback SET public_body = $2 WHERE id = $1", id, text);
    };
  };
  const auto in_answer = [](std::string_view text) {
    return [=](db::Write& w, FeedbackId id) {
      w.run("UPDATE feedback_event SET text = $2 WHERE feedback_id = $1 AND event = 'answered'", id,
            text);
    };
  };
  const std::string given = *city.read([&](db::Read& r) {
    return r.one(
        "SELECT text FROM feedback_event WHERE feedback_id = $1 AND event = 'answered'",
        [](const db::Row& row) { return row.text(0); }, city.lamp_case.id);
  });
  CHECK(city.found(in_case("body", "Không gấp."), in_case("body", city.lamp_case.body)) ==
        "the report is not the one that was sent");
  CHECK(city.found(in_answer("Đã thay."), in_answer(given)) ==
        "the words are not those of this line");
  CHECK(city.found(in_answer(""), in_answer(given)) == "the words are not those of this line");
  CHECK(city.found(in_case("public", "Đèn sáng."), in_case("public", "Đèn ngõ 12 không sáng.")) ==
        "what everybody reads is not what was published");
}

TEST_CASE("what was published as it was sent stays as it was sent, and no case goes away") {
  Tampered city;
  city.write([&](db::Write& w) {
    w.run("UPDATE feedback SET public_body = 'Đèn sáng.' WHERE id = $1", city.other.id);
    w.run("DELETE FROM feedback WHERE id = $1", city.lamp_case.id);
  });
  const auto all = city.faults();
  REQUIRE(all.size() == 2);
  CHECK(all[0].what == "the case of this line is not there any more");
  CHECK(all[1].what == "what everybody reads is not what was published");
}

}  // namespace ln::feedback
