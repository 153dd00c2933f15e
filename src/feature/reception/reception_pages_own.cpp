// Booking a turn, and one's own turn by its secret.
#include <algorithm>
#include <memory>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_opening.h"
#include "core/ledger/ledger_store_tree.h"
#include "core/people/people_citizen_session.h"
#include "core/people/people_pages_secret.h"
#include "feature/reception/reception_actions.h"
#include "feature/reception/reception_pages.h"
#include "feature/reception/reception_pages_parts.h"
#include "feature/reception/reception_work.h"
#include "platform/db/once.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/download.h"
#include "platform/http/form_page.h"
#include "platform/http/once_key.h"

namespace ln::reception {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

Error unknown_turn() { return {ErrorKind::not_found, "reception.error.code_or_secret"_t}; }

http::Response narrow(
    const View& view, TextKey title, Fragment body, const Error* error, bool is_once = false) {
  return http::form_page(view, {.title = view(title),
                                .here = "/receptions",
                                .body = std::move(body),
                                .error = error,
                                .is_narrow = true,
                                .is_once = is_once});
}

// A day that is full says so, with the next ones.
struct BookForm {
  Reception r;
  BookingSheet sheet{};
  std::vector<Reception> others{};
  int bits = 0;           // of work that the next booking needs
  std::int64_t hour = 0;  // in which the form is opened
  std::string work{};     // what is worked on (reception_work.h)
};

SeedOf seeds(db::Read& read) {
  return [&read](std::int64_t hour) { return seed_of(read, hour); };
}

void price(BookForm& form, db::Read& read, Instant now) {
  form.bits = needed_bits(read, form.r, now);
  form.hour = work_hour(now);
  form.work = work_of(form.r.id, form.sheet.once, form.hour, seeds(read));
}

// What the browser works on while somebody types, after a line that says so before anything is
// typed; nothing as long as nothing is needed. Without scripting the field stays empty.
Fragment work_part(const View& view, const BookForm& form) {
  if (form.bits == 0) return {};
  Fragment out = html::hidden("work", "");
  // One more than needed, as others book meanwhile.
  out.add(R"(<p class="small">{}</p><p class="small muted" role="status" data-work="{}" )"
          R"(data-bits="{}" data-hour="{}" hidden>{}</p>)",
          view("reception.book.pressed"_t), form.work, std::min(form.bits + 1, work_bits_max),
          form.hour, view("reception.book.checking"_t));
  return out;
}

http::Response show_booking(const View& view, const BookForm& form, const Error* error) {
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p><a href="{}">{}</a> · <span lang="vi">{}</span></p>)",
           view("reception.book.title"_t), day_url(view, form.r.id), hours_of(view, form.r),
           form.r.receiver);
  if (error != nullptr && error->fields.empty()) {
    Fragment list;
    for (const Reception& each : form.others)
      list.add(R"(<li><a href="{}">{}</a></li>)",
               Url::in(view, "/receptions/", each.id.value, "/book"), hours_of(view, each));
    if (!list.empty()) body.add("<p>{}</p><ul>{}</ul>", view("reception.book.others"_t), list);
  }
  body += html::note({.body = fill("<p>{}</p>", view("reception.book.lawful"_t))});
  Fragment fields = booking_fields(view, form.sheet, error);
  fields += work_part(view, form);
  fields += html::button({.text = view("reception.book.do"_t), .once = true});
  body += html::form(view, {.action = Url::in(view, "/receptions/", form.r.id.value, "/book"),
                            .body = std::move(fields)});
  return narrow(view, "reception.book.title"_t, std::move(body), error);
}

struct BookedSlip {
  Slip slip;
  Turn turn;
  Reception r;
};
http::Response show_slip(const View& view, const BookedSlip& booked) {
  return people::remember_secret(
      narrow(view, "reception.slip.title"_t,
             slip_part(view, booked.slip, booked.r, booked.turn, day_url(view, booked.r.id),
                       view("reception.slip.back"_t)),
             nullptr, true),
      booked.slip.code, booked.slip.secret);
}

std::optional<BookedSlip> booked_before(db::Read& read, const std::string& key) {
  const auto before = db::Once::find(read, key);
  auto slip = before ? unpacked_slip(*before) : std::nullopt;
  const auto code = slip ? Code::parse(slip->code) : std::nullopt;
  auto turn = code ? find_turn(read, *code) : std::nullopt;
  auto r = turn ? find(read, turn->reception) : std::nullopt;
  if (!r) return std::nullopt;
  return BookedSlip{*std::move(slip), *std::move(turn), *std::move(r)};
}

// The same page whether the code exists or not.
http::Response ask_turn_secret(const View& view,
                               std::string_view code,
                               const Error* error,
                               std::string_view typed = {}) {
  Fragment fields =
      people::secret_field(view, view("reception.own.secret"_t), std::string_view(), error);
  // What somebody wrote while the secret was forgotten waits for it.
  if (!typed.empty()) fields += html::hidden("contest", typed);
  fields += html::button({.text = view("reception.own.open"_t), .once = true});
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1>{})", view("reception.own.title"_t),
           html::form(view, {.action = Url::in(view, "/receptions/turns/", code, "/open"),
                             .body = std::move(fields)}));
  return narrow(view, "reception.own.title"_t, std::move(body), error);
}

struct OwnTurn {
  Turn turn;
  Reception r;
  std::optional<Contest> contest{};
  bool may_contest = false;
  calendar::Due why{};
  Fragment story{}, followed{}, history{};
  Instant now{};
  std::string typed{}, keeper{};
};

// From when what is owed now was counted.
Instant counted_from(const Turn& turn, const std::optional<Contest>& contest) {
  if (contest && contest->ruled_at) return *contest->ruled_at;
  return turn.came_at.value_or(turn.booked_at);
}

Result<OwnTurn> own_turn(const http::Request& request,
                         db::Read& read,
                         const std::optional<people::Citizen>& citizen,
                         Instant now) {
  const auto code = Code::parse(request.path_text("code"));
  if (!code || !citizen) return unknown_turn();
  TRY(Turn turn, open_turn(read, *citizen, *code));
  auto r = find(read, turn.reception);
  if (!r) return unknown_turn();
  OwnTurn own{.turn = std::move(turn), .r = *std::move(r), .now = now};
  own.may_contest = may_contest(read, own.turn, own.r, now);
  own.contest = find_contest(read, own.turn.id);
  own.why = due_from(read, own.r.keeper_path, counted_from(own.turn, own.contest));
  own.story = turn_story(request.view, read, own.turn);
  own.followed = followed_note(request.view, read, own.r);
  own.keeper = unit_name(request.view, read, own.r.keeper);
  own.history = day_history(request.view, read, own.r);
  return own;
}

Fragment own_form(const View& view, const OwnTurn& own, std::string_view act, Fragment body) {
  return html::form(view,
                    {.action = Url::in(view, "/receptions/turns/", own.turn.code->text(), "/", act),
                     .body = std::move(body)});
}

Fragment where_and_when(const View& view, const OwnTurn& own) {
  const html::Fact facts[] = {
      {view("reception.slip.at"_t), html::moment(view, own.r.turn_at(own.turn.slot))},
      {view("reception.slip.turn"_t), fill("{}", view.voice.number(own.turn.slot))},
      {view("reception.unit"_t), fill("{}", own.keeper)},
      {view("reception.receiver"_t), fill(R"(<span lang="vi">{}</span>)", own.r.receiver)},
      {view("reception.place"_t), fill(R"(<span lang="vi">{}</span>)", own.r.place)},
      {view("reception.matter"_t), fill("{}", own.turn.about)}};
  Fragment out = own.followed;
  if (own.r.state == State::cancelled)
    out += html::note({.kind = html::NoteKind::stop,
                       .heading = view("reception.own.day_cancelled"_t),
                       .body = fill(R"(<p>{} <a href="{}">{}</a></p>)",
                                    view("reception.own.day_cancelled_lead"_t),
                                    Url::in(view, "/receptions"), view("reception.title"_t))});
  else if (own.r.was_not_held(own.now))
    out += html::note({.kind = html::NoteKind::stop,
                       .body = fill("<p>{}</p>", view("reception.not_held_lead"_t))});
  else if (own.r.moved_count > 0 && own.turn.state == TurnState::booked)
    out +=
        html::note({.kind = html::NoteKind::warn,
                    .heading = view("reception.own.day_moved"_t),
                    .body = fill("<p>{}</p>", html::moment(view, own.r.turn_at(own.turn.slot)))});
  out += html::facts(facts, true);
  if (own.turn.state == TurnState::booked)
    out.add("<p>{}</p>", view("reception.slip.bring_what"_t));
  return out;
}

Fragment contest_part(const View& view, const OwnTurn& own, const Error* error) {
  if (own.contest && !own.contest->ruled_at)
    return fill("<p>{}</p>", view.voice("reception.contest.waits"_t,
                                        {{"at", view.voice.moment(own.contest->due_at)}}));
  if (!own.may_contest) return {};
  Fragment fields = html::textarea(view, {.name = "contest",
                                          .label = {view("reception.contest.words"_t)},
                                          .error = html::error_for(view, error, "contest"),
                                          .value = own.typed,
                                          .rows = 4,
                                          .chars_max = static_cast<int>(contest_chars_max)});
  fields += html::button({.text = view("reception.contest.do"_t), .once = true});
  Fragment out = fill(R"(<h2 class="h-m sp">{}</h2><p>{}</p>)", view("reception.contest.title"_t),
                      view("reception.contest.lead"_t));
  out += own_form(view, own, "contest", std::move(fields));
  return out;
}

http::Response show_own(const View& view, const OwnTurn& own, const Error* error) {
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p><span translate="no">{}</span> {}</p>)",
           view("reception.own.title"_t), own.turn.code->shown(),
           owed_badge(view, own.turn, own.now));
  if (own.turn.erased_at) {
    body.add("<p>{}</p>", view("reception.own.erased"_t));
  } else {
    body += where_and_when(view, own);
    if (own.turn.is_owed()) {
      body.add("<p>{}</p>",
               view.voice("reception.own.owed"_t, {{"at", view.voice.moment(*own.turn.due_at)}}));
      body += why_due(view, own.why, *own.turn.due_at);
    }
    body += own.story;
    body += contest_part(view, own, error);
    body.add(R"(<p class="sp"><a href="{}">{}</a></p>)",
             Url::path("/receptions/turns/", own.turn.code->text(), "/receipts.tlog-proofs"),
             view("reception.own.receipts"_t));
    if (own.turn.state == TurnState::booked && own.now < own.r.turn_at(own.turn.slot))
      body += html::details(view("reception.own.cancel"_t),
                            fill("<p>{}</p>{}", view("reception.own.cancel_lead"_t),
                                 own_form(view, own, "cancel",
                                          html::button({.text = view("reception.own.cancel_do"_t),
                                                        .kind = html::ButtonKind::warning,
                                                        .once = true}))));
    else
      body += html::details(view("reception.own.erase"_t),
                            fill("<p>{}</p>{}", view("reception.own.erase_lead"_t),
                                 own_form(view, own, "erase",
                                          html::button({.text = view("reception.own.erase_do"_t),
                                                        .kind = html::ButtonKind::warning,
                                                        .once = true}))));
  }
  body += own.history;
  body += own_form(
      view, own, "close",
      html::button({.text = view("reception.own.close"_t), .kind = html::ButtonKind::secondary}));
  return narrow(view, "reception.own.title"_t, std::move(body), error);
}

Result<Turn> perform_own(db::Write& write,
                         const HolderAct& act,
                         std::string_view name,
                         const std::string& words) {
  if (name == "cancel") return give_back(write, act);
  return name == "erase" ? erase(write, act) : contest(write, act, words);
}

}  // namespace

Result<http::Response> book_page(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now) {
  TRY(Reception r, asked_day(request, read));
  BookForm form{.r = std::move(r)};
  form.sheet.once = http::once_key(request.form, random);
  form.sheet.way = to_text(Way::person);
  price(form, read, now);
  if (free_of(read, form.r, now) > 0) {
    const auto calm = check_pressure(read, form.r, form.bits, now);
    if (calm.ok()) return show_booking(request.view, form, nullptr);
    form.others = next_open(read, form.r, now, 3);
    return show_booking(request.view, form, &calm.error());
  }
  form.others = next_open(read, form.r, now, 3);
  const Error closed{ErrorKind::conflict, form.r.takes_bookings(now) ? "reception.error.full"_t
                                                                     : "reception.error.closed"_t};
  return show_booking(request.view, form, &closed);
}

Result<http::Pending> book_post(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now) {
  TRY(Reception r, asked_day(request, read));
  BookForm form{.r = std::move(r), .sheet = sheet_of(request.form)};
  form.others = next_open(read, form.r, now, 3);
  form.sheet.once = http::once_key(request.form, random);
  const std::string key = "reception.book:" + form.sheet.once;
  const int worked =
      bits_of_proof(form.r.id, form.sheet.once, request.form.text("work"), seeds(read), now);
  price(form, read, now);
  if (const auto before = booked_before(read, key))
    return http::Pending::answer(show_slip(request.view, *before));
  const auto prepared =
      prepare_booking(read, form.r.id,
                      {.about = form.sheet.about,
                       .name = form.sheet.name,
                       .contact = form.sheet.contact,
                       .way = form.sheet.way,
                       .case_code = form.sheet.case_code,
                       .case_secret = std::string(request.form.text("case_secret")),
                       .in_english = request.view.voice.language() == i18n::Language::en,
                       .worked_bits = worked},
                      random, now);
  if (!prepared.ok())
    return http::Pending::answer(show_booking(request.view, form, &prepared.error()));
  // Before anything is counted against who sends. A day that is full says so, whatever was worked.
  // Who has booked enough is told that, by what follows.
  if (const auto calm = check_pressure(read, form.r, worked, now);
      !calm.ok() && free_of(read, form.r, now) > 0 &&
      !bookers().has_enough(request.sender, form.r.id, now))
    return http::Pending::answer(show_booking(request.view, form, &calm.error()));
  if (!bookers().may_book(request.sender, form.r.id, now)) {
    const Error error{ErrorKind::too_many,
                      "reception.error.booked_enough"_t,
                      {{"about", "reception.error.booked_enough"_t}}};
    return http::Pending::answer(show_booking(request.view, form, &error));
  }
  // What is needed by then, when somebody was faster: the page of the refusal asks for that.
  const auto needed = std::make_shared<int>(form.bits);
  return http::Pending::commit(
      [prepared = prepared.value(), key, needed, now](db::Write& write) -> Result<BookedSlip> {
        if (auto before = booked_before(write, key)) return *std::move(before);
        if (const auto day = find(write, prepared.turn.reception))
          *needed = needed_bits(write, *day, now);
        TRY(Booked booked, book(write, prepared, now));
        Slip slip{booked.turn.code->text(), prepared.secret, booked.appended.index,
                  to_hex(booked.appended.leaf_hash)};
        db::Once::save(write, key, packed(slip), now);
        auto day = find(write, booked.turn.reception);
        return BookedSlip{std::move(slip), std::move(booked.turn), *std::move(day)};
      },
      [&request, form, needed, now](const Result<BookedSlip>& done, std::string_view) mutable {
        if (done.ok()) return show_slip(request.view, done.value());
        // It gave no turn, so it is none of those this sender may book.
        bookers().give_back(request.sender, form.r.id, now);
        form.bits = *needed;
        // Somebody else took the last turn: what was typed stays, and other days are offered.
        if (done.error().kind == ErrorKind::conflict || done.error().kind == ErrorKind::too_many)
          return show_booking(request.view, form, &done.error());
        return http::error_response(request, done.error());
      });
}

Result<http::Response> own_page(const http::Request& request, db::Read& read, Instant now) {
  const auto own = own_turn(request, read, people::citizen_of(request), now);
  if (!own.ok()) return ask_turn_secret(request.view, request.path_text("code"), nullptr);
  return show_own(request.view, own.value(), nullptr);
}

Result<http::Response> own_receipts(const http::Request& request, db::Read& read) {
  const auto code = Code::parse(request.path_text("code"));
  const auto citizen = people::citizen_of(request);
  if (!code || !citizen) return unknown_turn();
  TRY(const Turn turn, open_turn(read, *citizen, *code));
  const auto receipts = ledger::receipts_of(read, {"reception_turn", turn.id.value}, code->text());
  if (receipts.empty()) return unknown_turn();
  return http::download(http::text(200, ledger::bundle_of(receipts)),
                        code->text() + ".tlog-proofs");
}

Result<http::Pending> own_post(const http::Request& request,
                               db::Read& read,
                               Random& random,
                               Instant now) {
  const View& view = request.view;
  const std::string_view act = request.path_text("act");
  const auto code = Code::parse(request.path_text("code"));
  if (!code) return unknown_turn();
  const std::string page(turn_url(view, *code).view());
  if (act == "open") {
    const std::string secret = people::typed_secret(request.form);
    if (secret.empty() || !open_turn(read, people::Citizen(secret), *code).ok()) {
      const Error error = people::wrong_secret("reception.error.code_or_secret"_t);
      return http::Pending::answer(
          ask_turn_secret(view, code->text(), &error, request.form.text("contest")));
    }
    if (!request.form.text("contest").empty()) {
      TRY(OwnTurn own, own_turn(request, read, people::Citizen(secret), now));
      own.typed = request.form.text("contest");
      return http::Pending::answer(
          people::remember_secret(show_own(view, own, nullptr), code->text(), secret));
    }
    return http::Pending::answer(
        people::remember_secret(http::see_other(page), code->text(), secret));
  }
  if (act == "close")
    return http::Pending::answer(people::close_own(code->text(), Url::in(view, "/receptions")));
  if (act != "cancel" && act != "contest" && act != "erase") return unknown_turn();
  auto opened = own_turn(request, read, people::citizen_of(request), now);
  if (!opened.ok()) {
    const Error error = people::wrong_secret("reception.error.code_or_secret"_t);
    return http::Pending::answer(
        ask_turn_secret(view, code->text(), &error, request.form.text("contest")));
  }
  OwnTurn own = std::move(opened).value();
  own.typed = request.form.text("contest");
  const HolderAct doing{.citizen = *people::citizen_of(request),
                        .code = *code,
                        .salts = ledger::draw(random),
                        .now = now};
  return http::Pending::commit(
      [doing, act = std::string(act), words = own.typed](db::Write& write) {
        return perform_own(write, doing, act, words);
      },
      [&request, own, page](const Result<Turn>& done, std::string_view) {
        if (done.ok()) return http::see_other(page);
        // Also when the desk was faster: what was typed stays, beside what stands there now.
        if (done.error().kind == ErrorKind::invalid || done.error().kind == ErrorKind::conflict)
          return show_own(request.view, own, &done.error());
        return http::error_response(request, done.error());
      });
}

}  // namespace ln::reception
