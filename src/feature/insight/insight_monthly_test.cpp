#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "app/erasure.h"
#include "base/text.h"
#include "core/ledger/ledger_counted.h"
#include "core/ledger/ledger_jobs.h"
#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "feature/feedback/feedback_actions_erase.h"
#include "feature/insight/insight_jobs_facts.h"
#include "feature/insight/insight_jobs_monthly.h"
#include "test/city.h"

namespace ln::insight {
namespace {

using ledger::CountState;
using ledger::SumRow;
using std::chrono::days;
using std::chrono::hours;

Day day_of(int year, unsigned month, unsigned day) {
  return Day(std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day));
}

// A city whose log is sealed and published, and whose days and months are told by the job.
// It begins on the second of November, so that what is sent then is overdue in the same month.
struct Months : test::City {
  Months() { now -= days(21); }
  std::unique_ptr<ledger::Sealer> sealer = ledger::Sealer::open(
      database, {"langnghe.example/so-cai", "", "", [this] { return now; }}, random);
  DailyReader kept;

  Sent place(const std::string& unit = "P1") {
    feedback::Typed made;
    made.about = "place";
    made.unit = unit;
    made.body = "Đèn đường ngõ 82 tắt ba tuần nay";
    return send(made);
  }
  std::vector<Sent> places(int many) {
    std::vector<Sent> sent;
    for (int i = 0; i < many; ++i) sent.push_back(place());
    return sent;
  }
  int tell_days() { return announce_days(database, kept, now, 400); }
  int tell_months() { return announce_months(database, kept, random, now); }
  // The first hour in which `day` can be told.
  void go_to(Day day) { now = at_local(day + days(1)) + daily_wait; }
  std::vector<ledger::MonthlyFact> told() {
    std::vector<ledger::MonthlyFact> facts;
    const auto entries = read([](db::Read& r) {
      return ledger::entries_of(r, ledger::subject_of(ledger::monthly_kind));
    });
    for (const ledger::Stored& each : entries)
      facts.push_back(std::get<ledger::MonthlyFact>(*ledger::parse_fact(each.payload)));
    return facts;
  }
  std::vector<ledger::Fault> faults() {
    auto all = read([](db::Read& r) { return check_days(r); });
    for (ledger::Fault& each : read([](db::Read& r) { return ledger::verify_all(r); }))
      all.push_back(std::move(each));
    return all;
  }
  std::string first_fault() {
    const auto all = faults();
    return all.empty() ? std::string() : all.front().what;
  }
  static ledger::Subject subject(const Sent& sent) { return {"feedback", sent.feedback.id.value}; }
  std::vector<ledger::CountStatus> states(const Sent& sent) {
    return read([&](db::Read& r) { return ledger::count_states(r, subject(sent), false, now); });
  }
  ledger::CountedProof proof(const Sent& sent, const ledger::CountStatus& status) {
    const auto made = read([&](db::Read& r) {
      return ledger::counted_proof(r, subject(sent), sent.feedback.code.text(), status);
    });
    REQUIRE(made.has_value());
    return *made;
  }
  void erase(const Sent& sent) {
    const feedback::CitizenAct act{.citizen = people::Citizen(sent.secret),
                                   .code = sent.feedback.code,
                                   .salts = ledger::draw(random),
                                   .now = now,
                                   .text = {}};
    REQUIRE(write([&](db::Write& w) { return feedback::erase(w, act); }).ok());
    app::destroy_erased(database, now);
    REQUIRE_FALSE(read([&](db::Read& r) { return ledger::case_key_of(r, subject(sent)); }));
  }
  // Tells the month that is due as `change` would have it.
  template <class Change>
  void tell_falsely(Change change) {
    const ledger::Hash seed = random.bytes<32>();
    read([&](db::Read& r) { kept.read_on(r); });
    const OpenMonth* open = kept.due_month();
    REQUIRE(open != nullptr);
    std::vector<ledger::SumTree> trees;
    for (KnownTree& each : read([&](db::Read& r) { return known_trees(r, *open); }))
      trees.push_back({each.unit, each.figure, each.labels});
    change(trees, seed);
    const ledger::Month month{ledger::monthly_fact(open->month, now, trees), trees};
    REQUIRE(write([&](db::Write& w) { return ledger::announce_month(w, month); }).ok());
  }
};

std::vector<std::pair<std::string, std::int64_t>> sums_of(const ledger::MonthlyFact& fact) {
  std::vector<std::pair<std::string, std::int64_t>> sums;
  for (const SumRow& row : fact.sums)
    sums.emplace_back(row.unit + " " + std::string(ledger::figure_words[row.figure]), row.count);
  return sums;
}

using Sums = std::vector<std::pair<std::string, std::int64_t>>;

}  // namespace

TEST_CASE("a month is told once, when all its days were, with the stretches that ended in it") {
  Months town;
  CHECK(town.tell_months() == 0);
  town.places(6);
  town.go_to(day_of(2026, 11, 29));
  CHECK(town.tell_days() == 28);
  CHECK(town.tell_months() == 0);
  town.go_to(day_of(2026, 11, 30));
  CHECK(town.tell_days() == 1);
  CHECK(town.tell_months() == 1);
  CHECK(town.tell_months() == 0);
  REQUIRE(town.told().size() == 1);
  CHECK(ledger::to_text(town.told()[0].month) == "2026-11");
  CHECK(sums_of(town.told()[0]) == Sums{{"P1 received", 6}, {"P1 overdue", 6}});
  CHECK(town.first_fault().empty());
  // Of these four the fifth comes in the next month, and so does the number.
  town.places(4);
  town.go_to(day_of(2026, 12, 6));
  town.place();
  DailyReader fresh, old;
  town.read([&](db::Read& r) { old.read_on(r); });
  town.go_to(day_of(2027, 2, 1));
  CHECK(announce_days(town.database, fresh, town.now, 400) == 63);
  CHECK(announce_months(town.database, fresh, town.random, town.now) == 2);
  // Another node, which begins anew, and one whose memory is old.
  DailyReader second;
  CHECK(announce_months(town.database, second, town.random, town.now) == 0);
  CHECK(announce_months(town.database, old, town.random, town.now) == 0);
  REQUIRE(town.told().size() == 3);
  CHECK(sums_of(town.told()[1]) == Sums{{"P1 received", 5}, {"P1 overdue", 5}});
  CHECK(town.told()[2].sums.empty());
  CHECK(town.first_fault().empty());
}

namespace {

// Another node, which tells the month while this one is between looking and writing.
struct OtherNode : Random {
  Months& town;
  DailyReader kept{};
  SeededRandom own{7};
  int told = 0;
  bool is_at_it = false;

  explicit OtherNode(Months& city) : town(city) {}
  void fill(std::span<std::uint8_t> out) override {
    own.fill(out);
    if (std::exchange(is_at_it, true)) return;
    told = announce_months(town.database, kept, own, town.now);
  }
};

}  // namespace

TEST_CASE("of two nodes that tell a month at the same time one does, and the other looks again") {
  Months town;
  town.places(6);
  town.go_to(day_of(2026, 11, 30));
  REQUIRE(town.tell_days() == 29);
  OtherNode other(town);
  CHECK(announce_months(town.database, town.kept, other, town.now) == 0);
  CHECK(other.told == 1);
  CHECK(town.told().size() == 1);
  CHECK(town.tell_months() == 0);
  CHECK(town.first_fault().empty());
}

TEST_CASE(
    "a log that has told its days for months tells those months when it can, in their order") {
  Months town;
  town.places(7);
  town.go_to(day_of(2027, 3, 15));
  REQUIRE(town.tell_days() == 134);
  CHECK(town.tell_months() == 4);
  REQUIRE(town.told().size() == 4);
  CHECK(ledger::to_text(town.told()[0].month) == "2026-11");
  CHECK(ledger::to_text(town.told()[3].month) == "2027-02");
  CHECK(sums_of(town.told()[0]) == Sums{{"P1 received", 7}, {"P1 overdue", 7}});
  CHECK(town.first_fault().empty());
}

TEST_CASE("the holder of a case finds it counted, and shows it to anybody") {
  Months town;
  const auto sent = town.places(6);
  const auto lone = town.place("P2");
  CHECK(town.states(sent[2]).size() == 1);
  CHECK(town.states(sent[2])[0].state == CountState::waiting);
  town.go_to(day_of(2026, 11, 29));
  town.tell_days();
  CHECK(town.states(sent[2])[0].state == CountState::told);
  town.go_to(day_of(2026, 11, 30));
  town.tell_days();
  REQUIRE(town.tell_months() == 1);
  ledger::publish_now(town.database, town.now);
  for (const auto& each : sent) {
    const auto states = town.states(each);
    REQUIRE(states.size() == 2);
    for (const ledger::CountStatus& status : states) {
      CHECK(status.state == CountState::counted);
      CHECK(status.sum == 6);
      const auto proof = town.proof(each, status);
      CHECK(ledger::CountedProof::parse(proof.text())->text() == proof.text());
      const auto shown = ledger::examine_counted(proof, nullptr);
      REQUIRE(shown.ok());
      CHECK(shown.value().row.count == 6);
    }
  }
  CHECK(town.states(lone)[0].state == CountState::waiting);
}

TEST_CASE("a proof of counting that was changed anywhere shows nothing") {
  Months town;
  const auto sent = town.places(6);
  town.go_to(day_of(2026, 11, 30));
  town.tell_days();
  REQUIRE(town.tell_months() == 1);
  ledger::publish_now(town.database, town.now);
  const auto good = town.proof(sent[0], town.states(sent[0])[0]);
  const auto other = town.proof(sent[1], town.states(sent[1])[0]);
  const auto late = town.proof(sent[0], town.states(sent[0])[1]);
  const auto why = [](const ledger::CountedProof& proof) {
    const auto shown = ledger::examine_counted(proof, nullptr);
    return shown.ok() ? std::string() : std::string(shown.error().text.name());
  };
  CHECK(why(good).empty());
  const auto changed = [&](auto change) {
    ledger::CountedProof proof = good;
    change(proof);
    return why(proof);
  };
  using Proof = ledger::CountedProof;
  CHECK(changed([](Proof& p) { p.steps.front().sibling.sum += 1; }) ==
        "ledger.counted.not_in_tree");
  CHECK(changed([](Proof& p) { p.steps.pop_back(); }) == "ledger.counted.not_in_tree");
  CHECK(changed([&](Proof& p) { p.event = other.event; }) == "ledger.counted.not_in_tree");
  CHECK(changed([&](Proof& p) { p.steps = late.steps; }) == "ledger.counted.not_in_tree");
  CHECK(changed([](Proof& p) { p.figure = 3; }) == "ledger.counted.not_in_tree");
  CHECK(changed([](Proof& p) { p.figure = 1; }) == "ledger.counted.other_figure");
  CHECK(changed([](Proof& p) { p.unit = "P2"; }) == "ledger.counted.other_unit");
  CHECK(changed([](Proof& p) { p.unit = "*"; }) == "ledger.counted.no_row");
  CHECK(changed([](Proof& p) { p.fact.index -= 1; }) == "ledger.counted.fact_not_in_log");
  CHECK(changed([](Proof& p) {
          const std::size_t at = p.fact.extra.find(",6,");
          p.fact.extra.replace(at, 3, ",5,");
        }) == "ledger.counted.fact_not_in_log");
  CHECK(changed([](Proof& p) { p.fact.extra = "\x02{}"; }) == "ledger.counted.no_fact");
  CHECK_FALSE(changed([](Proof& p) { p.event.index += 1; }).empty());
}

TEST_CASE("a city that leaves an overdue case out is found by its holder and by the audit") {
  Months town;
  const auto sent = town.places(6);
  town.go_to(day_of(2026, 11, 30));
  town.tell_days();
  // A leaf that is nobody's stands in its place, so that the sum is right.
  town.tell_falsely([&](std::vector<ledger::SumTree>& trees, const ledger::Hash& seed) {
    REQUIRE(trees.back().figure == 3);
    trees.back().labels[2] = ledger::lost_label(seed, 0);
    std::ranges::sort(trees.back().labels);
  });
  ledger::publish_now(town.database, town.now);
  CHECK(town.first_fault() ==
        "the sums of 2026-11: P1 overdue: counted cases are not in its tree: 1");
  int left_out = 0;
  for (const auto& each : sent) {
    const auto states = town.states(each);
    REQUIRE(states.size() == 2);
    CHECK(states[0].state == CountState::counted);
    if (states[1].state != CountState::left_out) continue;
    ++left_out;
    // Whatever way through the tree the city shows her, it is not hers.
    for (const auto& another : sent) {
      if (town.states(another)[1].state != CountState::counted) continue;
      auto forged = town.proof(another, town.states(another)[1]);
      forged.event = town.proof(each, states[0]).event;
      CHECK_FALSE(ledger::examine_counted(forged, nullptr).ok());
    }
  }
  CHECK(left_out == 1);
}

TEST_CASE("a sum that is smaller than its stretches, or of a tree that is not there, is found") {
  const auto fault_after = [](auto change) {
    Months town;
    town.places(6);
    town.go_to(day_of(2026, 11, 30));
    town.tell_days();
    town.tell_falsely(change);
    return town.first_fault();
  };
  using Trees = std::vector<ledger::SumTree>;
  CHECK(fault_after([](Trees&, const ledger::Hash&) {}).empty());
  CHECK(fault_after([](Trees& trees, const ledger::Hash&) { trees[1].labels.pop_back(); }) ==
        "the sums of 2026-11: P1 overdue: the stretches give 6, and it does not say so");
  CHECK(fault_after([](Trees& trees, const ledger::Hash&) { trees.pop_back(); }) ==
        "the sums of 2026-11: P1 overdue: the stretches give 6, and it does not say so");
  CHECK(fault_after([](Trees& trees, const ledger::Hash&) { trees[0].unit = "P0"; }) ==
        "the sums of 2026-11: P1 received: the stretches give 6, and it does not say so");
  CHECK(fault_after([](Trees& trees, const ledger::Hash&) {
          trees.push_back({"P3", 0, trees[0].labels});
        }) == "the sums of 2026-11: it has a sum of no stretch");
  CHECK(fault_after([](Trees& trees, const ledger::Hash&) {
          std::ranges::reverse(trees[0].labels);
        }) == "the sums of 2026-11: P1 received: its labels are not in their order");
}

TEST_CASE("an erased case stays counted, and nobody can say which leaf was its own") {
  Months town;
  const auto sent = town.places(7);
  town.go_to(day_of(2026, 11, 5));
  town.erase(sent[0]);  // before the tree is made
  town.go_to(day_of(2026, 11, 30));
  town.tell_days();
  REQUIRE(town.tell_months() == 1);
  CHECK(sums_of(town.told()[0]) == Sums{{"P1 received", 7}, {"P1 overdue", 6}});
  CHECK(town.first_fault().empty());
  ledger::publish_now(town.database, town.now);
  const auto before = town.proof(sent[1], town.states(sent[1])[0]);
  town.erase(sent[1]);  // and after
  CHECK(town.states(sent[0]).empty());
  CHECK(town.states(sent[1]).empty());
  CHECK(town.first_fault().empty());
  // What she has kept still shows it.
  CHECK(ledger::examine_counted(before, nullptr).ok());
}

TEST_CASE("a tree of more than one row is found and proved as a whole") {
  Months town;
  town.place();
  std::vector<ledger::Hash> labels;
  for (int i = 0; i < 2'500; ++i) labels.push_back(town.random.bytes<32>());
  std::ranges::sort(labels);
  const auto root = merkle::sum_root(labels);
  const std::vector<ledger::SumTree> trees = {{"P1", 0, labels}};
  const ledger::Month month{ledger::monthly_fact(std::chrono::year(2026) / 11, town.now, trees),
                            trees};
  REQUIRE(town.write([&](db::Write& w) { return ledger::announce_month(w, month); }).ok());
  for (const std::size_t at : {0U, 1023U, 1024U, 2047U, 2048U, 2499U}) {
    const auto found =
        town.read([&](db::Read& r) { return ledger::find_label(r, "P1", 0, labels[at]); });
    REQUIRE(found.has_value());
    CHECK(merkle::climb(labels[at], found->proof) == root);
  }
  CHECK_FALSE(town.read(
      [&](db::Read& r) { return ledger::find_label(r, "P1", 0, town.random.bytes<32>()); }));
  CHECK_FALSE(town.read([&](db::Read& r) { return ledger::find_label(r, "P1", 1, labels[0]); }));
  CHECK_FALSE(town.read([&](db::Read& r) { return ledger::find_label(r, "P2", 0, labels[0]); }));
}

TEST_CASE("the page of a case tells its holder whether it was counted, and nobody else") {
  Months town;
  const auto sent = town.places(6);
  test::Browser browser(town, town.router, town.site);
  const std::string base = "/feedback/" + sent[3].feedback.code.text();
  browser.get(base + "/counted");
  CHECK(browser.status() == 404);
  browser.get(base).fill("secret", sent[3].secret).press("Mở hồ sơ");
  const auto says = [&](std::string_view part) {
    return browser.body().find(part) != std::string::npos;
  };
  browser.get(base);
  CHECK(says(base + "/counted"));
  browser.get(base + "/counted");
  CHECK(browser.status() == 200);
  CHECK(says("Chưa được đếm: số này chưa được nói ra"));
  town.go_to(day_of(2026, 11, 30));
  town.tell_days();
  browser.get(base + "/counted");
  CHECK(says("Đã nằm trong số liệu công bố tháng 11/2026 (Phường Một)"));
  REQUIRE(town.tell_months() == 1);
  ledger::publish_now(town.database, town.now);
  browser.get(base + "/counted");
  CHECK(says("Đã được đếm trong cây tổng tháng 11/2026"));
  CHECK(says("Quá hạn, chưa trả lời"));
  const std::string file = base + "/counted/3/overdue";
  CHECK(says(file));
  browser.get(file);
  CHECK(browser.status() == 200);
  const auto proof = ledger::CountedProof::parse(browser.body());
  REQUIRE(proof.has_value());
  CHECK(ledger::examine_counted(*proof, nullptr).ok());
  browser.get(base + "/counted/3/late");
  CHECK(browser.status() == 404);
  browser.get(base + "/counted/4/overdue");
  CHECK(browser.status() == 404);
  const auto line = proof->fact.index;
  browser.get("/ledger/facts/" + std::to_string(line));
  CHECK(says("Cây tổng tháng 11/2026"));
  CHECK(says("Phường Một"));
  browser.get("/en/ledger/facts");
  CHECK(says("Sum tree of 11/2026"));
}

}  // namespace ln::insight
