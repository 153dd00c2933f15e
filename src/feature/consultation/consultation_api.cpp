#include "feature/consultation/consultation_api.h"

#include <utility>

#include "base/text.h"
#include "core/units/units_store.h"
#include "feature/consultation/consultation_actions.h"
#include "feature/consultation/consultation_pages_own.h"
#include "feature/consultation/consultation_pages_parts.h"
#include "feature/consultation/consultation_store_token.h"
#include "platform/db/once.h"
#include "platform/http/http_json.h"
#include "platform/json/json.h"

namespace ln::consultation {
namespace {

constexpr std::int64_t api_listed_max = 200;
constexpr std::size_t key_size_min = 8, key_size_max = 200;

void write_counts(json::Writer& out, const Counts& counts) {
  out.object().member("all", counts.all).member("hidden", counts.hidden);
  out.member("withdrawn", counts.withdrawn);
  out.member("imported", counts.imported)
      .member("invited", counts.invited)
      .name("by_strength")
      .object();
  for (const Strength each : all_strengths)
    out.member(to_text(each), counts.by_strength[static_cast<std::size_t>(each)]);
  out.end_object().end_object();
}

void write_head(
    json::Writer& out, db::Read& read, const Consultation& c, const Counts& counts, Instant now) {
  const auto unit = units::find(read, c.unit);
  out.object().member("id", c.id.value);
  out.member("stage", c.takes_comments(now) ? to_text(Stage::open) : to_text(Stage::closed));
  out.member("title_vi", c.title_vi).member("title_en", c.title_en);
  out.member("summary_vi", c.summary_vi).member("summary_en", c.summary_en);
  out.member("unit", unit ? std::string_view(unit->code) : std::string_view());
  out.member("version", c.version);
  if (c.opened_at) out.member("opened_at", to_iso(*c.opened_at));
  if (c.closes_on) out.member("closes_on", to_iso(*c.closes_on));
  out.name("comments");
  write_counts(out, counts);
}

// The key of a draft about those who work here, as everybody can compare it with the ledger's line.
void write_tokens(json::Writer& out, db::Read& read, ConsultationId id) {
  const auto key = find_token_key(read, id);
  if (!key) return;
  out.name("tokens").object().member("public_key", to_base64(as_bytes(key->public_key)));
  out.member("sha256", to_hex(as_bytes(hash_of(*key)))).member("line", key->line);
  out.member("audience", key->audience_count).member("printed", key->printed);
  // Once it is closed: whoever asked each minute would learn the minute of each taking.
  if (const auto issued = told(key->issued.value_or(0))) out.member("issued", *issued);
  if (const auto spent = told(key->spent.value_or(0))) out.member("spent", *spent);
  out.end_object();
}

void write_clause(json::Writer& out,
                  const draft::Draft& draft,
                  std::size_t at,
                  const std::map<std::string, Counts>& counts) {
  const draft::Clause& clause = draft.clauses[at];
  out.object().member("key", clause.key).member("level", draft::to_text(clause.level));
  out.member("number", clause.number).member("heading", clause.heading);
  out.member("text", clause.text);
  if (clause.parent == draft::no_parent)
    out.name("parent").null();
  else
    out.member("parent", draft.clauses[clause.parent].key);
  out.name("comments");
  write_counts(out, counts_at(counts, clause.key));
  out.end_object();
}

Result<std::string> key_of_sending(const http::Request& request) {
  const std::string_view key = request.header("idempotency-key");
  if (key.empty()) return std::string();
  if (key.size() < key_size_min || key.size() > key_size_max)
    return Error{ErrorKind::invalid,
                 "consultation.error.idempotency_key"_t,
                 {{"Idempotency-Key", "consultation.error.idempotency_key"_t}}};
  // Who asks again must know what was written: the secret is in the answer.
  return "api/consultation/" + std::string(key) + "/" + request.body;
}

http::Response created(const SentNote& note) {
  http::Response response = http::json(201, {});
  json::Writer out(response.body);
  out.object().member("code", note.code).member("secret", note.secret);
  out.member("sent_at", to_iso(note.at)).name("receipt").object();
  out.member("index", note.index).member("leaf_hash", note.fingerprint).end_object().end_object();
  return response;
}

}  // namespace

Result<http::Response> list_api(const http::Request&, db::Read& read, Instant now) {
  http::Response response = http::json(200, {});
  json::Writer out(response.body);
  out.object().name("items").array();
  for (const Stage stage : {Stage::open, Stage::closed})
    for (const Consultation& c : in_stage(read, stage, api_listed_max)) {
      write_head(out, read, c, total_of(counts_by_clause(read, c.id)), now);
      out.end_object();
    }
  out.end_array().end_object();
  response.cacheable = true;
  return response;
}

Result<http::Response> draft_api(const http::Request& request, db::Read& read, Instant now) {
  TRY(const Opened open, opened(request, read));
  const auto counts = counts_by_clause(read, open.consultation.id);
  Counts total = total_of(counts);
  tell_apart(read, open.consultation.id, total);
  http::Response response = http::json(200, {});
  json::Writer out(response.body);
  write_head(out, read, open.consultation, total, now);
  out.member("text_sha256", to_hex(as_bytes(open.version.hash)));
  if (open.version.line) out.member("line", *open.version.line);
  write_tokens(out, read, open.consultation.id);
  out.member("draft_title", open.draft.title).name("clauses").array();
  for (std::size_t i = 0; i < open.draft.clauses.size(); ++i)
    write_clause(out, open.draft, i, counts);
  out.end_array().end_object();
  response.cacheable = true;
  return response;
}

Result<http::Pending> comment_api(const http::Request& request,
                                  db::Read& read,
                                  Random& random,
                                  Instant now) {
  auto sent = http::json_body(request, http::Body::needed);
  if (auto* refused = std::get_if<http::Response>(&sent))
    return http::Pending::answer(std::move(*refused));
  TRY(const std::string key, key_of_sending(request));
  if (!key.empty())
    if (const auto before = db::Once::find(read, key))
      if (const auto note = unpacked_sent(*before)) return http::Pending::answer(created(*note));
  http::Members members(std::get<json::Document>(sent).root());
  Said said{.clause = members.text("clause"),
            .body = members.text("body"),
            .wording = members.text("wording"),
            .in_english = request.view.voice.language() == i18n::Language::en};
  if (said.clause.empty()) said.clause = whole_draft;
  const auto id = parse_number(request.path_text("id"));
  if (!id) return Error{ErrorKind::not_found, "consultation.error.none"_t};
  auto prepared = prepare(read, ConsultationId{*id}, said, random, now);
  if (!members.errors().empty()) return members.errors().take();
  if (!prepared.ok()) return std::move(prepared).error();
  return http::Pending::commit(
      [prepared = std::move(prepared).value(), key, now](db::Write& write) -> Result<SentNote> {
        if (!key.empty())
          if (const auto before = db::Once::find(write, key))
            if (auto note = unpacked_sent(*before)) return *std::move(note);
        TRY(const Sent done, send(write, prepared, now));
        SentNote note = note_of(done, prepared.secret);
        if (!key.empty()) db::Once::save(write, key, packed(note), now);
        return note;
      },
      [&request](const Result<SentNote>& note, std::string_view) {
        return note.ok() ? created(note.value()) : http::error_response(request, note.error());
      });
}

}  // namespace ln::consultation
