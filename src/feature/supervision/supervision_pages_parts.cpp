#include "feature/supervision/supervision_pages_parts.h"

#include <algorithm>

#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/units/units_store.h"
#include "platform/html/charts.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"

namespace ln::supervision {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

// Two ticks of the ledger: a head that comes later was kept waiting by somebody or something.
constexpr std::chrono::minutes head_delay_max{20};

// A word of the ledger's event list stands for itself; its name is spoken in the timeline.
}  // namespace

html::Spoken title_of(const View& view, const Programme& p) {
  return html::spoken(view, p.title_vi, p.title_en);
}

std::string unit_name(db::Read& read, units::UnitId id) {
  const auto unit = units::find(read, id);
  return unit ? unit->name : std::string();
}

Url page_of(const View& view, const Programme& p) {
  return Url::in(view, "/supervision/", p.id.value);
}

Fragment line_link(const View& view, std::int64_t line) {
  return fill(R"(<a href="{}">{}</a>)", Url::in(view, "/ledger/facts/", line),
              view.voice("supervision.line"_t, {{"line", view.voice.number(line)}}));
}

Fragment hash_text(std::string_view bytes) {
  return fill(R"(<span class="hash" translate="no">{}</span>)", to_hex(as_bytes(bytes)));
}

Fragment stage_badge(const View& view, const Programme& p) {
  switch (p.stage) {
    case Stage::announced:
      return html::badge(html::Tone::info, "calendar-clock", view(key_of(p.stage)));
    case Stage::drawn: return html::badge(html::Tone::soon, "search", view(key_of(p.stage)));
    case Stage::finished: break;
  }
  return html::badge(html::Tone::ok, "circle-check", view(key_of(p.stage)));
}

Fragment advice_badge(const View& view, const Advice& advice, Instant now) {
  Fragment out;
  if (advice.is_verified())
    out += html::badge(html::Tone::ok, "circle-check", view("supervision.advice.verified"_t));
  else if (advice.waits_for_supervisor())
    out += html::badge(html::Tone::info, "reply", view("supervision.advice.answered"_t));
  else
    out += html::badge(
        html::Tone::soon, "clock",
        view.voice("supervision.advice.waits"_t, {{"day", view.voice.date(advice.due_now())}}));
  if (advice.is_late(now)) {
    out.add_text(" ");
    out += html::badge(html::Tone::late, "triangle-alert", view("supervision.advice.late"_t));
  }
  return out;
}

std::optional<Sheet> sheet_of(db::Read& read, ProgrammeId id) {
  auto p = find(read, id);
  if (!p) return std::nullopt;
  const std::string unit = unit_name(read, p->unit);
  return Sheet{.programme = *std::move(p),
               .strata = strata_of(read, id),
               .drawn = drawn_of(read, id),
               .findings = findings_of(read, id),
               .advice = advice_of(read, id),
               .replies = std::ssize(replies_to_findings(read, id)),
               .unit = unit};
}

Fragment finding_reply(const View& view, const FindingReply& reply) {
  return fill(
      R"(<div class="quote"><p><b>{}</b></p><p class="muted small">{} · {}</p>)"
      R"(<p lang="vi">{}</p>{}</div>)",
      view("supervision.finding.reply"_t), html::moment(view, reply.said_at),
      line_link(view, reply.line),
      reply.text.empty() ? view("supervision.desk.words_gone"_t) : std::string_view(reply.text),
      hash_text(reply.hash));
}

std::vector<Finding> last_findings(const std::vector<Finding>& all) {
  std::vector<Finding> last;
  for (const Finding& each : all)
    if (!last.empty() && last.back().number == each.number)
      last.back() = each;
    else
      last.push_back(each);
  return last;
}

Fragment frame_facts(const View& view, const Sheet& sheet) {
  const Programme& p = sheet.programme;
  std::vector<html::Fact> facts = {
      {view("supervision.unit"_t), fill(R"(<span lang="vi">{}</span>)", sheet.unit)},
      {view("supervision.period"_t),
       fill("{}", view.voice("supervision.period_of"_t,
                             {{"from", view.voice.date(p.from)}, {"to", view.voice.date(p.to)}}))},
      {view("supervision.announced_at"_t),
       fill("{} · {}", html::moment(view, p.created_at), line_link(view, p.line))},
      {view("supervision.frame"_t),
       fill(R"({} · <a href="{}">{}</a>)", view.voice.counted("supervision.cases"_t, p.frame_size),
            Url::in(view, "/supervision/", p.id.value, "/frame"),
            view("supervision.frame_file"_t))},
      {view("supervision.frame_hash"_t), hash_text(p.frame_hash)},
      {view("supervision.head_at"_t), html::moment(view, p.head_at)}};
  if (p.head_size) {
    facts.push_back({view("supervision.head"_t),
                     fill("{} · {}", view.voice.counted("supervision.leaves"_t, *p.head_size),
                          html::moment(view, *p.head_seen_at))});
    facts.push_back({view("supervision.root"_t), hash_text(p.head_root)});
    const auto root = merkle::to_hash(p.head_root);
    if (root)
      facts.push_back({view("supervision.seed"_t),
                       hash_text(as_text(draw::seed_of(frame_name(p.id), {*p.head_size, *root})))});
    facts.push_back(
        {view("supervision.drawn_at"_t),
         fill("{} · {}", html::moment(view, *p.drawn_at), line_link(view, *p.drawn_line))});
  }
  if (p.finished_at)
    facts.push_back(
        {view("supervision.finished_at"_t),
         fill("{} · {}", html::moment(view, *p.finished_at), line_link(view, *p.finished_line))});
  Fragment out = html::facts(facts, true);
  if (p.head_seen_at && *p.head_seen_at > p.head_at + head_delay_max)
    out += html::note({.kind = html::NoteKind::warn,
                       .heading = view("supervision.head_late"_t),
                       .body = fill("<p>{}</p>", view("supervision.head_late_why"_t))});
  return out;
}

Fragment strata_table(const View& view, const Sheet& sheet) {
  const html::Column columns[] = {{view("supervision.stratum"_t)},
                                  {view("supervision.in_frame"_t), true},
                                  {view("supervision.to_draw"_t), true},
                                  {view("supervision.numbers"_t)}};
  Fragment rows;
  std::int64_t first = 1;
  for (const draw::Stratum& each : sheet.strata) {
    std::string numbers;
    for (const std::int64_t number : sheet.drawn)
      if (number >= first && number < first + each.size)
        numbers += (numbers.empty() ? "" : ", ") + std::to_string(number);
    first += each.size;
    Fragment row;
    const auto stratum = from_word(all_strata, each.word);
    html::add_head_cell(row,
                        fill("{}", stratum ? view(key_of(*stratum)) : std::string_view(each.word)));
    html::add_cell(row, columns[1], view.voice.number(each.size));
    html::add_cell(row, columns[2], view.voice.number(std::min(each.size, each.count)));
    html::add_cell(row, columns[3],
                   numbers.empty() ? view("supervision.no_numbers"_t) : std::string_view(numbers));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table({.caption = view("supervision.strata"_t),
                      .columns = columns,
                      .rows = std::move(rows),
                      .more_class = "tbl--figs"});
}

Fragment finding_counts(const View& view, const Sheet& sheet) {
  const auto last = last_findings(sheet.findings);
  std::vector<html::DistributionRow> rows;
  for (const Outcome each : all_outcomes)
    rows.push_back({view(key_of(each)), std::ranges::count(last, each, &Finding::outcome)});
  Fragment out =
      fill("<p>{}</p>", view.voice("supervision.found_of"_t,
                                   {{"found", view.voice.number(std::ssize(last))},
                                    {"drawn", view.voice.number(std::ssize(sheet.drawn))}}));
  if (!last.empty())
    out += html::distribution(view, {.caption = view("supervision.findings"_t),
                                     .class_heading = view("supervision.outcome"_t),
                                     .count_heading = view("supervision.count"_t),
                                     .rows = rows});
  const std::int64_t corrected = std::ssize(sheet.findings) - std::ssize(last);
  if (corrected > 0) out.add("<p>{}</p>", view.voice.counted("supervision.corrected"_t, corrected));
  return out;
}

Fragment advice_item(
    const View& view, db::Read& read, const Advice& advice, Instant now, const Fragment& extra) {
  Fragment replies;
  for (const Said& each : advice.said)
    replies.add(R"(<li><h4 class="h-s">{}</h4><p class="muted small">{} · {}</p>)"
                R"(<div lang="vi">{}</div></li>)",
                view(key_of(each.kind)), html::moment(view, each.said_at),
                line_link(view, each.line), html::paragraphs(each.text));
  Fragment body = fill(
      R"(<h3 class="h-s">{}</h3><p>{}</p><p class="muted small"><span lang="vi">{}</span>)"
      R"( · {} · {}</p><div lang="vi">{}</div>)",
      view.voice("supervision.advice.number"_t, {{"number", view.voice.number(advice.number)}}),
      advice_badge(view, advice, now), unit_name(read, advice.unit),
      html::moment(view, advice.advised_at), line_link(view, advice.line),
      html::paragraphs(advice.text));
  if (!replies.empty()) body.add(R"(<ul class="plain">{}</ul>)", replies);
  body += extra;
  return fill(R"(<li class="card" id="{}">{}</li>)", "advice-" + std::to_string(advice.number),
              body);
}

std::optional<Day> day_in(std::string_view text) {
  const auto at =
      text.size() == 10 ? ledger::instant_of(std::string(text) + "T00:00:00Z") : std::nullopt;
  if (!at) return std::nullopt;
  return Day(std::chrono::duration_cast<std::chrono::days>(at->time_since_epoch()));
}

std::optional<Instant> moment_in(std::string_view day, std::string_view time) {
  if (day.size() != 10 || time.size() != 5) return std::nullopt;
  const auto at = ledger::instant_of(std::string(day) + "T" + std::string(time) + ":00Z");
  if (!at) return std::nullopt;
  return *at - vietnam_offset;
}

}  // namespace ln::supervision
