#include "feature/survey/survey_pages.h"

#include "base/text.h"
#include "core/ledger/ledger_public.h"
#include "core/units/units_store.h"
#include "feature/survey/survey_actions.h"
#include "feature/survey/survey_pages_parts.h"
#include "feature/survey/survey_pages_result.h"
#include "platform/html/charts.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/share.h"
#include "platform/http/download.h"

namespace ln::survey {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t surveys_per_page = 20;
constexpr std::size_t numbers_shown = 200;

Fragment survey_item(const View& view, db::Read& read, const Survey& s) {
  const html::Spoken title = title_of(view, s);
  return fill(R"(<li><h3><a href="{}" lang="{}">{}</a></h3><p>{}</p>)"
              R"(<p class="muted small">{} · {}</p></li>)",
              page_of(view, s.id), title.lang, title.text, stage_badge(view, s),
              name_of_unit(view, read, s.unit),
              view.voice("survey.period"_t, {{"from", view.voice.date(s.opens_on)},
                                             {"to", view.voice.date(s.closes_on)}}));
}

// Who is asked and how they were chosen, with what lets anybody choose them again.
Fragment plan_part(const View& view, db::Read& read, const Sheet& sheet) {
  const Survey& s = sheet.survey;
  const html::Spoken form = words_of(view, sheet.form.name);
  std::vector<html::Fact> facts;
  facts.push_back({view("survey.about.unit"_t), fill("{}", sheet.unit)});
  if (!s.procedure.empty())
    facts.push_back({view("survey.about.procedure"_t), html::code(s.procedure)});
  facts.push_back({view("survey.about.form"_t),
                   fill(R"(<a href="{}" lang="{}">{}</a> · {})", form_url(view, sheet.form),
                        form.lang, form.text,
                        view.voice("survey.form.version"_t,
                                   {{"version", view.voice.number(sheet.form.version)}}))});
  facts.push_back(
      {view("survey.about.period"_t),
       fill("{}", view.voice("survey.period"_t, {{"from", view.voice.date(s.opens_on)},
                                                 {"to", view.voice.date(s.closes_on)}}))});
  facts.push_back({view("survey.about.plan"_t), fill("{}", view(key_of(s.plan)))});
  facts.push_back({view("survey.about.frame"_t), fill(R"(<span lang="vi">{}</span>: {})", s.frame,
                                                      view.voice.number(s.frame_size))});
  facts.push_back({view("survey.about.sample"_t), fill("{}", view.voice.number(s.sample_size))});
  facts.push_back(
      {view("survey.about.hash"_t),
       fill(R"({} · {} · <a href="{}">plan.txt</a>)", hash_shown(s.plan_hash),
            line_shown(view, s.line), Url::in(view, "/surveys/", s.id.value, "/plan.txt"))});
  if (s.head_size)
    facts.push_back({view("survey.about.head"_t),
                     fill("{} · {}", view.voice.number(*s.head_size), hash_shown(s.head_root))});
  else if (s.head_at)
    facts.push_back({view("survey.about.head_at"_t), html::moment(view, *s.head_at)});
  Fragment out = html::facts(facts, true);
  const auto clusters = clusters_of(read, s.id);
  if (!clusters.empty()) {
    Fragment list;
    for (const Cluster& each : clusters)
      list.add(R"(<li><span lang="vi">{}</span>: {}{}</li>)", each.name,
               view.voice.number(each.size),
               each.is_drawn ? fill(" · {}", view("survey.about.drawn"_t)) : Fragment());
    out += html::details(view("survey.about.clusters"_t), fill("<ul>{}</ul>", list));
  }
  const auto drawn = drawn_of(read, s.id);
  if (!drawn.empty()) {
    std::string numbers;
    for (std::size_t i = 0; i < drawn.size() && i < numbers_shown; ++i)
      numbers += (i == 0 ? "" : ", ") + std::to_string(drawn[i]);
    if (drawn.size() > numbers_shown) numbers += ", …";
    out += html::details(view("survey.about.numbers"_t), fill("<p>{}</p>", numbers));
  }
  return out;
}

// While it is open: who may answer, and nothing of what was said.
Fragment open_part(const View& view, db::Read& read, const Sheet& sheet, Instant now) {
  const Survey& s = sheet.survey;
  if (s.stage == Stage::announced)
    return html::note({.body = fill("<p>{}</p>", view("survey.open.announced"_t))});
  // The clock closes it in the first minutes of the day after, unless its answers do not fit.
  if (local_day(now) > s.closes_on + std::chrono::days(1))
    return html::note({.body = fill("<p>{}</p>", view("survey.result.unfit"_t))});
  const std::int64_t invited = slips_of(read, s.id, 0);
  Fragment body = fill("<p>{}</p><p>{}</p>", view.voice.counted("survey.open.invited"_t, invited),
                       view("survey.open.figures_later"_t));
  if (s.takes_answers(now)) {
    body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/surveys/slip"),
             view("survey.slip.have"_t));
    if (s.has_link)
      body.add(R"(<p><a href="{}">{}</a> {}</p>)",
               Url::in(view, "/surveys/", s.id.value, "/answer"), view("survey.open.link"_t),
               view("survey.open.link_apart"_t));
  }
  return html::note({.heading = view("survey.open.title"_t), .body = std::move(body)});
}

}  // namespace

Result<http::Response> list_page(const http::Request& request, db::Read& read) {
  const View& view = request.view;
  auto all = surveys(read, request.query.number("before").value_or(0), surveys_per_page + 1);
  const bool has_more = std::ssize(all) > surveys_per_page;
  if (has_more) all.pop_back();
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("survey.title"_t),
                       view("survey.lead"_t));
  body.add(R"(<p><a href="{}">{}</a> · <a href="{}">{}</a> · <a href="{}">{}</a></p>)",
           Url::in(view, "/surveys/slip"), view("survey.slip.have"_t),
           Url::in(view, "/surveys/forms"), view("survey.form.title"_t),
           Url::in(view, "/figures/definitions").at("surveys"), view("insight.room.link"_t));
  if (all.empty())
    body += html::nothing_here(view("survey.none"_t));
  else
    body.add(R"(<h2 class="vh">{}</h2><ul class="list">{}</ul>)", view("survey.title"_t),
             [&](Fragment& list) {
               for (const Survey& each : all) list += survey_item(view, read, each);
             });
  if (has_more)
    body +=
        html::pager(view, {.next = Url::in(view, "/surveys").with("before", all.back().id.value)});
  return survey_page(view, view("survey.title"_t), std::move(body));
}

Result<http::Response> result_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  TRY(const Sheet sheet, sheet_in(request, read));
  const Survey& s = sheet.survey;
  const html::Spoken title = title_of(view, s);
  Fragment body =
      html::breadcrumbs(view, {{view("survey.title"_t), Url::in(view, "/surveys")}}, title.text);
  body.add(R"(<h1 class="h-l" lang="{}">{}</h1><p>{}</p>)", title.lang, title.text,
           stage_badge(view, s));
  if (s.stage == Stage::closed) {
    body += figures_part(view, sheet, figures_now(read, s, sheet.form));
    body.add(R"(<p class="no-print"><a href="{}">counts.csv</a> · )"
             R"(<a href="{}">report.xlsx</a> · {}</p>)",
             Url::in(view, "/surveys/", s.id.value, "/counts.csv"),
             Url::in(view, "/surveys/", s.id.value, "/report.xlsx"),
             line_shown(view, s.closed_line.value_or(0)));
  } else {
    body += open_part(view, read, sheet, now);
  }
  body.add(R"(<h2 class="h-m sp">{}</h2>)", view("survey.about.title"_t));
  body += plan_part(view, read, sheet);
  body += html::share(view, Url::here(view), title.text);
  return survey_page(view, title.text, std::move(body));
}

Result<http::Response> figures_page(const http::Request& request, db::Read& read) {
  const View& view = request.view;
  TRY(const Sheet sheet, sheet_in(request, read));
  if (sheet.survey.stage != Stage::closed)
    return Error{ErrorKind::not_found, "survey.open.figures_later"_t};
  const html::Spoken title = title_of(view, sheet.survey);
  Fragment body = html::breadcrumbs(view,
                                    {{view("survey.title"_t), Url::in(view, "/surveys")},
                                     {title.text, page_of(view, sheet.survey.id)}},
                                    view("survey.define.title"_t));
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("survey.define.title"_t),
           view("survey.define.lead"_t));
  body += definitions_part(view, sheet, figures_now(read, sheet.survey, sheet.form));
  return survey_page(view, view("survey.define.title"_t), std::move(body));
}

Result<http::Response> file_of(const http::Request& request, db::Read& read) {
  TRY(const Sheet sheet, sheet_in(request, read));
  const Survey& s = sheet.survey;
  const std::string_view name = request.path_text("file");
  http::Response response = http::text(200, "");
  response.cacheable = true;
  if (name == "plan.txt") {
    const auto unit = units::find(read, s.unit);
    response.body = plan_text(s, clusters_of(read, s.id),
                              ledger::public_code(unit ? unit->code : "none"), sheet.form.hash);
    return response;
  }
  const bool is_csv = name == "counts.csv";
  if (s.stage != Stage::closed || (!is_csv && name != "report.xlsx"))
    return Error{ErrorKind::not_found, "survey.error.none"_t};
  const Figures figures = figures_now(read, s, sheet.form);
  response.body = is_csv ? counts_csv(s, figures) : report_xlsx(request.view, sheet, figures);
  response.content_type = is_csv
                              ? "text/csv; charset=utf-8"
                              : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return http::download(std::move(response),
                        "khao-sat-" + std::to_string(s.id.value) + (is_csv ? ".csv" : ".xlsx"));
}

}  // namespace ln::survey
