#include "core/ledger/ledger_pages.h"

#include <utility>
#include <vector>

#include "base/text.h"
#include "core/ledger/ledger_stop.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_tree.h"
#include "core/ledger/ledger_store_witness.h"
#include "core/ledger/ledger_tools.h"
#include "engine/merkle/merkle_policy.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::ledger {
namespace {

using html::fill;
using html::Fragment;
using html::View;

Fragment paragraphs(const View& view, std::initializer_list<TextKey> keys) {
  Fragment out;
  for (const TextKey key : keys) out.add("<p>{}</p>", view(key));
  return out;
}

Fragment bullets(const View& view, std::initializer_list<TextKey> keys) {
  return fill("<ul>{}</ul>", [&](Fragment& list) {
    for (const TextKey key : keys) list.add("<li>{}</li>", view(key));
  });
}

// The head in figures, then as the text that programs check.
Fragment head_part(const View& view, const Head& published, const Log& log) {
  const std::vector<html::Fact> facts = {
      {view("ledger.lines"_t), html::code(view.voice.number(published.size))},
      {view("ledger.published_at"_t), html::moment(view, published.at)},
      {view("ledger.root"_t),
       fill(R"(<span class="hash" translate="no">{}</span>)", to_hex(published.root))},
      {view("ledger.origin"_t), fill(R"(<span class="hash" translate="no">{}</span>)", log.origin)},
      {view("ledger.key"_t), fill(R"(<span class="hash" translate="no">{}</span>)", log.vkey)},
  };
  Fragment out;
  out.add(R"(<h2 class="h-m sp">{}</h2>{})", view("ledger.head"_t), html::facts(facts, true));
  out.add(R"(<h2 class="h-m sp">{}</h2><p>{}</p>)", view("ledger.note"_t),
          view("ledger.note_hint"_t));
  out.add(R"(<pre class="code" translate="no">{}</pre><p><a href="{}">{}</a></p>)", published.note,
          html::Url::path("/ledger/checkpoint"), view("ledger.note_file"_t));
  return out;
}

// Who else signs the head, and when they last did. Nothing when nobody is asked.
Fragment witness_part(const View& view, const Standing& standing) {
  if (standing.witnesses.empty()) return {};
  Fragment out;
  out.add(R"(<h2 class="h-m sp">{}</h2><p>{}</p>)", view("ledger.witness"_t),
          view("ledger.witness_hint"_t));
  if (standing.is_alarming())
    out += html::note({.kind = html::NoteKind::warn,
                       .heading = view("ledger.witness_alarm"_t),
                       .body = fill("<p>{}</p>", view("ledger.witness_alarm_hint"_t))});
  std::vector<html::Fact> facts;
  for (const Standing::Witness& witness : standing.witnesses) {
    Fragment said = witness.seen_at ? html::moment(view, *witness.seen_at)
                                    : fill("{}", view("ledger.witness_never"_t));
    if (witness.seen_at && witness.missed >= missed_ticks_alarm)
      said.add(" {}",
               html::badge(html::Tone::late, "circle-alert", view("ledger.witness_silent"_t)));
    facts.push_back({witness.name, std::move(said)});
  }
  if (standing.needs_quorum)
    facts.push_back(
        {view("ledger.quorum"_t),
         standing.quorum_at
             ? fill("{} {}", html::moment(view, *standing.quorum_at),
                    view(standing.is_alarming() ? "ledger.quorum_lost"_t : "ledger.quorum_holds"_t))
             : fill("{}", view("ledger.quorum_none"_t))});
  out += html::facts(facts, true);
  out.add(R"(<p><a href="{}">{}</a></p>)", html::Url::path("/ledger/policy"),
          view("ledger.policy_file"_t));
  return out;
}

Fragment meaning_part(const View& view, bool has_witnesses) {
  Fragment out;
  out.add(R"(<div class="prose"><h2>{}</h2>{}<h2>{}</h2>{}<h2>{}</h2>{}<h2>{}</h2>{}</div>)",
          view("ledger.how"_t),
          paragraphs(view, {"ledger.how_line"_t, "ledger.how_seal"_t, "ledger.how_signed"_t}),
          view("ledger.proves"_t),
          bullets(view,
                  {"ledger.proves_dropped"_t, "ledger.proves_changed"_t, "ledger.proves_spoken"_t}),
          view("ledger.cannot"_t),
          bullets(view, {"ledger.cannot_quality"_t, "ledger.cannot_paper"_t,
                         has_witnesses ? "ledger.cannot_witnesses"_t : "ledger.cannot_alone"_t}),
          view("ledger.private"_t),
          paragraphs(view, {"ledger.private_lines"_t, "ledger.private_ticks"_t,
                            "ledger.private_erasure"_t}));
  return out;
}

// For programs anywhere: a page that somebody else hosts may read it too.
http::Response for_programs(http::Response response, std::string cache) {
  return std::move(response)
      .with_header("Cache-Control", std::move(cache))
      .with_header("Access-Control-Allow-Origin", "*");
}

}  // namespace

Result<http::Response> ledger_page(const http::Request& request, db::Read& read) {
  const View& view = request.view;
  auto published = published_head(read);
  if (published) published->note = cosigned_note(read, *published);
  const auto log = find_log(read);
  const Standing standing = standing_of(read);
  Fragment body;
  body.add(R"(<h1 class="h-xl">{}</h1><p class="lead">{}</p>)", view("ledger.title"_t),
           view("ledger.lead"_t));
  if (!may_write().ok())
    body += html::note({.kind = html::NoteKind::stop,
                        .heading = view("ledger.stopped"_t),
                        .body = html::fill("<p>{}</p>", view("ledger.error.stopped"_t))});
  if (published && log)
    (body += head_part(view, *published, *log)) += witness_part(view, standing);
  else
    body += html::nothing_here(view("ledger.not_begun"_t));
  body.add(R"(<p class="sp"><a href="{}">{}</a></p>)", html::Url::in(view, "/ledger/facts"),
           view("ledger.facts_link"_t));
  body.add(R"(<p><a href="{}">{}</a></p>)", html::Url::in(view, "/ledger/help"),
           view("ledger.help.link"_t));
  body += tools_part(view);
  body += meaning_part(view, !standing.witnesses.empty());
  http::Response response =
      http::page(200, html::page(view, {.title = view("ledger.title"_t),
                                        .here = "/ledger",
                                        .body = html::columns({.body = std::move(body)})}));
  return response;
}

Result<http::Response> checkpoint_file(const http::Request&, db::Read& read) {
  const auto published = published_head(read);
  if (!published) return Error{ErrorKind::not_found, "ledger.not_begun"_t};
  // A reader may keep it for a few seconds only, or it would miss the next tick.
  return for_programs(http::text(200, cosigned_note(read, *published)), "public, max-age=5");
}

Result<http::Response> policy_file(const http::Request& request, db::Read& read) {
  const auto log = find_log(read);
  const auto key = log ? merkle::Verifier::parse(log->vkey) : std::nullopt;
  if (!key) return Error{ErrorKind::not_found, "ledger.not_begun"_t};
  const auto given = policy_of(read);
  const auto policy =
      given ? *given : merkle::Policy::of(*key, request.view.site->base_url + "/ledger");
  return for_programs(http::text(200, policy.text()), "public, max-age=300");
}

Result<http::Response> tile_file(const http::Request& request, db::Read& read) {
  constexpr std::string_view place = "/ledger/";
  const Error none{ErrorKind::not_found, "ledger.error.no_tile"_t};
  const std::string_view path = request.path;
  const auto tile =
      path.starts_with(place) ? merkle::Tile::parse(path.substr(place.size())) : std::nullopt;
  const auto published = tile ? published_head(read) : std::nullopt;
  auto bytes = published ? tile_bytes(read, *tile, published->size) : std::nullopt;
  if (!bytes) return none;
  http::Response response;
  response.content_type = "application/octet-stream";
  response.body = *std::move(bytes);
  return for_programs(std::move(response), "public, max-age=31536000, immutable");
}

}  // namespace ln::ledger
