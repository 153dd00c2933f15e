// Rows of emulation and its tables, and the figures of other rooms that a claim is made of. No
// rules.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/emulation/emulation.h"
#include "platform/db/db.h"

namespace ln::emulation {

ModelId insert(db::Write& write, const Model& model);
std::optional<Model> find(db::Read& read, ModelId id);
// The newest first, with smaller ids than `before`.
std::vector<Model> models_before(db::Read& read, ModelId before, std::int64_t limit);
// Of the unit at `path` and those below it, the newest first.
std::vector<Model> models_within(db::Read& read, std::string_view path, std::int64_t limit);
// Those that took up `id`.
std::vector<Model> adopters_of(db::Read& read, ModelId id, std::int64_t limit);
// Whether the unit of `model` has one by the same figure that was not claimed yet.
bool has_unclaimed(db::Read& read, const Model& model);
// Whether one of the unit, above or below it compares the same figure over some of the same days.
bool has_overlap(db::Read& read, const Model& model);
// Claimed ones without a verdict, the oldest claim first.
std::vector<Model> waiting_for_verdict(db::Read& read, std::int64_t limit);

void insert(db::Write& write, ModelId id, const Event& event);
std::vector<Event> events_of(db::Read& read, ModelId id);  // in their order
Happening stands_of(db::Read& read, ModelId id);

void insert(db::Write& write, ModelId id, const Claim& claim);
std::optional<Claim> claim_of(db::Read& read, ModelId id);

// Puts the criteria that come with the program where they are not yet: the standards for a
// collective that Đà Lạt uses (baolamdong.vn 2850067), in force from 1 January 2024.
void install_criteria(db::Write& write);
// Those in force at that moment, by their code; with `all`, also those that are not any more.
std::vector<Criterion> criteria_at(db::Read& read, Instant at, bool all = false);
// From `from` on the criterion is as given.
void insert(db::Write& write, const Criterion& criterion, Instant from);

// The figure of the unit at `path` with everything below it, and of all others, for cases received
// in [from, to), each as it stood judged_days later. Precondition: the last of them has that age.
// What was rated anew after that is left out, because what it was is not kept.
struct Counted {
  stats::Share own{}, others{};
};
Counted count(db::Read& read, Metric metric, std::string_view path, Day from, Day to);
// Whether line `line` of the ledger tells of a public act (a promise, a dialogue, a project) of the
// unit at `path` or one below it. What tells of a case is no evidence here: whose it is is secret.
bool is_public_act_of(db::Read& read, std::int64_t line, std::string_view path);
// The line that tells of one of this kind (a promise that was kept by being done, before others of
// its kind), or of any when there is none; null when there is none at all.
std::optional<std::int64_t> first_public_act(db::Read& read,
                                             std::string_view path,
                                             std::string_view kind);
// What a line tells of: the word of the ledger for what was done, and of what.
struct PublicAct {
  std::int64_t line = 0;
  std::string kind{};   // "commitment", "dialogue" or "project"
  std::int64_t id = 0;  // of it
  std::string event{};
  std::string name_vi{}, name_en{};  // empty where its words are not public
};
// Null when the line tells of none that is still there.
std::optional<PublicAct> public_act(db::Read& read, std::int64_t line);

}  // namespace ln::emulation
