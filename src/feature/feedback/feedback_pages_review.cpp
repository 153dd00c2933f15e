#include "feature/feedback/feedback_pages_review.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "core/attachment/attachment_store.h"
#include "feature/feedback/feedback_actions_held.h"
#include "feature/feedback/feedback_actions_review.h"
#include "feature/feedback/feedback_coach.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_hints.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_copied.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;

// What the page shows, gathered while the database can be read.
struct Sheet {
  const http::Request* request;
  people::Officer officer;
  Feedback feedback;
  Review review;
  std::string author{};
  std::vector<attachment::Attachment> files{};
  std::vector<std::string> earlier{};  // letters of the unit

  View view() const { return people::view_of(*request, officer.staff()); }
  Url url() const { return Url::in(view(), "/staff/feedback/", feedback.code.text(), "/review"); }
};

Result<Sheet> sheet_of(const http::Request& request,
                       db::Read& read,
                       const people::Officer& officer) {
  TRY(Feedback feedback, visible_case(read, officer, request.path_text("code")));
  auto review = current_review(read, feedback);
  if (!review) return Error{ErrorKind::not_found, "feedback.error.no_review"_t};
  Names names(read);
  Sheet sheet{&request, officer, std::move(feedback), *std::move(review)};
  sheet.author = names.of_account(sheet.review.author_id);
  sheet.files = attachment::list(read, {"feedback_review", sheet.feedback.id.value});
  sheet.earlier = last_letters(read, sheet.feedback);
  return sheet;
}

// What the letter comes to, in a few words.
std::string gist_of(const Sheet& sheet) {
  const View view = sheet.view();
  const Letter& letter = sheet.review.letter;
  const std::string name(view(name_of(sheet.review.task, sheet.feedback)));
  switch (sheet.review.task) {
    case Task::promise: return name + ": " + view.voice.day_name(letter.day);
    case Task::decline: return name + ": " + std::string(view(key_of(letter.reason)));
    case Task::redirect: return name;
    default: return std::string(view(key_of(sheet.review.outcome)));
  }
}

Fragment letter_of(const Sheet& sheet) {
  const View view = sheet.view();
  return html::fill(
      R"(<div class="quote" lang="{}"><p><b>{}</b></p>{}{}</div>{})", lang_of(view, sheet.feedback),
      gist_of(sheet), html::paragraphs(sheet.review.text),
      html::paragraphs(sheet.review.task == Task::answer ? sheet.review.evidence
                                                         : sheet.review.letter.where_to),
      [&](Fragment& out) {
        if (sheet.files.empty()) return;
        out.add(R"(<ul class="files">{}</ul>)", [&](Fragment& list) {
          for (const attachment::Attachment& file : sheet.files)
            list.add(R"(<li><a href="{}">{}{} ({})</a></li>)",
                     Url::in(view, "/staff/feedback/", sheet.feedback.code.text(), "/files/",
                             std::string_view(file.token)),
                     html::icon("paperclip"), file.name, view.voice.bytes(file.size));
        });
      });
}

Fragment decision_form(const Sheet& sheet, const http::Fields& typed, const Error* error) {
  const View view = sheet.view();
  if (sheet.review.is_returned || !may_review(sheet.officer, sheet.feedback, sheet.review))
    return html::note({.kind = html::NoteKind::info,
                       .body = html::fill("<p>{}</p>", view(sheet.review.is_returned
                                                                ? "feedback.review.is_returned"_t
                                                                : "feedback.review.not_you"_t))});
  Fragment fields = html::hidden("revision", std::to_string(sheet.feedback.revision));
  fields += html::textarea(view, {.name = "text",
                                  .label = {view("feedback.review.note"_t)},
                                  .hint = view("feedback.review.note_hint"_t),
                                  .error = html::error_for(view, error, "text"),
                                  .value = typed.text("text"),
                                  .rows = 4,
                                  .chars_max = static_cast<int>(note_chars_max)});
  fields.add(R"(<div class="actions">{}{}</div>)",
             html::button({.text = view("feedback.review.approve"_t),
                           .icon_after = "send",
                           .name = "step",
                           .value = "approve",
                           .once = true}),
             html::button({.text = view("feedback.review.return"_t),
                           .kind = html::ButtonKind::secondary,
                           .name = "step",
                           .value = "return"}));
  return html::form(view, {.action = sheet.url(), .body = std::move(fields), .css_class = "sp"});
}

std::string sheet_html(const Sheet& sheet, const http::Fields& typed, const Error* error) {
  const View view = sheet.view();
  const std::string code = sheet.feedback.code.shown();
  Fragment before = html::breadcrumbs(view,
                                      {{view("feedback.staff.queue"_t), Url::in(view, "/staff")},
                                       {code, case_url(view, sheet.feedback)}},
                                      view("feedback.review.title"_t));
  Fragment body = html::error_summary(view, error);
  const std::string at = view.voice.moment(sheet.review.at);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p><h2 class="h-m">{}</h2>
<div class="quote" lang="{}">{}</div><h2 class="h-m sp">{}</h2>)",
           view("feedback.review.title"_t),
           view.voice("feedback.review.written"_t, {{"name", sheet.author}, {"moment", at}}),
           view("feedback.staff.citizen_wrote"_t), lang_of(view, sheet.feedback),
           html::paragraphs(sheet.feedback.body), view("feedback.review.letter"_t));
  body += letter_of(sheet);
  body += hints_note(view, sheet.feedback, {}, sheet.earlier, sheet.review.text);
  body += decision_form(sheet, typed, error);
  return html::page(view,
                    {.title = std::string(view("feedback.review.title"_t)) + " · " + code,
                     .here = "/staff",
                     .body = html::columns({.before = std::move(before), .body = std::move(body)}),
                     .is_staff = true,
                     .has_errors = error != nullptr,
                     .is_unlisted = true});
}

// What changed meanwhile, read in the transaction that refused.
struct NewerReview {
  std::optional<Feedback> feedback{};
  std::optional<Review> review{};
};

http::Response refused_review(Sheet sheet, const Error& error, const NewerReview& newer) {
  if (error.kind == ErrorKind::invalid)
    return http::page(422, sheet_html(sheet, sheet.request->form, &error));
  const bool is_seen = newer.feedback && newer.review && may_see(*newer.feedback, sheet.officer) &&
                       newer.review->author_id == sheet.review.author_id;
  if (error.kind != ErrorKind::conflict || !is_seen)
    return http::error_response(*sheet.request, error);
  sheet.feedback = *newer.feedback;
  sheet.review = *newer.review;
  return http::page(409, sheet_html(sheet, sheet.request->form, &error));
}

}  // namespace

Result<http::Response> review_page(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer) {
  TRY(const Sheet sheet, sheet_of(request, read, officer));
  return http::page(200, sheet_html(sheet, request.form, nullptr));
}

Result<http::Pending> do_review(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Random& random,
                                Instant now) {
  TRY(Sheet sheet, sheet_of(request, read, officer));
  const bool is_approved = request.form.text("step") == "approve";
  const OfficerAct act{.officer = officer,
                       .code = sheet.feedback.code,
                       .revision = request.form.number("revision").value_or(0),
                       .salts = ledger::draw(random),
                       .now = now};
  auto newer = std::make_shared<NewerReview>();
  const bool is_held =
      sheet.review.task == Task::decline && petition::sort_of(to_text(sheet.review.letter.reason));
  return http::Pending::commit(
      [act, is_approved, newer,
       sealed = is_held ? sealed_contact(read, sheet.feedback.id, random) : std::string(),
       note = std::string(trimmed(request.form.text("text")))](db::Write& write) {
        auto result =
            is_approved ? approve_review(write, act, sealed) : return_review(write, act, note);
        if (!result.ok()) {
          newer->feedback = find(write, act.code);
          if (newer->feedback) newer->review = current_review(write, *newer->feedback);
        }
        return result;
      },
      [sheet = std::move(sheet), newer](const Result<Feedback>& result, std::string_view) {
        if (!result.ok()) return refused_review(sheet, result.error(), *newer);
        // What was found to be a complaint is nobody's to see any more.
        const View view = sheet.view();
        const Url url = may_see(result.value(), sheet.officer) ? case_url(view, result.value())
                                                               : Url::in(view, "/staff");
        return http::see_other(std::string(url.with("done", "review").view()));
      });
}

Result<http::Response> reviews_page(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer,
                                    Instant now) {
  const View view = people::view_of(request, officer.staff());
  Names names(read);
  Fragment rows;
  for (const std::string& top : officer.tops())
    for (const FeedbackId id : waiting_reviews(read, top)) {
      const auto feedback = find(read, id);
      const auto review = feedback ? current_review(read, *feedback) : std::nullopt;
      if (!review || !may_see(*feedback, officer)) continue;
      const Clock clock = clock_of(view, *feedback, now);
      const bool is_theirs = may_review(officer, *feedback, *review);
      const Fragment what =
          html::fill(R"(<th scope="row" class="what"><a href="{}" lang="{}">{}</a></th>)",
                     Url::in(view, "/staff/feedback/", feedback->code.text(), "/review"),
                     lang_of(view, *feedback), sent_title(view, *feedback));
      rows.add(
          R"(<tr>{}<td data-l="{}">{}</td><td data-l="{}">{}</td><td data-l="{}">{}</td></tr>)",
          what, view("feedback.staff.column_due"_t), html::badge(clock.tone, "clock", clock.words),
          view("feedback.review.author"_t), names.of_account(review->author_id),
          view("feedback.review.who_reads"_t),
          view(is_theirs ? "feedback.review.you"_t : "feedback.review.another"_t));
    }
  Fragment body =
      html::breadcrumbs(view, {{view("feedback.staff.queue"_t), Url::in(view, "/staff")}},
                        view("feedback.review.list"_t));
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("feedback.review.list"_t),
           view("feedback.review.list_lead"_t));
  if (rows.empty())
    body += html::nothing_here(view("feedback.review.none"_t));
  else
    body.add(
        R"(<table class="tbl tbl--stack queue"><caption class="vh">{}</caption><thead><tr>
<th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th>
</tr></thead><tbody>{}</tbody></table>)",
        view("feedback.review.list"_t), view("feedback.staff.column_what"_t),
        view("feedback.staff.column_due"_t), view("feedback.review.author"_t),
        view("feedback.review.who_reads"_t), rows);
  return http::page(
      200, html::page(view, {.title = view("feedback.review.list"_t),
                             .here = "/staff",
                             .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                             .is_staff = true,
                             .is_unlisted = true}));
}

Fragment review_note(const View& view, db::Read& read, const Feedback& feedback) {
  const auto review = is_over(feedback.state) ? std::nullopt : current_review(read, feedback);
  if (!review) return {};
  const std::string code = feedback.code.text();
  const Url url = review->is_returned
                      ? Url::in(view, "/staff/feedback/", code, "/", to_text(review->task))
                      : Url::in(view, "/staff/feedback/", code, "/review");
  return html::note(
      {.kind = html::NoteKind::warn,
       .heading =
           view(review->is_returned ? "feedback.review.came_back"_t : "feedback.review.waits"_t),
       .body = html::fill(R"({}<p><a href="{}">{}</a></p>)", html::paragraphs(review->note), url,
                          view(review->is_returned ? "feedback.review.write_again"_t
                                                   : "feedback.review.read_it"_t))});
}

std::vector<std::string> last_letters(db::Read& read, const Feedback& feedback) {
  std::vector<std::string> all;
  for (std::string& each : last_answers(read, feedback.unit_path, feedback.id)) {
    if (const std::size_t cut = each.rfind("\n\n"); cut != std::string::npos)
      all.push_back(each.substr(0, cut));
    all.push_back(std::move(each));
  }
  return all;
}

Fragment hints_note(const View& view,
                    const Feedback& feedback,
                    const std::vector<Template>& templates,
                    const std::vector<std::string>& earlier,
                    std::string_view text) {
  auto hints = hints_for(text);
  for (const TextKey hint : hints_beside(text, feedback.body, earlier)) hints.push_back(hint);
  if (std::ranges::any_of(templates,
                          [&](const Template& each) { return is_little_else(text, each.text); }))
    hints.push_back("feedback.coach.template"_t);
  if (hints.empty()) return {};
  return html::note({.kind = html::NoteKind::info,
                     .heading = view("feedback.coach.title"_t),
                     .body = html::fill("<ul>{}</ul>", [&](Fragment& list) {
                       for (const TextKey hint : hints) list.add("<li>{}</li>", view(hint));
                     })});
}

}  // namespace ln::feedback::staff
