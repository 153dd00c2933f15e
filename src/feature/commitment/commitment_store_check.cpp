#include "feature/commitment/commitment_store_check.h"

#include <optional>

#include "base/text.h"
#include "core/ledger/ledger_store.h"
#include "feature/commitment/commitment_store.h"

namespace ln::commitment {
namespace {

bool fits_ledger(db::Read& read, std::int64_t id) {
  const auto c = find(read, CommitmentId{id});
  if (!c) return false;
  std::optional<ledger::Stored> last;
  for (ledger::Stored& each : ledger::entries_of(read, {"commitment", id}))
    if (each.event == ledger::Event::promised) last = std::move(each);
  const auto salts = last ? ledger::salts_of(read, last->id) : std::nullopt;
  if (!salts) return false;
  const std::string told = to_hex(ledger::hash_body(*salts, body_of(*c, c->text)));
  return ledger::text_in(last->payload, "body") == std::string_view(told);
}

}  // namespace

std::vector<std::int64_t> unfit_texts(db::Read& read) {
  std::vector<std::int64_t> unfit;
  const auto all = read.all(
      "SELECT DISTINCT subject_id FROM ledger_entry WHERE subject_kind = 'commitment' "
      "ORDER BY subject_id",
      [](const db::Row& row) { return row.integer(0); });
  for (const std::int64_t id : all)
    if (!fits_ledger(read, id)) unfit.push_back(id);
  return unfit;
}

}  // namespace ln::commitment
