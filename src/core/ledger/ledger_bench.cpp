// How fast entries are appended and sealed, without HTTP: the database in memory, so that the disk
// is not what is measured.
#include <benchmark/benchmark.h>

#include <memory>

#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_verify.h"
#include "engine/merkle/merkle_edge.h"
#include "test/world.h"

namespace ln::ledger {
namespace {

struct Bench {
  SeededRandom random{2026};
  db::Database database{{.path = ":memory:", .now = test::monday}};

  auto write(auto body) { return test::write(database, body); }
};

// One batch of 256 received cases, as the writer makes it.
void append_batch(benchmark::State& state) {
  Bench bench;
  const auto sealer = Sealer::open(
      bench.database, {"bench.example", "", "", [] { return test::monday; }}, bench.random);
  const CitizenKey citizen = CitizenKey::from_secret("23456789ABCDEFGHJKLM");
  const CaseKey key = draw_case_key(bench.random);
  std::int64_t id = 0;
  for (auto _ : state) {
    const auto done = bench.write([&](db::Write& write) -> Result<Done> {
      for (int i = 0; i < 256; ++i) {
        Entry entry{.event = Event::received, .subject = {"feedback", ++id}, .at = test::monday};
        entry.unit = "HN.XNOI";
        entry.topic = "thai-do";
        entry.due = test::monday;
        entry.body = "Đường vào xóm ngập mỗi khi mưa, nước không thoát được.";
        entry.case_key = &key;
        entry.registers = citizen.public_key();
        TRY([[maybe_unused]] const Appended appended, append(write, entry, Salts{}));
      }
      return Done{};
    });
    if (!done.ok()) state.SkipWithError("refused");
  }
  state.SetItemsProcessed(id);
}
BENCHMARK(append_batch)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

void hash_leaves(benchmark::State& state) {
  merkle::Edge edge;
  const Leaf leaf{1};
  for (auto _ : state) edge.append(merkle::hash_leaf(leaf));
  state.SetItemsProcessed(static_cast<std::int64_t>(edge.size()));
}
BENCHMARK(hash_leaves);

void make_citizen_key(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(CitizenKey::from_secret("23456789ABCDEFGHJKLM").public_key());
}
BENCHMARK(make_citizen_key);

}  // namespace
}  // namespace ln::ledger
