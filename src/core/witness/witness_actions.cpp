#include "core/witness/witness_actions.h"

#include <algorithm>

#include "base/log.h"
#include "platform/file/file.h"

namespace ln::witness {

Witness::Witness(Options options, Random& random) : options_(std::move(options)) {
  Kept kept = open(options_.places, options_.name, random);
  signer_ = std::move(kept.signer);
  memory_ = std::move(kept.memory);
}

Witness::Answer Witness::add_checkpoint(std::string_view body) {
  const std::lock_guard lock(mutex_);
  Judgement judged = judge(body, options_.logs, memory_);
  if (judged.is_split) accuse(judged);
  if (judged.outcome != Outcome::cosigned) return {judged.outcome, "", judged.seen_size};
  const std::string& origin = judged.checkpoint.origin;
  const auto before = memory_.find(origin);
  const auto seconds = std::max<std::int64_t>(0, to_ms(options_.clock()) / 1000);
  const std::uint64_t time = std::max(static_cast<std::uint64_t>(seconds),
                                      before == memory_.end() ? 0 : before->second.time);
  const merkle::NoteSignature line = signer_->cosign(judged.note.text, time);
  judged.note.signatures.push_back(line);
  Memory next = memory_;
  next[origin] = Seen{judged.checkpoint, judged.note.serialise(), time};
  save(options_.places, next);
  memory_ = std::move(next);
  log::write(log::Level::info, "cosigned",
             {{"log", origin}, {"size", static_cast<std::int64_t>(judged.checkpoint.size)}});
  return {Outcome::cosigned, merkle::signature_lines({line}), judged.checkpoint.size};
}

void Witness::accuse(const Judgement& judged) {
  const Seen& seen = memory_.find(judged.checkpoint.origin)->second;
  std::string path;
  try {
    path = keep_evidence(options_.places, seen, judged.note);
  } catch (const file::Failure& failure) {
    // Not signing does not depend on it.
    log::write(log::Level::error, "evidence_not_kept", {{"what", failure.what()}});
  }
  log::write(log::Level::error, "split_view",
             {{"log", judged.checkpoint.origin},
              {"size", static_cast<std::int64_t>(judged.checkpoint.size)},
              {"evidence", path}});
}

std::optional<std::string> Witness::checkpoint(std::string_view address) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [origin, seen] : memory_)
    if (address_of(origin) == address) return seen.note;
  return std::nullopt;
}

std::vector<Witness::SeenLog> Witness::seen() const {
  const std::lock_guard lock(mutex_);
  std::vector<SeenLog> all;
  for (const merkle::Verifier& log : options_.logs) {
    SeenLog one{log.name, address_of(log.name)};
    if (const auto found = memory_.find(log.name); found != memory_.end()) {
      one.size = found->second.checkpoint.size;
      one.cosigned_at = from_ms(static_cast<std::int64_t>(found->second.time) * 1000);
    }
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<std::string> Witness::evidence() const { return evidence_names(options_.places); }

std::optional<std::string> Witness::evidence(std::string_view name) const {
  return read_evidence(options_.places, name);
}

}  // namespace ln::witness
