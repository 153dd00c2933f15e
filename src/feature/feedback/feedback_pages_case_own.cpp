// What the page of a case shows its holder alone.
#include "core/notice/notice_store.h"
#include "feature/feedback/feedback_actions_recovery.h"
#include "feature/feedback/feedback_pages_case_parts.h"
#include "feature/feedback/feedback_pages_disclosure.h"
#include "feature/feedback/feedback_pages_pressure.h"
#include "feature/feedback/feedback_pages_recovery.h"
#include "feature/feedback/feedback_store_disclosure.h"
#include "feature/feedback/feedback_store_foreign.h"
#include "feature/feedback/feedback_store_page.h"
#include "feature/feedback/feedback_store_settings.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::feedback {

using html::Fragment;
using html::Url;

Fragment case_own_side(const html::View& view, const CaseShown& shown) {
  const Feedback& f = shown.feedback;
  Fragment contact;
  if (!shown.contact)
    contact.add("<p>{}</p>", view("feedback.case.contact_none"_t));
  else if (shown.contact->is_sealed())
    contact.add("<p>{}</p>", view("feedback.case.contact_sealed"_t));
  else
    contact.add("<p>{}</p><p>{}</p>", shown.contact->plain, view("feedback.case.contact_plain"_t));
  contact += case_notices_link(view, shown);
  contact += confirm_part(view, shown);
  for (const Opening& opening : shown.openings)
    contact.add("<p><b>{}</b> {}</p>",
                view.voice("feedback.case.opened"_t, {{"at", view.voice.moment(opening.at)}}),
                opening.reason);
  for (const Disclosure& order : shown.orders) contact += told_of_order(view, order);
  Fragment out = html::card({.icon_name = "lock",
                             .heading = view("feedback.case.contact"_t),
                             .body = std::move(contact)});
  Fragment put_away = html::fill("<p>{}</p>", view("feedback.case.close_hint"_t));
  put_away += html::form(view, {.action = Url::in(view, "/feedback/", f.code.text(), "/close"),
                                .body = html::button({.text = view("feedback.case.close"_t),
                                                      .kind = html::ButtonKind::secondary})});
  out += html::card({.icon_name = "key-round",
                     .heading = view("feedback.case.holder"_t),
                     .body = std::move(put_away),
                     .is_tinted = true});
  return out;
}

void gather_page(db::Read& read, CaseShown& shown) {
  if (shown.is_holder || shown.feedback.published_at) shown.page = page_of(read, shown.feedback.id);
}

void gather_statement(db::Read& read, CaseShown& shown) {
  if (const auto foreign = foreign_of(read, shown.feedback.id))
    shown.stated_at = foreign->stated_at;
}

void gather_own(db::Read& read, bool english, CaseShown& shown) {
  const Feedback& f = shown.feedback;
  const auto questions = questions_of(read, shown.topic.code);
  for (const Extra& extra : asked_of(read, f.id))
    if (const std::string_view question = question_of(extra, questions, english); !question.empty())
      shown.extras.emplace_back(question, extra.answer);
  shown.contact = contact_of(read, f.id);
  if (shown.contact && !shown.contact->is_sealed())
    if (const auto reader = notice::reader_of(read, {"feedback", f.id.value}))
      shown.notices_key = reader->key;
  shown.can_confirm_contact = can_be_confirmed(read, f);
  shown.is_contact_confirmed = contact_confirmed_at(read, f.id).has_value();
  shown.openings = openings_of(read, f.id);
  shown.orders = disclosures_told(read, f.id, local_day(shown.now));
  shown.intake = intake_of(read, f.id);
  if (f.held_as) shown.readings = held_readings(read, f.code);
  shown.is_asked_about_pressure = is_asked_about_pressure(read, f.id);
}

}  // namespace ln::feedback
