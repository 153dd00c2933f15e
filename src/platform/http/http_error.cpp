// How a refusal looks: a page for people, JSON for machines, both in the reader's language.
#include <string>

#include "platform/html/error_page.h"
#include "platform/http/http.h"
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

Response render(const Request& request, int status, const Error& error) {
  if (request.wants_json()) return as_json(request, status, error);
  return page(status,
              html::error_page(
                  request.view,
                  {.status = status, .title = {}, .text = error.text, .request_id = request.id}));
}

}  // namespace

Response error_response(const Request& request, const Error& error) {
  return render(request, status_of(error.kind), error);
}

Response error_response(const Request& request, int status) {
  // A method nobody knows is told what a method that does not fit is told.
  return error_response(request, status, html::error_text(status == 501 ? 405 : status));
}

Response error_response(const Request& request, int status, TextKey text) {
  return render(request, status, {ErrorKind::invalid, text});
}

}  // namespace ln::http
