#include "feature/ballot/ballot_pages_parts.h"

#include <algorithm>

#include "base/text.h"
#include "core/ledger/ledger_tools.h"
#include "core/units/units_store.h"
#include "core/workdays/workdays.h"
#include "feature/ballot/ballot_store.h"
#include "platform/html/charts.h"
#include "platform/html/parts.h"

namespace ln::ballot {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

std::string ratio(Part part) {
  return std::to_string(part.part) + "/" + std::to_string(part.whole);
}

Fragment hash_line(std::string_view bytes) {
  return fill(R"(<span class="hash" translate="no">{}</span>)", to_hex(as_bytes(bytes)));
}

// What came out, in one sentence.
Fragment verdict(const View& view, const Question& question, const Outcome& outcome) {
  if (outcome.passed) {
    const Option& option = question.options[static_cast<std::size_t>(*outcome.passed - 1)];
    const html::Spoken words = html::spoken(view, option.text_vi, option.text_en);
    return html::note({.kind = html::NoteKind::ok,
                       .heading = view("ballot.result.passed"_t),
                       .body = fill(R"(<p lang="{}"><b>{}</b></p>)", words.lang, words.text)});
  }
  const TextKey why = !outcome.is_quorate ? "ballot.result.no_quorum"_t
                      : outcome.is_tied   ? "ballot.result.tied"_t
                                          : "ballot.result.below"_t;
  return html::note({.kind = html::NoteKind::warn,
                     .heading = view("ballot.result.not_passed"_t),
                     .body = fill("<p>{}</p>", view(why))});
}

Fragment counts_table(const View& view,
                      const Ballot& ballot,
                      const Question& question,
                      const Outcome& outcome) {
  const html::Column columns[] = {{view("ballot.result.option"_t)},
                                  {view("ballot.result.votes"_t), true},
                                  {view("ballot.result.of_all"_t), true}};
  Fragment rows;
  const auto add = [&](const Fragment& name, std::int64_t count) {
    Fragment row;
    html::add_head_cell(row, name);
    html::add_cell(row, columns[1], view.voice.number(count));
    html::add_cell(
        row, columns[2],
        view.voice.percent(static_cast<double>(count) / static_cast<double>(ballot.households)));
    rows.add("<tr>{}</tr>", row);
  };
  for (const Option& each : question.options) {
    const html::Spoken words = html::spoken(view, each.text_vi, each.text_en);
    add(fill(R"(<span lang="{}">{}</span>)", words.lang, words.text),
        outcome.counts[static_cast<std::size_t>(each.number)]);
  }
  add(fill("{}", view("ballot.blank"_t)), outcome.counts.front());
  return html::table(
      {.caption = view("ballot.result.counts"_t), .columns = columns, .rows = std::move(rows)});
}

// Since when the draft stands to be read, where, and what the rule asks for.
Fragment posted_words(const View& view, const Ballot& b) {
  Fragment out;
  if (b.posted) {
    out += html::day(view, b.posted->on);
    const std::string number = view.voice.number(b.posted->id);
    if (b.posted->room == "disclosure")
      out.add(R"( · <a href="{}">{}</a>)", Url::in(view, "/disclosure/", b.posted->id),
              view.voice("ballot.posted.disclosure"_t, {{"number", number}}));
    else if (b.posted->room == "consultation")
      out.add(R"( · <a href="{}">{}</a>)", Url::in(view, "/consultations/", b.posted->id),
              view.voice("ballot.posted.consultation"_t, {{"number", number}}));
    else
      out.add(" · {}", view("ballot.posted.said"_t));
    if (!b.posted->room.empty()) out.add(" ({})", view("ballot.posted.pointed"_t));
  }
  if (b.rule.posted_days > 0)
    out.add(R"(<br><span class="muted small">{} <span lang="vi">{}</span></span>)",
            view.voice.counted("ballot.posted.needs"_t, b.rule.posted_days), b.rule.terms_source);
  return out;
}

// Whether households decided anything: what was not passed is handed in nowhere.
bool is_decided(db::Read& read, const Ballot& b) {
  const auto votes = votes_of(read, b.id);
  return std::ranges::any_of(questions_of(read, b.id), [&](const Question& each) {
    return result_of(b.rule, b.households, each, votes).passed.has_value();
  });
}

// By when the file goes to the commune's committee.
Fragment file_words(const View& view, const Ballot& b) {
  Fragment out = fill("{}", view.voice.counted("ballot.file.days"_t, b.rule.file_days));
  if (b.counted_at) {
    const auto due =
        calendar::due(*b.counted_at, {calendar::Measure::working_days, b.rule.file_days}, {},
                      workdays::current()->days());
    out = fill("{}", view.voice("ballot.file.by"_t, {{"day", view.voice.date(local_day(due.at))}}));
  }
  out.add(R"(<br><span class="muted small" lang="vi">{}</span>)", b.rule.terms_source);
  return out;
}

}  // namespace

html::Spoken title_of(const View& view, const Ballot& b) {
  return html::spoken(view, b.title_vi, b.title_en);
}

std::string place_of(db::Read& read, const Ballot& b) {
  const auto unit = units::find(read, b.unit);
  return b.area + (unit ? ", " + unit->name : std::string());
}

Url page_of(const View& view, BallotId id) { return Url::in(view, "/ballots/", id.value); }

Url slip_url(const View& view, const Code& code) {
  return Url::in(view, "/ballots/slips/", code.text());
}

Fragment ballot_line(const View& view, std::int64_t line) {
  return fill(R"(<a href="{}">{}</a>)", Url::in(view, "/ledger/facts/", line),
              view.voice("ballot.line"_t, {{"line", view.voice.number(line)}}));
}

Fragment stage_badge(const View& view, const Ballot& b, Instant now) {
  if (b.stage == Stage::cancelled)
    return html::badge(html::Tone::plain, "circle-x", view(key_of(b.stage)));
  if (b.stage == Stage::counted)
    return html::badge(html::Tone::ok, "circle-check", view(key_of(b.stage)));
  if (b.is_open(now)) return html::badge(html::Tone::soon, "clock", view("ballot.stage.open"_t));
  if (b.waits_for_count(now))
    return html::badge(html::Tone::info, "clock", view("ballot.stage.closed"_t));
  return html::badge(html::Tone::info, "calendar-clock", view(key_of(b.stage)));
}

std::string rule_words(const View& view, const Rule& rule) {
  const std::string part = ratio(rule.needs);
  return view.voice(rule.is_above ? "ballot.needs.more"_t : "ballot.needs.least"_t,
                    {{"part", part}});
}

Fragment facts_of(const View& view, db::Read& read, const Ballot& b, Instant now) {
  const std::string quorum = view.voice("ballot.quorum_of"_t, {{"part", ratio(b.rule.quorum)}});
  std::vector<html::Fact> facts = {
      {view("ballot.where"_t), fill(R"(<span lang="vi">{}</span>)", place_of(read, b))},
      {view("ballot.households"_t), fill("{}", view.voice.number(b.households))},
      {view("ballot.needs"_t), fill(R"({}<br><span class="muted small" lang="vi">{}</span>)",
                                    rule_words(view, b.rule), b.rule.source)},
      {view("ballot.quorum"_t), fill("{}", quorum)},
      {view("ballot.opens"_t), html::moment(view, b.opens_at)},
      {view("ballot.closes"_t), html::moment(view, b.closes_at)},
      {view("ballot.announced"_t),
       fill(R"({} · {} · <a href="{}">{}</a>)", html::moment(view, b.created_at),
            ballot_line(view, b.line), Url::in(view, "/ballots/", b.id.value, "/text"),
            view("ballot.text_file"_t))}};
  if (b.posted || b.rule.posted_days > 0)
    facts.push_back({view("ballot.posted"_t), posted_words(view, b)});
  if (b.rule.file_days > 0 && (!b.counted_at || is_decided(read, b)))
    facts.push_back({view("ballot.file"_t), file_words(view, b)});
  if (b.counted_at)
    facts.push_back({view("ballot.counted"_t), fill("{} · {}", html::moment(view, *b.counted_at),
                                                    ballot_line(view, *b.counted_line))});
  Fragment out = fill("<p>{}</p>", stage_badge(view, b, now));
  out += html::facts(facts, true);
  return out;
}

Fragment questions_part(const View& view, const std::vector<Question>& questions) {
  Fragment out;
  for (const Question& question : questions) {
    const html::Spoken words = html::spoken(view, question.text_vi, question.text_en);
    out.add(R"(<h3 class="h-s" lang="{}">{}</h3><ul>{}</ul>)", words.lang, words.text,
            [&](Fragment& list) {
              for (const Option& each : question.options) {
                const html::Spoken option = html::spoken(view, each.text_vi, each.text_en);
                list.add(R"(<li lang="{}">{}</li>)", option.lang, option.text);
              }
            });
  }
  return out;
}

Fragment results_part(const View& view,
                      const Ballot& b,
                      const std::vector<Question>& questions,
                      const std::vector<Vote>& votes,
                      std::int64_t objections) {
  const std::string turnout =
      view.voice("ballot.result.turnout"_t,
                 {{"voted", view.voice.number(b.voted.value_or(0))},
                  {"households", view.voice.number(b.households)},
                  {"share", view.voice.percent(static_cast<double>(b.voted.value_or(0)) /
                                               static_cast<double>(b.households))}});
  Fragment out = fill(R"(<h2 class="h-m sp" id="result">{}</h2><p>{}</p>)",
                      view("ballot.result.title"_t), turnout);
  const std::string paper =
      view.voice("ballot.result.paper"_t, {{"paper", view.voice.number(b.handed_in)}});
  if (b.handed_in > 0) out.add("<p>{}</p>", paper);
  for (const Question& question : questions) {
    const html::Spoken words = html::spoken(view, question.text_vi, question.text_en);
    const Outcome outcome = result_of(b.rule, b.households, question, votes);
    out.add(R"(<h3 class="h-s" lang="{}">{}</h3>)", words.lang, words.text);
    out += verdict(view, question, outcome);
    out += counts_table(view, b, question, outcome);
  }
  if (objections > 0)
    out += html::note(
        {.kind = html::NoteKind::warn,
         .heading = view("ballot.objections"_t),
         .body =
             fill("<p>{}</p>", objections < objections_floor
                                   ? std::string(view("ballot.objections_few"_t))
                                   : view.voice.counted("ballot.objections_count"_t, objections))});
  const std::string at = view.site->base_url + "/ballots/" + std::to_string(b.id.value);
  const std::string command = "curl -so box " + at + "/box\ncurl -so text " + at +
                              "/text\npython3 recount.py box " + to_hex(as_bytes(b.box_hash)) +
                              " text " + to_hex(as_bytes(b.text_hash)) + " " +
                              std::to_string(b.households);
  out.add(R"(<h2 class="h-m sp" id="recount">{}</h2><p>{} <a href="{}">{}</a></p>)"
          R"(<p>{} {}</p><pre class="code" translate="no">{}</pre>)",
          view("ballot.recount"_t), view("ballot.recount_how"_t),
          Url::in(view, "/ballots/", b.id.value, "/box"), view("ballot.box_file"_t),
          view("ballot.box_hash"_t), hash_line(b.box_hash), command);
  out += ledger::tool_link(view, ledger::recount_tool);
  return out;
}

Fragment events_part(const View& view, const std::vector<Event>& events) {
  Fragment list;
  for (const Event& each : events) {
    Fragment more;
    const auto why = from_word(all_removals, each.words);
    if (each.what == Happening::removed && why) more.add("({}) ", view(key_of(*why)));
    if (each.what == Happening::cancelled) more.add(R"(<span lang="vi">{}</span> )", each.words);
    list.add("<li>{} · {} {}· {}</li>", html::moment(view, each.at), view(key_of(each.what)), more,
             ballot_line(view, each.line));
  }
  return fill(R"(<h2 class="h-m sp">{}</h2><ul>{}</ul>)", view("ballot.events"_t), list);
}

}  // namespace ln::ballot
