#include "feature/feedback/feedback_pages_reorganise.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "core/units/units_actions_reorganise.h"
#include "core/units/units_csv.h"
#include "core/units/units_csv_cells.h"
#include "engine/merkle/merkle.h"
#include "feature/feedback/feedback_actions_move.h"
#include "feature/feedback/feedback_actions_reorganise.h"
#include "feature/feedback/feedback_store_move.h"
#include "platform/file/file.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback::reorganise {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::size_t named_max = 50;  // units and troubles that are told by name

struct Asked {
  std::string date{}, name{}, source{};
  std::string list{}, mapping{};  // the bytes of the files
  std::string seen{};             // hash of what the preview showed
  bool applies = false;
};

std::string file_in(const http::Request& request, std::string_view field) {
  for (const http::Upload& upload : request.uploads)
    if (upload.field == field && upload.size <= static_cast<std::int64_t>(units::csv_size_max))
      return file::read_file(upload.path, units::csv_size_max).value_or("");
  return {};
}

Asked asked_of(const http::Request& request) {
  return {.date = std::string(trimmed(request.form.text("date"))),
          .name = std::string(trimmed(request.form.text("name"))),
          .source = std::string(trimmed(request.form.text("source"))),
          .list = file_in(request, "list"),
          .mapping = file_in(request, "mapping"),
          .seen = std::string(request.form.text("seen")),
          .applies = request.form.text("step") == "apply"};
}

std::string hash_of(const Asked& asked) {
  const std::string all = asked.date + "\n" + asked.list + std::string(1, '\0') + asked.mapping;
  return to_base64(merkle::sha256(as_bytes(all)));
}

TextKey name_of(units::Stage stage) {
  switch (stage) {
    case units::Stage::planned: return "reorganise.stage.planned"_t;
    case units::Stage::moving: return "reorganise.stage.moving"_t;
    case units::Stage::done: break;
  }
  return "reorganise.stage.done"_t;
}

// Takes back an event that has not begun.
Fragment withdraw_form(const View& view, const units::Reorganisation& event) {
  const std::string id = std::to_string(event.id.value);
  const std::string box = "sure-" + id;
  Fragment fields = html::checkboxes(
      view, {.name = "sure",
             .choices = {{.value = "yes", .text = view("reorganise.withdraw_sure"_t)}},
             .id = box});
  fields += html::button(
      {.text = view("reorganise.withdraw"_t), .kind = html::ButtonKind::warning, .once = true});
  return html::details(
      view("reorganise.withdraw"_t),
      html::form(view, {.action = Url::in(view, "/staff/reorganisation/", id, "/withdraw"),
                        .body = std::move(fields)}),
      false);
}

Fragment past(const View& view, db::Read& read) {
  Fragment out;
  const auto all = units::reorganisations(read);
  out.add(R"(<h2 class="h-m sp">{}</h2>)", view("reorganise.past"_t));
  if (all.empty()) return out += html::nothing_here(view("reorganise.none"_t)), out;
  out.add(R"(<ul class="govuk-list">{}</ul>)", [&](Fragment& list) {
    for (const units::Reorganisation& each : all) {
      const MoveCounts counts = count_moves(read, each.id);
      list.add(R"(<li><b><span lang="vi">{}</span></b>, {} · {}<br>
<span class="muted" lang="vi">{}</span><br>{}{}</li>)",
               each.name, html::day(view, each.day), view(name_of(each.stage)), each.source,
               view.voice("reorganise.moved"_t,
                          {{"moved", view.voice.number(counts.moved)},
                           {"undetermined", view.voice.number(counts.undetermined)}}),
               each.stage == units::Stage::planned ? withdraw_form(view, each) : Fragment());
    }
  });
  return out;
}

Fragment plan_lines(const View& view, const units::Plan& plan, const MovePreview& moves) {
  const auto number = [&](auto value) {
    return view.voice.number(static_cast<std::int64_t>(value));
  };
  Fragment out;
  out.add(R"(<h2 class="h-m" id="preview">{}</h2><ul class="govuk-list govuk-list--bullet">
<li>{}</li><li>{}</li><li>{}</li><li>{}</li></ul>)",
          view("reorganise.preview"_t),
          view.voice("reorganise.units"_t, {{"opening", number(plan.opening.size())},
                                            {"closing", number(plan.closing.size())},
                                            {"staying", number(plan.staying)},
                                            {"carried", number(plan.carried)}}),
          view.voice("reorganise.relations"_t,
                     {{"full", number(plan.count(units::Relation::full))},
                      {"partial", number(plan.count(units::Relation::partial))},
                      {"keep", number(plan.count(units::Relation::keep))},
                      {"renamed", number(plan.count(units::Relation::renamed))}}),
          view.voice("reorganise.open"_t, {{"splits", number(plan.splits.size())},
                                           {"undetermined", number(plan.undetermined.size())},
                                           {"abolished", number(plan.abolished.size())},
                                           {"unexplained", number(plan.unexplained.size())}}),
          view.voice("reorganise.moves"_t, {{"cases", number(moves.cases)},
                                            {"undecided", number(moves.undecided)},
                                            {"roles", number(moves.roles)},
                                            {"desks", number(moves.desks)}}));
  return out;
}

Fragment named_units(const View& view, TextKey heading, const std::vector<units::Unit>& all) {
  Fragment out;
  if (all.empty()) return out;
  Fragment list;
  for (std::size_t i = 0; i < std::min(named_max, all.size()); ++i)
    list.add(R"(<li lang="vi">{} <small class="muted" translate="no">{}</small></li>)", all[i].name,
             all[i].code);
  return html::details(view(heading), html::fill(R"(<ul class="govuk-list">{}</ul>)", list));
}

Fragment troubles(const View& view, const units::Plan& plan) {
  Fragment list;
  for (std::size_t i = 0; i < std::min(named_max, plan.troubles.size()); ++i) {
    const units::Trouble& each = plan.troubles[i];
    list.add("<li>{} <b>{}</b>: {}</li>",
             view.voice(each.in_mapping ? "reorganise.in_mapping"_t : "reorganise.in_list"_t,
                        {{"line", view.voice.number(static_cast<std::int64_t>(each.line))}}),
             each.code, view(each.what));
  }
  return html::note(
      {.kind = html::NoteKind::warn,
       .heading = view("units.reorganise.troubles"_t),
       .body = html::fill(R"(<ul class="govuk-list govuk-list--bullet">{}</ul>)", list)});
}

Fragment fields(const View& view, const Asked& asked, const Error* error, bool may_apply) {
  Fragment out = html::input(view, {.name = "date",
                                    .label = {view("reorganise.date"_t)},
                                    .hint = view("reorganise.date_hint"_t),
                                    .error = html::error_for(view, error, "date"),
                                    .value = asked.date,
                                    .width = 10,
                                    .autocomplete = "off"});
  out += html::input(view, {.name = "name",
                            .label = {view("reorganise.name"_t)},
                            .error = html::error_for(view, error, "name"),
                            .value = asked.name,
                            .autocomplete = "off"});
  out += html::input(view, {.name = "source",
                            .label = {view("reorganise.source"_t)},
                            .hint = view("reorganise.source_hint"_t),
                            .error = html::error_for(view, error, "source"),
                            .value = asked.source,
                            .autocomplete = "off"});
  out += html::file_upload(view, {.name = "list",
                                  .label = {view("reorganise.list"_t)},
                                  .hint = view("reorganise.list_hint"_t),
                                  .error = html::error_for(view, error, "list"),
                                  .accept = ".csv,text/csv"});
  out += html::file_upload(view, {.name = "mapping",
                                  .label = {view("reorganise.mapping"_t)},
                                  .hint = view("reorganise.mapping_hint"_t),
                                  .error = html::error_for(view, error, "mapping"),
                                  .accept = ".csv,text/csv"});
  if (may_apply) {
    out.add(R"(<p>{}</p>)", view("reorganise.same_files"_t));
    out += html::hidden("seen", hash_of(asked));
  }
  out.add(R"(<div class="row">{}{}</div>)",
          html::button({.text = view("reorganise.look"_t),
                        .kind = may_apply ? html::ButtonKind::secondary : html::ButtonKind::primary,
                        .name = "step",
                        .value = "preview"}),
          [&](Fragment& more) {
            if (may_apply)
              more += html::button({.text = view("reorganise.apply"_t),
                                    .kind = html::ButtonKind::warning,
                                    .name = "step",
                                    .value = "apply",
                                    .once = true});
          });
  return out;
}

struct Shown {
  const Error* error = nullptr;
  const units::Plan* plan = nullptr;
  MovePreview moves{};
  bool is_done = false;
};

std::string page_html(const View& view, db::Read& read, const Asked& asked, const Shown& shown) {
  Fragment body;
  if (shown.is_done)
    body += html::note({.kind = html::NoteKind::ok,
                        .body = html::fill("<p>{}</p>", view("reorganise.applied"_t)),
                        .is_status = true});
  body += html::error_summary(view, shown.error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("reorganise.title"_t),
           view("reorganise.lead"_t));
  const bool may_apply = shown.plan != nullptr && shown.plan->troubles.empty();
  if (shown.plan != nullptr) {
    body += plan_lines(view, *shown.plan, shown.moves);
    if (!may_apply) body += troubles(view, *shown.plan);
    body += named_units(view, "reorganise.named_undetermined"_t, shown.plan->undetermined);
    body += named_units(view, "reorganise.named_splits"_t, shown.plan->splits);
    body += named_units(view, "reorganise.named_abolished"_t, shown.plan->abolished);
  }
  body.add(R"(<h2 class="h-m sp">{}</h2>)", view("reorganise.new"_t));
  body += html::form(view, {.action = Url::in(view, "/staff/reorganisation"),
                            .body = fields(view, asked, shown.error, may_apply),
                            .is_multipart = true});
  body += past(view, read);
  return html::page(view, {.title = view("reorganise.title"_t),
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = shown.error != nullptr,
                           .is_unlisted = true});
}

// What is wrong with what was filled in, before the files are read.
std::optional<Error> wrong_with(const Asked& asked) {
  FieldErrors errors;
  if (!units::parse_day(asked.date)) errors.add("date", "units.error.csv_date"_t);
  if (asked.name.empty()) errors.add("name", "units.reorganise.words"_t);
  if (asked.source.empty()) errors.add("source", "units.reorganise.words"_t);
  if (asked.list.empty()) errors.add("list", "reorganise.no_file"_t);
  if (asked.mapping.empty()) errors.add("mapping", "reorganise.no_file"_t);
  if (errors.empty()) return std::nullopt;
  return errors.take();
}

// The refusal of a file names "mapping line 12"; the form has a field "mapping".
Error beside_file(const View& view, const Error& error) {
  static_cast<void>(view);
  Error shown = error;
  for (FieldError& field : shown.fields) field.field = field.field.substr(0, field.field.find(' '));
  return shown;
}

}  // namespace

Result<http::Response> reorganisations_page(const http::Request& request,
                                            db::Read& read,
                                            people::Administrator administrator) {
  const View view = people::view_of(request, administrator.staff());
  return http::page(200,
                    page_html(view, read, {}, {.is_done = request.query.text("done") == "yes"}));
}

Result<http::Pending> apply(const http::Request& request,
                            db::Read& read,
                            people::Administrator administrator,
                            Instant now) {
  const View view = people::view_of(request, administrator.staff());
  const Asked asked = asked_of(request);
  const auto show = [&](int status, const Shown& shown) {
    return http::Pending::answer(http::page(status, page_html(view, read, asked, shown)));
  };
  if (const auto wrong = wrong_with(asked)) return show(422, {.error = &*wrong});
  const units::ReorganisationWish wish{.day = *units::parse_day(asked.date),
                                       .name = asked.name,
                                       .source = asked.source,
                                       .list = asked.list,
                                       .mapping = asked.mapping,
                                       .by = administrator.id().value};
  const auto plan = units::preview(read, wish);
  if (!plan.ok()) {
    const Error error = beside_file(view, plan.error());
    return show(422, {.error = &error});
  }
  const Shown previewed{.plan = &plan.value(), .moves = preview_moves(read, plan.value())};
  const bool was_seen = asked.applies && asked.seen == hash_of(asked);
  if (!was_seen || !plan.value().troubles.empty()) return show(200, previewed);
  const std::string there(Url::in(view, "/staff/reorganisation").with("done", "yes").view());
  return http::Pending::commit(
      [asked, wish, now](db::Write& write) {
        units::ReorganisationWish mine = wish;
        mine.list = asked.list;
        mine.mapping = asked.mapping;
        return announce_reorganisation(write, mine, now);
      },
      [&request, there](const Result<units::Announced>& done, std::string_view) {
        return done.ok() ? http::see_other(there) : http::error_response(request, done.error());
      });
}

Result<http::Pending> withdraw(const http::Request& request,
                               db::Read& read,
                               people::Administrator administrator,
                               Instant now) {
  const View view = people::view_of(request, administrator.staff());
  const units::ReorganisationId id{request.path_number("id")};
  if (request.form.text("sure") != "yes") {
    const Error unsure{ErrorKind::invalid, "reorganise.withdraw_unsure"_t, {}};
    return http::Pending::answer(http::page(422, page_html(view, read, {}, {.error = &unsure})));
  }
  const std::string there(Url::in(view, "/staff/reorganisation").view());
  return http::Pending::commit(
      [id, now](db::Write& write) { return withdraw_reorganisation(write, id, now); },
      [&request, there](const Result<Done>& done, std::string_view) {
        return done.ok() ? http::see_other(there) : http::error_response(request, done.error());
      });
}

}  // namespace ln::feedback::reorganise
