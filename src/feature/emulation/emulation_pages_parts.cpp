#include "feature/emulation/emulation_pages_parts.h"

#include "base/text.h"
#include "core/units/units_name.h"
#include "core/units/units_store.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::emulation {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t adopters_shown = 20;
constexpr std::size_t act_chars = 100;

// "83,3% (25 trong 30; 66,4%–92,7%)", or that there are too few to print.
Fragment share_cell(const View& view, const stats::Share& share) {
  if (share.whole < cases_min)
    return fill(R"(<span class="small">{}</span>)", view("emulation.too_few"_t));
  const stats::Interval interval = stats::wilson(share);
  const std::string part = view.voice.number(share.part), whole = view.voice.number(share.whole),
                    low = view.voice.percent(interval.low),
                    high = view.voice.percent(interval.high);
  return fill(R"(<b>{}</b> <span class="small">{}</span>)", view.voice.percent(stats::ratio(share)),
              view.voice("emulation.of"_t,
                         {{"part", part}, {"whole", whole}, {"low", low}, {"high", high}}));
}

TextKey key_of_kind(std::string_view kind) {
  if (kind == "commitment") return "emulation.act.commitment"_t;
  return kind == "dialogue" ? "emulation.act.dialogue"_t : "emulation.act.project"_t;
}

// What was done, by the word under which the log keeps it.
TextKey key_of_event(std::string_view event) {
  if (event == "promised") return "emulation.act.promised"_t;
  if (event == "answered") return "emulation.act.answered"_t;
  if (event == "closed") return "emulation.act.closed"_t;
  if (event == "lapsed") return "emulation.act.lapsed"_t;
  if (event == "received" || event == "published") return "emulation.act.begun"_t;
  return "emulation.act.other"_t;
}

Fragment act_item(const View& view, const PublicAct& act, std::string_view number) {
  const bool is_english = view.voice.language() == i18n::Language::en;
  const bool is_told = !act.name_vi.empty();
  const bool has_english = is_english && (!act.name_en.empty() || !is_told);
  const std::string& whole = has_english ? act.name_en : act.name_vi;
  std::string name(first_chars(whole, act_chars));
  if (name.size() < whole.size()) name += "…";
  if (!is_told) name = view("commitment.text_private"_t);
  return fill(R"(<li>{}, {}: <a href="{}" lang="{}">{}</a> <span class="small">{}</span></li>)",
              view(key_of_kind(act.kind)), view(key_of_event(act.event)),
              Url::in(view, "/", std::string_view(act.kind), "s/", act.id),
              has_english ? "en" : "vi", name, number);
}

// What a claim points at, each with what was done and where everybody reads it.
Fragment acts_part(const View& view, db::Read& read, const Claim& claim) {
  return fill(R"(<p>{}</p><ul class="govuk-list">{}</ul>)", view("emulation.points_at"_t),
              [&](Fragment& list) {
                for (const std::int64_t line : claim.lines) {
                  const std::string number =
                      view.voice("emulation.line"_t, {{"line", view.voice.number(line)}});
                  const auto act = public_act(read, line);
                  list += act ? act_item(view, *act, number) : fill("<li>{}</li>", number);
                }
              });
}

Fragment figures_part(const View& view, db::Read& read, const Model& m, const Claim& claim) {
  const Reading reading = reading_of(m.metric, claim);
  Fragment out = fill(R"(<h2 class="h-m sp">{}</h2>)", view("emulation.figures"_t));
  std::string words(view(key_of(reading)));
  if (reading != Reading::too_few) {
    const stats::Difference d = difference_of(claim);
    constexpr double points = 100;
    const auto shown = [&](double value) { return view.voice.decimal(value * points, 1); };
    const std::string change = shown(d.difference), low = shown(d.interval.low),
                      high = shown(d.interval.high);
    words += " " + view.voice("emulation.difference"_t,
                              {{"change", change}, {"low", low}, {"high", high}});
  }
  out += html::note({.kind = reading == Reading::better  ? html::NoteKind::ok
                             : reading == Reading::worse ? html::NoteKind::warn
                                                         : html::NoteKind::info,
                     .body = fill("<p>{}</p>", words)});
  const html::Column columns[] = {
      {view("emulation.who"_t)}, {view("emulation.before"_t)}, {view("emulation.after"_t)}};
  Fragment rows;
  const auto row = [&](TextKey who, const stats::Share& before, const stats::Share& after) {
    Fragment cells;
    html::add_head_cell(cells, fill("{}", view(who)));
    html::add_cell(cells, columns[1], share_cell(view, before));
    html::add_cell(cells, columns[2], share_cell(view, after));
    rows.add("<tr>{}</tr>", cells);
  };
  row("emulation.own"_t, claim.before, claim.after);
  row("emulation.others"_t, claim.city_before, claim.city_after);
  out += html::table(
      {.caption = view("emulation.figures"_t), .columns = columns, .rows = std::move(rows)});
  out.add(R"(<p class="small muted">{} {}</p>)", view(meaning_of(m.metric)),
          view.voice("emulation.counted_at"_t, {{"size", view.voice.number(claim.ledger_size)}}));
  out += acts_part(view, read, claim);
  return out;
}

Fragment events_part(const View& view, const Model& m, const std::vector<Event>& events) {
  std::vector<html::TimelineItem> items;
  std::vector<std::string> metas, proofs;
  metas.reserve(events.size());
  proofs.reserve(events.size());
  for (const Event& each : events) {
    metas.push_back(view.voice.moment(each.said_at));
    proofs.push_back(view.voice("emulation.line"_t, {{"line", view.voice.number(each.line)}}));
    Fragment body;
    if (!each.text.empty()) body = fill(R"(<div lang="vi">{}</div>)", html::paragraphs(each.text));
    const bool is_outside = each.kind == Happening::confirmed || each.kind == Happening::refuted;
    items.push_back({.kind = is_outside ? html::TimelineKind::outside : html::TimelineKind::office,
                     .icon_name = is_outside ? "scale" : "flag",
                     .title = view(key_of(each.kind)),
                     .body = std::move(body),
                     .meta = metas.back(),
                     .proof = Url::path("/emulation/", m.id.value, "/lines/", each.line),
                     .proof_text = proofs.back()});
  }
  return fill(R"(<h2 class="h-m sp">{}</h2>{})", view("emulation.events"_t),
              html::timeline(view, items));
}

}  // namespace

Url page_of(const View& view, ModelId id) { return Url::in(view, "/emulation/", id.value); }

html::Spoken name_of(const View& view, const Model& m) {
  return html::spoken(view, m.name_vi, m.name_en);
}

std::string unit_name(const View& view, db::Read& read, units::UnitId id) {
  const auto unit = units::find(read, id);
  if (!unit) return {};
  const bool reads_english = view.voice.language() == i18n::Language::en;
  return units::name_in(*unit, reads_english);
}

Fragment criteria_part(const View& view, const std::vector<Criterion>& criteria, TextKey lead) {
  Fragment list;
  for (const Criterion& each : criteria) {
    const html::Spoken name = html::spoken(view, each.name_vi, each.name_en);
    list.add(R"(<li lang="{}">{} <span class="small muted" lang="vi">({})</span></li>)", name.lang,
             name.text, each.source);
  }
  return html::details(view("emulation.criteria"_t),
                       fill("<p>{}</p><ul>{}</ul>", view(lead), list));
}

Fragment stands_badge(const View& view, Happening stands) {
  switch (stands) {
    case Happening::confirmed:
      return html::badge(html::Tone::ok, "circle-check", view(key_of(stands)));
    case Happening::refuted: return html::badge(html::Tone::late, "circle-x", view(key_of(stands)));
    case Happening::claimed: return html::badge(html::Tone::soon, "scale", view(key_of(stands)));
    default: return html::badge(html::Tone::info, "flag", view(key_of(Happening::registered)));
  }
}

Fragment model_item(const View& view, db::Read& read, const Model& m, const Url& to) {
  const html::Spoken name = name_of(view, m);
  return fill(R"(<li><h3><a href="{}" lang="{}">{}</a></h3>)"
              R"(<p class="row meta">{} <span>{}</span> <span>{}</span> <span>{}</span></p></li>)",
              to, name.lang, name.text, stands_badge(view, stands_of(read, m.id)),
              unit_name(view, read, m.unit), view(key_of(m.field)), view(key_of(m.metric)));
}

Fragment sheet(const View& view, db::Read& read, const Model& m) {
  const auto events = events_of(read, m.id);
  const Day last_before = m.begins_on - std::chrono::days(1),
            last_after = m.after_to() - std::chrono::days(1);
  const auto span = [&](Day from, Day to) {
    const std::string first = view.voice.date(from), last = view.voice.date(to);
    return fill("{}", view.voice("emulation.span"_t, {{"from", first}, {"to", last}}));
  };
  const auto said = [](const std::string& words) {
    return fill(R"(<span lang="vi">{}</span>)", words);
  };
  std::vector<html::Fact> facts = {
      {view("emulation.unit"_t), fill("{}", unit_name(view, read, m.unit))},
      {view("emulation.field"_t), fill("{}", view(key_of(m.field)))},
      {view("emulation.task"_t), said(m.task)},
      {view("emulation.place"_t), said(m.place)},
      {view("emulation.launched_by"_t), said(m.launched_by)},
      {view("emulation.metric"_t), fill("{}", view(key_of(m.metric)))},
      {view("emulation.before"_t), span(m.before_from(), last_before)},
      {view("emulation.after"_t), span(m.begins_on, last_after)}};
  const auto from = find(read, m.adopted_from);
  if (from) {
    const html::Spoken name = name_of(view, *from);
    facts.push_back(
        {view("emulation.adopted_from"_t),
         fill(R"(<a href="{}" lang="{}">{}</a>)", page_of(view, from->id), name.lang, name.text)});
  }
  Fragment out =
      fill("<p>{}</p>{}", stands_badge(view, stands_of(events)), html::facts(facts, true));
  // A claim is judged by what was in force when it was registered, whatever was changed since.
  out += criteria_part(view, criteria_at(read, m.registered_at), "emulation.criteria_then"_t);
  if (const auto claim = claim_of(read, m.id))
    out += figures_part(view, read, m, *claim);
  else
    out += html::note(
        {.body = fill("<p>{}</p>", view.voice("emulation.not_claimed"_t,
                                              {{"day", view.voice.date(m.claimed_from())}}))});
  out += events_part(view, m, events);
  Fragment list;
  for (const Model& each : adopters_of(read, m.id, adopters_shown))
    list += model_item(view, read, each, page_of(view, each.id));
  if (!list.empty())
    out.add(R"(<h2 class="h-m sp">{}</h2><ul class="list">{}</ul>)", view("emulation.adopters"_t),
            list);
  return out;
}

}  // namespace ln::emulation
