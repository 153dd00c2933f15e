// Making a promise: the form, and the slip for somebody who has no question of their own.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/people/people_code.h"
#include "core/people/people_units.h"
#include "core/units/units_store.h"
#include "feature/commitment/commitment_actions.h"
#include "feature/commitment/commitment_pages_parts.h"
#include "feature/commitment/commitment_pages_staff.h"
#include "feature/commitment/commitment_store_point.h"
#include "platform/db/once.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/qr.h"
#include "platform/html/spoken.h"
#include "platform/http/form_page.h"
#include "platform/http/once_key.h"

namespace ln::commitment::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

struct NewForm {
  const http::Request& request;
  const people::Officer& officer;
  std::vector<units::Unit> units{};
  std::optional<Asked> asked{};
  std::optional<PromisedPoint> point{};
  std::string unit{}, text{}, due_on{}, question{}, once{};

  View view() const { return people::view_of(request, officer.staff()); }
};

// What was made, kept under the token of the form so that sending again shows the same.
struct Made {
  std::int64_t id = 0;
  std::string code{}, secret{};  // empty: the askers have their own
};
std::string packed(const Made& made) {
  return std::to_string(made.id) + " " + made.code + " " + made.secret;
}
std::optional<Made> unpacked(std::string_view text) {
  const std::size_t first = text.find(' ');
  const std::size_t second = first == text.npos ? first : text.find(' ', first + 1);
  const auto id = parse_number(text.substr(0, first));
  if (!id || second == text.npos) return std::nullopt;
  return Made{*id, std::string(text.substr(first + 1, second - first - 1)),
              std::string(text.substr(second + 1))};
}

Result<NewForm> new_form(const http::Request& request,
                         db::Read& read,
                         const people::Officer& officer,
                         const http::Fields& sent,
                         Instant now) {
  const std::string_view question = sent.text("question");
  NewForm form{.request = request, .officer = officer};
  form.units = people::headed_units(read, officer, local_day(now), people::Below::all);
  if (form.units.empty()) return Error{ErrorKind::forbidden, "commitment.error.not_head"_t};
  if (!question.empty()) {
    const auto code = read_code(question);
    if (code) form.asked = find_asked(read, *code);
    if (!form.asked || !may_promise(officer, form.asked->unit_path))
      return Error{ErrorKind::not_found, "commitment.error.question"_t};
    form.question = question;
    for (const units::Unit& each : form.units)
      if (each.id == form.asked->unit) form.unit = each.code;
  }
  if (const auto point = sent.number("point")) {
    form.point = find_point(read, *point);
    if (!form.point || !may_promise(officer, form.point->unit_path))
      return Error{ErrorKind::not_found, "commitment.error.point"_t};
    for (const units::Unit& each : form.units)
      if (each.id == form.point->unit) form.unit = each.code;
  }
  return form;
}

Fragment fields(const NewForm& form, const Error* error) {
  const View view = form.view();
  html::Select unit{.name = "unit",
                    .label = {view("commitment.owner"_t)},
                    .error = html::error_for(view, error, "unit"),
                    .value = form.unit};
  for (const units::Unit& each : form.units) unit.options.push_back({each.code, each.name});
  Fragment out = html::select(view, unit);
  out += html::textarea(view, {.name = "text",
                               .label = {view("commitment.desk.text"_t)},
                               .hint = view("commitment.new.text_hint"_t),
                               .error = html::error_for(view, error, "text"),
                               .value = form.text,
                               .rows = 4,
                               .chars_max = static_cast<int>(text_chars_max)});
  out += html::input(view, {.name = "due_on",
                            .label = {view("commitment.due"_t)},
                            .hint = view("commitment.new.due_hint"_t),
                            .error = html::error_for(view, error, "due_on"),
                            .value = form.due_on,
                            .type = "date"});
  out += html::hidden("question", form.question);
  if (form.point) out += html::hidden("point", std::to_string(form.point->id));
  out += html::hidden("once", form.once);
  out += html::button({.text = view("commitment.new.do"_t), .icon_before = "flag", .once = true});
  return out;
}

http::Response show_new(const NewForm& form, const Error* error) {
  const View view = form.view();
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("commitment.new.title"_t),
           view("commitment.new.lead"_t));
  if (form.point) {
    Fragment about;
    about += html::paragraphs(form.point->title);
    about.add("<p><b>{}</b></p>", view("commitment.new.answer"_t));
    about += html::paragraphs(form.point->answer);
    body.add(R"(<blockquote class="quote" lang="vi">{}</blockquote><p>{}</p>)", about,
             view("commitment.new.point"_t));
  }
  if (form.asked) {
    Fragment about;
    about += html::paragraphs(form.asked->body);
    about.add("<p><b>{}</b></p>", view("commitment.new.answer"_t));
    about += html::paragraphs(form.asked->answer);
    body += html::note(
        {.heading = view.voice.counted("commitment.new.people"_t, std::ssize(form.asked->people)),
         .body = fill(R"(<div lang="vi">{}</div>)", about)});
  }
  body += html::form(
      view, {.action = Url::in(view, "/staff/commitments/new"), .body = fields(form, error)});
  return http::form_page(view, {.title = view("commitment.new.title"_t),
                                .here = "/staff/commitments",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true});
}

// The slip is for the asker: code, secret and where to use them, shown once.
http::Response slip(const View& view, const Made& made) {
  const Url own = Url::in(view, "/commitments/", made.id, "/own").with("code", made.code);
  const std::string address = view.site->base_url + std::string(own.view());
  Fragment body =
      fill(R"(<section class="slip" aria-labelledby="slip-h"><h1 class="h-l" id="slip-h">{}</h1>)"
           R"(<p>{}</p>)"
           R"(<p class="ref" id="code" translate="no">{}</p><p>{}</p>)"
           R"(<p class="secret" id="secret" translate="no">{}</p><div class="qr">{}</div><p>{}</p>)"
           R"(</section>)",
           view("commitment.slip.title"_t), view("commitment.slip.code"_t), shown_code(made.code),
           view("commitment.slip.secret"_t), people::shown_secret(made.secret),
           html::qr(address, view("commitment.slip.qr"_t)), view("commitment.slip.keep"_t));
  body.add(R"(<p class="no-print"><button type="button" class="govuk-button" data-print hidden>)"
           R"({}{}</button></p><p class="no-print"><a href="{}">{}</a></p>)",
           html::icon("printer"), view("commitment.slip.print"_t),
           Url::in(view, "/staff/commitments/", made.id), view("commitment.slip.on"_t));
  return http::form_page(view, {.title = view("commitment.slip.title"_t),
                                .here = "/staff/commitments",
                                .body = std::move(body),
                                .is_staff = true,
                                .is_narrow = true,
                                .is_once = true});
}

http::Response after(const http::Request& request,
                     const people::Officer& officer,
                     const Made& made) {
  const View view = people::view_of(request, officer.staff());
  if (!made.secret.empty()) return slip(view, made);
  return http::see_other(std::string(Url::in(view, "/staff/commitments/", made.id).view()));
}

}  // namespace

Result<http::Response> new_page(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Random& random,
                                Instant now) {
  TRY(NewForm form, new_form(request, read, officer, request.query, now));
  form.once = http::once_key(request.form, random);
  return show_new(form, nullptr);
}

Result<http::Pending> new_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now) {
  const http::Fields& sent = request.form;
  TRY(NewForm form, new_form(request, read, officer, sent, now));
  form.unit = sent.text("unit");
  form.text = sent.text("text");
  form.due_on = sent.text("due_on");
  form.once = http::once_key(request.form, random);
  const std::string key = "commitment.make:" + form.once;
  if (const auto before = db::Once::find(read, key))
    if (const auto made = unpacked(*before))
      return http::Pending::answer(after(request, officer, *made));
  const auto unit = std::ranges::find(form.units, form.unit, &units::Unit::code);
  if (unit == form.units.end()) return Error{ErrorKind::forbidden, "commitment.error.not_head"_t};
  const auto prepared = prepare(read, officer, *unit,
                                {.text = form.text,
                                 .due_on = day_in(form.due_on),
                                 .question = form.question,
                                 .point = form.point ? form.point->id : 0},
                                random, now);
  if (!prepared.ok()) {
    if (prepared.error().kind != ErrorKind::invalid) return prepared.error();
    return http::Pending::answer(show_new(form, &prepared.error()));
  }
  return http::Pending::commit(
      [prepared = prepared.value(), key, now](db::Write& write) -> Result<Made> {
        if (const auto before = db::Once::find(write, key))
          if (auto made = unpacked(*before)) return *std::move(made);
        TRY(const Commitment c, make(write, prepared, now));
        const Made made{c.id.value, prepared.code, prepared.secret};
        db::Once::save(write, key, packed(made), now);
        return made;
      },
      [&request, officer](const Result<Made>& made, std::string_view) {
        return made.ok() ? after(request, officer, made.value())
                         : http::error_response(request, made.error());
      });
}

}  // namespace ln::commitment::staff
