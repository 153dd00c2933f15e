#include "feature/feedback/feedback_actions_tell.h"

#include "core/notice/notice_destination.h"
#include "core/notice/notice_store.h"
#include "core/units/units_name.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_move.h"
#include "feature/feedback/feedback_actions_triage.h"
#include "feature/feedback/feedback_store_part.h"
#include "platform/i18n/i18n.h"

namespace ln::feedback {
namespace {

// None: not worth a letter.
TextKey sentence_for(const Told& what) {
  if (what.event == ledger::Event::received) return "feedback.notice.received"_t;
  if (what.party == ledger::Party::citizen) return {};
  switch (what.event) {
    case ledger::Event::asked: return "feedback.notice.asked"_t;
    case ledger::Event::answered: return "feedback.notice.answered"_t;
    case ledger::Event::promised:
      if (what.reason == given_up_word) return "feedback.notice.given_up"_t;
      return what.reason == day_changed_word ? "feedback.notice.day_changed"_t
                                             : "feedback.notice.promised"_t;
    case ledger::Event::declined: return "feedback.notice.declined"_t;
    case ledger::Event::redirected: return "feedback.notice.redirected"_t;
    case ledger::Event::transferred:
      // With another reason it was only sorted under another topic.
      return what.reason.empty() || what.reason == reason_reorganised ||
                     what.reason == reason_settled
                 ? "feedback.notice.transferred"_t
                 : TextKey{};
    case ledger::Event::rekeyed: return "feedback.notice.rekeyed"_t;
    case ledger::Event::lapsed: return "feedback.notice.lapsed"_t;
    case ledger::Event::extended:
      if (what.reason == urgent_word) return "feedback.notice.urgent"_t;
      return what.reason == "calendar" ? "feedback.notice.moved"_t : "feedback.notice.extended"_t;
    case ledger::Event::assigned:
      if (what.reason == escalated_word) return "feedback.notice.escalated"_t;
      if (what.reason == parted_word) return "feedback.notice.parted"_t;
      return what.reason == "no_reply" ? "feedback.notice.no_reply"_t : TextKey{};
    default: return {};
  }
}

// Queues `sentence` for whoever left an address that can be read.
void tell(db::Write& write,
          const Feedback& feedback,
          TextKey sentence,
          std::string_view kind,
          const std::optional<Day>& day,
          Instant now) {
  if (feedback.is_protected) return;
  // The contact stays with the letter, and so does the one code that its sender holds.
  const auto part = part_of(write, feedback.id);
  const auto letter = part ? find(write, part->letter) : std::nullopt;
  const Feedback& held = letter ? *letter : feedback;
  const auto contact = contact_of(write, held.id);
  if (!contact || contact->is_sealed()) return;
  const auto to = notice::destination_of(contact->plain);
  if (!to) return;
  const auto unit = units::find(write, feedback.unit);
  const i18n::Voice voice(feedback.in_english ? i18n::Language::en : i18n::Language::vi);
  const std::string name = unit ? units::name_in(*unit, feedback.in_english) : std::string();
  const std::string word = "feedback." + std::string(kind);
  notice::queue(write,
                {.kind = word,
                 .to = notice::Recipient::citizen(to->address, to->way),
                 .about = {"feedback", held.id.value},
                 .text = sentence,
                 .values = {{"code", held.code.shown()},
                            {"unit", name},
                            {"due", voice.moment(feedback.due_at)},
                            {"day", day ? voice.day_name(*day) : std::string()},
                            {"path", "/feedback/" + held.code.text()}},
                 .language = i18n::code(voice.language()),
                 .is_reply = kind == ledger::to_text(ledger::Event::received)},
                now);
}

}  // namespace

void tell_sender(db::Write& write, const Feedback& feedback, const Told& what, Instant now) {
  // That a part was taken out is told once, of the part: with its office and its date.
  if (what.reason == parted_word && !part_of(write, feedback.id)) return;
  // A new secret is told of the letter; that it opens the parts too is no second piece of news.
  if (what.event == ledger::Event::rekeyed && part_of(write, feedback.id)) return;
  const TextKey sentence = sentence_for(what);
  if (!sentence.is_none())
    tell(write, feedback, sentence, ledger::to_text(what.event), what.day, now);
}

void tell_of_hiding(db::Write& write, const Feedback& feedback, Change change, Instant now) {
  TextKey sentence;
  switch (change) {
    case Change::hidden:
    case Change::reworded: sentence = "feedback.notice.hidden"_t; break;
    case Change::withdrawn: sentence = "feedback.notice.withdrawn"_t; break;
    case Change::shown: sentence = "feedback.notice.shown"_t; break;
    case Change::contested: return;
  }
  tell(write, feedback, sentence, ledger::to_text(ledger::Event::redacted), std::nullopt, now);
}

void tell_of_question(db::Write& write, const Feedback& feedback, Instant now) {
  tell(write, feedback, "feedback.notice.pressure"_t, "pressure", std::nullopt, now);
}

}  // namespace ln::feedback
