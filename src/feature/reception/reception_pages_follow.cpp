// Days of which a reorganisation left open where they belong: the list, and the one choice that
// settles each.
#include "feature/reception/reception_pages_follow.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/units/units_store.h"
#include "feature/reception/reception_actions.h"
#include "feature/reception/reception_actions_follow.h"
#include "feature/reception/reception_pages_parts.h"
#include "feature/reception/reception_pages_staff.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::reception::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t settled_a_page = 10;
constexpr std::string_view settle_path = "/staff/receptions/undetermined";

// Those this officer may settle, each once however many roles lead to it, after the day `after`.
std::vector<Reception> waiting_for(db::Read& read,
                                   const people::Officer& officer,
                                   const Open& wanted) {
  std::vector<Reception> all;
  for (const people::Grant& grant : officer.staff().grants()) {
    if (grant.role != people::Role::head) continue;
    Open open = wanted;
    open.path = grant.unit_path;
    for (Reception& each : unsettled(read, open))
      if (std::ranges::find(all, each.id, &Reception::id) == all.end())
        all.push_back(std::move(each));
  }
  std::ranges::sort(all, {}, &Reception::id);
  if (std::ssize(all) > wanted.limit) all.erase(all.begin() + wanted.limit, all.end());
  return all;
}

// What went wrong with one day of the page.
struct Unsettled {
  const Error* error = nullptr;
  std::int64_t id = 0;
  std::string_view typed{};
};

Fragment settle_form(const View& view,
                     const Reception& r,
                     const std::vector<units::Unit>& candidates,
                     const Unsettled& refused) {
  const bool is_this = refused.error != nullptr && refused.id == r.id.value;
  const std::string id = "unit-" + std::to_string(r.id.value);
  const std::string_view error =
      is_this ? html::error_for(view, refused.error, "unit") : std::string_view();
  Fragment fields = html::hidden("id", std::to_string(r.id.value));
  fields += html::hidden("revision", std::to_string(r.revision));
  if (candidates.empty()) {
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
    for (const units::Unit& each : candidates)
      radios.choices.push_back({.value = each.code, .text = each.name});
    fields += html::radios(view, radios);
  }
  fields += html::button({.text = view("reorganise.settle"_t), .once = true});
  return html::form(view, {.action = Url::in(view, settle_path), .body = std::move(fields)});
}

Fragment settle_card(
    const View& view, db::Read& read, const Reception& r, const Unsettled& refused, Instant now) {
  const auto open = open_follow(read, r.id);
  if (!open) return {};
  const std::string title = hours_of(view, r);
  const html::Fact facts[] = {
      {view("reception.receiver"_t), fill(R"(<span lang="vi">{}</span>)", r.receiver)},
      {view("reception.place"_t), fill(R"(<span lang="vi">{}</span>)", r.place)},
      {view("reorganise.from"_t), fill("{}", unit_name(view, read, open->from))},
      {view("reorganise.meanwhile"_t), fill("{}", unit_name(view, read, r.keeper))}};
  Fragment body = html::facts(facts);
  body += settle_form(view, r, candidates_of(read, *open, local_day(now)), refused);
  return fill(R"(<section class="card" aria-label="{}"><h2 class="h-m"><a href="{}">{}</a></h2>)"
              R"({}</section>)",
              title, day_url(view, r.id), title, body);
}

http::Response settle_sheet(const View& view,
                            db::Read& read,
                            const people::Officer& officer,
                            ReceptionId after,
                            const Unsettled& refused,
                            Instant now,
                            bool is_done = false) {
  auto all = waiting_for(read, officer,
                         {.today = local_day(now), .after = after, .limit = settled_a_page + 1});
  const bool has_more = std::ssize(all) > settled_a_page;
  if (has_more) all.pop_back();
  Fragment body = html::back_link(view, Url::in(view, "/staff/receptions"));
  body +=
      html::error_summary(view, refused.error, {{"unit", "unit-" + std::to_string(refused.id)}});
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("reception.settle.title"_t),
           view("reception.settle.lead"_t));
  if (is_done)
    body += html::note({.kind = html::NoteKind::ok,
                        .body = fill("<p>{}</p>", view("reception.settle.done"_t)),
                        .is_status = true});
  if (all.empty()) body += html::nothing_here(view("reception.settle.none"_t));
  for (const Reception& each : all) body += settle_card(view, read, each, refused, now);
  if (has_more)
    body +=
        html::pager(view, {.next = Url::in(view, settle_path).with("after", all.back().id.value)});
  return http::page(refused.error == nullptr ? 200 : http::status_of(refused.error->kind),
                    html::page(view, {.title = view("reception.settle.title"_t),
                                      .here = "/staff",
                                      .body = fill(R"(<div class="wrap form-page">{}</div>)", body),
                                      .is_staff = true,
                                      .has_errors = refused.error != nullptr,
                                      .is_unlisted = true}));
}

}  // namespace

Fragment undetermined_note(const View& view,
                           db::Read& read,
                           const people::Officer& officer,
                           Instant now) {
  if (waiting_for(read, officer, {.today = local_day(now), .limit = 1}).empty()) return {};
  return html::note({.kind = html::NoteKind::warn,
                     .body = fill(R"(<p><a href="{}">{}</a></p>)", Url::in(view, settle_path),
                                  view("reception.settle.waits"_t))});
}

Result<http::Response> undetermined_page(const http::Request& request,
                                         db::Read& read,
                                         people::Officer officer,
                                         Instant now) {
  const View view = people::view_of(request, officer.staff());
  const ReceptionId after{request.query.number("after").value_or(0)};
  return settle_sheet(view, read, officer, after, {}, now, request.query.has("done"));
}

Result<http::Pending> undetermined_post(const http::Request& request,
                                        db::Read& read,
                                        people::Officer officer,
                                        Instant now) {
  const View view = people::view_of(request, officer.staff());
  const Settling settling{.officer = officer,
                          .id = ReceptionId{request.form.number("id").value_or(0)},
                          .revision = request.form.number("revision").value_or(0),
                          .unit_code = std::string(request.form.text("unit")),
                          .now = now};
  // Before the day is settled, as the page of a refusal shows it again.
  const auto again = [&](const Error& error) {
    return settle_sheet(view, read, officer, ReceptionId{settling.id.value - 1},
                        {&error, settling.id.value, request.form.text("unit")}, now);
  };
  const Error unfit{ErrorKind::invalid,
                    "reception.error.settle_unit"_t,
                    {{"unit", "reception.error.settle_unit"_t}}};
  http::Response page = again(unfit);
  const std::string back(Url::in(request.view, settle_path).with("done", "1").view());
  return http::Pending::commit(
      [settling](db::Write& write) { return settle(write, settling); },
      [&request, page = std::move(page), back](const Result<Reception>& done, std::string_view) {
        if (done.ok()) return http::see_other(back);
        if (done.error().kind == ErrorKind::invalid) return page;
        return http::error_response(request, done.error());
      });
}

}  // namespace ln::reception::staff
