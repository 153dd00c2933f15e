#include "engine/draw/draw.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/text.h"

namespace ln::draw {

Hash seed_of(std::string_view name, const Head& head) {
  const std::string text = "langnghe draw 1\n" + std::string(name) + "\n" +
                           std::to_string(head.size) + "\n" + to_hex(head.root) + "\n";
  return merkle::sha256(as_bytes(text));
}

Hash rank_of(const Hash& seed, std::int64_t number) {
  const std::string text = to_hex(seed) + "/" + std::to_string(number);
  return merkle::sha256(as_bytes(text));
}

std::vector<std::int64_t> sample(const Hash& seed,
                                 std::span<const std::int64_t> numbers,
                                 std::int64_t count) {
  std::vector<std::pair<Hash, std::int64_t>> ranked;
  ranked.reserve(numbers.size());
  for (const std::int64_t number : numbers) ranked.emplace_back(rank_of(seed, number), number);
  std::ranges::sort(ranked);
  const auto taken = std::clamp<std::int64_t>(count, 0, std::ssize(ranked));
  std::vector<std::int64_t> drawn;
  for (std::int64_t i = 0; i < taken; ++i)
    drawn.push_back(ranked[static_cast<std::size_t>(i)].second);
  std::ranges::sort(drawn);
  return drawn;
}

std::string text_of(const Frame& frame) {
  std::string text = "langnghe frame 1\nname " + frame.name + "\nunit " + frame.unit + "\nfrom " +
                     to_iso(frame.from) + "\nto " + to_iso(frame.to) + "\nhead " +
                     to_iso(frame.head_at) + "\n";
  for (const Stratum& each : frame.strata)
    text += "stratum " + each.word + " " + std::to_string(each.size) + " " +
            std::to_string(each.count) + "\n";
  for (std::size_t i = 0; i < frame.items.size(); ++i)
    text += std::to_string(i + 1) + " " + to_hex(frame.items[i]) + "\n";
  return text;
}

std::vector<std::int64_t> drawn_from(const Frame& frame, const Head& head) {
  const Hash seed = seed_of(frame.name, head);
  std::vector<std::int64_t> drawn;
  std::int64_t next = 1;
  for (const Stratum& each : frame.strata) {
    std::vector<std::int64_t> numbers;
    for (std::int64_t n = 0; n < each.size; ++n) numbers.push_back(next++);
    for (const std::int64_t number : sample(seed, numbers, each.count)) drawn.push_back(number);
  }
  CHECK(next == std::ssize(frame.items) + 1);
  return drawn;
}

}  // namespace ln::draw
