#include "core/ledger/ledger_stop.h"

#include <doctest/doctest.h>

#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_store.h"
#include "test/world.h"

namespace ln::ledger {

TEST_CASE("a ledger that does not fit takes nothing more, stays readable and says why") {
  test::World world;
  const CaseKey key = draw_case_key(world.random);
  const CitizenKey citizen = CitizenKey::from_secret("23456789ABCDEFGHJKLM");
  const auto receive = [&](std::int64_t id) {
    Entry entry{.event = Event::received, .subject = {"feedback", id}, .at = world.now};
    entry.case_key = &key;
    entry.registers = citizen.public_key();
    const Salts salts = draw(world.random);
    return world.write([&](db::Write& write) { return append(write, entry, salts); });
  };
  REQUIRE(receive(1).ok());
  stop_writing("row 1: the leaf does not open to the entry");
  stop_writing("something later");
  const auto refused = receive(2);
  const bool is_refused = !refused.ok() && refused.error().kind == ErrorKind::unavailable;
  const std::string why = stopped_because();
  const auto count = world.read([](db::Read& read) { return leaf_count(read); });
  resume_writing();  // Before anything is claimed: the other tests write too.
  CHECK(is_refused);
  CHECK(why == "row 1: the leaf does not open to the entry");
  CHECK(count == 1);
  CHECK(stopped_because().empty());
  CHECK(receive(2).ok());
}

}  // namespace ln::ledger
