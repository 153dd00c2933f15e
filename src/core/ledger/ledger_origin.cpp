#include "core/ledger/ledger_origin.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_tree.h"

namespace ln::ledger {

Result<OriginFact> origin_after(db::Read& read,
                                const std::optional<std::string>& note,
                                Instant now) {
  const auto log = find_log(read);
  const auto key = log ? merkle::Verifier::parse(log->vkey) : std::nullopt;
  const auto newest = head(read);
  if (!key || !newest) return Error{ErrorKind::invalid, "ledger.origin.not_signed"_t};
  const std::string& given = note ? *note : newest->note;
  const auto last = merkle::open_checkpoint(given, *key);
  auto opened = merkle::Note::parse(given);
  if (!last || !opened) return Error{ErrorKind::invalid, "ledger.origin.not_signed"_t};
  // Whatever else somebody has written below the head is not repeated for ever.
  std::erase_if(opened->signatures, [&](const merkle::NoteSignature& line) {
    return line.name != key->name || line.key_id != key->id();
  });
  opened->signatures.resize(1);
  const std::int64_t kept = leaf_count(read);
  const auto size = static_cast<std::int64_t>(last->size);
  if (size <= kept && merkle::root_of(last->size, subtrees(read)) != last->root)
    return Error{ErrorKind::invalid, "ledger.origin.forged"_t};
  // Times of heads never fall.
  return OriginFact{
      .at = std::max(now, newest->at), .kept = kept, .key = log->vkey, .note = opened->serialise()};
}

void begin_over(db::Database& database, const merkle::Signer& signer, const OriginFact& fact) {
  const std::string& origin = signer.verifier().name;
  const auto done = database.write([&](db::Write& write) -> Result<Done> {
    const auto log = find_log(write);
    if (!log || log->vkey != fact.key || log->origin == origin || leaf_count(write) != fact.kept)
      throw db::Failure("the database does not hold the log that another is to begin over",
                        db::Failure::Kind::corrupt);
    merkle::Trunk trunk =
        merkle::Trunk::from(static_cast<std::uint64_t>(fact.kept), children(write));
    TRY(const std::int64_t index, announce(write, fact));
    const auto leaf = leaf_at(write, index);
    CHECK(leaf.has_value());
    trunk.append(merkle::hash_leaf(as_bytes(*leaf)),
                 [&](unsigned level, std::uint64_t n, std::string_view hashes) {
                   insert_crown(write, level, n, hashes);
                 });
    const Hash root = trunk.edge().root();
    const std::string text = merkle::Checkpoint{origin, trunk.size(), root}.text();
    write.run("INSERT INTO ledger_head (size, root, note, at) VALUES ($1, $2, $3, $4)",
              trunk.size(), db::Blob{root}, merkle::Note{text, {signer.sign(text)}}.serialise(),
              fact.at);
    write.run("UPDATE ledger_log SET origin = $1, vkey = $2, opened_at = $3 WHERE id = 1", origin,
              signer.verifier().text(), fact.at);
    return Done{};
  });
  if (!done.ok()) throw db::Failure("the ledger is stopped: nothing can begin");
}

std::vector<Former> former_logs(db::Read& read) {
  std::vector<Former> all;
  for (const Stored& entry : entries_of(read, subject_of(origin_kind))) {
    const auto fact = parse_fact(entry.payload);
    const auto* origin = fact ? std::get_if<OriginFact>(&*fact) : nullptr;
    const auto key = origin != nullptr ? merkle::Verifier::parse(origin->key) : std::nullopt;
    auto last = key ? merkle::open_checkpoint(origin->note, *key) : std::nullopt;
    if (last) all.push_back({*key, origin->kept, *std::move(last)});
  }
  return all;
}

const merkle::Verifier& signer_of(const std::vector<Former>& former,
                                  std::int64_t size,
                                  const merkle::Verifier& current) {
  const auto found = std::ranges::find_if(former, [&](const Former& f) { return size <= f.kept; });
  return found == former.end() ? current : found->key;
}

}  // namespace ln::ledger
