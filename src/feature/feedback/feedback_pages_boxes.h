// The boxes by which an officer covers parts of a picture, as a form brings them.
#pragma once

#include <vector>

#include "base/result.h"
#include "platform/file/picture_cover.h"
#include "platform/http/http.h"

namespace ln::feedback {

// The boxes of a form: box1 to box20, each left, top, width and height in fields of their own
// ("box1-left" …), whole percent. A row with nothing in it is none. Refuses (invalid) beside
// "box1-left" … what is no number, half filled, or leaves the picture.
Result<std::vector<file::Box>> boxes_of_form(const http::Fields& form);

}  // namespace ln::feedback
