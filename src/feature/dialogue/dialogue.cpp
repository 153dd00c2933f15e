#include "feature/dialogue/dialogue.h"

#include <algorithm>

#include "base/text.h"
#include "core/people/people_code.h"
#include "engine/merkle/merkle.h"

namespace ln::dialogue {
namespace {

constexpr std::string_view code_kind = "DT";

struct Step {
  Stage from;
  Act act;
  Stage to;
};
// Everything that may happen to a session. What is not in this table is refused.
constexpr Step steps[] = {{Stage::announced, Act::start, Stage::live},
                          {Stage::announced, Act::cancel, Stage::cancelled},
                          {Stage::live, Act::finish, Stage::ended},
                          {Stage::ended, Act::propose, Stage::ended},
                          {Stage::ended, Act::approve, Stage::approved}};

}  // namespace

std::string_view to_text(Stage stage) {
  constexpr std::string_view words[] = {"announced", "live", "ended", "approved", "cancelled"};
  return words[static_cast<std::size_t>(stage)];
}
std::string_view to_text(Act act) {
  constexpr std::string_view words[] = {"start", "finish", "cancel", "propose", "approve"};
  return words[static_cast<std::size_t>(act)];
}
std::string_view to_text(Sight sight) {
  constexpr std::string_view words[] = {"shown", "hidden", "withdrawn"};
  return words[static_cast<std::size_t>(sight)];
}
std::string_view to_text(Turn turn) {
  constexpr std::string_view words[] = {"waiting", "now", "answered"};
  return words[static_cast<std::size_t>(turn)];
}
std::string_view to_text(Way way) { return way == Way::online ? "online" : "hall"; }
std::string_view to_text(HideReason reason) {
  constexpr std::string_view words[] = {"privacy", "safety", "secrecy", "insult", "forbidden"};
  return words[static_cast<std::size_t>(reason)];
}
std::string_view to_text(Happening happening) {
  constexpr std::string_view words[] = {"announced", "started",  "finished",
                                        "cancelled", "proposed", "approved"};
  return words[static_cast<std::size_t>(happening)];
}

TextKey key_of(Stage stage) {
  switch (stage) {
    case Stage::announced: return "dialogue.stage.announced"_t;
    case Stage::live: return "dialogue.stage.live"_t;
    case Stage::ended: return "dialogue.stage.ended"_t;
    case Stage::approved: return "dialogue.stage.approved"_t;
    case Stage::cancelled: return "dialogue.stage.cancelled"_t;
  }
  return {};
}
TextKey key_of(HideReason reason) {
  switch (reason) {
    case HideReason::privacy: return "dialogue.reason.privacy"_t;
    case HideReason::safety: return "dialogue.reason.safety"_t;
    case HideReason::secrecy: return "dialogue.reason.secrecy"_t;
    case HideReason::insult: return "dialogue.reason.insult"_t;
    case HideReason::forbidden: return "dialogue.reason.forbidden"_t;
  }
  return {};
}
TextKey key_of(Happening happening) {
  switch (happening) {
    case Happening::announced: return "dialogue.event.announced"_t;
    case Happening::started: return "dialogue.event.started"_t;
    case Happening::finished: return "dialogue.event.finished"_t;
    case Happening::cancelled: return "dialogue.event.cancelled"_t;
    case Happening::proposed: return "dialogue.event.proposed"_t;
    case Happening::approved: return "dialogue.event.approved"_t;
  }
  return {};
}

std::optional<Code> Code::parse(std::string_view text) {
  auto code = people::read_code(text, code_kind);
  return code ? std::optional(Code(*std::move(code))) : std::nullopt;
}
Code Code::draw(Random& random) { return Code(people::draw_letters(random, people::code_size)); }
std::string Code::shown() const { return people::shown_code(code_kind, text_); }

Result<Stage> next_stage(Stage stage, Act act) {
  for (const Step& each : steps)
    if (each.from == stage && each.act == act) return each.to;
  return Error{ErrorKind::conflict, "dialogue.error.not_now"_t};
}

Result<Done> may_propose(const Open& open) {
  if (open.unanswered > 0) return Error{ErrorKind::conflict, "dialogue.error.unanswered"_t};
  if (open.contests > 0) return Error{ErrorKind::conflict, "dialogue.error.contests"_t};
  return Done{};
}

Result<Done> may_approve(const Open& open, Instant now) {
  TRY([[maybe_unused]] const Done fine, may_propose(open));
  if (!open.term) return Error{ErrorKind::conflict, "dialogue.error.no_minutes"_t};
  if (now < *open.term) return Error{ErrorKind::conflict, "dialogue.error.term"_t};
  return Done{};
}

std::int64_t ranked_of(std::int64_t of_one_network) {
  if (of_one_network <= network_full) return of_one_network;
  return network_full + (of_one_network - network_full) / network_each;
}

std::int64_t ranked_of(std::int64_t all, std::span<const std::int64_t> networks) {
  std::int64_t ranked = all;
  for (const std::int64_t each : networks) ranked -= each - ranked_of(each);
  return std::clamp(ranked, std::int64_t{0}, all);
}

bool is_mostly_one(std::int64_t all, std::span<const std::int64_t> networks) {
  const auto largest = std::ranges::max_element(networks);
  return largest != networks.end() && *largest >= network_told_min && *largest * 2 > all;
}

std::string network_mark(std::string_view key, std::uint64_t sender) {
  constexpr std::size_t mark_size = 8;
  if (sender == 0) return {};
  std::array<std::uint8_t, sizeof sender> bytes{};
  for (std::size_t i = bytes.size(); i > 0; sender >>= 8U)
    bytes[--i] = static_cast<std::uint8_t>(sender);
  const merkle::Hash hash = merkle::hmac_sha256(as_bytes(key), {bytes});
  return std::string(as_text(std::span(hash).first(mark_size)));
}

std::string statement_of(const Dialogue& d) {
  return std::to_string(d.id.value) + " " + to_iso(d.closes_at) + " " + to_iso(d.starts_at) + "\n" +
         d.topic_vi + "\n" + d.topic_en + "\n" + d.summary + "\n" + d.leader + "\n" + d.place +
         "\n" + d.stream;
}

std::string statement_of(const Question& question) {
  return std::to_string(question.dialogue.value) + "\n" + question.body;
}

}  // namespace ln::dialogue
