#include "feature/dialogue/dialogue_pages_parts.h"

#include <algorithm>

#include "base/text.h"
#include "core/units/units_name.h"
#include "core/units/units_store.h"
#include "engine/merkle/merkle.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"

namespace ln::dialogue {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::size_t token_size = 32;
constexpr std::int64_t broken_shown = 20;

bool reads_english(const View& view) { return view.voice.language() == i18n::Language::en; }

// The words of feature/commitment, spoken by its own sentences.
TextKey promise_key(std::string_view state) {
  if (state == "proposed") return "commitment.state.proposed"_t;
  if (state == "open") return "commitment.state.open"_t;
  if (state == "declared") return "commitment.state.declared"_t;
  return state == "kept" ? "commitment.state.kept"_t : "commitment.state.broken"_t;
}

Fragment promise_badge(const View& view, const Promise& promise, Instant now) {
  if (promise.is_overdue(now))
    return html::badge(
        html::Tone::late, "triangle-alert",
        view.voice.counted("commitment.overdue_days"_t, (local_day(now) - promise.due_on).count()));
  const bool is_kept = promise.state == "kept", is_broken = promise.state == "broken";
  return html::badge(is_kept     ? html::Tone::ok
                     : is_broken ? html::Tone::late
                                 : html::Tone::info,
                     is_kept     ? "circle-check"
                     : is_broken ? "circle-x"
                                 : "flag",
                     view(promise_key(promise.state)));
}

Fragment words_of(const View& view, const Question& q) {
  Fragment out;
  if (q.state == Sight::withdrawn) {
    out.add(R"(<p class="muted">{}</p>)", view("dialogue.question.withdrawn"_t));
  } else if (q.state == Sight::hidden) {
    out.add(R"(<p class="muted">{} {}</p>)", view("dialogue.question.hidden"_t),
            view(q.reason ? key_of(*q.reason) : TextKey{}));
  } else {
    Fragment words;
    words += html::paragraphs(q.body);
    out.add(R"(<div lang="{}">{}</div>)", q.in_english ? "en" : "vi", words);
  }
  return out;
}

// What the number of supporters does not tell: that many of them share a network, and what follows
// for the order.
Fragment networks_of(const View& view, const Question& q) {
  Fragment out;
  if (is_mostly_one(q.support_count, q.support_networks))
    out.add(R"(<p class="small muted">{}</p>)", view("dialogue.question.one_network"_t));
  if (q.support_ranked < q.support_count)
    out.add(
        R"(<p class="small muted">{}</p>)",
        view.voice("dialogue.question.ranked"_t, {{"counted", view.voice.number(q.support_ranked)},
                                                  {"full", view.voice.number(network_full)},
                                                  {"each", view.voice.number(network_each)}}));
  return out;
}

Fragment about(const View& view, const Question& q) {
  Fragment out;
  out.add(R"(<span translate="no">{}</span>)", q.code->shown());
  if (q.turn == Turn::now)
    out += html::badge(html::Tone::soon, "mic", view("dialogue.question.now"_t));
  if (q.turn == Turn::answered)
    out += html::badge(html::Tone::ok, "circle-check", view("dialogue.question.answered"_t));
  if (q.way == Way::hall) out.add("<span>{}</span>", view("dialogue.question.hall"_t));
  if (q.wants_to_speak) out.add("<span>{}</span>", view("dialogue.question.speaks"_t));
  if (q.support_count > 0)
    out.add("<span>{}</span>", view.voice.counted("dialogue.question.support"_t, q.support_count));
  return out;
}

}  // namespace

Url page_of(const View& view, DialogueId id) { return Url::in(view, "/dialogues/", id.value); }
Url question_url(const View& view, const Code& code) {
  return Url::in(view, "/dialogues/questions/", code.text());
}

html::Spoken topic_of(const View& view, const Dialogue& d) {
  return html::spoken(view, d.topic_vi, d.topic_en);
}

std::string unit_name(const View& view, db::Read& read, units::UnitId id) {
  const auto unit = units::find(read, id);
  if (!unit) return {};
  return units::name_in(*unit, reads_english(view));
}

Fragment stage_badge(const View& view, const Dialogue& d, Instant now) {
  switch (d.stage) {
    case Stage::announced:
      if (d.takes_questions(now))
        return html::badge(
            html::Tone::info, "calendar-clock",
            view.voice("dialogue.asks_until"_t, {{"moment", view.voice.moment(d.closes_at)}}));
      return html::badge(html::Tone::plain, "calendar", view("dialogue.closed_in_advance"_t));
    case Stage::live: return html::badge(html::Tone::soon, "mic", view(key_of(d.stage)));
    case Stage::ended: return html::badge(html::Tone::plain, "hourglass", view(key_of(d.stage)));
    case Stage::approved: return html::badge(html::Tone::ok, "circle-check", view(key_of(d.stage)));
    case Stage::cancelled: return html::badge(html::Tone::late, "ban", view(key_of(d.stage)));
  }
  return {};
}

Fragment meta(const View& view, db::Read& read, const Dialogue& d, Instant now) {
  return fill(R"(<ul class="c-meta"><li>{}</li><li>{}{}</li><li>{}{}</li><li>{}</li></ul>)",
              stage_badge(view, d, now), html::icon("calendar"), html::moment(view, d.starts_at),
              html::icon("landmark"), unit_name(view, read, d.unit),
              view.voice("dialogue.led_by"_t, {{"leader", d.leader}}));
}

Fragment session_item(
    const View& view, db::Read& read, const Dialogue& d, const Url& to, Instant now) {
  const html::Spoken topic = topic_of(view, d);
  return fill(R"(<li><h3><a href="{}" lang="{}">{}</a></h3>{}</li>)", to, topic.lang, topic.text,
              meta(view, read, d, now));
}

Fragment promise_item(const View& view, const Promise& promise, Instant now) {
  return fill(R"(<li><a href="{}" lang="vi">{}</a> {} <span>{}</span></li>)",
              Url::in(view, "/commitments/", promise.id), promise.text,
              promise_badge(view, promise, now),
              view.voice("commitment.until"_t, {{"day", view.voice.date(promise.due_on)}}));
}

Fragment question_item(const View& view, const QuestionParts& parts, Instant now) {
  const Question& q = parts.question;
  Fragment out = words_of(view, q);
  out.add(R"(<p class="row meta">{}</p>)", about(view, q));
  out += networks_of(view, q);
  if (!parts.merged.empty()) {
    Fragment list;
    for (const Question& each : parts.merged)
      list.add(R"(<li id="{}">{}<p class="row meta">{}</p></li>)", each.code->text(),
               words_of(view, each), about(view, each));
    out += html::details(view.voice.counted("dialogue.question.merged"_t, std::ssize(parts.merged)),
                         fill(R"(<ul class="plain">{}</ul>)", list));
  }
  if (!q.answer.empty()) {
    Fragment answer;
    answer += html::paragraphs(q.answer);
    out += html::note({.kind = html::NoteKind::ok,
                       .heading = view("dialogue.question.answer"_t),
                       .body = fill(R"(<div lang="vi">{}</div>)", answer)});
  }
  if (!parts.promises.empty())
    out.add(R"(<p><b>{}</b></p><ul>{}</ul>)", view("dialogue.question.promised"_t),
            [&](Fragment& list) {
              for (const Promise& each : parts.promises) list += promise_item(view, each, now);
            });
  return fill(R"(<li class="op" id="{}">{}{}</li>)", q.code->text(), out, parts.extra);
}

Fragment broken_part(const View& view, db::Read& read, const Dialogue& d, Instant now) {
  const auto broken = broken_promises(read, d, local_day(now), broken_shown);
  if (broken.empty()) return {};
  Fragment list;
  for (const Promise& each : broken) list += promise_item(view, each, now);
  return html::note({.kind = html::NoteKind::stop,
                     .heading = view.voice.counted("dialogue.broken"_t, std::ssize(broken)),
                     .body = fill("<p>{}</p><ul>{}</ul>", view("dialogue.broken_lead"_t), list)});
}

Result<Dialogue> asked_for(const http::Request& request, db::Read& read) {
  auto found = find(read, DialogueId{request.path_number("id")});
  if (!found) return Error{ErrorKind::not_found, "dialogue.error.none"_t};
  return *std::move(found);
}

std::string mark_of(DialogueId id, std::string_view token) {
  const std::string text = "dialogue/" + std::to_string(id.value) + "/" + std::string(token);
  return std::string(as_text(merkle::sha256(as_bytes(text))));
}

std::optional<std::string> token_in(const http::Request& request) {
  const std::string_view token = request.cookie(participant_cookie);
  if (token.size() != token_size || !std::ranges::all_of(token, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      }))
    return std::nullopt;
  return std::string(token);
}

std::string draw_token(Random& random) { return to_hex(random.bytes<token_size / 2>()); }

}  // namespace ln::dialogue
