// An erased file of a household, down to the bytes of the files, on a city as serve has it.
#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "app/city.h"
#include "app/erasure.h"
#include "base/log.h"
#include "core/ledger/ledger_verify.h"
#include "core/people/people_actions.h"
#include "core/people/people_code.h"
#include "core/people/people_session.h"
#include "core/people/people_store.h"
#include "core/units/units_store.h"
#include "feature/project/project_actions.h"
#include "feature/project/project_actions_household.h"
#include "feature/project/project_actions_reissue.h"
#include "test/every_byte.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::app {
namespace {

using people::Role;

struct Cleared {
  test::Folder place;
  std::string data = (place.path / "data").string();
  SeededRandom random{test::apart(40)};
  Instant now = test::monday;
  std::unique_ptr<City> city;
  project::ProjectId id{};
  std::vector<project::Letter> letters{};

  db::Database& database() { return city->database(); }
  people::Officer officer(const std::string& login) {
    const auto staff = database().read([&](db::Read& r) {
      return people::SignIn::staff_of(r, people::hash_of("token-of-" + login), now, now);
    });
    return *people::Officer::of(*staff);
  }
  project::OfficeAct act(const std::string& login) {
    const auto p = database().read([&](db::Read& r) { return project::find(r, id); });
    return {.officer = officer(login),
            .id = id,
            .revision = p ? p->revision : 0,
            .salts = ledger::draw(random),
            .now = now};
  }
  template <class Body>
  auto write(Body body) {
    auto done = test::write(database(), std::move(body));
    REQUIRE(done.ok());
    return std::move(done).value();
  }

  Cleared() {
    log::set_least(log::Level::error);
    const db::Options where = test::on_engine({.path = data + "/langnghe.db"});
    CityOptions options{.folder = data, .sync_full = false, .clock = [this] { return now; }};
    options.url = where.url;
    if (!where.url.empty()) options.schema = where.schema;
    city = std::make_unique<City>(options, random);
    std::optional<units::Unit> ward;
    test::write(database(), [&](db::Write& w) {
      ward = units::insert(w, {.code = "01",
                               .valid_from = Day{std::chrono::days(0)},
                               .name = "Thành phố Hà Nội",
                               .kind = units::Kind::city,
                               .type = "Thành phố"});
      for (const auto& [login, role] :
           {std::pair("head", Role::head), std::pair("handler", Role::handler),
            std::pair("clerk", Role::clerk)}) {
        const auto account =
            people::add_account(w, {.login = login, .name = login, .password_hash = "none"}, now);
        REQUIRE(people::grant(w, account.value(), role, ward->id, now).ok());
        REQUIRE(
            people::open_session(w, account.value(), std::string("token-of-") + login, now).ok());
      }
    });
    begin(*ward);
  }
  void begin(const units::Unit& ward) {
    project::ItemTyped item{.kind = project::ItemKind::decision,
                            .document = "1207/QĐ-UBND",
                            .title = "Quyết định phê duyệt dự án",
                            .text = "Phê duyệt dự án mở rộng đường Ven Sông.",
                            .dated_on = local_day(now)};
    const auto made = project::prepare(officer("head"), ward,
                                       {.name_vi = "Mở rộng đường Ven Sông",
                                        .summary = "Mở rộng đường từ 7 m lên 21 m.",
                                        .decision = item},
                                       random, now);
    REQUIRE(made.ok());
    id = write([&](db::Write& w) { return project::announce(w, made.value()); }).id;
    item.kind = project::ItemKind::prices;
    item.text = "ONT; Đất ở nông thôn; 12.000.000";
    const auto publishes = act("head");
    write([&](db::Write& w) { return project::publish(w, publishes, item); });
    std::string text = "ho,chu_ho,dia_chi,thua_dat,dien_tich,loai_dat,vat_kien_truc,ho_tro\n";
    for (const char* n : {"1", "2"})
      text += std::string("zqso") + n + "zq,zqten" + n + "zq,zqcho" + n + "zq,zqthua" + n +
              "zq,100,ONT,1,2\n";
    const auto prices =
        database().read([&](db::Read& r) { return project::prices_in_force(r, id); });
    const auto takes = act("clerk");
    const auto p = database().read([&](db::Read& r) { return project::find(r, id); });
    const auto drawn =
        project::prepare_letters(takes, *p, project::read_file(text, prices, {}).value(), random);
    letters = write([&](db::Write& w) { return project::take_in(w, takes, drawn.value()); });
    const auto opens = act("head");
    write([&](db::Write& w) {
      return project::open_round(w, opens, local_day(now) + std::chrono::days(10));
    });
    for (std::size_t n = 0; n < 2; ++n) {
      const auto first = by(n);
      letters[n].secret = people::draw_secret(random);
      const auto key = people::Citizen(letters[n].secret).key().public_key();
      write([&](db::Write& w) { return project::change_secret(w, first, key); });
      talk(n);
    }
  }
  project::HouseholdAct by(std::size_t n) {
    return {.citizen = people::Citizen(letters[n].secret),
            .code = *letters[n].household.code,
            .salts = ledger::draw(random),
            .now = now};
  }
  // A question that was answered and another that waits.
  void talk(std::size_t n) {
    const std::string mark = std::to_string(n + 1) + "zq";
    const auto first = by(n);
    const project::Asking asked{
        .seq = 1, .body = "Đo thiếu zqhoi" + mark, .question = project::Code::draw(random)};
    const auto question = write([&](db::Write& w) { return project::ask(w, first, asked); });
    project::Answer given{.code = *question.code, .words = "Đã đo lại rồi zqdap" + mark};
    given.after = letters[n].lines.front().amounts;
    given.after->area += 50;
    const auto answers = act("handler");
    write([&](db::Write& w) { return project::answer(w, answers, given); });
    const auto second = by(n);
    const project::Asking waits{
        .seq = 0, .body = "Câu còn chờ zqcho" + mark, .question = project::Code::draw(random)};
    write([&](db::Write& w) { return project::ask(w, second, waits); });
    // And a letter that was asked for.
    const auto prints = act("clerk");
    const project::Asked lost{
        .number = "zqso" + mark,
        .reason = "Chủ hộ báo mất thư zqlydo" + mark,
        .key = people::Citizen(people::draw_secret(random)).key().public_key()};
    write([&](db::Write& w) { return project::reissue(w, prints, lost); });
  }
  std::string all_bytes() {
    if (!test::is_on_postgres()) return place.bytes();
    test::tamper(data + "/langnghe.db", "CHECKPOINT");
    return place.bytes() + test::bytes_below(test::folder_of_server() + "/data/base");
  }
  static std::string found_of(const std::string& bytes, const char* n) {
    std::string found;
    for (const char* word : {"zqso", "zqten", "zqcho", "zqthua", "zqhoi", "zqdap", "zqlydo"})
      if (bytes.find(std::string(word) + n + "zq") != std::string::npos)
        found += std::string(word) + " ";
    return found;
  }
};

}  // namespace

TEST_CASE("an erased file of a household stands in no file of the machine any more") {
  Cleared ground;
  test::take_samples(ground.data + "/langnghe.db");
  const std::string all = "zqso zqten zqcho zqthua zqhoi zqdap zqlydo ";
  const std::string before = ground.all_bytes();
  CHECK(Cleared::found_of(before, "1") == all);
  CHECK(Cleared::found_of(before, "2") == all);
  const auto act = ground.by(0);
  ground.write([&](db::Write& w) { return project::erase(w, act); });
  finish_erasures(ground.database(), ground.now);
  const std::string after = ground.all_bytes();
  CHECK(Cleared::found_of(after, "1") == "");
  CHECK(Cleared::found_of(after, "2") == all);
  CHECK(ground.database().read(ledger::verify_all).empty());
}

}  // namespace ln::app
