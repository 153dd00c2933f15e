#include "feature/consultation/consultation_pages_own_answer.h"

#include <utility>

#include "base/text.h"
#include "core/notice/notice_destination.h"
#include "feature/consultation/consultation_actions_contact.h"
#include "feature/consultation/consultation_actions_decide.h"
#include "feature/consultation/consultation_pages_answer_parts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::consultation {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

Fragment post_form(const View& view, const Comment& comment, std::string_view act, Fragment body) {
  return html::form(
      view, {.action = Url::in(view, "/consultations/comments/", comment.code->text(), "/", act),
             .body = std::move(body)});
}

Fragment objection_part(const View& view,
                        db::Read& read,
                        const Comment& comment,
                        const Issue& issue,
                        bool is_decided,
                        const OwnTyped& typed,
                        const Error* error) {
  if (const auto objection = find_objection(read, comment.id)) {
    Fragment out =
        fill(R"(<h3 class="h-s">{}</h3><blockquote class="quote"><p>{}</p></blockquote>)",
             view("consultation.objection.yours"_t), objection->body);
    if (objection->replied_at)
      out.add(R"(<p><b>{}</b></p><p lang="vi">{}</p>)", view("consultation.objection.reply"_t),
              objection->reply);
    else
      out.add("<p>{}</p>", view("consultation.objection.waits"_t));
    return out;
  }
  if (is_decided || !issue.answered_at || comment.state == Sight::withdrawn) return {};
  Fragment body = html::textarea(view, {.name = "objection",
                                        .label = {view("consultation.objection.what"_t)},
                                        .hint = view("consultation.objection.hint"_t),
                                        .error = html::error_for(view, error, "objection"),
                                        .value = typed.objection,
                                        .chars_max = static_cast<int>(objection_chars_max)});
  body += html::button({.text = view("consultation.objection.do"_t),
                        .kind = html::ButtonKind::secondary,
                        .once = true});
  return fill(R"(<h3 class="h-s">{}</h3><p>{}</p>{})", view("consultation.objection.title"_t),
              view("consultation.objection.lead"_t),
              post_form(view, comment, "object", std::move(body)));
}

Fragment contact_part(const View& view,
                      db::Read& read,
                      const Comment& comment,
                      const OwnTyped& typed,
                      const Error* error) {
  if (comment.state == Sight::withdrawn) return {};
  auto contact = find_contact(read, comment.id);
  if (contact && contact->to.address.empty()) contact.reset();  // It was taken back today.
  Fragment out = fill(R"(<h2 class="h-m">{}</h2>)", view("consultation.contact.title"_t));
  if (contact) {
    out.add("<p>{}</p>", view.voice(contact->confirmed_at ? "consultation.contact.confirmed"_t
                                                          : "consultation.contact.waits"_t,
                                    {{"address", contact->to.address}}));
    out += post_form(view, comment, "forget",
                     html::button({.text = view("consultation.contact.forget"_t),
                                   .kind = html::ButtonKind::secondary}));
    if (contact->confirmed_at) return out;
  }
  Fragment body = html::input(view, {.name = "contact",
                                     .label = {view("consultation.contact.address"_t)},
                                     .hint = view("consultation.contact.hint"_t),
                                     .error = html::error_for(view, error, "contact"),
                                     .value = typed.contact,
                                     .autocomplete = "email"});
  body += html::button({.text = view("consultation.contact.do"_t),
                        .kind = html::ButtonKind::secondary,
                        .once = true});
  out += post_form(view, comment, "contact", std::move(body));
  return out;
}

http::Response contact_response(const View& view, int status, Fragment body) {
  const std::string_view title = view("consultation.contact.confirm_title"_t);
  Fragment whole = fill(R"(<h1 class="h-l">{}</h1>{})", title, body);
  return http::page(
      status,
      html::page(view, {.title = title,
                        .here = "/consultations",
                        .body = html::columns({.body = std::move(whole), .is_narrow = true}),
                        .is_unlisted = true}));
}

}  // namespace

Fragment own_answer_part(const View& view,
                         db::Read& read,
                         const Comment& comment,
                         const OwnTyped& typed,
                         const Error* error) {
  const auto c = find(read, comment.consultation);
  if (!c) return {};
  const bool is_decided = find_decision(read, c->id).has_value();
  Fragment out = fill(R"(<h2 class="h-m">{}</h2>)", view("consultation.own.answer_title"_t));
  const auto id = issue_of(read, comment.id);
  const auto issue = id ? find_issue(read, *id) : std::nullopt;
  if (issue && issue->answer) {
    out.add(R"(<p><a href="{}" lang="vi">{}</a></p>)", answer_url(view, *issue), issue->title);
    out += answer_part(view, *c, *issue);
    out += objection_part(view, read, comment, *issue, is_decided, typed, error);
  } else {
    out.add("<p>{}</p>",
            view(comment.state == Sight::withdrawn ? "consultation.own.answer_withdrawn"_t
                                                   : "consultation.own.answer_waits"_t));
  }
  out += decision_part(view, read, *c, false);
  if (!is_decided) out += contact_part(view, read, comment, typed, error);
  return out;
}

bool is_answer_act(std::string_view act) {
  return act == "object" || act == "contact" || act == "forget";
}

Result<Done> check_answer_act(std::string_view act, const OwnTyped& typed) {
  const auto wrong = [](std::string_view field, TextKey text) {
    return Error{ErrorKind::invalid, text, {{std::string(field), text}}};
  };
  const std::size_t chars = count_chars(trimmed(typed.objection));
  if (act == "object" && (chars < objection_chars_min || chars > objection_chars_max))
    return wrong("objection", "consultation.error.objection"_t);
  if (act == "contact" && !notice::destination_of(typed.contact))
    return wrong("contact", "consultation.error.contact"_t);
  return Done{};
}

http::Pending answer_act_post(const http::Request& request,
                              CitizenAct doing,
                              std::string_view act,
                              const OwnTyped& typed,
                              const std::string& token,
                              const std::string& page) {
  return http::Pending::commit(
      [doing = std::move(doing), act = std::string(act), typed,
       token](db::Write& write) -> Result<Done> {
        if (act == "contact") return leave_contact(write, doing, typed.contact, token);
        if (act == "forget") return forget_contact(write, doing);
        TRY([[maybe_unused]] const Objection made, object(write, doing, typed.objection));
        return Done{};
      },
      [&request, page](const Result<Done>& done, std::string_view) {
        return done.ok() ? http::see_other(page) : http::error_response(request, done.error());
      });
}

Result<http::Response> contact_page(const http::Request& request, db::Read&) {
  const View& view = request.view;
  const auto code = Code::parse(request.path_text("code"));
  if (!code) return Error{ErrorKind::not_found, "consultation.error.link_over"_t};
  Fragment body = fill(
      "<p>{}</p>", view.voice("consultation.contact.confirm_lead"_t, {{"code", code->shown()}}));
  body += html::form(
      view, {.action = Url::in(view, "/consultations/comments/", code->text(), "/contact/",
                               request.path_text("token")),
             .body = html::button({.text = view("consultation.contact.confirm"_t), .once = true})});
  return contact_response(view, 200, std::move(body));
}

Result<http::Pending> contact_post(const http::Request& request, db::Read&, Instant now) {
  const auto code = Code::parse(request.path_text("code"));
  if (!code) return Error{ErrorKind::not_found, "consultation.error.link_over"_t};
  return http::Pending::commit(
      [code = *code, token = std::string(request.path_text("token")), now](db::Write& write) {
        return confirm_contact(write, code, token, now);
      },
      [&request](const Result<Comment>& done, std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        const View& view = request.view;
        Fragment body = html::note({.kind = html::NoteKind::ok,
                                    .body = fill("<p>{}</p>", view("consultation.contact.done"_t)),
                                    .is_status = true});
        body.add(R"(<p><a href="{}">{}</a></p>)",
                 Url::in(view, "/consultations/comments/", done.value().code->text()),
                 view("consultation.sent.own"_t));
        return contact_response(view, 200, std::move(body));
      });
}

}  // namespace ln::consultation
