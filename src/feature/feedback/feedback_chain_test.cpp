#include <doctest/doctest.h>

#include "feature/feedback/feedback_store_chain.h"
#include "test/office.h"

using namespace ln;
using namespace ln::feedback;

namespace {

Typed flood(const std::string& again_after = "") {
  Typed typed;
  typed.about = "place";
  typed.unit = "P1";
  typed.title = "Ngõ ngập";
  typed.body = "Mưa nửa giờ là ngõ 12 ngập đến gối.";
  typed.is_public = true;
  typed.recurs_of = again_after;
  return typed;
}

std::vector<Feedback> chain(test::World& world, const Feedback& feedback) {
  return world.read([&](db::Read& r) { return chain_of(r, feedback); });
}

void release(test::World& world, const Feedback& feedback) {
  world.write([&](db::Write& w) {
    Feedback row = *find(w, feedback.id);
    row.published_at = world.now;
    row.public_title = row.title;
    row.public_body = row.body;
    save(w, row);
  });
}

}  // namespace

TEST_CASE("the reports of one matter hang together from whichever one is looked at") {
  test::Office office;
  const Feedback first = office.send(flood());
  const Feedback second = office.send(flood(first.code.text()));
  const Feedback third = office.send(flood(second.code.text()));
  const Feedback fork = office.send(flood(first.code.text()));
  const Feedback other = office.send(flood());
  CHECK(third.recurrence == 3);
  for (const Feedback& from : {first, second, third, fork}) {
    const auto all = chain(office, from);
    REQUIRE(all.size() == 4);
    CHECK(all.front().id == first.id);
    CHECK(all.back().id == fork.id);
  }
  CHECK(chain(office, other).empty());
}

TEST_CASE("a chain shows what was released, and to an office what it may see") {
  test::Office office;
  const Feedback first = office.send(flood());
  const Feedback second = office.send(flood(first.code.text()));
  release(office, first);
  auto stranger = office.browser("nobody");
  stranger.forget_cookies();
  CHECK(stranger.get("/feedback/" + second.code.text()).shows("Đã phản ánh 2 lần"));
  CHECK(stranger.shows(first.code.shown() + " ·"));
  CHECK_FALSE(stranger.shows(second.code.shown() + " ·"));
  CHECK(office.browser("hoa").get(test::Office::url(second)).shows(first.code.shown() + " ·"));
  // Moved to the neighbour: the ward sees its own, and that there was another.
  office.write([&](db::Write& w) {
    Feedback row = *find(w, first.id);
    row.unit = office.units.at("P2").id;
    row.unit_path = office.units.at("P2").path;
    save(w, row);
  });
  auto ward = office.browser("hoa");
  CHECK(ward.get(test::Office::url(second)).shows("Đã phản ánh 2 lần"));
  CHECK_FALSE(ward.shows(first.code.shown() + " ·"));
}

TEST_CASE("what is protected or about conduct stands beside no other case") {
  test::Office office;
  const Feedback first = office.send(flood());
  Typed hidden = flood(first.code.text());
  hidden.is_protected = true;
  const Feedback kept_secret = office.send(hidden);
  Typed typed = flood(first.code.text());
  typed.about = "conduct";
  typed.is_protected = false;
  const Feedback conduct = office.send(typed);
  CHECK(chain(office, first).empty());
  CHECK(chain(office, kept_secret).empty());
  CHECK(chain(office, conduct).empty());
}
