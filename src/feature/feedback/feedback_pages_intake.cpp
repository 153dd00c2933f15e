#include "feature/feedback/feedback_pages_intake.h"

#include <algorithm>

#include "core/attachment/attachment_prepare.h"
#include "core/people/people_pages.h"
#include "core/units/units.h"
#include "feature/feedback/feedback_pages_intake_form.h"
#include "feature/feedback/feedback_pages_slip.h"
#include "feature/feedback/feedback_store_intake.h"
#include "platform/db/once.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::feedback::help {
namespace {

using html::Fragment;
using html::Url;
using html::View;

Error not_for_you() { return {ErrorKind::forbidden, "feedback.error.no_intake"_t}; }

http::Response desk_page(int status,
                         const View& view,
                         TextKey title,
                         Fragment body,
                         bool has_errors = false,
                         bool is_once = false) {
  Fragment all = html::fill(R"(<h1 class="h-l">{}</h1>)", view(title));
  all += body;
  return http::page(
      status, html::page(view, {.title = view(title),
                                .here = "/staff",
                                .body = html::fill(R"(<div class="wrap form-page">{}</div>)", all),
                                .is_staff = true,
                                .has_errors = has_errors,
                                .is_unlisted = true,
                                .is_once = is_once}));
}

http::Response form_page(const View& view, const FormShown& shown) {
  Fragment body = html::fill(R"(<p class="lead">{}</p><p class="no-print"><a href="{}">{}</a></p>)",
                             view("feedback.intake.lead"_t), Url::in(view, "/staff/paper"),
                             view("feedback.paper.title"_t));
  body += form_html(view, shown, Url::in(view, "/staff/intake"));
  const bool is_wrong = shown.error.has_value();
  return desk_page(is_wrong ? 422 : 200, view, "feedback.intake.title"_t, std::move(body),
                   is_wrong);
}

// Whoever types about the conduct of their own office: the person may want another way.
bool is_about_own(const people::Officer& clerk, const Feedback& feedback) {
  return feedback.about == About::conduct && !feedback.object_path.empty() &&
         std::ranges::any_of(places_of(clerk), [&](const std::string& place) {
           return units::is_within(place, feedback.object_path) ||
                  units::is_within(feedback.object_path, place);
         });
}

Fragment file_fields(const View& view, const Error* error) {
  Fragment fields = html::file_upload(
      view, {.name = "recording",
             .label = {.text = view("feedback.intake.recording"_t), .is_optional = true},
             .hint = view("feedback.intake.recording_hint"_t),
             .error = html::error_for(view, error, "recording"),
             .accept = "audio/*",
             .size_max = static_cast<std::int64_t>(attachment::size_max),
             .files_max = 1});
  fields += html::file_upload(
      view, {.name = "files",
             .label = {.text = view("feedback.intake.files"_t), .is_optional = true},
             .hint = view("feedback.form.story.files_hint"_t),
             .error = html::error_for(view, error, "files"),
             .accept = attachment::accept,
             .is_multiple = true,
             .size_max = static_cast<std::int64_t>(attachment::size_max),
             .files_max = static_cast<int>(attachment::count_max)});
  return fields;
}

struct ReadBack {
  Draft answers;
  Fragment aloud{};
  bool is_about_own = false;
  std::optional<Error> error{};
};

http::Response read_back_page(const View& view, const ReadBack& shown) {
  const Error* error = shown.error ? &*shown.error : nullptr;
  Fragment body = html::error_summary(view, error);
  body.add(R"(<p class="lead">{}</p>)", view("feedback.intake.aloud"_t));
  if (shown.is_about_own)
    body +=
        html::note({.kind = html::NoteKind::warn,
                    .heading = view("feedback.intake.own_office"_t),
                    .body = html::fill("<p>{}</p>", view("feedback.intake.own_office_text"_t))});
  body += shown.aloud;
  Fragment fields = carried(shown.answers);
  fields += file_fields(view, error);
  fields += html::checkboxes(
      view, {.name = "agreed",
             .error = html::error_for(view, error, "agreed"),
             .choices = {{.value = "yes", .text = view("feedback.intake.agreed"_t)}}});
  fields += html::button(
      {.text = view("feedback.intake.send"_t), .icon_after = "send", .is_big = true, .once = true});
  body += html::form(view, {.action = Url::in(view, "/staff/intake/send"),
                            .body = std::move(fields),
                            .is_multipart = true});
  Fragment back = carried(shown.answers);
  back += html::hidden("edit", "yes");
  back +=
      html::button({.text = view("feedback.intake.edit"_t), .kind = html::ButtonKind::secondary});
  body += html::form(view, {.action = Url::in(view, "/staff/intake"), .body = std::move(back)});
  return desk_page(error != nullptr ? 422 : 200, view, "feedback.intake.read_back_title"_t,
                   std::move(body), error != nullptr);
}

// `token` of the report: a browser that kept it without a network puts it away now.
http::Response slip_page(const View& view, const SlipShown* shown, std::string_view token) {
  Fragment body = html::fill(R"(<div data-sent="{}"></div>)", token);
  body += shown != nullptr ? slip_html(view, *shown) : slip_shown_before(view);
  body.add(R"(<div class="actions">{}</div>)",
           html::link_button(
               Url::in(view, "/staff/intake"),
               {.text = view("feedback.intake.next_person"_t), .icon_after = "arrow-right"}));
  return desk_page(200, view, "feedback.slip.title"_t, std::move(body), false, true);
}

// The files of both fields, or what is wrong with them.
Result<std::vector<attachment::Prepared>> files_of(const http::Request& request,
                                                   Random& random,
                                                   FieldErrors& errors) {
  std::vector<attachment::Prepared> fine;
  for (const char* field : {"recording", "files"}) {
    auto got = attachment::prepare(request.uploads, field, fine.size(), random);
    if (got.ok()) {
      for (attachment::Prepared& file : std::move(got).value()) fine.push_back(std::move(file));
      continue;
    }
    if (got.error().fields.empty()) return std::move(got).error();
    for (const FieldError& each : got.error().fields) errors.add(each.field, each.text);
  }
  return fine;
}

}  // namespace

Result<http::Response> intake_page(const http::Request& request,
                                   db::Read& read,
                                   Random& random,
                                   people::Officer clerk,
                                   Instant now) {
  if (!may_take_in(clerk)) return not_for_you();
  Draft answers;
  answers.set("once", draw_draft_token(random));
  if (const auto code = Code::parse(request.query.text("paper")))
    if (const auto paper = find_paper(read, *code)) {
      answers.set("paper", code->shown());
      answers.set("channel", to_text(Channel::paper));
      answers.set("about", to_text(paper->batch.about));
    }
  return form_page(people::view_of(request, clerk.staff()),
                   gather_form(read, Place::desk, std::move(answers), now));
}

Result<http::Pending> read_back(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                people::Officer clerk,
                                Instant now) {
  if (!may_take_in(clerk)) return not_for_you();
  const View view = people::view_of(request, clerk.staff());
  Draft answers = answers_of(Place::desk, request.form);
  if (!once_key(answers.text("once"))) answers.set("once", draw_draft_token(random));
  const bool edits = request.form.has("edit");
  if (!edits && asks_first(read, answers)) {
    FormShown shown = gather_form(read, Place::desk, std::move(answers), now);
    shown.asks_more = true;
    return http::Pending::answer(form_page(view, shown));
  }
  auto checked = check(read, Place::desk, answers, false, random, now);
  if (!edits && checked.ok())
    return http::Pending::answer(read_back_page(
        view, {.answers = std::move(answers),
               .aloud = aloud_html(view, checked.value()),
               .is_about_own = is_about_own(clerk, checked.value().prepared.feedback)}));
  if (!checked.ok() && checked.error().kind != ErrorKind::invalid)
    return std::move(checked).error();
  FormShown shown = gather_form(read, Place::desk, std::move(answers), now);
  if (!edits) shown.error = checked.error();
  return http::Pending::answer(form_page(view, shown));
}

Result<http::Pending> send_intake(const http::Request& request,
                                  db::Read& read,
                                  Random& random,
                                  people::Officer clerk,
                                  Instant now) {
  if (!may_take_in(clerk)) return not_for_you();
  const View view = people::view_of(request, clerk.staff());
  Draft answers = answers_of(Place::desk, request.form);
  const auto key = once_key(answers.text("once"));
  if (!key) return Error{ErrorKind::invalid, "feedback.error.once"_t};
  if (const auto kept = db::Once::find(read, *key)) {
    const auto shown = slip_again(read, *kept, now);
    return http::Pending::answer(slip_page(view, shown ? &*shown : nullptr, answers.text("once")));
  }
  auto checked = check(read, Place::desk, answers, false, random, now);
  if (!checked.ok()) {
    if (checked.error().kind != ErrorKind::invalid) return std::move(checked).error();
    FormShown shown = gather_form(read, Place::desk, std::move(answers), now);
    shown.error = checked.error();
    return http::Pending::answer(form_page(view, shown));
  }
  FieldErrors errors;
  TRY(auto files, files_of(request, random, errors));
  if (request.form.text("agreed") != "yes") errors.add("agreed", "feedback.error.not_read_back"_t);
  if (!errors.empty())
    return http::Pending::answer(read_back_page(
        view, {.answers = std::move(answers),
               .aloud = aloud_html(view, checked.value()),
               .is_about_own = is_about_own(clerk, checked.value().prepared.feedback),
               .error = errors.take()}));
  TakenIn taken{.prepared = std::move(checked.value().prepared),
                .intake = checked.value().intake,
                .paper = std::move(checked.value().paper)};
  taken.prepared.feedback.entered_by = clerk.id().value;
  taken.prepared.files = std::move(files);
  return http::Pending::commit(
      [taken = std::move(taken), clerk, key = *key, now](db::Write& write) -> Result<SlipShown> {
        if (const auto kept = db::Once::find(write, key))
          if (auto shown = slip_again(write, *kept, now)) return *std::move(shown);
        TRY(const Submitted submitted, take_in(write, clerk, taken, now));
        const Sent sent = sent_of(submitted, taken.prepared);
        db::Once::save(write, key, packed_at(sent, now), sent.received_at);
        return gather_slip(write, sent, submitted.feedback);
      },
      // The view speaks of the clerk by reference, so both are made anew from what is kept.
      [&request, clerk, token = std::string(answers.text("once"))](const Result<SlipShown>& done,
                                                                   std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        return slip_page(people::view_of(request, clerk.staff()), &done.value(), token);
      });
}

}  // namespace ln::feedback::help
