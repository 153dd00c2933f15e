#include "core/ledger/ledger_late.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_store_tree.h"
#include "test/world.h"

namespace ln::ledger {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr Instant due = test::monday + hours(48);
const std::string origin = "so-cai.example";

std::uint64_t seconds(Instant at) {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count());
}

// Two cases under one log, and three witnesses who sign what they are shown, when they are.
struct Town : test::World {
  std::unique_ptr<Sealer> sealer =
      Sealer::open(database, {origin, "", "", [this] { return now; }}, random);
  CitizenKey citizen = CitizenKey::from_secret("23456789ABCDEFGHJKLM");
  merkle::Signer mttq = witness("mttq.example"), dhqg = witness("dhqg.example"),
                 baochi = witness("baochi.example");

  merkle::Signer witness(const std::string& name) {
    return {name, random.bytes<32>(), merkle::KeyKind::witness};
  }
  void add(const Entry& entry) {
    const Salts salts = draw(random);
    REQUIRE(write([&](db::Write& to) { return append(to, entry, salts); }).ok());
  }
  void receive(std::int64_t id, std::optional<Instant> due_at = due) {
    const CaseKey key = draw_case_key(random);
    Entry entry{.event = Event::received, .subject = {"feedback", id}, .at = now};
    entry.party = Party::citizen;
    entry.due = due_at;
    entry.case_key = &key;
    entry.registers = citizen.public_key();
    add(entry);
  }
  // `said` is what the office writes as the time.
  void act(std::int64_t id, Event event, Instant said, std::optional<Instant> due_at = due) {
    add({.event = event, .subject = {"feedback", id}, .at = said, .due = due_at});
  }
  std::vector<merkle::Receipt> receipts(std::int64_t id) {
    return read([&](db::Read& from) { return receipts_of(from, {"feedback", id}, "ABCD2345"); });
  }
  merkle::Receipt receipt(std::int64_t id, std::size_t seq) { return receipts(id).at(seq); }

  merkle::Policy without() const { return merkle::Policy::of(sealer->verifier(), ""); }
  merkle::Policy with() const {
    std::string text = "log " + sealer->verifier().text() + "\n";
    for (const auto* one : {&mttq, &dhqg, &baochi}) {
      const std::string& name = one->verifier().name;
      text += "witness " + name.substr(0, name.find('.')) + " " + one->verifier().text() + "\n";
    }
    return merkle::Policy::parse(text + "group hai 2 mttq dhqg baochi\nquorum hai\n").value();
  }
};

merkle::Receipt seen(merkle::Receipt receipt,
                     const std::vector<std::pair<const merkle::Signer*, Instant>>& by) {
  merkle::Note note = merkle::Note::parse(receipt.checkpoint).value();
  for (const auto& [who, at] : by) note.signatures.push_back(who->cosign(note.text, seconds(at)));
  receipt.checkpoint = note.serialise();
  return receipt;
}

}  // namespace

TEST_CASE("witnesses who saw the answer by the due date decide whether the city was late") {
  Town town;
  town.receive(1);
  town.act(1, Event::accepted, town.now);
  town.act(1, Event::answered, due - hours(1));
  const merkle::Policy policy = town.with();
  const merkle::Receipt claim =
      seen(town.receipt(1, 0), {{&town.mttq, due + hours(9)}, {&town.dhqg, due + hours(9)}});
  const Instant later = due + hours(99);
  const auto rule = [&](const std::vector<std::pair<const merkle::Signer*, Instant>>& by) {
    const auto refereed = referee(claim, {seen(town.receipt(1, 2), by)}, policy, later);
    REQUIRE(refereed.ok());
    return refereed.value();
  };
  const Refereed kept = rule({{&town.mttq, due - minutes(50)}, {&town.dhqg, due}});
  CHECK(kept.ruling == Lateness::in_time);
  CHECK(kept.due_at == due);
  CHECK(kept.said_at == test::monday);
  CHECK(kept.answered_at == due - hours(1));
  CHECK(kept.first_seen->name == "mttq");
  // One second too late, one witness too few, the same one twice, all too late.
  const auto second = std::chrono::seconds(1);
  CHECK(rule({{&town.mttq, due}, {&town.dhqg, due + second}}).ruling == Lateness::not_seen);
  CHECK(rule({{&town.mttq, due}, {&town.mttq, due}, {&town.dhqg, due + hours(3)}}).ruling ==
        Lateness::not_seen);
  CHECK(rule({{&town.mttq, due + second}, {&town.dhqg, due + second}}).ruling ==
        Lateness::not_seen);
  CHECK(rule({{&town.mttq, due + hours(1)}, {&town.dhqg, due}, {&town.baochi, due}}).ruling ==
        Lateness::in_time);
  // Too few altogether prove nothing at all.
  const Refereed unproven = rule({{&town.mttq, due}});
  CHECK(unproven.ruling == Lateness::unproven);
  CHECK(unproven.why == "ledger.receipt.no_quorum"_t);
}

TEST_CASE("nothing shown is late after the due date and not before") {
  Town town;
  town.receive(1);
  const merkle::Policy policy = town.without();
  const merkle::Receipt claim = town.receipt(1, 0);
  const auto rule = [&](Instant now) { return referee(claim, {}, policy, now).value().ruling; };
  CHECK(rule(due - hours(1)) == Lateness::not_yet);
  CHECK(rule(due) == Lateness::not_yet);
  CHECK(rule(due + std::chrono::seconds(1)) == Lateness::nothing);
  CHECK(is_rebutted(Lateness::not_yet));
  CHECK_FALSE(is_rebutted(Lateness::nothing));
}

TEST_CASE("without witnesses the city's own word decides, and the ruling says so") {
  Town town;
  town.receive(1);
  town.act(1, Event::answered, due);
  town.receive(2);
  town.act(2, Event::declined, due + minutes(1), due + hours(24));
  const merkle::Policy policy = town.without();
  const auto rule = [&](std::int64_t id) {
    return referee(town.receipt(id, 0), {town.receipt(id, 1)}, policy, due + hours(30)).value();
  };
  CHECK(rule(1).ruling == Lateness::in_time_said);
  CHECK_FALSE(rule(1).moved_to);
  // A date that the city moves does not make it punctual, but it is told.
  CHECK(rule(2).ruling == Lateness::late);
  CHECK(rule(2).moved_to == due + hours(24));
}

TEST_CASE("only an answer to the same case counts") {
  Town town;
  town.receive(1);
  town.receive(2);
  town.act(1, Event::accepted, town.now);
  town.act(2, Event::answered, town.now);
  town.act(1, Event::asked, town.now);
  town.act(1, Event::redirected, town.now);
  town.act(2, Event::promised, town.now);
  const merkle::Policy policy = town.without();
  const merkle::Receipt claim = town.receipt(1, 0);
  const auto rule = [&](const std::vector<merkle::Receipt>& shown) {
    return referee(claim, shown, policy, town.now).value().ruling;
  };
  CHECK(rule({town.receipt(1, 3)}) == Lateness::in_time_said);
  CHECK(rule(town.receipts(1)) == Lateness::in_time_said);
  CHECK(rule({town.receipt(1, 1)}) == Lateness::no_answer);
  CHECK(rule({claim}) == Lateness::no_answer);
  CHECK(rule({town.receipt(2, 1)}) == Lateness::other_case);
  CHECK(rule(town.receipts(2)) == Lateness::other_case);
  // All events but one in the middle, and all in another order.
  auto gap = town.receipts(1);
  gap.erase(gap.begin() + 1);
  CHECK(rule(gap) == Lateness::unproven);
  auto turned = town.receipts(1);
  std::swap(turned[1], turned[2]);
  CHECK(rule(turned) == Lateness::unproven);
  // Its place alone tells nothing: the second event of another case.
  CHECK(rule({town.receipt(2, 2)}) == Lateness::other_case);
  // An answer from before the receipt is none to it.
  town.receive(3);
  town.act(3, Event::answered, town.now);
  town.act(3, Event::asked, town.now);
  const auto early = referee(town.receipt(3, 2), {town.receipt(3, 1)}, policy, town.now);
  REQUIRE(early.ok());
  CHECK(early.value().ruling == Lateness::other_case);
}

TEST_CASE("a forged answer is no answer, and says what is forged") {
  Town town;
  town.receive(1);
  town.receive(2);
  town.act(1, Event::answered, due + hours(2));
  town.act(2, Event::answered, due - hours(2));
  const merkle::Policy policy = town.without();
  const merkle::Receipt claim = town.receipt(1, 0), good = town.receipt(1, 1);
  const auto rule = [&](const merkle::Receipt& shown) {
    const Refereed refereed = referee(claim, {shown}, policy, due + hours(9)).value();
    CHECK(refereed.why.has_value() == (refereed.ruling == Lateness::unproven));
    return refereed.ruling;
  };
  CHECK(rule(good) == Lateness::late);
  const auto altered = [&](const auto& change) {
    merkle::Receipt receipt = good;
    Opening opening = Opening::parse(receipt.extra).value();
    change(receipt, opening);
    receipt.extra = opening.bytes();
    return rule(receipt);
  };
  const std::string said = to_iso(due + hours(2)), wished = to_iso(due - hours(2));
  const auto dated_back = [&](merkle::Receipt&, Opening& it) {
    it.payload.replace(it.payload.find(said), said.size(), wished);
  };
  CHECK(altered(dated_back) == Lateness::unproven);
  // The answer to another case, said to be of this one: by its key, and by its code.
  const Opening own = Opening::parse(good.extra).value();
  merkle::Receipt other = town.receipt(2, 1);
  Opening stolen = Opening::parse(other.extra).value();
  stolen.key = own.key;
  other.extra = stolen.bytes();
  CHECK(rule(other) == Lateness::unproven);
  CHECK(rule(town.receipt(2, 1)) == Lateness::other_case);
  // A head that nobody signed, and one of another key under the same name.
  CHECK(altered([&](merkle::Receipt& it, Opening&) {
          merkle::Note note = merkle::Note::parse(it.checkpoint).value();
          const merkle::Signer stranger(origin, town.random.bytes<32>());
          note.signatures = {stranger.sign(note.text)};
          it.checkpoint = note.serialise();
        }) == Lateness::unproven);
  CHECK(altered([](merkle::Receipt& it, Opening&) { ++it.index; }) == Lateness::unproven);
}

TEST_CASE("a forged time of a witness spoils the head instead of helping the city") {
  Town town;
  town.receive(1);
  town.act(1, Event::answered, due - hours(1));
  const merkle::Policy policy = town.with();
  const merkle::Receipt claim = seen(town.receipt(1, 0), {{&town.mttq, due}, {&town.dhqg, due}});
  merkle::Receipt shown =
      seen(town.receipt(1, 1), {{&town.mttq, due + hours(5)}, {&town.dhqg, due + hours(5)}});
  CHECK(referee(claim, {shown}, policy, due).value().ruling == Lateness::not_seen);
  merkle::Note note = merkle::Note::parse(shown.checkpoint).value();
  for (merkle::NoteSignature& line : note.signatures)
    if (line.blob.size() > 64) {
      const std::uint64_t wished = seconds(due - hours(1));
      for (std::size_t i = 0; i < 8; ++i) line.blob[i] = static_cast<char>(wished >> (56 - 8 * i));
    }
  shown.checkpoint = note.serialise();
  const Refereed refereed = referee(claim, {shown}, policy, due).value();
  CHECK(refereed.ruling == Lateness::unproven);
  CHECK(refereed.why == "ledger.receipt.not_signed"_t);
}

TEST_CASE("what is no claim decides nothing") {
  Town town;
  town.receive(1);
  town.act(1, Event::answered, town.now);
  town.receive(2, std::nullopt);
  const merkle::Policy policy = town.without();
  const auto refusal = [&](const merkle::Receipt& claim) {
    const auto refereed = referee(claim, {}, policy, town.now);
    REQUIRE_FALSE(refereed.ok());
    return refereed.error().text;
  };
  CHECK(refusal(town.receipt(1, 1)) == "ledger.late.is_answer"_t);
  CHECK(refusal(town.receipt(2, 0)) == "ledger.late.no_due"_t);
  merkle::Receipt forged = town.receipt(1, 0);
  ++forged.index;
  CHECK(refusal(forged) == "ledger.receipt.not_in_tree"_t);
  const auto unseen = referee(town.receipt(1, 0), {}, town.with(), town.now);
  REQUIRE_FALSE(unseen.ok());
  CHECK(unseen.error().text == "ledger.receipt.no_quorum"_t);
}

TEST_CASE("moments are read as they are written, and nothing else is") {
  CHECK(instant_of(to_iso(due)) == due);
  CHECK(instant_of("2024-02-29T23:59:59Z").has_value());
  for (const std::string_view wrong :
       {"", "2026-11-23", "2026-02-29T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23 02:15:07Z",
        "2026-11-23T02:15:07z", "2026-11-23T02:15:60Z", "+026-11-23T02:15:07Z",
        "2026-13-23T02:15:07Z", "2026-11-23T02:15:07+"})
    CHECK_FALSE(instant_of(wrong).has_value());
}

}  // namespace ln::ledger
