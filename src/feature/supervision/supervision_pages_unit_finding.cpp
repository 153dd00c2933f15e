// What was found of a unit's own cases, for whoever heads it; and the reply.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "feature/supervision/supervision_actions.h"
#include "feature/supervision/supervision_pages_parts.h"
#include "feature/supervision/supervision_pages_unit.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"

namespace ln::supervision::unit {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t findings_per_page = 60;
constexpr people::Role who_heads[] = {people::Role::head};
constexpr std::string_view findings_path = "/staff/findings";

http::Response told_page(
    int status, const View& view, std::string_view title, Fragment body, bool has_errors) {
  return http::page(status, html::page(view, {.title = title,
                                              .here = "/staff/recommendations",
                                              .body = html::columns({.body = std::move(body)}),
                                              .is_staff = true,
                                              .has_errors = has_errors,
                                              .is_unlisted = true}));
}

Url url_of(const View& view, const ReadFinding& of) {
  return Url::in(view, "/staff/findings/", of.programme.id.value, "/", of.told.finding.number);
}

Fragment reply_badge(const View& view, const ReadFinding& of) {
  return of.reply ? html::badge(html::Tone::ok, "reply", view("supervision.finding.replied"_t))
                  : html::badge(html::Tone::plain, "info", view("supervision.finding.open"_t));
}

Fragment finding_line(const View& view, db::Read& read, const ReadFinding& of) {
  const auto code = feedback::Code::parse(of.told.code);
  return fill(R"(<li><h3><a href="{}">{}</a></h3><p>{} {}</p>)"
              R"(<p class="muted small"><span translate="no">{}</span> · )"
              R"(<span lang="vi">{}</span></p></li>)",
              url_of(view, of),
              view.voice("supervision.finding.number"_t,
                         {{"programme", view.voice.number(of.programme.id.value)},
                          {"number", view.voice.number(of.told.finding.number)}}),
              view(key_of(of.told.finding.outcome)), reply_badge(view, of),
              code ? code->shown() : std::string(), unit_name(read, of.told.finding.unit));
}

struct Written {
  std::string text{};
  const Error* error = nullptr;
};

// `unit` is the unit's name.
http::Response show_finding(const View& view,
                            const ReadFinding& of,
                            const std::string& unit,
                            const Written& written) {
  const Finding& f = of.told.finding;
  const std::string title = view.voice("supervision.finding.number"_t,
                                       {{"programme", view.voice.number(of.programme.id.value)},
                                        {"number", view.voice.number(f.number)}});
  Fragment body = html::back_link(view, Url::in(view, findings_path));
  body += html::error_summary(view, written.error);
  const html::Spoken name = title_of(view, of.programme);
  body.add(R"(<h1 class="h-l">{}</h1><p><a href="{}" lang="{}">{}</a></p>)", title,
           page_of(view, of.programme), name.lang, name.text);
  std::vector<html::Fact> facts = {
      {view("supervision.desk.handler"_t), fill(R"(<span lang="vi">{}</span>)", unit)},
      {view("supervision.outcome"_t), fill("{}", view(key_of(f.outcome)))},
      {view("supervision.finding.at"_t), html::moment(view, f.found_at)},
      {view("supervision.finding.line"_t), line_link(view, f.line)}};
  if (const auto code = feedback::Code::parse(of.told.code))
    facts.push_back({view("supervision.desk.code"_t),
                     fill(R"(<a href="{}" translate="no">{}</a>)",
                          Url::in(view, "/staff/feedback/", code->text()), code->shown())});
  body += html::facts(facts, true);
  body.add(R"(<h2 class="h-m sp">{}</h2><p lang="vi">{}</p>)", view("supervision.finding.words"_t),
           f.note);
  if (of.reply) {
    body += finding_reply(view, *of.reply);
  } else {
    Fragment form = html::hidden("seq", std::to_string(f.seq));
    form += html::textarea(view, {.name = "text",
                                  .label = {view("supervision.finding.reply"_t)},
                                  .hint = view("supervision.finding.reply_hint"_t),
                                  .error = html::error_for(view, written.error, "text"),
                                  .value = written.text,
                                  .rows = 8,
                                  .chars_max = static_cast<int>(words_chars_max)});
    form += html::button({.text = view("supervision.finding.reply_do"_t), .once = true});
    body += html::form(view, {.action = url_of(view, of), .body = std::move(form)});
  }
  return told_page(written.error == nullptr ? 200 : http::status_of(written.error->kind), view,
                   title, std::move(body), written.error != nullptr);
}

Result<ReadFinding> finding_in(const http::Request& request,
                               db::Read& read,
                               const people::Officer& officer) {
  return read_finding(read, officer, ProgrammeId{request.path_number("id")},
                      request.path_number("number"));
}

}  // namespace

Result<http::Response> findings_page(const http::Request& request,
                                     db::Read& read,
                                     people::Officer officer) {
  const View view = people::view_of(request, officer.staff());
  const std::string_view title = view("supervision.finding.title"_t);
  Fragment body = html::back_link(view, Url::in(view, "/staff/recommendations"));
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", title,
           view("supervision.finding.lead"_t));
  const ReadUntil last{.programme = request.query.number("programme").value_or(0),
                       .number = request.query.number("number").value_or(0)};
  std::vector<ReadFinding> all;
  for (const std::string& path : people::tops_of(officer.staff(), who_heads))
    for (ReadFinding& each : read_findings(read, path, last, findings_per_page + 1))
      all.push_back(std::move(each));
  // Of several units that somebody leads: as in one of them.
  std::ranges::sort(all, {}, [](const ReadFinding& each) {
    return std::pair(-each.programme.id.value, each.told.finding.number);
  });
  const bool has_more = std::ssize(all) > findings_per_page;
  if (has_more) all.erase(all.begin() + findings_per_page, all.end());
  Fragment list;
  for (const ReadFinding& each : all) list += finding_line(view, read, each);
  if (list.empty())
    body += html::nothing_here(view("supervision.finding.none"_t));
  else
    body.add(R"(<h2 class="vh">{}</h2><ul class="list">{}</ul>)", view("supervision.findings"_t),
             list);
  if (has_more)
    body += html::pager(view, {.next = Url::in(view, findings_path)
                                           .with("programme", all.back().programme.id.value)
                                           .with("number", all.back().told.finding.number)});
  return told_page(200, view, title, std::move(body), false);
}

Result<http::Response> finding_page(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer) {
  const View view = people::view_of(request, officer.staff());
  TRY(const ReadFinding of, finding_in(request, read, officer));
  return show_finding(view, of, unit_name(read, of.told.finding.unit), {});
}

Result<http::Pending> finding_post(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Random& random,
                                   Instant now) {
  TRY(ReadFinding of, finding_in(request, read, officer));
  const Replying replying{.number = of.told.finding.number,
                          .seq = request.form.number("seq").value_or(0),
                          .text = std::string(request.form.text("text")),
                          .salt = std::string(as_text(random.bytes<32>()))};
  const View here = people::view_of(request, officer.staff());
  const std::string back(url_of(here, of).view());
  return http::Pending::commit(
      [act = OfficerAct{officer, now}, id = of.programme.id, replying](db::Write& write) {
        return reply_to_finding(write, act, id, replying);
      },
      [&request, officer, of, unit = unit_name(read, of.told.finding.unit), text = replying.text,
       back](const Result<FindingReply>& done, std::string_view) {
        if (done.ok()) return http::see_other(back);
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        return show_finding(people::view_of(request, officer.staff()), of, unit,
                            {.text = text, .error = &done.error()});
      });
}

}  // namespace ln::supervision::unit
