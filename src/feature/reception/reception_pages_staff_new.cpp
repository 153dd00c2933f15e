// Announcing days, and taking in who comes without a booking.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/people/people_units.h"
#include "core/units/units_store.h"
#include "feature/reception/reception_actions.h"
#include "feature/reception/reception_pages_parts.h"
#include "feature/reception/reception_pages_staff.h"
#include "platform/db/once.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"
#include "platform/http/once_key.h"

namespace ln::reception::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

std::optional<Day> typed_day(std::string_view text) {
  const auto at = ledger::instant_of(std::string(text) + "T00:00:00Z");
  if (!at) return std::nullopt;
  return Day(std::chrono::floor<std::chrono::days>(at->time_since_epoch()));
}

// "08:30" after midnight.
std::optional<std::chrono::minutes> typed_clock(std::string_view text) {
  constexpr std::size_t size = 5;
  const auto at = text.size() == size
                      ? ledger::instant_of("2026-01-01T" + std::string(text) + ":00Z")
                      : std::nullopt;
  if (!at) return std::nullopt;
  const auto midnight = std::chrono::floor<std::chrono::days>(*at);
  return std::chrono::duration_cast<std::chrono::minutes>(*at - midnight);
}

struct NewDays {
  const http::Request& request;
  const people::Officer& officer;
  std::vector<units::Unit> units{};

  View view() const { return people::view_of(request, officer.staff()); }
  std::string_view typed(std::string_view name, std::string_view usual = {}) const {
    return request.method == http::Method::post ? request.form.text(name) : usual;
  }
};

// The units somebody heads, and what stands right below them.
Result<NewDays> new_days(const http::Request& request,
                         db::Read& read,
                         const people::Officer& officer,
                         Instant now) {
  NewDays form{.request = request, .officer = officer};
  form.units = people::headed_units(read, officer, local_day(now));
  if (form.units.empty()) return Error{ErrorKind::forbidden, "reception.error.not_head"_t};
  return form;
}

struct FieldParts {
  std::string_view name;
  TextKey label;
  TextKey hint{};
  std::string_view usual{};
  std::string_view type = "text";
  int width = 0;
};
Fragment one_field(const NewDays& form, const Error* error, const FieldParts& parts) {
  const View view = form.view();
  return html::input(view, {.name = parts.name,
                            .label = {view(parts.label)},
                            .hint = parts.hint.is_none() ? std::string_view() : view(parts.hint),
                            .error = html::error_for(view, error, parts.name),
                            .value = form.typed(parts.name, parts.usual),
                            .type = parts.type,
                            .width = parts.width});
}

Fragment rhythm_part(const NewDays& form, const Error* error) {
  const View view = form.view();
  Fragment monthly = one_field(form, error,
                               {.name = "month_day",
                                .label = "reception.new.month_day"_t,
                                .hint = "reception.new.month_day_hint"_t,
                                .usual = "15",
                                .width = 2});
  html::Select weekday{.name = "weekday",
                       .label = {view("reception.new.weekday"_t)},
                       .error = html::error_for(view, error, "weekday"),
                       .value = form.typed("weekday", "1")};
  constexpr TextKey names[] = {"reception.weekday.1"_t, "reception.weekday.2"_t,
                               "reception.weekday.3"_t, "reception.weekday.4"_t,
                               "reception.weekday.5"_t};
  constexpr std::string_view numbers[] = {"1", "2", "3", "4", "5"};
  for (std::size_t i = 0; i < std::size(names); ++i)
    weekday.options.push_back({numbers[i], view(names[i])});
  html::Choices rhythm{.name = "rhythm",
                       .legend = {view("reception.new.rhythm"_t)},
                       .error = html::error_for(view, error, "rhythm"),
                       .values = {form.typed("rhythm", "once")}};
  rhythm.choices.push_back({.value = "once", .text = view("reception.new.once"_t)});
  rhythm.choices.push_back(
      {.value = "monthly", .text = view("reception.new.monthly"_t), .reveal = std::move(monthly)});
  rhythm.choices.push_back({.value = "weekly",
                            .text = view("reception.new.weekly"_t),
                            .reveal = html::select(view, weekday)});
  Fragment out = html::radios(view, rhythm);
  out += one_field(form, error,
                   {.name = "first",
                    .label = "reception.new.first"_t,
                    .hint = "reception.new.first_hint"_t,
                    .type = "date"});
  out += one_field(form, error,
                   {.name = "months",
                    .label = "reception.new.months"_t,
                    .hint = "reception.new.months_hint"_t,
                    .usual = "6",
                    .width = 2});
  return out;
}

http::Response show_new(const NewDays& form, const Error* error) {
  const View view = form.view();
  html::Select unit{
      .name = "unit", .label = {view("reception.unit"_t)}, .value = form.typed("unit")};
  for (const units::Unit& each : form.units) unit.options.push_back({each.code, each.name});
  Fragment fields = html::select(view, unit);
  fields += one_field(form, error,
                      {.name = "receiver",
                       .label = "reception.receiver"_t,
                       .hint = "reception.new.receiver_hint"_t});
  fields += one_field(form, error, {.name = "place", .label = "reception.place"_t});
  fields += rhythm_part(form, error);
  fields += one_field(
      form, error,
      {.name = "from", .label = "reception.new.from"_t, .usual = "08:00", .type = "time"});
  fields += one_field(
      form, error, {.name = "to", .label = "reception.new.to"_t, .usual = "11:00", .type = "time"});
  fields += one_field(
      form, error,
      {.name = "turn_minutes", .label = "reception.new.minutes"_t, .usual = "15", .width = 3});
  fields +=
      one_field(form, error,
                {.name = "places", .label = "reception.new.places"_t, .usual = "12", .width = 3});
  fields += html::button({.text = view("reception.new.do"_t), .once = true});
  Fragment body = html::back_link(view, Url::in(view, "/staff/receptions"));
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>{})", view("reception.new.title"_t),
           view("reception.new.lead"_t),
           html::form(view, {.action = Url::in(view, "/staff/receptions/new"),
                             .body = std::move(fields)}));
  return http::form_page(view, {.title = view("reception.new.title"_t),
                                .here = "/staff/receptions",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true});
}

Typed typed_in(const http::Fields& form) {
  return {.receiver = std::string(form.text("receiver")),
          .place = std::string(form.text("place")),
          .rhythm = from_word(all_rhythms, form.text("rhythm")),
          .first = typed_day(form.text("first")),
          .month_day = form.number("month_day").value_or(0),
          .weekday = form.number("weekday").value_or(0),
          .months = form.number("months").value_or(0),
          .from = typed_clock(form.text("from")),
          .to = typed_clock(form.text("to")),
          .turn_minutes = form.number("turn_minutes").value_or(0),
          .places = form.number("places").value_or(0)};
}

http::Response narrow_desk(const View& view, Fragment body, const Error* error, bool is_once) {
  return http::form_page(view, {.title = view("reception.take.title"_t),
                                .here = "/staff/receptions",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true,
                                .is_narrow = true,
                                .is_once = is_once});
}

Url take_url(const View& view, ReceptionId id) {
  return Url::in(view, "/staff/receptions/", id.value, "/take");
}

http::Response show_take(const View& view,
                         const Reception& r,
                         const BookingSheet& sheet,
                         const Error* error) {
  Fragment fields = booking_fields(view, sheet, error);
  fields += html::button({.text = view("reception.take.do"_t), .once = true});
  Fragment body = html::back_link(view, Url::in(view, "/staff/receptions/", r.id.value));
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p><p>{}</p>)", view("reception.take.title"_t),
           view("reception.take.lead"_t), view("reception.book.lawful"_t));
  body += html::form(view, {.action = take_url(view, r.id), .body = std::move(fields)});
  return narrow_desk(view, std::move(body), error, false);
}

struct Taken {
  Slip slip;
  Turn turn;
};
http::Response handed_over(const View& view, const Reception& r, const Taken& taken) {
  return narrow_desk(view,
                     slip_part(view, taken.slip, r, taken.turn, take_url(view, r.id),
                               view("reception.take.next"_t)),
                     nullptr, true);
}

std::optional<Taken> taken_before(db::Read& read, const std::string& key) {
  const auto before = db::Once::find(read, key);
  auto slip = before ? unpacked_slip(*before) : std::nullopt;
  const auto code = slip ? Code::parse(slip->code) : std::nullopt;
  auto turn = code ? find_turn(read, *code) : std::nullopt;
  if (!turn) return std::nullopt;
  return Taken{*std::move(slip), *std::move(turn)};
}

Result<Reception> day_at_counter(const http::Request& request,
                                 db::Read& read,
                                 const people::Officer& officer) {
  TRY(Reception r, asked_day(request, read));
  if (!works_in(officer, r.keeper_path))
    return Error{ErrorKind::not_found, "reception.error.none"_t};
  return r;
}

}  // namespace

Result<http::Response> new_page(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Instant now) {
  TRY(const NewDays form, new_days(request, read, officer, now));
  return show_new(form, nullptr);
}

Result<http::Pending> new_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Instant now) {
  TRY(const NewDays form, new_days(request, read, officer, now));
  const auto unit = std::ranges::find(form.units, request.form.text("unit"), &units::Unit::code);
  if (unit == form.units.end()) return Error{ErrorKind::forbidden, "reception.error.not_head"_t};
  const auto made = prepare(officer, *unit, typed_in(request.form), now);
  if (!made.ok()) {
    if (made.error().kind != ErrorKind::invalid) return made.error();
    return http::Pending::answer(show_new(form, &made.error()));
  }
  return http::Pending::commit(
      [made = made.value()](db::Write& write) { return announce(write, made); },
      [&request, form](const Result<std::vector<Reception>>& done, std::string_view) {
        if (!done.ok() && done.error().kind == ErrorKind::conflict)
          return show_new(form, &done.error());
        if (!done.ok()) return http::error_response(request, done.error());
        return http::see_other(std::string(Url::in(request.view, "/staff/receptions").view()));
      });
}

Result<http::Response> take_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Random& random,
                                 Instant now) {
  TRY(const Reception r, day_at_counter(request, read, officer));
  if (r.state != State::held || now >= r.day_ends_at())
    return Error{ErrorKind::conflict, "reception.error.not_held"_t};
  return show_take(
      people::view_of(request, officer.staff()), r,
      {.way = std::string(to_text(Way::person)), .once = http::once_key(request.form, random)},
      nullptr);
}

Result<http::Pending> take_post(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Random& random,
                                Instant now) {
  const View view = people::view_of(request, officer.staff());
  TRY(const Reception r, day_at_counter(request, read, officer));
  BookingSheet sheet = sheet_of(request.form);
  sheet.once = http::once_key(request.form, random);
  const std::string key = "reception.take:" + sheet.once;
  if (const auto before = taken_before(read, key))
    return http::Pending::answer(handed_over(view, r, *before));
  const auto prepared =
      prepare_booking(read, r.id,
                      {.about = sheet.about,
                       .name = sheet.name,
                       .contact = sheet.contact,
                       .way = sheet.way,
                       .case_code = sheet.case_code,
                       .case_secret = std::string(request.form.text("case_secret")),
                       .clerk = &officer},
                      random, now);
  if (!prepared.ok()) {
    if (prepared.error().kind == ErrorKind::not_found) return prepared.error();
    return http::Pending::answer(show_take(view, r, sheet, &prepared.error()));
  }
  return http::Pending::commit(
      [prepared = prepared.value(), key, now](db::Write& write) -> Result<Taken> {
        if (auto before = taken_before(write, key)) return *std::move(before);
        TRY(Booked booked, book(write, prepared, now));
        Slip slip{booked.turn.code->text(), prepared.secret, booked.appended.index,
                  to_hex(booked.appended.leaf_hash)};
        db::Once::save(write, key, packed(slip), now);
        return Taken{std::move(slip), std::move(booked.turn)};
      },
      [&request, officer, r, sheet](const Result<Taken>& done, std::string_view) {
        const View again = people::view_of(request, officer.staff());
        if (!done.ok() && done.error().kind == ErrorKind::conflict)
          return show_take(again, r, sheet, &done.error());
        if (!done.ok()) return http::error_response(request, done.error());
        return handed_over(again, r, done.value());
      });
}

}  // namespace ln::reception::staff
