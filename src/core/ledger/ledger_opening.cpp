#include "core/ledger/ledger_opening.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "engine/merkle/merkle_canonical.h"
#include "engine/merkle/merkle_leaf.h"

namespace ln::ledger {
namespace {

constexpr char version = '\x01';
constexpr std::string_view end_of_receipt = "--\n";

template <class Array>
bool take(std::string_view& bytes, Array& into) {
  if (bytes.size() < into.size()) return false;
  std::copy_n(bytes.begin(), into.size(), into.begin());
  bytes.remove_prefix(into.size());
  return true;
}

Error refused(TextKey text) { return {ErrorKind::invalid, text}; }

}  // namespace

std::string Opening::bytes() const {
  CHECK(code.size() <= 255);
  std::string out(1, version);
  out += static_cast<char>(code.size());
  out += code;
  for (const merkle::Bytes part : {merkle::Bytes(key), merkle::Bytes(salts.commit),
                                   merkle::Bytes(salts.body), as_bytes(payload)})
    out += as_text(part);
  return out;
}

std::optional<Opening> Opening::parse(std::string_view bytes) {
  if (bytes.size() < 2 || bytes[0] != version) return std::nullopt;
  const std::size_t code_size = static_cast<unsigned char>(bytes[1]);
  bytes.remove_prefix(2);
  if (bytes.size() < code_size) return std::nullopt;
  Opening opening;
  opening.code = bytes.substr(0, code_size);
  bytes.remove_prefix(code_size);
  if (!take(bytes, opening.key) || !take(bytes, opening.salts.commit) ||
      !take(bytes, opening.salts.body))
    return std::nullopt;
  // One thing has one spelling: otherwise two readers could see two things in one payload.
  if (!merkle::is_canonical(bytes)) return std::nullopt;
  opening.payload = bytes;
  return opening;
}

// No text can hold the pattern: inside one the quotes are escaped.
std::optional<std::uint32_t> seq_in(std::string_view payload) {
  constexpr std::string_view pattern = ",\"seq\":";
  constexpr std::int64_t seq_max = 0xFFFF'FFFF;
  const std::size_t found = payload.find(pattern);
  if (found == std::string_view::npos) return std::nullopt;
  const std::string_view rest = payload.substr(found + pattern.size());
  const auto number = parse_number(rest.substr(0, rest.find_first_of(",}")));
  if (!number || *number > seq_max) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

std::optional<Leaf> leaf_of(const Opening& opening) {
  const auto seq = seq_in(opening.payload);
  if (!seq) return std::nullopt;
  return merkle::make_leaf(merkle::tag_of(opening.key, *seq),
                           merkle::commit_to(opening.salts.commit, opening.payload));
}

Result<Examined> examine(const merkle::Receipt& receipt, const merkle::Policy* policy) {
  auto opening = Opening::parse(receipt.extra);
  const auto leaf = opening ? leaf_of(*opening) : std::nullopt;
  if (!leaf) return refused("ledger.receipt.no_opening"_t);
  const auto note = merkle::Note::parse(receipt.checkpoint);
  auto head = note ? merkle::Checkpoint::parse(note->text) : std::nullopt;
  if (!head) return refused("ledger.receipt.no_head"_t);
  Examined examined{.opening = *std::move(opening),
                    .leaf_hash = merkle::hash_leaf(*leaf),
                    .head = *std::move(head)};
  examined.seq = seq_in(examined.opening.payload).value_or(0);
  if (!merkle::is_included(receipt.index, examined.head.size, examined.leaf_hash, receipt.proof,
                           examined.head.root))
    return refused("ledger.receipt.not_in_tree"_t);
  if (policy == nullptr) return examined;
  examined.verdict = policy->judge(receipt.checkpoint);
  if (!examined.verdict) return refused("ledger.receipt.not_signed"_t);
  if (!examined.verdict->has_quorum) return refused("ledger.receipt.no_quorum"_t);
  return examined;
}

bool is_text_of(const Opening& opening, std::string_view text) {
  return text_in(opening.payload, "body") ==
         std::string_view(to_hex(hash_body(opening.salts, text)));
}

namespace {

// Whether an event that only the sender can do, or that says it is theirs, bears the signature of
// the key that stands for them, which an earlier event of the case has registered.
bool is_sent_by(std::string_view payload, const std::optional<PublicKey>& citizen) {
  const auto word = text_in(payload, "k");
  const auto event = word ? event_of(*word) : std::nullopt;
  const bool must_be =
      (event && needs_signature(*event, Party::office)) || text_in(payload, "sig").has_value();
  return !must_be || (citizen && is_signed_by(payload, *citizen));
}

}  // namespace

Result<std::vector<Examined>> examine_case(const std::vector<merkle::Receipt>& receipts,
                                           const merkle::Policy* policy) {
  std::vector<Examined> all;
  std::uint64_t last_index = 0;
  std::optional<PublicKey> citizen;
  for (const merkle::Receipt& receipt : receipts) {
    TRY(Examined next, examine(receipt, policy));
    const bool is_first = all.empty();
    if (next.seq != all.size() ||
        text_in(next.opening.payload, "prev") !=
            std::string_view(is_first ? std::string() : to_hex(all.back().leaf_hash)))
      return refused("ledger.receipt.gap"_t);
    if (!is_first && (next.opening.key != all.front().opening.key ||
                      next.opening.code != all.front().opening.code || receipt.index <= last_index))
      return refused("ledger.receipt.gap"_t);
    const std::string& payload = next.opening.payload;
    if (!is_sent_by(payload, citizen)) return refused("ledger.receipt.act_not_signed"_t);
    if (const auto key = registered_in(payload)) citizen = key;
    last_index = receipt.index;
    all.push_back(std::move(next));
  }
  return all;
}

std::string bundle_of(const std::vector<merkle::Receipt>& receipts) {
  std::string bundle;
  for (const merkle::Receipt& receipt : receipts)
    bundle.append(receipt.text()).append(end_of_receipt);
  return bundle;
}

std::optional<std::vector<merkle::Receipt>> receipts_in(std::string_view bundle) {
  constexpr std::string_view end = "\n--\n";
  std::vector<merkle::Receipt> receipts;
  while (!bundle.empty()) {
    const std::size_t at = bundle.find(end);
    if (at == std::string_view::npos || receipts.size() == receipts_max) return std::nullopt;
    auto receipt = merkle::Receipt::parse(bundle.substr(0, at + 1));
    if (!receipt) return std::nullopt;
    receipts.push_back(*std::move(receipt));
    bundle.remove_prefix(at + end.size());
  }
  if (receipts.empty()) return std::nullopt;
  return receipts;
}

}  // namespace ln::ledger
