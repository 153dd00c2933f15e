#include "core/ledger/ledger_promise.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/ledger/ledger_opening.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_waiting.h"

namespace ln::ledger {
namespace {

constexpr std::string_view context = "langnghe/promise/v1";
constexpr std::string_view file_context = "langnghe/promise@v1";
constexpr std::string_view extra_word = "extra ", before_word = "before ";

// The line before the next line feed, which is taken away with it; null when there is none.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<Promise> parse_text(std::string_view text) {
  const auto first = take_line(text), origin = take_line(text), leaf = take_line(text),
             before = take_line(text);
  if (!before || !text.empty() || first != context || !merkle::is_key_name(*origin) ||
      !before->starts_with(before_word))
    return std::nullopt;
  const auto bytes = from_base64(*leaf);
  const auto hash = bytes ? merkle::to_hash(*bytes) : std::nullopt;
  const auto at = instant_of(before->substr(before_word.size()));
  if (!hash || !at || coarse(*at) != *at) return std::nullopt;
  return Promise{.origin = std::string(*origin), .leaf_hash = *hash, .before = *at};
}

struct Promisers {
  struct Offered {
    Promiser promiser;
    int count = 0;
  };
  std::mutex mutex;
  std::map<std::string, Offered> all;  // by the text of the public key; guarded by mutex
};
Promisers& promisers() {
  static Promisers only;
  return only;
}

}  // namespace

std::string Promise::text() const {
  return std::string(context) + "\n" + origin + "\n" + to_base64(leaf_hash) + "\n" +
         std::string(before_word) + to_iso(before) + "\n";
}

std::string Promise::file() const {
  std::string out(file_context);
  out += '\n';
  if (!extra.empty()) out += std::string(extra_word) + to_base64(as_bytes(extra)) + "\n";
  return out + "\n" + note;
}

std::optional<Promise> Promise::parse(std::string_view bytes) {
  if (bytes.size() > promise_size_max) return std::nullopt;
  std::string extra;
  if (bytes.starts_with(file_context)) {
    if (take_line(bytes) != file_context) return std::nullopt;
    auto line = take_line(bytes);
    if (line && line->starts_with(extra_word)) {
      const std::string_view given = line->substr(extra_word.size());
      const auto opened = from_base64(given);
      if (!opened || opened->empty()) return std::nullopt;
      extra = *opened;
      line = take_line(bytes);
    }
    if (!line || !line->empty()) return std::nullopt;
  }
  const auto note = merkle::Note::parse(bytes);
  auto promise = note ? parse_text(note->text) : std::nullopt;
  if (!promise) return std::nullopt;
  promise->note = bytes;
  promise->extra = std::move(extra);
  return promise;
}

bool is_signed_by(const Promise& promise, const merkle::Verifier& by) {
  const auto note = merkle::Note::parse(promise.note);
  if (!note || note->text != promise.text() || promise.origin != by.name) return false;
  const auto good = merkle::verify(*note, std::span(&by, 1));
  return good && !good->empty();
}

Promiser::Promiser(const merkle::Signer& signer) : signer_(signer) {}

Promise Promiser::sign(const Hash& leaf_hash, Instant before) const {
  Promise promise{.origin = signer_.verifier().name, .leaf_hash = leaf_hash, .before = before};
  const std::string text = promise.text();
  promise.note = merkle::Note{text, {signer_.sign(text)}}.serialise();
  return promise;
}

std::optional<Promiser> promiser_of(db::Read& read) {
  const auto log = find_log(read);
  if (!log) return std::nullopt;
  Promisers& them = promisers();
  const std::scoped_lock lock(them.mutex);
  const auto found = them.all.find(log->vkey);
  return found == them.all.end() ? std::nullopt : std::optional(found->second.promiser);
}

std::string offer_promises(const merkle::Signer& signer) {
  Promisers& them = promisers();
  const std::scoped_lock lock(them.mutex);
  const auto at =
      them.all.try_emplace(signer.verifier().text(), Promisers::Offered{Promiser(signer)});
  ++at.first->second.count;
  return at.first->first;
}

void end_promises(const std::string& offer) {
  Promisers& them = promisers();
  const std::scoped_lock lock(them.mutex);
  const auto found = them.all.find(offer);
  if (found != them.all.end() && --found->second.count == 0) them.all.erase(found);
}

std::optional<Promise> promise_of(db::Read& read, const Subject& subject, std::string_view code) {
  const auto waiting = waiting_of(read, subject);
  if (waiting.empty() || waiting.front().entry.seq != 0) return std::nullopt;
  const Waiting& first = waiting.front();
  const auto promiser = promiser_of(read);
  if (!promiser || !first.salts || !first.case_key) return std::nullopt;
  Promise promise = promiser->sign(merkle::hash_leaf(first.leaf), *first.entry.before);
  promise.extra =
      Opening{std::string(code), *first.case_key, *first.salts, first.entry.payload}.bytes();
  return promise;
}

PromiseRuling referee(db::Read& read, const Promise& promise, Instant now) {
  PromiseRuling ruling;
  read.each("SELECT id, leaf FROM ledger_leaf ORDER BY id", [&](const db::Row& row) {
    ++ruling.size;
    if (!ruling.index && merkle::hash_leaf(as_bytes(row.view(1))) == promise.leaf_hash)
      ruling.index = row.integer(0) - 1;
  });
  if (!ruling.index) {
    ruling.kept = now < promise.before ? Kept::not_yet : Kept::broken;
    return ruling;
  }
  ruling.shown_at = read.one(
      "SELECT at FROM ledger_tick WHERE size > $1 ORDER BY at LIMIT 1",
      [](const db::Row& row) { return row.instant(0); }, *ruling.index);
  const bool is_in_time =
      ruling.shown_at ? *ruling.shown_at <= promise.before : now < promise.before;
  ruling.kept = is_in_time ? Kept::kept : Kept::late;
  return ruling;
}

}  // namespace ln::ledger
