#include "feature/insight/insight_pages_signal_parts.h"

#include <cmath>

#include "core/units/units_store.h"
#include "feature/insight/insight_jobs_report_text.h"
#include "feature/insight/insight_store_signal.h"
#include "feature/insight/insight_store_signal_rooms.h"
#include "platform/html/charts.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"

namespace ln::insight {

using html::Fragment;
using html::View;

namespace {

constexpr std::int64_t objects_listed_max = 100;

std::string_view address_of(Formality kind) {
  switch (kind) {
    case Formality::empty_dialogue: return "/dialogues/";
    case Formality::idle_supervision: return "/supervision/";
    case Formality::unread_disclosure: return "/disclosure/";
    default: return "/emulation/";
  }
}

TextKey key_of(Hollow why) {
  switch (why) {
    case Hollow::no_promise: return "insight.signal.hollow.no_promise"_t;
    case Hollow::no_advice: return "insight.signal.hollow.no_advice"_t;
    case Hollow::unverified: return "insight.signal.hollow.unverified"_t;
    case Hollow::office_only: return "insight.signal.hollow.office_only"_t;
    case Hollow::entered_late: return "insight.signal.hollow.entered_late"_t;
    case Hollow::unanswered: return "insight.signal.hollow.unanswered"_t;
    case Hollow::no_claim: return "insight.signal.hollow.no_claim"_t;
    case Hollow::too_few: return "insight.signal.hollow.too_few"_t;
  }
  return {};
}

}  // namespace

std::string staff_page(const View& view, std::string_view title, Fragment body, bool has_errors) {
  return html::page(view, {.title = title,
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = has_errors,
                           .is_unlisted = true});
}

std::string arithmetic_words(const View& view, const KeptSignal& signal) {
  const std::string part = view.voice.number(signal.part), whole = view.voice.number(signal.whole);
  switch (signal.kind) {
    case Formality::burst:
      return view.voice(
          "insight.signal.says.burst"_t,
          {{"part", part}, {"whole", whole}, {"expected", view.voice.decimal(signal.expected, 2)}});
    case Formality::survey_burst:
      return view.voice(
          "insight.signal.says.survey_burst"_t,
          {{"part", part}, {"whole", whole}, {"expected", view.voice.decimal(signal.expected, 2)}});
    case Formality::even_counts:
      return view.voice("insight.signal.says.even"_t,
                        {{"whole", whole},
                         {"observed", view.voice.decimal(signal.observed, 2)},
                         {"expected", view.voice.decimal(signal.expected, 2)}});
    default: break;
  }
  if (is_of_rooms(signal.kind))
    return view.voice("insight.signal.says.rooms"_t, {{"part", part}, {"whole", whole}});
  const bool is_pair =
      signal.kind == Formality::picked_invitation || signal.kind == Formality::pressed_rating ||
      signal.kind == Formality::survey_staff || signal.kind == Formality::survey_picked;
  return view.voice(is_pair ? "insight.signal.says.pair"_t : "insight.signal.says.share"_t,
                    {{"part", part},
                     {"whole", whole},
                     {"observed", view.voice.percent(signal.observed)},
                     {"expected", view.voice.percent(signal.expected)}});
}

std::string chance_words(const View& view, double p_value) {
  // Six digits are kept; what rounds to nothing is less than one in a million.
  if (p_value < 1e-6) return std::string(view("insight.signal.chance_least"_t));
  return view.voice("insight.signal.chance"_t,
                    {{"count", view.voice.number(std::llround(1 / p_value))}});
}

Fragment signal_badge(const View& view, const std::optional<Dispute>& dispute) {
  if (!dispute) return html::badge(html::Tone::info, "info", view("insight.signal.state.open"_t));
  if (!dispute->decision)
    return html::badge(html::Tone::soon, "clock", view("insight.signal.state.disputed"_t));
  if (*dispute->decision == Decision::explained)
    return html::badge(html::Tone::ok, "check", view("insight.signal.state.explained"_t));
  return html::badge(html::Tone::late, "triangle-alert", view("insight.signal.state.stands"_t));
}

Fragment object_list(const View& view, db::Read& read, const KeptSignal& signal) {
  Fragment list;
  for (const SignalObject& each : objects_of(read, signal.id, signal.kind, objects_listed_max)) {
    const html::Spoken title = html::spoken(view, each.title_vi, each.title_en);
    list.add(R"(<li><a href="{}" lang="{}">{}</a><br>{}</li>)",
             html::Url::in(view, address_of(signal.kind), each.id), title.lang, title.text,
             view(key_of(each.why)));
  }
  return html::fill(R"(<h2 class="h-m sp">{}</h2><ul class="list">{}</ul>)",
                    view("insight.signal.things"_t), list);
}

Fragment signal_table(const View& view, db::Read& read, std::span<const KeptSignal> signals) {
  const html::Column columns[] = {{view("insight.signal.column.what"_t)},
                                  {view("insight.units.unit"_t)},
                                  {view("insight.signal.column.month"_t)},
                                  {view("insight.signal.column.counted"_t)},
                                  {view("insight.signal.column.state"_t)}};
  Fragment rows;
  for (const KeptSignal& each : signals) {
    const auto unit = units::find(read, each.unit);
    Fragment row;
    html::add_head_cell(
        row, html::fill(R"(<a href="{}">{}</a>)",
                        html::Url::in(view, "/staff/signals/", std::to_string(each.id.value)),
                        view(name_of(each.kind))));
    html::add_cell(row, columns[1],
                   html::fill(R"(<span lang="vi">{}</span>)", unit ? unit->name : std::string()));
    html::add_cell(row, columns[2],
                   period_name(view.voice, {.span = Span::month, .first = each.month}));
    html::add_cell(row, columns[3], arithmetic_words(view, each));
    html::add_cell(row, columns[4], signal_badge(view, find_dispute(read, each.id)));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table(
      {.caption = view("insight.signal.caption"_t), .columns = columns, .rows = std::move(rows)});
}

}  // namespace ln::insight
