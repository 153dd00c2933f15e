// Where somebody can be reached, found in what they typed.
#pragma once

#include <optional>
#include <string_view>

#include "core/notice/notice.h"

namespace ln::notice {

// In people's own words ("chị Hoa, 0912 345 678"): the first e-mail, else the first mobile number
// of Vietnam (its plan of numbers since 2018: 03, 05, 07, 08, 09 and eight digits). Null when there
// is neither; a landline takes no messages.
std::optional<Destination> destination_of(std::string_view contact);

}  // namespace ln::notice
