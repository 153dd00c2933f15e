#include "core/notice/notice_pages.h"

#include "base/text.h"
#include "core/notice/notice_letter.h"
#include "core/notice/notice_store.h"
#include "core/notice/notice_text.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/mail/mail.h"

namespace ln::notice {
namespace {

using html::Fragment;
using html::Url;

constexpr std::size_t inbox_shown = 50;

TextKey name_of(Pace pace) {
  switch (pace) {
    case Pace::each: return "notice.pace.each"_t;
    case Pace::daily: return "notice.pace.daily"_t;
    case Pace::none: return "notice.pace.none"_t;
  }
  return {};
}

TextKey hint_of(Pace pace) {
  switch (pace) {
    case Pace::each: return "notice.pace.each_hint"_t;
    case Pace::daily: return "notice.pace.daily_hint"_t;
    case Pace::none: return "notice.pace.none_hint"_t;
  }
  return {};
}

// The reader whose link this is. Refuses (not_found) a key that nobody has: the case was erased, or
// the address was copied in part.
Result<Reader> reader_asked(const http::Request& request, db::Read& read) {
  const auto key = key_from(request.path_text("key"));
  auto reader = key ? reader_with(read, *key) : std::nullopt;
  if (!reader) return Error{ErrorKind::not_found, "notice.error.no_such_link"_t};
  return *std::move(reader);
}

Fragment saved_note(const html::View& view) {
  return html::note({.kind = html::NoteKind::ok,
                     .body = html::fill("<p>{}</p>", view("notice.choice.saved"_t)),
                     .is_status = true});
}

std::string choice_html(const html::View& view,
                        const Reader& reader,
                        bool is_saved,
                        const Error* error) {
  const std::string key = shown_key(reader.key);
  Fragment body = html::error_summary(view, error);
  if (is_saved) body += saved_note(view);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("notice.choice.title"_t),
           view("notice.choice.lead"_t));
  std::vector<html::Choice> choices;
  for (const Pace pace : all_paces)
    choices.push_back(
        {.value = to_text(pace), .text = view(name_of(pace)), .hint = view(hint_of(pace))});
  Fragment fields = html::radios(view, {.name = "pace",
                                        .legend = {view("notice.choice.question"_t)},
                                        .error = html::error_for(view, error, "pace"),
                                        .choices = choices,
                                        .values = {to_text(reader.pace)}});
  fields += html::button({.text = view("notice.choice.save"_t)});
  body += html::form(view, {.action = Url::in(view, "/notices/", key), .body = std::move(fields)});
  body.add("<p>{}</p>", view("notice.choice.page_stays"_t));
  return html::page(view, {.title = view("notice.choice.title"_t),
                           .body = html::columns({.body = std::move(body), .is_narrow = true}),
                           .has_errors = error != nullptr,
                           .is_unlisted = true});
}

Fragment told_list(const html::View& view, const std::vector<Notice>& told) {
  if (told.empty()) return html::fill("<p>{}</p>", view("notice.staff.nothing"_t));
  return html::fill(R"(<ul class="plain">{}</ul>)", [&](Fragment& list) {
    for (const Notice& each : told)
      list.add("<li>{} · {}</li>", view.voice.moment(each.created_at), text_of(each, view.voice));
  });
}

struct StaffPage {
  std::string address;
  bool is_daily = false, is_saved = false;
  std::vector<Notice> told = {};
  const Error* error = nullptr;
};

std::string staff_html(const html::View& view, const StaffPage& with) {
  Fragment body = html::back_link(view, Url::in(view, "/staff/account"));
  body += html::error_summary(view, with.error);
  if (with.is_saved) body += saved_note(view);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("notice.staff.title"_t),
           view("notice.staff.lead"_t));
  Fragment fields = html::input(view, {.name = "address",
                                       .label = {view("notice.staff.address"_t)},
                                       .hint = view("notice.staff.address_hint"_t),
                                       .error = html::error_for(view, with.error, "address"),
                                       .value = with.address,
                                       .type = "email",
                                       .width = 30,
                                       .autocomplete = "email"});
  const std::vector<std::string_view> ticked =
      with.is_daily ? std::vector<std::string_view>{"daily"} : std::vector<std::string_view>{};
  fields += html::checkboxes(view, {.name = "pace",
                                    .choices = {{.value = "daily",
                                                 .text = view("notice.staff.daily"_t),
                                                 .hint = view("notice.staff.daily_hint"_t)}},
                                    .values = ticked});
  fields += html::button({.text = view("notice.choice.save"_t)});
  body += html::form(view, {.action = Url::in(view, "/staff/notices"), .body = std::move(fields)});
  body.add(R"(<h2 class="h-m sp">{}</h2>{})", view("notice.staff.told"_t),
           told_list(view, with.told));
  return html::page(view, {.title = view("notice.staff.title"_t),
                           .here = "/staff/account",
                           .body = html::columns({.body = std::move(body), .is_narrow = true}),
                           .is_staff = true,
                           .has_errors = with.error != nullptr,
                           .is_unlisted = true});
}

Subject subject_of(const people::Staff& staff) { return {staff_subject, staff.id().value}; }

http::Pending change_pace(Subject about, Pace pace, Instant now, std::string next) {
  return http::Pending::commit(
      [about, kind = std::string(about.kind), pace, now](db::Write& write) -> Result<Done> {
        choose_pace(write, {kind, about.id}, pace, now);
        return Done{};
      },
      [next = std::move(next)](const Result<Done>&, std::string_view) {
        return next.empty() ? http::text(200, "stopped\n") : http::see_other(next);
      });
}

}  // namespace

Result<http::Response> choice_page(const http::Request& request, db::Read& read) {
  TRY(const Reader reader, reader_asked(request, read));
  return http::page(200, choice_html(request.view, reader, request.query.has("saved"), nullptr));
}

Result<http::Pending> choose(const http::Request& request, db::Read& read, Instant now) {
  TRY(const Reader reader, reader_asked(request, read));
  const auto pace = pace_of(request.form.text("pace"));
  if (!pace) {
    const Error error{
        ErrorKind::invalid, "notice.error.no_pace"_t, {{"pace", "notice.error.no_pace"_t}}};
    return http::Pending::answer(http::page(422, choice_html(request.view, reader, false, &error)));
  }
  return change_pace({reader.subject_kind, reader.subject_id}, *pace, now,
                     "/notices/" + shown_key(reader.key) + "?saved=1");
}

Result<http::Response> to_choice_page(const http::Request& request) {
  const auto key = key_from(request.path_text("key"));
  if (!key) return Error{ErrorKind::not_found, "notice.error.no_such_link"_t};
  return http::see_other("/notices/" + shown_key(*key));
}

Result<http::Pending> stop_by_mail(const http::Request& request, db::Read& read, Instant now) {
  TRY(const Reader reader, reader_asked(request, read));
  return change_pace({reader.subject_kind, reader.subject_id}, Pace::none, now, "");
}

Result<http::Response> staff_page(const http::Request& request,
                                  db::Read& read,
                                  people::Staff staff) {
  const auto reader = reader_of(read, subject_of(staff));
  const bool is_saved = request.query.has("saved");
  return http::page(200, staff_html(people::view_of(request, staff),
                                    {.address = reader ? reader->address : std::string(),
                                     .is_daily = !reader || reader->pace == Pace::daily,
                                     .is_saved = is_saved,
                                     .told = inbox(read, staff.id().value, {}, inbox_shown)}));
}

Result<http::Pending> save_staff(const http::Request& request,
                                 db::Read& read,
                                 people::Staff staff,
                                 Random& random,
                                 Instant now) {
  const std::string address(trimmed(request.form.text("address")));
  const bool is_daily = request.form.text("pace") == "daily";
  if (!address.empty() && !mail::is_address(address)) {
    const Error error{
        ErrorKind::invalid, "notice.error.address"_t, {{"address", "notice.error.address"_t}}};
    return http::Pending::answer(
        http::page(422, staff_html(people::view_of(request, staff),
                                   {.address = address,
                                    .is_daily = is_daily,
                                    .told = inbox(read, staff.id().value, {}, inbox_shown),
                                    .error = &error})));
  }
  return http::Pending::commit(
      [=, key = random.bytes<ReaderKey{}.size()>()](db::Write& write) -> Result<Done> {
        static_cast<void>(ensure_reader(write, subject_of(staff), key));
        save_address(write, subject_of(staff), address);
        choose_pace(write, subject_of(staff), is_daily ? Pace::daily : Pace::none, now);
        return Done{};
      },
      [](const Result<Done>&, std::string_view) {
        return http::see_other("/staff/notices?saved=1");
      });
}

}  // namespace ln::notice
