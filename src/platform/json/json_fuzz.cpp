// Whatever is accepted can be walked, written, and read again to the same document.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/text.h"
#include "platform/json/json.h"

namespace {

using namespace ln;

void copy(json::Writer& writer, json::Value value) {
  switch (value.kind()) {
    case json::Kind::null: writer.null(); break;
    case json::Kind::boolean: writer.boolean(*value.boolean()); break;
    case json::Kind::integer: writer.integer(*value.integer()); break;
    case json::Kind::real: writer.text("a real number"); break;
    case json::Kind::text: writer.text(*value.text()); break;
    case json::Kind::array:
      writer.array();
      for (const json::Value each : value.items()) copy(writer, each);
      writer.end_array();
      break;
    case json::Kind::object:
      writer.object();
      for (const auto& [name, each] : value.members()) {
        if (!value.has(name)) std::abort();
        copy(writer.name(name), each);
      }
      writer.end_object();
      break;
  }
}

std::string written(const json::Document& document) {
  std::string out;
  json::Writer writer(out);
  copy(writer, document.root());
  if (!writer.is_finished()) std::abort();
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  for (const json::Form form : {json::Form::nfc, json::Form::as_sent}) {
    const auto first = json::parse(as_text({bytes, size}), {.size_max = 1 << 16, .form = form});
    if (!first.ok()) continue;
    const std::string once = written(first.value());
    // Escapes and NFC may lengthen a text, up to six bytes for one.
    const auto second = json::parse(once, {.size_max = 1 << 20, .form = form});
    if (!second.ok() || written(second.value()) != once) std::abort();
  }
  return 0;
}
