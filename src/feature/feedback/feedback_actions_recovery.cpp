#include "feature/feedback/feedback_actions_recovery.h"

#include "base/text.h"
#include "core/notice/notice_destination.h"
#include "core/notice/notice_store.h"
#include "feature/feedback/feedback_actions_invitation.h"
#include "feature/feedback/feedback_actions_part.h"
#include "feature/feedback/feedback_actions_record.h"
#include "platform/i18n/i18n.h"

namespace ln::feedback {
namespace {

// Where a case can be written to, while anything may be recovered of it at all.
std::optional<notice::Destination> way_to(db::Read& read, const Feedback& feedback) {
  if (feedback.is_protected || feedback.held_as || feedback.erased_at) return std::nullopt;
  const auto contact = contact_of(read, feedback.id);
  if (!contact || contact->is_sealed()) return std::nullopt;
  return notice::destination_of(contact->plain);
}

void send_link(db::Write& write,
               const Feedback& feedback,
               const notice::Destination& to,
               LinkPurpose purpose,
               std::string_view token,
               Instant now) {
  const auto hash = link_hash(token);
  if (!hash) throw db::Failure("a link was made of what is no token");
  save_link(write, {feedback.id, purpose, *hash, now + contact_link_lasts}, local_day(now));
  const bool recovers = purpose == LinkPurpose::recover;
  const std::string code = feedback.code.text();
  notice::queue(
      write,
      {.kind = recovers ? "feedback.recover" : "feedback.confirm",
       .to = notice::Recipient::citizen(to.address, to.way),
       .about = {"feedback", feedback.id.value},
       .text = recovers ? "feedback.notice.recover"_t : "feedback.notice.confirm"_t,
       .values = {{"code", feedback.code.shown()}, {"path", "/feedback/" + code}},
       .language = i18n::code(feedback.in_english ? i18n::Language::en : i18n::Language::vi),
       .is_reply = true,
       .link = (recovers ? "/recover/" : "/confirm/" + code + "/") + std::string(token)},
      now);
}

Error no_link() { return {ErrorKind::not_found, "feedback.error.link_over"_t}; }

}  // namespace

bool can_be_confirmed(db::Read& read, const Feedback& feedback) {
  return way_to(read, feedback).has_value();
}

Result<Done> ask_to_confirm(db::Write& write, const CitizenAct& act, std::string_view token) {
  TRY(const Feedback feedback, open(write, act.citizen, act.code));
  const auto to = way_to(write, feedback);
  if (!to || contact_confirmed_at(write, feedback.id))
    return Error{ErrorKind::conflict, "feedback.error.nothing_to_confirm"_t};
  if (links_on(write, feedback.id, local_day(act.now)) >= contact_links_a_day)
    return Error{ErrorKind::too_many, "feedback.error.links_today"_t};
  send_link(write, feedback, *to, LinkPurpose::confirm, token, act.now);
  return Done{};
}

Result<Done> confirm_contact(db::Write& write, const CitizenAct& act, std::string_view token) {
  TRY(const Feedback feedback, open(write, act.citizen, act.code));
  const auto hash = link_hash(token);
  const auto link = hash ? link_with(write, *hash, act.now) : std::nullopt;
  if (!link || link->feedback != feedback.id || link->purpose != LinkPurpose::confirm)
    return no_link();
  if (!way_to(write, feedback)) return no_link();
  confirm_contact(write, feedback.id, act.now);
  use_link(write, feedback.id);
  return Done{};
}

void ask_to_recover(db::Write& write,
                    std::string_view code,
                    std::string_view contact,
                    std::string_view token,
                    Instant now) {
  const auto parsed = Code::parse(code);
  const auto typed = notice::destination_of(contact);
  const auto feedback = parsed ? find(write, *parsed) : std::nullopt;
  if (!feedback || !typed) return;
  const auto to = way_to(write, *feedback);
  if (!to || *to != *typed || !contact_confirmed_at(write, feedback->id)) return;
  if (links_on(write, feedback->id, local_day(now)) >= contact_links_a_day) return;
  send_link(write, *feedback, *to, LinkPurpose::recover, token, now);
}

Result<Feedback> recoverable(db::Read& read, std::string_view token, Instant now) {
  const auto hash = link_hash(token);
  const auto link = hash ? link_with(read, *hash, now) : std::nullopt;
  if (!link || link->purpose != LinkPurpose::recover) return no_link();
  auto feedback = find(read, link->feedback);
  if (!feedback || !way_to(read, *feedback) || !contact_confirmed_at(read, feedback->id))
    return no_link();
  return *std::move(feedback);
}

Result<Feedback> recover(db::Write& write,
                         std::string_view token,
                         const ledger::PublicKey& fresh,
                         const ledger::Salts& salts,
                         Instant now) {
  TRY(Feedback feedback, recoverable(write, token, now));
  TRY(feedback, record(write, std::move(feedback),
                       {.event = ledger::Event::rekeyed,
                        .at = now,
                        .salts = &salts,
                        .party = Party::clock,
                        .registers = fresh}));
  save_citizen_key(write, feedback.id, std::string(as_text(fresh)));
  // One secret opens the letter and its parts.
  for (const LetterPart& each : parts_of(write, feedback.id)) {
    auto part = find(write, each.id);
    if (!part || part->erased_at) continue;
    const ledger::Salts drawn = salts_of_part(salts, each.number);
    TRY([[maybe_unused]] const Feedback opened, record(write, *std::move(part),
                                                       {.event = ledger::Event::rekeyed,
                                                        .at = now,
                                                        .salts = &drawn,
                                                        .party = Party::clock,
                                                        .registers = fresh}));
    save_citizen_key(write, each.id, std::string(as_text(fresh)));
  }
  use_link(write, feedback.id);
  return feedback;
}

}  // namespace ln::feedback
