#include "feature/feedback/feedback_pages_bulk.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "core/people/people_store.h"
#include "feature/feedback/feedback_actions_bulk.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_pages_unit_choice.h"
#include "feature/feedback/feedback_store.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::size_t pick_units_max = 20;

// One case as it was ticked. One that may not be seen is told of like one that does not exist.
struct Ticked {
  Code code;
  std::int64_t revision = 0;
  std::optional<Feedback> feedback = {};
  std::optional<Error> refused = {};
};

// Everything the page shows, gathered while the database can be read.
struct BulkBench {
  const http::Request* request;
  people::Officer officer;
  Instant now;
  BulkChoice choice = {};
  std::vector<Ticked> cases = {};
  bool is_too_many = false;
  std::vector<people::Account> colleagues = {};
  std::vector<units::Unit> units = {};  // that the words typed may mean
  std::string account_name = {};

  View view() const { return people::view_of(*request, officer.staff()); }
};

OfficerAct act_on(const BulkBench& bench, const Ticked& ticked) {
  return {.officer = bench.officer,
          .code = ticked.code,
          .revision = ticked.revision,
          .salts = {},
          .now = bench.now};
}

std::int64_t count_fit(const BulkBench& bench) {
  return std::ranges::count_if(bench.cases, [](const Ticked& each) { return !each.refused; });
}

void add_case(db::Read& read,
              BulkBench& bench,
              const Code& code,
              std::optional<std::int64_t> revision) {
  if (std::ranges::any_of(bench.cases, [&](const Ticked& each) { return each.code == code; }))
    return;
  if (bench.cases.size() == bulk_cases_max) {
    bench.is_too_many = true;
    return;
  }
  Ticked ticked{code};
  auto found = visible_case(read, bench.officer, code.text());
  if (found.ok()) {
    ticked.revision = revision.value_or(found.value().revision);
    ticked.feedback = std::move(found).value();
  }
  bench.cases.push_back(std::move(ticked));
}

// "case" is a code, or a code and the revision that was looked at: "7K3M4Q2P.4".
void read_case(db::Read& read, BulkBench& bench, std::string_view written) {
  const std::size_t dot = std::min(written.find('.'), written.size());
  const auto code = Code::parse(written.substr(0, dot));
  if (!code) return;
  add_case(read, bench, *code,
           dot < written.size() ? parse_number(written.substr(dot + 1)) : std::nullopt);
}

// The boxes of the queue are called "case"; a page of ours carries all of them on in one "cases".
void read_cases(db::Read& read, BulkBench& bench, const http::Fields& typed) {
  for (const std::string_view each : typed.all("case")) read_case(read, bench, each);
  for (std::string_view rest = typed.text("cases"); !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    read_case(read, bench, rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (typed.text("all").empty()) return;
  const Asked asked = asked_of(typed, read, bench.officer, bench.now);
  for (const Feedback& each : rows_of(read, asked, bulk_cases_max).rows)
    add_case(read, bench, each.code, std::nullopt);
}

// Who could be given these: those who work on cases in the very units, and the officer.
void read_colleagues(db::Read& read, BulkBench& bench) {
  std::vector<units::UnitId> units;
  for (const Ticked& each : bench.cases)
    if (each.feedback && units.size() < pick_units_max &&
        std::ranges::find(units, each.feedback->unit) == units.end())
      units.push_back(each.feedback->unit);
  const auto add = [&](people::Account account) {
    const auto is_same = [&](const people::Account& each) { return each.id == account.id; };
    if (std::ranges::none_of(bench.colleagues, is_same))
      bench.colleagues.push_back(std::move(account));
  };
  for (const units::UnitId unit : units)
    for (const people::Role role : {people::Role::handler, people::Role::head})
      for (people::Account& account : people::holders_of(read, role, unit)) add(std::move(account));
  if (auto own = people::find_account(read, bench.officer.id())) add(*std::move(own));
}

void read_choice(db::Read& read, BulkBench& bench, const http::Fields& typed) {
  BulkChoice& choice = bench.choice;
  choice.account = typed.number("officer").value_or(0);
  choice.reason = trimmed(typed.text("text"));
  choice.into = Code::parse(typed.text("into"));
  if (choice.task == Task::transfer) {
    bench.units = units_asked(read, typed.text("unit"), local_day(bench.now));
    if (bench.units.size() == 1) choice.unit = bench.units.front();
  }
  for (const people::Account& each : bench.colleagues)
    if (each.id.value == choice.account) bench.account_name = each.name;
}

// What stands against each case: by the choice, when there is one, else by right and state alone.
void judge(db::Read& read, BulkBench& bench, bool is_chosen) {
  for (Ticked& each : bench.cases) {
    if (!each.feedback) {
      each.refused = Error{ErrorKind::not_found, "feedback.error.no_such_case"_t};
      continue;
    }
    const Feedback& f = *each.feedback;
    if (is_chosen) {
      const auto may = check_one(read, act_on(bench, each), bench.choice);
      if (!may.ok()) each.refused = may.error();
    } else if (!may_act(bench.officer, bench.choice.task, f)) {
      each.refused = Error{ErrorKind::forbidden, "feedback.error.not_your_part"_t};
    } else if ((bench.choice.task == Task::transfer || bench.choice.task == Task::merge) &&
               !may_be_grouped(f)) {
      each.refused = Error{ErrorKind::forbidden, "feedback.bulk.by_hand"_t};
    } else if (!is_open_to(bench.officer, bench.choice.task, f, bench.now)) {
      each.refused = Error{ErrorKind::conflict, "feedback.error.not_now"_t};
    }
  }
}

Result<BulkBench> bulk_bench_of(const http::Request& request,
                                db::Read& read,
                                const people::Officer& officer,
                                const http::Fields& typed,
                                Instant now) {
  const auto task = from_word(bulk_tasks, typed.text("do"));
  if (!task) return Error{ErrorKind::invalid, "feedback.bulk.no_task"_t};
  BulkBench bench{&request, officer, now};
  bench.choice.task = *task;
  read_cases(read, bench, typed);
  if (*task == Task::assign) read_colleagues(read, bench);
  return bench;
}

Fragment case_line(const View& view, const Ticked& each, std::string_view done) {
  return html::fill(
      R"(<tr><th scope="row">{}</th><td data-l="{}">{}</td><td data-l="{}">{}</td></tr>)",
      [&](Fragment& out) {
        if (each.feedback)
          out.add(R"(<a href="{}" lang="{}">{}</a>)", case_url(view, *each.feedback),
                  lang_of(view, *each.feedback), sent_title(view, *each.feedback));
        else
          out.add("–");
      },
      view("feedback.staff.column_code"_t), html::code(each.code.shown()),
      view("feedback.bulk.column_outcome"_t),
      [&](Fragment& out) {
        if (each.refused)
          out += html::badge(html::Tone::soon, "ban", view(each.refused->text));
        else
          out += html::badge(html::Tone::ok, "check", done);
      });
}

Fragment case_table(const BulkBench& bench, std::string_view done) {
  const View view = bench.view();
  return html::fill(
      R"(<table class="tbl tbl--stack"><caption>{}</caption><thead><tr><th scope="col">{}</th>
<th scope="col">{}</th><th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>)",
      view.voice.counted("feedback.staff.caption"_t, std::ssize(bench.cases)),
      view("feedback.staff.column_what"_t), view("feedback.staff.column_code"_t),
      view("feedback.bulk.column_outcome"_t), [&](Fragment& out) {
        for (const Ticked& each : bench.cases) out += case_line(view, each, done);
      });
}

Fragment hidden_cases(const BulkBench& bench) {
  Fragment out = html::hidden("do", to_text(bench.choice.task));
  std::string cases;
  for (const Ticked& each : bench.cases)
    if (each.feedback)
      cases += (cases.empty() ? "" : " ") + each.code.text() + "." + std::to_string(each.revision);
  out += html::hidden("cases", cases);
  return out;
}

Fragment unit_field(const BulkBench& bench, const http::Fields& typed, const Error* error) {
  const View view = bench.view();
  const std::string_view wrong = html::error_for(view, error, "unit");
  if (bench.units.size() > 1) {
    std::vector<html::Option> options = {{"", view("feedback.staff.choose_unit"_t)}};
    for (const units::Unit& each : bench.units) options.push_back({each.code, each.name});
    return html::select(view, {.name = "unit",
                               .label = {view("feedback.staff.to_unit"_t)},
                               .error = wrong,
                               .options = std::move(options)});
  }
  return html::input(view, {.name = "unit",
                            .label = {view("feedback.staff.to_unit"_t)},
                            .hint = view("feedback.bulk.unit_hint"_t),
                            .error = wrong,
                            .value = typed.text("unit")});
}

Fragment choice_fields(const BulkBench& bench, const http::Fields& typed, const Error* error) {
  const View view = bench.view();
  if (bench.choice.task == Task::assign) {
    std::vector<std::string> ids;
    for (const people::Account& each : bench.colleagues)
      ids.push_back(std::to_string(each.id.value));
    std::vector<html::Choice> choices;
    for (std::size_t i = 0; i < ids.size(); ++i)
      choices.push_back({.value = ids[i], .text = bench.colleagues[i].name});
    return html::radios(view, {.name = "officer",
                               .legend = {view("feedback.staff.officer"_t)},
                               .error = html::error_for(view, error, "officer"),
                               .choices = std::move(choices),
                               .values = {typed.text("officer")},
                               .arrangement = html::Arrangement::rows});
  }
  if (bench.choice.task == Task::merge)
    return html::input(view, {.name = "into",
                              .label = {view("feedback.staff.merge_into"_t)},
                              .hint = view("feedback.staff.merge_hint"_t),
                              .error = html::error_for(view, error, "into"),
                              .value = typed.text("into"),
                              .width = 20});
  if (bench.choice.task != Task::transfer) return {};
  Fragment out = unit_field(bench, typed, error);
  out += html::textarea(view, {.name = "text",
                               .label = {view("feedback.staff.transfer_reason"_t)},
                               .hint = view("feedback.staff.transfer_hint"_t),
                               .error = html::error_for(view, error, "text"),
                               .value = typed.text("text"),
                               .rows = 4,
                               .chars_max = static_cast<int>(reason_chars_max)});
  return out;
}

// The choice in words, and as it is sent along with the last button.
Fragment chosen(const BulkBench& bench) {
  const BulkChoice& choice = bench.choice;
  const View view = bench.view();
  if (choice.task == Task::assign)
    return html::fill("<p>{} <b>{}</b></p>", view("feedback.bulk.to_officer"_t),
                      bench.account_name);
  if (choice.task == Task::merge)
    return html::fill("<p>{} {}</p>", view("feedback.bulk.to_case"_t),
                      html::code(choice.into->shown()));
  if (choice.task == Task::transfer)
    return html::fill(R"(<p>{} <b lang="vi">{}</b></p><div class="quote">{}</div>)",
                      view("feedback.bulk.to_unit"_t), choice.unit->name,
                      html::paragraphs(choice.reason));
  return {};
}

Fragment chosen_hidden(const BulkChoice& choice) {
  Fragment out;
  if (choice.task == Task::assign) out += html::hidden("officer", std::to_string(choice.account));
  if (choice.task == Task::merge) out += html::hidden("into", choice.into->text());
  if (choice.task == Task::transfer) {
    out += html::hidden("unit", choice.unit->code);
    out += html::hidden("text", choice.reason);
  }
  return out;
}

std::string bulk_frame(const BulkBench& bench, Fragment inside, bool has_errors, bool is_once) {
  const View view = bench.view();
  const std::string title = std::string(view("feedback.bulk.title"_t)) + ": " +
                            std::string(view(name_of(bench.choice.task)));
  Fragment body =
      html::breadcrumbs(view, {{view("feedback.staff.queue"_t), Url::in(view, "/staff")}}, title);
  body.add(R"(<h1 class="h-l">{}</h1>{})", title, inside);
  return html::page(view, {.title = title,
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = has_errors,
                           .is_unlisted = true,
                           .is_once = is_once});
}

// Asks what is to be chosen (`is_chosen` false), or for the last word.
std::string confirm_html(const BulkBench& bench,
                         const http::Fields& typed,
                         const Error* error,
                         bool is_chosen) {
  const View view = bench.view();
  const std::int64_t fit = count_fit(bench);
  Fragment inside = html::error_summary(view, error);
  if (bench.is_too_many)
    inside += html::note({.kind = html::NoteKind::warn,
                          .body = html::fill("<p>{}</p>", view("feedback.bulk.many"_t))});
  if (fit == 0) {
    inside += html::note(
        {.kind = html::NoteKind::stop,
         .body = html::fill("<p>{}</p>", view(bench.cases.empty() ? "feedback.bulk.none"_t
                                                                  : "feedback.bulk.none_fits"_t))});
  } else {
    Fragment fields = hidden_cases(bench);
    if (is_chosen) {
      inside += chosen(bench);
      fields += chosen_hidden(bench.choice);
    } else {
      fields += choice_fields(bench, typed, error);
    }
    const std::string go = view.voice.counted("feedback.bulk.do"_t, fit);
    fields +=
        html::button({.text = is_chosen ? std::string_view(go) : view("feedback.bulk.check"_t),
                      .name = "step",
                      .value = is_chosen ? "do" : "check",
                      .once = is_chosen});
    inside += html::form(view, {.action = Url::in(view, "/staff/bulk"), .body = std::move(fields)});
  }
  if (!bench.cases.empty()) inside += case_table(bench, view("feedback.bulk.will"_t));
  return bulk_frame(bench, std::move(inside), error != nullptr, typed.has("step"));
}

std::string result_html(BulkBench bench, const std::vector<BulkOutcome>& outcomes) {
  const View view = bench.view();
  for (Ticked& each : bench.cases)
    for (const BulkOutcome& outcome : outcomes)
      if (outcome.code == each.code) each.refused = outcome.refused;
  const std::int64_t fit = count_fit(bench);
  const std::int64_t left = std::ssize(bench.cases) - fit;
  Fragment inside = html::note(
      {.kind = left == 0 ? html::NoteKind::ok : html::NoteKind::warn,
       .body = html::fill("<p>{}</p>{}", view.voice.counted("feedback.bulk.was_done"_t, fit),
                          [&](Fragment& out) {
                            if (left > 0)
                              out.add("<p>{}</p>",
                                      view.voice.counted("feedback.bulk.was_refused"_t, left));
                          }),
       .is_status = true});
  inside += case_table(bench, view("feedback.bulk.done"_t));
  inside.add(R"(<p class="sp"><a href="{}">{}</a></p>)", Url::in(view, "/staff"),
             view("feedback.staff.queue"_t));
  return bulk_frame(bench, std::move(inside), false, true);
}

http::Pending commit_all(BulkBench bench, Random& random) {
  std::vector<OfficerAct> acts;
  for (const Ticked& each : bench.cases) {
    if (!each.feedback) continue;
    acts.push_back(act_on(bench, each));
    acts.back().salts = ledger::draw(random);
  }
  const BulkChoice choice = bench.choice;
  return http::Pending::commit(
      [acts = std::move(acts), choice](db::Write& write) {
        return act_on_all(write, acts, choice);
      },
      [bench = std::move(bench)](const Result<std::vector<BulkOutcome>>& result, std::string_view) {
        if (!result.ok()) return http::error_response(*bench.request, result.error());
        return http::page(200, result_html(bench, result.value()));
      });
}

}  // namespace

Result<http::Response> bulk_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  TRY(BulkBench bench, bulk_bench_of(request, read, officer, request.query, now));
  const bool is_chosen = bench.choice.task == Task::accept;  // there is nothing to choose
  judge(read, bench, is_chosen);
  return http::page(200, confirm_html(bench, request.query, nullptr, is_chosen));
}

Result<http::Pending> do_bulk(const http::Request& request,
                              db::Read& read,
                              people::Officer officer,
                              Random& random,
                              Instant now) {
  const http::Fields& typed = request.form;
  TRY(BulkBench bench, bulk_bench_of(request, read, officer, typed, now));
  read_choice(read, bench, typed);
  if (bench.is_too_many) return Error{ErrorKind::invalid, "feedback.bulk.many"_t};
  if (const auto fine = check_choice(bench.choice); !fine.ok()) {
    judge(read, bench, false);
    return http::Pending::answer(http::page(422, confirm_html(bench, typed, &fine.error(), false)));
  }
  judge(read, bench, true);
  if (typed.text("step") != "do" || count_fit(bench) == 0)
    return http::Pending::answer(http::page(200, confirm_html(bench, typed, nullptr, true)));
  return commit_all(std::move(bench), random);
}

Fragment bulk_box(const Feedback& feedback) {
  return html::fill(
      R"(<input class="tick" type="checkbox" name="case" value="{}" aria-labelledby="{}">)",
      feedback.code.text(), feedback.code.text());
}

Fragment bulk_form(const View& view, const Asked& asked, Fragment rows) {
  Fragment body = std::move(rows);
  for (const auto& [name, value] : query_of(asked, asked.filter.tab))
    body += html::hidden(name, value);
  std::vector<html::Option> options;
  for (const Task task : bulk_tasks) options.push_back({to_text(task), view(name_of(task))});
  body.add(
      R"(<div class="filter card card--tint bulk">{}<div><label>
<input type="checkbox" id="all" name="all" value="1"> {}</label></div>{}</div>)",
      html::select(view, {.name = "do",
                          .label = {view("feedback.bulk.with_ticked"_t)},
                          .options = std::move(options)}),
      view("feedback.bulk.all"_t),
      html::button({.text = view("feedback.bulk.go_on"_t), .kind = html::ButtonKind::secondary}));
  return html::query_form({.action = Url::in(view, "/staff/bulk"),
                           .body = std::move(body),
                           .label = view("feedback.bulk.title"_t)});
}

}  // namespace ln::feedback::staff
