// One household's own file, by its secret.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_opening.h"
#include "core/ledger/ledger_store_tree.h"
#include "core/people/people_citizen_session.h"
#include "core/people/people_code.h"
#include "core/people/people_pages_secret.h"
#include "feature/project/project_actions_household.h"
#include "feature/project/project_pages.h"
#include "feature/project/project_pages_parts.h"
#include "feature/project/project_store_reissue.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/download.h"
#include "platform/http/form_page.h"

namespace ln::project {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

Error wrong_file() { return {ErrorKind::not_found, "project.error.code_or_secret"_t}; }

http::Response whole_file(const View& view, Fragment body, const Error* error, bool is_once) {
  return http::form_page(view, {.title = view("project.own.title"_t),
                                .here = "/projects",
                                .body = std::move(body),
                                .error = error,
                                .is_once = is_once});
}

Fragment secret_form(const View& view, std::string_view code, const Error* error) {
  Fragment fields = people::secret_field(view, view("project.own.secret"_t),
                                         view("project.own.secret_hint"_t), error);
  fields += html::button({.text = view("project.own.open"_t), .once = true});
  return html::form(view, {.action = Url::in(view, "/projects/files/", code, "/open"),
                           .body = std::move(fields)});
}

// The same page whether the code exists or not.
http::Response ask_for_secret(const View& view, std::string_view code, const Error* error) {
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1>{})", view("project.own.title"_t),
           secret_form(view, code, error));
  return whole_file(view, std::move(body), error, false);
}

struct OwnFile {
  Household household;
  Project p;
  std::vector<Line> lines{};
  std::vector<Question> questions{};
  std::vector<Correction> corrections{};
  std::vector<Round> rounds{};
  std::optional<Reissue> letter{};  // the last that was printed again
  Instant now;
  std::int64_t failed_seq = -1;  // the form that was refused, with what was typed
  std::string typed{};

  bool takes_questions() const { return !rounds.empty() && rounds.back().takes_questions(now); }
};

Result<OwnFile> own_file(const http::Request& request, db::Read& read, Instant now) {
  const auto code = Code::parse(request.path_text("code"));
  const auto citizen = people::citizen_of(request);
  if (!code || !citizen) return wrong_file();
  TRY(Household household, open_file(read, *citizen, *code));
  auto p = find(read, household.project);
  if (!p) return wrong_file();
  OwnFile own{.household = std::move(household), .p = *std::move(p), .now = now};
  own.lines = lines_of(read, own.household.id);
  own.questions = questions_of(read, own.household);
  own.corrections = corrections_of(read, own.household.id);
  own.rounds = rounds_of(read, own.p.id);
  if (auto letters = reissues_of(read, own.household.id); !letters.empty())
    own.letter = std::move(letters.back());
  return own;
}

Fragment file_form(const View& view, const OwnFile& own, std::string_view act, Fragment body) {
  return html::form(
      view, {.action = Url::in(view, "/projects/files/", own.household.code->text(), "/", act),
             .body = std::move(body)});
}

Fragment question_item(const View& view, const OwnFile& own, const Question& q) {
  Fragment out = fill(R"(<div lang="vi">{}</div>)", html::paragraphs(q.body));
  out.add(
      R"(<p class="row meta"><span translate="no">{}</span> <span>{}</span> <span>{}</span></p>)",
      q.code->shown(),
      view.voice("project.question.asked"_t, {{"moment", view.voice.moment(q.asked_at)}}),
      view.voice("project.line_of_ledger"_t, {{"line", view.voice.number(q.asked_line)}}));
  if (!q.answered_at) {
    const bool is_late = own.now >= q.due_at;
    out += html::badge(is_late ? html::Tone::late : html::Tone::info,
                       is_late ? "triangle-alert" : "clock",
                       view.voice(is_late ? "project.question.late"_t : "project.question.due"_t,
                                  {{"moment", view.voice.moment(q.due_at)}}));
    return fill(R"(<li class="op" id="{}">{}</li>)", q.code->text(), out);
  }
  Fragment words = fill(R"(<div lang="vi">{}</div>)", html::paragraphs(q.answer));
  for (const Correction& each : own.corrections)
    if (each.question == q.id) words += correction_list(view, each);
  words.add(R"(<p class="row meta">{} {}</p>)", html::moment(view, *q.answered_at),
            view.voice("project.line_of_ledger"_t,
                       {{"line", view.voice.number(q.answer_line.value_or(0))}}));
  out += html::note({.kind = html::NoteKind::ok,
                     .heading = view(q.outcome ? key_of(*q.outcome) : TextKey{}),
                     .body = std::move(words)});
  return fill(R"(<li class="op" id="{}">{}</li>)", q.code->text(), out);
}

// What was asked of a line, and the form to ask; `seq` 0 is the whole file.
Fragment asking_part(
    const View& view, const OwnFile& own, LineId line, std::int64_t seq, const Error* error) {
  Fragment list;
  bool waits = false, is_again = false;
  for (const Question& each : own.questions) {
    if (each.line != line) continue;
    list += question_item(view, own, each);
    waits = waits || !each.answered_at;
    is_again = true;
  }
  Fragment out;
  if (!list.empty()) out.add(R"(<ul class="plain">{}</ul>)", list);
  if (waits || !own.takes_questions() || !own.household.is_own) return out;
  const bool is_failed = own.failed_seq == seq;
  const std::string id = "body-" + std::to_string(seq);
  Fragment fields = html::textarea(
      view, {.name = "body",
             .label = {view(is_again ? "project.own.again"_t : "project.own.ask"_t)},
             .hint = view("project.own.ask_hint"_t),
             .error = is_failed ? html::error_for(view, error, "body") : std::string_view(),
             .value = is_failed ? std::string_view(own.typed) : std::string_view(),
             .id = id,
             .rows = 4,
             .chars_max = static_cast<int>(body_chars_max)});
  fields += html::hidden("line", std::to_string(seq));
  fields +=
      html::button({.text = view("project.own.ask_do"_t), .icon_before = "send", .once = true});
  out += html::details(view(is_again   ? "project.own.again_open"_t
                            : seq == 0 ? "project.own.ask_file"_t
                                       : "project.own.ask_line"_t),
                       file_form(view, own, "ask", std::move(fields)), is_failed);
  return out;
}

Fragment new_secret_part(const View& view, const OwnFile& own) {
  return fill("<p>{}</p>{}", view("project.own.new_secret_lead"_t),
              file_form(view, own, "secret",
                        html::button({.text = view("project.own.new_secret_do"_t),
                                      .kind = own.household.is_own ? html::ButtonKind::secondary
                                                                   : html::ButtonKind::primary,
                                      .icon_before = "key-round",
                                      .once = true})));
}

// That somebody asked for another letter, and the way to stop it; or what became of the last one.
Fragment letter_part(const View& view, const OwnFile& own) {
  if (!own.letter) return {};
  const Reissue& letter = *own.letter;
  const std::string asked = view.voice.moment(letter.asked_at),
                    works = view.voice.moment(letter.works_at),
                    settled = view.voice.moment(letter.settled_at.value_or(letter.asked_at));
  Fragment reason = fill(R"(<p>{}</p><blockquote lang="vi">{}</blockquote>)",
                         view("project.reissue.reason_said"_t), html::paragraphs(letter.reason));
  if (letter.state == LetterState::waiting) {
    // Which one: a page that was left open stops no later letter.
    Fragment stop = html::hidden("asked", std::to_string(to_ms(letter.asked_at)));
    stop += html::button(
        {.text = view("project.reissue.stop"_t), .kind = html::ButtonKind::warning, .once = true});
    reason.add("<p>{}</p>{}", view.voice("project.reissue.asked_body"_t, {{"moment", works}}),
               file_form(view, own, "stop", std::move(stop)));
    return html::note({.kind = html::NoteKind::warn,
                       .heading = view.voice("project.reissue.asked"_t, {{"moment", asked}}),
                       .body = std::move(reason)});
  }
  if (letter.state == LetterState::stopped)
    return html::note({.kind = html::NoteKind::ok,
                       .heading = view.voice("project.reissue.stopped"_t, {{"moment", settled}}),
                       .body = std::move(reason)});
  if (letter.state == LetterState::taken_back)
    return html::note({.kind = html::NoteKind::ok,
                       .heading = view.voice("project.reissue.taken_back"_t, {{"moment", settled}}),
                       .body = fill("<p>{}</p>", view("project.reissue.taken_back_body"_t))});
  return html::note({.heading = view.voice("project.reissue.in_force"_t, {{"moment", settled}}),
                     .body = fill("<p>{}</p>", view("project.reissue.in_force_body"_t))});
}

struct Idle {
  html::NoteKind kind = html::NoteKind::stop;
  TextKey heading{}, body{};
  std::optional<Instant> moment{};  // in the heading
  // Until when the secret can take back the letter that replaced it.
  std::optional<Instant> takes_back{};
};
// What is said to who types the secret of a letter that does not work yet or not any more; null
// for every other one. Until the day comes a letter that was stopped says what one says that waits,
// and afterwards not since when: who printed it would learn when the household looked.
std::optional<Idle> idle_secret(db::Read& read,
                                const Code& code,
                                const people::Citizen& citizen,
                                Instant now) {
  const auto household = find_household(read, code);
  if (!household || household->erased_at) return std::nullopt;
  const auto key = citizen.key().public_key();
  const auto letter = find_reissue(read, household->id, as_text(key));
  const bool is_stopped = letter && letter->state == LetterState::stopped;
  if (letter && (letter->state == LetterState::waiting || (is_stopped && now < letter->works_at)))
    return Idle{html::NoteKind::warn, "project.reissue.not_yet"_t, "project.reissue.not_yet_body"_t,
                letter->works_at};
  if (is_stopped || is_taken_back(read, *household, key))
    return Idle{.heading = "project.reissue.was_stopped"_t,
                .body = "project.reissue.was_stopped_body"_t};
  if (const auto since = replaced_at(read, *household, key))
    return Idle{.heading = "project.reissue.replaced"_t,
                .body = "project.reissue.replaced_body"_t,
                .moment = *since,
                .takes_back = takes_back_until(read, *household, key, now)};
  return std::nullopt;
}

http::Response show_idle(const View& view, const Code& code, const Idle& idle) {
  Fragment body = fill(R"(<h1 class="h-l">{}</h1>)", view("project.own.title"_t));
  Fragment words;
  if (idle.takes_back)
    words.add("<p>{}</p>{}",
              view.voice("project.reissue.take_back_lead"_t,
                         {{"moment", view.voice.moment(*idle.takes_back)}}),
              html::form(view, {.action = Url::in(view, "/projects/files/", code.text(), "/back"),
                                .body = html::button({.text = view("project.reissue.take_back"_t),
                                                      .kind = html::ButtonKind::warning,
                                                      .once = true})}));
  words.add("<p>{}</p>", view(idle.body));
  body +=
      html::note({.kind = idle.kind,
                  .heading = idle.moment ? view.voice(idle.heading,
                                                      {{"moment", view.voice.moment(*idle.moment)}})
                                         : std::string(view(idle.heading)),
                  .body = std::move(words)});
  // Who has the other letter goes on here.
  body += secret_form(view, code.text(), nullptr);
  return whole_file(view, std::move(body), nullptr, false);
}

// The same for the secret that the browser keeps: a household that is robbed while it reads.
std::optional<http::Response> idle_page(const http::Request& request, db::Read& read, Instant now) {
  const auto code = Code::parse(request.path_text("code"));
  const auto citizen = people::citizen_of(request);
  if (!code || !citizen) return std::nullopt;
  const auto idle = idle_secret(read, *code, *citizen, now);
  if (!idle) return std::nullopt;
  return show_idle(request.view, *code, *idle);
}

// An earlier secret is kept by the browser when it can take the letter back: the button needs it.
http::Response opened_idle(const http::Request& request,
                           const Code& code,
                           const Idle& idle,
                           const std::string& secret) {
  auto shown = show_idle(request.view, code, idle);
  if (!idle.takes_back) return shown;
  return people::remember_secret(std::move(shown), code.text(), secret);
}

Fragment keep_part(const View& view, const OwnFile& own) {
  Fragment out =
      fill(R"(<h2 class="h-m sp">{}</h2><p><a href="{}">{}</a></p>)", view("project.own.keep"_t),
           Url::path("/projects/files/", own.household.code->text(), "/receipts"),
           view("project.own.receipts"_t));
  if (own.household.is_own) {
    out += html::details(view("project.own.new_secret"_t), new_secret_part(view, own));
    out += html::details(view("project.own.erase"_t),
                         fill("<p>{}</p>{}", view("project.own.erase_lead"_t),
                              file_form(view, own, "erase",
                                        html::button({.text = view("project.own.erase_do"_t),
                                                      .kind = html::ButtonKind::warning,
                                                      .once = true}))));
  }
  out += file_form(
      view, own, "close",
      html::button({.text = view("project.own.close"_t), .kind = html::ButtonKind::secondary}));
  return out;
}

http::Response show_file(const View& view, const OwnFile& own, const Error* error) {
  const html::Spoken name = name_of(view, own.p);
  const std::string place = own.failed_seq >= 0 ? "body-" + std::to_string(own.failed_seq) : "";
  Fragment body = html::error_summary(view, error, {{"body", place}});
  body.add(R"(<h1 class="h-l">{}</h1><p><a href="{}" lang="{}">{}</a></p>)",
           view("project.own.title"_t), page_of(view, own.p.id), name.lang, name.text);
  const html::Fact who[] = {
      {view("project.own.holder"_t), fill(R"(<span lang="vi">{}</span>)", own.household.holder)},
      {view("project.own.address"_t), fill(R"(<span lang="vi">{}</span>)", own.household.address)},
      {view("project.own.number"_t), html::code(own.household.number)}};
  body += html::facts(who, true);
  body += letter_part(view, own);
  if (!own.household.is_own)
    body += html::note({.kind = html::NoteKind::warn,
                        .heading = view("project.error.printed_secret"_t),
                        .body = new_secret_part(view, own)});
  std::int64_t total = 0;
  for (const Line& each : own.lines) total += each.amounts.total();
  body.add(R"(<p class="lead">{}</p><p>{}</p>)",
           view.voice("project.own.total"_t, {{"amount", dong_text(view, total)}}),
           view("project.own.who_reads"_t));
  if (own.takes_questions())
    body.add("<p>{}</p>", view.voice("project.own.until"_t,
                                     {{"day", view.voice.date(own.rounds.back().asks_until)},
                                      {"days", view.voice.number(answer_days)}}));
  else
    body.add("<p>{}</p>", view("project.own.no_round"_t));
  for (const Line& each : own.lines)
    body.add(R"(<section aria-labelledby="line-{}"><h2 class="h-m sp" id="line-{}">{}</h2>)"
             R"({}{}</section>)",
             each.seq, each.seq, view.voice("project.own.parcel"_t, {{"parcel", each.parcel}}),
             line_facts(view, each), asking_part(view, own, each.id, each.seq, error));
  body.add(
      R"(<section aria-labelledby="line-0"><h2 class="h-m sp" id="line-0">{}</h2>{}</section>)",
      view("project.own.whole"_t), asking_part(view, own, LineId{}, 0, error));
  body.add("<p>{}</p>", view("project.own.law"_t));
  body += keep_part(view, own);
  return whole_file(view, std::move(body), error, false);
}

http::Response show_secret(const View& view, const Code& code, const std::string& secret) {
  Fragment body =
      fill(R"(<div class="done" role="status"><h1 class="h-l">{}</h1><p>{}</p>)"
           R"(<p class="ref" id="code" translate="no">{}</p></div>)"
           R"(<p>{}</p><p class="secret" id="secret" translate="no">{}</p><p>{}</p>)"
           R"(<p><a href="{}">{}</a></p>)",
           view("project.own.new_secret_title"_t), view("project.letter.code"_t), code.shown(),
           view("project.letter.secret"_t), people::shown_secret(secret),
           view("project.own.new_secret_keep"_t), file_url(view, code), view("project.own.back"_t));
  return whole_file(view, std::move(body), nullptr, true);
}

// Stops the letter that was asked for then, or takes the one in force back.
http::Pending about_letter(const http::Request& request,
                           const HouseholdAct& act,
                           std::optional<Instant> asked_at) {
  return http::Pending::commit(
      [act, asked_at](db::Write& write) {
        return asked_at ? stop_letter(write, act, *asked_at) : take_back(write, act);
      },
      [&request, code = act.code](const Result<Done>& done, std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        return http::see_other(std::string(file_url(request.view, code).view()));
      });
}

http::Pending new_secret(const http::Request& request, const HouseholdAct& act, Random& random) {
  const std::string secret = people::draw_secret(random);
  const ledger::PublicKey key = people::Citizen(secret).key().public_key();
  return http::Pending::commit(
      [act, key](db::Write& write) { return change_secret(write, act, key); },
      [&request, code = act.code, secret](const Result<Household>& done, std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        return people::remember_secret(show_secret(request.view, code, secret), code.text(),
                                       secret);
      });
}

}  // namespace

Result<http::Response> own_page(const http::Request& request, db::Read& read, Instant now) {
  const auto own = own_file(request, read, now);
  if (!own.ok()) {
    if (auto idle = idle_page(request, read, now)) return *std::move(idle);
    return ask_for_secret(request.view, request.path_text("code"), nullptr);
  }
  return show_file(request.view, own.value(), nullptr);
}

Result<http::Response> own_receipts(const http::Request& request, db::Read& read) {
  const auto code = Code::parse(request.path_text("code"));
  const auto citizen = people::citizen_of(request);
  if (!code || !citizen) return wrong_file();
  TRY(const Household household, open_file(read, *citizen, *code));
  const auto receipts =
      ledger::receipts_of(read, chain_of(household.id, household.letter), code->text());
  if (receipts.empty()) return wrong_file();
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
  if (!code) return wrong_file();
  if (act == "open")
    return http::Pending::answer(people::open_own(
        request, {code->text(), file_url(view, *code), "project.error.code_or_secret"_t},
        [&](const people::Citizen& by) { return open_file(read, by, *code).ok(); },
        [&](const Error& wrong) {
          const std::string typed = people::typed_secret(request.form);
          const auto idle =
              typed.empty() ? std::nullopt : idle_secret(read, *code, people::Citizen(typed), now);
          return idle ? opened_idle(request, *code, *idle, typed)
                      : ask_for_secret(view, code->text(), &wrong);
        }));
  const std::string list(Url::in(view, "/projects").view());
  if (act == "close")
    return http::Pending::answer(people::forget_secret(http::see_other(list), code->text()));
  if (act != "ask" && act != "secret" && act != "stop" && act != "back" && act != "erase")
    return wrong_file();
  const auto citizen = people::citizen_of(request);
  if (!citizen) return wrong_file();
  const HouseholdAct doing{
      .citizen = *citizen,
      .code = *code,
      .salts = ledger::draw(random),
      .now = now,
      .more = act == "erase" || act == "back" ? draw_more(random) : std::vector<ledger::Salts>()};
  if (act == "back") return about_letter(request, doing, std::nullopt);
  auto opened = own_file(request, read, now);
  if (!opened.ok()) {
    if (auto idle = idle_page(request, read, now)) return http::Pending::answer(*std::move(idle));
    return opened.error();
  }
  OwnFile own = std::move(opened).value();
  if (act == "stop")
    return about_letter(request, doing, from_ms(request.form.number("asked").value_or(0)));
  if (act == "secret") return new_secret(request, doing, random);
  if (act == "erase")
    return http::Pending::commit(
        [doing](db::Write& write) { return erase(write, doing); },
        [&request, list, code = *code](const Result<Household>& done, std::string_view) {
          if (!done.ok()) return http::error_response(request, done.error());
          return people::forget_secret(http::see_other(list), code.text());
        });
  own.typed = request.form.text("body");
  own.failed_seq = request.form.number("line").value_or(0);
  const Asking asking{.seq = own.failed_seq, .body = own.typed, .question = Code::draw(random)};
  return http::Pending::commit(
      [doing, asking](db::Write& write) { return ask(write, doing, asking); },
      [&request, own, code = *code](const Result<Question>& done, std::string_view) {
        if (done.ok())
          return http::see_other(
              std::string(file_url(request.view, code).at(done.value().code->text()).view()));
        if (done.error().kind == ErrorKind::invalid)
          return show_file(request.view, own, &done.error());
        return http::error_response(request, done.error());
      });
}

}  // namespace ln::project
