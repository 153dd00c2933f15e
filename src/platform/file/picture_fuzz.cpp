// Decodes in this process what the picture process would decode in its cage.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "platform/file/picture_answer.h"
#include "platform/file/picture_codec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace ln;
  const auto picture = file::codec::clean(as_text({bytes, size}));
  if (!file::from_answer(file::to_answer(picture)).has_value()) std::abort();
  return 0;
}
