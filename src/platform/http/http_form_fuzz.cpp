// Any bytes as the body of an urlencoded form: what is let in is clean and within bounds, and what
// was cleaned once does not change when it is cleaned again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "platform/http/http_parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ln::http::Fields fields;
  const auto refused = ln::http::parse_fields(ln::as_text({data, size}), fields);
  if (!refused && fields.items().size() > ln::http::fields_max) std::abort();
  for (const auto& [name, value] : fields.items()) {
    if (!ln::is_utf8(name) || !ln::is_utf8(value)) std::abort();
    if (name.size() > ln::http::field_name_max) std::abort();
    if (value.find('\0') != std::string::npos || value.find('\r') != std::string::npos)
      std::abort();
    if (ln::http::cleaned(value) != value) std::abort();
  }
  return 0;
}
