#include "feature/supervision/supervision_pages_unit.h"

#include <utility>

#include "base/text.h"
#include "feature/supervision/supervision_actions.h"
#include "feature/supervision/supervision_pages_parts.h"
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

constexpr std::int64_t advice_per_page = 100;
constexpr people::Role heads[] = {people::Role::head};

http::Response unit_page(
    int status, const View& view, std::string_view title, Fragment body, bool has_errors) {
  return http::page(status, html::page(view, {.title = title,
                                              .here = "/staff/recommendations",
                                              .body = html::columns({.body = std::move(body)}),
                                              .is_staff = true,
                                              .has_errors = has_errors,
                                              .is_unlisted = true}));
}

// The advice to a unit the officer heads; to everybody else it is not there.
struct Open {
  Advice advice;
  Programme programme;
};
Result<Open> opened(const http::Request& request, db::Read& read, const people::Officer& officer) {
  auto advice = find_advice(read, AdviceId{request.path_number("id")});
  auto p = advice ? find(read, advice->programme) : std::nullopt;
  if (!p || !officer.may(people::Role::head, advice->unit_path))
    return Error{ErrorKind::not_found, "supervision.error.none"_t};
  return Open{*std::move(advice), *std::move(p)};
}

struct Typing {
  std::string text{};
  const Error* error = nullptr;
};

// `item` is the advice as it was read.
http::Response show(const View& view,
                    const Open& open,
                    const Fragment& item,
                    const Typing& typing) {
  const std::string_view title = view("supervision.unit.title"_t);
  Fragment body = html::back_link(view, Url::in(view, "/staff/recommendations"));
  body += html::error_summary(view, typing.error);
  const html::Spoken name = title_of(view, open.programme);
  body.add(R"(<h1 class="h-l">{}</h1><p><a href="{}" lang="{}">{}</a></p>)", title,
           page_of(view, open.programme), name.lang, name.text);
  body.add(R"(<h2 class="vh">{}</h2><ul class="plain">{}</ul>)", view("supervision.unit.list"_t),
           item);
  if (open.advice.waits_for_unit()) {
    Fragment form = html::hidden("seq", std::to_string(open.advice.said.size() + 1));
    form += html::textarea(view, {.name = "text",
                                  .label = {view("supervision.unit.answer"_t)},
                                  .hint = view("supervision.unit.answer_hint"_t),
                                  .error = html::error_for(view, typing.error, "text"),
                                  .value = typing.text,
                                  .rows = 8,
                                  .chars_max = static_cast<int>(words_chars_max)});
    form += html::button({.text = view("supervision.unit.answer_do"_t), .once = true});
    body +=
        html::form(view, {.action = Url::in(view, "/staff/recommendations/", open.advice.id.value),
                          .body = std::move(form)});
  } else {
    body.add("<p>{}</p>", view(open.advice.is_verified() ? "supervision.unit.verified"_t
                                                         : "supervision.unit.waits"_t));
  }
  return unit_page(typing.error == nullptr ? 200 : http::status_of(typing.error->kind), view, title,
                   std::move(body), typing.error != nullptr);
}

}  // namespace

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  const View view = people::view_of(request, officer.staff());
  const std::string_view title = view("supervision.unit.title"_t);
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", title,
                       view("supervision.unit.lead"_t));
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/staff/findings"),
           view("supervision.finding.title"_t));
  Fragment list;
  for (const std::string& path : people::tops_of(officer.staff(), heads))
    for (const Advice& each : advice_to(read, path, advice_per_page)) {
      const auto p = find(read, each.programme);
      if (!p) continue;
      const html::Spoken name = title_of(view, *p);
      list.add(
          R"(<li><h3><a href="{}">{}</a></h3><p lang="{}">{}</p><p>{}</p>)"
          R"(<p class="muted small" lang="vi">{}</p></li>)",
          Url::in(view, "/staff/recommendations/", each.id.value),
          view.voice("supervision.advice.number"_t, {{"number", view.voice.number(each.number)}}),
          name.lang, name.text, advice_badge(view, each, now), unit_name(read, each.unit));
    }
  if (list.empty())
    body += html::nothing_here(view("supervision.unit.none"_t));
  else
    body.add(R"(<h2 class="vh">{}</h2><ul class="list">{}</ul>)", view("supervision.unit.list"_t),
             list);
  return unit_page(200, view, title, std::move(body), false);
}

Result<http::Response> advice_page(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Instant now) {
  const View view = people::view_of(request, officer.staff());
  TRY(const Open open, opened(request, read, officer));
  return show(view, open, advice_item(view, read, open.advice, now), {});
}

Result<http::Pending> advice_post(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Instant now) {
  TRY(Open open, opened(request, read, officer));
  const View here = people::view_of(request, officer.staff());
  Fragment item = advice_item(here, read, open.advice, now);
  const std::string text(request.form.text("text"));
  const std::int64_t seq = request.form.number("seq").value_or(0);
  const std::string back(Url::in(here, "/staff/recommendations/", open.advice.id.value).view());
  return http::Pending::commit(
      [act = OfficerAct{officer, now}, id = open.advice.id, seq, text](db::Write& write) {
        return answer(write, act, id, seq, text);
      },
      [&request, officer, open, item, text, back](const Result<Advice>& done, std::string_view) {
        if (done.ok()) return http::see_other(back);
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        const View view = people::view_of(request, officer.staff());
        return show(view, open, item, {.text = text, .error = &done.error()});
      });
}

}  // namespace ln::supervision::unit
