#include "core/settings/settings_pages_dress.h"

#include <algorithm>

#include "base/embedded.h"
#include "platform/html/asset.h"
#include "platform/http/http_shelf.h"
#include "platform/i18n/i18n_replace.h"

namespace ln::settings {
namespace {

constexpr std::string_view css_begins = "/site/theme-", emblem_begins = "/site/emblem-";
constexpr int emblem_height = 44, emblem_width_max = 132;

// "ac007bc4f8.css" of "/a/main.ac007bc4f8.css": which style sheet the colours were put into.
std::string_view css_version() {
  constexpr std::string_view begins = "/a/main.";
  const std::string_view path = html::asset("main.css").view();
  return path.starts_with(begins) ? path.substr(begins.size()) : std::string_view();
}

std::string_view ending_of(std::string_view media_type) {
  return media_type == "image/png" ? ".png" : ".jpg";
}

http::Response for_a_year(std::string_view type, std::string bytes) {
  http::Response response = http::page(200, std::move(bytes));
  response.content_type = std::string(type);
  return std::move(response).with_header("Cache-Control", "public, max-age=31536000, immutable");
}

Error no_file() { return {ErrorKind::not_found, "error.not_found.body"_t}; }

}  // namespace

html::Dress dress_of(const SiteNow& site) {
  html::Dress dress{.contact_vi = site.texts.contact_vi, .contact_en = site.texts.contact_en};
  if (site.theme != Theme{}) {
    dress.css_path =
        std::string(css_begins) + address_of(site.theme) + "." + std::string(css_version());
    dress.ground = to_text(site.theme.ground);
  }
  if (!site.picture.empty()) {
    dress.emblem_path =
        std::string(emblem_begins) + site.picture + std::string(ending_of(site.picture_type));
    dress.emblem_width = std::clamp(
        emblem_height * site.picture_width / std::max(site.picture_height, 1), 1, emblem_width_max);
  }
  return dress;
}

void show_site(const SiteNow& site) {
  std::vector<i18n::Replacement> said;
  const auto say = [&](TextKey key, const std::string& vi, const std::string& en) {
    if (!vi.empty()) said.push_back({key, i18n::Language::vi, vi});
    if (!en.empty()) said.push_back({key, i18n::Language::en, en});
  };
  say("site.city"_t, site.texts.city_vi, site.texts.city_en);
  say("site.about"_t, site.texts.about_vi, site.texts.about_en);
  say("insight.home.lead"_t, site.texts.lead_vi, site.texts.lead_en);
  const bool is_said_anew = i18n::replace_texts(std::move(said));
  if (html::put_on(dress_of(site)) || is_said_anew) http::forget_kept_answers();
}

void refresh_site(db::Database& database) {
  show_site(database.read([](db::Read& read) { return site_now(read); }));
}

Result<http::Response> site_file(const http::Request& request, db::Read& read) {
  const std::string_view path = request.path;
  if (path.starts_with(css_begins)) {
    const std::string_view rest = path.substr(css_begins.size());
    const auto theme = theme_at(rest.substr(0, rest.find('.')));
    const auto plain = embedded::find("assets/dist/main." + std::string(css_version()));
    if (!theme || !plain || rest != address_of(*theme) + "." + std::string(css_version()))
      return no_file();
    return for_a_year("text/css; charset=utf-8", dressed_css(*plain, *theme));
  }
  if (!path.starts_with(emblem_begins)) return no_file();
  const std::string_view rest = path.substr(emblem_begins.size());
  auto picture = find_picture(read, rest.substr(0, rest.find('.')));
  if (!picture || rest != picture->hash + std::string(ending_of(picture->media_type)))
    return no_file();
  return for_a_year(picture->media_type, std::move(picture->bytes));
}

}  // namespace ln::settings
