#include "feature/feedback/feedback_pages_move.h"

#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "core/units/units_store.h"
#include "core/units/units_store_reorganise.h"
#include "feature/feedback/feedback_actions_move.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_pages_unit_choice.h"
#include "feature/feedback/feedback_rights.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_move.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback::moves {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::size_t shown_max = 20;        // cases on a page
constexpr std::int64_t rows_at_once = 200;   // looked at in one query
constexpr std::int64_t rows_a_page = 2'000;  // looked at for one page, whoever asks

struct Waiting {
  Move move;
  Feedback feedback;
  units::Unit from, to;
  std::vector<units::Unit> candidates;
};

struct Page {
  std::vector<Waiting> rows{};
  FeedbackId next{};  // 0: there is no more
};

bool is_theirs(const Feedback& feedback, const people::Officer& officer) {
  return !feedback.erased_at && feedback.state != State::closed && may_see(feedback, officer) &&
         may_act(officer, Task::transfer, feedback);
}

// Those this officer may settle, after the case `after`.
Page page_of(db::Read& read,
             units::ReorganisationId event,
             const people::Officer& officer,
             FeedbackId after,
             std::size_t count_max,
             Day today) {
  Page page;
  for (std::int64_t looked_at = 0; looked_at < rows_a_page; looked_at += rows_at_once) {
    const auto moves = undetermined_moves(read, event, after, rows_at_once);
    for (const Move& move : moves) {
      if (page.rows.size() == count_max) return page.next = after, page;
      after = move.feedback;
      auto feedback = find(read, move.feedback);
      if (!feedback || !is_theirs(*feedback, officer)) continue;
      auto from = units::find(read, move.from), to = units::find(read, feedback->unit);
      if (!from || !to) continue;
      page.rows.push_back({move, *std::move(feedback), *std::move(from), *std::move(to),
                           candidates_of(read, move, today)});
    }
    if (static_cast<std::int64_t>(moves.size()) < rows_at_once) return page;
  }
  page.next = after;
  return page;
}

std::string address_of(units::ReorganisationId event) {
  return "/staff/reorganisation/" + std::to_string(event.value) + "/undetermined";
}

// What went wrong with one case of the page.
struct Refused {
  const Error* error = nullptr;
  std::string_view code{}, typed{};
};

Fragment choice(const View& view,
                const Waiting& row,
                units::ReorganisationId event,
                const Refused& refused) {
  const std::string& code = row.feedback.code.text();
  const std::string id = "unit-" + code, revision = std::to_string(row.feedback.revision);
  const bool is_this = refused.error != nullptr && refused.code == code;
  const std::string_view error =
      is_this ? html::error_for(view, refused.error, "unit") : std::string_view();
  Fragment fields = html::hidden("code", code);
  fields += html::hidden("revision", revision);
  if (row.candidates.empty()) {
    fields += html::input(view, {.name = "unit",
                                 .label = {view("reorganise.any_unit"_t)},
                                 .hint = view("reorganise.any_unit_hint"_t),
                                 .error = error,
                                 .value = is_this ? refused.typed : std::string_view(),
                                 .id = id,
                                 .autocomplete = "off"});
  } else {
    html::Choices radios{.name = "unit",
                         .legend = {view("reorganise.which"_t)},
                         .error = error,
                         .id = id,
                         .arrangement = html::Arrangement::small};
    for (const units::Unit& each : row.candidates)
      radios.choices.push_back({.value = each.code, .text = each.name});
    fields += html::radios(view, radios);
  }
  fields += html::button({.text = view("reorganise.settle"_t), .once = true});
  return html::form(view, {.action = Url::in(view, address_of(event)), .body = std::move(fields)});
}

Fragment card(const View& view,
              const Waiting& row,
              units::ReorganisationId event,
              const Refused& refused) {
  const Feedback& f = row.feedback;
  Fragment place;
  if (f.is_protected)
    place.add("{}", view("reorganise.place_protected"_t));
  else if (f.place.empty())
    place.add("{}", view("reorganise.no_place"_t));
  else
    place.add(R"(<span lang="vi">{}</span>)", f.place);
  Fragment body = html::facts(std::vector<html::Fact>{
      {view("feedback.case.place"_t), std::move(place)},
      {view("reorganise.from"_t), html::fill(R"(<span lang="vi">{}</span>)", row.from.name)},
      {view("reorganise.meanwhile"_t), html::fill(R"(<span lang="vi">{}</span>)", row.to.name)}});
  body += choice(view, row, event, refused);
  Fragment out;
  out.add(
      R"(<section class="card" aria-label="{}">
<h2 class="h-m"><a href="{}" translate="no">{}</a></h2>{}</section>)",
      f.code.shown(), Url::in(view, "/staff/feedback/", f.code.text()), f.code.shown(), body);
  return out;
}

std::string list_html(const View& view,
                      const units::Reorganisation& event,
                      const Page& page,
                      bool is_done,
                      const Refused& refused) {
  Fragment body = html::back_link(view, Url::in(view, "/staff"));
  if (is_done)
    body += html::note({.kind = html::NoteKind::ok,
                        .body = html::fill("<p>{}</p>", view("reorganise.settled"_t)),
                        .is_status = true});
  if (refused.error != nullptr)
    body +=
        html::error_summary(view, refused.error, {{"unit", "unit-" + std::string(refused.code)}});
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>
<p class="muted"><span lang="vi">{}, {}</span> · {}</p>)",
           view("reorganise.undetermined_title"_t), view("reorganise.undetermined_lead"_t),
           event.name, event.source, html::day(view, event.day));
  if (page.rows.empty()) body += html::nothing_here(view("reorganise.nothing_waits"_t));
  body.add(R"(<div class="stack">{}</div>)", [&](Fragment& all) {
    for (const Waiting& row : page.rows) all += card(view, row, event.id, refused);
  });
  if (page.next.value != 0)
    body += html::pager(
        view, {.next = Url::in(view, address_of(event.id)).with("after", page.next.value)});
  return html::page(view, {.title = view("reorganise.undetermined_title"_t),
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = refused.error != nullptr,
                           .is_unlisted = true});
}

Result<units::Reorganisation> event_of(const http::Request& request, db::Read& read) {
  auto event = units::find(read, units::ReorganisationId{request.path_number("id")});
  if (!event) return Error{ErrorKind::not_found, "reorganise.no_such_event"_t};
  return *std::move(event);
}

}  // namespace

Result<http::Response> undetermined_page(const http::Request& request,
                                         db::Read& read,
                                         people::Officer officer,
                                         Instant now) {
  TRY(const units::Reorganisation event, event_of(request, read));
  const View view = people::view_of(request, officer.staff());
  const FeedbackId after{request.query.number("after").value_or(0)};
  const Page page = page_of(read, event.id, officer, after, shown_max, local_day(now));
  return http::page(200, list_html(view, event, page, request.query.text("done") == "yes", {}));
}

Result<http::Pending> settle(const http::Request& request,
                             db::Read& read,
                             people::Officer officer,
                             Random& random,
                             Instant now) {
  TRY(const units::Reorganisation event, event_of(request, read));
  TRY(const Feedback feedback, staff::visible_case(read, officer, request.form.text("code")));
  const View view = people::view_of(request, officer.staff());
  const Day today = local_day(now);
  const std::string typed(trimmed(request.form.text("unit")));
  const auto units = units_asked(read, typed, today);
  if (units.size() != 1) {
    const TextKey why = units.empty() ? "reorganise.say_which"_t : "reorganise.several"_t;
    const Error error{ErrorKind::invalid, why, {{"unit", why}}};
    const FeedbackId before{feedback.id.value - 1};
    const Page page = page_of(read, event.id, officer, before, shown_max, today);
    return http::Pending::answer(http::page(
        422, list_html(view, event, page, false, {&error, feedback.code.text(), typed})));
  }
  const std::string there(Url::in(view, address_of(event.id)).with("done", "yes").view());
  return http::Pending::commit(
      [act = OfficerAct{.officer = officer,
                        .code = feedback.code,
                        .revision = request.form.number("revision").value_or(0),
                        .salts = ledger::draw(random),
                        .now = now},
       id = event.id, to = units.front()](db::Write& write) -> Result<Feedback> {
        return settle_move(write, act, id, to);
      },
      [&request, there](const Result<Feedback>& done, std::string_view) {
        return done.ok() ? http::see_other(there) : http::error_response(request, done.error());
      });
}

Fragment undetermined_note(const View& view, db::Read& read, const people::Officer& officer) {
  Fragment out;
  for (const units::Reorganisation& event : units::reorganisations(read)) {
    if (undetermined_moves(read, event.id, FeedbackId{}, 1).empty()) continue;
    if (page_of(read, event.id, officer, FeedbackId{}, 1, event.day).rows.empty()) continue;
    out += html::note(
        {.kind = html::NoteKind::info,
         .body = html::fill(R"(<p>{} <a href="{}">{}</a></p>)", view("reorganise.waits"_t),
                            Url::in(view, address_of(event.id)),
                            view("reorganise.undetermined_title"_t))});
  }
  return out;
}

}  // namespace ln::feedback::moves
