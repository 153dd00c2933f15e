// Payloads from outside: what is canonical has no spaces between its parts and no second spelling.
#include <cstdlib>

#include "base/text.h"
#include "engine/merkle/merkle_canonical.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = ln::as_text({data, size});
  if (!ln::merkle::is_canonical(bytes)) return 0;
  // Whatever is put in front of it or behind it makes something else of it.
  const std::string whole(bytes);
  if (!whole.starts_with('{') || !whole.ends_with('}') || !ln::is_utf8(whole)) std::abort();
  for (const char* more : {" ", "\n", "}", ",", "{}"})
    if (ln::merkle::is_canonical(whole + more) || ln::merkle::is_canonical(more + whole))
      std::abort();
  return 0;
}
