// Sentences that a city says in its own words, in place of those in text/*.po.
#pragma once

#include <string>
#include <vector>

#include "platform/i18n/i18n.h"

namespace ln::i18n {

// A sentence of the program, without holes, and what is said instead.
struct Replacement {
  TextKey key{};
  Language language = Language::vi;
  std::string text{};
  friend bool operator==(const Replacement&, const Replacement&) = default;
};

// From now on these stand for their keys, in the whole process, and no others. Thread-safe. What
// was given out before stays valid until the process ends: each call that changes something keeps
// a few kilobytes for good. Few are expected: every sentence looks through all of them.
// True when they are others than before.
bool replace_texts(std::vector<Replacement> all);

}  // namespace ln::i18n
