#include "feature/satisfaction/satisfaction_pages.h"

#include <string>
#include <utility>

#include "feature/satisfaction/satisfaction_actions.h"
#include "feature/satisfaction/satisfaction_store.h"
#include "platform/html/fill.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/sentence.h"

namespace ln::satisfaction {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

struct Held {
  feedback::Code code;
  Case rated;
  std::optional<Rating> before;
};

Result<Held> held_case(const http::Request& request,
                       db::Read& read,
                       const people::Citizen& citizen) {
  const auto code = feedback::Code::parse(request.path_text("code"));
  if (!code) return Error{ErrorKind::not_found, "satisfaction.error.code_or_secret"_t};
  TRY(Case rated, open(read, citizen, *code));
  auto before = find(read, rated.id);
  return Held{*code, std::move(rated), std::move(before)};
}

Given given_in(const http::Request& request) {
  Given given;
  given.score = request.form.number("score");
  given.solved = request.form.text("solved");
  for (const std::string_view word : request.form.all("reasons")) given.reasons.emplace_back(word);
  given.text = request.form.text("text");
  given.again = request.form.text("again");
  given.believed = request.form.text("believed");
  return given;
}

Given given_of(const Rating& rating) {
  Given given{.score = rating.score,
              .solved = std::string(to_text(rating.solved)),
              .reasons = {},
              .text = rating.text,
              .again = std::string(to_text(rating.again)),
              .believed = std::string(to_text(rating.believed))};
  for (const Reason reason : rating.reasons) given.reasons.emplace_back(to_text(reason));
  return given;
}

Fragment score_field(const View& view, const Given& given, const Error* error) {
  const std::string chosen = given.score ? std::to_string(*given.score) : "";
  std::vector<std::string> values;
  for (int score = score_min; score <= score_max; ++score) values.push_back(std::to_string(score));
  html::Choices group{.name = "score",
                      .legend = {view("satisfaction.score.question"_t), html::Size::m},
                      .error = html::error_for(view, error, "score"),
                      .choices = {},
                      .values = {chosen},
                      .arrangement = html::Arrangement::in_line};
  for (int score = score_min; score <= score_max; ++score)
    group.choices.push_back({.value = values[static_cast<std::size_t>(score - score_min)],
                             .text = view(key_of_score(score))});
  return html::radios(view, group);
}

Fragment solved_field(const View& view, const Given& given, const Error* error) {
  html::Choices group{.name = "solved",
                      .legend = {view("satisfaction.solved.question"_t), html::Size::m},
                      .hint = view("satisfaction.solved.hint"_t),
                      .error = html::error_for(view, error, "solved"),
                      .choices = {},
                      .values = {given.solved},
                      .arrangement = html::Arrangement::in_line};
  for (const Solved solved : all_solved)
    group.choices.push_back({.value = to_text(solved), .text = view(key_of(solved))});
  return html::radios(view, group);
}

Fragment reasons_field(const View& view, const Given& given, const Error* error) {
  html::Choices group{.name = "reasons",
                      .legend = {.text = view("satisfaction.reason.question"_t),
                                 .size = html::Size::m,
                                 .is_optional = true},
                      .error = html::error_for(view, error, "reasons"),
                      .choices = {},
                      .values = {given.reasons.begin(), given.reasons.end()},
                      .arrangement = html::Arrangement::small};
  for (const Reason reason : all_reasons)
    group.choices.push_back({.value = to_text(reason), .text = view(key_of(reason))});
  return html::checkboxes(view, group);
}

// A question that nobody has to answer, and whose answer may be taken back: until somebody chooses,
// not answering is what is chosen.
Fragment said_field(const View& view,
                    std::string_view name,
                    TextKey question,
                    const std::string& given,
                    const Error* error) {
  html::Choices group{
      .name = name,
      .legend = {.text = view(question), .size = html::Size::m, .is_optional = true},
      .error = html::error_for(view, error, name),
      .choices = {},
      .values = {given},
      .arrangement = html::Arrangement::in_line};
  for (const Said each : {Said::yes, Said::no, Said::nothing})
    group.choices.push_back({.value = to_text(each), .text = view(key_of(each))});
  return html::radios(view, group);
}

Fragment text_field(const View& view, const Given& given, const Error* error) {
  return html::textarea(
      view,
      {.name = "text",
       .label = {.text = view("satisfaction.text"_t), .size = html::Size::m, .is_optional = true},
       .hint = view("satisfaction.text_hint"_t),
       .error = html::error_for(view, error, "text"),
       .value = given.text,
       .rows = 4,
       .chars_max = static_cast<int>(text_chars_max)});
}

// What was said, in words; and until when it can be changed.
Fragment said_part(const View& view, const Rating& rating, bool may_change) {
  Fragment reasons;
  for (const Reason reason : rating.reasons) reasons.add("<li>{}</li>", view(key_of(reason)));
  html::SummaryList list;
  list.rows.push_back(
      {view("satisfaction.score.question"_t), fill("{}", view(key_of_score(rating.score)))});
  list.rows.push_back(
      {view("satisfaction.solved.question"_t), fill("{}", view(key_of(rating.solved)))});
  if (!rating.reasons.empty())
    list.rows.push_back({view("satisfaction.reason.question"_t), fill("<ul>{}</ul>", reasons)});
  for (const auto& [said, question] : {std::pair(rating.again, "satisfaction.again"_t),
                                       std::pair(rating.believed, "satisfaction.believed"_t)})
    if (said != Said::nothing)
      list.rows.push_back({view(question), fill("{}", view(key_of(said)))});
  if (!rating.text.empty())
    list.rows.push_back({view("satisfaction.text"_t), fill("{}", rating.text)});
  const TextKey lead = may_change ? "satisfaction.said"_t : "satisfaction.said_for_good"_t;
  return fill("<p>{}</p>{}",
              html::sentence(view, lead, {{"at", html::moment(view, rating.changed_at)}}),
              html::summary_list(view, list));
}

http::Response show(const http::Request& request,
                    const Held& held,
                    const Given& given,
                    const Error* error,
                    Instant now) {
  const View& view = request.view;
  const bool may_change = may_rate(held.rated, held.before, now).ok();
  const Url back = Url::in(view, "/feedback/", held.code.text());
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-xl">{}</h1><p class="lead">{}</p>)", view("satisfaction.title"_t),
           html::sentence(view, "satisfaction.lead"_t, {{"code", html::code(held.code.shown())}}));
  if (held.before && error == nullptr) body += said_part(view, *held.before, may_change);
  if (may_change) {
    Fragment fields = score_field(view, given, error);
    fields += solved_field(view, given, error);
    fields += said_field(view, "believed", "satisfaction.believed"_t, given.believed, error);
    fields += said_field(view, "again", "satisfaction.again"_t, given.again, error);
    fields += reasons_field(view, given, error);
    fields += text_field(view, given, error);
    fields +=
        html::button({.text = view(held.before ? "satisfaction.change"_t : "satisfaction.send"_t),
                      .once = true});
    body += html::form(view, {.action = Url::in(view, "/feedback/", held.code.text(), "/ratings"),
                              .body = std::move(fields)});
  }
  const html::PageParts parts{
      .title = view("satisfaction.title"_t),
      .body = html::columns({.before = html::back_link(view, back, view("satisfaction.back"_t)),
                             .body = std::move(body)}),
      .has_errors = error != nullptr,
      .is_unlisted = true};
  return http::page(error == nullptr ? 200 : 422, html::page(view, parts));
}

}  // namespace

Result<http::Response> rating_page(const http::Request& request,
                                   db::Read& read,
                                   people::Citizen citizen,
                                   Instant now) {
  TRY(const Held held, held_case(request, read, citizen));
  // Who has said something may always read it again; the rest learn why they cannot rate.
  if (!held.before) {
    TRY([[maybe_unused]] const Done fine, may_rate(held.rated, held.before, now));
  }
  return show(request, held, held.before ? given_of(*held.before) : Given{}, nullptr, now);
}

Result<http::Pending> rating_form(const http::Request& request,
                                  db::Read& read,
                                  people::Citizen citizen,
                                  Random& random,
                                  Instant now) {
  TRY(const Held held, held_case(request, read, citizen));
  TRY([[maybe_unused]] const Done fine, may_rate(held.rated, held.before, now));
  RateAct act{.citizen = std::move(citizen),
              .code = held.code,
              .given = given_in(request),
              .salts = ledger::draw(random),
              .now = now};
  if (const auto checked = check(act.given); !checked.ok())
    return http::Pending::answer(show(request, held, act.given, &checked.error(), now));
  const std::string page(Url::in(request.view, "/feedback/", held.code.text(), "/ratings").view());
  return http::Pending::commit(
      [act = std::move(act)](db::Write& write) { return rate(write, act); },
      [request, page](const Result<Done>& outcome, std::string_view) {
        return outcome.ok() ? http::see_other(page)
                            : http::error_response(request, outcome.error());
      });
}

}  // namespace ln::satisfaction
