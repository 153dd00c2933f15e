// Templates are typed by people: whatever the text, checking and filling end, and what passes the
// check has no brace left once it is filled.
#include <cstdlib>
#include <string_view>

#include "feature/feedback/feedback_template.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  ln::feedback::TemplateValues values;
  values.fill("x");
  const std::string filled = ln::feedback::fill_template(text, values);
  const bool is_fine = ln::feedback::check_template("name", text).ok();
  if (is_fine && filled.find_first_of("{}") != std::string::npos) std::abort();
  (void)ln::feedback::is_little_else(text, filled);
  return 0;
}
