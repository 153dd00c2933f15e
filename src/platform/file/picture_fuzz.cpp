// Decodes in this process what the picture process would decode in its cage.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "platform/file/picture_answer.h"
#include "platform/file/picture_codec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace ln;
  const std::string_view input = as_text({bytes, size});
  // The boxes of an order, and those a form or a row brings, are read by the same function.
  if (const auto boxes = file::boxes_from(input); boxes && file::to_text(*boxes) != input)
    std::abort();
  const auto picture = file::codec::work(input);
  if (!file::from_answer(file::to_answer(picture)).has_value()) std::abort();
  return 0;
}
