#include "app/second_place.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "app/doctor.h"
#include "core/ledger/ledger_alarm.h"
#include "platform/file/file.h"
#include "test/city_on_disk.h"
#include "test/wire.h"

namespace ln::app {
namespace {

namespace fs = std::filesystem;
using test::says;

struct Elsewhere : test::CityOnDisk {
  std::string far = (place.path / "far" / "head").string();
  Elsewhere() {
    close();
    fs::create_directory(place.path / "far");
  }
  // As `serve --second NAMED` does. What it was refused with; empty: it was opened.
  std::string start(const std::string& named) {
    close();
    try {
      city = std::make_unique<City>(
          CityOptions{.folder = data, .second = named, .clock = [this] { return now; }}, random);
      return "";
    } catch (const db::Failure& failure) {
      return failure.what();
    }
  }
  // Everything in the data folder as it was at `copy`, as a snapshot of a machine gives it back.
  void take_back(const std::string& copy) {
    close();
    fs::remove_all(data);
    fs::copy(copy, data, fs::copy_options::recursive);
  }
};

}  // namespace

TEST_CASE("a whole folder that is taken back is found by the second file elsewhere") {
  Elsewhere here;
  const std::string snapshot = (here.place.path / "snapshot").string();
  const auto live = [&](const std::string& named) {
    REQUIRE(here.start(named).empty());
    here.receive(2);
    here.close();
    fs::remove_all(snapshot);
    fs::copy(here.data, snapshot, fs::copy_options::recursive);
    REQUIRE(here.start(named).empty());
    here.receive(3);
  };
  SUBCASE("in the folder itself it is taken back too, and nobody on this machine sees it") {
    live("");
    here.take_back(snapshot);
    CHECK(here.start("").empty());
  }
  SUBCASE("elsewhere it knows what was signed") {
    live(here.far);
    CHECK_FALSE(fs::exists(here.data + "/head"));
    here.take_back(snapshot);
    CHECK(says(here.start(here.far), "5"));
    CHECK_FALSE(here.start(here.far).empty());
    // Nobody has to name it again: the folder that was taken back remembers the place as well.
    CHECK_FALSE(here.start("").empty());
    DoctorWish wish{.data = here.data, .listen = "127.0.0.1:0", .quick = true, .now = here.now};
    bool is_found = false;
    for (const Finding& each : examine(wish))
      is_found = is_found || (each.check == "second_file" && each.level == Finding::Level::broken);
    CHECK(is_found);
  }
}

TEST_CASE("a second file is taken along to the place that is named, and stays there") {
  Elsewhere here;
  REQUIRE(here.start("").empty());
  here.receive(2);
  const auto signed_before = here.city->sealer().second_head();
  REQUIRE(signed_before);
  REQUIRE(here.start(here.far).empty());
  CHECK_FALSE(fs::exists(here.data + "/head"));
  CHECK(here.city->sealer().second_head()->size == signed_before->size);
  here.close();
  CHECK(second_place(here.data, "") == here.far);
  REQUIRE(here.start("").empty());
  here.receive(1);
  CHECK(here.city->sealer().second_head()->size == signed_before->size + 1);
  CHECK_FALSE(fs::exists(here.data + "/head"));
}

TEST_CASE("a disk that is not there is no reason to begin a new second file") {
  Elsewhere here;
  REQUIRE(here.start(here.far).empty());
  here.receive(1);
  here.close();
  fs::rename(here.far, here.far + ".away");
  CHECK(says(here.start(""), "Mount the disk"));
  CHECK(says(here.start(here.far), "Mount the disk"));
  CHECK_FALSE(fs::exists(here.far));
  // Nor is naming a third place, and nothing is begun there.
  const std::string third = (here.place.path / "third").string();
  CHECK(says(here.start(third), "Mount the disk"));
  CHECK_FALSE(fs::exists(third));
  fs::rename(here.far + ".away", here.far);
  CHECK(here.start("").empty());
}

TEST_CASE("of two second files that differ none is taken without a word") {
  Elsewhere here;
  REQUIRE(here.start(here.far).empty());
  here.receive(1);
  here.close();
  const std::string nearer = (here.place.path / "nearer").string();
  fs::copy(here.far, nearer);
  SUBCASE("one is a copy of the other: a move that was broken off goes on") {
    CHECK(here.start(nearer).empty());
    CHECK_FALSE(fs::exists(here.far));
    CHECK(second_place(here.data, "") == nearer);
  }
  SUBCASE("one is older") {
    REQUIRE(here.start("").empty());
    here.receive(1);
    here.close();
    CHECK(says(here.start(nearer), "two second files"));
    CHECK(second_place(here.data, "") == here.far);
    CHECK(here.start("").empty());
  }
}

TEST_CASE(
    "a copy of the folder does not sign into the second file of the city it was copied from") {
  Elsewhere here;
  REQUIRE(here.start(here.far).empty());
  here.receive(2);
  const std::string own = here.data, copy = (here.place.path / "try").string();
  here.close();
  fs::copy(own, copy, fs::copy_options::recursive);
  here.data = copy;
  CHECK(says(here.start(""), "is a copy or was moved"));
  // Nor does it carry that file away to a place of its own.
  const std::string third = (here.place.path / "third.head").string();
  CHECK(says(here.start(third), "is a copy or was moved"));
  CHECK_FALSE(fs::exists(third));
  CHECK(fs::exists(here.far));
  here.data = own;
  REQUIRE(here.start("").empty());
  // Nor while the city runs, whoever names its file.
  CityOptions other{.folder = copy, .second = here.far, .clock = [&] { return here.now; }};
  CHECK_THROWS_AS(City(other, here.random), db::Failure);
  here.receive(1);
  // A folder that was moved is told its place again.
  here.close();
  fs::rename(own, own + ".moved");
  here.data = own + ".moved";
  CHECK(says(here.start(""), "is a copy or was moved"));
  CHECK(here.start(here.far).empty());
  CHECK(here.start("").empty());
}

TEST_CASE("whether the second file shares the disk of the data is told by the device") {
  Elsewhere here;
  CHECK(is_on_one_disk(here.data, here.far));
  CHECK(is_on_one_disk(here.data, here.data + "/head"));
  CHECK_FALSE(is_on_one_disk(here.data, "/proc/head"));
  REQUIRE(here.start(here.far).empty());
  DoctorWish wish{.data = here.data, .listen = "127.0.0.1:0", .quick = true, .now = here.now};
  bool warns = false;
  for (const Finding& each : examine(wish))
    warns = warns || (each.check == "second_place" && each.level == Finding::Level::warning);
  CHECK(warns);
}

}  // namespace ln::app
