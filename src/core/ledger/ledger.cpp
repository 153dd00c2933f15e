#include "core/ledger/ledger.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace ln::ledger {
namespace {

constexpr std::string_view event_words[event_count] = {
    "received", "accepted",        "assigned", "transferred", "asked",      "replied",
    "extended", "answered",        "promised", "declined",    "redirected", "contested",
    "rated",    "reopened",        "closed",   "lapsed",      "merged",     "published",
    "redacted", "opened_identity", "rekeyed",  "erased",      "announced"};
constexpr std::string_view party_words[] = {"citizen", "office", "supervisor", "clock"};

constexpr std::string_view citizen_key_context = "langnghe/citizen-key/v1";
constexpr std::string_view act_context = "langnghe/act/v1\n";
constexpr std::string_view signature_name = "sig";

template <class Word>
std::optional<Word> word_of(std::span<const std::string_view> words, std::string_view text) {
  const auto found = std::ranges::find(words, text);
  if (found == words.end()) return std::nullopt;
  return static_cast<Word>(found - words.begin());
}

std::string write_payload(const Entry& entry,
                          std::int64_t seq,
                          const std::optional<Hash>& previous,
                          const Salts& salts,
                          const std::string& signature) {
  merkle::CanonicalObject object;
  if (!entry.body.empty()) object.text("body", to_hex(hash_body(salts, entry.body)));
  if (!entry.topic.empty()) object.text("cat", entry.topic);
  if (entry.due) object.text("due", to_iso(*entry.due));
  if (!entry.files.empty()) {
    std::vector<std::string> files;
    for (const Hash& file : entry.files) files.push_back(to_hex(hash_file(salts, file)));
    object.texts("files", files);
  }
  object.text("k", to_text(entry.event));
  if (entry.registers) object.text("key", to_hex(*entry.registers));
  object.text("prev", previous ? to_hex(*previous) : "");
  if (!entry.reason.empty()) object.text("reason", entry.reason);
  object.number("seq", seq);
  if (!signature.empty()) object.text(signature_name, signature);
  object.text("t", to_iso(entry.at));
  if (!entry.unit.empty()) object.text("unit", entry.unit);
  object.number("v", 1);
  return std::move(object).take();
}

// What a citizen signs: everything the payload says but the signature itself. It holds `prev`, so
// the act is bound to its place in its case and cannot be said a second time.
std::string act_message(std::string_view unsigned_payload) {
  std::string message(act_context);
  message += unsigned_payload;
  return message;
}

}  // namespace

std::string_view to_text(Event event) { return event_words[static_cast<std::size_t>(event)]; }
std::optional<Event> event_of(std::string_view word) { return word_of<Event>(event_words, word); }
std::string_view to_text(Party party) { return party_words[static_cast<std::size_t>(party)]; }
std::optional<Party> party_of(std::string_view word) { return word_of<Party>(party_words, word); }

Salts draw(Random& random) {
  Salts salts;
  random.fill(salts.commit);
  random.fill(salts.body);
  return salts;
}

CaseKey draw_case_key(Random& random) { return random.bytes<32>(); }

CitizenKey CitizenKey::from_secret(std::string_view secret) {
  return CitizenKey(merkle::hkdf_sha256(as_bytes(secret), as_bytes(citizen_key_context)));
}

Receipt receipt_of(const Appended& appended, std::string_view seal) {
  return {appended.index, to_base64(appended.leaf), std::string(seal)};
}

Hash hash_body(const Salts& salts, std::string_view body) {
  return merkle::sha256({salts.body, as_bytes(body)});
}

Hash hash_file(const Salts& salts, const Hash& file) { return merkle::sha256({salts.body, file}); }

std::string payload_of(const Entry& entry,
                       std::int64_t seq,
                       const std::optional<Hash>& previous,
                       const Salts& salts) {
  CHECK((seq == 0) == !previous.has_value());
  std::string payload = write_payload(entry, seq, previous, salts, "");
  if (entry.citizen == nullptr) return payload;
  const Signature signature = entry.citizen->sign(act_message(payload));
  return write_payload(entry, seq, previous, salts, to_hex(signature));
}

// Inside a JSON string every quote is escaped, so a comma or brace, a quote, the name, a quote and
// a colon together can only be a name of the object.
std::optional<std::string_view> text_in(std::string_view payload, std::string_view name) {
  const std::string pattern = "\"" + std::string(name) + "\":\"";
  const std::size_t found = payload.find(pattern);
  if (found == std::string_view::npos || found == 0 ||
      (payload[found - 1] != ',' && payload[found - 1] != '{'))
    return std::nullopt;
  const std::string_view rest = payload.substr(found + pattern.size());
  const std::size_t end = rest.find('"');
  if (end == std::string_view::npos) return std::nullopt;
  return rest.substr(0, end);
}

std::optional<PublicKey> registered_in(std::string_view payload) {
  const auto text = text_in(payload, "key");
  const auto bytes = text ? from_hex(*text) : std::nullopt;
  return bytes ? merkle::to_hash(*bytes) : std::nullopt;
}

bool is_signed_by(std::string_view payload, const PublicKey& key) {
  const auto text = text_in(payload, signature_name);
  const auto bytes = text ? from_hex(*text) : std::nullopt;
  Signature signature;
  if (!bytes || bytes->size() != signature.size()) return false;
  std::ranges::copy(*bytes, signature.begin());
  // "sig" is never the first name, so it goes with the comma before it.
  const std::string member = ",\"sig\":\"" + std::string(*text) + "\"";
  const std::size_t found = payload.find(member);
  if (found == std::string_view::npos) return false;
  std::string unsigned_payload(payload);
  unsigned_payload.erase(found, member.size());
  return merkle::is_signed(act_message(unsigned_payload), signature, key);
}

bool needs_signature(Event event, Party party) {
  if (event == Event::rated || event == Event::reopened || event == Event::contested) return true;
  return party == Party::citizen && event != Event::received;
}

}  // namespace ln::ledger
