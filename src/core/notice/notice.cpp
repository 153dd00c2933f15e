#include "core/notice/notice.h"

#include <algorithm>

#include "base/check.h"

namespace ln::notice {
namespace {

constexpr std::array<std::string_view, 2> way_words = {"mail", "message"};
constexpr std::array<std::string_view, 3> pace_words = {"each", "daily", "none"};

constexpr std::chrono::hours morning{7}, evening{21};
constexpr std::chrono::minutes digest_at = std::chrono::hours(7) + std::chrono::minutes(30);

template <class Word, std::size_t count>
std::optional<Word> word_of(const std::array<std::string_view, count>& words,
                            std::string_view word) {
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) return std::nullopt;
  return static_cast<Word>(found - words.begin());
}

}  // namespace

std::string_view to_text(Way way) { return way_words.at(static_cast<std::size_t>(way)); }
std::optional<Way> way_of(std::string_view word) { return word_of<Way>(way_words, word); }

std::string_view to_text(Pace pace) { return pace_words.at(static_cast<std::size_t>(pace)); }
std::optional<Pace> pace_of(std::string_view word) { return word_of<Pace>(pace_words, word); }

Instant leaves_at(Instant now, Pace pace) {
  const Day today = local_day(now);
  const Day tomorrow = today + std::chrono::days(1);
  if (pace == Pace::daily) {
    const Instant next = at_local(today, digest_at);
    return now <= next ? next : at_local(tomorrow, digest_at);
  }
  if (now < at_local(today, morning)) return at_local(today, morning);
  return now < at_local(today, evening) ? now : at_local(tomorrow, morning);
}

std::optional<std::chrono::milliseconds> wait_after(std::int64_t attempts) {
  CHECK(attempts >= 1);
  constexpr std::int64_t attempts_max = 16;
  if (attempts >= attempts_max) return std::nullopt;
  constexpr std::chrono::minutes longest = std::chrono::hours(6);
  return std::min(longest, std::chrono::minutes(std::int64_t{1} << (attempts - 1)));
}

}  // namespace ln::notice
