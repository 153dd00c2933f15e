// A letter about two matters: another office answers a part of it, and nobody is lost on the way.
#include "feature/feedback/feedback_part.h"

#include <doctest/doctest.h>

#include <string>

#include "core/ledger/ledger_part.h"
#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_sum.h"
#include "core/notice/notice_store.h"
#include "feature/feedback/feedback_actions_erase.h"
#include "feature/feedback/feedback_actions_part.h"
#include "feature/feedback/feedback_jobs.h"
#include "feature/feedback/feedback_jobs_check.h"
#include "feature/feedback/feedback_store_settings.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

using namespace std::chrono_literals;

constexpr const char* lamp_words = "Đèn ngõ 12 không sáng ba tuần nay.";
constexpr const char* form_words = "Một cửa bắt photo hai lần bản khai khi làm hộ tịch.";

// Two wards, and one letter that names a matter of each. "tri" is at triage in the first.
struct TwoMatters : test::Office {
  Feedback letter;

  explicit TwoMatters(bool is_protected = false) : letter(begin(is_protected)) {}

  Feedback begin(bool is_protected) {
    write([&](db::Write& w) {
      insert_topic(w,
                   {.code = "counter",
                    .about = About::procedure,
                    .name_vi = "Tại quầy",
                    .name_en = "At the counter",
                    .deadline = {calendar::Measure::working_days, 5}},
                   1);
      insert_topic(w,
                   {.code = "attitude",
                    .about = About::conduct,
                    .name_vi = "Thái độ",
                    .name_en = "Attitude"},
                   2);
      add_account(w, "hat", "Phân việc Hạt", people::Role::triage, "P2");
    });
    Typed typed;
    typed.about = "place";
    typed.unit = "P1";
    typed.title = "Hai việc của tổ 5 bimatxyz";
    typed.body = std::string(lamp_words) + "\n\n" + form_words + "\nMong sớm trả lời.";
    typed.place = "Nhà số 5 ngõ 12 noigoixyz";
    typed.is_public = !is_protected;
    typed.is_protected = is_protected;
    if (!is_protected) typed.contact = "an@mail.example";
    return send(typed);
  }
  // Sessions end after twelve hours, and are not what is looked at here.
  void pass(std::chrono::hours some) {
    now += some;
    write([&](db::Write& w) {
      w.run("UPDATE people_session SET seen_at = $1, expires_at = $2", now, now + 24h);
    });
  }
  // What somebody at triage does on the page.
  Person& take(Person& officer, const std::string& passage) {
    officer.get(url(letter, "/part"));
    officer.fill("passage", passage).choose("Tại quầy", "topic").fill("unit", "phuong hai");
    officer.press("Tách phần này");
    return officer;
  }
  Feedback part() {
    auto officer = browser("tri");
    take(officer, form_words);
    REQUIRE(officer.status() == 200);
    return parts().back();
  }
  std::vector<Feedback> parts() {
    return read([&](db::Read& r) {
      std::vector<Feedback> all;
      for (const LetterPart& each : parts_of(r, letter.id)) all.push_back(*find(r, each.id));
      return all;
    });
  }
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
  void reply_to(const Feedback& of, const std::string& login) {
    const OfficerAct takes = act(login, of);
    REQUIRE(write([&](db::Write& w) { return assign(w, takes, accounts.at(login)); }).ok());
    const OfficerAct does = act(login, of);
    REQUIRE(write([&](db::Write& w) {
              return answer(w, does,
                            {.text = test::good_answer,
                             .outcome = Outcome::confirmed,
                             .evidence = "Biên bản số 12",
                             .files = {}});
            }).ok());
  }
  CitizenAct holder(const Feedback& of) {
    return {.citizen = people::Citizen(secrets.at(letter.code.text())),
            .code = of.code,
            .salts = ledger::draw(random),
            .now = now,
            .text = {}};
  }
  // Whoever sent the letter, with its one secret.
  struct Reader : test::Browser {
    explicit Reader(TwoMatters& city) : Browser(city, city.router, city.site) {
      const std::string code = city.letter.code.text();
      get("/feedback/" + code).fill("secret", city.secrets.at(code)).press("Mở hồ sơ");
    }
  };
  Reader reader() { return Reader(*this); }
  std::vector<ledger::Stored> chain(const Feedback& of) {
    return read([&](db::Read& r) { return ledger::entries_of(r, {"feedback", of.id.value}); });
  }
};

}  // namespace

TEST_CASE("a part of a letter goes to another office with the sender's words and the first clock") {
  TwoMatters city;
  city.pass(48h);
  auto officer = city.browser("tri");
  CHECK(officer.get(city.url(city.letter)).shows("Tách một phần cho đơn vị khác"));
  city.take(officer, form_words);
  CHECK(officer.shows("Phường Hai"));
  REQUIRE(city.parts().size() == 1);
  const Feedback part = city.parts().front();
  CHECK(part.body == form_words);
  CHECK(part.unit == city.units.at("P2").id);
  CHECK(part.about == About::procedure);
  CHECK(part.received_at == city.letter.received_at);
  CHECK(part.citizen_key == city.letter.citizen_key);
  CHECK(part.is_public);
  // The other office reads its part, why its date, and nothing of the rest.
  auto other = city.browser("hai");
  other.get(city.url(part));
  CHECK(other.shows(form_words));
  CHECK(other.shows("Vì sao là ngày này?"));
  CHECK(other.shows("Đây là phần 2 của một thư nêu nhiều việc."));
  CHECK_FALSE(other.shows(lamp_words));
  CHECK(other.get(city.url(city.letter)).status() == 404);
  CHECK(other.get("/staff").shows("Một cửa bắt photo hai lần"));
  // The letter stays where it is, with one line about it and the same date.
  CHECK(city.now_is(city.letter).unit == city.letter.unit);
  CHECK(city.now_is(city.letter).due_at == city.letter.due_at);
  CHECK(ledger::text_in(city.chain(city.letter).back().payload, "cat") == parted_word);
  CHECK(city.read(unfit_texts).empty());
}

TEST_CASE("the sender keeps one code, reads both answers on one page, and accepts each") {
  TwoMatters city;
  const Feedback part = city.part();
  auto sender = city.reader();
  CHECK(sender.shows("Phần 2: Phường Hai trả lời"));
  CHECK(sender.shows(form_words));
  CHECK(sender.address().starts_with("/feedback/" + city.letter.code.text()));
  city.reply_to(city.letter, "hoa");
  // Not before both offices have answered.
  CHECK(sender.get("/feedback/" + city.letter.code.text())
            .shows("Thư khép lại khi mọi phần đã được trả lời."));
  CHECK_FALSE(
      city.write([&, act = city.holder(city.letter)](db::Write& w) { return approve(w, act); })
          .ok());
  city.reply_to(part, "hai");
  // What the part's form does leads back to the letter, and the rating of each is its own.
  sender.get("/feedback/" + city.letter.code.text());
  CHECK_FALSE(sender.shows("Thư khép lại khi mọi phần đã được trả lời."));
  CHECK(sender.get("/feedback/" + part.code.text())
            .address()
            .starts_with("/feedback/" + city.letter.code.text()));
  CHECK(sender.get("/feedback/" + part.code.text() + "/ratings").status() == 200);
  CHECK(city.write([&, act = city.holder(part)](db::Write& w) { return approve(w, act); }).ok());
  CHECK(city.write([&, act = city.holder(city.letter)](db::Write& w) { return approve(w, act); })
            .ok());
  CHECK(city.now_is(part).closed_by == "citizen");
  // Whoever has no secret is told nothing of the parts.
  test::Browser stranger(city, city.router, city.site);
  stranger.get("/feedback/" + city.letter.code.text());
  CHECK_FALSE(stranger.shows("Phần 2"));
  CHECK_FALSE(stranger.shows(form_words));
  CHECK(city.read(unfit_texts).empty());
}

TEST_CASE("silence does not close a letter while a part of it waits, nor soon after its answer") {
  TwoMatters city;
  const Feedback part = city.part();
  city.reply_to(city.letter, "hoa");
  city.pass(24h * 20);
  CHECK(lapse_silent(city.database, city.random, city.now) == 0);
  city.reply_to(part, "hai");
  city.now += 24h * 10;
  CHECK(lapse_silent(city.database, city.random, city.now) == 0);
  city.now += 24h * 6;
  CHECK(lapse_silent(city.database, city.random, city.now) == 2);
  CHECK(city.now_is(city.letter).closed_by == "silence");
}

TEST_CASE("nor does it close a part while the letter waits, or stand before others with it") {
  TwoMatters city;
  const Feedback part = city.part();
  city.reply_to(part, "hai");
  city.pass(24h * 20);
  CHECK(city.read([&](db::Read& r) { return silent_since(r, city.now - silence_closes_after, 10); })
            .empty());
  CHECK(lapse_silent(city.database, city.random, city.now) == 0);
  CHECK(city.now_is(part).state == State::answered);
}

TEST_CASE("an officer may leave out of a letter, and never add a word to it") {
  TwoMatters city;
  auto officer = city.browser("tri");
  const auto refused = [&](const std::string& passage, const char* why) {
    city.take(officer, passage);
    CHECK(officer.status() == 422);
    CHECK(officer.shows(why));
  };
  refused("Một cửa thu tiền ngoài quy định.", "Có dòng không phải lời trong thư.");
  refused(std::string(form_words) + "\nCán bộ tên Xyz.", "Có dòng không phải lời trong thư.");
  CHECK(officer.body().find("Cán bộ tên Xyz.") != std::string::npos);  // what was typed stays
  refused("", "Hãy để lại ít nhất một câu của thư");
  refused(city.letter.body, "Đây là cả bức thư.");
  officer.get(city.url(city.letter, "/part")).fill("passage", form_words);
  officer.fill("unit", "Phường Không Có").press("Tách phần này");
  CHECK(officer.status() == 422);
  CHECK(officer.shows("Hãy chọn một chủ đề"));
  officer.get(city.url(city.letter, "/part")).fill("passage", form_words);
  officer.choose("Tại quầy", "topic").fill("unit", "P1").press("Tách phần này");
  CHECK(officer.status() == 422);
  CHECK(city.parts().empty());
  // A topic about conduct is not offered, and refused when it is sent all the same.
  CHECK(officer.body().find("attitude") == std::string::npos);
  Parting about_conduct{.act = city.act("tri", city.letter),
                        .typed = form_words,
                        .to = city.units.at("P2"),
                        .topic = city.read([](db::Read& r) { return find_topic(r, "attitude"); }),
                        .code = Code::draw(city.random),
                        .spare_code = Code::draw(city.random)};
  const auto done = city.read([&](db::Read& r) { return check_part(r, about_conduct); });
  REQUIRE_FALSE(done.ok());
  CHECK(done.error().fields.front().field == "topic");
}

TEST_CASE("only whoever may send a letter elsewhere takes a part out, and not of every letter") {
  TwoMatters city;
  CHECK(city.browser("nam").get(city.url(city.letter, "/part")).status() == 403);
  CHECK(city.browser("hat").get(city.url(city.letter, "/part")).status() == 404);
  const Feedback part = city.part();
  CHECK(city.browser("hat").get(city.url(part, "/part")).status() == 409);
  const Feedback complaint = city.conduct();
  CHECK(city.browser("thanh").get(city.url(complaint, "/part")).status() == 409);
  // One office gets one part of a letter: five parts at a quiet office would be five people there.
  auto again = city.browser("tri");
  city.take(again, form_words);
  CHECK(again.status() == 422);
  CHECK(again.shows("Đơn vị này đã có một phần của thư"));
  CHECK(city.parts().size() == 1);
  for (int more = 1; more < parts_max; ++more) {
    auto officer = city.browser("tri");
    officer.get(city.url(city.letter)).press("Gộp lại phần " + std::to_string(more + 1));
    city.take(officer, form_words);
  }
  CHECK(city.parts().size() == parts_max);
  auto officer = city.browser("tri");
  CHECK_FALSE(officer.get(city.url(city.letter)).shows("Tách một phần cho đơn vị khác"));
  city.take(officer, form_words);
  CHECK(officer.status() == 409);
  CHECK(city.parts().size() == parts_max);
}

TEST_CASE("of a protected letter no part is taken: one key in two chains would join them") {
  TwoMatters city(true);
  auto officer = city.browser("tri");
  CHECK_FALSE(officer.get(city.url(city.letter)).shows("Tách một phần cho đơn vị khác"));
  CHECK(officer.get(city.url(city.letter, "/part")).status() == 409);
  CHECK(officer.shows("người gửi được giữ kín"));
  CHECK(city.parts().empty());
}

TEST_CASE(
    "of a letter that became a complaint, or was erased, the holder finds the part on its own "
    "page") {
  TwoMatters city;
  const Feedback part = city.part();
  auto holder = city.reader();  // the page of the letter opens the part as well
  const std::string own = "/feedback/" + part.code.text();
  CHECK(holder.get(own).address() != own);
  city.write([&](db::Write& w) {
    w.run("UPDATE feedback SET held_as = 'complaint' WHERE id = $1", city.letter.id);
  });
  CHECK(holder.get(own).address() == own);
  city.write([&](db::Write& w) {
    w.run("UPDATE feedback SET held_as = NULL, erased_at = $1 WHERE id = $2", city.now,
          city.letter.id);
  });
  CHECK(holder.get(own).address() == own);
}

TEST_CASE("a part goes back into its letter while nobody has worked on it") {
  TwoMatters city;
  Feedback part = city.part();
  auto officer = city.browser("tri");
  officer.get(city.url(city.letter)).press("Gộp lại phần 2");
  CHECK(officer.shows("Phần đã tách được gộp lại vào thư"));
  CHECK(city.now_is(part).state == State::closed);
  CHECK(city.now_is(part).closed_by.empty());
  CHECK_FALSE(city.reader().shows("Phần 2: Phường Hai trả lời"));
  CHECK(city.write([&, act = city.holder(part)](db::Write& w) { return reopen(w, act); }).ok() ==
        false);
  part = city.part();
  CHECK(city.browser("hai").get(city.url(part)).press("Nhận việc").status() == 200);
  CHECK_FALSE(officer.get(city.url(city.letter)).shows("Gộp lại phần 3"));
  const OfficerAct act = city.act("tri", city.letter);
  const auto late = city.write([&](db::Write& w) { return rejoin(w, act, 3, act.salts); });
  REQUIRE_FALSE(late.ok());
  CHECK(late.error().kind == ErrorKind::conflict);
  CHECK(city.read(unfit_texts).empty());
}

TEST_CASE("after a week a part that nobody touched stays a part: figures count it from then on") {
  TwoMatters city;
  city.part();
  city.pass(24h * 7 - 1h);
  auto officer = city.browser("tri");
  CHECK(officer.get(city.url(city.letter)).shows("Gộp lại phần 2"));
  city.pass(1h);
  CHECK_FALSE(officer.get(city.url(city.letter)).shows("Gộp lại phần 2"));
  const OfficerAct act = city.act("tri", city.letter);
  const auto late = city.write([&](db::Write& w) { return rejoin(w, act, 2, act.salts); });
  REQUIRE_FALSE(late.ok());
  CHECK(late.error().kind == ErrorKind::conflict);
}

TEST_CASE("a letter is counted once, and the answer to each of its parts") {
  TwoMatters city;
  const Feedback part = city.part();
  city.reply_to(part, "hai");
  const auto entries = city.chain(part);
  CHECK(ledger::begins_part(entries.front().payload));
  CHECK_FALSE(ledger::begins_part(city.chain(city.letter).front().payload));
  std::string figures;
  for (const ledger::Counting& each : ledger::countings_of(entries, city.now))
    figures += std::string(ledger::figure_words[each.figure]) + " ";
  CHECK(figures == "answered ");
}

TEST_CASE("whoever edits the words of a part is found, and erasing the letter erases its parts") {
  TwoMatters city;
  const Feedback part = city.part();
  city.write([&](db::Write& w) {
    w.run("UPDATE feedback SET body = 'Không có gì.' WHERE id = $1", part.id);
  });
  CHECK(city.read(unfit_texts).size() == 1);
  city.write([&](db::Write& w) {
    w.run("UPDATE feedback SET body = $1 WHERE id = $2", form_words, part.id);
  });
  CHECK(city.read(unfit_texts).empty());
  REQUIRE(
      city.write([&, act = city.holder(city.letter)](db::Write& w) { return erase(w, act); }).ok());
  CHECK(city.now_is(part).erased_at);
  CHECK(city.now_is(part).body.empty());
  const auto entries = city.chain(part);
  CHECK(entries.back().event == ledger::Event::erased);
  CHECK(entries.back().payload != city.chain(city.letter).back().payload);
}

TEST_CASE("a letter to its sender tells once that a part is answered elsewhere, and by when") {
  TwoMatters city;
  const auto before = city.read([&](db::Read& r) {
    return notice::due(r, city.now + 24h, std::array{notice::Way::mail}, 50).size();
  });
  const Feedback part = city.part();
  city.reply_to(part, "hai");
  const auto letters = city.read([&](db::Read& r) {
    return notice::due(r, city.now + 24h, std::array{notice::Way::mail}, 50);
  });
  REQUIRE(letters.size() == before + 2);
  for (const notice::Outgoing& each : letters)
    CHECK(each.link.find(part.code.text()) == std::string::npos);
}

}  // namespace ln::feedback
