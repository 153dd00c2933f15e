// What officers hide: pictures with boxes over parts of them, and whole texts taken down.
#include <algorithm>

#include "core/attachment/attachment_cover.h"
#include "core/attachment/attachment_store.h"
#include "feature/feedback/feedback_actions_moderation.h"
#include "feature/feedback/feedback_pages_boxes.h"
#include "feature/feedback/feedback_pages_moderation.h"
#include "feature/feedback/feedback_pages_staff_forms.h"
#include "feature/feedback/feedback_pages_staff_moderation.h"
#include "feature/feedback/feedback_store_moderation.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback::staff {
namespace {

using attachment::Attachment;
using html::Fragment;
using html::Url;
using html::View;

// One picture on its way to the public: what is shown, and shown again when something is wrong.
struct Easel {
  const http::Request* request;
  people::Officer officer;
  Feedback feedback;
  Attachment picture;
  bool is_shown = false;     // some of it is public now
  http::Fields before = {};  // the boxes of the last time
  View view() const { return people::view_of(*request, officer.staff()); }
};

Result<Feedback> publishable(db::Read& read,
                             const http::Request& request,
                             const people::Officer& officer) {
  TRY(Feedback feedback, visible_case(read, officer, request.path_text("code")));
  if (!may_act(officer, Task::publish, feedback))
    return Error{ErrorKind::forbidden, "feedback.error.not_your_part"_t};
  return feedback;
}

http::Fields fields_of_boxes(std::string_view boxes) {
  http::Fields out;
  const auto all = file::boxes_from(boxes);
  if (!all) return out;
  int number = 0;
  for (const file::Box& box : *all) {
    const std::string name = "box" + std::to_string(++number);
    out.add(name + "-left", std::to_string(box.left));
    out.add(name + "-top", std::to_string(box.top));
    out.add(name + "-width", std::to_string(box.width));
    out.add(name + "-height", std::to_string(box.height));
  }
  return out;
}

Result<Easel> easel_for(db::Read& read,
                        const http::Request& request,
                        const people::Officer& officer) {
  TRY(Feedback feedback, publishable(read, request, officer));
  auto picture = picture_of(read, feedback, request.path_text("token"));
  if (!picture) return Error{ErrorKind::not_found, "feedback.error.no_such_file"_t};
  Easel easel{&request, officer, std::move(feedback), *std::move(picture)};
  easel.is_shown = attachment::shown_for(read, easel.picture.id).has_value();
  for (const Moderation& row : moderations_of(read, easel.feedback.id))
    if (row.picture == easel.picture.id && !row.boxes.empty())
      easel.before = fields_of_boxes(row.boxes);
  return easel;
}

// The picture under a net of ten by ten, with the boxes as they are typed. Lengths are percent, so
// what is read off the net can be typed as it is.
Fragment picture_with_boxes(const Easel& easel, std::span<const file::Box> boxes) {
  const View view = easel.view();
  const Url source = Url::in(view, "/staff/feedback/", easel.feedback.code.text(), "/files/",
                             std::string_view(easel.picture.token));
  const int width = std::max(1, easel.picture.width), height = std::max(1, easel.picture.height);
  Fragment marks;
  for (int percent = 10; percent < 100; percent += 10)
    marks.add(
        R"(<line x1="{}%" y1="0" x2="{}%" y2="100%"/><line x1="0" y1="{}%" x2="100%" y2="{}%"/>)",
        percent, percent, percent, percent);
  Fragment numbers;
  const int letters = std::max(8, width / 40);
  for (int percent = 10; percent < 100; percent += 10)
    numbers.add(R"(<text x="{}%" y="{}" font-size="{}">{}</text>)"
                R"(<text x="0" y="{}%" font-size="{}">{}</text>)",
                percent, letters, letters, percent, percent, letters, percent);
  Fragment covers;
  for (const file::Box& box : boxes)
    covers.add(R"(<rect x="{}%" y="{}%" width="{}%" height="{}%"/>)", box.left, box.top, box.width,
               box.height);
  // The net lies over the boxes and must not catch the pointer.
  Fragment out = html::fill(
      R"(<svg role="img" viewBox="0 0 {} {}" width="100%" data-boxes="{}"><title>{}</title>
<image href="{}" width="100%" height="100%"/>
<g fill="black" stroke="white" stroke-width="2" data-covers>{}</g>
<g stroke="white" stroke-opacity="0.7" stroke-width="1" pointer-events="none">{}</g>
<g fill="white" stroke="black" stroke-width="0.5" pointer-events="none">{}</g></svg>)",
      width, height, file::boxes_max, view("feedback.picture.alt"_t), source, covers, marks,
      numbers);
  // Only with the script, which shows it.
  out.add(R"(<div data-boxes-help hidden><p>{}</p><p class="row"><button type="button")"
          R"( class="govuk-button govuk-button--secondary" data-boxes-remove disabled>{}</button>)"
          R"(<span role="status" data-boxes-said></span></p></div>)",
          view("feedback.picture.draw"_t), view("feedback.picture.remove"_t));
  return out;
}

Fragment box_fields(const View& view, const http::Fields& typed, const Error* error) {
  struct Side {
    const char* name;
    TextKey label;
  };
  const Side sides[] = {{"-left", "feedback.picture.left"_t},
                        {"-top", "feedback.picture.top"_t},
                        {"-width", "feedback.picture.width"_t},
                        {"-height", "feedback.picture.height"_t}};
  std::size_t filled = 0;
  for (std::size_t i = 1; i <= file::boxes_max; ++i)
    for (const Side& side : sides)
      if (!typed.text("box" + std::to_string(i) + side.name).empty()) filled = i;
  Fragment out;
  for (std::size_t i = 1; i <= std::min(file::boxes_max, filled + 3); ++i) {
    const std::string name = "box" + std::to_string(i);
    Fragment inputs;
    for (const Side& side : sides) {
      const std::string field = name + side.name;
      inputs += html::input(view, {.name = field,
                                   .label = {view(side.label)},
                                   .error = html::error_for(view, error, field),
                                   .value = typed.text(field),
                                   .width = 3,
                                   .inputmode = "numeric",
                                   .suffix = "%"});
    }
    const std::string legend =
        view.voice("feedback.picture.box"_t, {{"number", std::to_string(i)}});
    out += html::fieldset(view, {.legend = {legend, html::Size::s},
                                 .body = html::fill(R"(<div class="row">{}</div>)", inputs)});
  }
  return out;
}

std::string picture_html(const Easel& easel, const http::Fields& typed, const Error* error) {
  const View view = easel.view();
  const Feedback& f = easel.feedback;
  const std::string code = f.code.shown();
  const auto boxes = boxes_of_form(typed);
  Fragment fields = html::hidden("revision", std::to_string(f.revision));
  fields += box_fields(view, typed, error);
  fields += html::button({.text = view("feedback.picture.look"_t),
                          .kind = html::ButtonKind::secondary,
                          .name = "step",
                          .value = "look"});
  fields += html::checkboxes(
      view, {.name = "looked",
             .error = html::error_for(view, error, "looked"),
             .choices = {{.value = "yes", .text = view("feedback.picture.looked"_t)}},
             .values = {typed.text("looked")}});
  fields += hide_reasons(view, typed.text("reason"), error);
  fields.add(
      R"(<div class="actions">{}{}</div>)",
      html::button(
          {.text = view("feedback.picture.show"_t), .name = "step", .value = "show", .once = true}),
      html::button({.text = view("feedback.picture.withhold"_t),
                    .kind = html::ButtonKind::secondary,
                    .name = "step",
                    .value = "withhold",
                    .once = true}));
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>{})", view("feedback.picture.title"_t),
           view("feedback.picture.lead"_t),
           picture_with_boxes(easel, boxes.ok() ? std::span<const file::Box>(boxes.value())
                                                : std::span<const file::Box>()));
  body += html::form(view, {.action = Url::in(view, "/staff/feedback/", f.code.text(), "/pictures/",
                                              std::string_view(easel.picture.token)),
                            .body = std::move(fields),
                            .css_class = "sp"});
  Fragment crumbs = html::breadcrumbs(
      view, {{view("feedback.staff.queue"_t), Url::in(view, "/staff")}, {code, case_url(view, f)}},
      view("feedback.picture.title"_t));
  return html::page(view,
                    {.title = std::string(view("feedback.picture.title"_t)) + " · " + code,
                     .here = "/staff",
                     .body = html::columns({.before = std::move(crumbs), .body = std::move(body)}),
                     .is_staff = true,
                     .has_errors = error != nullptr,
                     .is_unlisted = true});
}

http::Response picture_answer(const Easel& easel, const Result<Feedback>& result) {
  if (!result.ok()) return http::error_response(*easel.request, result.error());
  return http::see_other(
      std::string(case_url(easel.view(), easel.feedback).with("done", "publish").view()));
}

OfficerAct act_by(const http::Request& request,
                  const people::Officer& officer,
                  const Feedback& feedback,
                  Random& random,
                  Instant now) {
  return {.officer = officer,
          .code = feedback.code,
          .revision = request.form.number("revision").value_or(0),
          .salts = ledger::draw(random),
          .now = now};
}

Error refuse_at(std::string_view field, TextKey text) {
  return {ErrorKind::invalid, text, {{std::string(field), text}}};
}

std::string withdraw_html(const http::Request& request,
                          const people::Officer& officer,
                          const Feedback& f,
                          const Error* error) {
  const View view = people::view_of(request, officer.staff());
  Fragment fields = html::hidden("revision", std::to_string(f.revision));
  fields += hide_reasons(view, request.form.text("reason"), error);
  fields += html::button(
      {.text = view("feedback.withdraw.send"_t), .kind = html::ButtonKind::warning, .once = true});
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("feedback.withdraw.title"_t),
           view("feedback.withdraw.lead"_t));
  body += html::form(view, {.action = Url::in(view, "/staff/feedback/", f.code.text(), "/withdraw"),
                            .body = std::move(fields)});
  Fragment crumbs = html::breadcrumbs(view,
                                      {{view("feedback.staff.queue"_t), Url::in(view, "/staff")},
                                       {f.code.shown(), case_url(view, f)}},
                                      view("feedback.withdraw.title"_t));
  return html::page(
      view, {.title = std::string(view("feedback.withdraw.title"_t)) + " · " + f.code.shown(),
             .here = "/staff",
             .body = html::columns({.before = std::move(crumbs), .body = std::move(body)}),
             .is_staff = true,
             .has_errors = error != nullptr,
             .is_unlisted = true});
}

}  // namespace

Fragment hide_reasons(const View& view, std::string_view chosen, const Error* error) {
  std::vector<html::Choice> choices;
  for (const HideReason each : all_hide_reasons)
    choices.push_back({.value = to_text(each), .text = view(key_of(each))});
  return html::radios(view, {.name = "reason",
                             .legend = {view("feedback.hide_reason.legend"_t), html::Size::s},
                             .hint = view("feedback.hide_reason.hint"_t),
                             .error = html::error_for(view, error, "reason"),
                             .choices = std::move(choices),
                             .values = {chosen.empty() ? to_text(HideReason::privacy) : chosen},
                             .arrangement = html::Arrangement::small});
}

Fragment moderation_card(const View& view,
                         db::Read& read,
                         const people::Officer& officer,
                         const Feedback& f,
                         Instant now) {
  const std::vector<Moderation> rows = moderations_of(read, f.id);
  const bool may = f.published_at && is_open_to(officer, Task::publish, f, now);
  if (rows.empty() && !may) return {};
  Fragment body = moderation_list(view, rows);
  if (may) {
    Fragment links;
    int number = 0;
    for (const std::string_view owner : {"feedback", "feedback_answer"})
      for (const Attachment& file : attachment::list(read, {owner, f.id.value})) {
        if (file.kind != attachment::Kind::picture || file.removed_at) continue;
        links.add(R"(<li><a href="{}">{}</a></li>)",
                  Url::in(view, "/staff/feedback/", f.code.text(), "/pictures/",
                          std::string_view(file.token)),
                  view.voice("feedback.picture.prepare"_t, {{"number", std::to_string(++number)}}));
      }
    links.add(R"(<li><a href="{}">{}</a></li>)",
              Url::in(view, "/staff/feedback/", f.code.text(), "/withdraw"),
              view("feedback.withdraw.title"_t));
    body.add(R"(<ul class="plain">{}</ul>)", links);
  }
  return html::card({.icon_name = "eye-off",
                     .heading = view("feedback.moderation.of_case"_t),
                     .body = std::move(body)});
}

Result<http::Response> picture_page(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer) {
  TRY(const Easel easel, easel_for(read, request, officer));
  return http::page(200, picture_html(easel, easel.before, nullptr));
}

Result<http::Pending> picture_post(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Random& random,
                                   Instant now) {
  TRY(Easel easel, easel_for(read, request, officer));
  const http::Fields& typed = request.form;
  const auto refuse = [&](const Error& error) {
    return http::Pending::answer(http::page(422, picture_html(easel, typed, &error)));
  };
  const auto boxes = boxes_of_form(typed);
  const std::string_view step = typed.text("step");
  if (step != "withhold" && !boxes.ok()) return refuse(boxes.error());
  if (step != "withhold" && step != "show")
    return http::Pending::answer(http::page(200, picture_html(easel, typed, nullptr)));
  const auto reason = from_word(all_hide_reasons, typed.text("reason"));
  if (!reason) return refuse(refuse_at("reason", "feedback.error.reason_missing"_t));
  const OfficerAct act = act_by(request, officer, easel.feedback, random, now);
  if (step == "withhold")
    return http::Pending::commit(
        [act, id = easel.picture.id, reason = *reason](db::Write& write) {
          return withhold_picture(write, act, id, reason);
        },
        [easel](const Result<Feedback>& done, std::string_view) {
          return picture_answer(easel, done);
        });
  if (typed.text("looked") != "yes") return refuse(refuse_at("looked", "feedback.error.looked"_t));
  const auto bytes = attachment::bytes_of(read, easel.picture.id);
  if (!bytes) return Error{ErrorKind::not_found, "feedback.error.no_such_file"_t};
  TRY(attachment::Prepared covered, attachment::prepare_covered(*bytes, boxes.value(), random));
  ShowPicture shown{easel.picture.id, std::move(covered), boxes.value(), *reason};
  return http::Pending::commit(
      [act, shown = std::move(shown)](db::Write& write) { return show_picture(write, act, shown); },
      [easel](const Result<Feedback>& done, std::string_view) {
        return picture_answer(easel, done);
      });
}

Result<http::Response> withdraw_page(const http::Request& request,
                                     db::Read& read,
                                     people::Officer officer) {
  TRY(const Feedback feedback, publishable(read, request, officer));
  if (!feedback.published_at) return Error{ErrorKind::conflict, "feedback.error.not_public_now"_t};
  return http::page(200, withdraw_html(request, officer, feedback, nullptr));
}

Result<http::Pending> withdraw_post(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer,
                                    Random& random,
                                    Instant now) {
  TRY(Feedback feedback, publishable(read, request, officer));
  const auto reason = from_word(all_hide_reasons, request.form.text("reason"));
  if (!reason) {
    const Error error = refuse_at("reason", "feedback.error.reason_missing"_t);
    return http::Pending::answer(
        http::page(422, withdraw_html(request, officer, feedback, &error)));
  }
  const OfficerAct act = act_by(request, officer, feedback, random, now);
  return http::Pending::commit(
      [act, reason = *reason](db::Write& write) { return withdraw(write, act, reason); },
      [&request, url = std::string(case_url(people::view_of(request, officer.staff()), feedback)
                                       .with("done", "publish")
                                       .view())](const Result<Feedback>& done, std::string_view) {
        return done.ok() ? http::see_other(url) : http::error_response(request, done.error());
      });
}

}  // namespace ln::feedback::staff
