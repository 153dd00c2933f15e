#include "feature/commitment/commitment_pages_staff.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "core/units/units_store.h"
#include "feature/commitment/commitment_actions.h"
#include "feature/commitment/commitment_pages_parts.h"
#include "feature/commitment/commitment_store_case.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"

namespace ln::commitment::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t late_max = 10, page_count = 12;

Url desk_url(const View& view, CommitmentId id) {
  return Url::in(view, "/staff/commitments/", id.value);
}

// Everything the desk shows; and what was typed into one of its forms, with what is wrong with it.
struct Desk {
  const http::Request& request;
  const people::Officer& officer;
  Commitment c;
  Fragment sheet, history;
  Instant now;
  std::string case_code{};  // of the case it was promised in
  bool day_may_change = true;
  std::string failed{};  // the form that was refused
  std::string text{}, due_on{}, reason{}, evidence{}, link{};

  View view() const { return people::view_of(request, officer.staff()); }
  bool may(Act act) const {
    if (act == Act::declare && c.source == Source::feedback) return false;
    if (act == Act::reword && c.is_private()) return false;
    if (act == Act::propose_change && !day_may_change) return false;
    return next_state(c, act, Party::office, now).ok();
  }
};

Result<Desk> desk_of(const http::Request& request,
                     db::Read& read,
                     const people::Officer& officer,
                     Instant now) {
  auto c = find_told(read, CommitmentId{request.path_number("id")});
  if (!c || !may_promise(officer, c->unit_path))
    return Error{ErrorKind::not_found, "commitment.error.none"_t};
  const View view = people::view_of(request, officer.staff());
  Desk desk{.request = request,
            .officer = officer,
            .c = *c,
            .sheet = commitment::sheet(view, read, *c, now, Reader::party),
            .history = commitment::history(view, read, *c, Reader::party),
            .now = now};
  if (c->source == Source::feedback)
    if (const auto of = find_case(read, c->source_id)) desk.case_code = of->code;
  desk.day_may_change = may_change_day(read, *c);
  return desk;
}

// A field of the form that was refused keeps what was typed.
struct FieldOf {
  const Desk& desk;
  std::string_view act;
  const Error* error;

  bool is_this() const { return desk.failed == act; }
  std::string id(std::string_view name) const {
    return is_this() ? std::string(name) : std::string(name) + "-" + std::string(act);
  }
  std::string_view value(const std::string& typed, std::string_view otherwise = {}) const {
    return is_this() ? std::string_view(typed) : otherwise;
  }
  std::string_view wrong(std::string_view name) const {
    return is_this() ? html::error_for(desk.view(), error, name) : std::string_view();
  }
};

Fragment words_field(const FieldOf& of,
                     std::string_view name,
                     TextKey label,
                     const std::string& typed,
                     std::string_view otherwise,
                     std::size_t chars_max) {
  return html::textarea(of.desk.view(), {.name = name,
                                         .label = {of.desk.view()(label)},
                                         .error = of.wrong(name),
                                         .value = of.value(typed, otherwise),
                                         .id = of.id(name),
                                         .rows = 4,
                                         .chars_max = static_cast<int>(chars_max)});
}

Fragment day_field(const FieldOf& of) {
  const std::string day = to_iso(of.desk.c.due_on);
  return html::input(of.desk.view(), {.name = "due_on",
                                      .label = {of.desk.view()("commitment.due"_t)},
                                      .error = of.wrong("due_on"),
                                      .value = of.value(of.desk.due_on, day),
                                      .id = of.id("due_on"),
                                      .type = "date"});
}

Fragment form_for(const FieldOf& of, TextKey title, TextKey lead, TextKey button, Fragment fields) {
  const View view = of.desk.view();
  fields += html::hidden("revision", std::to_string(of.desk.c.revision));
  fields += html::button(
      {.text = view(button),
       .kind = of.act == "declare" ? html::ButtonKind::primary : html::ButtonKind::secondary,
       .once = true});
  const Fragment form = html::form(
      view, {.action = Url::in(view, "/staff/commitments/", of.desk.c.id.value, "/", of.act),
             .body = std::move(fields)});
  return html::details(view(title), fill("<p>{}</p>{}", view(lead), form),
                       of.is_this() || of.act == "declare");
}

Fragment forms(const Desk& desk, const Error* error) {
  Fragment out;
  const View view = desk.view();
  if (!desk.case_code.empty())
    out.add(R"(<p>{} <a href="{}">{}</a></p>)", view("commitment.desk.by_case"_t),
            Url::in(view, "/staff/feedback/", desk.case_code), view("commitment.desk.case_link"_t));
  if (desk.may(Act::declare)) {
    const FieldOf of{desk, "declare", error};
    Fragment fields = words_field(of, "evidence", "commitment.desk.evidence"_t, desk.evidence, {},
                                  words_chars_max);
    fields +=
        html::input(view, {.name = "link",
                           .label = {.text = view("commitment.desk.link"_t), .is_optional = true},
                           .hint = view("commitment.desk.link_hint"_t),
                           .error = of.wrong("link"),
                           .value = of.value(desk.link),
                           .type = "url"});
    out += form_for(of, "commitment.desk.declare"_t, "commitment.desk.declare_lead"_t,
                    "commitment.desk.declare_do"_t, std::move(fields));
  }
  if (desk.may(Act::reword)) {
    const FieldOf of{desk, "reword", error};
    Fragment fields =
        words_field(of, "text", "commitment.desk.text"_t, desk.text, desk.c.text, text_chars_max);
    fields += day_field(of);
    out += form_for(of, "commitment.desk.reword"_t, "commitment.desk.reword_lead"_t,
                    "commitment.desk.reword_do"_t, std::move(fields));
  }
  if (desk.may(Act::propose_change)) {
    const FieldOf of{desk, "propose_change", error};
    Fragment fields;
    if (!desk.c.is_private())
      fields +=
          words_field(of, "text", "commitment.desk.text"_t, desk.text, desk.c.text, text_chars_max);
    fields += day_field(of);
    fields +=
        words_field(of, "reason", "commitment.desk.reason"_t, desk.reason, {}, words_chars_max);
    out += form_for(of, "commitment.desk.change"_t, "commitment.desk.change_lead"_t,
                    "commitment.desk.change_do"_t, std::move(fields));
  }
  if (desk.may(Act::admit)) {
    const FieldOf of{desk, "admit", error};
    Fragment fields =
        words_field(of, "reason", "commitment.desk.reason"_t, desk.reason, {}, words_chars_max);
    out += form_for(of, "commitment.desk.admit"_t, "commitment.desk.admit_lead"_t,
                    "commitment.desk.admit_do"_t, std::move(fields));
  }
  if (out.empty()) out.add("<p>{}</p>", view("commitment.desk.nothing"_t));
  return out;
}

http::Response show(const Desk& desk, const Error* error) {
  const View view = desk.view();
  const std::string title =
      view.voice("commitment.one"_t, {{"number", view.voice.number(desk.c.id.value)}});
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1>{}<p><a href="{}">{}</a></p>)", title, desk.sheet,
           page_of(view, desk.c.id), view("commitment.desk.public"_t));
  body += forms(desk, error);
  body += desk.history;
  return http::form_page(view, {.title = title,
                                .here = "/staff/commitments",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true});
}

Result<Commitment> perform(db::Write& write, const OfficeAct& act, const Desk& desk) {
  const auto due_on = day_in(desk.due_on);
  if (desk.failed == "reword") return reword(write, act, desk.text, due_on);
  if (desk.failed == "declare") return declare(write, act, desk.evidence, desk.link);
  if (desk.failed == "admit") return admit(write, act, desk.reason);
  return propose_change(write, act, desk.text, due_on, desk.reason);
}

}  // namespace

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  const View view = people::view_of(request, officer.staff());
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("commitment.title"_t),
                       view("commitment.desk.lead"_t));
  const people::Role heads[] = {people::Role::head};
  const auto tops = people::tops_of(officer.staff(), heads);
  if (!tops.empty())
    body += html::link_button(Url::in(view, "/staff/commitments/new"),
                              {.text = view("commitment.new.title"_t), .icon_before = "flag"});
  // Overdue ones come first; every one is met again on its page of the whole list.
  const std::int64_t before = request.query.number("before").value_or(0);
  std::vector<Commitment> late, all;
  const auto add = [&](std::vector<Commitment>& to, const Filter& filter) {
    for (Commitment& each : list(read, filter)) to.push_back(std::move(each));
  };
  for (const std::string& top : tops) {
    if (before == 0)
      add(late, {.unit_path = top, .state = "overdue", .today = local_day(now), .limit = late_max});
    add(all, {.unit_path = top, .before = before, .limit = page_count + 1});
  }
  std::ranges::sort(all, std::ranges::greater(),
                    [](const Commitment& each) { return each.id.value; });
  const bool has_more = std::ssize(all) > page_count;
  if (has_more) all.resize(page_count);
  Fragment items;
  for (const Commitment& each : late) items += item(view, read, each, desk_url(view, each.id), now);
  for (const Commitment& each : all)
    if (std::ranges::find(late, each.id, &Commitment::id) == late.end())
      items += item(view, read, each, desk_url(view, each.id), now);
  if (items.empty())
    body += html::nothing_here(view("commitment.desk.none"_t));
  else
    body.add(R"(<h2 class="vh">{}</h2><ul class="list">{}</ul>)", view("commitment.desk.list"_t),
             items);
  if (has_more)
    body += html::pager(
        view, {.next = Url::in(view, "/staff/commitments").with("before", all.back().id.value)});
  return http::form_page(view, {.title = view("commitment.title"_t),
                                .here = "/staff/commitments",
                                .body = std::move(body),
                                .is_staff = true});
}

Result<http::Response> desk_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  TRY(const Desk desk, desk_of(request, read, officer, now));
  return show(desk, nullptr);
}

Result<http::Pending> act_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now) {
  TRY(Desk desk, desk_of(request, read, officer, now));
  desk.failed = std::string(request.path_text("act"));
  constexpr std::string_view names[] = {"reword", "declare", "admit", "propose_change"};
  if (std::ranges::find(names, desk.failed) == std::end(names))
    return Error{ErrorKind::not_found, "commitment.error.none"_t};
  const http::Fields& form = request.form;
  desk.text = form.text("text");
  desk.due_on = form.text("due_on");
  desk.reason = form.text("reason");
  desk.evidence = form.text("evidence");
  desk.link = form.text("link");
  const OfficeAct act{.officer = officer,
                      .id = desk.c.id,
                      .revision = form.number("revision").value_or(0),
                      .salts = ledger::draw(random),
                      .now = now};
  const std::string back(desk_url(request.view, desk.c.id).view());
  return http::Pending::commit(
      [act, desk](db::Write& write) { return perform(write, act, desk); },
      [&request, officer, desk, back](const Result<Commitment>& done, std::string_view) {
        if (done.ok()) return http::see_other(back);
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        // Of the officer who lives as long as this answer.
        const Desk again{request,       officer,   desk.c,         desk.sheet,
                         desk.history,  desk.now,  desk.case_code, desk.day_may_change,
                         desk.failed,   desk.text, desk.due_on,    desk.reason,
                         desk.evidence, desk.link};
        return show(again, &done.error());
      });
}

}  // namespace ln::commitment::staff
