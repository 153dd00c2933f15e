#include "feature/feedback/feedback_pages_kiosk.h"

#include "feature/feedback/feedback_pages_intake_form.h"
#include "feature/feedback/feedback_pages_slip.h"
#include "feature/feedback/feedback_store.h"
#include "platform/db/once.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::feedback::help {
namespace {

using html::Fragment;
using html::Url;
using html::View;

struct Screen {
  TextKey title{};
  Fragment body{};
  int status = 200;
  bool has_errors = false;
};

http::Response screen(const View& view, Screen&& shown) {
  Fragment clear =
      html::link_button(Url::in(view, "/kiosk"), {.text = view("feedback.kiosk.clear"_t),
                                                  .kind = html::ButtonKind::warning,
                                                  .icon_before = "trash-2",
                                                  .is_big = true});
  Fragment all =
      html::fill(R"(<div class="row row--between no-print"><p class="muted">{}</p>{}</div>)"
                 R"(<h1 class="h-l">{}</h1>)",
                 view("feedback.kiosk.nothing_kept"_t), clear, view(shown.title));
  all += shown.body;
  return http::page(
      shown.status,
      html::page(view, {.title = view(shown.title),
                        .body = html::fill(
                            R"(<div class="wrap form-page kiosk" data-clears="{}">{}</div>)",
                            Url::in(view, "/kiosk").view(), all),
                        .has_errors = shown.has_errors,
                        .is_unlisted = true}));
}

http::Response kiosk_form(const View& view, const FormShown& shown) {
  const bool is_wrong = shown.error.has_value();
  Fragment body = html::fill(R"(<p class="lead">{}</p>)", view("feedback.kiosk.lead"_t));
  body += form_html(view, shown, Url::in(view, "/kiosk"));
  return screen(view, {.title = "feedback.kiosk.title"_t,
                       .body = std::move(body),
                       .status = is_wrong ? 422 : 200,
                       .has_errors = is_wrong});
}

http::Response kiosk_answers(const View& view, const Draft& answers, const Checked& checked) {
  Fragment body = aloud_html(view, checked);
  Fragment send = carried(answers);
  send += html::button(
      {.text = view("feedback.form.send"_t), .icon_after = "send", .is_big = true, .once = true});
  body += html::form(view, {.action = Url::in(view, "/kiosk/send"), .body = std::move(send)});
  Fragment back = carried(answers);
  back += html::hidden("edit", "yes");
  back += html::button({.text = view("feedback.intake.edit"_t),
                        .kind = html::ButtonKind::secondary,
                        .is_big = true});
  body += html::form(view, {.action = Url::in(view, "/kiosk"), .body = std::move(back)});
  return screen(view, {.title = "feedback.form.check.heading"_t, .body = std::move(body)});
}

http::Response kiosk_slip(const View& view, const SlipShown* shown) {
  return screen(view,
                {.title = "feedback.slip.title"_t,
                 .body = shown != nullptr ? slip_html(view, *shown) : slip_shown_before(view)});
}

bool in_english(const http::Request& request) {
  return request.view.voice.language() == i18n::Language::en;
}

}  // namespace

Result<http::Response> kiosk_page(const http::Request& request,
                                  db::Read& read,
                                  Random& random,
                                  Instant now) {
  Draft answers;
  answers.set("once", draw_draft_token(random));
  return kiosk_form(request.view, gather_form(read, Place::kiosk, std::move(answers), now));
}

Result<http::Pending> kiosk_read_back(const http::Request& request,
                                      db::Read& read,
                                      Random& random,
                                      Instant now) {
  Draft answers = answers_of(Place::kiosk, request.form);
  if (!once_key(answers.text("once"))) answers.set("once", draw_draft_token(random));
  const bool edits = request.form.has("edit");
  if (!edits && asks_first(read, answers)) {
    FormShown shown = gather_form(read, Place::kiosk, std::move(answers), now);
    shown.asks_more = true;
    return http::Pending::answer(kiosk_form(request.view, shown));
  }
  auto checked = check(read, Place::kiosk, answers, in_english(request), random, now);
  if (!edits && checked.ok())
    return http::Pending::answer(kiosk_answers(request.view, answers, checked.value()));
  if (!checked.ok() && checked.error().kind != ErrorKind::invalid)
    return std::move(checked).error();
  FormShown shown = gather_form(read, Place::kiosk, std::move(answers), now);
  if (!edits) shown.error = checked.error();
  return http::Pending::answer(kiosk_form(request.view, shown));
}

Result<http::Response> kiosk_cleared(const http::Request& request) {
  return http::see_other(std::string(Url::in(request.view, "/kiosk").view()));
}

Result<http::Pending> kiosk_send(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now) {
  Draft answers = answers_of(Place::kiosk, request.form);
  const auto key = once_key(answers.text("once"));
  if (!key) return Error{ErrorKind::invalid, "feedback.error.once"_t};
  if (const auto kept = db::Once::find(read, *key)) {
    const auto shown = slip_again(read, *kept, now);
    return http::Pending::answer(kiosk_slip(request.view, shown ? &*shown : nullptr));
  }
  auto checked = check(read, Place::kiosk, answers, in_english(request), random, now);
  if (!checked.ok()) {
    if (checked.error().kind != ErrorKind::invalid) return std::move(checked).error();
    FormShown shown = gather_form(read, Place::kiosk, std::move(answers), now);
    shown.error = checked.error();
    return http::Pending::answer(kiosk_form(request.view, shown));
  }
  return http::Pending::commit(
      [ready = std::move(checked.value().prepared), key = *key,
       now](db::Write& write) -> Result<SlipShown> {
        if (const auto kept = db::Once::find(write, key))
          if (auto shown = slip_again(write, *kept, now)) return *std::move(shown);
        TRY(const Submitted submitted, submit(write, ready, now));
        const Sent sent = sent_of(submitted, ready);
        db::Once::save(write, key, packed_at(sent, now), sent.received_at);
        return gather_slip(write, sent, submitted.feedback);
      },
      [&request](const Result<SlipShown>& done, std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        return kiosk_slip(request.view, &done.value());
      });
}

}  // namespace ln::feedback::help
