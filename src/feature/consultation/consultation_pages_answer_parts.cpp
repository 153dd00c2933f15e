#include "feature/consultation/consultation_pages_answer_parts.h"

#include <algorithm>

#include "base/text.h"
#include "feature/consultation/consultation_pages_invited_parts.h"
#include "platform/html/parts.h"

namespace ln::consultation {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

Url answers_url(const View& view, ConsultationId id) {
  return Url::in(view, "/consultations/", id.value, "/answers");
}

Url answer_url(const View& view, const Issue& issue) {
  return Url::in(view, "/consultations/", issue.consultation.value, "/answers/", issue.id.value);
}

Fragment answer_badge(const View& view, const Issue& issue) {
  if (!issue.answered_at)
    return html::badge(
        html::Tone::soon, "clock",
        view(issue.answer ? "consultation.answer.again"_t : "consultation.answer.waits"_t));
  const bool takes_up = issue.answer == Answer::accepted || issue.answer == Answer::partly;
  return html::badge(takes_up ? html::Tone::ok : html::Tone::plain,
                     takes_up ? "check" : "message-circle", view(key_of(*issue.answer)));
}

Fragment answer_part(const View& view, const Consultation& c, const Issue& issue) {
  std::string day;
  if (issue.answered_at)
    day = view.voice("consultation.answer.on"_t,
                     {{"day", view.voice.date(local_day(*issue.answered_at))}});
  Fragment out =
      fill(R"(<p>{} <span class="muted small">{}</span></p>)", answer_badge(view, issue), day);
  if (!issue.answer) return out;
  if (!issue.answered_at)
    out.add("<p>{} {}</p>", view("consultation.answer.before"_t), view(key_of(*issue.answer)));
  if (!issue.changed_clause.empty())
    out.add(R"(<p>{} <a href="{}">{}</a></p>)", view("consultation.answer.where"_t),
            issue.changed_clause == "all" ? page_of(view, c)
                                          : clause_url(view, c, issue.changed_clause),
            cited(view, issue.changed_clause));
  if (!issue.wording.empty())
    out.add(R"(<blockquote class="quote" lang="vi">{}</blockquote>)", issue.wording);
  if (!issue.reason.empty()) out.add(R"(<p lang="vi">{}</p>)", issue.reason);
  return out;
}

Fragment decision_part(const View& view, db::Read& read, const Consultation& c, bool in_full) {
  const auto decision = find_decision(read, c.id);
  if (!decision) return {};
  Fragment body =
      fill("<p>{}</p>", view.voice("consultation.decision.on"_t,
                                   {{"day", view.voice.date(local_day(decision->decided_at))},
                                    {"version", view.voice.number(decision->version)}}));
  body.add(R"(<p lang="vi">{}</p>)", decision->note);
  if (in_full)
    body.add(R"(<p><a href="{}">{}</a> · <a href="{}">{}</a></p>)"
             R"(<p class="small">{} <span class="hash" translate="no">{}</span></p>)",
             Url::in(view, "/ledger/facts/", decision->line), view("consultation.decision.line"_t),
             Url::in(view, "/ledger/facts/", decision->table_line),
             view("consultation.decision.table_line"_t), view("consultation.decision.hash"_t),
             to_hex(as_bytes(decision->table_hash)));
  if (in_full) body += withdrawn_count(view, read, c.id);
  return html::note({.kind = html::NoteKind::ok,
                     .heading = view("consultation.decision.title"_t),
                     .body = std::move(body)});
}

std::int64_t first_row(std::int64_t asked, std::int64_t on_page, std::int64_t all) {
  const std::int64_t last = all > 0 ? (all - 1) / on_page * on_page : 0;
  return std::clamp<std::int64_t>(asked, 0, last);
}

Fragment rows_pager(const View& view, const Url& url, RowsPlace place) {
  html::PagerParts parts;
  const std::int64_t end = std::min(place.from + place.on_page, place.all);
  if (place.from > 0)
    parts.previous =
        place.from > place.on_page ? url.with("from", place.from - place.on_page) : url;
  if (end < place.all) parts.next = url.with("from", end);
  if (!parts.previous && !parts.next) return {};
  const std::string middle =
      view.voice("consultation.pager"_t, {{"from", view.voice.number(place.from + 1)},
                                          {"to", view.voice.number(end)},
                                          {"all", view.voice.number(place.all)}});
  parts.middle = middle;
  return html::pager(view, parts);
}

}  // namespace ln::consultation
