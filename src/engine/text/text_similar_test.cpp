#include "engine/text/text_similar.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace ln::text;

namespace {

constexpr std::string_view first =
    "Đèn đường ngõ 12 phố Vọng tắt ba hôm nay, tối om, đi lại rất nguy hiểm. Đề nghị sửa sớm.";
constexpr std::string_view copied =
    "den duong ngo 12 pho vong tat ba hom nay,toi om,di lai rat nguy hiem. mong sua som";
constexpr std::string_view told_anew = "Ngõ 12 phố Vọng không có bóng đèn đường nào sáng cả tuần";
constexpr std::string_view other = "Rác chất đống đầu chợ bốc mùi hôi thối, xe gom không đến.";

bool share_a_band(std::string_view a, std::string_view b) {
  const auto left = bands_of(pairs_of(a)), right = bands_of(pairs_of(b));
  return std::ranges::any_of(
      left, [&](std::int64_t each) { return std::ranges::find(right, each) != right.end(); });
}

}  // namespace

TEST_CASE("a copy is alike whatever keyboard it was typed on, another matter is not") {
  CHECK(likeness(pairs_of(first), pairs_of(first)) == 1);
  CHECK(likeness(pairs_of(first), pairs_of(copied)) > 0.7);
  CHECK(likeness(pairs_of(first), pairs_of(other)) < 0.05);
  CHECK(likeness(pairs_of(first), pairs_of("")) == 0);
  CHECK(share_a_band(first, copied));
  CHECK_FALSE(share_a_band(first, other));
}

TEST_CASE("the same matter in other words shares what carries sense") {
  CHECK(likeness(pairs_of(first), pairs_of(told_anew)) < 0.4);
  CHECK(likeness(syllables_of(first), syllables_of(told_anew)) > 0.25);
  CHECK(likeness(syllables_of(first), syllables_of(other)) < 0.1);
  CHECK(shared_words(told_anew, first, 3) == std::vector<std::string>{"ngo", "pho", "vong"});
  CHECK(shared_words("là của 12", "là của 12", 3).empty());
}

TEST_CASE("bands find what is much alike and little else") {
  // Texts of forty made-up syllables with a known share in common.
  const auto text = [](int from, int to) {
    std::string out;
    for (int i = from; i < to; ++i) out += "x" + std::to_string(i) + " ";
    return out;
  };
  int near = 0, far = 0;
  for (int n = 0; n < 200; ++n) {
    const int at = n * 1000;
    near += share_a_band(text(at, at + 40), text(at + 8, at + 48)) ? 1 : 0;  // j = 0.66
    far += share_a_band(text(at, at + 40), text(at + 36, at + 76)) ? 1 : 0;  // j = 0.04
  }
  CHECK(near >= 180);
  CHECK(far <= 10);
}
