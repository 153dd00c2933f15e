// The protected channel: what waits, the batch of its hour, and the promise until then.
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_jobs.h"
#include "core/ledger/ledger_jobs_batch.h"
#include "core/ledger/ledger_opening.h"
#include "core/ledger/ledger_promise.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_tree.h"
#include "core/ledger/ledger_verify.h"
#include "test/world.h"

namespace ln::ledger {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::monday;

struct Channel : test::World {
  std::unique_ptr<Sealer> sealer =
      Sealer::open(database, {"langnghe.example/so-cai", "", "", [this] { return now; }}, random);
  CitizenKey hoa = CitizenKey::from_secret("23456789ABCDEFGHJKLM");
  CitizenKey nam = CitizenKey::from_secret("M23456789ABCDEFGHJKL");

  Result<Appended> add(const Entry& entry) {
    const Salts salts = draw(random);
    return write([&](db::Write& to) { return append(to, entry, salts); });
  }
  Appended receive(std::int64_t id, bool waits = true) {
    const CaseKey key = draw_case_key(random);
    auto done = add({.event = Event::received,
                     .subject = {"feedback", id},
                     .at = now,
                     .party = Party::citizen,
                     .unit_id = 4,
                     .unit = "P1",
                     .topic = "thai-do",
                     .due = now + hours(31),
                     .body = "Họ đòi tiền",
                     .case_key = &key,
                     .registers = hoa.public_key(),
                     .waits = waits});
    REQUIRE(done.ok());
    return done.value();
  }
  Result<Appended> act(std::int64_t id, Event event) {
    return add({.event = event, .subject = {"feedback", id}, .at = now, .actor_id = 7});
  }
  std::int64_t join() { return join_batch(database, "feedback", random, now); }
  // The series has begun, so that every hour has its batch from now on.
  void begin() { CHECK(join() == 0); }
  std::int64_t leaves() {
    return read([](db::Read& r) { return leaf_count(r); });
  }
  std::vector<Stored> of(std::int64_t id) {
    return read([&](db::Read& r) { return entries_of(r, {"feedback", id}); });
  }
  Audit looked() {
    return read([](db::Read& r) { return audit(r, {}); });
  }
  std::string faults() {
    std::string all;
    for (const Fault& fault : looked().faults) all += fault.what + "; ";
    return all;
  }
  Promise promise(std::int64_t id) {
    auto made = read([&](db::Read& r) { return promise_of(r, {"feedback", id}, "ABCD2345"); });
    REQUIRE(made.has_value());
    return *std::move(made);
  }
  PromiseRuling ruling(const Promise& on) {
    return read([&](db::Read& r) { return referee(r, on, now); });
  }
  std::int64_t count(std::int64_t at_least) {
    return *read([&](db::Read& r) {
      return r.one(
          "SELECT count(*) FROM ledger_waiting WHERE id >= $1",
          [](const db::Row& row) { return row.integer(0); }, at_least);
    });
  }
  void run(const std::function<void(db::Write&, const db::Erasure&)>& body) {
    const auto done =
        database.erase([&](db::Write& to, const db::Erasure& permission) -> Result<Done> {
          body(to, permission);
          return Done{};
        });
    REQUIRE(done.ok());
  }
};

CaseKey key_of(db::Read& read, std::int64_t line) {
  return *read.one(
      "SELECT case_key FROM ledger_secret WHERE id = $1",
      [](const db::Row& row) {
        CaseKey key{};
        std::ranges::copy(row.view(0), key.begin());
        return key;
      },
      line);
}

}  // namespace

TEST_CASE("what happens to a protected case waits, and joins the log with the batch of its hour") {
  Channel it;
  it.begin();
  it.now = monday + minutes(20);
  const Appended sent = it.receive(1);
  CHECK_FALSE(sent.line().has_value());
  CHECK(sent.before == monday + hours(1));
  CHECK(it.receive(2, false).line() == 0);
  it.now += minutes(3);
  REQUIRE(it.act(1, Event::accepted).ok());
  CHECK(it.leaves() == 1);
  REQUIRE(it.of(1).size() == 2);
  CHECK(it.of(1)[1].before == monday + hours(1));
  CHECK(it.looked().waiting == 2);
  CHECK(it.faults() == "");

  it.now = monday + minutes(44);
  CHECK(it.join() == 0);
  it.now = monday + minutes(45);
  CHECK(it.join() == batch_lines);
  CHECK(it.join() == 0);  // Another node, or another turn.
  CHECK(it.leaves() == 1 + batch_lines);
  CHECK(it.count(0) == 0);
  CHECK(it.faults() == "");
  CHECK(it.looked().dummies == batch_lines - 2);
  const auto entries = it.of(1);
  REQUIRE(entries.size() == 2);
  CHECK_FALSE(entries[0].before.has_value());
  CHECK(entries[0].index() < entries[1].index());
  const auto leaf = it.read([&](db::Read& r) { return leaf_at(r, entries[0].index()); });
  CHECK(leaf == as_text(sent.leaf));
  // It goes on waiting, and going on, for the rest of its life.
  REQUIRE(it.act(1, Event::answered).ok());
  CHECK(it.of(1).back().before == monday + hours(2));
  CHECK(it.faults() == "");
  // The receipts are those of any other case.
  it.now = monday + hours(2);
  it.join();
  publish_now(it.database, it.now);
  const auto receipts =
      it.read([](db::Read& r) { return receipts_of(r, {"feedback", 1}, "ABCD2345"); });
  CHECK(receipts.size() == 3);
  CHECK(examine_case(receipts, nullptr).ok());
}

TEST_CASE("what is kept of the protected channel names full hours only") {
  Channel it;
  it.now = monday + minutes(20) + std::chrono::milliseconds(20'123);
  it.receive(1);
  it.now += minutes(21);
  REQUIRE(it.act(1, Event::answered).ok());
  const auto look = [&] {
    for (const Stored& entry : it.of(1)) {
      CHECK(entry.at == monday + hours(1));
      CHECK(text_in(entry.payload, "t") == "2026-11-23T03:00:00Z");
      if (entry.seq == 0) CHECK(text_in(entry.payload, "due") == "2026-11-24T10:00:00Z");
    }
  };
  look();
  it.now = monday + minutes(50);
  it.join();
  look();
  CHECK(coarse(monday - minutes(1)) == monday - hours(1));
  CHECK(joins_before(monday + minutes(44)) == monday + hours(1));
  CHECK(joins_before(monday + minutes(45)) == monday + hours(2));
}

TEST_CASE("every hour has its batch, whether something happened or not") {
  Channel it;
  it.begin();
  for (int hour = 1; hour <= 3; ++hour) {
    it.now = monday + hours(hour);
    CHECK(it.join() == batch_lines);
    CHECK(it.join() == 0);
  }
  // A pause of the program is seen anyway: one batch stands for it.
  it.now = monday + hours(9);
  CHECK(it.join() == batch_lines);
  CHECK(it.leaves() == 4 * batch_lines);
  for (std::int64_t id = 1; id <= 17; ++id) it.receive(id);
  it.now += hours(1);
  CHECK(it.join() == 2 * batch_lines);
  CHECK(it.faults() == "");
  // Dummies are of no case, and are counted as none.
  const auto counts =
      it.read([&](db::Read& r) { return count_events(r, monday - hours(1), monday + hours(50)); });
  REQUIRE(counts.size() == 1);
  CHECK(counts[0] == std::pair(Event::received, std::int64_t{17}));
}

TEST_CASE("a node whose clock is behind promises an hour whose batch is still to come") {
  Channel it;
  it.now = monday + hours(2);
  it.begin();
  it.now = monday + hours(1);
  CHECK(it.receive(1).before == monday + hours(3));
}

TEST_CASE("the order within a batch is drawn, and the events of one case keep theirs") {
  Channel it;
  it.begin();
  for (std::int64_t id = 1; id <= 40; ++id) {
    it.receive(id);
    REQUIRE(it.act(id, Event::accepted).ok());
    REQUIRE(it.act(id, Event::assigned).ok());
  }
  it.now += hours(1);
  CHECK(it.join() == 128);
  CHECK(it.faults() == "");
  std::vector<std::int64_t> firsts;
  for (std::int64_t id = 1; id <= 40; ++id) {
    const auto entries = it.of(id);
    REQUIRE(entries.size() == 3);
    CHECK(entries[0].index() < entries[1].index());
    CHECK(entries[1].index() < entries[2].index());
    firsts.push_back(entries[0].index());
  }
  CHECK_FALSE(std::ranges::is_sorted(firsts));
  // They are not next to each other either.
  int neighbours = 0;
  for (std::int64_t id = 1; id <= 40; ++id)
    neighbours += it.of(id)[1].index() == it.of(id)[0].index() + 1 ? 1 : 0;
  CHECK(neighbours < 20);
}

TEST_CASE("a dummy looks like what it hides, in the log and in the table of entries") {
  Channel it;
  it.begin();
  it.receive(1);
  it.now += hours(1);
  it.join();
  it.now += hours(1);
  it.join();
  std::set<std::string> shapes;
  it.read([&](db::Read& r) {
    r.each(
        "SELECT e.event, e.party, e.seq, e.unit_id, e.payload, e.at, l.leaf, e.actor_id "
        "FROM ledger_entry e JOIN ledger_leaf l ON l.id = e.id",
        [&](const db::Row& row) {
          // The shape of a payload: its names, and how long each value is.
          std::string shape = row.text(0) + row.text(1) + std::to_string(row.integer(2)) +
                              std::to_string(row.maybe_integer(3).value_or(0)) +
                              std::to_string(row.view(6).size()) + (row.is_null(7) ? "-" : "a");
          for (const char* name : {"body", "cat", "due", "files", "key", "prev", "t", "unit"}) {
            const auto text = text_in(row.view(4), name);
            shape += std::string(name) + (text ? std::to_string(text->size()) : "none");
          }
          shapes.insert(shape);
        });
  });
  CHECK(shapes.size() == 1);
  CHECK(it.leaves() == 2 * batch_lines);
}

TEST_CASE("the line of a case cannot be called a dummy afterwards") {
  Channel it;
  it.begin();
  it.receive(1);
  it.now += hours(1);
  it.join();
  REQUIRE(it.faults() == "");
  const std::int64_t line = it.of(1)[0].id;
  it.run([&](db::Write& to, const db::Erasure&) {
    to.run("UPDATE ledger_secret SET is_dummy = 1 WHERE id = $1", line);
  });
  CHECK(it.faults() == "it is called a dummy and is none; ");
  // Nor with a salt that would make one: the leaf commits to another.
  it.run([&](db::Write& to, const db::Erasure&) {
    const auto key = key_of(to, line);
    to.run("UPDATE ledger_secret SET commit_salt = $1 WHERE id = $2", db::Blob{dummy_salt(key)},
           line);
  });
  CHECK(it.faults() == "the leaf does not open to the entry; ");
}

TEST_CASE("a case that is dropped while it waits is missed by whoever holds its promise") {
  Channel it;
  it.begin();
  it.receive(1);
  it.receive(2);
  const Promise dropped = it.promise(1), honest = it.promise(2);
  it.run([&](db::Write& to, const db::Erasure&) {
    to.run("DELETE FROM ledger_waiting WHERE subject_id = $1", 1);
  });
  CHECK(it.ruling(dropped).kept == Kept::not_yet);
  it.now += minutes(50);
  CHECK(it.join() == batch_lines);  // A dummy stands in its place.
  publish_now(it.database, it.now);
  it.now += minutes(10);
  // The log fits itself: whoever has the database alone sees nothing.
  CHECK(it.faults() == "");
  CHECK(it.ruling(dropped).kept == Kept::broken);
  CHECK_FALSE(it.ruling(dropped).index.has_value());
  CHECK(it.ruling(honest).kept == Kept::kept);
  CHECK(it.ruling(honest).index == it.of(2)[0].index());
}

TEST_CASE("a promise that is kept after its hour is late") {
  Channel it;
  it.begin();
  it.receive(1);
  const Promise promise = it.promise(1);
  it.now += hours(1) + minutes(1);  // The program was down.
  it.join();
  CHECK(it.ruling(promise).kept == Kept::late);  // Nobody was shown a head over it.
  publish_now(it.database, it.now);
  CHECK(it.ruling(promise).kept == Kept::late);
  CHECK(it.ruling(promise).shown_at == it.now);
}

TEST_CASE("a promise is signed by the log, opens its line, and can be taken for nothing else") {
  Channel it;
  const Appended sent = it.receive(1);
  const Promise promise = it.promise(1);
  CHECK(promise.text() == "langnghe/promise/v1\nlangnghe.example/so-cai\n" +
                              to_base64(sent.leaf_hash) + "\nbefore 2026-11-23T03:00:00Z\n");
  const merkle::Verifier& log = it.sealer->verifier();
  CHECK(is_signed_by(promise, log));
  const auto opening = Opening::parse(promise.extra);
  REQUIRE(opening.has_value());
  CHECK(merkle::hash_leaf(*leaf_of(*opening)) == sent.leaf_hash);
  CHECK(opening->code == "ABCD2345");
  // As a file, and as the note alone.
  const auto read = Promise::parse(promise.file());
  REQUIRE(read.has_value());
  CHECK(read->file() == promise.file());
  CHECK(read->leaf_hash == promise.leaf_hash);
  CHECK(read->before == promise.before);
  CHECK(Promise::parse(promise.note)->file() == "langnghe/promise@v1\n\n" + promise.note);
  // No head, and no receipt.
  CHECK_FALSE(merkle::open_checkpoint(promise.note, log));
  CHECK_FALSE(merkle::Receipt::parse(promise.file()));
  const auto head = it.read([](db::Read& r) { return ledger::head(r); });
  CHECK_FALSE(Promise::parse(head->note));
  // Another key, another hour, another line: not signed.
  CHECK_FALSE(
      is_signed_by(promise, merkle::Signer("langnghe.example/so-cai", merkle::Seed{7}).verifier()));
  std::string later = promise.note;
  later.replace(later.find("T03:"), 4, "T04:");
  REQUIRE(Promise::parse(later).has_value());
  CHECK_FALSE(is_signed_by(*Promise::parse(later), log));
  Promise other = promise;
  other.leaf_hash[0] ^= 1;
  CHECK_FALSE(is_signed_by(other, log));
  // Malformed.
  const auto spoiled = [&](std::string_view from, std::string_view to) {
    std::string bytes = promise.file();
    bytes.replace(bytes.find(from), from.size(), to);
    return Promise::parse(bytes);
  };
  CHECK_FALSE(spoiled("03:00:00Z", "03:00:01Z"));
  CHECK_FALSE(spoiled("promise@v1", "promise@v2"));
  CHECK_FALSE(spoiled("promise/v1", "promise/v2"));
  CHECK_FALSE(spoiled("\nextra ", "\nExtra "));
  CHECK_FALSE(spoiled("before ", "after "));
  CHECK_FALSE(spoiled("before ", "more\nbefore "));
  CHECK_FALSE(Promise::parse(std::string(promise_size_max + 1, 'x')));
  CHECK_FALSE(Promise::parse(""));
}

TEST_CASE("a promise for a case that has joined is not given any more") {
  Channel it;
  it.receive(1);
  it.receive(2, false);
  const auto promised = [&](std::int64_t id) {
    return it.read([&](db::Read& r) { return promise_of(r, {"feedback", id}, "ABCD2345"); });
  };
  CHECK(promised(1).has_value());
  CHECK_FALSE(promised(2).has_value());
  it.now += hours(1);
  it.join();
  CHECK_FALSE(promised(1).has_value());
}

TEST_CASE("only the citizen's own key acts for a case that waits") {
  Channel it;
  it.receive(1);
  const auto by = [&](const CitizenKey* key) {
    return it.add({.event = Event::contested,
                   .subject = {"feedback", 1},
                   .at = it.now,
                   .party = Party::citizen,
                   .citizen = key});
  };
  CHECK_FALSE(by(nullptr).ok());
  CHECK_FALSE(by(&it.nam).ok());
  CHECK(by(&it.hoa).ok());
  it.now += hours(1);
  it.join();
  CHECK_FALSE(by(&it.nam).ok());
  CHECK(by(&it.hoa).ok());
  CHECK(it.faults() == "");
}

TEST_CASE("erasing a case takes away what opens its waiting events, and they join all the same") {
  Channel it;
  it.begin();
  const Appended sent = it.receive(1);
  const Promise promise = it.promise(1);
  REQUIRE(it.add({.event = Event::erased,
                  .subject = {"feedback", 1},
                  .at = it.now,
                  .party = Party::citizen,
                  .reason = "by_sender",
                  .citizen = &it.hoa})
              .ok());
  it.run([&](db::Write& to, const db::Erasure& permission) {
    erase(to, permission, {"feedback", 1});
  });
  const auto salts = it.read([](db::Read& r) {
    return r.one(
        "SELECT count(*) FROM ledger_waiting WHERE commit_salt IS NOT NULL "
        "OR body_salt IS NOT NULL OR case_key IS NOT NULL",
        [](const db::Row& row) { return row.integer(0); });
  });
  CHECK(salts == 0);
  CHECK(it.faults() == "");
  CHECK_FALSE(it.act(1, Event::accepted).ok());
  it.now += minutes(50);
  CHECK(it.join() == batch_lines);
  CHECK(it.faults() == "");
  CHECK(it.looked().erased == 2);
  CHECK_FALSE(it.act(1, Event::accepted).ok());
  // The promise was kept, although nobody can say any more what it was about.
  publish_now(it.database, it.now);
  CHECK(it.ruling(promise).kept == Kept::kept);
  const auto leaf = it.read([&](db::Read& r) { return leaf_at(r, it.of(1)[0].index()); });
  CHECK(leaf == as_text(sent.leaf));
}

TEST_CASE("a waiting event that was changed, moved or left out is a fault") {
  Channel it;
  it.receive(1);
  REQUIRE(it.act(1, Event::accepted).ok());
  REQUIRE(it.act(1, Event::answered).ok());
  REQUIRE(it.faults() == "");
  it.run([&](db::Write& to, const db::Erasure&) {
    to.run("DELETE FROM ledger_waiting WHERE seq = $1", 1);
  });
  CHECK(it.faults().find("an event of its case is missing before it") != std::string::npos);
  it.run([&](db::Write& to, const db::Erasure&) {
    to.run("DELETE FROM ledger_waiting WHERE seq = $1", 2);
    to.run("UPDATE ledger_waiting SET payload = replace(payload, 'P1', 'P2')");
  });
  CHECK(it.faults() == "the leaf does not open to the entry; ");
}

TEST_CASE("no request changes or removes what waits") {
  Channel it;
  it.receive(1);
  const auto tried = [&](auto statement) {
    return it.database.write([&](db::Write& to) -> Result<Done> {
      statement(to);
      return Done{};
    });
  };
  CHECK_THROWS_AS(
      static_cast<void>(tried([](db::Write& to) { to.run("DELETE FROM ledger_waiting"); })),
      db::Failure);
  CHECK_THROWS_AS(static_cast<void>(
                      tried([](db::Write& to) { to.run("UPDATE ledger_waiting SET due_at = 0"); })),
                  db::Failure);
  CHECK(it.count(0) == 1);
}

}  // namespace ln::ledger
