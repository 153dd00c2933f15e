// Whatever a form brings as boxes: within the picture, and never more than a picture may have.
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "feature/feedback/feedback_moderation.h"
#include "feature/feedback/feedback_pages_boxes.h"
#include "platform/http/http_parse.h"

namespace {

void expect(bool claim) {
  if (!claim) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace ln;
  const std::string_view all = as_text({bytes, size});
  http::Fields form;
  if (!http::parse_fields(all, form)) {
    const auto boxes = feedback::boxes_of_form(form);
    if (boxes.ok()) {
      expect(boxes.value().size() <= file::boxes_max);
      for (const file::Box& box : boxes.value()) expect(file::is_within_picture(box));
      expect(file::boxes_from(file::to_text(boxes.value())) == boxes.value());
    }
  }
  for (const auto& each : feedback::kinds_in(all)) expect(each.count > 0);
  const std::size_t half = size / 2;
  static_cast<void>(
      feedback::change_of(all.substr(0, half), all.substr(0, half), all.substr(half)));
  return 0;
}
