#include "platform/html/error_page.h"

#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::html {
namespace {

struct Words {
  int status;
  TextKey title;
  TextKey text;
};

const Words& words_for(int status) {
  static const Words all[] = {
      {400, "error.bad_request.title"_t, "error.bad_request.body"_t},
      {401, "error.sign_in.title"_t, "error.sign_in.body"_t},
      {403, "error.forbidden.title"_t, "error.forbidden.body"_t},
      {404, "error.not_found.title"_t, "error.not_found.body"_t},
      {405, "error.method.title"_t, "error.method.body"_t},
      {408, "error.too_slow.title"_t, "error.too_slow.body"_t},
      {409, "error.conflict.title"_t, "error.conflict.body"_t},
      {413, "error.too_large.title"_t, "error.too_large.body"_t},
      {422, "error.invalid.title"_t, "error.invalid.body"_t},
      {429, "error.too_many.title"_t, "error.too_many.body"_t},
      {431, "error.header_too_large.title"_t, "error.header_too_large.body"_t},
      {500, "error.failure.title"_t, "error.failure.body"_t},
      // A method nobody knows is told what a method that does not fit is told.
      {501, "error.method.title"_t, "error.method.body"_t},
      {503, "error.unavailable.title"_t, "error.unavailable.body"_t},
  };
  for (const Words& each : all)
    if (each.status == status) return each;
  return words_for(status >= 400 && status < 500 ? 400 : 500);
}

}  // namespace

TextKey error_title(int status) { return words_for(status).title; }
TextKey error_text(int status) { return words_for(status).text; }

std::string error_page(const View& view, const ErrorPage& error) {
  const TextKey title = error.title.is_none() ? error_title(error.status) : error.title;
  const TextKey text = error.text.is_none() ? error_text(error.status) : error.text;
  Fragment body;
  body.add(R"(<h1 class="h-l sp">{}</h1><p class="lead">{}</p>)", view(title), view(text));
  if (error.status >= 500 && !error.request_id.empty()) {
    body.add("<p>{}</p>", view.voice("error.code"_t, {{"id", error.request_id}}));
  }
  body.add("{}", error.again);
  if (error.status == 401 && !view.site->sign_in_path.empty()) {
    body.add(R"(<p><a class="govuk-button" href="{}">{}{}</a></p>)",
             Url::in(view, view.site->sign_in_path), icon("log-in"), view("site.sign_in"_t));
  }
  const Site& site = *view.site;
  // Whoever is refused here has signed in, even where the page does not know their name.
  const bool at_work =
      !site.staff_nav.empty() && view.path.starts_with(site.staff_nav.front().path);
  const auto lead_to = [&](std::string_view path, TextKey words) {
    body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, path), view(words));
  };
  if (at_work)
    lead_to(site.staff_nav.front().path, site.staff_nav.front().text);
  else if (error.status == 404 && !site.lookup.path.empty())
    lead_to(site.lookup.path, site.lookup.text);
  lead_to("/", "error.home"_t);
  return page(view, {.title = view(title),
                     .body = columns({.body = std::move(body), .is_narrow = true}),
                     .is_staff = at_work && !view.staff_name.empty(),
                     .is_unlisted = true});
}

}  // namespace ln::html
