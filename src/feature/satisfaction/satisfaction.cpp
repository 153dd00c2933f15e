#include "feature/satisfaction/satisfaction.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace ln::satisfaction {

std::string_view to_text(Solved solved) {
  switch (solved) {
    case Solved::yes: return "yes";
    case Solved::partly: return "partly";
    case Solved::no: return "no";
  }
  return "";
}

std::string_view to_text(Reason reason) {
  switch (reason) {
    case Reason::fast: return "fast";
    case Reason::clear: return "clear";
    case Reason::polite: return "polite";
    case Reason::thorough: return "thorough";
    case Reason::slow: return "slow";
    case Reason::unclear: return "unclear";
    case Reason::impolite: return "impolite";
    case Reason::off_point: return "off_point";
    case Reason::sent_around: return "sent_around";
    case Reason::not_done: return "not_done";
  }
  return "";
}

std::string_view to_text(Said said) {
  switch (said) {
    case Said::nothing: return "";
    case Said::no: return "no";
    case Said::yes: return "yes";
  }
  return "";
}

std::optional<Said> said_of(std::string_view word) {
  for (const Said each : {Said::nothing, Said::no, Said::yes})
    if (to_text(each) == word) return each;
  return std::nullopt;
}

TextKey key_of(Said said) {
  switch (said) {
    case Said::nothing: return "satisfaction.said.nothing"_t;
    case Said::no: return "satisfaction.said.no"_t;
    case Said::yes: return "satisfaction.said.yes"_t;
  }
  return {};
}

std::optional<Solved> solved_of(std::string_view word) {
  for (const Solved each : all_solved)
    if (to_text(each) == word) return each;
  return std::nullopt;
}

std::optional<Reason> reason_of(std::string_view word) {
  for (const Reason each : all_reasons)
    if (to_text(each) == word) return each;
  return std::nullopt;
}

TextKey key_of(Solved solved) {
  switch (solved) {
    case Solved::yes: return "satisfaction.solved.yes"_t;
    case Solved::partly: return "satisfaction.solved.partly"_t;
    case Solved::no: return "satisfaction.solved.no"_t;
  }
  return {};
}

TextKey key_of(Reason reason) {
  switch (reason) {
    case Reason::fast: return "satisfaction.reason.fast"_t;
    case Reason::clear: return "satisfaction.reason.clear"_t;
    case Reason::polite: return "satisfaction.reason.polite"_t;
    case Reason::thorough: return "satisfaction.reason.thorough"_t;
    case Reason::slow: return "satisfaction.reason.slow"_t;
    case Reason::unclear: return "satisfaction.reason.unclear"_t;
    case Reason::impolite: return "satisfaction.reason.impolite"_t;
    case Reason::off_point: return "satisfaction.reason.off_point"_t;
    case Reason::sent_around: return "satisfaction.reason.sent_around"_t;
    case Reason::not_done: return "satisfaction.reason.not_done"_t;
  }
  return {};
}

TextKey key_of_score(int score) {
  constexpr std::array keys = {"satisfaction.score.1"_t, "satisfaction.score.2"_t,
                               "satisfaction.score.3"_t, "satisfaction.score.4"_t,
                               "satisfaction.score.5"_t};
  CHECK(score >= score_min && score <= score_max);
  return keys[static_cast<std::size_t>(score - score_min)];
}

Result<Rating> check(const Given& given) {
  FieldErrors errors;
  Rating rating;
  if (given.score && *given.score >= score_min && *given.score <= score_max)
    rating.score = static_cast<int>(*given.score);
  else
    errors.add("score", "satisfaction.error.score"_t);
  if (const auto solved = solved_of(given.solved))
    rating.solved = *solved;
  else
    errors.add("solved", "satisfaction.error.solved"_t);
  for (const std::string& word : given.reasons)
    if (!reason_of(word)) {
      errors.add("reasons", "satisfaction.error.reason"_t);
      break;
    }
  for (const Reason reason : all_reasons)
    if (std::ranges::count(given.reasons, to_text(reason)) > 0) rating.reasons.push_back(reason);
  const auto said = [&](std::string_view field, const std::string& word, Said& into) {
    if (const auto known = said_of(word))
      into = *known;
    else
      errors.add(field, "satisfaction.error.said"_t);
  };
  said("again", given.again, rating.again);
  said("believed", given.believed, rating.believed);
  rating.text = trimmed(given.text);
  if (count_chars(rating.text) > text_chars_max)
    errors.add("text", "satisfaction.error.text_long"_t);
  if (!errors.empty()) return errors.take();
  return rating;
}

Result<Done> may_rate(const Case& rated, const std::optional<Rating>& before, Instant now) {
  const bool has_answer =
      rated.state == feedback::State::answered || rated.state == feedback::State::closed;
  if (!has_answer || !rated.last_answered_at)
    return Error{ErrorKind::conflict, "satisfaction.error.no_answer"_t};
  if (before && now > std::max(before->first_at, *rated.last_answered_at) + may_change_for)
    return Error{ErrorKind::conflict, "satisfaction.error.too_late"_t};
  return Done{};
}

std::string statement_of(const Rating& rating) {
  std::string out = std::to_string(rating.score) + " " + std::string(to_text(rating.solved));
  for (const Reason reason : rating.reasons) out += " " + std::string(to_text(reason));
  if (rating.again != Said::nothing) out += " again:" + std::string(to_text(rating.again));
  if (rating.believed != Said::nothing) out += " believed:" + std::string(to_text(rating.believed));
  if (!rating.text.empty()) out += "\n" + rating.text;
  return out;
}

}  // namespace ln::satisfaction
