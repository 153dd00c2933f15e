// How a refusal looks: a page for people, JSON for machines, both in the reader's language.
#include <algorithm>
#include <string>
#include <utility>

#include "platform/html/error_page.h"
#include "platform/html/forms.h"
#include "platform/html/url.h"
#include "platform/http/http.h"
#include "platform/http/http_away.h"
#include "platform/json/json.h"

namespace ln::http {
namespace {

Response as_json(const Request& request, int status, const Error& error) {
  Response response = json(status, {});
  json::Writer writer(response.body);
  writer.object().name("error").object();
  writer.member("code", error.text.name());
  writer.member("message", request.view(error.text));
  writer.name("fields").array();
  for (const FieldError& field : error.fields) {
    writer.object();
    writer.member("field", std::string_view(field.field));
    writer.member("code", field.text.name());
    writer.member("message", request.view(field.text));
    writer.end_object();
  }
  writer.end_array().member("request", std::string_view(request.id));
  writer.end_object().end_object();
  return response;
}

// A form that lost its token is no question of who may read the page.
TextKey title_of(const Error& error) {
  return error.text == "http.error.csrf"_t ? "http.error.csrf_title"_t : TextKey();
}

// Whether what was typed may stand in a page, and is all that was sent.
bool can_be_sent_again(const Request& request) {
  if (request.method != Method::post || !request.uploads.empty()) return false;
  const auto fields = request.form.items();
  const auto is_password = [](const auto& field) {
    return field.first.find("password") != std::string::npos;
  };
  return !fields.empty() && std::none_of(fields.begin(), fields.end(), is_password);
}

html::Fragment form_again(const Request& request) {
  auto action = html::Url::here(request.view);
  for (const auto& [name, value] : request.query.items())
    action = std::move(action).with(name, value);
  html::Fragment body;
  for (const auto& [name, value] : request.form.items())
    if (name != "csrf") body.add("{}", html::hidden(name, value));
  body.add("{}", html::button({.text = request.view("error.not_stored.again"_t), .once = true}));
  return html::form(request.view, {.action = std::move(action), .body = std::move(body)});
}

Response render(const Request& request, int status, const Error& error) {
  if (request.wants_json()) return as_json(request, status, error);
  return page(status, html::error_page(request.view, {.status = status,
                                                      .title = title_of(error),
                                                      .text = error.text,
                                                      .request_id = request.id}));
}

// Somebody who must sign in to read a page is taken to where that is done, and back afterwards.
// What they were about to send would be lost on the way, so a form is answered with a page instead.
bool leads_to_sign_in(const Request& request, const Error& error) {
  return error.kind == ErrorKind::sign_in && request.method == Method::get &&
         !request.wants_json() && request.view.site != nullptr &&
         !request.view.site->sign_in_path.empty();
}

Response to_sign_in(const Request& request) {
  const std::string query = request.raw_query.empty() ? "" : "?" + request.raw_query;
  const auto url = html::Url::path(request.view.site->sign_in_path);
  return see_other(std::string(url.with("next", request.path + query).view()));
}

// What is said about something that should be sent again: `body` beside the button that does it,
// `go_back` where the page cannot, `machine` to machines and to who only reads.
struct SentAgain {
  TextKey title, body, go_back, machine;
};

Response to_be_sent_again(const Request& request, const SentAgain& said) {
  constexpr int status = 503;
  if (request.wants_json()) return error_response(request, status, said.machine);
  if (request.method == Method::get)
    return page(status, html::error_page(request.view, {.status = status,
                                                        .title = said.title,
                                                        .text = said.machine,
                                                        .request_id = request.id}));
  const bool again = can_be_sent_again(request);
  return page(status, html::error_page(request.view,
                                       {.status = status,
                                        .title = said.title,
                                        .text = again ? said.body : said.go_back,
                                        .request_id = request.id,
                                        .again = again ? form_again(request) : html::Fragment()}));
}

}  // namespace

Response error_response(const Request& request, const Error& error) {
  if (leads_to_sign_in(request, error)) return to_sign_in(request);
  return render(request, status_of(error.kind), error);
}

Response error_response(const Request& request, int status) {
  // There are no buttons for a machine to go back to.
  if ((status == 405 || status == 501) && request.wants_json())
    return error_response(request, status, "error.method.machine"_t);
  return error_response(request, status, html::error_text(status));
}

Response error_response(const Request& request, int status, TextKey text) {
  return render(request, status, {ErrorKind::invalid, text});
}

Response not_stored_response(const Request& request) {
  return to_be_sent_again(request, {.title = "error.not_stored.title"_t,
                                    .body = "error.not_stored.body"_t,
                                    .go_back = "error.not_stored.go_back"_t,
                                    .machine = "error.not_stored.machine"_t});
}

Response away_response(const Request& request) {
  return to_be_sent_again(request, {.title = "error.away.title"_t,
                                    .body = "error.away.body"_t,
                                    .go_back = "error.away.go_back"_t,
                                    .machine = "error.away.machine"_t});
}

Response not_known_response(const Request& request) {
  return to_be_sent_again(request, {.title = "error.not_known.title"_t,
                                    .body = "error.not_known.body"_t,
                                    .go_back = "error.not_known.go_back"_t,
                                    .machine = "error.not_known.machine"_t});
}

}  // namespace ln::http
