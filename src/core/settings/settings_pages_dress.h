// The site as it is set, brought to the pages: kept in memory, because every page asks for it.
#pragma once

#include "core/settings/settings_store_site.h"
#include "platform/db/db.h"
#include "platform/html/dress.h"
#include "platform/http/http.h"

namespace ln::settings {

html::Dress dress_of(const SiteNow& site);
// From now on every page of this process shows it; what was kept before is forgotten.
void show_site(const SiteNow& site);
// The same with what the database says now. A job asks, because another node may have changed it.
void refresh_site(db::Database& database);

// GET /site/{file}: the style sheet in other colours, or a picture that is or was the emblem. The
// name says what is in it, so it may be kept for a year.
Result<http::Response> site_file(const http::Request& request, db::Read& read);

}  // namespace ln::settings
