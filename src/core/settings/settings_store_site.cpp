#include "core/settings/settings_store_site.h"

#include "base/text.h"
#include "core/settings/settings_store.h"
#include "platform/json/json.h"

namespace ln::settings {
namespace {

Error no_site_value() { return {ErrorKind::invalid, "settings.error.value"_t}; }

Result<json::Document> parse_site_value(std::string_view value) {
  return json::parse(value,
                     {.size_max = value_size_max, .depth_max = 2, .form = json::Form::as_sent});
}

std::string member_of(const json::Document& document, std::string_view name) {
  return std::string(document.root().text(name).value_or(""));
}

}  // namespace

std::string value_of(const SiteTexts& texts) {
  std::string value;
  json::Writer(value)
      .object()
      .member("about_en", texts.about_en)
      .member("about_vi", texts.about_vi)
      .member("city_en", texts.city_en)
      .member("city_vi", texts.city_vi)
      .member("contact_en", texts.contact_en)
      .member("contact_vi", texts.contact_vi)
      .member("lead_en", texts.lead_en)
      .member("lead_vi", texts.lead_vi)
      .end_object();
  return value;
}

std::string value_of(const Theme& theme) {
  std::string value;
  json::Writer(value)
      .object()
      .member("accent", to_text(theme.accent))
      .member("ground", to_text(theme.ground))
      .member("main", to_text(theme.main))
      .end_object();
  return value;
}

std::string emblem_value(std::string_view hash) {
  std::string value;
  json::Writer(value).object().member("picture", hash).end_object();
  return value;
}

Result<SiteTexts> read_texts_value(std::string_view value) {
  TRY(const json::Document document, parse_site_value(value));
  SiteTexts texts{.city_vi = member_of(document, "city_vi"),
                  .city_en = member_of(document, "city_en"),
                  .lead_vi = member_of(document, "lead_vi"),
                  .lead_en = member_of(document, "lead_en"),
                  .about_vi = member_of(document, "about_vi"),
                  .about_en = member_of(document, "about_en"),
                  .contact_vi = member_of(document, "contact_vi"),
                  .contact_en = member_of(document, "contact_en")};
  if (value_of(texts) != value) return no_site_value();
  return texts;
}

Result<Theme> read_theme_value(std::string_view value) {
  TRY(const json::Document document, parse_site_value(value));
  const auto ground = parse_colour(member_of(document, "ground")),
             main = parse_colour(member_of(document, "main")),
             accent = parse_colour(member_of(document, "accent"));
  if (!ground || !main || !accent) return no_site_value();
  const Theme theme{*ground, *main, *accent};
  if (value_of(theme) != value) return no_site_value();
  return theme;
}

Result<std::string> read_emblem_value(std::string_view value) {
  TRY(const json::Document document, parse_site_value(value));
  std::string hash = member_of(document, "picture");
  if (emblem_value(hash) != value) return no_site_value();
  return hash;
}

std::string site_value(db::Read& read, std::string_view code) {
  if (code != texts_code && code != theme_code && code != emblem_code) return {};
  if (const auto last = last_applied(read, site_list, code)) return last->after;
  if (code == texts_code) return value_of(SiteTexts{});
  return code == theme_code ? value_of(Theme{}) : emblem_value("");
}

std::optional<Picture> find_picture(db::Read& read, std::string_view hash) {
  return read.one(
      "SELECT hash, media_type, bytes, width, height FROM settings_picture WHERE hash = $1",
      [](const db::Row& row) {
        return Picture{row.text(0), row.text(1), row.text(2), static_cast<int>(row.integer(3)),
                       static_cast<int>(row.integer(4))};
      },
      hash);
}

std::int64_t count_pictures(db::Read& read) {
  return read
      .one("SELECT count(*) FROM settings_picture",
           [](const db::Row& row) { return row.integer(0); })
      .value_or(0);
}

void insert(db::Write& write, const Picture& picture, Instant now) {
  write.run(
      "INSERT INTO settings_picture (hash, media_type, bytes, width, height, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (hash) DO NOTHING",
      picture.hash, picture.media_type, db::Blob{as_bytes(picture.bytes)}, picture.width,
      picture.height, now);
}

SiteNow site_now(db::Read& read) {
  const auto texts = read_texts_value(site_value(read, texts_code));
  const auto theme = read_theme_value(site_value(read, theme_code));
  const auto hash = read_emblem_value(site_value(read, emblem_code));
  if (!texts.ok() || !theme.ok() || !hash.ok())
    throw db::Failure("a change of the site cannot be read");
  SiteNow now{.texts = texts.value(), .theme = theme.value()};
  if (const auto picture = find_picture(read, hash.value())) {
    now.picture = picture->hash;
    now.picture_type = picture->media_type;
    now.picture_width = picture->width;
    now.picture_height = picture->height;
  }
  return now;
}

}  // namespace ln::settings
