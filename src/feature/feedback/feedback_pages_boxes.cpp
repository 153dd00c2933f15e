#include "feature/feedback/feedback_pages_boxes.h"

#include <string>

#include "base/text.h"

namespace ln::feedback {

Result<std::vector<file::Box>> boxes_of_form(const http::Fields& form) {
  std::vector<file::Box> boxes;
  FieldErrors errors;
  for (std::size_t i = 1; i <= file::boxes_max; ++i) {
    const std::string name = "box" + std::to_string(i);
    std::string text;
    bool is_empty = true;
    for (const char* side : {"-left", "-top", "-width", "-height"}) {
      const std::string_view typed = trimmed(form.text(name + side));
      is_empty = is_empty && typed.empty();
      text += (text.empty() ? "" : ",") + std::string(typed.substr(0, 4));
    }
    if (is_empty) continue;
    const auto box = file::boxes_from(text);
    if (box && box->size() == 1)
      boxes.push_back(box->front());
    else
      errors.add(name + "-left", "feedback.error.box"_t);
  }
  if (!errors.empty()) return errors.take();
  return boxes;
}

}  // namespace ln::feedback
