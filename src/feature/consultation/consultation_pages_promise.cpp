// What was promised for the points of a draft, on the pages of the draft.
#include "feature/consultation/consultation_pages_parts.h"
#include "feature/consultation/consultation_store_promise.h"
#include "platform/html/parts.h"

namespace ln::consultation {
namespace {

constexpr std::int64_t promises_shown = 20;

html::Fragment promise_badge(const html::View& view, const commitment::Commitment& c, Instant now) {
  using commitment::State;
  if (c.is_overdue(now))
    return html::badge(
        html::Tone::late, "triangle-alert",
        view.voice.counted("commitment.overdue_days"_t, (local_day(now) - c.due_on).count()));
  const bool is_broken = c.state == State::broken;
  return html::badge(is_broken                ? html::Tone::late
                     : c.state == State::kept ? html::Tone::ok
                                              : html::Tone::info,
                     is_broken ? "circle-x" : "flag", view(commitment::key_of(c.state)));
}

}  // namespace

html::Fragment promises_part(
    const html::View& view, db::Read& read, ConsultationId id, std::int64_t point, Instant now) {
  const auto all = promises_for(read, id, point, promises_shown);
  if (all.empty()) return {};
  return html::fill(
      R"(<section aria-labelledby="promised"><h2 class="h-m sp" id="promised">{}</h2>)"
      R"(<ul class="list">{}</ul></section>)",
      view("commitment.of_draft"_t), [&](html::Fragment& list) {
        for (const commitment::Commitment& each : all)
          list.add(R"(<li><a href="{}" lang="vi">{}</a> {} <span>{}</span></li>)",
                   html::Url::in(view, "/commitments/", each.id.value), each.text,
                   promise_badge(view, each, now),
                   view.voice("commitment.until"_t, {{"day", view.voice.date(each.due_on)}}));
      });
}

}  // namespace ln::consultation
