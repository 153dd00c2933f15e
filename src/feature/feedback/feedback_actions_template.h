// The texts of an office, changed by its head: each change is a line of the public log, which holds
// the fingerprint of the text alone, and a row of the history (core/settings, list "template").
#pragma once

#include <string>

#include "base/result.h"
#include "feature/feedback/feedback_store_comfort.h"
#include "platform/db/db.h"

namespace ln::feedback {

inline constexpr std::string_view template_list = "template";

// As the log has the fingerprint of it: docs/formats/settings.md.
std::string value_of(const Template& text);

// `changed_by` may change the texts of the unit: the caller has asked. Refuse unavailable while the
// log takes no lines; the second also conflict when the text is gone.
Result<Done> add_template(db::Write& write, const Template& made, const std::string& reason);
Result<Done> change_template(db::Write& write,
                             const Template& changed,
                             bool is_removed,
                             const std::string& reason);

}  // namespace ln::feedback
