// What whoever was promised something may say, with their code and secret.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/people/people_citizen_session.h"
#include "core/people/people_code.h"
#include "core/people/people_pages_secret.h"
#include "feature/commitment/commitment_actions.h"
#include "feature/commitment/commitment_pages.h"
#include "feature/commitment/commitment_pages_parts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"

namespace ln::commitment {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

Url own_url(const View& view, CommitmentId id) {
  return Url::in(view, "/commitments/", id.value, "/own");
}

http::Response framed(const View& view, TextKey title, Fragment body, const Error* error) {
  return http::form_page(view, {.title = view(title),
                                .here = "/commitments",
                                .body = std::move(body),
                                .error = error,
                                .is_narrow = true});
}

// The same page whether the code exists or not.
http::Response ask_for_secret(const View& view,
                              const Commitment& c,
                              std::string_view code,
                              const Error* error) {
  Fragment fields = html::input(view, {.name = "code",
                                       .label = {view("commitment.own.code"_t)},
                                       .hint = view("commitment.own.code_hint"_t),
                                       .value = code,
                                       .autocomplete = "off",
                                       .autocapitalize = "characters",
                                       .spellcheck = false,
                                       .more_class = "code-input"});
  fields += people::secret_field(view, view("commitment.own.secret"_t),
                                 view("commitment.own.secret_hint"_t), error);
  fields += html::button({.text = view("commitment.own.open"_t), .once = true});
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>{})", view("commitment.own.title"_t),
           view("commitment.own.lead"_t),
           html::form(view, {.action = own_url(view, c.id), .body = std::move(fields)}));
  body.add(R"(<p><a href="{}">{}</a></p>)", page_of(view, c.id), view("commitment.own.back"_t));
  return framed(view, "commitment.own.title"_t, std::move(body), error);
}

// Everything that the page of the holder shows.
struct Holding {
  Commitment c;
  Asker asker;
  Instant now;
  std::string typed{};  // words that were refused
  std::string_view failed{};
};

struct Choice {
  Act act;
  TextKey title, lead, button;
  TextKey words{};  // label of the words; none: no field
};
constexpr std::size_t choices_count = 6;
std::array<Choice, choices_count> choices() {
  return {{{Act::confirm, "commitment.own.confirm_title"_t, "commitment.own.confirm_lead"_t,
            "commitment.own.confirm"_t},
           {Act::object, "commitment.own.object_title"_t, "commitment.own.object_lead"_t,
            "commitment.own.object"_t, "commitment.own.object_words"_t},
           {Act::accept, "commitment.own.accept_title"_t, "commitment.own.accept_lead"_t,
            "commitment.own.accept"_t},
           {Act::refuse, "commitment.own.refuse_title"_t, "commitment.own.refuse_lead"_t,
            "commitment.own.refuse"_t, "commitment.own.refuse_words"_t},
           {Act::consent, "commitment.own.consent_title"_t, "commitment.own.consent_lead"_t,
            "commitment.own.consent"_t},
           {Act::decline_change, "commitment.own.decline_title"_t, "commitment.own.decline_lead"_t,
            "commitment.own.decline"_t}}};
}

// Whether the holder is offered this now: what the rule allows and they have not said yet.
bool is_offered(const Holding& held, Act act) {
  if (!next_state(held.c, act, Party::citizen, held.now).ok()) return false;
  if (held.c.source == Source::feedback && (act == Act::accept || act == Act::refuse)) return false;
  const Asker& asker = held.asker;
  switch (act) {
    case Act::confirm: return !asker.has_confirmed;
    case Act::object: return asker.said_wording != held.c.wording && !held.c.has_change();
    case Act::consent: return asker.has_confirmed && !asker.has_consented;
    case Act::decline_change: return asker.has_confirmed;
    case Act::accept: return !asker.has_consented;
    default: return true;
  }
}

Fragment act_form(const View& view, const Holding& held, const Choice& choice, const Error* error) {
  const std::string_view word = to_text(choice.act);
  Fragment fields;
  if (!choice.words.is_none()) {
    const bool is_this = held.failed == word;
    fields += html::textarea(
        view, {.name = "words",
               .label = {view(choice.words)},
               .error = is_this ? html::error_for(view, error, "words") : std::string_view(),
               .value = is_this ? std::string_view(held.typed) : std::string_view(),
               .id = is_this ? std::string("words") : "words-" + std::string(word),
               .rows = 4,
               .chars_max = static_cast<int>(words_chars_max)});
  }
  fields += html::hidden("code", held.asker.code);
  fields += html::hidden("wording", std::to_string(held.c.wording));
  fields += html::hidden("seen", seen_of(held.c));
  fields += html::button(
      {.text = view(choice.button),
       .kind = choice.words.is_none() ? html::ButtonKind::primary : html::ButtonKind::secondary,
       .once = true});
  return fill(
      R"(<h2 class="h-m sp">{}</h2><p>{}</p>{})", view(choice.title), view(choice.lead),
      html::form(view, {.action = Url::in(view, "/commitments/", held.c.id.value, "/own/", word),
                        .body = std::move(fields)}));
}

http::Response show(const View& view, db::Read& read, const Holding& held, const Error* error) {
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1>)", view("commitment.own.title"_t));
  body += sheet(view, read, held.c, held.now, Reader::party);
  if (held.c.source == Source::feedback)
    body.add(R"(<p>{} <a href="{}">{}</a></p>)", view("commitment.own.case"_t),
             Url::in(view, "/feedback/", held.asker.code), view("commitment.own.case_link"_t));
  if (held.asker.has_confirmed)
    body.add(R"(<p>{}{}</p>)", html::icon("check"), view("commitment.own.has_confirmed"_t));
  bool any = false;
  for (const Choice& each : choices())
    if (is_offered(held, each.act)) {
      body += act_form(view, held, each, error);
      any = true;
    }
  if (!any) body.add("<p>{}</p>", view("commitment.own.nothing"_t));
  Fragment away = html::hidden("code", held.asker.code);
  away +=
      html::button({.text = view("commitment.own.close"_t), .kind = html::ButtonKind::secondary});
  body.add(
      R"(<p class="sp"><a href="{}">{}</a></p>{})", page_of(view, held.c.id),
      view("commitment.own.back"_t),
      html::form(view, {.action = Url::in(view, "/commitments/", held.c.id.value, "/own/close"),
                        .body = std::move(away)}));
  return framed(view, "commitment.own.title"_t, std::move(body), error);
}

Result<Holding> holding_of(const http::Request& request,
                           db::Read& read,
                           std::string_view typed_code,
                           Instant now) {
  TRY(Commitment c, asked_for(request, read));
  const auto code = read_code(typed_code);
  const auto citizen = code ? people::citizen_of(request, *code) : std::nullopt;
  if (!citizen) return people::wrong_secret("commitment.error.code_or_secret"_t);
  TRY(Asker asker, open_asker(read, *citizen, c.id, *code));
  return Holding{std::move(c), std::move(asker), now};
}

}  // namespace

Result<http::Response> own_page(const http::Request& request, db::Read& read, Instant now) {
  TRY(const Commitment c, asked_for(request, read));
  const std::string_view code = request.query.text("code");
  const auto held = holding_of(request, read, code, now);
  if (!held.ok()) return ask_for_secret(request.view, c, code, nullptr);
  return show(request.view, read, held.value(), nullptr);
}

Result<http::Pending> own_open(const http::Request& request, db::Read& read, Instant) {
  const View& view = request.view;
  TRY(const Commitment c, asked_for(request, read));
  const std::string_view typed = request.form.text("code");
  const auto code = read_code(typed);
  const std::string secret = people::typed_secret(request.form);
  if (!code || secret.empty() || !open_asker(read, people::Citizen(secret), c.id, *code).ok()) {
    const Error wrong = people::wrong_secret("commitment.error.code_or_secret"_t);
    return http::Pending::answer(ask_for_secret(view, c, typed, &wrong));
  }
  return http::Pending::answer(people::remember_secret(
      http::see_other(std::string(own_url(view, c.id).with("code", *code).view())), *code, secret));
}

Result<http::Pending> own_post(const http::Request& request,
                               db::Read& read,
                               Random& random,
                               Instant now) {
  const View& view = request.view;
  const std::string_view word = request.path_text("act");
  const std::string_view typed_code = request.form.text("code");
  if (word == "close") {
    TRY(const Commitment c, asked_for(request, read));
    const auto code = read_code(typed_code);
    return http::Pending::answer(people::forget_secret(
        http::see_other(std::string(page_of(view, c.id).view())), code.value_or("")));
  }
  const auto what = from_word(all_acts, word);
  const auto offered = choices();
  if (!what || std::ranges::find(offered, *what, &Choice::act) == offered.end())
    return Error{ErrorKind::not_found, "commitment.error.none"_t};
  TRY(Holding held, holding_of(request, read, typed_code, now));
  held.failed = word;
  held.typed = std::string(request.form.text("words"));
  AskerAct act =
      draw(*people::citizen_of(request, held.asker.code), held.asker.code, held.c, random, now);
  act.wording = request.form.number("wording").value_or(0);
  act.seen = request.form.text("seen");
  const auto words_fit = check_said(*what, held.typed);
  if (!words_fit.ok()) return http::Pending::answer(show(view, read, held, &words_fit.error()));
  const std::string back(own_url(view, held.c.id).with("code", held.asker.code).view());
  return http::Pending::commit([act, what = *what, words = held.typed](
                                   db::Write& write) { return perform(write, act, what, words); },
                               [&request, back](const Result<Commitment>& done, std::string_view) {
                                 return done.ok() ? http::see_other(back)
                                                  : http::error_response(request, done.error());
                               });
}

}  // namespace ln::commitment
