// How a case looks to the public and to whoever holds its secret. For the wings of this page only.
//
// Gathered before the commit and made into HTML without reading, so that an act that was refused
// can show the same page with what is wrong and what was typed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/attachment/attachment.h"
#include "core/notice/notice.h"
#include "core/units/units.h"
#include "feature/feedback/feedback_disclosure.h"
#include "feature/feedback/feedback_intake.h"
#include "feature/feedback/feedback_invitation.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_held.h"
#include "feature/feedback/feedback_store_moderation.h"
#include "platform/html/view.h"

namespace ln::feedback {

struct CaseShown {
  Feedback feedback;
  bool is_holder = false;
  Topic topic{};
  std::optional<Instant> stated_at{};  // another system says that it came in there then
  std::map<units::UnitId, std::string> unit_names{};
  std::map<units::UnitId, std::vector<units::Unit>> unit_heirs{};  // of offices that have ended
  std::string procedure{};
  std::string page{};     // of ours that the case is about; for its holder, or once it is published
  std::string earlier{};  // code of the case this one happens again after; never a protected one
  std::vector<Feedback> chain{};  // the reports of the same matter, this one among them
  std::vector<Event> events{};
  std::vector<attachment::Attachment> files{};         // of the sender
  std::vector<attachment::Attachment> answer_files{};  // of the office
  int closed_file_count = 0;  // documents and recordings of both, which are never public
  std::vector<std::pair<std::string, std::string>> extras{};  // question as asked, answer
  std::vector<Invitation> replies{};                          // of who is complained about
  std::vector<Moderation> moderations{};                      // what was hidden of it, oldest first
  std::optional<Contact> contact{};
  bool can_confirm_contact = false, is_contact_confirmed = false;
  std::optional<notice::ReaderKey> notices_key{};  // of the page where the holder says how often
  std::vector<Opening> openings{};
  std::vector<Disclosure> orders{};     // to hand out who the holder is, as far as they may know
  std::vector<HeldReading> readings{};  // of one that is held, by the ombudsman
  bool is_asked_about_pressure = false;
  std::optional<Intake> intake{};  // somebody typed it for the holder
  std::vector<CaseShown> parts{};  // of the letter, for its holder; those put back are left out
  int part_number = 0;             // of a part that stands on the page of its letter
  // What was promised in it is this commitment; for its holder, or where its words are public.
  std::optional<std::int64_t> commitment{};
  Instant now{};
};

// Precondition: the reader may see the case: it is not protected, or they hold the secret.
// What only the holder may see is not even gathered for anybody else.
CaseShown gather_case(db::Read& read, Feedback feedback, bool is_holder, bool english, Instant now);

// What just happened on the page: something was said, something is wrong, or it came too late.
struct CaseNews {
  const Error* error = nullptr;
  std::string_view act{};    // of the form that is wrong
  std::string_view typed{};  // into it
  bool is_done = false;
  bool is_too_late = false;
};
std::string case_html(const html::View& view, const CaseShown& shown, const CaseNews& news = {});

// The one page for a protected case without its secret, for a code that does not exist, and for a
// wrong secret: nothing in it tells which.
std::string locked_html(const html::View& view, const Code& code, bool is_wrong);
// The form for code and secret; `error` names the field that is wrong.
std::string find_html(const html::View& view, std::string_view code, const Error* error);

}  // namespace ln::feedback
