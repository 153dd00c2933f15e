#include "feature/disclosure/disclosure_jobs.h"

#include "feature/disclosure/disclosure_store_views.h"

namespace ln::disclosure {

void keep_openings(db::Database& database) { openings().flush(database); }

}  // namespace ln::disclosure
