#include "feature/feedback/feedback_pages_help.h"

#include <initializer_list>

#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback {
namespace {

using html::Fragment;
using html::Url;

void chapter(Fragment& out,
             const html::View& view,
             TextKey heading,
             std::initializer_list<TextKey> lines) {
  out.add("<h2>{}</h2><ul>{}</ul>", view(heading), [&](Fragment& list) {
    for (const TextKey line : lines) list.add("<li>{}</li>", view(line));
  });
}

}  // namespace

Result<http::Response> help_page(const http::Request& request) {
  const html::View& view = request.view;
  Fragment text = html::fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)",
                             view("feedback.help.title"_t), view("feedback.help.lead"_t));
  chapter(text, view, "feedback.help.send"_t,
          {"feedback.help.send_1"_t, "feedback.help.send_2"_t, "feedback.help.send_3"_t});
  chapter(text, view, "feedback.help.follow"_t,
          {"feedback.help.follow_1"_t, "feedback.help.follow_2"_t, "feedback.help.follow_3"_t});
  chapter(text, view, "feedback.help.phone"_t,
          {"feedback.help.phone_1"_t, "feedback.help.phone_2"_t});
  chapter(text, view, "feedback.help.answer"_t,
          {"feedback.help.answer_1"_t, "feedback.help.answer_2"_t});
  chapter(text, view, "feedback.help.danger"_t,
          {"feedback.help.danger_1"_t, "feedback.help.danger_2"_t});
  text.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/not-feedback"),
           view("feedback.not_feedback.title"_t));
  Fragment body = html::fill(R"(<div class="prose">{}</div>)", text);
  body.add(
      R"(<div class="actions">{}{}</div>)",
      html::link_button(Url::in(view, "/feedback/new"),
                        {.text = view("site.nav.send"_t), .icon_after = "arrow-right"}),
      html::link_button(Url::in(view, "/feedback/find"), {.text = view("feedback.find.title"_t),
                                                          .kind = html::ButtonKind::secondary}));
  http::Response response =
      http::page(200, html::page(view, {.title = view("feedback.help.title"_t),
                                        .here = "/help",
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

}  // namespace ln::feedback
