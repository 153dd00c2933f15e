// Sending by machine, once for each Idempotency-Key.
//
// Keys come from clients and may be guessable, so the outcome (it holds the secret) is kept under
// the key together with the SHA-256 of the body: who asks for it must know what was written. A
// second row, under the key alone and empty, only tells that the key was used.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_promise.h"
#include "core/ledger/ledger_store.h"
#include "engine/merkle/merkle.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_api.h"
#include "feature/feedback/feedback_api_held.h"
#include "feature/feedback/feedback_pages_due.h"
#include "platform/db/once.h"
#include "platform/http/http_json.h"
#include "platform/http/http_parse.h"

namespace ln::feedback {
namespace {

constexpr std::size_t key_size_min = 8, key_size_max = 200;

// Where outcomes are kept for a client that sends again. Both empty: it did not ask for that.
struct Keys {
  std::string outcome;  // of this very body
  std::string used;     // whatever the body
};

Result<Keys> keys_of(const http::Request& request) {
  const std::string_view key = request.header("idempotency-key");
  if (key.empty()) return Keys{};
  const bool is_printable =
      std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (key.size() < key_size_min || key.size() > key_size_max || !is_printable)
    return Error{ErrorKind::invalid,
                 "feedback.error.idempotency_key"_t,
                 {{"Idempotency-Key", "feedback.error.idempotency_key"_t}}};
  const merkle::Hash hash = merkle::sha256({as_bytes(request.body)});
  return Keys{"api/feedback/" + std::string(key) + "/" + to_hex(hash),
              "api/feedback-key/" + std::string(key)};
}

// What the client is told, but for the checkpoint or the promise, which are signed after the
// commit.
struct Told {
  std::int64_t index = 0;  // of the leaf
  std::string leaf;        // base64
  std::string code;
  std::string opening;  // {"code":…,"due_explained":[…]}
  // Of an outcome that is told again: the checkpoint of that time.
  std::optional<std::string> checkpoint{};
  // It waits for the batch of this hour, and has no line yet.
  std::optional<Instant> before{};
};

// "before 1764000000000" stands for the line of what waits.
constexpr std::string_view waits_word = "before ";

std::string packed(const Told& told) {
  return (told.before ? std::string(waits_word) + std::to_string(to_ms(*told.before))
                      : std::to_string(told.index)) +
         "\n" + told.leaf + "\n" + told.code + "\n" + told.opening;
}

Told unpacked(db::Read& read, std::string_view outcome) {
  const auto line = [&] {
    const std::size_t end = outcome.find('\n');
    const std::string_view text = outcome.substr(0, end);
    outcome.remove_prefix(end == std::string_view::npos ? outcome.size() : end + 1);
    return std::string(text);
  };
  Told told;
  const std::string place = line();
  told.leaf = line();
  told.code = line();
  told.opening = std::string(outcome);
  if (place.starts_with(waits_word)) {
    told.before = from_ms(parse_number(place.substr(waits_word.size())).value_or(0));
    const auto code = Code::parse(told.code);
    const auto feedback = code ? find(read, *code) : std::nullopt;
    const auto entry =
        feedback ? ledger::first_entry_of(read, {"feedback", feedback->id.value}) : std::nullopt;
    if (!entry || entry->before) return told;
    told.before.reset();  // It has joined meanwhile.
    told.index = entry->index();
  } else {
    told.index = parse_number(place).value_or(0);
  }
  if (const auto head = ledger::first_head_over(read, told.index)) told.checkpoint = head->note;
  return told;
}

using Promiser = std::optional<ledger::Promiser>;

http::Response created(const Told& told, std::string_view seal, const Promiser& promiser) {
  http::Response response = http::json(201, told.opening.substr(0, told.opening.size() - 1));
  response.body += ",\"receipt\":";
  json::Writer writer(response.body);
  writer.object();
  if (told.before) {
    const std::string leaf = from_base64(told.leaf).value_or("");
    writer.member("leaf", told.leaf).member("before", to_iso(*told.before));
    if (promiser)
      writer.member("promise",
                    promiser->sign(merkle::hash_leaf(as_bytes(leaf)), *told.before).note);
  } else {
    writer.member("index", told.index).member("leaf", told.leaf);
    writer.member("checkpoint", told.checkpoint ? std::string_view(*told.checkpoint) : seal);
  }
  writer.end_object();
  response.body += '}';
  return std::move(response).with_header("Location", "/api/v1/feedback/" + told.code);
}

// What is known before the case has its code: all members of the opening but the first.
std::string rest_of_opening(const http::Request& request,
                            const Prepared& prepared,
                            const Typed& typed,
                            bool is_said,
                            Instant now) {
  std::string out;
  json::Writer writer(out);
  writer.object().member("secret", prepared.secret);
  writer.member("due_at", to_iso(prepared.feedback.due_at)).name("due_explained").array();
  for (const std::string& sentence :
       why_sentences(request.view.voice, prepared.due, prepared.topic.deadline.measure))
    writer.text(sentence);
  writer.end_array();
  write_suspicion(writer, typed, is_said, now);
  writer.end_object();
  return out.substr(1);
}

// A code is letters and digits: nothing of it needs escaping.
std::string opening_of(const Code& code, std::string_view rest) {
  return R"({"code":")" + code.text() + R"(",)" + std::string(rest);
}

void read_day(http::Members& members, Typed& typed) {
  const std::string day = members.text("happened_on");
  if (day.empty()) return;
  if (!http::parse_day(day)) {
    members.errors().add("happened_on", "feedback.error.day_iso"_t);
    return;
  }
  typed.year = day.substr(0, 4);
  typed.month = day.substr(5, 2);
  typed.day = day.substr(8, 2);
}

Typed read_typed(http::Members& members, const http::Request& request) {
  Typed typed;
  typed.about = members.text("about");
  typed.kind = members.text("kind");
  typed.from = members.text("from");
  typed.topic = members.text("topic");
  typed.unit = members.text("unit");
  typed.procedure = members.text("procedure");
  typed.title = members.text("title");
  typed.body = members.text("body");
  typed.place = members.text("place");
  typed.position = members.text("position");
  typed.contact = members.text("contact");
  typed.dossier = members.text("dossier");
  typed.counter = members.text("counter");
  typed.recurs_of = members.text("recurs_of");
  typed.extras = members.pairs("extras");
  typed.is_public = members.flag("public");
  typed.is_protected = members.flag("protected");
  typed.in_english = request.view.voice.language() == i18n::Language::en;
  read_day(members, typed);
  return typed;
}

// What is wrong with a member's type and what is wrong with the rest is told at once; a member of
// the wrong type was read as absent and is not complained about twice.
Error both(Error types, const Error& rules) {
  for (const FieldError& each : rules.fields) {
    const auto same = [&](const FieldError& other) { return other.field == each.field; };
    if (std::none_of(types.fields.begin(), types.fields.end(), same)) types.fields.push_back(each);
  }
  return types;
}

// The rules name what is wrong as the fields of the form are named.
Error in_words_of_api(Error error) {
  for (FieldError& each : error.fields) {
    if (each.field == "day") each.field = "happened_on";
    if (each.field.starts_with("extra_")) each.field = "extras";
  }
  return error;
}

Error key_reused() { return {ErrorKind::conflict, "feedback.error.key_reused"_t}; }

// What was told under these keys before; null when nothing was. Refuses another body.
Result<std::optional<Told>> told_before(db::Read& read, const Keys& keys) {
  if (keys.used.empty()) return std::optional<Told>();
  if (const auto outcome = db::Once::find(read, keys.outcome))
    return std::optional(unpacked(read, *outcome));
  if (db::Once::find(read, keys.used)) return key_reused();
  return std::optional<Told>();
}

Result<Told> submit_once(db::Write& write,
                         const Keys& keys,
                         const Prepared& prepared,
                         std::string_view rest_of_opening,
                         Instant now) {
  TRY(auto before, told_before(write, keys));
  if (before) return *std::move(before);
  TRY(const Submitted sent, submit(write, prepared, now));
  const ledger::Receipt receipt = ledger::receipt_of(sent.appended, {});
  Told told{.index = receipt.index,
            .leaf = receipt.leaf,
            .code = sent.feedback.code.text(),
            .opening = opening_of(sent.feedback.code, rest_of_opening),
            .before = sent.appended.before};
  if (!keys.used.empty()) {
    db::Once::save(write, keys.used, "", sent.feedback.received_at);
    db::Once::save(write, keys.outcome, packed(told), sent.feedback.received_at);
  }
  return told;
}

// The same for what its sender calls a complaint or denunciation: it is kept, and is no case.
Result<Told> hold_once(db::Write& write,
                       const Keys& keys,
                       const HeldPrepared& prepared,
                       std::string_view rest,
                       Instant now) {
  TRY(auto before, told_before(write, keys));
  if (before) return *std::move(before);
  TRY(const HeldSent sent, submit_held(write, prepared, now));
  Told told{.leaf = ledger::receipt_of(sent.appended, {}).leaf,
            .code = sent.held.code.text(),
            .opening = opening_of(sent.held.code, rest),
            .before = sent.appended.before};
  if (!keys.used.empty()) {
    db::Once::save(write, keys.used, "", sent.held.received_at);
    db::Once::save(write, keys.outcome, packed(told), sent.held.received_at);
  }
  return told;
}

Result<http::Pending> hold_api(const http::Request& request,
                               db::Read& read,
                               const Keys& keys,
                               const Typed& typed,
                               Sort sort,
                               Random& random,
                               Instant now) {
  auto prepared = prepare_held(read, typed, sort, random, now);
  if (!prepared.ok()) return in_words_of_api(std::move(prepared).error());
  std::string rest = held_rest(request, prepared.value());
  return http::Pending::commit(
      [keys, prepared = std::move(prepared).value(), rest = std::move(rest),
       now](db::Write& write) { return hold_once(write, keys, prepared, rest, now); },
      [&request, promiser = ledger::promiser_of(read)](const Result<Told>& outcome,
                                                       std::string_view seal) {
        return outcome.ok() ? created(outcome.value(), seal, promiser)
                            : http::error_response(request, outcome.error());
      });
}

}  // namespace

Result<http::Pending> submit_api(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now) {
  auto sent = http::json_body(request, http::Body::needed);
  if (auto* refused = std::get_if<http::Response>(&sent))
    return http::Pending::answer(std::move(*refused));
  TRY(const Keys keys, keys_of(request));
  TRY(const auto before, told_before(read, keys));
  if (before) return http::Pending::answer(created(*before, {}, ledger::promiser_of(read)));

  http::Members members(std::get<json::Document>(sent).root());
  const Typed typed = read_typed(members, request);
  const auto nature = nature_in(members);
  const auto sort = nature ? sort_of(*nature) : std::nullopt;
  if (sort && members.errors().empty())
    return hold_api(request, read, keys, typed, *sort, random, now);
  auto prepared = prepare(read, typed, random, now);
  if (!members.errors().empty()) {
    const Error types = members.errors().take();
    return prepared.ok() ? types : both(types, in_words_of_api(prepared.error()));
  }
  if (!prepared.ok()) return in_words_of_api(std::move(prepared).error());
  std::string rest = rest_of_opening(request, prepared.value(), typed, nature.has_value(), now);
  Promiser promiser;
  if (prepared.value().feedback.is_protected) promiser = ledger::promiser_of(read);
  return http::Pending::commit(
      [keys, prepared = std::move(prepared).value(), rest = std::move(rest),
       now](db::Write& write) { return submit_once(write, keys, prepared, rest, now); },
      [&request, promiser = std::move(promiser)](const Result<Told>& outcome,
                                                 std::string_view seal) {
        return outcome.ok() ? created(outcome.value(), seal, promiser)
                            : http::error_response(request, outcome.error());
      });
}

}  // namespace ln::feedback
