// Examples from templates: sentences with slots, written the ways people write. A corpus of
// templates is small enough to be written with care and checked by eye, and it shows how good a
// model is only when no template is on both sides of the test: `group` of an example says which
// template it came from.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/triage/triage.h"

namespace ln::triage {

struct Template {
  std::string label, text;  // "Đèn đường trên {street} tắt {days} hôm nay"
};
struct SlotValue {
  std::string slot, value;
};

// How somebody writes.
enum class Manner : std::uint8_t {
  carefully,
  in_haste,       // no capitals, no space after commas and full stops
  without_marks,  // as on an old phone
  in_short,       // the short words of messages: ko, dc, ng
  mistyped,       // two letters of a long word change places
};
inline constexpr std::size_t manner_count = 5;

// `text` written in that manner; `seed` chooses the words that are mistyped.
std::string written(std::string_view text, Manner manner, std::uint64_t seed);

// `count` examples of each template, in the order of the templates, every manner in its turn, of
// which each template begins with another; slots are filled by turns too. A slot without values
// stays as it is. Always the same.
std::vector<Example> expand(std::span<const Template> templates,
                            std::span<const SlotValue> slots,
                            std::size_t count);

}  // namespace ln::triage
