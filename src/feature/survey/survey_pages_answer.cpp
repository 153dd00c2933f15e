#include "feature/survey/survey_pages_answer.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/text.h"
#include "core/people/people_citizen.h"
#include "feature/survey/survey_actions.h"
#include "feature/survey/survey_pages_parts.h"
#include "platform/db/once.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"
#include "platform/http/once_key.h"

namespace ln::survey {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

// Where somebody answers, and what they see of it.
struct Place {
  View view;
  Sheet sheet{};
  Way way = Way::slip;
  std::string secret{};  // of a slip
  std::string once{};    // what is sent twice is one answer
  const people::Officer* clerk = nullptr;

  Url url() const {
    const std::int64_t id = sheet.survey.id.value;
    switch (way) {
      case Way::slip: return Url::in(view, "/surveys/slip/", secret);
      case Way::kiosk: return Url::in(view, "/surveys/", id, "/kiosk");
      case Way::link: return Url::in(view, "/surveys/", id, "/answer");
      case Way::clerk: break;
    }
    return Url::in(view, "/staff/surveys/", id, "/enter");
  }
};

http::Response in_frame(
    const Place& place, int status, std::string_view title, Fragment body, bool is_once = false) {
  const View& view = place.view;
  if (place.way == Way::kiosk) {
    Fragment all = fill(R"(<div class="row row--between no-print"><p class="muted">{}</p>{}</div>)",
                        view("survey.kiosk.nothing_kept"_t),
                        html::link_button(place.url(), {.text = view("survey.kiosk.clear"_t),
                                                        .kind = html::ButtonKind::warning,
                                                        .icon_before = "trash-2",
                                                        .is_big = true}));
    all += body;
    body = fill(R"(<div class="wrap form-page kiosk" data-clears="{}">{}</div>)",
                place.url().view(), all);
  } else {
    body = html::columns({.body = std::move(body), .is_narrow = true});
  }
  auto response =
      http::page(status, html::page(view, {.title = title,
                                           .here = place.clerk ? "/staff/surveys" : "/surveys",
                                           .body = std::move(body),
                                           .is_staff = place.clerk != nullptr,
                                           .has_errors = status == 422 || status == 409,
                                           .is_unlisted = true,
                                           .is_once = is_once}));
  return std::move(response).with_header("Cache-Control", "no-store");
}

http::Response questions(const Place& place, const TypedAnswer& typed, const Error* error) {
  const View& view = place.view;
  const Survey& s = place.sheet.survey;
  const html::Spoken title = title_of(view, s);
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l" lang="{}">{}</h1><p class="lead">{}</p><p>{}</p>)", title.lang,
           title.text, view.voice("survey.answer.about"_t, {{"unit", place.sheet.unit}}),
           view(place.way == Way::slip    ? "survey.answer.lead_slip"_t
                : place.way == Way::clerk ? "survey.answer.lead_clerk"_t
                                          : "survey.answer.lead_apart"_t));
  // For every slip, whether or not it has answered: that is told to nobody who finds one.
  if (place.way == Way::slip)
    body += html::note({.heading = view("survey.answer.again"_t),
                        .body = fill("<p>{}</p>", view("survey.answer.again_lead"_t))});
  Fragment fields = fields_of(view, place.sheet.form, typed, error);
  fields += html::hidden("once", place.once);
  fields += html::button(
      {.text = view("survey.answer.send"_t), .icon_after = "send", .is_big = true, .once = true});
  fields.add(R"(<p class="small muted">{}</p>)", view("survey.answer.privacy"_t));
  body += html::form(view, {.action = place.url(), .body = std::move(fields)});
  return in_frame(place, error == nullptr ? 200 : http::status_of(error->kind), title.text,
                  std::move(body));
}

http::Response thanks(const Place& place, const Receipt& receipt) {
  const View& view = place.view;
  Fragment body =
      fill(R"(<div class="done" role="status"><h1 class="h-l">{}</h1><p>{}</p></div>)",
           view("survey.thanks.title"_t),
           view(place.way == Way::slip ? "survey.thanks.lead"_t : "survey.thanks.lead_apart"_t));
  std::vector<html::Fact> facts;
  facts.push_back({view("survey.thanks.at"_t), html::moment(view, receipt.at)});
  facts.push_back({view("survey.thanks.line"_t), html::code(view.voice.number(receipt.line))});
  if (!receipt.fingerprint.empty())
    facts.push_back({view("survey.thanks.fingerprint"_t),
                     fill(R"(<span class="hash" translate="no">{}</span>)", receipt.fingerprint)});
  body += html::facts(facts, true);
  if (place.way == Way::slip)
    body.add("<p>{}</p>",
             view.voice("survey.thanks.change"_t,
                        {{"day", view.voice.date(std::min(local_day(receipt.change_until),
                                                          place.sheet.survey.closes_on))}}));
  body.add(
      R"(<p class="no-print"><a href="{}">{}</a></p>)",
      place.way == Way::kiosk || place.clerk ? place.url() : page_of(view, place.sheet.survey.id),
      view(place.way == Way::kiosk || place.clerk ? "survey.thanks.next"_t
                                                  : "survey.thanks.results"_t));
  return in_frame(place, 200, view("survey.thanks.title"_t), std::move(body), true);
}

http::Response no_slip(const View& view, std::string_view typed, const Error* error) {
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("survey.slip.title"_t),
           view("survey.slip.lead"_t));
  Fragment fields = html::input(view, {.name = "code",
                                       .label = {view("survey.slip.code"_t)},
                                       .hint = view("survey.slip.hint"_t),
                                       .error = html::error_for(view, error, "code"),
                                       .value = typed,
                                       .autocomplete = "off",
                                       .autocapitalize = "characters",
                                       .spellcheck = false,
                                       .more_class = "code-input"});
  fields += html::button({.text = view("survey.slip.go"_t)});
  body += html::query_form({.action = Url::in(view, "/surveys/slip"),
                            .body = std::move(fields),
                            .label = view("survey.slip.title"_t)});
  return http::form_page(view, {.title = view("survey.slip.title"_t),
                                .here = "/surveys",
                                .body = std::move(body),
                                .error = error,
                                .is_narrow = true});
}

Error wrong_slip() {
  return {ErrorKind::not_found, "survey.error.slip"_t, {{"code", "survey.error.slip"_t}}};
}

// The place of a slip; null for what is none or takes no answer now. One sentence for all of them.
std::optional<Place> place_of_slip(const http::Request& request,
                                   db::Read& read,
                                   Random& random,
                                   Instant now) {
  const std::string secret = people::plain_secret(request.path_text("token"));
  const auto hash = slip_hash(secret);
  const auto slip = hash ? find_slip(read, *hash) : std::nullopt;
  auto sheet = slip ? sheet_of(request.view, read, slip->survey) : std::nullopt;
  if (!sheet || !sheet->survey.takes_answers(now) || (slip->is_used && !slip->answer))
    return std::nullopt;
  return Place{.view = request.view,
               .sheet = *std::move(sheet),
               .secret = secret,
               .once = http::once_key(request.form, random)};
}

Result<Place> place_apart(const http::Request& request, db::Read& read, Way way, Instant now) {
  TRY(Sheet sheet, sheet_in(request, read));
  const Survey& s = sheet.survey;
  const bool is_on = way == Way::clerk || (way == Way::kiosk ? s.has_kiosk : s.has_link);
  if (!is_on) return Error{ErrorKind::not_found, "survey.error.none"_t};
  if (!s.takes_answers(now)) return Error{ErrorKind::conflict, "survey.error.closed"_t};
  return Place{.view = request.view, .sheet = std::move(sheet), .way = way};
}

std::string packed(const Receipt& receipt) {
  return std::to_string(receipt.line) + " " + std::to_string(to_ms(receipt.at)) + " " +
         std::to_string(to_ms(receipt.change_until)) + " " + receipt.fingerprint;
}
std::optional<Receipt> receipt_in(std::string_view text) {
  const std::size_t first = text.find(' '), second = text.find(' ', first + 1);
  const std::size_t third = second == std::string_view::npos ? second : text.find(' ', second + 1);
  if (third == std::string_view::npos) return std::nullopt;
  const auto line = parse_number(text.substr(0, first));
  const auto at = parse_number(text.substr(first + 1, second - first - 1));
  const auto until = parse_number(text.substr(second + 1, third - second - 1));
  if (!line || !at || !until) return std::nullopt;
  return Receipt{.line = *line,
                 .fingerprint = std::string(text.substr(third + 1)),
                 .at = from_ms(*at),
                 .change_until = from_ms(*until)};
}

// Checks what was typed and commits it; a refusal shows the form again with everything in it.
Result<http::Pending> say(const http::Request& request,
                          db::Read& read,
                          const std::shared_ptr<const Place>& place,
                          Random& random,
                          Instant now) {
  const TypedAnswer typed = typed_answer(place->sheet.form, request.form);
  const std::string key = "survey.answer:" + place->secret + ":" + place->once;
  if (const auto before = db::Once::find(read, key))
    if (const auto receipt = receipt_in(*before))
      return http::Pending::answer(thanks(*place, *receipt));
  auto given = check_answer(place->sheet.form, typed);
  if (!given.ok()) return http::Pending::answer(questions(*place, typed, &given.error()));
  const Saying saying{.survey = place->sheet.survey.id,
                      .way = place->way,
                      .secret = place->secret,
                      .given = std::move(given).value(),
                      .clerk = place->clerk,
                      .salts = ledger::draw(random),
                      .case_key = ledger::draw_case_key(random),
                      .nonce = random.bytes<32>()};
  return http::Pending::commit(
      [saying, key, now](db::Write& write) -> Result<Receipt> {
        if (const auto before = db::Once::find(write, key))
          if (auto receipt = receipt_in(*before)) return *std::move(receipt);
        TRY(const Receipt receipt, answer(write, saying, now));
        db::Once::save(write, key, packed(receipt), now);
        return receipt;
      },
      [&request, place, typed](const Result<Receipt>& done, std::string_view) {
        if (done.ok()) return thanks(*place, done.value());
        if (done.error().kind == ErrorKind::not_found && place->way == Way::slip) {
          const Error error = wrong_slip();
          return no_slip(request.view, "", &error);
        }
        if (done.error().kind == ErrorKind::conflict) {
          Place again = *place;
          return questions(again, typed, &done.error());
        }
        return http::error_response(request, done.error());
      });
}

Result<http::Response> page_apart(
    const http::Request& request, db::Read& read, Way way, Random& random, Instant now) {
  TRY(Place place, place_apart(request, read, way, now));
  place.once = http::once_key(request.form, random);
  return questions(place, {}, nullptr);
}

Result<http::Pending> post_apart(
    const http::Request& request, db::Read& read, Way way, Random& random, Instant now) {
  TRY(Place place, place_apart(request, read, way, now));
  place.once = http::once_key(request.form, random);
  return say(request, read, std::make_shared<const Place>(std::move(place)), random, now);
}

// A clerk's place keeps the officer beside it, because a Place only borrows one.
struct Desk {
  people::Officer officer;
  Place place{};
};
Result<std::shared_ptr<Desk>> desk_for(const http::Request& request,
                                       db::Read& read,
                                       const people::Officer& officer,
                                       Random& random,
                                       Instant now) {
  TRY(Place place, place_apart(request, read, Way::clerk, now));
  if (!may_take_in(officer, place.sheet.survey.unit_path))
    return Error{ErrorKind::forbidden, "survey.error.not_yours"_t};
  auto desk = std::make_shared<Desk>(Desk{officer, std::move(place)});
  desk->place.view = people::view_of(request, desk->officer.staff());
  desk->place.clerk = &desk->officer;
  desk->place.once = http::once_key(request.form, random);
  return desk;
}

}  // namespace

Result<http::Response> slip_door(const http::Request& request, db::Read& read, Instant) {
  const std::string typed(request.query.text("code"));
  if (typed.empty()) return no_slip(request.view, "", nullptr);
  const auto hash = slip_hash(typed);
  if (!hash || !find_slip(read, *hash)) {
    const Error error = wrong_slip();
    return no_slip(request.view, typed, &error);
  }
  return http::see_other(
      std::string(Url::in(request.view, "/surveys/slip/", people::plain_secret(typed)).view()));
}

Result<http::Response> slip_page(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now) {
  const auto place = place_of_slip(request, read, random, now);
  if (!place) {
    const Error error = wrong_slip();
    return no_slip(request.view, "", &error);
  }
  return questions(*place, {}, nullptr);
}

Result<http::Pending> slip_post(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now) {
  auto place = place_of_slip(request, read, random, now);
  if (!place) {
    const Error error = wrong_slip();
    return http::Pending::answer(no_slip(request.view, "", &error));
  }
  return say(request, read, std::make_shared<const Place>(*std::move(place)), random, now);
}

Result<http::Response> kiosk_page(const http::Request& request,
                                  db::Read& read,
                                  Random& random,
                                  Instant now) {
  return page_apart(request, read, Way::kiosk, random, now);
}
Result<http::Pending> kiosk_post(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now) {
  return post_apart(request, read, Way::kiosk, random, now);
}
Result<http::Response> link_page(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now) {
  return page_apart(request, read, Way::link, random, now);
}
Result<http::Pending> link_post(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now) {
  return post_apart(request, read, Way::link, random, now);
}

Result<http::Response> enter_page(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Random& random,
                                  Instant now) {
  TRY(const auto desk, desk_for(request, read, officer, random, now));
  return questions(desk->place, {}, nullptr);
}

Result<http::Pending> enter_post(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Random& random,
                                 Instant now) {
  TRY(const auto desk, desk_for(request, read, officer, random, now));
  // Shares the desk's life, so that the officer stays as long as the place that borrows them.
  return say(request, read, std::shared_ptr<const Place>(desk, &desk->place), random, now);
}

}  // namespace ln::survey
