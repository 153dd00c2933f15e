#include "feature/supervision/supervision.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace ln::supervision {
namespace {

std::string bytes_of(const merkle::Hash& hash) { return std::string(as_text(hash)); }

}  // namespace

std::string_view to_text(Stage stage) {
  switch (stage) {
    case Stage::announced: return "announced";
    case Stage::drawn: return "drawn";
    case Stage::finished: return "finished";
  }
  return "";
}

std::string_view to_text(Stratum stratum) {
  switch (stratum) {
    case Stratum::pressed: return "pressed";
    case Stratum::guarded: return "guarded";
    case Stratum::declined: return "declined";
    case Stratum::reopened: return "reopened";
    case Stratum::late: return "late";
    case Stratum::low_rated: return "low_rated";
    case Stratum::closed: return "closed";
  }
  return "";
}

std::string_view to_text(Outcome outcome) {
  switch (outcome) {
    case Outcome::in_order: return "in_order";
    case Outcome::flaw: return "flaw";
    case Outcome::breach: return "breach";
    case Outcome::unclear: return "unclear";
  }
  return "";
}

std::string_view to_text(Reply reply) {
  switch (reply) {
    case Reply::answered: return "answered";
    case Reply::returned: return "returned";
    case Reply::verified: return "verified";
  }
  return "";
}

TextKey key_of(Stage stage) {
  switch (stage) {
    case Stage::announced: return "supervision.stage.announced"_t;
    case Stage::drawn: return "supervision.stage.drawn"_t;
    case Stage::finished: return "supervision.stage.finished"_t;
  }
  return {};
}

TextKey key_of(Stratum stratum) {
  switch (stratum) {
    case Stratum::pressed: return "supervision.stratum.pressed"_t;
    case Stratum::guarded: return "supervision.stratum.guarded"_t;
    case Stratum::declined: return "supervision.stratum.declined"_t;
    case Stratum::reopened: return "supervision.stratum.reopened"_t;
    case Stratum::late: return "supervision.stratum.late"_t;
    case Stratum::low_rated: return "supervision.stratum.low_rated"_t;
    case Stratum::closed: return "supervision.stratum.closed"_t;
  }
  return {};
}

TextKey key_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::in_order: return "supervision.outcome.in_order"_t;
    case Outcome::flaw: return "supervision.outcome.flaw"_t;
    case Outcome::breach: return "supervision.outcome.breach"_t;
    case Outcome::unclear: return "supervision.outcome.unclear"_t;
  }
  return {};
}

TextKey key_of(Reply reply) {
  switch (reply) {
    case Reply::answered: return "supervision.reply.answered"_t;
    case Reply::returned: return "supervision.reply.returned"_t;
    case Reply::verified: return "supervision.reply.verified"_t;
  }
  return {};
}

std::string frame_name(ProgrammeId id) { return "supervision/" + std::to_string(id.value); }

std::optional<Stratum> stratum_of(const Candidate& c, std::span<const Stratum> chosen) {
  const auto fits = [&](Stratum stratum) {
    switch (stratum) {
      case Stratum::pressed: return c.needs_protection && c.is_pressed;
      case Stratum::guarded: return c.needs_protection;
      case Stratum::declined: return !c.needs_protection && c.is_declined;
      case Stratum::reopened: return !c.needs_protection && c.is_reopened;
      case Stratum::late: return !c.needs_protection && c.is_late;
      case Stratum::low_rated: return !c.needs_protection && c.is_low_rated;
      case Stratum::closed: return !c.needs_protection && c.is_over;
    }
    return false;
  };
  for (const Stratum each : all_strata)
    if (std::ranges::find(chosen, each) != chosen.end() && fits(each)) return each;
  return std::nullopt;
}

std::string commitment_of(std::string_view salt, std::string_view code) {
  return bytes_of(merkle::sha256({as_bytes(salt), as_bytes(code)}));
}

Made make_frame(std::span<const Candidate> candidates,
                std::span<const Wish> wishes,
                std::string_view key) {
  std::vector<Stratum> chosen;
  for (const Wish& each : wishes) chosen.push_back(each.stratum);
  // By stratum, then by salt.
  std::map<Stratum, std::map<std::string, const Candidate*>> sorted;
  for (const Candidate& each : candidates)
    if (const auto stratum = stratum_of(each, chosen))
      sorted[*stratum][bytes_of(merkle::hmac_sha256(as_bytes(key), {as_bytes(each.code)}))] = &each;
  Made made;
  for (const Stratum stratum : all_strata) {
    const auto wish = std::ranges::find(wishes, stratum, &Wish::stratum);
    if (wish == wishes.end()) continue;
    const auto& found = sorted[stratum];
    made.strata.push_back({std::string(to_text(stratum)), std::ssize(found), wish->count});
    for (const auto& [salt, candidate] : found)
      made.items.push_back({.number = std::ssize(made.items) + 1,
                            .stratum = stratum,
                            .feedback = candidate->feedback,
                            .commitment = commitment_of(salt, candidate->code),
                            .salt = salt});
  }
  return made;
}

std::string hash_of(const Finding& finding) {
  return bytes_of(merkle::sha256({as_bytes(finding.salt), as_bytes(to_text(finding.outcome)),
                                  as_bytes("\n"), as_bytes(finding.note)}));
}

std::string hash_of(const FindingReply& reply) {
  return bytes_of(merkle::sha256({as_bytes(reply.salt), as_bytes(reply.text)}));
}

bool tells_units(std::int64_t drawn, std::int64_t found, std::int64_t readable) {
  const std::int64_t hidden = drawn - readable;
  return drawn > 0 && found == drawn && (hidden == 0 || hidden >= guarded_drawn_min);
}

bool may_tell_units(std::span<const draw::Stratum> strata) {
  std::int64_t guarded = 0;
  for (const draw::Stratum& each : strata)
    if (const auto word = from_word(all_strata, each.word); word && is_guarded(*word))
      guarded += std::min(each.size, each.count);
  return guarded == 0 || guarded >= guarded_drawn_min;
}

bool Advice::is_late(Instant now) const {
  const auto passed = [](Day due, Instant at) { return local_day(at) > due; };
  Day due = due_on;
  for (const Said& each : said) {
    if (each.kind == Reply::answered && passed(due, each.said_at)) return true;
    due = each.due_on;
  }
  return waits_for_unit() && passed(due, now);
}

}  // namespace ln::supervision
