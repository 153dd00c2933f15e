// Voting by the secret of a slip, step by step: the secret, the choices, the marks to keep.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/people/people_citizen_session.h"
#include "core/people/people_code.h"
#include "core/people/people_pages_secret.h"
#include "feature/ballot/ballot_actions.h"
#include "feature/ballot/ballot_pages.h"
#include "feature/ballot/ballot_pages_parts.h"
#include "platform/db/once.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"
#include "platform/http/once_key.h"

namespace ln::ballot {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

Error unknown_slip() { return {ErrorKind::not_found, "ballot.error.code_or_secret"_t}; }

http::Response narrow(const View& view, Fragment body, const Error* error, bool is_once = false) {
  return http::form_page(view, {.title = view("ballot.vote.title"_t),
                                .here = "/ballots",
                                .body = std::move(body),
                                .error = error,
                                .is_narrow = true,
                                .is_once = is_once});
}

// The same page whether the code exists or not.
http::Response ask_for_secret(const View& view, std::string_view code, const Error* error) {
  Fragment fields = people::secret_field(view, view("ballot.vote.secret"_t),
                                         view("ballot.vote.secret_hint"_t), error);
  fields += html::button({.text = view("ballot.vote.open"_t), .once = true});
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1>{})", view("ballot.vote.title"_t),
           html::form(view, {.action = Url::in(view, "/ballots/slips/", code, "/open"),
                             .body = std::move(fields)}));
  return narrow(view, std::move(body), error);
}

struct Booth {
  Slip slip;
  Code code;
  Ballot ballot;
  std::vector<Question> questions{};
  std::string once{};
  std::vector<std::string> chosen{};  // as sent, by question
  bool has_said = false;              // a moment ago, that it was not them
  Instant now{};
};

Result<Booth> booth_of(const http::Request& request, db::Read& read, Instant now) {
  const auto code = Code::parse(request.path_text("code"));
  const auto citizen = people::citizen_of(request);
  if (!code || !citizen) return unknown_slip();
  TRY(Slip slip, open_slip(read, *citizen, *code));
  auto b = find(read, slip.ballot);
  if (!b) return unknown_slip();
  Booth booth{.slip = std::move(slip), .code = *code, .ballot = *std::move(b), .now = now};
  booth.questions = questions_of(read, booth.ballot.id);
  return booth;
}

Fragment slip_form(const View& view, const Booth& booth, std::string_view act, Fragment body) {
  return html::form(view, {.action = Url::in(view, "/ballots/slips/", booth.code.text(), "/", act),
                           .body = std::move(body)});
}

Fragment choices_of(const View& view, const Booth& booth, const Error* error) {
  Fragment out;
  for (const Question& question : booth.questions) {
    const std::string name = "choice-" + std::to_string(question.number);
    const html::Spoken words = html::spoken(view, question.text_vi, question.text_en);
    std::vector<std::string> values;
    for (const Option& each : question.options) values.push_back(std::to_string(each.number));
    html::Choices group{.name = name,
                        .legend = {.text = words.text, .size = html::Size::m},
                        .error = html::error_for(view, error, name),
                        .arrangement = html::Arrangement::rows};
    for (std::size_t i = 0; i < question.options.size(); ++i)
      group.choices.push_back(
          {.value = values[i],
           .text =
               html::spoken(view, question.options[i].text_vi, question.options[i].text_en).text});
    group.choices.push_back({.value = "0", .text = view("ballot.vote.blank"_t)});
    const auto at = static_cast<std::size_t>(question.number - 1);
    if (at < booth.chosen.size() && !booth.chosen[at].empty())
      group.values.emplace_back(booth.chosen[at]);
    out += html::radios(view, group);
  }
  return out;
}

// The same whether it was said before or not: what is said goes when somebody votes, so that the
// form would tell of the vote.
Fragment object_part(const View& view, const Booth& booth) {
  Fragment said;
  if (booth.has_said)
    said =
        html::note({.body = fill("<p>{}</p>", view("ballot.vote.objected"_t)), .is_status = true});
  return said += html::details(view("ballot.vote.not_us"_t),
                               fill("<p>{}</p>{}", view("ballot.vote.not_us_lead"_t),
                                    slip_form(view, booth, "object",
                                              html::button({.text = view("ballot.vote.not_us_do"_t),
                                                            .kind = html::ButtonKind::warning,
                                                            .once = true}))));
}

// Looks the same whether the household has voted or not: who keeps a copy of a slip learns nothing
// by opening it, and whoever tries to vote with it leaves a trace.
http::Response show_booth(const View& view, const Booth& booth, const Error* error) {
  const html::Spoken title = title_of(view, booth.ballot);
  const bool is_open = booth.slip.is_valid && booth.ballot.is_open(booth.now);
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p><a href="{}" lang="{}">{}</a></p>)",
           view("ballot.vote.title"_t), page_of(view, booth.ballot.id), title.lang, title.text);
  if (is_open) {
    body.add("<p>{}</p>", view("ballot.vote.lead"_t));
    Fragment fields = choices_of(view, booth, error);
    fields += html::hidden("once", booth.once);
    fields += html::button({.text = view("ballot.vote.cast"_t), .once = true});
    body += slip_form(view, booth, "cast", std::move(fields));
  } else {
    const TextKey why = booth.slip.is_valid ? "ballot.error.not_open"_t : "ballot.error.replaced"_t;
    body += html::note({.kind = html::NoteKind::warn, .body = fill("<p>{}</p>", view(why))});
  }
  if (booth.ballot.stage != Stage::cancelled && booth.now >= booth.ballot.opens_at)
    body += object_part(view, booth);
  body += slip_form(
      view, booth, "close",
      html::button({.text = view("ballot.vote.close"_t), .kind = html::ButtonKind::secondary}));
  return narrow(view, std::move(body), error);
}

// Without the marks, which are kept nowhere but in the box: who sends the form again is told that
// the vote came in, and not which ballot it is.
std::string packed(const Receipt& receipt) {
  return std::to_string(receipt.line) + " " + receipt.fingerprint;
}

std::optional<Receipt> receipt_in(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto line = parse_number(text.substr(0, space));
  if (!line) return std::nullopt;
  return Receipt{.line = *line, .fingerprint = std::string(text.substr(space + 1))};
}

http::Response voted(const View& view, const Booth& booth, const Receipt& receipt) {
  Fragment body = fill(R"(<div class="done" role="status"><h1 class="h-l">{}</h1><p>{}</p></div>)",
                       view("ballot.voted.title"_t), view("ballot.voted.lead"_t));
  if (receipt.marks.empty())
    body.add("<p>{}</p>", view("ballot.voted.no_marks"_t));
  else
    body.add(
        R"(<h2 class="h-m">{}</h2><p>{}</p><ol>{}</ol><p>{}</p>)", view("ballot.voted.marks"_t),
        view("ballot.voted.marks_lead"_t),
        [&](Fragment& list) {
          for (const std::string& mark : receipt.marks)
            list.add(R"(<li class="secret mark" translate="no">{}</li>)", shown_mark(mark));
        },
        view("ballot.voted.no_proof"_t));
  const html::Fact facts[] = {
      {view("ballot.voted.line"_t), html::code(view.voice.number(receipt.line))},
      {view("ballot.voted.fingerprint"_t),
       fill(R"(<span class="hash" translate="no">{}</span>)", receipt.fingerprint)}};
  body += html::facts(facts, true);
  body.add(R"(<p class="no-print"><a href="{}">{}</a></p>)", page_of(view, booth.ballot.id),
           view("ballot.voted.back"_t));
  return narrow(view, std::move(body), nullptr, true);
}

Result<http::Pending> cast_post(const http::Request& request,
                                db::Read& read,
                                Booth booth,
                                Random& random) {
  const View& view = request.view;
  booth.once = http::once_key(request.form, random);
  const std::string key = "ballot.cast:" + booth.code.text() + ":" + booth.once;
  if (const auto before = db::Once::find(read, key))
    if (const auto receipt = receipt_in(*before))
      return http::Pending::answer(voted(view, booth, *receipt));
  std::vector<std::optional<std::int64_t>> choices;
  for (const Question& each : booth.questions) {
    const std::string name = "choice-" + std::to_string(each.number);
    booth.chosen.emplace_back(request.form.text(name));
    choices.push_back(request.form.number(name));
  }
  auto votes = read_votes(booth.questions, choices, random);
  if (!votes.ok()) return http::Pending::answer(show_booth(view, booth, &votes.error()));
  const Cast vote{.code = booth.code,
                  .citizen = *people::citizen_of(request),
                  .votes = std::move(votes).value(),
                  .salts = ledger::draw(random),
                  .now = booth.now};
  return http::Pending::commit(
      [vote, key](db::Write& write) -> Result<Receipt> {
        if (const auto before = db::Once::find(write, key))
          if (auto receipt = receipt_in(*before)) return *std::move(receipt);
        TRY(Receipt receipt, cast(write, vote));
        db::Once::save(write, key, packed(receipt), vote.now);
        return receipt;
      },
      [&request, booth](const Result<Receipt>& done, std::string_view) {
        if (done.ok()) return voted(request.view, booth, done.value());
        if (done.error().kind != ErrorKind::conflict)
          return http::error_response(request, done.error());
        return show_booth(request.view, booth, &done.error());
      });
}

}  // namespace

Result<http::Response> slip_page(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now) {
  auto booth = booth_of(request, read, now);
  if (!booth.ok()) return ask_for_secret(request.view, request.path_text("code"), nullptr);
  booth.value().has_said = !request.query.text("said").empty();
  booth.value().once = http::once_key(request.form, random);
  return show_booth(request.view, booth.value(), nullptr);
}

Result<http::Pending> slip_post(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now) {
  const View& view = request.view;
  const std::string act(request.path_text("act"));
  const auto code = Code::parse(request.path_text("code"));
  if (!code) return unknown_slip();
  const std::string page(slip_url(view, *code).view());
  if (act == "open")
    return http::Pending::answer(people::open_own(
        request, {code->text(), slip_url(view, *code), "ballot.error.code_or_secret"_t},
        [&](const people::Citizen& by) { return open_slip(read, by, *code).ok(); },
        [&](const Error& wrong) { return ask_for_secret(view, code->text(), &wrong); }));
  if (act == "close")
    return http::Pending::answer(people::close_own(code->text(), Url::in(view, "/ballots")));
  TRY(Booth booth, booth_of(request, read, now));
  if (act == "cast") return cast_post(request, read, std::move(booth), random);
  if (act != "object") return unknown_slip();
  return http::Pending::commit(
      [citizen = *people::citizen_of(request), code = *code, salts = ledger::draw(random),
       now](db::Write& write) { return object(write, citizen, code, salts, now); },
      [&request, page](const Result<Done>& done, std::string_view) {
        return done.ok() ? http::see_other(page + "?said=1")
                         : http::error_response(request, done.error());
      });
}

}  // namespace ln::ballot
