#include "feature/survey/survey_pages_result.h"

#include <algorithm>
#include <span>

#include "platform/html/charts.h"
#include "platform/html/parts.h"
#include "platform/office/office_sheet.h"

namespace ln::survey {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

Url definition_of(const View& view, const Sheet& sheet, std::string_view figure) {
  return Url::in(view, "/surveys/", sheet.survey.id.value, "/figures").at(figure);
}

std::string in_percent(const View& view, double share) { return view.voice.percent(share, 1); }
std::string between(const View& view, const stats::Interval& interval) {
  return in_percent(view, interval.low) + "–" + in_percent(view, interval.high);
}
std::string told_count(const View& view, const std::optional<std::int64_t>& count) {
  return count ? view.voice.number(*count) : std::string(view("survey.result.hidden"_t));
}

// "82,6 % (80,1–85,0 %)" with its bar, or why there is none.
Fragment index_text(const View& view, const IndexFigures& index, const Url& definition) {
  if (!index.has_value()) return fill("{}", view(key_of(index.verdict)));
  Fragment out = fill(R"(<a href="{}">{}</a> ({}))", definition, in_percent(view, index.value),
                      between(view, index.interval));
  out += html::bar({.share = index.value, .low = index.interval.low, .high = index.interval.high});
  if (index.step > 0)
    out.add("<p>{}</p>",
            view.voice("survey.result.rounded"_t, {{"step", view.voice.percent(index.step, 0)}}));
  if (index.verdict != Verdict::concluded) out.add("<p>{}</p>", view(key_of(index.verdict)));
  return fill("<div>{}</div>", out);  // one piece beside its heading on a small screen
}

Fragment headline(const View& view, const Sheet& sheet, const Figures& figures) {
  const std::int64_t answered = figures.answers.value_or(0);
  std::vector<html::Fact> facts;
  facts.push_back({view("survey.result.invited"_t),
                   fill(R"(<a href="{}">{}</a>)", definition_of(view, sheet, "invited"),
                        view.voice.number(figures.invited))});
  facts.push_back({view("survey.result.answers"_t),
                   fill(R"(<a href="{}">{}</a>)", definition_of(view, sheet, "answers"),
                        told_count(view, figures.answers))});
  if (figures.answers && figures.invited > 0)
    facts.push_back({view("survey.result.silent"_t),
                     fill(R"(<a href="{}">{}</a>)", definition_of(view, sheet, "silent"),
                          in_percent(view, 1 - stats::ratio({std::min(answered, figures.invited),
                                                             figures.invited})))});
  facts.push_back({view("survey.result.changed"_t),
                   fill(R"(<a href="{}">{}</a>)", definition_of(view, sheet, "changed"),
                        told_count(view, figures.changed))});
  facts.push_back({view("survey.result.index"_t),
                   index_text(view, figures.index, definition_of(view, sheet, "index"))});
  if (figures.if_all_answered)
    facts.push_back({view("survey.result.bounds"_t),
                     fill(R"(<a href="{}">{}</a>)", definition_of(view, sheet, "bounds"),
                          between(view, *figures.if_all_answered))});
  const html::Spoken formula = words_of(view, sheet.form.formula.name);
  Fragment name = fill(R"(<a href="{}" lang="{}">{}</a> )", form_url(view, sheet.form),
                       formula.lang, formula.text);
  if (sheet.form.formula.is_unconfirmed) name += unconfirmed_badge(view);
  facts.push_back({view("survey.result.formula"_t), std::move(name)});
  return html::facts(facts, true);
}

void apart_row(const View& view,
               const Sheet& sheet,
               Fragment& rows,
               std::span<const html::Column> columns,
               std::string_view name,
               std::string_view id,
               const IndexFigures& index) {
  Fragment row;
  html::add_head_cell(row, fill("{}", name));
  html::add_cell(row, columns[1],
                 index.is_told ? view.voice.number(index.answers)
                               : std::string(view("survey.result.hidden"_t)));
  html::add_cell(row, columns[2],
                 index.is_told && index.answers == 0
                     ? fill("{}", view("survey.result.nobody"_t))
                     : index_text(view, index, definition_of(view, sheet, id)));
  rows.add("<tr>{}</tr>", row);
}

Fragment apart(const View& view, const Sheet& sheet, const Figures& figures) {
  const html::Column columns[] = {{view("survey.result.who"_t)},
                                  {view("survey.result.answers"_t), true},
                                  {view("survey.result.index"_t)}};
  Fragment out =
      fill(R"(<h2 class="h-m sp" id="parties">{}</h2>)", view("survey.result.parties"_t));
  if (figures.parties.empty()) {
    out.add("<p>{}</p>", view("survey.result.parties_few"_t));
  } else {
    Fragment rows;
    for (const auto& [party, index] : figures.parties)
      apart_row(view, sheet, rows, columns, view(key_of(party)), "parties", index);
    out += html::table(
        {.caption = view("survey.result.parties"_t), .columns = columns, .rows = std::move(rows)});
  }
  out.add(R"(<h2 class="h-m sp" id="ways">{}</h2><p>{}</p>)", view("survey.result.ways"_t),
          view("survey.result.ways_lead"_t));
  Fragment rows;
  for (const auto& [way, index] : figures.other_ways)
    apart_row(view, sheet, rows, columns, view(key_of(way)), "ways", index);
  out += html::table(
      {.caption = view("survey.result.ways"_t), .columns = columns, .rows = std::move(rows)});
  return out;
}

Fragment question_part(const View& view,
                       const Sheet& sheet,
                       const Question& question,
                       const QuestionFigures& figures,
                       std::int64_t answers) {
  const std::int64_t asked = figures.asked.value_or(answers);
  const html::Column columns[] = {{view("survey.result.answer"_t)},
                                  {view("survey.result.count"_t), true},
                                  {view("survey.result.share"_t)}};
  const html::Spoken words = words_of(view, question.words);
  const auto row = [&](Fragment& rows, const html::Spoken& name,
                       const std::optional<std::int64_t>& count) {
    Fragment cells;
    html::add_head_cell(cells, fill(R"(<span lang="{}">{}</span>)", name.lang, name.text));
    html::add_cell(cells, columns[1], told_count(view, count));
    if (count) {
      const double share = stats::ratio({*count, asked});
      Fragment bar = html::bar({.share = share});
      bar.add_text(in_percent(view, share));
      html::add_cell(cells, columns[2], fill("<div>{}</div>", bar));
    } else {
      html::add_cell(cells, columns[2], std::string_view("–"));
    }
    rows.add("<tr>{}</tr>", cells);
  };
  Fragment rows;
  for (std::size_t i = figures.classes.size(); i-- > 0;)
    row(rows, class_name(view, question, figures.classes[i]), figures.counts[i]);
  row(rows,
      {view("survey.result.none"_t),
       view.voice.language() == i18n::Language::en ? std::string_view("en") : "vi"},
      figures.silent);
  Fragment out =
      fill(R"(<h3 class="h-s" id="q-{}" lang="{}">{}</h3>)", question.code, words.lang, words.text);
  if (question.show_if)
    out.add("<p>{} {}</p>", view("survey.result.asked"_t), told_count(view, figures.asked));
  if (question.is_unconfirmed) out.add("<p>{}</p>", unconfirmed_badge(view));
  if (figures.satisfied)
    out.add(
        R"(<p>{} <a href="{}">{}</a> ({}) · {}</p>)",
        view(question.kind == Kind::yes_no ? "survey.result.yes"_t : "survey.result.satisfied"_t),
        definition_of(view, sheet, "q-" + question.code),
        in_percent(view, stats::ratio(*figures.satisfied)), between(view, figures.interval),
        view.voice("survey.result.of"_t, {{"part", view.voice.number(figures.satisfied->part)},
                                          {"whole", view.voice.number(figures.satisfied->whole)}}));
  if (figures.acceptable && question.kind == Kind::scale)
    out.add("<p>{} {}</p>", view("survey.result.acceptable"_t),
            in_percent(view, stats::ratio(*figures.acceptable)));
  out += html::table({.caption = words.text, .columns = columns, .rows = std::move(rows)});
  return out;
}

std::string parts_text(const View& view, std::int64_t part, std::int64_t whole) {
  return view.voice("survey.result.of"_t,
                    {{"part", view.voice.number(part)}, {"whole", view.voice.number(whole)}});
}

}  // namespace

Fragment figures_part(const View& view, const Sheet& sheet, const Figures& figures) {
  Fragment out = headline(view, sheet, figures);
  out += apart(view, sheet, figures);
  out.add(R"(<h2 class="h-m sp" id="questions">{}</h2><p>{}</p>)",
          view("survey.result.questions"_t), view("survey.result.questions_lead"_t));
  if (figures.questions.empty()) {
    out += html::nothing_here(view("survey.verdict.too_few"_t));
    return out;
  }
  for (const QuestionFigures& each : figures.questions)
    if (const Question* question = sheet.form.find(each.code))
      out += question_part(view, sheet, *question, each, figures.answers.value_or(0));
  return out;
}

Fragment definitions_part(const View& view, const Sheet& sheet, const Figures& figures) {
  const html::Column columns[] = {{view("survey.define.figure"_t)},
                                  {view("survey.define.parts"_t)},
                                  {view("survey.define.rows"_t)}};
  Fragment rows;
  const auto row = [&](std::string_view id, std::string_view name, std::string_view what,
                       std::string_view parts, std::string_view keys) {
    Fragment cells;
    html::add_head_cell(cells, fill(R"(<span id="{}">{}</span>)", id, name));
    html::add_cell(cells, columns[1], fill("{} {}", what, parts));
    html::add_cell(cells, columns[2], fill(R"(<span class="hash" translate="no">{}</span>)", keys));
    rows.add("<tr>{}</tr>", cells);
  };
  row("invited", view("survey.result.invited"_t), view("survey.define.invited"_t),
      view.voice.number(figures.invited), "slip,*,*,invited");
  row("answers", view("survey.result.answers"_t), view("survey.define.answers"_t),
      told_count(view, figures.answers), "slip,*,*,answers");
  row("silent", view("survey.result.silent"_t), view("survey.define.silent"_t),
      figures.answers ? parts_text(view, figures.invited - *figures.answers, figures.invited)
                      : std::string(),
      "slip,*,*,invited · slip,*,*,answers");
  row("changed", view("survey.result.changed"_t), view("survey.define.changed"_t),
      told_count(view, figures.changed), "slip,*,*,changed");
  row("index", view("survey.result.index"_t), view(key_of(sheet.form.formula.kind)),
      !figures.index.has_value() ? std::string(view(key_of(figures.index.verdict)))
      : figures.index.step > 0
          ? view.voice("survey.result.rounded"_t,
                       {{"step", view.voice.percent(figures.index.step, 0)}})
          : parts_text(view, figures.index.sum, figures.index.scored * score_max),
      "slip,*,*,index · slip,*,*,score_sum · slip,*,*,scored");
  row("bounds", view("survey.result.bounds"_t), view("survey.define.bounds"_t), "",
      "slip,*,*,index · slip,*,*,scored · slip,*,*,answers · slip,*,*,invited");
  row("parties", view("survey.result.parties"_t), view("survey.define.parties"_t), "",
      "slip,person,… · slip,organisation,… · slip,business,…");
  row("ways", view("survey.result.ways"_t), view("survey.define.ways"_t), "",
      "kiosk,… · link,… · clerk,…");
  for (const QuestionFigures& each : figures.questions) {
    const Question* question = sheet.form.find(each.code);
    if (question == nullptr) continue;
    row("q-" + each.code, words_of(view, question->words).text,
        view(question->kind == Kind::choice   ? "survey.define.choice"_t
             : question->kind == Kind::yes_no ? "survey.define.yes"_t
                                              : "survey.define.satisfied"_t),
        each.satisfied ? parts_text(view, each.satisfied->part, each.satisfied->whole)
                       : std::string(),
        "slip,*," + each.code + ",…");
  }
  return html::table(
      {.caption = view("survey.define.title"_t), .columns = columns, .rows = std::move(rows)});
}

std::string report_xlsx(const View& view, const Sheet& sheet, const Figures& figures) {
  using office::Percent;
  using office::Value;
  office::Sheet out{.name = std::string(view("survey.report.sheet"_t))};
  out.lines_above = {
      std::string(title_of(view, sheet.survey).text), sheet.unit,
      view.voice("survey.report.period"_t, {{"from", view.voice.date(sheet.survey.opens_on)},
                                            {"to", view.voice.date(sheet.survey.closes_on)}}),
      std::string(view("survey.report.note"_t))};
  for (const TextKey title :
       {"survey.report.number"_t, "survey.report.criterion"_t, "survey.report.answers"_t,
        "survey.report.satisfied_count"_t, "survey.report.satisfied"_t, "survey.report.low"_t,
        "survey.report.high"_t, "survey.report.acceptable"_t})
    out.columns.push_back(
        {std::string(view(title)), title == "survey.report.criterion"_t ? 60 : 14});
  const auto none = [] { return Value{}; };
  std::int64_t number = 0;
  for (const QuestionFigures& each : figures.questions) {
    const Question* question = sheet.form.find(each.code);
    if (question == nullptr) continue;
    std::vector<Value> row = {++number, std::string(words_of(view, question->words).text)};
    if (each.satisfied) {
      row.insert(row.end(),
                 {Value{each.satisfied->whole}, Value{each.satisfied->part},
                  Value{Percent{stats::ratio(*each.satisfied)}}, Value{Percent{each.interval.low}},
                  Value{Percent{each.interval.high}}});
      row.push_back(each.acceptable ? Value{Percent{stats::ratio(*each.acceptable)}} : none());
    }
    out.rows.push_back(std::move(row));
  }
  std::vector<Value> last = {Value{}, std::string(view("survey.result.index"_t))};
  if (figures.index.has_value())
    last.insert(
        last.end(),
        {Value{figures.index.scored}, none(), Value{Percent{figures.index.value}},
         Value{Percent{figures.index.interval.low}}, Value{Percent{figures.index.interval.high}}});
  else
    last.push_back(std::string(view(key_of(figures.index.verdict))));
  out.rows.push_back(std::move(last));
  return office::write_xlsx({.sheets = {std::move(out)}});
}

}  // namespace ln::survey
