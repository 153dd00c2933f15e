// What a witness keeps on disk: its key, its memory, and evidence against logs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "core/witness/witness.h"

namespace ln::witness {

struct Places {
  std::string key;       // private key, readable by its owner alone; made at the first start
  std::string state;     // the memory
  std::string evidence;  // folder; made with the first evidence
};

struct Kept {
  merkle::Signer signer;
  Memory memory;
};

// Opens key and memory, or makes both when neither is there. Throws file::Failure, with a sentence
// that says what to do, when
//   the key can be read by others, is damaged or bears another name than `name`;
//   one of the two is missing: a witness without its memory would sign a second history;
//   the memory is damaged or another witness's.
// Precondition: is_key_name(name).
Kept open(const Places& places, const std::string& name, Random& random);

// Returns when `memory` is durable: a new file, synced, renamed, and its folder synced. Before and
// when it throws file::Failure, the old one is there.
void save(const Places& places, const Memory& memory);

// Keeps evidence of a split view, durably, and gives its path; the first of each size of a log
// stays. Empty when there are `evidence_max` files of this log already: one that lies can neither
// fill the disk nor leave no room for the lies of another.
std::string keep_evidence(const Places& places, const Seen& seen, const merkle::Note& other);
inline constexpr std::size_t evidence_max = 1'000;

// The names of all that is kept so: log after log, of each the largest sizes first. Empty also when
// the folder cannot be read.
std::vector<std::string> evidence_names(const Places& places);
// Those of them that a page lists: of each log the first `evidence_shown_max`.
inline constexpr std::size_t evidence_shown_max = 20;
std::vector<std::string> shown_of(const std::vector<std::string>& names);
// Its bytes; null when `name` is none that keep_evidence gives, or there is no such file.
std::optional<std::string> read_evidence(const Places& places, std::string_view name);

}  // namespace ln::witness
