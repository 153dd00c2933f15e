// Texts that are held (complaints, denunciations), and cases that turned out to be such: what their
// erasure and their sealing leave behind, down to the bytes of the files.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "app/city.h"
#include "app/erasure.h"
#include "core/attachment/attachment_store.h"
#include "core/ledger/ledger_store_waiting.h"
#include "core/ledger/ledger_verify.h"
#include "core/notice/notice_store.h"
#include "core/people/people_actions.h"
#include "core/people/people_seal.h"
#include "core/people/people_session.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_held.h"
#include "feature/feedback/feedback_jobs.h"
#include "feature/feedback/feedback_store_erase.h"
#include "feature/feedback/feedback_store_search.h"
#include "feature/feedback/feedback_store_watch.h"
#include "test/every_byte.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::app {
namespace {

using feedback::ErasedBecause;
using feedback::Feedback;
using people::Role;

constexpr std::array ways = {notice::Way::mail, notice::Way::message};

// A city in files, with an ombudsman and a head, and the keys of three holders.
struct HeldGround {
  test::Folder place;
  std::string data = (place.path / "data").string();
  SeededRandom random{test::apart(51)};
  Instant now = test::monday;
  std::unique_ptr<City> city;
  std::vector<people::KeyPair> keys;

  db::Database& database() { return city->database(); }
  template <class Body>
  auto write(Body body) {
    return test::write(database(), std::move(body));
  }
  template <class Body>
  auto read(Body body) {
    return database().read(std::move(body));
  }

  HeldGround() {
    log::set_least(log::Level::error);
    const db::Options where = test::on_engine({.path = data + "/langnghe.db"});
    CityOptions options{.folder = data, .sync_full = false, .clock = [this] { return now; }};
    options.url = where.url;
    if (!where.url.empty()) options.schema = where.schema;
    city = std::make_unique<City>(options, random);
    for (int i = 0; i < 3; ++i) keys.push_back(people::make_key_pair(random));
    write([&](db::Write& w) {
      const auto top = add_unit(w, "01", units::Kind::city, nullptr);
      const auto ward = add_unit(w, "P1", units::Kind::commune, &top);
      add_staff(w, "head", Role::head, ward);
      add_staff(w, "omb", Role::ombudsman, top);
      for (const char slot : {'A', 'B', 'C'})
        REQUIRE(people::install_holder(w,
                                       {slot, std::string(1, slot),
                                        keys[static_cast<std::size_t>(slot - 'A')].public_key},
                                       now)
                    .ok());
    });
  }

  static units::Unit add_unit(db::Write& w,
                              const char* code,
                              units::Kind kind,
                              const units::Unit* parent) {
    return units::insert(w, {.code = code,
                             .valid_from = Day{std::chrono::days(0)},
                             .name = std::string("Phường ") + code,
                             .kind = kind,
                             .type = "Phường",
                             .parent = parent});
  }
  void add_staff(db::Write& w, const std::string& login, Role role, const units::Unit& unit) {
    const auto id =
        people::add_account(w, {.login = login, .name = login, .password_hash = "none"}, now);
    REQUIRE(people::grant(w, id.value(), role, unit.id, now).ok());
    REQUIRE(people::open_session(w, id.value(), "token-of-" + login, now).ok());
  }
  people::Staff staff(const std::string& login) {
    return *read([&](db::Read& r) {
      return people::SignIn::staff_of(r, people::hash_of("token-of-" + login), now, now);
    });
  }
  // All that a thief of the disk has; of PostgreSQL this folder does not have the tables.
  std::string bytes() const { return place.bytes(); }
};

// Something that stands nowhere else, and is of no pattern that a packer could shorten.
std::string planted_word(const char* what, int number) {
  return std::string("zk") + what + "y" + std::to_string(2000 + number) + "zk";
}

struct PlantedText {
  std::string secret{};
  std::optional<feedback::Code> code{};
  std::vector<std::string> words{};
};

std::string still_there(const std::string& bytes, const PlantedText& it) {
  std::string found;
  for (const std::string& each : it.words)
    if (bytes.find(each) != std::string::npos)
      found += (each.starts_with("zk") ? each : "secret") + " ";
  return found;
}

attachment::Prepared paper(const std::string& name, const std::string& bytes, Random& random) {
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

// A denunciation with everything that can stand in it: text, answers, files, a reading.
PlantedText plant_held(HeldGround& ground, int number) {
  PlantedText made;
  const auto say = [&](const char* what) {
    made.words.push_back(planted_word(what, number));
    return made.words.back();
  };
  feedback::Typed typed;
  typed.about = "conduct";
  typed.unit = "P1";
  typed.title = "Tố cáo " + say("title");
  typed.body = "Nhận tiền " + say("body");
  typed.place = say("place");
  typed.dossier = say("dossier");
  typed.contact = say("never");  // left out, so nowhere from the beginning
  made.words.pop_back();
  auto ready = ground.read([&](db::Read& r) {
    return feedback::prepare_held(r, typed, feedback::Sort::denunciation, ground.random,
                                  ground.now);
  });
  REQUIRE(ready.ok());
  const auto sent = ground.write(
      [&](db::Write& w) { return feedback::submit_held(w, ready.value(), ground.now); });
  REQUIRE(sent.ok());
  made.secret = ready.value().secret;
  made.code = sent.value().held.code;
  const attachment::Owner here{"feedback_held", sent.value().held.id.value};
  const auto file = paper(say("file") + ".pdf",
                          "%PDF-1.4 " + say("bytes") + as_text(ground.random.bytes<9000>()).data(),
                          ground.random);
  ground.write([&](db::Write& w) { attachment::store(w, here, file, ground.now); });
  const auto read = ground.write([&](db::Write& w) {
    return feedback::read_held(w, *people::Ombudsman::of(ground.staff("omb")), *made.code,
                               "Tòa án yêu cầu " + say("reason"), ledger::draw(ground.random),
                               ground.now);
  });
  REQUIRE(read.ok());
  ground.read([&](db::Read& r) {
    for (const ledger::Waiting& each : ledger::waiting_of(r, {"feedback_held", here.id})) {
      made.words.emplace_back(as_text(each.salts->commit));
      made.words.emplace_back(as_text(each.salts->body));
    }
    return 0;
  });
  return made;
}

Result<feedback::Held> erase_by_sender(HeldGround& ground, const PlantedText& it) {
  const feedback::CitizenAct act{.citizen = people::Citizen(it.secret),
                                 .code = *it.code,
                                 .salts = ledger::draw(ground.random),
                                 .now = ground.now,
                                 .text = {}};
  return ground.write([&](db::Write& w) { return feedback::erase_held(w, act); });
}

std::optional<ErasedBecause> listed_as(HeldGround& ground, const feedback::Code& code) {
  for (const feedback::Erased& each : ground.read(feedback::all_erased))
    if (each.code == code) return each.because;
  return std::nullopt;
}

}  // namespace

TEST_CASE("a held text that was erased stands in no file any more, and its neighbour does") {
  HeldGround ground;
  std::vector<PlantedText> all;
  for (int i = 0; i < 6; ++i) all.push_back(plant_held(ground, i));
  feedback::join_batch(ground.database(), ground.random, ground.now + std::chrono::hours(1));
  for (int i = 6; i < 8; ++i) all.push_back(plant_held(ground, i));
  const std::string before = ground.bytes();
  CHECK(before.find(planted_word("never", 0)) == std::string::npos);
  const auto count_in = [](const std::string& bytes, const PlantedText& it) {
    return std::ranges::count_if(
        it.words, [&](const std::string& each) { return bytes.find(each) != std::string::npos; });
  };
  if (!test::is_on_postgres())
    for (const PlantedText& each : all) CHECK(count_in(before, each) == std::ssize(each.words));
  for (const std::size_t i : {0U, 3U, 7U}) REQUIRE(erase_by_sender(ground, all[i]).ok());
  CHECK(ground.read(feedback::count_owed) == 3);
  CHECK(destroy_erased(ground.database(), ground.now) == 3);
  CHECK(ground.read(feedback::owed).traces == 3);
  CHECK(scrub_erased(ground.database()) == 3);
  CHECK(ground.read(feedback::count_owed) == 0);
  const std::string after = ground.bytes();
  for (const std::size_t i : {0U, 3U, 7U}) CHECK(still_there(after, all[i]) == "");
  if (!test::is_on_postgres()) CHECK(count_in(after, all[1]) == std::ssize(all[1].words));
  CHECK(ground.read([](db::Read& r) { return ledger::verify_all(r).size(); }) == 0);
}

TEST_CASE("an erased held text is on the list to replay, and is erased again after a restore") {
  HeldGround ground;
  const PlantedText gone = plant_held(ground, 1), back = plant_held(ground, 2);
  REQUIRE(erase_by_sender(ground, gone).ok());
  CHECK(listed_as(ground, *gone.code) == ErasedBecause::by_sender);
  CHECK_FALSE(listed_as(ground, *back.code));
  // What a restore brought back is there whole, and its code stands on the list from before.
  const auto again = [&] {
    const ledger::Salts salts = ledger::draw(ground.random);
    return ground.write(
        [&](db::Write& w) { return feedback::erase_held_again(w, *back.code, salts, ground.now); });
  };
  REQUIRE(again().ok());
  CHECK(again().error().text.name() == "feedback.error.erased");
  CHECK(listed_as(ground, *back.code) == ErasedBecause::replayed);
  finish_erasures(ground.database(), ground.now);
  CHECK(still_there(ground.bytes(), back) == "");
  feedback::join_batch(ground.database(), ground.random, ground.now + std::chrono::hours(1));
  const auto audit = ground.read([](db::Read& r) { return ledger::audit(r, {}); });
  CHECK(audit.faults.empty());
  CHECK(audit.replayed == 1);
  const feedback::Code unknown = *feedback::Code::parse("22222222");
  const ledger::Salts salts = ledger::draw(ground.random);
  const auto none = ground.write(
      [&](db::Write& w) { return feedback::erase_held_again(w, unknown, salts, ground.now); });
  CHECK(none.error().kind == ErrorKind::not_found);
}

namespace {

struct Turned {
  Feedback feedback;
  std::string contact;
};

// A published case with a plain contact that its office finds to be a denunciation.
Turned turn(HeldGround& ground, bool is_sealed) {
  Turned made{.feedback = {.code = *feedback::Code::parse("22222222")},
              .contact = planted_word("mail", is_sealed ? 1 : 2) + "@vi.example"};
  feedback::Typed typed;
  typed.about = "place";
  typed.unit = "P1";
  typed.title = "Lấn vỉa hè";
  typed.body = "Ông chủ tịch nhận tiền để lờ đi " + planted_word("open", 1);
  typed.contact = "chị Hoa " + made.contact;
  typed.is_public = true;
  const auto ready = ground.read(
      [&](db::Read& r) { return feedback::prepare(r, typed, ground.random, ground.now); });
  REQUIRE(ready.ok());
  const auto sent =
      ground.write([&](db::Write& w) { return feedback::submit(w, ready.value(), ground.now); });
  REQUIRE(sent.ok());
  made.feedback = sent.value().feedback;
  const auto by_head = [&] {
    return feedback::OfficerAct{
        .officer = *people::Officer::of(ground.staff("head")),
        .code = made.feedback.code,
        .revision =
            ground.read([&](db::Read& r) { return feedback::find(r, made.feedback.id); })->revision,
        .salts = ledger::draw(ground.random),
        .now = ground.now};
  };
  const auto shown = by_head();
  REQUIRE(
      ground
          .write([&](db::Write& w) { return feedback::publish(w, shown, typed.title, typed.body); })
          .ok());
  while (feedback::index_published(ground.database()) > 0) {
  }
  const std::string sealed = ground.read([&](db::Read& r) {
    return is_sealed ? feedback::sealed_contact(r, made.feedback.id, ground.random) : std::string();
  });
  const auto act = by_head();
  const auto declined = ground.write([&](db::Write& w) {
    return feedback::decline(w, act, feedback::DeclineReason::denunciation,
                             "Đây là tố cáo, xin gửi Thanh tra thành phố theo Luật Tố cáo.",
                             sealed);
  });
  REQUIRE(declined.ok());
  made.feedback = declined.value();
  return made;
}

}  // namespace

TEST_CASE("a case that turns out to be a denunciation keeps no plain contact, in no file") {
  HeldGround ground;
  const Turned it = turn(ground, true);
  const auto contact =
      ground.read([&](db::Read& r) { return feedback::contact_of(r, it.feedback.id); });
  REQUIRE(contact);
  CHECK(contact->plain.empty());
  CHECK(contact->is_sealed());
  // Its sender is told once more, and until that letter has left the traces are owed.
  const Instant later = ground.now + std::chrono::hours(1);
  auto letters = ground.read([&](db::Read& r) { return notice::due(r, later, ways, 10); });
  REQUIRE_FALSE(letters.empty());
  CHECK(letters.back().notice.kind == "feedback.declined");
  CHECK(scrub_erased(ground.database()) == 0);
  CHECK(ground.read(feedback::count_owed) == 1);
  if (!test::is_on_postgres()) CHECK(ground.bytes().find(it.contact) != std::string::npos);
  ground.write([&](db::Write& w) {
    for (const notice::Outgoing& each : letters) notice::mark_sent(w, each.notice.id, later);
  });
  CHECK(scrub_erased(ground.database()) == 1);
  CHECK(ground.read(feedback::count_owed) == 0);
  CHECK(ground.bytes().find(it.contact) == std::string::npos);
  // The text itself is kept; the ombudsman finds the case among the sealed ones, and two holders
  // open what one alone cannot.
  const auto listed = ground.read([](db::Read& r) { return feedback::sealed_cases(r, 0, 10); });
  REQUIRE(listed.size() == 1);
  CHECK(listed[0].id == it.feedback.id);
  const auto first = people::peel(contact->sealed, ground.keys[0]);
  REQUIRE(first.ok());
  CHECK_FALSE(first.value().text);
  const auto second = people::peel(first.value().sealed, ground.keys[1]);
  REQUIRE(second.ok());
  CHECK(second.value().text == "chị Hoa " + it.contact);
}

TEST_CASE("without three holders nothing is kept of how to reach the sender of a turned case") {
  HeldGround ground;
  const Turned it = turn(ground, false);
  CHECK_FALSE(ground.read([&](db::Read& r) { return feedback::contact_of(r, it.feedback.id); }));
  CHECK(ground.read(feedback::count_owed) == 1);
}

TEST_CASE("an erasure right after a case was turned is still owed whole") {
  HeldGround ground;
  const Turned it = turn(ground, true);
  ground.write([&](db::Write& w) {
    feedback::empty_words(w, it.feedback.id, ground.now, ErasedBecause::by_sender);
  });
  const auto owed = ground.read([](db::Read& r) { return feedback::owed_destruction(r, 10); });
  CHECK(owed == std::vector{it.feedback.id});
  // A scrub that began before it takes nothing from what it owes.
  ground.write([&](db::Write& w) { feedback::note_scrubbed(w, it.feedback.id); });
  CHECK(ground.read(feedback::count_owed) == 1);
}

}  // namespace ln::app
