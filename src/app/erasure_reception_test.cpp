// An erased turn of citizen reception, down to the bytes of the files, on a city as serve has it.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "app/city.h"
#include "app/erasure.h"
#include "app/told_check.h"
#include "base/log.h"
#include "core/people/people_actions.h"
#include "core/people/people_session.h"
#include "core/people/people_store.h"
#include "core/units/units_store.h"
#include "feature/reception/reception_actions.h"
#include "feature/reception/reception_jobs.h"
#include "test/every_byte.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::app {
namespace {

using people::Role;

// A ward that has received two people: everything that can be written was written, each word
// unmistakable, and one of them has contested.
struct Received {
  test::Folder place;
  std::string data = (place.path / "data").string();
  SeededRandom random{test::apart(62)};
  Instant now = test::monday;
  std::unique_ptr<City> city;
  reception::ReceptionId id{};
  std::vector<std::pair<reception::Turn, std::string>> turns{};

  db::Database& database() { return city->database(); }
  people::Officer officer(const std::string& login) {
    const std::string token = login + " at " + std::to_string(to_ms(now));
    test::write(database(), [&](db::Write& w) {
      if (!people::find_session(w, people::hash_of(token))) {
        const auto account = people::find_account(w, login);
        REQUIRE(account.has_value());
        REQUIRE(people::open_session(w, account->id, token, now).ok());
      }
    });
    const auto staff = database().read(
        [&](db::Read& r) { return people::SignIn::staff_of(r, people::hash_of(token), now, now); });
    return *people::Officer::of(*staff);
  }
  template <class Body>
  auto write(Body body) {
    auto done = test::write(database(), std::move(body));
    REQUIRE(done.ok());
    return std::move(done).value();
  }

  Received() {
    log::set_least(log::Level::error);
    const db::Options where = test::on_engine({.path = data + "/langnghe.db"});
    CityOptions options{.folder = data, .sync_full = false, .clock = [this] { return now; }};
    options.url = where.url;
    if (!where.url.empty()) options.schema = where.schema;
    city = std::make_unique<City>(options, random);
    std::optional<units::Unit> top, ward;
    test::write(database(), [&](db::Write& w) {
      const auto add = [&](const char* code, units::Kind kind, const units::Unit* parent) {
        return units::insert(w, {.code = code,
                                 .valid_from = Day{std::chrono::days(0)},
                                 .name = std::string("Đơn vị ") + code,
                                 .kind = kind,
                                 .type = "Phường",
                                 .parent = parent});
      };
      top = add("01", units::Kind::city, nullptr);
      ward = add("P1", units::Kind::commune, &*top);
      for (const auto& [login, role, unit] :
           {std::tuple("head", Role::head, &*ward), std::tuple("clerk", Role::clerk, &*ward),
            std::tuple("above", Role::head, &*top)}) {
        const auto account =
            people::add_account(w, {.login = login, .name = login, .password_hash = "none"}, now);
        REQUIRE(people::grant(w, account.value(), role, unit->id, now).ok());
      }
    });
    const auto made = reception::prepare(officer("head"), *ward,
                                         {.receiver = "Chủ tịch",
                                          .place = "Phòng tiếp công dân",
                                          .rhythm = reception::Rhythm::once,
                                          .first = local_day(now) + std::chrono::days(2),
                                          .from = std::chrono::hours(8),
                                          .to = std::chrono::hours(9),
                                          .turn_minutes = 20,
                                          .places = 3},
                                         now);
    REQUIRE(made.ok());
    const auto days = write([&](db::Write& w) { return reception::announce(w, made.value()); });
    id = days.front().id;
    for (const char* n : {"1", "2"}) book(n);
    now = days.front().starts_at;
    const people::Officer clerk = officer("clerk");
    write([&](db::Write& w) {
      return reception::hold_day(w, {clerk, id, reception::find(w, id)->revision, now});
    });
    for (std::size_t n = 0; n < 2; ++n) talk(n, std::to_string(n + 1));
  }
  void book(const std::string& n) {
    const auto prepared = database().read([&](db::Read& r) {
      return reception::prepare_booking(r, id,
                                        {.about = "Chuyện là zqviec" + n + "zq",
                                         .name = "zqten" + n + "zq",
                                         .contact = "zqthu" + n + "zq@thu.example",
                                         .way = "person"},
                                        random, now);
    });
    REQUIRE(prepared.ok());
    const auto booked =
        write([&](db::Write& w) { return reception::book(w, prepared.value(), now); });
    turns.emplace_back(booked.turn, prepared.value().secret);
  }
  reception::TurnAct by(std::size_t n, const std::string& login) {
    const auto turn =
        database().read([&](db::Read& r) { return reception::find_turn(r, turns[n].first.id); });
    return {officer(login), id, *turn->code, turn->revision, ledger::draw(random), now};
  }
  reception::HolderAct holder(std::size_t n) {
    return {people::Citizen(turns[n].second), *turns[n].first.code, ledger::draw(random), now};
  }
  void talk(std::size_t n, const std::string& mark) {
    const auto logs = by(n, "clerk");
    write([&](db::Write& w) {
      return reception::enter(w, logs,
                              {.presence = "came",
                               .sort = "report",
                               .outcome = "written",
                               .summary = "Người dân nói rằng zqloi" + mark + "zq"});
    });
    const auto answers = by(n, "head");
    write([&](db::Write& w) {
      return reception::give_result(w, answers, "Đã nhận việc, làm xong zqvan" + mark + "zq");
    });
    const auto says = holder(n);
    write([&](db::Write& w) {
      return reception::contest(w, says, "Không đúng zqsai" + mark + "zq");
    });
    const auto decides = by(n, "above");
    write([&](db::Write& w) {
      return reception::decide(w, decides, reception::Ruling::stands, "Giữ zqxu" + mark + "zq");
    });
  }
  std::string all_bytes() {
    if (!test::is_on_postgres()) return place.bytes();
    test::tamper(data + "/langnghe.db", "CHECKPOINT");
    return place.bytes() + test::bytes_below(test::folder_of_server() + "/data/base");
  }
  static std::string found_of(const std::string& bytes, const char* n) {
    std::string found;
    for (const char* word : {"zqviec", "zqten", "zqthu", "zqloi", "zqvan", "zqsai", "zqxu"})
      if (bytes.find(std::string(word) + n + "zq") != std::string::npos)
        found += std::string(word) + " ";
    return found;
  }
};

constexpr const char* all_planted = "zqviec zqten zqthu zqloi zqvan zqsai zqxu ";

}  // namespace

TEST_CASE("an erased turn of reception stands in no file of the machine any more") {
  Received ward;
  test::take_samples(ward.data + "/langnghe.db");
  const std::string before = ward.all_bytes();
  CHECK(Received::found_of(before, "1") == all_planted);
  CHECK(Received::found_of(before, "2") == all_planted);
  const auto act = ward.holder(0);
  ward.write([&](db::Write& w) { return reception::erase(w, act); });
  finish_erasures(ward.database(), ward.now);
  const std::string after = ward.all_bytes();
  CHECK(Received::found_of(after, "1") == "");
  CHECK(Received::found_of(after, "2") == all_planted);
  CHECK(ward.database().read(ledger::verify_all).empty());
  CHECK(ward.database().read(check_told).empty());
}

TEST_CASE("of a turn that turns out to be a denunciation no word stays in any file") {
  Received ward;
  const auto logs = ward.by(0, "clerk");
  ward.write([&](db::Write& w) {
    return reception::enter(w, logs,
                            {.presence = "came", .sort = "denunciation", .outcome = "lawful"});
  });
  finish_erasures(ward.database(), ward.now);
  const std::string after = ward.all_bytes();
  CHECK(Received::found_of(after, "1") == "");
  CHECK(Received::found_of(after, "2") == all_planted);
  CHECK(ward.database().read(check_told).empty());
}

TEST_CASE("ninety days after the end the clock takes the words of a turn out of every file") {
  Received ward;
  ward.now += reception::words_kept;
  CHECK(reception::forget_words(ward.database(), ward.random, ward.now) == 0);
  ward.now += std::chrono::seconds(1);
  CHECK(reception::forget_words(ward.database(), ward.random, ward.now) == 2);
  finish_erasures(ward.database(), ward.now);
  const std::string after = ward.all_bytes();
  CHECK(Received::found_of(after, "1") == "");
  CHECK(Received::found_of(after, "2") == "");
  CHECK(ward.database().read(ledger::verify_all).empty());
  CHECK(ward.database().read(check_told).empty());
}

}  // namespace ln::app
