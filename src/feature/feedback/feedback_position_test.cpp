#include <doctest/doctest.h>

#include "core/units/units_store_area.h"
#include "feature/feedback/feedback_store_erase.h"
#include "test/office.h"

using namespace ln;
using namespace ln::feedback;

namespace {

constexpr std::string_view north = "21.03 105.84,21.06 105.84,21.06 105.87,21.03 105.87";
constexpr std::string_view south = "21.00 105.84,21.03 105.84,21.03 105.87,21.00 105.87";

struct Mapped : test::Office {
  Mapped() {
    write([&](db::Write& w) {
      units::save_area(w, units.at("P1").id, north);
      units::save_area(w, units.at("P2").id, south);
    });
  }
  std::string at(std::string_view point) {
    const auto unit = read([&](db::Read& r) {
      return units::commune_at(r, *geo::parse_point(point), local_day(now));
    });
    return unit ? unit->code : "none";
  }
};

Typed lamp_at(const std::string& position) {
  Typed typed;
  typed.about = "place";
  typed.body = "Ba tuần nay đèn ngõ 12 không sáng.";
  typed.position = position;
  return typed;
}

}  // namespace

TEST_CASE("a point tells the commune; on the border of two it tells none") {
  Mapped city;
  CHECK(city.at("21.04, 105.85") == "P1");
  CHECK(city.at("21.01, 105.85") == "P2");
  CHECK(city.at("21.03, 105.85") == "none");
  CHECK(city.at("21.10, 105.85") == "none");
  city.write([&](db::Write& w) { units::save_area(w, city.units.at("P1").id, south); });
  CHECK(city.at("21.04, 105.85") == "none");
}

TEST_CASE("a place that names no office goes to the commune in which it is marked") {
  Mapped city;
  const Feedback sent = city.send(lamp_at("21.01, 105.85"));
  CHECK(sent.unit == city.units.at("P2").id);
  CHECK(city.now_is(sent).position == geo::Point{21'010'000, 105'850'000});
  Typed named = lamp_at("21.01, 105.85");
  named.unit = "P1";  // Who sends knows better.
  CHECK(city.send(named).unit == city.units.at("P1").id);
  CHECK(city.send(lamp_at("10.77, 106.70")).unit == city.units.at("01").id);
}

TEST_CASE("what is no point, and what lies abroad, is told beside the field and kept") {
  Mapped city;
  for (const auto& [typed, told] : {std::pair("gần hồ", "feedback.error.position"_t),
                                    std::pair("48.85, 2.35", "feedback.error.position_far"_t)}) {
    const auto prepared =
        city.read([&](db::Read& r) { return prepare(r, lamp_at(typed), city.random, city.now); });
    REQUIRE_FALSE(prepared.ok());
    REQUIRE(prepared.error().fields.size() == 1);
    CHECK(prepared.error().fields[0].field == "position");
    CHECK(prepared.error().fields[0].text == told);
  }
}

TEST_CASE("the position is for the office and the sender, and goes with an erasure") {
  Mapped city;
  Typed typed = lamp_at("21.04, 105.85");
  typed.is_public = true;
  const Feedback sent = city.send(typed);
  CHECK(city.browser("hoa").get(city.url(sent)).shows("21.040000, 105.850000"));
  test::Browser stranger(city, city.router, city.site);
  CHECK_FALSE(stranger.get("/feedback/" + sent.code.text()).shows("21.040000"));
  city.write([&](db::Write& w) { empty_words(w, sent.id, city.now, ErasedBecause::requested); });
  CHECK_FALSE(city.now_is(sent).position);
}
