#include "feature/disclosure/disclosure_pages_staff.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/people/people_units.h"
#include "core/units/units_store.h"
#include "feature/disclosure/disclosure_actions.h"
#include "feature/disclosure/disclosure_pages_parts.h"
#include "platform/db/once.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"
#include "platform/http/form_page.h"
#include "platform/http/once_key.h"

namespace ln::disclosure::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t listed_max = 100;

Error not_known() { return {ErrorKind::not_found, "disclosure.error.none"_t}; }

Url desk_of_item(const View& view, DisclosureId id) {
  return Url::in(view, "/staff/disclosure/", id.value);
}

http::Response in_frame(const View& view,
                        std::string_view title,
                        Fragment body,
                        const Error* error) {
  return http::form_page(view, {.title = title,
                                .here = "/staff/ballots",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true});
}

// The units at the top of what somebody works for.
std::vector<units::Unit> units_for(db::Read& read, const people::Officer& officer, Instant now) {
  constexpr people::Role all[] = {people::Role::clerk, people::Role::triage, people::Role::handler,
                                  people::Role::head};
  return people::units_at(read, people::tops_of(officer.staff(), all), local_day(now));
}

struct Paper {
  const http::Request& request;
  const people::Officer& officer;
  std::vector<units::Unit> units{};
  std::string unit{}, decided_on{}, once{};
  Typed typed{};
  Instant now{};

  View view() const { return people::view_of(request, officer.staff()); }
};

http::Response show_paper(const Paper& paper, const Error* error) {
  const View view = paper.view();
  html::Select unit{.name = "unit", .label = {view("disclosure.new.unit"_t)}, .value = paper.unit};
  for (const units::Unit& each : paper.units) unit.options.push_back({each.code, each.name});
  html::Select item{.name = "item",
                    .label = {view("disclosure.item"_t)},
                    .error = html::error_for(view, error, "item"),
                    .value = paper.typed.item};
  for (const Item& each : items())
    if (item_on(each.code, local_day(paper.now)) == &each)
      item.options.push_back({each.code, html::spoken(view, each.name_vi, each.name_en).text});
  Fragment fields = html::select(view, unit);
  fields += html::select(view, item);
  fields += html::input(view, {.name = "title",
                               .label = {view("disclosure.new.what"_t)},
                               .error = html::error_for(view, error, "title"),
                               .value = paper.typed.title});
  fields += html::input(view, {.name = "decided_on",
                               .label = {view("disclosure.decided_on"_t)},
                               .hint = view("disclosure.new.decided_hint"_t),
                               .error = html::error_for(view, error, "decided_on"),
                               .value = paper.decided_on,
                               .type = "date"});
  fields += html::hidden("once", paper.once);
  fields += html::button({.text = view("disclosure.new.do"_t), .once = true});
  Fragment body = html::back_link(view, Url::in(view, "/staff/disclosure"));
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>{}{})", view("disclosure.new.title"_t),
           view("disclosure.new.lead"_t), Fragment(),
           html::form(view, {.action = Url::in(view, "/staff/disclosure/new"),
                             .body = std::move(fields)}));
  return in_frame(view, view("disclosure.new.title"_t), std::move(body), error);
}

Result<Paper> paper_for(const http::Request& request,
                        db::Read& read,
                        const people::Officer& officer,
                        Instant now) {
  Paper paper{.request = request, .officer = officer, .now = now};
  paper.units = units_for(read, officer, now);
  if (paper.units.empty()) return Error{ErrorKind::forbidden, "disclosure.error.not_yours"_t};
  return paper;
}

struct Desk {
  const http::Request& request;
  const people::Officer& officer;
  Disclosure d;
  std::vector<Post> posts{};
  std::vector<Question> questions{};
  std::string failed{}, code{};
  Instant now{};

  View view() const { return people::view_of(request, officer.staff()); }
};

Fragment post_form(const Desk& desk, const Error* error) {
  const View view = desk.view();
  const Error* wrong = desk.failed == "post" ? error : nullptr;
  const auto typed = [&](std::string_view name, const std::string& kept) {
    return wrong == nullptr ? std::string_view(kept) : desk.request.form.text(name);
  };
  const Post last = desk.posts.empty() ? Post{} : desk.posts.front();
  Fragment fields = html::textarea(view, {.name = "body",
                                          .label = {view("disclosure.desk.body"_t)},
                                          .hint = view("disclosure.desk.body_hint"_t),
                                          .error = html::error_for(view, wrong, "body"),
                                          .value = typed("body", last.body),
                                          .rows = 8,
                                          .chars_max = static_cast<int>(body_chars_max)});
  fields +=
      html::input(view, {.name = "link",
                         .label = {.text = view("disclosure.desk.link"_t), .is_optional = true},
                         .error = html::error_for(view, wrong, "link"),
                         .value = typed("link", last.link),
                         .type = "url"});
  fields +=
      html::input(view, {.name = "place",
                         .label = {.text = view("disclosure.desk.place"_t), .is_optional = true},
                         .hint = view("disclosure.desk.place_hint"_t),
                         .error = html::error_for(view, wrong, "place"),
                         .value = typed("place", last.place)});
  fields += html::hidden("seen", std::to_string(desk.d.posts));
  fields += html::button({.text = view("disclosure.desk.post"_t), .once = true});
  return html::form(view, {.action = Url::in(view, "/staff/disclosure/", desk.d.id.value, "/post"),
                           .body = std::move(fields)});
}

Fragment question_form(const Desk& desk, const Question& q, const Error* error) {
  const View view = desk.view();
  if (q.state != Sight::shown || !q.answer.empty() || !q.code) return {};
  const std::string code = q.code->text();
  const Error* wrong = desk.failed == "answer" && desk.code == code ? error : nullptr;
  const std::string id = "answer-" + code;
  Fragment fields = html::textarea(
      view, {.name = "answer",
             .label = {view("disclosure.desk.answer"_t)},
             .error = html::error_for(view, wrong, "answer"),
             .value = wrong == nullptr ? std::string_view() : desk.request.form.text("answer"),
             .id = id,
             .rows = 3,
             .chars_max = static_cast<int>(answer_chars_max)});
  fields += html::hidden("code", code);
  fields += html::button({.text = view("disclosure.desk.answer_do"_t), .once = true});
  Fragment out =
      html::form(view, {.action = Url::in(view, "/staff/disclosure/", desk.d.id.value, "/answer"),
                        .body = std::move(fields)});
  if (!may_hide(desk.officer, desk.d.unit_path)) return out;
  const std::string reason_id = "reason-" + code;
  html::Select why{
      .name = "reason", .label = {view("disclosure.desk.hide_why"_t)}, .id = reason_id};
  for (const HideReason each : all_hide_reasons)
    why.options.push_back({to_text(each), view(key_of(each))});
  fields = html::select(view, why);
  fields += html::hidden("code", code);
  fields += html::button(
      {.text = view("disclosure.desk.hide_do"_t), .kind = html::ButtonKind::warning, .once = true});
  out += html::details(
      view("disclosure.desk.hide"_t),
      html::form(view, {.action = Url::in(view, "/staff/disclosure/", desk.d.id.value, "/hide"),
                        .body = std::move(fields)}));
  return out;
}

http::Response show_item(const Desk& desk, const Error* error) {
  const View view = desk.view();
  Fragment body = html::back_link(view, Url::in(view, "/staff/disclosure"));
  body += html::error_summary(view, error, {{"answer", "answer-" + desk.code}});
  body.add(R"(<h1 class="h-l" lang="vi">{}</h1>{}<p><a href="{}">{}</a></p>)", desk.d.title,
           item_facts(view, desk.d, desk.now), item_url(view, desk.d.id),
           view("disclosure.desk.public"_t));
  body.add(
      R"(<h2 class="h-m sp">{}</h2><p>{}</p>{}{})", view("disclosure.desk.posting"_t),
      view(desk.d.posts > 0 ? "disclosure.desk.posting_again"_t : "disclosure.desk.posting_lead"_t),
      Fragment(), post_form(desk, error));
  body.add(R"(<h2 class="h-m sp">{}</h2>)", view("disclosure.questions"_t));
  if (desk.questions.empty()) body.add("<p>{}</p>", view("disclosure.no_questions"_t));
  for (const Question& each : desk.questions) {
    body += question_words(view, each);
    body += question_form(desk, each, error);
  }
  return in_frame(view, desk.d.title, std::move(body), error);
}

Result<Desk> desk_for(const http::Request& request,
                      db::Read& read,
                      const people::Officer& officer,
                      Instant now) {
  auto d = find(read, DisclosureId{request.path_number("id")});
  if (!d || !may_post(officer, d->unit_path)) return not_known();
  Desk desk{.request = request, .officer = officer, .d = *std::move(d), .now = now};
  desk.posts = posts_of(read, desk.d.id);
  desk.questions = questions_of(read, desk.d.id);
  return desk;
}

Result<Done> perform(db::Write& write,
                     const OfficerAct& act,
                     DisclosureId id,
                     const http::Fields& form,
                     std::string_view name) {
  if (name == "post") {
    TRY([[maybe_unused]] const Post done, post(write, act, id,
                                               {.body = std::string(form.text("body")),
                                                .link = std::string(form.text("link")),
                                                .place = std::string(form.text("place")),
                                                .seen = form.number("seen").value_or(-1)}));
    return Done{};
  }
  const auto code = Code::parse(form.text("code"));
  const auto question = code ? find_question(write, *code) : std::nullopt;
  if (!question || question->disclosure != id) return not_known();
  if (name == "answer") {
    TRY([[maybe_unused]] const Question done,
        answer(write, act, *code, std::string(form.text("answer"))));
    return Done{};
  }
  const auto reason = from_word(all_hide_reasons, form.text("reason"));
  if (!reason) return not_known();
  TRY([[maybe_unused]] const Question done, hide(write, act, *code, *reason));
  return Done{};
}

}  // namespace

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  const View view = people::view_of(request, officer.staff());
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("disclosure.title"_t),
                       view("disclosure.desk.lead"_t));
  body += html::link_button(Url::in(view, "/staff/disclosure/new"),
                            {.text = view("disclosure.new.title"_t), .icon_before = "pencil"});
  bool any = false;
  for (const units::Unit& unit : units_for(read, officer, now)) {
    Fragment list;
    for (const Disclosure& each : of_unit(read, unit.path, 0, listed_max))
      list += item_row(view, each, desk_of_item(view, each.id), now);
    if (list.empty()) continue;
    any = true;
    const std::int64_t waiting = count_unanswered(read, unit.path);
    body.add(R"(<h2 class="h-m sp" lang="vi">{}</h2>)", unit.name);
    if (waiting > 0)
      body.add("<p>{}</p>", html::badge(html::Tone::soon, "message-circle-question",
                                        view.voice.counted("disclosure.desk.waiting"_t, waiting)));
    body.add(R"(<ul class="list">{}</ul>)", list);
  }
  if (!any) body += html::nothing_here(view("disclosure.nothing"_t));
  return in_frame(view, view("disclosure.title"_t), std::move(body), nullptr);
}

Result<http::Response> new_page(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Random& random,
                                Instant now) {
  TRY(Paper paper, paper_for(request, read, officer, now));
  paper.once = http::once_key(request.form, random);
  return show_paper(paper, nullptr);
}

Result<http::Pending> new_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now) {
  TRY(Paper paper, paper_for(request, read, officer, now));
  const http::Fields& form = request.form;
  paper.once = http::once_key(request.form, random);
  paper.unit = form.text("unit");
  paper.decided_on = form.text("decided_on");
  paper.typed = {.item = std::string(form.text("item")), .title = std::string(form.text("title"))};
  if (const auto at = ledger::instant_of(paper.decided_on + "T00:00:00Z"))
    paper.typed.decided_on = Day(std::chrono::floor<std::chrono::days>(at->time_since_epoch()));
  const auto unit = std::ranges::find(paper.units, paper.unit, &units::Unit::code);
  if (unit == paper.units.end()) return Error{ErrorKind::forbidden, "disclosure.error.not_yours"_t};
  const auto checked = check(officer, *unit, paper.typed, now);
  if (!checked.ok()) {
    if (checked.error().kind != ErrorKind::invalid) return checked.error();
    return http::Pending::answer(show_paper(paper, &checked.error()));
  }
  return http::Pending::commit(
      [checked = checked.value(), key = "disclosure.new:" + paper.once,
       now](db::Write& write) -> Result<Disclosure> {
        if (const auto before = db::Once::find(write, key))
          if (auto made = find(write, DisclosureId{parse_number(*before).value_or(0)}))
            return *std::move(made);
        TRY(Disclosure made, owe(write, checked));
        db::Once::save(write, key, std::to_string(made.id.value), now);
        return made;
      },
      [&request](const Result<Disclosure>& done, std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        return http::see_other(std::string(desk_of_item(request.view, done.value().id).view()));
      });
}

Result<http::Response> desk_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  TRY(const Desk desk, desk_for(request, read, officer, now));
  return show_item(desk, nullptr);
}

Result<http::Pending> act_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now) {
  TRY(Desk desk, desk_for(request, read, officer, now));
  desk.failed = std::string(request.path_text("act"));
  constexpr std::string_view names[] = {"post", "answer", "hide"};
  if (std::ranges::find(names, desk.failed) == std::end(names)) return not_known();
  if (const auto code = Code::parse(request.form.text("code"))) desk.code = code->text();
  const OfficerAct act{.officer = officer, .salts = ledger::draw(random), .now = now};
  const std::string back(desk_of_item(request.view, desk.d.id).view());
  return http::Pending::commit(
      [&request, act, id = desk.d.id, name = desk.failed](db::Write& write) {
        return perform(write, act, id, request.form, name);
      },
      [&request, officer, desk, back](const Result<Done>& done, std::string_view) {
        if (done.ok()) return http::see_other(back);
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        // Of the officer who lives as long as this answer.
        const Desk again{request,        officer,     desk.d,    desk.posts,
                         desk.questions, desk.failed, desk.code, desk.now};
        return show_item(again, &done.error());
      });
}

}  // namespace ln::disclosure::staff
