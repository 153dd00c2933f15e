// Comments with a known truth, for tests and measurements: the same seed gives the same bytes.
//
// The material is in data/campaigns: a template recovered from a million real comments, its
// Vietnamese twin, twenty letters, and comments that people really wrote; Vietnamese ones come from
// data/sample/feedback.csv.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "engine/campaigns/campaigns.h"

namespace ln::campaigns {

// A mail-merge template: one option of each segment, one after the other. A segment of the same
// options as an earlier one says what that one said.
struct Segments {
  std::vector<std::vector<std::string>> options;
  std::vector<std::size_t> copies;  // the segment itself, or the earlier one
};

// From "[["a","b"],["c"]]". Throws std::logic_error when it is not that.
Segments segments_of(std::string_view json);
std::string merged(const Segments& segments, Random& random);

struct Material {
  std::array<Segments, 2> templates;  // English, Vietnamese
  std::vector<std::string> letters;   // half Vietnamese, half English
  std::vector<std::string> organic, vietnamese;
  // What edits and quotations add: every eighth of the above, which then is no comment itself.
  std::vector<std::string> spare, spare_vietnamese;
};
// From the executable's own files. Throws std::logic_error when they are not as they should be.
Material built_in_material();

// What was done to a text.
enum class Edit : std::uint8_t {
  none,
  greeting,   // another beginning or end: 20 of 100
  words,      // one to three other words: 8
  dropped,    // a sentence left out: 4
  paragraph,  // a paragraph of one's own before or after: 6
  reordered,  // two sentences changed round: 2
  merged,
  organic,
  quote,  // an organic text around one or two sentences of a letter in quotation marks
};
inline constexpr std::size_t edit_count = 9;

struct Made {
  std::string text;
  std::uint32_t campaign = 0;  // the two templates, then the letters; no_group for organic ones
  Edit edit = Edit::none;
  bool is_bare = false;    // without diacritics: 10 of 100 letters
  bool has_typos = false;  // in a word of each hundred: 1 of 100 letters
  Span own = {};           // of Edit::paragraph
};

struct Plan {
  std::uint64_t seed = 1;
  std::size_t of_each_template = 500, of_each_letter = 40, quotes = 40;
  bool with_organic = true;  // all of the material, each once
};
// In an order that the seed decides.
std::vector<Made> generated(const Material& material, const Plan& plan);
// A letter with one edit of the distribution above.
Made edited(const Material& material, std::size_t letter, Random& random);

// How well groups meet the truth, for the comments of one edit.
struct Score {
  std::uint64_t comments = 0;
  double precision = 0, recall = 0;      // of pairs with any other comment
  double b_precision = 0, b_recall = 0;  // B-cubed: the mean over comments
  double f1() const;
  double b_f1() const;
};
std::array<Score, edit_count> scores_of(const std::vector<Made>& made, const Found& found);
// The share of organic comments that stand in a group with made ones.
double false_links(const std::vector<Made>& made, const Found& found);
// The share of own paragraphs of which nine of ten bytes are in the spans found.
double own_text_found(const std::vector<Made>& made, const Found& found);

}  // namespace ln::campaigns
