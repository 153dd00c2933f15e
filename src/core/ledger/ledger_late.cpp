#include "core/ledger/ledger_late.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace ln::ledger {
namespace {

constexpr std::size_t time_size = 8;  // in the blob of a cosignature, before the signature

std::uint64_t unix_seconds(Instant at) {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count());
}

// The whole number in `digits`; null when one is none.
std::optional<int> digits_of(std::string_view digits) {
  int number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

// When a witness says it signed; null for the signature of somebody who is no witness of `policy`.
std::optional<std::uint64_t> seen_in(const merkle::NoteSignature& line,
                                     const merkle::Policy& policy) {
  const auto is_by = [&](const merkle::Policy::Member& member) {
    return member.key && member.key->name == line.name && member.key->id() == line.key_id;
  };
  if (std::ranges::none_of(policy.members(), is_by) || line.blob.size() < time_size)
    return std::nullopt;
  std::uint64_t time = 0;
  for (const char byte : line.blob.substr(0, time_size))
    time = time << 8U | static_cast<unsigned char>(byte);
  return time;
}

std::optional<merkle::Witnessed> first_of(const Examined& examined) {
  const auto& all = examined.verdict->witnesses;
  const auto first = std::ranges::min_element(all, {}, &merkle::Witnessed::time);
  return first == all.end() ? std::nullopt : std::optional(*first);
}

// The members of an opening that a ruling needs.
std::optional<Instant> moment_in(const Examined& examined, std::string_view name) {
  const auto text = text_in(examined.opening.payload, name);
  return text ? instant_of(*text) : std::nullopt;
}
bool is_answer(const Examined& examined) {
  const auto event = text_in(examined.opening.payload, "k");
  return event && ledger::is_answer(*event);
}

// One receipt, or a whole case, examined; each beside its place in `shown`.
Result<std::vector<Examined>> examine_shown(const std::vector<merkle::Receipt>& shown,
                                            const merkle::Policy& policy) {
  if (shown.size() > 1) return examine_case(shown, &policy);
  TRY(Examined one, examine(shown.front(), &policy));
  std::vector<Examined> all;
  all.push_back(std::move(one));
  return all;
}

// Whether `answer` follows the claim in the same case. One case has one key, and its tags come from
// that key alone, so a line of another case cannot be opened with it. When the line of the claim,
// or the one after it, is at hand, the chain must pass through it.
bool follows(const Examined& answer,
             std::uint64_t answer_index,
             const Examined& claim,
             std::uint64_t claim_index,
             const std::vector<Examined>& shown) {
  if (answer.opening.key != claim.opening.key || answer.opening.code != claim.opening.code ||
      answer.head.origin != claim.head.origin || answer.seq <= claim.seq ||
      answer_index <= claim_index)
    return false;
  if (shown.size() > 1)
    return claim.seq < shown.size() && shown[claim.seq].leaf_hash == claim.leaf_hash;
  return answer.seq != claim.seq + 1 ||
         text_in(answer.opening.payload, "prev") == std::string_view(to_hex(claim.leaf_hash));
}

Lateness rule_on(const Refereed& so_far, const merkle::Policy& policy, const std::string& head) {
  if (!so_far.answered_at) return Lateness::unproven;
  if (*so_far.answered_at > so_far.due_at) return Lateness::late;
  if (!policy.needs_witnesses()) return Lateness::in_time_said;
  return was_seen_by(policy, head, so_far.due_at) ? Lateness::in_time : Lateness::not_seen;
}

}  // namespace

bool is_answer(std::string_view event) {
  constexpr std::array words = {"answered", "promised", "declined", "redirected"};
  return std::ranges::find(words, event) != words.end();
}

// The policy judges the head again, without the signatures that came later.
bool was_seen_by(const merkle::Policy& policy, const std::string& checkpoint, Instant due_at) {
  auto note = merkle::Note::parse(checkpoint);
  if (!note) return false;
  std::erase_if(note->signatures, [&](const merkle::NoteSignature& line) {
    const auto time = seen_in(line, policy);
    return time && *time > unix_seconds(due_at);
  });
  if (note->signatures.empty()) return false;
  const auto verdict = policy.judge(note->serialise());
  return verdict && verdict->has_quorum;
}

std::optional<Instant> instant_of(std::string_view iso) {
  if (iso.size() != 20) return std::nullopt;
  const auto year = digits_of(iso.substr(0, 4)), month = digits_of(iso.substr(5, 2)),
             day = digits_of(iso.substr(8, 2)), hour = digits_of(iso.substr(11, 2)),
             minute = digits_of(iso.substr(14, 2)), second = digits_of(iso.substr(17, 2));
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  const Instant at = Instant(std::chrono::sys_days(date)) + std::chrono::hours(*hour) +
                     std::chrono::minutes(*minute) + std::chrono::seconds(*second);
  if (to_iso(at) != iso) return std::nullopt;  // hour 25, and signs in other places
  return at;
}

bool is_rebutted(Lateness ruling) {
  return ruling == Lateness::in_time || ruling == Lateness::in_time_said ||
         ruling == Lateness::not_yet;
}

Result<Refereed> referee(const merkle::Receipt& claim,
                         const std::vector<merkle::Receipt>& shown,
                         const merkle::Policy& policy,
                         Instant now) {
  TRY(Examined claimed, examine(claim, &policy));
  const auto said_at = moment_in(claimed, "t"), due_at = moment_in(claimed, "due");
  if (is_answer(claimed)) return Error{ErrorKind::invalid, "ledger.late.is_answer"_t};
  if (!said_at || !due_at) return Error{ErrorKind::invalid, "ledger.late.no_due"_t};
  Refereed result{.claim = std::move(claimed), .said_at = *said_at, .due_at = *due_at};
  if (shown.empty()) {
    result.ruling = now > *due_at ? Lateness::nothing : Lateness::not_yet;
    return result;
  }
  auto examined = examine_shown(shown, policy);
  if (!examined.ok()) {
    result.ruling = Lateness::unproven;
    result.why = examined.error().text;
    return result;
  }
  const std::vector<Examined>& all = examined.value();
  result.ruling = Lateness::no_answer;
  // The best that was shown: the first answer that is in time, else the last one looked at.
  for (std::size_t i = 0; i < all.size() && !is_rebutted(result.ruling); ++i) {
    if (!is_answer(all[i])) continue;
    if (!follows(all[i], shown[i].index, result.claim, claim.index, all)) {
      if (result.ruling == Lateness::no_answer) result.ruling = Lateness::other_case;
      continue;
    }
    const bool is_first = !result.answer;
    Refereed next = result;
    next.answer = all[i];
    next.answered_at = moment_in(all[i], "t");
    next.first_seen = first_of(all[i]);
    const auto moved = moment_in(all[i], "due");
    next.moved_to = moved && *moved > next.due_at ? moved : std::nullopt;
    next.ruling = rule_on(next, policy, shown[i].checkpoint);
    if (is_first || is_rebutted(next.ruling)) result = std::move(next);
  }
  return result;
}

}  // namespace ln::ledger
