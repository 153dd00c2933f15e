// Whatever bytes claim to be comments in JSON Lines, and the whole search over what was read: every
// comment gets one place, and spans stay inside their texts.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "app/comment_file.h"
#include "engine/campaigns/campaigns.h"

namespace {

void expect(bool claim) {
  if (!claim) std::abort();
}

struct Held final : ln::campaigns::Texts {
  std::vector<std::string> all;
  std::string text_at(std::uint64_t place) const override { return all.at(place); }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string_view left(reinterpret_cast<const char*>(bytes), size);
  Held held;
  std::vector<ln::campaigns::Comment> batch;
  const auto add = [&](std::string text) {
    batch.push_back({"", text, held.all.size()});
    held.all.push_back(std::move(text));
  };
  while (!left.empty()) {
    const auto end = ln::app::record_end(left, false);
    const std::string_view record = left.substr(0, end ? end->size : left.size());
    if (end) expect(end->size < end->with_break && end->with_break <= left.size());
    auto read = ln::app::comment_of_json(record);
    if (auto* comment = std::get_if<ln::app::ReadComment>(&read)) add(std::move(comment->text));
    add(std::string(record));  // Texts need not be UTF-8 for the engine.
    left.remove_prefix(end ? end->with_break : left.size());
  }
  ln::campaigns::Finder finder(1);
  finder.take(batch);
  const auto found = finder.find(held);
  expect(found.text_of.size() == batch.size());
  for (const std::uint32_t row : found.text_of) {
    const auto& text = found.texts.at(row);
    expect(text.group == ln::campaigns::no_group || text.group < found.groups.size());
    for (const auto& span : text.spans)
      expect(span.begin < span.end && span.end <= held.all[text.place].size());
  }
  return 0;
}
