// One's own question, by its secret.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_store_tree.h"
#include "core/people/people_citizen_session.h"
#include "core/people/people_pages_secret.h"
#include "feature/dialogue/dialogue_actions.h"
#include "feature/dialogue/dialogue_pages.h"
#include "feature/dialogue/dialogue_pages_parts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"
#include "platform/http/download.h"
#include "platform/http/form_page.h"

namespace ln::dialogue {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

Error wrong() { return {ErrorKind::not_found, "dialogue.error.code_or_secret"_t}; }

http::Response whole(const View& view, Fragment body, const Error* error) {
  return http::form_page(view, {.title = view("dialogue.own.title"_t),
                                .here = "/dialogues",
                                .body = std::move(body),
                                .error = error,
                                .is_narrow = true});
}

// The same page whether the code exists or not.
http::Response ask_secret(const View& view, std::string_view code, const Error* error) {
  Fragment fields = people::secret_field(view, view("dialogue.own.secret"_t),
                                         view("dialogue.own.secret_hint"_t), error);
  fields += html::button({.text = view("dialogue.own.open"_t), .once = true});
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1>{})", view("dialogue.own.title"_t),
           html::form(view, {.action = Url::in(view, "/dialogues/questions/", code, "/open"),
                             .body = std::move(fields)}));
  return whole(view, std::move(body), error);
}

struct OwnQuestion {
  Question question;
  Dialogue d;
  std::optional<Question> root{};  // the one it was joined to
  std::vector<Question> merged{};
  std::vector<Promise> promises{};
  std::optional<Minutes> minutes{};
  std::vector<Contest> contests{};  // their own
  Instant now;
  std::string typed{};
};

Result<OwnQuestion> own_of(const http::Request& request, db::Read& read, Instant now) {
  const auto code = Code::parse(request.path_text("code"));
  const auto citizen = people::citizen_of(request);
  if (!code || !citizen) return wrong();
  TRY(Question question, open_question(read, *citizen, *code));
  auto d = find(read, question.dialogue);
  if (!d) return wrong();
  OwnQuestion own{.question = std::move(question), .d = *std::move(d), .now = now};
  const QuestionId root = own.question.is_merged() ? own.question.merged_into : own.question.id;
  if (own.question.is_merged()) own.root = find_question(read, root);
  own.merged = merged_into(read, root);
  for (const Promise& each : promises_of(read, own.d.id))
    if (each.question_id == root.value) own.promises.push_back(each);
  own.minutes = find_minutes(read, own.d.id, own.d.minutes);
  for (Contest& each : contests_of(read, own.d.id))
    if (each.question == own.question.id) own.contests.push_back(std::move(each));
  return own;
}

Fragment own_form(const View& view, const OwnQuestion& own, std::string_view act, Fragment body) {
  return html::form(
      view, {.action = Url::in(view, "/dialogues/questions/", own.question.code->text(), "/", act),
             .body = std::move(body)});
}

bool may_contest(const OwnQuestion& own) {
  if (!own.minutes || own.d.stage != Stage::ended || own.now >= own.minutes->closes_at())
    return false;
  return std::ranges::none_of(
      own.contests, [&](const Contest& each) { return each.number == own.minutes->number; });
}

Fragment promises_part(const View& view, const OwnQuestion& own) {
  Fragment list;
  for (const Promise& each : own.promises) {
    list += promise_item(view, each, own.now);
    list.add(
        R"(<li><a href="{}">{}</a></li>)",
        Url::in(view, "/commitments/", each.id, "/own").with("code", own.question.code->text()),
        view("dialogue.own.promise"_t));
  }
  if (list.empty()) return {};
  return fill(R"(<h2 class="h-m">{}</h2><ul>{}</ul>)", view("dialogue.own.promises"_t), list);
}

Fragment contest_part(const View& view, const OwnQuestion& own, const Error* error) {
  Fragment out;
  for (const Contest& each : own.contests) {
    Fragment words;
    words += html::paragraphs(each.body);
    if (each.answered_at) {
      words.add("<p><b>{}</b></p>", view("dialogue.minutes.reply"_t));
      words += html::paragraphs(each.answer);
    }
    out += html::note({.heading = view.voice("dialogue.minutes.against"_t,
                                             {{"number", view.voice.number(each.number)}}),
                       .body = std::move(words)});
  }
  if (!may_contest(own)) return out;
  Fragment fields = html::textarea(view, {.name = "body",
                                          .label = {view("dialogue.own.contest_body"_t)},
                                          .error = html::error_for(view, error, "body"),
                                          .value = own.typed,
                                          .rows = 4,
                                          .chars_max = static_cast<int>(body_chars_max)});
  fields += html::button({.text = view("dialogue.own.contest_do"_t), .once = true});
  out.add(R"(<h2 class="h-m">{}</h2><p>{} <a href="{}">{}</a></p>)", view("dialogue.own.contest"_t),
          view.voice("dialogue.own.contest_lead"_t,
                     {{"day", view.voice.date(own.minutes->contest_until)}}),
          Url::in(view, "/dialogues/", own.d.id.value, "/minutes"),
          view("dialogue.minutes.title"_t));
  out += own_form(view, own, "contest", std::move(fields));
  return out;
}

http::Response show_own(const View& view, const OwnQuestion& own, const Error* error) {
  const html::Spoken topic = topic_of(view, own.d);
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p><a href="{}" lang="{}">{}</a></p>)"
           R"(<ul class="plain">{}</ul>)",
           view("dialogue.own.title"_t), page_of(view, own.d.id), topic.lang, topic.text,
           question_item(view, {.question = own.question}, own.now));
  if (own.root) {
    body.add(R"(<h2 class="h-m">{}</h2><ul class="plain">{}</ul>)", view("dialogue.own.merged"_t),
             question_item(view, {.question = *own.root}, own.now));
    if (own.question.state != Sight::withdrawn && own.d.stage != Stage::approved)
      body.add("<p>{}</p>{}", view("dialogue.own.separate_lead"_t),
               own_form(view, own, "separate",
                        html::button({.text = view("dialogue.own.separate"_t),
                                      .kind = html::ButtonKind::secondary,
                                      .once = true})));
  }
  body += promises_part(view, own);
  body += contest_part(view, own, error);
  body.add(R"(<p><a href="{}">{}</a></p>)",
           Url::path("/dialogues/questions/", own.question.code->text(), "/receipt.tlog-proof"),
           view("dialogue.own.receipt"_t));
  const bool is_free = own.question.state != Sight::withdrawn && own.question.answer.empty() &&
                       (own.question.is_merged() || own.merged.empty());
  if (is_free)
    body += html::details(view("dialogue.own.withdraw"_t),
                          fill("<p>{}</p>{}", view("dialogue.own.withdraw_lead"_t),
                               own_form(view, own, "withdraw",
                                        html::button({.text = view("dialogue.own.withdraw"_t),
                                                      .kind = html::ButtonKind::warning,
                                                      .once = true}))));
  body += own_form(
      view, own, "close",
      html::button({.text = view("dialogue.own.close"_t), .kind = html::ButtonKind::secondary}));
  return whole(view, std::move(body), error);
}

}  // namespace

Result<http::Response> own_page(const http::Request& request, db::Read& read, Instant now) {
  const auto own = own_of(request, read, now);
  if (!own.ok()) return ask_secret(request.view, request.path_text("code"), nullptr);
  return show_own(request.view, own.value(), nullptr);
}

Result<http::Response> own_receipt(const http::Request& request, db::Read& read) {
  const auto code = Code::parse(request.path_text("code"));
  const auto citizen = people::citizen_of(request);
  if (!code || !citizen) return wrong();
  TRY(const Question question, open_question(read, *citizen, *code));
  const auto receipt =
      ledger::first_receipt_of(read, {"dialogue_question", question.id.value}, code->text());
  if (!receipt) return wrong();
  return http::download(http::text(200, receipt->text()), code->text() + ".tlog-proof");
}

Result<http::Pending> own_post(const http::Request& request,
                               db::Read& read,
                               Random& random,
                               Instant now) {
  const View& view = request.view;
  const std::string_view act = request.path_text("act");
  const auto code = Code::parse(request.path_text("code"));
  if (!code) return wrong();
  const std::string page(question_url(view, *code).view());
  if (act == "open")
    return http::Pending::answer(people::open_own(
        request, {code->text(), question_url(view, *code), "dialogue.error.code_or_secret"_t},
        [&](const people::Citizen& by) { return open_question(read, by, *code).ok(); },
        [&](const Error& wrong) { return ask_secret(view, code->text(), &wrong); }));
  if (act == "close")
    return http::Pending::answer(people::close_own(code->text(), Url::in(view, "/dialogues")));
  if (act != "withdraw" && act != "separate" && act != "contest") return wrong();
  TRY(OwnQuestion own, own_of(request, read, now));
  own.typed = request.form.text("body");
  const AskerAct doing{.citizen = *people::citizen_of(request),
                       .code = *code,
                       .salts = ledger::draw(random),
                       .now = now};
  return http::Pending::commit(
      [doing, act = std::string(act), words = own.typed](db::Write& write) {
        if (act == "withdraw") return withdraw(write, doing);
        return act == "separate" ? separate(write, doing) : contest(write, doing, words);
      },
      [&request, own, page](const Result<Question>& done, std::string_view) {
        if (done.ok()) return http::see_other(page);
        if (done.error().kind == ErrorKind::invalid)
          return show_own(request.view, own, &done.error());
        return http::error_response(request, done.error());
      });
}

}  // namespace ln::dialogue
