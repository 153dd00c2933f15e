#include "engine/campaigns/campaigns_order.h"

#include <algorithm>
#include <bit>

#include "base/check.h"

namespace ln::campaigns {
namespace {

constexpr std::size_t limb_bits = 64;

}  // namespace

Pattern::Pattern(std::size_t columns)
    : columns_(columns), limbs_((columns + limb_bits - 1) / limb_bits), keys_(64), values_(64) {}

Pattern::Pattern(std::span<const Hash> words) : Pattern(words.size()) {
  for (std::size_t i = 0; i < words.size(); ++i) accept(i, words[i]);
}

std::size_t Pattern::slot_of(Hash word) const {
  std::size_t at = word & (keys_.size() - 1);
  while (keys_[at] != 0 && keys_[at] != word) at = (at + 1) & (keys_.size() - 1);
  return at;
}

void Pattern::grow() {
  std::vector<Hash> keys(keys_.size() * 2);
  std::vector<std::uint32_t> values(keys.size());
  keys.swap(keys_);
  values.swap(values_);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i] == 0) continue;
    const std::size_t at = slot_of(keys[i]);
    keys_[at] = keys[i];
    values_[at] = values[i];
  }
}

void Pattern::accept(std::size_t column, Hash word) {
  CHECK(column < columns_);
  word |= word == 0 ? 1 : 0;
  std::size_t at = slot_of(word);
  if (keys_[at] == 0) {
    if (++used_ * 2 > keys_.size()) {
      grow();
      at = slot_of(word);
    }
    keys_[at] = word;
    values_[at] = static_cast<std::uint32_t>(masks_.size());
    masks_.resize(masks_.size() + limbs_);
  }
  masks_[values_[at] + column / limb_bits] |= std::uint64_t{1} << (column % limb_bits);
}

const std::uint64_t* Pattern::mask_of(Hash word) const {
  const std::size_t at = slot_of(word | (word == 0 ? 1 : 0));
  return keys_[at] == 0 ? nullptr : masks_.data() + values_[at];
}

// A zero bit says that the common part grows at this column.
void Pattern::step(std::uint64_t* row, const std::uint64_t* mask) const {
  if (mask == nullptr) return;
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < limbs_; ++i) {
    const std::uint64_t before = row[i], hit = before & mask[i];
    const std::uint64_t sum = before + hit, with_carry = sum + carry;
    carry = static_cast<std::uint64_t>(sum < before) | static_cast<std::uint64_t>(with_carry < sum);
    row[i] = with_carry | (before & ~mask[i]);
  }
}

std::size_t Pattern::common(std::span<const Hash> text) const {
  if (columns_ == 0) return 0;
  std::vector<std::uint64_t> row(limbs_, ~std::uint64_t{0});
  for (const Hash word : text) step(row.data(), mask_of(word));
  if (columns_ % limb_bits != 0) row.back() |= ~std::uint64_t{0} << (columns_ % limb_bits);
  std::size_t count = 0;
  for (const std::uint64_t limb : row) count += static_cast<std::size_t>(std::popcount(~limb));
  return count;
}

std::vector<std::uint32_t> Pattern::aligned(std::span<const Hash> text) const {
  std::vector<std::uint32_t> where(text.size(), none);
  if (columns_ == 0) return where;
  std::vector<std::uint64_t> rows((text.size() + 1) * limbs_, ~std::uint64_t{0});
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::copy_n(rows.data() + i * limbs_, limbs_, rows.data() + (i + 1) * limbs_);
    step(rows.data() + (i + 1) * limbs_, mask_of(text[i]));
  }
  const auto grows = [&](std::size_t row, std::size_t column) {
    return (rows[row * limbs_ + column / limb_bits] >> (column % limb_bits) & 1) == 0;
  };
  // From the end: a column at which the row before does not grow is where this word came in.
  std::size_t column = columns_;
  for (std::size_t i = text.size(); i > 0 && column > 0;) {
    if (!grows(i, column - 1)) {
      --column;
    } else if (grows(i - 1, column - 1)) {
      --i;
    } else {
      where[--i] = static_cast<std::uint32_t>(--column);
    }
  }
  return where;
}

double order_likeness(const Pattern& a, std::span<const Hash> b) {
  if (a.columns() + b.size() == 0) return 0;
  return 2 * static_cast<double>(a.common(b)) / static_cast<double>(a.columns() + b.size());
}

}  // namespace ln::campaigns
