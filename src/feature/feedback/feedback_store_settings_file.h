// The settings' file, written and read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "feature/feedback/feedback_settings_file.h"

namespace ln::feedback {

// A line of the file, without its end. Precondition: the value is JSON.
std::string line_of_setting(const SettingLine& line);

// The lines below the head. Refuses (invalid, "line 12" in fields[0].field) what is too long, no
// such file, a line that is not written as settings_file writes it, and an entry that stands twice.
// Whether a value is one of its list is not judged here.
Result<std::vector<SettingLine>> read_settings_file(std::string_view bytes);

}  // namespace ln::feedback
