#include "feature/commitment/commitment_pages_parts.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/people/people_code.h"
#include "core/units/units_name.h"
#include "core/units/units_store.h"
#include "feature/commitment/commitment_store_case.h"
#include "feature/commitment/commitment_store_point.h"
#include "platform/html/charts.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"

namespace ln::commitment {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

// A city has hundreds of units, and a page 6 KiB.
constexpr std::size_t listed_chars = 180, tallied_units = 10;

std::string_view icon_of(Happening what) {
  switch (what) {
    case Happening::made:
    case Happening::reworded:
    case Happening::changed: return "flag";
    case Happening::confirmed:
    case Happening::accepted:
    case Happening::change_agreed: return "thumbs-up";
    case Happening::objected:
    case Happening::refused:
    case Happening::change_refused: return "thumbs-down";
    case Happening::declared: return "wrench";
    case Happening::admitted:
    case Happening::broken_by_time: return "circle-x";
    case Happening::change_proposed: return "pencil";
    case Happening::overdue: return "triangle-alert";
    case Happening::kept_by_silence: return "circle-check";
  }
  return "flag";
}

std::string_view party_name(const View& view, Party party) {
  if (party == Party::citizen) return view("commitment.party.citizen"_t);
  return view(party == Party::office ? "commitment.party.office"_t : "commitment.party.clock"_t);
}

// The case, where everybody reads what is answered in it.
Fragment case_link(const View& view, db::Read& read, const Commitment& c) {
  const auto of = find_case(read, c.source_id);
  if (!of || !of->is_open || c.is_private())
    return fill("{}", view("commitment.source.case_private"_t));
  return fill(R"(<a href="{}">{}</a> {})", Url::in(view, "/feedback/", of->code),
              view("commitment.source.case"_t), html::code(people::shown_code("HN", of->code)));
}

Fragment point_link(const View& view, db::Read& read, const Commitment& c) {
  const auto point = find_point(read, c.question_id);
  if (!point) return fill("{}", view("commitment.source.consultation"_t));
  return fill(R"({}: <a href="{}" lang="vi">{}</a>)", view("commitment.source.consultation"_t),
              Url::in(view, "/consultations/", c.source_id, "/answers/", c.question_id),
              point->title);
}

Fragment source_of(const View& view, db::Read& read, const Commitment& c) {
  if (c.source == Source::desk) return fill("{}", view("commitment.source.desk"_t));
  if (c.source == Source::feedback) return case_link(view, read, c);
  if (c.source == Source::consultation) return point_link(view, read, c);
  const auto topic = topic_of(read, c.source_id);
  const bool is_english = view.voice.language() == i18n::Language::en;
  const bool has_english = topic && is_english && !topic->second.empty();
  return fill(R"(<a href="{}" lang="{}">{}</a>)", Url::in(view, "/dialogues/", c.source_id),
              has_english ? "en" : "vi",
              !topic        ? std::string(view("commitment.source.dialogue"_t))
              : has_english ? topic->second
                            : topic->first);
}

}  // namespace

Url page_of(const View& view, CommitmentId id) { return Url::in(view, "/commitments/", id.value); }

std::string unit_name(const View& view, db::Read& read, units::UnitId id) {
  const auto unit = units::find(read, id);
  if (!unit) return {};
  const bool is_english = view.voice.language() == i18n::Language::en;
  return units::name_in(*unit, is_english);
}

std::optional<Day> day_in(std::string_view text) {
  const auto at =
      text.size() == 10 ? ledger::instant_of(std::string(text) + "T00:00:00Z") : std::nullopt;
  if (!at) return std::nullopt;
  return Day(std::chrono::duration_cast<std::chrono::days>(at->time_since_epoch()));
}

Fragment state_badge(const View& view, const Commitment& c, Instant now) {
  if (c.is_overdue(now)) {
    const auto days = (local_day(now) - c.due_on).count();
    return html::badge(html::Tone::late, "triangle-alert",
                       view.voice.counted("commitment.overdue_days"_t, days));
  }
  switch (c.state) {
    case State::proposed: return html::badge(html::Tone::plain, "hourglass", view(key_of(c.state)));
    case State::open: return html::badge(html::Tone::info, "flag", view(key_of(c.state)));
    case State::declared:
      return html::badge(html::Tone::soon, "circle-help", view(key_of(c.state)));
    case State::kept:
      return html::badge(html::Tone::ok, "circle-check",
                         view(c.was_late() ? "commitment.kept_late"_t : key_of(c.state)));
    case State::broken: return html::badge(html::Tone::late, "circle-x", view(key_of(c.state)));
  }
  return {};
}

Fragment item(const View& view, db::Read& read, const Commitment& c, const Url& to, Instant now) {
  std::string shown(first_chars(c.text, listed_chars));
  if (shown.size() < c.text.size()) shown += "…";
  const std::string_view own = view.voice.language() == i18n::Language::en ? "en" : "vi";
  if (c.is_private()) shown = view("commitment.text_private"_t);
  Fragment changed;
  if (c.changed_count > 0)
    changed.add("<span>{}</span>", view.voice.counted("commitment.changes"_t, c.changed_count));
  return fill(R"(<li><h3><a href="{}" lang="{}">{}</a></h3><p class="row">{} <span>{}</span> )"
              R"(<span>{}</span> {}</p></li>)",
              to, c.is_private() ? own : "vi", shown, state_badge(view, c, now),
              unit_name(view, read, c.unit),
              view.voice("commitment.until"_t, {{"day", view.voice.date(c.due_on)}}), changed);
}

namespace {

Fragment change_note(const View& view, const Commitment& c, bool shows_words) {
  Fragment body;
  body += html::paragraphs(c.next_text);
  body.add("<p>{}</p>", view.voice("commitment.until"_t,
                                   {{"day", view.voice.date(c.next_due_on.value_or(c.due_on))}}));
  if (shows_words) body += html::paragraphs(c.next_reason);
  return html::note({.kind = html::NoteKind::warn,
                     .heading = view("commitment.change_waits"_t),
                     .body = fill(R"(<div lang="vi">{}</div>)", body)});
}

}  // namespace

Fragment sheet(const View& view, db::Read& read, const Commitment& c, Instant now, Reader reader) {
  Fragment out = fill(R"(<p>{}</p>)", state_badge(view, c, now));
  if (c.is_private())
    out.add("<p>{}</p>", view("commitment.text_private"_t));
  else
    out.add(R"(<blockquote class="quote" lang="vi">{}</blockquote>)",
            [&](Fragment& quote) { quote += html::paragraphs(c.text); });
  std::vector<html::Fact> facts = {
      {view("commitment.owner"_t),
       fill(R"(<a href="{}">{}</a>)", Url::in(view, "/commitments").with("unit_id", c.unit.value),
            unit_name(view, read, c.unit))},
      {view("commitment.due"_t), html::day(view, c.due_on)},
      {view("commitment.source"_t), source_of(view, read, c)},
      {view("commitment.number"_t), html::code(view.voice.number(c.id.value))}};
  if (c.state == State::kept && c.is_by_silence)
    facts.push_back({view("commitment.kept_how"_t), fill("{}", view("commitment.by_silence"_t))});
  if (c.refused_count > 0)
    facts.push_back(
        {view("commitment.refused_times"_t), html::code(view.voice.number(c.refused_count))});
  out += html::facts(facts, true);
  if (!c.evidence.empty()) {
    Fragment body;
    body += html::paragraphs(c.evidence);
    if (const auto link = Url::external(c.evidence_link))
      body.add(R"(<p><a href="{}" rel="noopener nofollow">{}</a></p>)", *link, c.evidence_link);
    out += html::note({.kind = html::NoteKind::info,
                       .heading = view("commitment.evidence"_t),
                       .body = fill(R"(<div lang="vi">{}</div>)", body)});
  }
  if (c.has_change()) out += change_note(view, c, !c.is_private() || reader == Reader::party);
  return out;
}

Fragment history(const View& view, db::Read& read, const Commitment& c, Reader reader) {
  Fragment out = fill(R"(<h2 class="h-m" id="history">{}</h2>)", view("commitment.history"_t));
  std::vector<std::string> titles, metas, lines;
  const std::vector<Event> events = events_of(read, c.id);
  std::vector<html::TimelineItem> items;
  titles.reserve(events.size());
  metas.reserve(events.size());
  lines.reserve(events.size());
  for (const Event& each : events) {
    titles.emplace_back(view(key_of(each.what)));
    metas.push_back(std::string(party_name(view, each.party)) + " · " + view.voice.moment(each.at));
    // The line of an asker is in a chain of their own, or of the case: it leads to both. And an act
    // that waits for the batch of its hour has none yet.
    lines.push_back(
        each.party == Party::citizen && (each.line == 0 || reader != Reader::party)
            ? std::string()
            : view.voice("commitment.line"_t, {{"line", view.voice.number(each.line)}}));
    Fragment body;
    if (!each.words.empty() && (!c.is_private() || reader == Reader::party)) {
      Fragment words;
      words += html::paragraphs(each.words);
      body.add(R"(<div lang="vi">{}</div>)", words);
    }
    if (each.due_on)
      body.add("<p>{}</p>",
               view.voice("commitment.until"_t, {{"day", view.voice.date(*each.due_on)}}));
    html::TimelineItem shown{.kind = each.party == Party::citizen ? html::TimelineKind::outside
                                                                  : html::TimelineKind::office,
                             .icon_name = icon_of(each.what),
                             .title = titles.back(),
                             .body = std::move(body),
                             .meta = metas.back(),
                             .proof_text = lines.back()};
    // Of the promise's own chain everybody may take the proof; of an asker's, the asker.
    if (each.party != Party::citizen)
      shown.proof = Url::path("/commitments/", c.id.value, "/lines/", each.line);
    items.push_back(std::move(shown));
  }
  out += html::timeline(view, items);
  return out;
}

std::vector<std::pair<std::int64_t, Tally>> worst_first(const std::map<std::int64_t, Tally>& all,
                                                        std::size_t max) {
  std::vector<std::pair<std::int64_t, Tally>> out(all.begin(), all.end());
  std::ranges::stable_sort(out, std::ranges::greater(), [](const auto& each) {
    return each.second.overdue + each.second.broken;
  });
  if (out.size() > max) out.resize(max);
  return out;
}

Fragment tally_table(const View& view, db::Read& read, const std::map<std::int64_t, Tally>& all) {
  const html::Column columns[] = {{view("commitment.owner"_t)},
                                  {view("commitment.tally.waiting"_t), true},
                                  {view("commitment.tally.overdue"_t), true},
                                  {view("commitment.tally.declared"_t), true},
                                  {view("commitment.tally.kept"_t), true},
                                  {view("commitment.tally.late"_t), true},
                                  {view("commitment.tally.broken"_t), true},
                                  {view("commitment.tally.changed"_t), true}};
  Fragment rows;
  for (const auto& [id, t] : worst_first(all, tallied_units)) {
    Fragment row;
    html::add_head_cell(
        row, fill(R"(<a href="{}">{}</a>)", Url::in(view, "/commitments").with("unit_id", id),
                  unit_name(view, read, units::UnitId{id})));
    const std::int64_t numbers[] = {t.waiting,   t.overdue, t.declared, t.kept_on_time,
                                    t.kept_late, t.broken,  t.changed};
    for (std::size_t i = 0; i < std::size(numbers); ++i)
      html::add_cell(row, columns[i + 1], view.voice.number(numbers[i]));
    rows.add("<tr>{}</tr>", row);
  }
  Fragment out = html::table(
      {.caption = view("commitment.tally.title"_t), .columns = columns, .rows = std::move(rows)});
  if (all.size() > tallied_units)
    out.add(R"(<p class="small muted"><a href="{}">{}</a></p>)", Url::in(view, "/units"),
            view.voice.counted("commitment.tally.others"_t,
                               static_cast<std::int64_t>(all.size() - tallied_units)));
  return out;
}

Result<Commitment> asked_for(const http::Request& request, db::Read& read) {
  auto found = find_told(read, CommitmentId{request.path_number("id")});
  if (!found) return Error{ErrorKind::not_found, "commitment.error.none"_t};
  return *std::move(found);
}

}  // namespace ln::commitment
