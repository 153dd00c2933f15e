#include "core/ledger/ledger_jobs_batch.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_late.h"
#include "core/ledger/ledger_stop.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_waiting.h"

namespace ln::ledger {
namespace {

// What joins in one transaction; more than that goes on in the next, with dummies of its own.
constexpr std::int64_t lines_max = 20'000;

// What a case of this channel looks like: dummies are made like it.
struct Model {
  std::int64_t unit_id = 0;
  std::string payload;
};

std::optional<Model> find_model(db::Read& read, std::int64_t from) {
  const auto to_model = [](const db::Row& row) {
    return Model{row.maybe_integer(0).value_or(0), row.text(1)};
  };
  auto model = read.one(
      "SELECT e.unit_id, e.payload FROM ledger_secret s JOIN ledger_entry e ON e.id = s.id "
      "WHERE s.is_dummy IS NOT NULL AND s.id >= $1 AND e.event = 'received' ORDER BY s.id LIMIT 1",
      to_model, from);
  if (model) return model;
  return read.one(
      "SELECT unit_id, payload FROM ledger_entry WHERE id >= $1 AND event = 'received' "
      "ORDER BY id LIMIT 1",
      to_model, from);
}

Waiting make_dummy(const Model& model, std::string_view kind, Random& random, Instant due_at) {
  constexpr int id_bits = 52;
  const auto text = [&](std::string_view name) {
    return std::string(text_in(model.payload, name).value_or(""));
  };
  const std::string unit = text("unit"), topic = text("cat");
  const auto said_at = instant_of(text("t")), said_due = instant_of(text("due"));
  const CaseKey key = draw_case_key(random);
  Salts salts = draw(random);
  salts.commit = dummy_salt(key);
  // Ids of cases are above zero; see decision 18 for what this gives away, and to whom.
  const auto id = -1 - static_cast<std::int64_t>(random.next() >> (64 - id_bits));
  const Entry entry{
      .event = Event::received,
      .subject = {std::string(kind), id},
      .at = due_at,
      .party = Party::citizen,
      .unit_id = model.unit_id,
      .unit = unit,
      .topic = topic,
      .due = said_at && said_due ? std::optional(due_at + (*said_due - *said_at)) : std::nullopt,
      .body = as_text(salts.commit),
      .case_key = &key,
      .registers = CitizenKey::from_secret(as_text(key)).public_key()};
  Waiting dummy{.entry = {.id = 0,
                          .at = due_at,
                          .event = entry.event,
                          .subject = entry.subject,
                          .seq = 0,
                          .party = entry.party,
                          .actor_id = 0,
                          .unit_id = entry.unit_id,
                          .payload = payload_of(entry, 0, std::nullopt, salts),
                          .before = due_at},
                .salts = salts,
                .case_key = key};
  dummy.leaf = merkle::make_leaf(merkle::tag_of(key, 0),
                                 merkle::commit_to(salts.commit, dummy.entry.payload));
  return dummy;
}

std::vector<Waiting> make_dummies(db::Database& database,
                                  std::string_view kind,
                                  Random& random,
                                  Instant due_at) {
  std::vector<Model> models;
  database.read([&](db::Read& read) {
    const auto last = static_cast<std::uint64_t>(last_entry_id(read));
    for (std::size_t i = 0; last > 0 && i < batch_lines; ++i) {
      const auto from = 1 + static_cast<std::int64_t>(random.below(last));
      auto model = find_model(read, from);
      if (!model) model = find_model(read, 1);
      if (model) models.push_back(*std::move(model));
    }
    // The first cases of a log: they are all there is to look like.
    if (models.empty())
      for (const Waiting& each : waiting_until(read, due_at, batch_lines))
        if (each.entry.event == Event::received)
          models.push_back({each.entry.unit_id, each.entry.payload});
  });
  if (models.empty()) models.emplace_back();
  std::vector<Waiting> dummies;
  for (std::size_t i = 0; i < batch_lines; ++i)
    dummies.push_back(make_dummy(models[i % models.size()], kind, random, due_at));
  return dummies;
}

// One line of a batch.
struct Line {
  const Waiting* what;
  bool is_dummy;
  Hash lot{};  // decides its place
};

// A random order in which the events of one case follow each other as they happened: the places are
// drawn, and each case fills those it got from the first on.
std::vector<Line> shuffled(const std::vector<Waiting>& real,
                           std::span<const Waiting> dummies,
                           const std::array<std::uint8_t, 32>& seed) {
  std::vector<Line> lines;
  for (const Waiting& each : real) lines.push_back({&each, false});
  for (const Waiting& each : dummies) lines.push_back({&each, true});
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto number = static_cast<std::uint32_t>(i);
    lines[i].lot = merkle::tag_of(seed, number);
  }
  std::ranges::sort(lines, {}, &Line::lot);
  std::map<std::pair<std::string, std::int64_t>, std::vector<std::size_t>> places;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Subject& subject = lines[i].what->entry.subject;
    places[{subject.kind, subject.id}].push_back(i);
  }
  for (const auto& [subject, at] : places) {
    std::vector<Line> events;
    for (const std::size_t i : at) events.push_back(lines[i]);
    std::ranges::sort(events, {}, [](const Line& line) { return line.what->entry.seq; });
    for (std::size_t n = 0; n < at.size(); ++n) lines[at[n]] = events[n];
  }
  return lines;
}

}  // namespace

merkle::Salt dummy_salt(const CaseKey& key) {
  const Hash first = merkle::hkdf_sha256(key, as_bytes("langnghe/dummy/v1/1"));
  const Hash second = merkle::hkdf_sha256(key, as_bytes("langnghe/dummy/v1/2"));
  merkle::Salt salt{};
  std::ranges::copy(first, salt.begin());
  std::ranges::copy(second, salt.begin() + first.size());
  return salt;
}

std::int64_t join_batch(db::Database& database,
                        std::string_view kind,
                        Random& random,
                        Instant now) {
  const Instant due_at = batch_due_at(now);
  bool is_first = false;
  const auto owes = [&](db::Read& read) {
    const auto last = last_batch(read);
    is_first = !last;
    return !last || *last < due_at || !waiting_until(read, due_at, 1).empty();
  };
  if (!may_write().ok() || !database.read(owes)) return 0;
  const std::vector<Waiting> dummies = make_dummies(database, kind, random, due_at);
  const auto seed = random.bytes<32>();
  const auto joined =
      database.erase([&](db::Write& write, const db::Erasure& permission) -> Result<std::int64_t> {
        if (!owes(write)) return 0;  // Another node was faster.
        const std::vector<Waiting> real = waiting_until(write, due_at, lines_max);
        const std::size_t over = real.size() % batch_lines;
        const std::size_t missing = over != 0                   ? batch_lines - over
                                    : real.empty() && !is_first ? batch_lines
                                                                : 0;
        const auto lines = shuffled(real, std::span(dummies).first(missing), seed);
        for (const Line& line : lines) join(write, *line.what, line.is_dummy);
        const auto count = static_cast<std::int64_t>(lines.size());
        if (!real.empty())
          remove_waiting(write, permission, due_at, static_cast<std::int64_t>(real.size()));
        write.run(
            "INSERT INTO ledger_batch (due_at, line_count) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            due_at, count);
        return count;
      });
  return joined.ok() ? joined.value() : 0;
}

}  // namespace ln::ledger
