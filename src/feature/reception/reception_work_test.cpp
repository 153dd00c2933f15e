// A day that somebody wants to fill: what a booking costs, and who still gets a turn.
#include "feature/reception/reception_work.h"

#include <doctest/doctest.h>

#include "feature/reception/reception_pages.h"
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
    const std::string seed = read([&](db::Read& r) { return seed_of(r, work_hour(now)); });
    for (std::int64_t nonce = 0;; ++nonce) {
      std::string text = std::to_string(work_hour(now)) + " " + std::to_string(nonce);
      if (bits_of_proof(id, once, text, [&](std::int64_t) { return seed; }, now) >= bits)
        return text;
    }
  }
  // What a form sends, with a proof of so many bits; its number is whatever the sender likes.
  std::string sent(std::string_view once, int bits) {
    std::string text = proof(once, bits);
    text[text.find(' ')] = '+';
    return "way=person&name=&contact=&about=Hoi+ve+giay+phep+sua+nha&once=" + std::string(once) +
           "&work=" + text;
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

TEST_CASE("a booking costs nothing while few book, then twice as much with each, up to a bound") {
  CHECK(work_bits(0, 12) == 0);
  CHECK(work_bits(2, 12) == 0);
  CHECK(work_bits(3, 12) == work_bits_min);
  CHECK(work_bits(4, 12) == work_bits_min + 1);
  CHECK(work_bits(8, 12) == work_bits_max);
  CHECK(work_bits(9, 12) == work_bits_max);
  CHECK(work_bits(14, 60) == 0);  // a quarter of sixty turns
  CHECK(work_bits(15, 60) == work_bits_min);
  CHECK(work_bits(500, 12) == work_bits_max);
  // A cheap phone tries fifty thousand in a second: the dearest takes it some ten seconds.
  CHECK((1 << work_bits_max) <= 12 * 50'000);
}

TEST_CASE("of the last third of a day nothing is given to a rush") {
  CHECK_FALSE(is_kept_back(7, 5, 12));
  CHECK(is_kept_back(8, 4, 12));
  CHECK_FALSE(is_kept_back(7, 4, 12));  // Some of them are older than a day.
  CHECK(is_kept_back(14, 6, 20));
  CHECK_FALSE(is_kept_back(2, 1, 3));  // A day of three turns keeps none.
  CHECK(is_kept_back(3, 1, 4));
}

TEST_CASE("a proof of work is of one form, one day and one hour, and nothing else counts as one") {
  const Instant now = test::monday;
  const ReceptionId day{7};
  const std::string once = "0123456789abcdef0123456789abcdef";
  const SeedOf seed = [](std::int64_t hour) { return "root of " + std::to_string(hour); };
  std::string proof;
  for (std::int64_t nonce = 0; proof.empty(); ++nonce) {
    const std::string text = std::to_string(work_hour(now)) + " " + std::to_string(nonce);
    if (bits_of_proof(day, once, text, seed, now) >= 12) proof = text;
  }
  CHECK(bits_of_proof(day, once, proof, seed, now + std::chrono::hours(2)) >= 12);
  CHECK(bits_of_proof(day, once, proof, seed, now + std::chrono::hours(3)) == 0);
  CHECK(bits_of_proof(day, once, proof, seed, now - std::chrono::hours(1)) == 0);
  CHECK(bits_of_proof(ReceptionId{8}, once, proof, seed, now) < 12);
  CHECK(bits_of_proof(day, "another form", proof, seed, now) < 12);
  // Another head than somebody thought there would be: what was worked out before is worth nothing.
  CHECK(bits_of_proof(day, once, proof, [](std::int64_t) { return "guessed"; }, now) < 12);
  for (const char* none : {"", " ", "x", "1 2 3", "-1 5", "1", "99999999999999999999 1"})
    CHECK(bits_of_proof(day, once, none, seed, now) == 0);
  CHECK(bits_of_proof(day, once, proof + std::string(60, '0'), seed, now) == 0);
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
  // Whoever works the first price gets a turn in the middle of it.
  CHECK(room.try_booking(work_bits_min).ok());
  // The next one costs twice as much.
  CHECK(refusal(room.try_booking(work_bits_min)) == "reception.error.pressed");
  CHECK(room.try_booking(work_bits_min + 1).ok());
  // And who comes to the counter is asked for nothing.
  room.hold_it();
  room.walk_in();
  CHECK(room.try_booking(0).ok());  // The hour is over.
}

TEST_CASE("five hundred that pay any price leave a third of the turns") {
  Wanted12 room;
  int taken = 0, kept = 0;
  for (int n = 0; n < 500; ++n) {
    const auto booked = room.try_booking(40);
    taken += booked.ok() ? 1 : 0;
    kept += refusal(booked) == "reception.error.kept" ? 1 : 0;
  }
  CHECK(taken == 8);
  CHECK(kept == 492);
  CHECK(room.free() == 4);
  // Everybody is told so before they write anything.
  test::Browser person(room, room.router, room.site);
  person.get(room.url("/book"));
  CHECK(person.status() == 429);
  CHECK(person.shows("các lượt còn lại được giữ cho người đến trực tiếp"));
  // An hour later still; a day later one may book again.
  room.now += std::chrono::hours(2);
  CHECK(refusal(room.try_booking(40)) == "reception.error.kept");
  room.now += std::chrono::hours(23);
  CHECK(room.try_booking(0).ok());
  // At the counter a free turn is given at once.
  room.hold_it();
  CHECK(room.walk_in().turn.slot <= 12);
}

TEST_CASE("fifteen people in one hour book a day of twenty-four, each for a bounded price") {
  Wanted12 room;
  Typed what = room.typed();
  what.first = Room::day(11, 27);
  what.to = std::chrono::hours(12);
  what.turn_minutes = 10;
  what.places = 24;
  room.announce_it(what);
  for (int n = 0; n < 15; ++n) {
    CHECK(room.try_booking(work_bits_max).ok());
    room.now += std::chrono::minutes(3);
  }
}

TEST_CASE("who books only to give back makes no price for others") {
  Wanted12 room;
  for (int n = 0; n < 20; ++n) {
    const auto told = room.book_it();
    const HolderAct act = room.holder(told);
    REQUIRE(room.write([&](db::Write& w) { return give_back(w, act); }).ok());
  }
  CHECK(room.free() == 12);
  CHECK(room.read([&](db::Read& r) { return needed_bits(r, room.current(), room.now); }) == 0);
  CHECK(room.try_booking(0).ok());
}

TEST_CASE("a proof for a number of one's own choice counts, and gives one turn") {
  Wanted12 room;
  room.now += std::chrono::days(1);
  for (int n = 0; n < 3; ++n) REQUIRE(room.try_booking(0).ok());
  const std::string once = "own-number-of-32-letters-0000000";
  test::Browser machine(room, room.router, room.site);
  for (int n = 0; n < 2; ++n) {
    machine.get(room.url("/book"));
    std::string csrf;
    for (const test::Element& each : machine.page().elements)
      if (each.attribute("name") == "csrf") csrf = each.attribute("value");
    machine.post(room.url("/book"), "application/x-www-form-urlencoded",
                 room.sent(once, work_bits_min) + "&csrf=" + csrf);
    CHECK(machine.status() == 200);
  }
  CHECK(room.free() == 8);
}

TEST_CASE("who is overtaken loses no booking, and is asked for the work that is needed now") {
  Wanted12 room;
  room.now += std::chrono::days(1);
  http::Request request;
  request.view.site = &room.site;
  request.sender = 4711;
  request.path_values = {{"id", std::to_string(room.id.value)}};
  for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
           {"way", "person"}, {"about", "Hỏi về giấy phép sửa nhà"}})
    request.form.add(name, value);
  std::vector<http::Pending> all;
  for (int n = 0; n < bookings_of_sender_max; ++n) {
    auto made =
        room.read([&](db::Read& r) { return book_post(request, r, room.random, room.now); });
    REQUIRE(made.ok());
    REQUIRE_FALSE(made.value().ready());
    all.push_back(std::move(made).value());
  }
  // Meanwhile others book.
  for (int n = 0; n < 5; ++n) REQUIRE(room.try_booking(work_bits_max).ok());
  CHECK(bookers().has_enough(request.sender, room.id, room.now));
  for (const http::Pending& pending : all) {
    bool is_done = true;
    room.write([&](db::Write& w) { is_done = pending.work()(w); });
    CHECK_FALSE(is_done);
    const http::Response answer = pending.finish("");
    CHECK(answer.status == 429);
    // Five are booked: two above the quiet ones, and one more as others go on.
    CHECK(answer.body.find("data-bits=\"" + std::to_string(work_bits_min + 3) + "\"") !=
          std::string::npos);
    CHECK(answer.body.find("Hỏi về giấy phép sửa nhà") != std::string::npos);
  }
  CHECK_FALSE(bookers().has_enough(request.sender, room.id, room.now));
}

TEST_CASE("a form under pressure keeps what was typed, and takes the work of a browser") {
  Wanted12 room;
  room.now += std::chrono::days(1);  // What this process counted of its one sender is forgotten.
  for (int n = 0; n < 3; ++n) REQUIRE(room.try_booking(0).ok());
  test::Browser person(room, room.router, room.site);
  person.get(room.url("/book"));
  CHECK(person.status() == 200);
  CHECK(person.body().find("data-bits=\"15\"") != std::string::npos);
  // Whoever has no scripting is told before they write anything.
  CHECK(person.shows("cần bật JavaScript. Không bật được thì đến trực tiếp"));
  person.fill("about", "Hỏi về giấy phép sửa nhà").press("Đặt lượt");
  CHECK(person.status() == 429);
  CHECK(person.shows("Lời bạn viết vẫn còn: hãy bấm đặt lại"));
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
