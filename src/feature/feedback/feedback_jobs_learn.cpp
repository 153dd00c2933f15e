#include "feature/feedback/feedback_jobs_learn.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/embedded.h"
#include "core/ledger/ledger_store.h"
#include "core/units/units_csv.h"
#include "engine/triage/triage_corpus.h"
#include "feature/feedback/feedback_actions_triage.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_similar.h"
#include "feature/feedback/feedback_store_triage.h"
#include "platform/db/recent.h"

namespace ln::feedback {
namespace {

constexpr std::int64_t entries_in_turn = 1'000;      // each may write eight rows
constexpr std::int64_t decisions_in_turn = 20'000;   // of which few are of cases put together
constexpr std::int64_t handled_max = 5'000;          // cases learned from
constexpr std::size_t features_learned = 8'000'000;  // at most 128 MB while it learns
constexpr std::chrono::hours model_lasts{20};
constexpr std::size_t shipped_manners = 2;  // each is learned without its marks as well

std::vector<units::CsvRow> shipped_rows(std::string_view path,
                                        std::span<const std::string_view> columns) {
  const auto bytes = embedded::find(path);
  CHECK(bytes.has_value());
  auto rows = units::read_csv(*bytes, columns);
  CHECK(rows.ok());
  return std::move(rows).value();
}

}  // namespace

std::vector<triage::Example> shipped_examples() {
  constexpr std::string_view topics[] = {
      "code",    "parent_code",   "about",          "name_vi",     "name_en",  "hint_vi",
      "hint_en", "deadline_kind", "deadline_count", "is_smallest", "unit_code"};
  constexpr std::string_view texts[] = {"topic", "text"};
  constexpr std::string_view slots[] = {"slot", "value"};
  std::map<std::string, std::string> label_of;
  for (const auto& row : shipped_rows("data/topics.csv", topics))
    label_of[row.cells[0]] = row.cells[2] + "/" + row.cells[0];
  std::vector<triage::Template> templates;
  for (const auto& row : shipped_rows("data/triage/topics.csv", texts))
    templates.push_back({label_of[row.cells[0]], row.cells[1]});
  std::vector<triage::SlotValue> values;
  for (const auto& row : shipped_rows("data/triage/slots.csv", slots))
    values.push_back({row.cells[0], row.cells[1]});
  return triage::expand(templates, values, shipped_manners);
}

namespace {

std::vector<triage::Example> each_nth(std::vector<triage::Example> all, std::size_t every) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < all.size(); i += every)
    if (kept++ != i) all[kept - 1] = std::move(all[i]);
  all.resize(kept);
  return all;
}

}  // namespace

struct Learning::Work {
  Learned what;
  triage::Training training;
  std::int64_t handled = 0;
};

Learning::Learning(std::size_t every) : every_(every) {}
Learning::~Learning() = default;

bool Learning::turn(db::Database& database, Instant now, bool is_night) {
  for (const Learned what : all_learned) {
    if (work_) break;
    std::vector<triage::Example> handled;
    const bool is_due = database.read([&](db::Read& read) {
      const auto last = trained_at(read, what);
      const bool due = !last || (is_night && now - *last > model_lasts);
      if (due) handled = handled_examples(read, what, handled_max);
      return due;
    });
    if (!is_due) continue;
    // Offices differ from city to city: of them only what was handled here is known. What does not
    // fit is left out from the end, which is the oldest of what was handled.
    std::vector<triage::Example> examples;
    if (what == Learned::topic) examples = each_nth(shipped_examples(), every_);
    const auto count = static_cast<std::int64_t>(handled.size());
    std::ranges::move(handled, std::back_inserter(examples));
    work_ = std::make_unique<Work>(
        Work{what, triage::Training(examples, {.features_max = features_learned}), count});
  }
  if (!work_) return false;
  if (work_->training.step()) return true;
  const auto model = work_->training.take();
  const Learned what = work_->what;
  const ModelRow row{model ? model->bytes() : std::string(), now, work_->handled};
  work_.reset();
  const Result<Done> saved = database.write([&](db::Write& write) -> Result<Done> {
    save_model(write, what, row);
    db::forget_recent(write);
    return Done{};
  });
  static_cast<void>(saved);  // It refuses nothing.
  return what != all_learned.back();
}

std::int64_t band_received(db::Database& database, Instant now) {
  std::int64_t from = 0, to = 0;
  const auto ids = database.read([&](db::Read& read) {
    from = progress_of(read, "bands");
    to = std::min(from + entries_in_turn, ledger::last_entry_id(read));
    return ledger::subjects_with(read, "feedback",
                                 {ledger::Event::received, ledger::Event::published}, from, to);
  });
  if (to <= from) return 0;
  const Result<Done> done = database.write([&](db::Write& write) -> Result<Done> {
    if (progress_of(write, "bands") != from) return Done{};  // Another node was faster.
    for (const std::int64_t id : ids)
      if (const auto found = find(write, FeedbackId{id});
          found && found->received_at > now - similar_within)
        put_bands(write, *found);
    save_progress(write, "bands", to);
    return Done{};
  });
  return done.ok() ? to - from : 0;
}

std::int64_t forget_bands(db::Database& database, Instant now) {
  const Result<std::int64_t> gone = database.write([&](db::Write& write) -> Result<std::int64_t> {
    return remove_bands_before(write, now - similar_within);
  });
  return gone.ok() ? gone.value() : 0;
}

std::int64_t follow_leads(db::Database& database, Random& random, Instant now) {
  using ledger::Event;
  std::int64_t from = 0, to = 0;
  std::vector<std::pair<FeedbackId, FeedbackId>> pairs;  // case, the one it was put with
  database.read([&](db::Read& read) {
    from = progress_of(read, "follow");
    to = std::min(from + decisions_in_turn, ledger::last_entry_id(read));
    for (const auto& events : {std::pair(Event::answered, Event::promised),
                               std::pair(Event::declined, Event::redirected)})
      for (const std::int64_t id : ledger::subjects_with(read, "feedback", events, from, to))
        for (const FeedbackId member : members_of(read, FeedbackId{id}))
          pairs.emplace_back(member, FeedbackId{id});
    return Done{};
  });
  if (to <= from) return 0;
  std::int64_t count = 0;
  for (const auto& [member, lead] : pairs) {
    const ledger::Salts salts = ledger::draw(random);
    const auto followed =
        database.write([&](db::Write& write) { return follow(write, member, lead, salts, now); });
    count += followed.ok() ? 1 : 0;  // Refused: it was answered by itself meanwhile.
  }
  const Result<Done> done = database.write([&](db::Write& write) -> Result<Done> {
    save_progress(write, "follow", to);
    return Done{};
  });
  static_cast<void>(done);  // It refuses nothing.
  return count;
}

}  // namespace ln::feedback
