// What people of the sample city write: whole texts with slots, and the words that go into them,
// from data/sample/{feedback,answers,slots,staff}.csv inside the executable.
//
// A text says "ở {street} tắt {days} ngày"; each case has one Slots, which draws a word for each
// slot once and keeps it, so that the answer speaks of the same street as the report.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/time.h"
#include "core/units/units.h"

namespace ln::app {

// What somebody writes.
struct SampleReport {
  std::string about, topic, kind, from;
  std::string unit;  // "ward", "phuong", "xa", "counter", "city", a code, or empty: none named
  std::string procedure;
  std::string fate;  // a decline reason or "redirect" that the text itself calls for; or empty
  std::string language, title, body;
  bool is_plain = false;  // Vietnamese typed without diacritics
};

struct SampleLine {
  std::string purpose;            // "answer", "ask", "reopen" …
  std::vector<std::string> fits;  // topics, "praise", "suggestion", reasons; or "any"
  std::string language, text, evidence;
};

class SampleTexts {
 public:
  // Reads the lists once. Throws std::logic_error when one of them is wrong.
  static const SampleTexts& built_in();

  std::span<const SampleReport> reports() const { return reports_; }
  // One of the lines for `purpose` in `language` that fit `wanted`, or else that fit anything.
  const SampleLine& line(std::string_view purpose,
                         std::string_view wanted,
                         std::string_view language,
                         Random& random) const;
  // The values of a slot in the first of `places` for which it has any.
  std::span<const std::string> values(std::string_view slot,
                                      std::span<const std::string> places) const;
  // A made-up name of an officer.
  std::string name(Random& random) const;

 private:
  SampleTexts();
  std::vector<SampleReport> reports_;
  std::vector<SampleLine> lines_;
  std::map<std::string, std::vector<std::string>, std::less<>> slots_;  // "street@00004"
  std::map<std::string, std::vector<std::string>, std::less<>> names_;
};

// The words of one case.
class SampleSlots {
 public:
  SampleSlots() = default;
  // `place` is the commune where it happens.
  SampleSlots(const units::Unit& place, Instant written_at);

  void set(std::string_view slot, std::string value);
  void forget(std::string_view slot);  // Another word is drawn when it is met again.
  // `text` with its slots filled; draws a word for each slot met for the first time.
  std::string fill(std::string_view text, Random& random);

 private:
  std::string draw(std::string_view slot, Random& random);
  std::vector<std::string> places_;
  std::map<std::string, std::string, std::less<>> words_;
  Day written_on_{};
};

// As many people type on an old phone: without diacritics.
std::string without_marks(std::string_view text);
// No capital at the beginning, no space after commas and full stops.
std::string typed_in_haste(std::string_view text);
// "12/10"
std::string short_date(Day day);

}  // namespace ln::app
