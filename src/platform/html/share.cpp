#include "platform/html/share.h"

#include <algorithm>

#include "base/check.h"
#include "platform/html/parts.h"

namespace ln::html {

namespace {
struct Letter {
  std::string_view subject, text;
};
}  // namespace

// Links of this one scheme are made in this file alone, so the kind of address is told here and not
// in url.h: nobody else can make one.
template <>
Url Url::path<Letter>(std::string_view, const Letter& letter) {
  return Url("mailto:").with("subject", letter.subject).with("body", letter.text);
}

namespace {

// The address without its language, "/" for the home page.
std::string_view without_language(const View& view, const Url& page) {
  std::string_view path = page.view();
  path.remove_prefix(i18n::path_prefix(view.voice.language()).size());
  return path.empty() ? "/" : path;
}

}  // namespace

Url letter(std::string_view subject, std::string_view text) {
  return Url::path("/", Letter{subject, text});
}

Url share_page(const View& view, std::string_view path) {
  return Url::in(view, "/share").with("path", path);
}

Url say_something(const View& view, std::string_view path) {
  return Url::in(view, "/feedback/new")
      .with("kind", "suggestion")
      .with("page", path.substr(0, path.find('?')));
}

Url page_at(const View& view, std::string_view path) {
  const std::size_t mark = std::min(path.find('?'), path.size());
  Url url = Url::in(view, path.substr(0, mark));
  std::string_view query = path.substr(std::min(mark + 1, path.size()));
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    url = url.with(pair.substr(0, equals), pair.substr(std::min(equals + 1, pair.size())));
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return url;
}

std::string absolute(const View& view, const Url& page) {
  CHECK(view.site != nullptr);
  return view.site->base_url + std::string(page.view());
}

Fragment address_to_copy(const View& view, const Url& page) {
  return fill(
      R"(<p class="hash" id="link" translate="no">{}</p><button type="button")"
      R"( class="govuk-button govuk-button--secondary" data-copy="link" hidden>{}{}</button>)",
      absolute(view, page), icon("copy"), view("share.copy"_t));
}

Fragment share(const View& view, const Url& page, std::string_view title) {
  const std::string_view path = without_language(view, page);
  Fragment links;
  links.add(R"(<li><a href="{}">{} {}</a></li>)", letter(title, absolute(view, page)), icon("mail"),
            view("share.mail"_t));
  links.add(R"(<li><a href="{}">{} {}</a></li>)", share_page(view, path), icon("qr-code"),
            view("share.code"_t));
  // Who speaks of a case says so by its code, on its own page; a case is about no other case's
  // page.
  if (!path.starts_with("/feedback/"))
    links.add(R"(<li><a href="{}">{} {}</a></li>)", say_something(view, path),
              icon("message-square-plus"), view("share.comment"_t));
  return fill(
      R"(<section class="sp no-print" aria-labelledby="share"><h2 class="h-s" id="share">{}</h2>)"
      R"({}<ul class="plain row">{}</ul></section>)",
      view("share.title"_t), address_to_copy(view, page), links);
}

}  // namespace ln::html
