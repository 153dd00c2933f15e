#include "core/settings/settings_actions_site.h"

#include "core/settings/settings_actions.h"
#include "core/settings/settings_store.h"

namespace ln::settings {
namespace {

// The latest change that was applied is what holds: there is nothing else to write.
void apply_site(db::Write&, const std::string&, const std::string&) {}

Wish wish_of_site(db::Read& read, const SiteChange& change) {
  return {.list = std::string(site_list),
          .code = change.code,
          .before = site_value(read, change.code),
          .after = change.value,
          .from = change.from,
          .reason = change.reason};
}

Result<Done> check_site_value(db::Read& read, const SiteChange& change, FieldErrors& errors) {
  if (change.code == texts_code) {
    TRY(const SiteTexts texts, read_texts_value(change.value));
    check_texts(texts, errors);
  } else if (change.code == theme_code) {
    TRY(const Theme theme, read_theme_value(change.value));
    for (const Clash& each : clashes(theme)) errors.add(each.field, "settings.error.theme"_t);
  } else if (change.code == emblem_code) {
    TRY(const std::string hash, read_emblem_value(change.value));
    if (!hash.empty() && !find_picture(read, hash))
      errors.add("picture", "settings.error.no_picture"_t);
  } else {
    return Error{ErrorKind::not_found, "settings.error.no_change"_t};
  }
  return Done{};
}

}  // namespace

Result<Done> check_site_change(db::Read& read, const SiteChange& change, Instant now) {
  FieldErrors errors;
  TRY([[maybe_unused]] const Done read_well, check_site_value(read, change, errors));
  check(wish_of_site(read, change), now, errors);
  return errors.empty() ? Result<Done>(Done{}) : errors.take();
}

Result<SiteNow> change_site(db::Write& write,
                            const people::Administrator& administrator,
                            const SiteChange& change,
                            Instant now) {
  if (!may_change(administrator)) return Error{ErrorKind::forbidden, "settings.error.city_only"_t};
  const Wish wish = wish_of_site(write, change);
  if (wish.before != change.seen)
    return Error{ErrorKind::conflict, "settings.error.changed_meanwhile"_t};
  TRY([[maybe_unused]] const Done fine, check_site_change(write, change, now));
  TRY([[maybe_unused]] const std::int64_t id,
      settings::change(write, administrator, wish, apply_site, now));
  return site_now(write);
}

Result<Done> keep_picture(db::Write& write,
                          const people::Administrator& administrator,
                          const Picture& picture,
                          Instant now) {
  if (!may_change(administrator)) return Error{ErrorKind::forbidden, "settings.error.city_only"_t};
  if (!find_picture(write, picture.hash) && count_pictures(write) >= pictures_max)
    return Error{ErrorKind::too_large, "settings.error.pictures"_t};
  insert(write, picture, now);
  return Done{};
}

Result<Done> undo_site(db::Write& write,
                       const people::Administrator& administrator,
                       const Change& change,
                       Instant now) {
  return undo(write, administrator, change, change.before, apply_site, now);
}

std::int64_t apply_due_site(db::Database& database, Instant now) {
  return apply_due(database, std::string(site_list), site_value, apply_site, now);
}

}  // namespace ln::settings
