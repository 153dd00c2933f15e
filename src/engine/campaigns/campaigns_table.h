// What is kept of each different text while comments come in, and the texts of the same words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/campaigns/campaigns.h"
#include "engine/campaigns/campaigns_sketch.h"
#include "engine/campaigns/campaigns_words.h"

namespace ln::campaigns {

// Texts of fewer words are only ever the same or not.
inline constexpr std::size_t letter_words_min = 8;

struct Row {
  Forms forms;
  Hash bytes = 0;  // of the text as it came, the same for everybody
  std::uint64_t place = 0, comments = 0;
  std::uint32_t words = 0;     // at most words_max
  std::uint32_t sketches = 0;  // where they stand, from 1; 0: too short to have some
};

// Different texts by their bytes, in the order of their first arrival.
class Table {
 public:
  explicit Table(Hash secret) : secret_(secret), slots_(1024) {}

  void take(const std::vector<Comment>& batch, const Share& share);

  std::vector<Row> rows;
  std::vector<Sketches> sketches;
  std::vector<std::uint32_t> row_of;  // for each comment

 private:
  struct Entry {
    Identity identity;
    std::uint32_t row = 0;  // from 1; 0: free
  };
  std::uint32_t row_for(const Identity& identity);
  void grow();

  Hash secret_;
  std::vector<Entry> slots_;
};

// Texts of the same words (campaigns.h, first tier).
struct Form {
  Hash folded = 0, marked = 0;
  std::uint64_t comments = 0;
  std::uint32_t letter = 0;  // the row that stands for it: most comments, then the least bytes
  std::uint32_t words = 0, sketches = 0;
};

struct Sorted {
  std::vector<Form> forms;             // in an order that the texts alone decide
  std::vector<std::uint32_t> form_of;  // for each row
};
Sorted forms_in(const Table& table);

}  // namespace ln::campaigns
