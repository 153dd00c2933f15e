// What an erasure leaves behind, down to the bytes of the files, on a city as serve has it.
#include "app/erasure.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "app/city.h"
#include "app/doctor.h"
#include "core/attachment/attachment_store.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_waiting.h"
#include "core/ledger/ledger_verify.h"
#include "core/notice/notice_store.h"
#include "core/people/people_actions.h"
#include "core/people/people_session.h"
#include "core/people/people_store.h"
#include "core/units/units_store.h"
#include "engine/text/text.h"
#include "feature/commitment/commitment_actions.h"
#include "feature/commitment/commitment_actions_case.h"
#include "feature/feedback/feedback_actions_erase.h"
#include "feature/feedback/feedback_actions_moderation.h"
#include "feature/feedback/feedback_jobs.h"
#include "feature/feedback/feedback_store_comfort.h"
#include "feature/feedback/feedback_store_erase.h"
#include "feature/feedback/feedback_store_foreign.h"
#include "feature/feedback/feedback_store_intake.h"
#include "feature/feedback/feedback_store_search.h"
#include "feature/satisfaction/satisfaction_actions.h"
#include "feature/satisfaction/satisfaction_store.h"
#include "test/every_byte.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::app {
namespace {

using feedback::Feedback;
using people::Role;

// A case in which everything that can be written was written, each word unmistakable.
struct Planted {
  std::string secret;
  std::optional<feedback::Code> code;
  feedback::FeedbackId id{};
  std::vector<std::string> words{};  // also salts and keys
};

struct Ground {
  test::Folder place;
  std::string data = (place.path / "data").string();
  SeededRandom random{test::apart(15)};
  Instant now = test::monday;
  std::unique_ptr<City> city;
  std::optional<units::Unit> top, ward;
  people::AccountId head{}, ombudsman{};

  db::Database& database() { return city->database(); }
  template <class Body>
  auto write(Body body) {
    return test::write(database(), std::move(body));
  }
  template <class Body>
  auto read(Body body) {
    return database().read(std::move(body));
  }

  Ground() {
    log::set_least(log::Level::error);
    open();
    write([&](db::Write& w) {
      const auto add = [&](const char* code, units::Kind kind, const units::Unit* parent) {
        return units::insert(w, {.code = code,
                                 .valid_from = Day{std::chrono::days(0)},
                                 .name = std::string("Phường ") + code,
                                 .kind = kind,
                                 .type = "Phường",
                                 .parent = parent});
      };
      top = add("01", units::Kind::city, nullptr);
      ward = add("P1", units::Kind::commune, &*top);
      head = add_staff(w, "head", Role::head, *top);
      ombudsman = add_staff(w, "ombudsman", Role::ombudsman, *top);
      for (const char slot : {'A', 'B', 'C'})
        REQUIRE(people::install_holder(
                    w, {slot, std::string(1, slot), people::make_key_pair(random).public_key}, now)
                    .ok());
    });
  }

  void open() {
    const db::Options where = test::on_engine({.path = data + "/langnghe.db"});
    CityOptions options{.folder = data, .sync_full = false, .clock = [this] { return now; }};
    options.url = where.url;
    if (!where.url.empty()) options.schema = where.schema;
    city = std::make_unique<City>(options, random);
  }
  // As if the program had ended here and been started again.
  void open_again() {
    city.reset();
    open();
  }
  people::AccountId add_staff(db::Write& w,
                              const std::string& login,
                              Role role,
                              const units::Unit& unit) {
    const auto id =
        people::add_account(w, {.login = login, .name = login, .password_hash = "none"}, now);
    REQUIRE(people::grant(w, id.value(), role, unit.id, now).ok());
    REQUIRE(people::open_session(w, id.value(), "token-of-" + login, now).ok());
    return id.value();
  }
  people::Staff staff(const std::string& login) {
    return *read([&](db::Read& r) {
      return people::SignIn::staff_of(r, people::hash_of("token-of-" + login), now, now);
    });
  }
  Feedback current(const Planted& it) {
    return *read([&](db::Read& r) { return feedback::find(r, it.id); });
  }
  feedback::OfficerAct by_office(const Planted& it) {
    return {.officer = *people::Officer::of(staff("head")),
            .code = *it.code,
            .revision = current(it).revision,
            .salts = ledger::draw(random),
            .now = now};
  }
  feedback::CitizenAct by_citizen(const Planted& it) {
    return {.citizen = people::Citizen(it.secret),
            .code = *it.code,
            .salts = ledger::draw(random),
            .now = now,
            .text = {}};
  }
  Result<Feedback> erase(const Planted& it) {
    const auto act = by_citizen(it);
    return write([&](db::Write& w) { return feedback::erase(w, act); });
  }

  Planted plant(int number, bool is_protected);
  void work_on(Planted& it, bool is_protected);
  void object_to_promise(const Planted& it, const std::string& words);
  // Every byte that a thief of the disk has, but for the log of PostgreSQL (docs/POSTGRESQL.md).
  std::string all_bytes() {
    if (!test::is_on_postgres()) return place.bytes();
    test::tamper(data + "/langnghe.db", "CHECKPOINT");
    return place.bytes() + test::bytes_below(test::folder_of_server() + "/data/base");
  }
  std::int64_t owed() { return read(feedback::count_owed); }
};

std::string word(const char* what, int number) {
  return std::string("zq") + what + "x" + std::to_string(1000 + number) + "zq";
}

attachment::Prepared file_named(const std::string& name, const std::string& bytes, Random& random) {
  attachment::Prepared file{.token = to_hex(random.bytes<16>()),
                            .kind = attachment::Kind::document,
                            .media_type = "application/pdf",
                            .name = name,
                            .bytes = bytes,
                            .thumbnail = {},
                            .hash = {}};
  random.fill(file.hash);
  return file;
}

Planted Ground::plant(int number, bool is_protected) {
  Planted made;
  const auto say = [&](const char* what) {
    made.words.push_back(word(what, number));
    return made.words.back();
  };
  feedback::Typed typed;
  typed.about = is_protected ? "conduct" : "procedure";
  typed.unit = "P1";
  typed.is_protected = is_protected;
  typed.is_public = !is_protected;
  typed.title = "Chờ " + say("title");
  // What is long is of no pattern: PostgreSQL packs the rest, and a word in it could not be found.
  typed.body = say("body");
  for (int n = random.below(4) == 0 ? 300 : static_cast<int>(random.below(60)); n > 0; --n)
    typed.body += " " + to_base64(random.bytes<8>());
  typed.place = say("place");
  typed.counter = say("desk");
  typed.dossier = say("dossier");
  // A sealed contact is no word any more.
  typed.contact = is_protected ? "hidden" : say("contact");
  auto prepared = read([&](db::Read& r) { return feedback::prepare(r, typed, random, now); });
  REQUIRE(prepared.ok());
  prepared.value().extras = {{"how", say("extra")}};
  std::string bytes = "%PDF-1.4 " + say("bytes");
  bytes += as_text(random.bytes<20'000>());
  prepared.value().files.push_back(file_named(say("file") + ".pdf", bytes, random));
  const auto sent = write([&](db::Write& w) { return feedback::submit(w, prepared.value(), now); });
  REQUIRE(sent.ok());
  made.secret = prepared.value().secret;
  made.code = sent.value().feedback.code;
  made.id = sent.value().feedback.id;
  // What a clerk had typed before the sender put it right.
  const std::string typed_first = say("typed");
  write([&](db::Write& w) {
    insert_intake(w, made.id, {.correct_until = now + feedback::correct_within});
    save_correction(w, made.id, typed.title, typed.body, typed_first, now);
  });
  const std::string there = say("there"), state = say("state");
  write([&](db::Write& w) {
    feedback::insert_foreign(w, made.id, {"ihanoi", there, state, now}, there);
  });
  const std::string told = say("notice");
  write([&](db::Write& w) {
    notice::queue(w,
                  {.kind = "feedback.answered",
                   .to = notice::Recipient::citizen(told + "@x.example"),
                   .about = {"feedback", made.id.value},
                   .text = "feedback.case.done"_t,
                   .values = {{"code", told}}},
                  now);
  });
  return made;
}

void Ground::object_to_promise(const Planted& it, const std::string& words) {
  namespace c = commitment;
  c::follow_cases(database(), random, now);
  const auto made =
      read([&](db::Read& r) { return c::of_source(r, c::Source::feedback, it.id.value).at(0); });
  const auto said = c::draw(people::Citizen(it.secret), it.code->text(), made, random, now);
  REQUIRE(write([&](db::Write& w) { return c::perform(w, said, c::Act::object, words); }).ok());
}

void Ground::work_on(Planted& it, bool is_protected) {
  const int number = static_cast<int>(it.id.value);
  const auto say = [&](const char* what) {
    it.words.push_back(word(what, number));
    return it.words.back();
  };
  const auto act = [&](auto does) {
    const auto by = by_office(it);
    const auto done = write([&](db::Write& w) { return does(w, by); });
    REQUIRE(done.ok());
  };
  act([&](db::Write& w, const auto& by) { return feedback::note(w, by, say("note")); });
  act([&](db::Write& w, const auto& by) { return feedback::assign(w, by, head.value); });
  if (!is_protected) {
    act([&](db::Write& w, const auto& by) {
      return feedback::publish(w, by, say("shown"), say("public") + " đã che");
    });
    // A picture as it was sent, and what was made of it for the public.
    attachment::Prepared sent = file_named(say("photo") + ".jpg", say("pixels"), random);
    sent.kind = attachment::Kind::picture;
    attachment::Prepared covered = file_named(say("covername") + ".jpg", say("covered"), random);
    covered.kind = attachment::Kind::picture;
    const auto stored = write([&](db::Write& w) -> Result<attachment::AttachmentId> {
      return attachment::store(w, {"feedback", it.id.value}, sent, now);
    });
    REQUIRE(stored.ok());
    const feedback::ShowPicture shown{stored.value(), covered, {{1, 2, 3, 4}}};
    act([&](db::Write& w, const auto& by) { return feedback::show_picture(w, by, shown); });
    auto asked = by_citizen(it);
    asked.text = "Xin xem lại chỗ che " + say("unhide");
    REQUIRE(write([&](db::Write& w) { return feedback::contest_hiding(w, asked); }).ok());
  }
  if (!is_protected) {
    act([&](db::Write& w, const auto& by) {
      return feedback::promise(w, by, "Tuần sau thay máy lấy số " + say("promised"),
                               local_day(now) + std::chrono::days(5));
    });
    object_to_promise(it, "Đã hứa thay cả hai máy " + say("objected"));
  }
  const feedback::Answer given{.text = "Đã sửa máy lấy số từ sáng nay " + say("answer"),
                               .outcome = feedback::Outcome::confirmed,
                               .evidence = say("evidence"),
                               .files = {file_named(say("paper") + ".pdf", say("scan"), random)}};
  act([&](db::Write& w, const auto& by) { return feedback::answer(w, by, given); });
  commitment::follow_cases(database(), random, now);
  const feedback::Review waiting{.feedback = it.id,
                                 .unit = current(it).unit,
                                 .author_id = head.value,
                                 .text = say("draft"),
                                 .evidence = say("drafted"),
                                 .letter = {.where_to = say("whereto")},
                                 .at = now,
                                 .is_returned = true,
                                 .reader_id = head.value,
                                 .note = say("returned")};
  const auto waiting_file = file_named(say("waiting") + ".pdf", say("unread"), random);
  write([&](db::Write& w) {
    feedback::save_review(w, waiting);
    attachment::store(w, {"feedback_review", it.id.value}, waiting_file, now);
  });
  if (is_protected) {
    const auto opened = write([&](db::Write& w) {
      return feedback::open_identity(w, *people::Ombudsman::of(staff("ombudsman")), *it.code,
                                     "Cần xác minh " + say("opening"), ledger::draw(random), now);
    });
    REQUIRE(opened.ok());
    // The ciphertext is as much the sender's as the words are.
    it.words.push_back(opened.value().contact.sealed.substr(0, 100));
  }
  const satisfaction::RateAct rate{
      .citizen = people::Citizen(it.secret),
      .code = *it.code,
      .given = {.score = 4, .solved = "yes", .reasons = {}, .text = say("rating")},
      .salts = ledger::draw(random),
      .now = now};
  REQUIRE(write([&](db::Write& w) { return satisfaction::rate(w, rate); }).ok());
  read([&](db::Read& r) {
    const auto keep = [&](const ledger::Salts& salts) {
      it.words.emplace_back(as_text(salts.commit));
      it.words.emplace_back(as_text(salts.body));
    };
    for (const ledger::Stored& entry : ledger::entries_of(r, {"feedback", it.id.value}))
      if (!entry.before) keep(*ledger::salts_of(r, entry.id));
    // Of a protected case everything waits for the batch of its hour.
    for (const ledger::Waiting& each : ledger::waiting_of(r, {"feedback", it.id.value}))
      keep(*each.salts);
    it.words.emplace_back(as_text(*ledger::case_key_of(r, {"feedback", it.id.value})));
    return 0;
  });
}

std::vector<Planted> plant_all(Ground& ground, int count) {
  std::vector<Planted> all;
  for (int i = 0; i < count; ++i) {
    const bool is_protected = i % 3 == 2;
    all.push_back(ground.plant(i, is_protected));
    ground.now += std::chrono::minutes(1);
    // Not in their order, so that rows grow where others lie close.
    if (i % 2 == 1)
      for (const int each : {i, i - 1})
        ground.work_on(all[static_cast<std::size_t>(each)], each % 3 == 2);
    // What waited leaves its place for another: neither may keep anything afterwards.
    if (i == count / 2)
      feedback::join_batch(ground.database(), ground.random, ground.now + std::chrono::hours(1));
  }
  while (feedback::index_published(ground.database()) > 0) {
  }
  return all;
}

std::string missing_in(const std::string& bytes, const Planted& it) {
  std::string missing;
  for (const std::string& each : it.words)
    if (bytes.find(each) == std::string::npos)
      missing += (each.starts_with("zq") ? each : "secret") + " ";
  return missing;
}

std::string left_in(const std::string& bytes, const Planted& it) {
  std::string left;
  for (const std::string& each : it.words)
    if (bytes.find(each) != std::string::npos)
      left += (each.starts_with("zq") ? each : "secret") + " ";
  return left;
}
}  // namespace

TEST_CASE("what was erased stands in no file any more, and all else does") {
  Ground ground;
  std::vector<Planted> all = plant_all(ground, 24);
  test::take_samples(ground.data + "/langnghe.db");
  const std::string before = ground.all_bytes();
  for (const Planted& each : all) CHECK(missing_in(before, each) == "");
  std::vector<bool> is_erased(all.size(), false);
  for (const std::size_t i : {0U, 2U, 5U, 9U, 10U, 11U, 20U, 23U}) {
    is_erased[i] = true;
    REQUIRE(ground.erase(all[i]).ok());
    const Feedback now = ground.current(all[i]);
    CHECK(now.title + now.body + now.place + now.counter + now.dossier + now.public_title +
              now.public_body ==
          "");
  }
  CHECK(ground.owed() == 8);
  CHECK(destroy_erased(ground.database(), ground.now) == 8);
  CHECK(scrub_erased(ground.database()) == 8);
  CHECK(ground.owed() == 0);
  const std::string after = ground.all_bytes();
  for (std::size_t i = 0; i < all.size(); ++i) {
    CAPTURE(i);
    if (is_erased[i])
      CHECK(left_in(after, all[i]) == "");
    else
      CHECK(missing_in(after, all[i]) == "");
  }
  for (const ledger::Fault& each : ground.read(ledger::verify_all))
    FAIL_CHECK(each.id << ": " << each.what);
  // The rating goes on counting, without its words.
  const auto rating = ground.read([&](db::Read& r) { return satisfaction::find(r, all[0].id); });
  REQUIRE(rating.has_value());
  CHECK(rating->score == 4);
  CHECK(rating->text == "");
}

TEST_CASE("an erasure that was broken off anywhere is finished after the next start") {
  Ground ground;
  std::vector<Planted> all = plant_all(ground, 4);
  REQUIRE(ground.erase(all[0]).ok());
  ground.open_again();  // Between the request and the job.
  CHECK(ground.owed() == 1);
  // The transaction of the job fails at its end: nothing of it has happened.
  const auto fails = [&](db::Write& w, const db::Erasure&) -> Result<Done> {
    feedback::note_destroyed(w, all[0].id, ground.now);
    throw std::runtime_error("no");
  };
  CHECK_THROWS(static_cast<void>(ground.database().erase(fails)));
  CHECK(destroy_erased(ground.database(), ground.now) == 1);
  CHECK(destroy_erased(ground.database(), ground.now) == 0);
  ground.open_again();  // Between the job and the files.
  CHECK(ground.owed() == 1);
  CHECK(scrub_erased(ground.database()) == 1);
  CHECK(left_in(ground.all_bytes(), all[0]) == "");
  CHECK(ground.owed() == 0);
  CHECK(scrub_erased(ground.database()) == 0);
}

TEST_CASE("the index does not bring back what was erased before it came to it") {
  Ground ground;
  Planted it = ground.plant(0, false);
  Planted other = ground.plant(1, false);
  ground.work_on(it, false);
  ground.work_on(other, false);
  REQUIRE(ground.erase(it).ok());
  while (feedback::index_published(ground.database()) > 0) {
  }
  finish_erasures(ground.database(), ground.now);
  const auto found = [&](const Planted& each) {
    const std::vector<std::string> words = {word("public", static_cast<int>(each.id.value))};
    return ground.read([&](db::Read& r) {
      return feedback::search_index.find(r, db::TextIndex::Form::folded, words, 1'000'000, 10)
          .size();
    });
  };
  CHECK(found(it) == 0);
  CHECK(found(other) == 1);
  CHECK(left_in(ground.all_bytes(), it) == "");
}

TEST_CASE("what a backup brought back is erased again, and is counted apart") {
  Ground ground;
  std::vector<Planted> all = plant_all(ground, 2);
  const auto again = [&] {
    const ledger::Salts salts = ledger::draw(ground.random);
    return ground.write(
        [&](db::Write& w) { return feedback::erase_again(w, *all[1].code, salts, ground.now); });
  };
  REQUIRE(again().ok());
  CHECK(again().error().text.name() == "feedback.error.erased");
  finish_erasures(ground.database(), ground.now);
  CHECK(left_in(ground.all_bytes(), all[1]) == "");
  CHECK(ground.current(all[1]).erased_because == feedback::ErasedBecause::replayed);
  // It was answered and not closed; the reason says why nobody signed for the sender.
  const auto audit = ground.read([](db::Read& r) { return ledger::audit(r, {}); });
  for (const ledger::Fault& each : audit.faults) FAIL_CHECK(each.id << ": " << each.what);
  CHECK(audit.replayed == 1);
}

TEST_CASE("the doctor says what is still owed to erasures, and since when it is stuck") {
  Ground ground;
  const Planted first = ground.plant(1, false), second = ground.plant(2, true);
  const auto found = [&](std::chrono::minutes later) {
    const db::Options where = test::on_engine({.path = ground.data + "/langnghe.db"});
    DoctorWish wish{.data = ground.data, .listen = "127.0.0.1:0", .quick = true};
    wish.now = ground.now + later;
    wish.url = where.url;
    if (!where.url.empty()) wish.schema = where.schema;
    for (const Finding& each : examine(wish))
      if (each.check == "erasures")
        return std::string(to_text(each.level)) + ": " +
               each.said.in(i18n::Voice(i18n::Language::en));
    return std::string("nothing");
  };
  using std::chrono::hours, std::chrono::minutes;
  const auto begins = [&](minutes later, std::string_view with) {
    const std::string said = found(later);
    INFO(said);
    return said.starts_with(with);
  };
  CHECK(found(minutes(0)) == "fine: Erased feedback: nothing is left to destroy.");
  REQUIRE(ground.erase(first).ok());
  REQUIRE(ground.erase(second).ok());
  CHECK(begins(minutes(1), "hint: "));
  CHECK(found(minutes(1)).find("what opens the ledger, of 2; traces") != std::string::npos);
  const i18n::Voice voice(i18n::Language::en);
  const std::string shown = voice.time(ground.now) + " " + voice.date(local_day(ground.now));
  CHECK(begins(minutes(3), "warning: Since " + shown));
  destroy_erased(ground.database(), ground.now);
  CHECK(found(hours(25)).find("the ledger, of 0; traces in the files of the database, of 2") !=
        std::string::npos);
  CHECK(begins(hours(25), "hint: "));
  CHECK(begins(hours(27), "warning: "));
  scrub_erased(ground.database());
  CHECK(begins(hours(27), "fine: "));
}

}  // namespace ln::app
