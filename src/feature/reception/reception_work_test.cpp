// A day that somebody wants to fill: what a booking costs, and who still gets a turn.
#include "feature/reception/reception_work.h"

#include <doctest/doctest.h>

#include "test/reception_room.h"

namespace ln::reception {
namespace {

// A day of twelve turns of ten minutes.
struct Wanted12 : Room {
  Wanted12() {
    Typed what = typed();
    what.to = std::chrono::hours(10);
    what.turn_minutes = 10;
    what.places = 12;
    announce_it(what);
  }
  // Works until the proof has so many bits.
  std::string proof(std::string_view once, int bits) {
    for (std::int64_t nonce = 0;; ++nonce) {
      std::string text = std::to_string(work_hour(now)) + " " + std::to_string(nonce);
      if (bits_of_proof(id, once, text, now) >= bits) return text;
    }
  }
  Result<Booked> try_booking(int worked_bits) {
    Booking wish = Room::wish();
    wish.worked_bits = worked_bits;
    const auto prepared = try_prepare(wish);
    REQUIRE(prepared.ok());
    return try_book(prepared.value());
  }
  std::int64_t free() {
    return read([&](db::Read& r) { return free_of(r, current(), now); });
  }
};

}  // namespace

TEST_CASE("a booking costs nothing while few book, then twice as much with each further one") {
  CHECK(work_bits(0, 12) == 0);
  CHECK(work_bits(2, 12) == 0);
  CHECK(work_bits(3, 12) == work_bits_min);
  CHECK(work_bits(4, 12) == work_bits_min + 1);
  CHECK(work_bits(9, 12) == work_bits_min + 6);
  CHECK(work_bits(14, 60) == 0);  // a quarter of sixty turns
  CHECK(work_bits(15, 60) == work_bits_min);
  CHECK(work_bits(500, 12) == work_bits_max);
}

TEST_CASE("a proof of work is of one form, one day and one hour, and nothing else counts as one") {
  const Instant now = test::monday;
  const ReceptionId day{7};
  const std::string once = "0123456789abcdef0123456789abcdef";
  std::string proof;
  for (std::int64_t nonce = 0; proof.empty(); ++nonce) {
    const std::string text = std::to_string(work_hour(now)) + " " + std::to_string(nonce);
    if (bits_of_proof(day, once, text, now) >= 12) proof = text;
  }
  CHECK(bits_of_proof(day, once, proof, now + std::chrono::hours(2)) >= 12);
  CHECK(bits_of_proof(day, once, proof, now + std::chrono::hours(3)) == 0);
  CHECK(bits_of_proof(day, once, proof, now - std::chrono::hours(1)) == 0);
  CHECK(bits_of_proof(ReceptionId{8}, once, proof, now) < 12);
  CHECK(bits_of_proof(day, "another form", proof, now) < 12);
  for (const char* none : {"", " ", "x", "1 2 3", "-1 5", "1", "99999999999999999999 1"})
    CHECK(bits_of_proof(day, once, none, now) == 0);
  CHECK(bits_of_proof(day, once, proof + std::string(60, '0'), now) == 0);
}

TEST_CASE("five hundred bookings from many addresses leave turns for others") {
  Wanted12 room;
  int taken = 0, refused = 0;
  for (int n = 0; n < 500; ++n) {
    // No address is known here at all: each may be another one.
    const auto booked = room.try_booking(0);
    taken += booked.ok() ? 1 : 0;
    refused += refusal(booked) == "reception.error.pressed" ? 1 : 0;
  }
  CHECK(taken == 3);
  CHECK(refused == 497);
  CHECK(room.free() == 9);
  // Whoever does the work of a few seconds gets a turn in the middle of it.
  CHECK(room.try_booking(work_bits_min).ok());
  // The next one costs twice as much.
  CHECK(refusal(room.try_booking(work_bits_min)) == "reception.error.pressed");
  CHECK(room.try_booking(work_bits_min + 1).ok());
  // And who comes to the counter is asked for nothing.
  room.hold_it();
  room.walk_in();
  CHECK(room.try_booking(0).ok());  // The hour is over.
}

TEST_CASE("a form under pressure keeps what was typed, and takes the work of a browser") {
  Wanted12 room;
  room.now += std::chrono::days(1);  // What this process counted of its one sender is forgotten.
  for (int n = 0; n < 3; ++n) REQUIRE(room.try_booking(0).ok());
  test::Browser person(room, room.router, room.site);
  person.get(room.url("/book"));
  CHECK(person.status() == 200);
  CHECK(person.body().find("data-bits=\"15\"") != std::string::npos);
  person.fill("about", "Hỏi về giấy phép sửa nhà").press("Đặt lượt");
  CHECK(person.status() == 429);
  CHECK(person.shows("hãy bấm đặt lại, hoặc thử lại sau một giờ"));
  CHECK(person.body().find("Hỏi về giấy phép sửa nhà") != std::string::npos);
  // What scripting puts into the hidden field.
  std::string body = "way=person&name=&contact=", once;
  for (const test::Element& each : person.page().elements) {
    if (each.attribute("type") != "hidden" || each.attribute("name") == "work") continue;
    if (each.attribute("name") == "once") once = each.attribute("value");
    body += "&" + std::string(each.attribute("name")) + "=" + std::string(each.attribute("value"));
  }
  std::string proof = room.proof(once, work_bits_min);
  proof[proof.find(' ')] = '+';
  person.post(room.url("/book"), "application/x-www-form-urlencoded",
              body + "&about=Hoi+ve+giay+phep+sua+nha&work=" + proof);
  CHECK(person.status() == 200);
  CHECK(person.shows("TD-"));
  // On a quiet day the form asks for nothing.
  room.now += std::chrono::hours(2);
  person.get(room.url("/book"));
  CHECK(person.body().find("data-bits") == std::string::npos);
}

}  // namespace ln::reception
