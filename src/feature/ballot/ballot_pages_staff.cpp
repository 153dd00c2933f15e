#include "feature/ballot/ballot_pages_staff.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/text.h"
#include "core/people/people_code.h"
#include "core/people/people_pages_secret.h"
#include "feature/ballot/ballot_actions.h"
#include "feature/ballot/ballot_pages_parts.h"
#include "feature/ballot/ballot_pages_slips.h"
#include "platform/db/once.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"
#include "platform/http/once_key.h"

namespace ln::ballot::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t desk_listed = 200;

Error not_theirs() { return {ErrorKind::not_found, "ballot.error.none"_t}; }

Url desk_url(const View& view, BallotId id) { return Url::in(view, "/staff/ballots/", id.value); }

http::Response framed(
    const View& view, std::string_view title, Fragment body, const Error* error, bool is_once) {
  return http::form_page(view, {.title = title,
                                .here = "/staff/ballots",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true,
                                .is_once = is_once});
}

struct Desk {
  const http::Request& request;
  const people::Officer& officer;
  Ballot ballot;
  std::vector<Question> questions{};
  Fragment facts{};
  std::int64_t slips = 0;
  std::int64_t handed_in = 0;  // only once it is closed
  bool has_typed = false;      // this account's count of the paper box stands
  std::string failed{}, once{};
  Instant now{};

  View view() const { return people::view_of(request, officer.staff()); }
  const Error* error_of(std::string_view act, const Error* error) const {
    return failed == act ? error : nullptr;
  }
};

Result<Desk> desk_of(const http::Request& request,
                     db::Read& read,
                     const people::Officer& officer,
                     Instant now) {
  auto b = find(read, BallotId{request.path_number("id")});
  if (!b || !may_assist(officer, b->unit_path)) return not_theirs();
  Desk desk{.request = request, .officer = officer, .ballot = *std::move(b), .now = now};
  desk.questions = questions_of(read, desk.ballot.id);
  desk.facts = facts_of(desk.view(), read, desk.ballot, now);
  desk.slips = count_slips(read, desk.ballot.id);
  if (desk.ballot.waits_for_count(now)) {
    desk.handed_in = count_way(read, desk.ballot.id, Way::paper);
    const auto all = tallies_of(read, desk.ballot.id);
    desk.has_typed = std::ranges::find(all, officer.id().value, &Tally::account) != all.end();
  }
  return desk;
}

Fragment desk_form(const Desk& desk, std::string_view act, Fragment body) {
  body += html::hidden("revision", std::to_string(desk.ballot.revision));
  body += html::hidden("once", desk.once);
  const View view = desk.view();
  return html::form(view,
                    {.action = Url::in(view, "/staff/ballots/", desk.ballot.id.value, "/", act),
                     .body = std::move(body)});
}

Fragment number_field(const Desk& desk, const Error* error, std::string_view id) {
  const View view = desk.view();
  return html::input(view, {.name = "number",
                            .label = {view("ballot.desk.number"_t)},
                            .error = html::error_for(view, error, "number"),
                            .id = id,
                            .width = 10});
}

// Printing, and what can be done about the list and the slips.
Fragment head_part(const Desk& desk, const Error* error) {
  const View view = desk.view();
  const Ballot& b = desk.ballot;
  if (b.stage != Stage::announced || desk.now >= b.closes_at) return {};
  const std::string printed = view.voice(
      "ballot.desk.printed"_t,
      {{"slips", view.voice.number(desk.slips)}, {"households", view.voice.number(b.households)}});
  Fragment out = fill(R"(<h2 class="h-m sp">{}</h2><p>{}</p><p>{}</p>)",
                      view("ballot.desk.slips"_t), view("ballot.desk.slips_lead"_t), printed);
  if (desk.slips < b.households)
    out += desk_form(
        desk, "issue",
        html::button(
            {.text = view("ballot.desk.issue"_t), .icon_before = "printer", .once = true}));
  const Error* wrong = desk.error_of("reissue", error);
  Fragment again = fill("<p>{}</p>", view("ballot.desk.reissue_lead"_t));
  Fragment fields = number_field(desk, wrong, "number-reissue");
  fields += html::button({.text = view("ballot.desk.reissue_do"_t), .once = true});
  again += desk_form(desk, "reissue", std::move(fields));
  out += html::details(view("ballot.desk.reissue"_t), again, wrong != nullptr);
  if (desk.now < b.opens_at) {
    wrong = desk.error_of("remove", error);
    Fragment off = fill("<p>{}</p>", view("ballot.desk.remove_lead"_t));
    fields = number_field(desk, wrong, "number-remove");
    html::Select why{.name = "why", .label = {view("ballot.desk.remove_why"_t)}};
    for (const Removal each : all_removals)
      why.options.push_back({to_text(each), view(key_of(each))});
    fields += html::select(view, why);
    fields += html::button({.text = view("ballot.desk.remove_do"_t), .once = true});
    off += desk_form(desk, "remove", std::move(fields));
    out += html::details(view("ballot.desk.remove"_t), off, wrong != nullptr);
  }
  wrong = desk.error_of("cancel", error);
  fields = html::textarea(view, {.name = "reason",
                                 .label = {view("ballot.desk.cancel_reason"_t)},
                                 .hint = view("ballot.desk.cancel_hint"_t),
                                 .error = html::error_for(view, wrong, "reason"),
                                 .value = desk.request.form.text("reason"),
                                 .rows = 3,
                                 .chars_max = static_cast<int>(reason_chars_max)});
  fields += html::button(
      {.text = view("ballot.desk.cancel_do"_t), .kind = html::ButtonKind::warning, .once = true});
  out += html::details(view("ballot.desk.cancel"_t), desk_form(desk, "cancel", std::move(fields)),
                       wrong != nullptr);
  return out;
}

Fragment hand_in_part(const Desk& desk, const Error* error) {
  if (!desk.ballot.is_open(desk.now)) return {};
  const View view = desk.view();
  const Error* wrong = desk.error_of("hand-in", error);
  Fragment fields = html::input(view, {.name = "code",
                                       .label = {view("ballot.vote.code"_t)},
                                       .error = html::error_for(view, wrong, "code"),
                                       .autocomplete = "off",
                                       .autocapitalize = "characters",
                                       .spellcheck = false,
                                       .more_class = "code-input"});
  fields += html::input(view, {.name = "secret",
                               .label = {view("ballot.vote.secret"_t)},
                               .autocomplete = "off",
                               .autocapitalize = "characters",
                               .spellcheck = false,
                               .more_class = "code-input"});
  fields += html::button({.text = view("ballot.desk.hand_in_do"_t), .once = true});
  return fill(R"(<h2 class="h-m sp">{}</h2><p>{}</p>{}{})", view("ballot.desk.hand_in"_t),
              view("ballot.desk.hand_in_lead"_t), Fragment(),
              desk_form(desk, "hand-in", std::move(fields)));
}

std::string count_name(std::int64_t question, std::int64_t choice) {
  return "count-" + std::to_string(question) + "-" + std::to_string(choice);
}

Fragment count_part(const Desk& desk, const Error* error) {
  if (!desk.ballot.waits_for_count(desk.now)) return {};
  const View view = desk.view();
  const Error* wrong = desk.error_of("count", error);
  Fragment out = fill(R"(<h2 class="h-m sp">{}</h2><p>{}</p><p>{}</p>)",
                      view("ballot.desk.count"_t), view("ballot.desk.count_lead"_t),
                      view.voice.counted("ballot.desk.handed_in"_t, desk.handed_in));
  if (desk.handed_in == 0) return out;
  if (desk.has_typed)
    out += html::note(
        {.body = fill("<p>{}</p>", view("ballot.desk.counted_once"_t)), .is_status = true});
  Fragment fields;
  if (wrong != nullptr)
    fields += html::error_message(view, html::error_for(view, wrong, "counts"), "counts");
  for (const Question& question : desk.questions) {
    Fragment inner;
    const auto add = [&](std::int64_t choice, std::string_view label) {
      const std::string name = count_name(question.number, choice);
      inner += html::input(view, {.name = name,
                                  .label = {label},
                                  .value = desk.request.form.text(name),
                                  .width = 5,
                                  .inputmode = "numeric"});
    };
    for (const Option& each : question.options) add(each.number, each.text_vi);
    add(0, view("ballot.blank"_t));
    fields += html::fieldset(
        view, {.legend = {question.text_vi, html::Size::s}, .body = std::move(inner)});
  }
  fields += html::button({.text = view("ballot.desk.count_do"_t), .once = true});
  out += desk_form(desk, "count", std::move(fields));
  return out;
}

http::Response show_desk(const Desk& desk, const Error* error) {
  const View view = desk.view();
  Fragment body = html::back_link(view, Url::in(view, "/staff/ballots"));
  body += html::error_summary(view, error, {{"number", "number-" + desk.failed}});
  body.add(R"(<h1 class="h-l" lang="vi">{}</h1>{}<p><a href="{}">{}</a></p>)", desk.ballot.title_vi,
           desk.facts, page_of(view, desk.ballot.id), view("ballot.desk.public"_t));
  body += hand_in_part(desk, error);
  body += count_part(desk, error);
  if (may_run(desk.officer, desk.ballot.unit_path)) body += head_part(desk, error);
  return framed(view, desk.ballot.title_vi, std::move(body), error, false);
}

// What one of the buttons brought about, for the page that follows.
struct Brought {
  std::vector<Printed> slips{};
  std::string household{};  // that gets a paper ballot now
  std::optional<Counted> counted{};
};

struct Asked {
  std::string act{}, key{}, number{}, reason{};
  std::optional<Removal> why{};
  std::optional<Code> code{};
  people::Citizen holder{std::string_view{}};
  PaperCounts counts{};
  std::string random{};  // 32 bytes
  std::vector<Drawn> drawn{};
  RunAct run;
};

Result<Brought> print(db::Write& write, const Asked& asked) {
  if (const auto before = db::Once::find(write, asked.key)) return Brought{slips_in(*before)};
  Brought out;
  if (asked.act == "issue") {
    TRY(out.slips, issue(write, asked.run, asked.drawn));
  } else {
    TRY(Printed one, reissue(write, asked.run, asked.number, asked.drawn.front()));
    out.slips.push_back(std::move(one));
  }
  db::Once::save(write, asked.key, packed(out.slips), asked.run.now);
  return out;
}

Result<Brought> perform(db::Write& write, const Asked& asked) {
  const RunAct& run = asked.run;
  if (asked.act == "issue" || asked.act == "reissue") return print(write, asked);
  if (asked.act == "remove") {
    if (!asked.why) return not_theirs();
    TRY([[maybe_unused]] const Ballot done, remove(write, run, asked.number, *asked.why));
    return Brought{};
  }
  if (asked.act == "cancel") {
    TRY([[maybe_unused]] const Ballot done, cancel(write, run, asked.reason));
    return Brought{};
  }
  if (asked.act == "hand-in") {
    if (!asked.code)
      return Error{ErrorKind::invalid,
                   "ballot.error.code_or_secret"_t,
                   {{"code", "ballot.error.code_or_secret"_t}}};
    auto taken =
        hand_in(write, {run.officer, run.id, *asked.code, asked.holder, run.salts, run.now});
    if (!taken.ok()) {
      const TextKey why = taken.error().text;
      if (taken.error().kind == ErrorKind::unavailable) return taken.error();
      return Error{ErrorKind::invalid, why, {{"code", why}}};
    }
    return Brought{.household = taken.value().number};
  }
  TRY(const Counted counted,
      type_count(write, {run.officer, run.id, asked.counts, asked.random, run.now}));
  return Brought{.counted = counted};
}

PaperCounts counts_in(const http::Fields& form, const std::vector<Question>& questions) {
  PaperCounts all;
  for (const Question& question : questions) {
    std::vector<std::int64_t> row;
    for (std::int64_t choice = 0; choice <= std::ssize(question.options); ++choice)
      row.push_back(form.number(count_name(question.number, choice)).value_or(-1));
    all.push_back(std::move(row));
  }
  return all;
}

http::Response show_done(const Desk& desk, const Brought& done) {
  const View view = desk.view();
  if (!done.slips.empty())
    return framed(view, view("ballot.slip.title"_t),
                  slips_part(view, desk.ballot, done.slips, desk_url(view, desk.ballot.id)),
                  nullptr, true);
  if (done.household.empty() && (!done.counted || *done.counted == Counted::done))
    return http::see_other(std::string(desk_url(view, desk.ballot.id).view()));
  std::string said =
      std::string(view(done.counted == Counted::differs ? "ballot.desk.count_differs"_t
                                                        : "ballot.desk.count_waits"_t));
  if (!done.household.empty())
    said = view.voice("ballot.desk.handed"_t, {{"number", done.household}});
  Fragment body = html::note(
      {.kind = done.counted == Counted::differs ? html::NoteKind::warn : html::NoteKind::ok,
       .body = fill("<p>{}</p>", said),
       .is_status = true});
  body.add(R"(<h1 class="h-l" lang="vi">{}</h1><p><a href="{}">{}</a></p>)", desk.ballot.title_vi,
           desk_url(view, desk.ballot.id), view("ballot.desk.back"_t));
  return framed(view, desk.ballot.title_vi, std::move(body), nullptr, true);
}

// Of the units they work for, the newest first.
std::vector<Ballot> ballots_for(db::Read& read, const people::Officer& officer) {
  std::vector<Ballot> all;
  for (const std::string& top : officer.tops())
    for (Ballot& each : ballots_of(read, top, desk_listed))
      if (may_assist(officer, each.unit_path)) all.push_back(std::move(each));
  std::ranges::sort(all, std::greater(), [](const Ballot& b) { return b.id.value; });
  return all;
}

}  // namespace

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  const View view = people::view_of(request, officer.staff());
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p>{}</p><p><a href="{}">{}</a></p>)",
                       view("ballot.title"_t), view("ballot.desk.lead"_t),
                       Url::in(view, "/staff/disclosure"), view("disclosure.title"_t));
  if (officer.staff().has(people::Role::head))
    body += html::link_button(Url::in(view, "/staff/ballots/new"),
                              {.text = view("ballot.new.title"_t), .icon_before = "pencil"});
  Fragment list;
  for (const Ballot& b : ballots_for(read, officer))
    list.add(R"(<li><h2 class="h-s"><a href="{}" lang="vi">{}</a></h2><p>{}</p></li>)",
             desk_url(view, b.id), b.title_vi, stage_badge(view, b, now));
  if (list.empty())
    body += html::nothing_here(view("ballot.desk.none"_t));
  else
    body.add(R"(<ul class="list">{}</ul>)", list);
  return framed(view, view("ballot.title"_t), std::move(body), nullptr, false);
}

Result<http::Response> desk_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Random& random,
                                 Instant now) {
  TRY(Desk desk, desk_of(request, read, officer, now));
  desk.once = http::once_key(request.form, random);
  return show_desk(desk, nullptr);
}

Result<http::Pending> act_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now) {
  TRY(Desk desk, desk_of(request, read, officer, now));
  const http::Fields& form = request.form;
  desk.failed = std::string(request.path_text("act"));
  constexpr std::string_view for_all[] = {"hand-in", "count"};
  constexpr std::string_view for_head[] = {"issue", "reissue", "remove", "cancel"};
  const bool is_known = std::ranges::find(for_all, desk.failed) != std::end(for_all) ||
                        (std::ranges::find(for_head, desk.failed) != std::end(for_head) &&
                         may_run(officer, desk.ballot.unit_path));
  if (!is_known) return not_theirs();
  desk.once = http::once_key(request.form, random);
  Asked asked{.act = desk.failed,
              .key = "ballot." + desk.failed + ":" + desk.once,
              .number = std::string(form.text("number")),
              .reason = std::string(form.text("reason")),
              .why = from_word(all_removals, form.text("why")),
              .code = Code::parse(form.text("code")),
              .holder = people::Citizen(people::typed_secret(form)),
              .random = std::string(as_text(random.bytes<32>())),
              .run = {.officer = officer,
                      .id = desk.ballot.id,
                      .revision = form.number("revision").value_or(0),
                      .salts = ledger::draw(random),
                      .now = now}};
  if (desk.failed == "count") asked.counts = counts_in(form, desk.questions);
  std::size_t slips = desk.failed == "reissue" ? 1 : 0;
  if (desk.failed == "issue") slips = slips_at_once;
  for (std::size_t i = 0; i < slips; ++i) asked.drawn.push_back(draw_slip(random));
  return http::Pending::commit(
      [asked](db::Write& write) { return perform(write, asked); },
      [&request, officer, desk](const Result<Brought>& done, std::string_view) {
        // Of the officer who lives as long as this answer.
        const Desk again{request,     officer,    desk.ballot,    desk.questions,
                         desk.facts,  desk.slips, desk.handed_in, desk.has_typed,
                         desk.failed, desk.once,  desk.now};
        if (done.ok()) return show_done(again, done.value());
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        return show_desk(again, &done.error());
      });
}

}  // namespace ln::ballot::staff
