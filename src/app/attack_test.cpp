#include "app/attack.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "app/arguments.h"
#include "app/sample.h"
#include "base/log.h"
#include "platform/db/db_forge.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::app {
namespace {

// Every file with its bytes and the moment it was last written.
auto contents(const std::filesystem::path& folder) {
  std::map<std::string, std::pair<std::string, std::filesystem::file_time_type>> all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    all[entry.path().string()] = {std::string(std::istreambuf_iterator<char>(file), {}),
                                  entry.last_write_time()};
  }
  return all;
}

}  // namespace

TEST_CASE("each attack of the sample is really carried out, and exposed by everybody named") {
  log::set_least(log::Level::error);
  const Attacked all = play_attacks({.now = test::monday});
  CHECK(all.before.size() == 2);
  REQUIRE(all.attacks.size() == 6);
  std::size_t onlookers = 0;
  for (const Attack& attack : all.attacks) {
    INFO(attack.name);
    CHECK(attack.carried_out);
    CHECK(!attack.done.empty());
    for (const Onlooker& onlooker : attack.onlookers) {
      INFO(onlooker.sees.in(i18n::Voice(i18n::Language::en)));
      CHECK(onlooker.noticed);
    }
    onlookers += attack.onlookers.size();
    CHECK(attack.is_exposed());
  }
  CHECK(onlookers == 14);
  CHECK(status_of(all.attacks) == 0);
}

TEST_CASE("the attacks read a given sample and leave it as it is") {
  log::set_least(log::Level::error);
  const test::Folder folder;
  const std::string data = (folder.path / "city").string();
  make_sample({.folder = data, .case_count = 20, .seed = 5, .now = test::monday});
  const auto before = contents(folder.path);
  REQUIRE(before.size() > 3);
  const Attacked all = play_attacks({.data = data, .only = "delete", .now = test::monday});
  REQUIRE(all.attacks.size() == 1);
  CHECK(all.attacks[0].name == "delete");
  CHECK(all.attacks[0].is_exposed());
  CHECK(contents(folder.path) == before);
  // A real city is not played with, and neither is one that does not fit itself.
  std::filesystem::remove(data + "/sample");
  CHECK_THROWS_AS(play_attacks({.data = data, .now = test::monday}), Misuse);
  CHECK_THROWS_AS(play_attacks({.data = data + "/nowhere", .now = test::monday}), Misuse);
  CHECK_THROWS_AS(play_attacks({.only = "bribe", .now = test::monday}), Misuse);
}

TEST_CASE("an attack that goes unnoticed, or did not happen, is a failure") {
  Attack attack{.name = "x", .title = "attack.fork.title"_t, .carried_out = true};
  attack.onlookers = {{"attack.by.reader"_t, {"attack.fork.alone"_t}, true},
                      {"attack.by.witness"_t, {"attack.fork.alone"_t}, true}};
  CHECK(status_of({attack}) == 0);
  Attack unnoticed = attack, imagined = attack, unwatched = attack;
  unnoticed.onlookers[1].noticed = false;
  imagined.carried_out = false;
  unwatched.onlookers.clear();
  for (const Attack& bad : {unnoticed, imagined, unwatched}) CHECK(status_of({attack, bad}) == 1);
  CHECK(status_of({}) == 1);
}

TEST_CASE("nobody forges in a database that is not marked as thrown away") {
  log::set_least(log::Level::error);
  const test::Folder folder;
  const std::string data = (folder.path / "city").string();
  make_sample({.folder = data, .case_count = 20, .seed = 5, .now = test::monday});
  const auto before = contents(folder.path);
  CHECK_THROWS_AS(db::forge(data + "/langnghe.db", "DELETE FROM feedback"), db::Failure);
  CHECK(contents(folder.path) == before);
}

}  // namespace ln::app
