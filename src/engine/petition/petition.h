// Whether a text sounds like a complaint (khiếu nại) or a denunciation (tố cáo) in the legal sense.
//
// A list of phrases with weights, and nothing else: what makes a form ask one more question must be
// readable by whoever is asked. The list is data (data/guard/words.csv), dated, and may be edited.
// It only ever makes a form ask. Nothing is refused, hidden or delayed by it.
//
// Complaint: somebody asks that a decision or an act of an office which concerns their own right be
// reviewed (Law 02/2011/QH13, Art. 2.1). Denunciation: somebody reports that another breaks the law
// (Law 25/2018/QH14, Art. 2.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.h"

namespace ln::petition {

enum class Sort : std::uint8_t { complaint, denunciation };
std::string_view to_text(Sort sort);
std::optional<Sort> sort_of(std::string_view word);

inline constexpr std::size_t phrases_max = 1'000;
inline constexpr std::size_t phrase_size_max = 200;   // bytes
inline constexpr int weight_max = 100;                // of a phrase, below and above zero
inline constexpr int asks_from = 6;                   // the sum of weights from which a form asks
inline constexpr std::size_t text_size_max = 64'000;  // bytes of a text that are looked at

// Why a form asks: the likelier sort, and the phrases that were found, as the list spells them.
struct Suspicion {
  Sort sort = Sort::complaint;
  int weight = 0;
  std::vector<std::string> phrases{};
};

class Lexicon {
 public:
  // Reads `sort,language,weight,since,phrase` with a header line; the phrase is the rest of the
  // line. Rows that say something else are left out, and their numbers stand in `bad_lines` (from
  // 1). Any bytes may come in; no more than phrases_max rows are kept.
  static Lexicon read(std::string_view csv);

  const std::vector<std::size_t>& bad_lines() const { return bad_lines_; }
  std::size_t size() const { return phrases_.size(); }
  // The latest day on which a phrase came to be: the age of the list.
  std::optional<Day> as_of() const { return as_of_; }

  // Null when nothing makes the form ask on `day`. A text with diacritics is compared with them, so
  // that "tờ cáo" is no "tố cáo"; a text without is compared without. A phrase counts once, however
  // often it stands there, whole syllables only; one with a weight below zero takes away.
  std::optional<Suspicion> weigh(std::string_view text, Day day) const;

 private:
  // Finds a syllable of a text without making a string of it.
  struct SyllableHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view syllable) const {
      return std::hash<std::string_view>{}(syllable);
    }
  };
  struct Phrase {
    Sort sort;
    int weight;
    Day since;
    std::string shown, marked, folded;  // The keys have a space at both ends.
  };
  // The places in phrases_ of all that begin with a syllable.
  using BySyllable =
      std::unordered_map<std::string, std::vector<std::size_t>, SyllableHash, std::equal_to<>>;
  // Which phrases stand in `key`, which has a space at both ends.
  std::vector<bool> standing_in(std::string_view key,
                                const BySyllable& index,
                                std::string Phrase::* spelling) const;

  std::vector<Phrase> phrases_;
  BySyllable marked_, folded_;
  std::vector<std::size_t> bad_lines_;
  std::optional<Day> as_of_;
};

}  // namespace ln::petition
