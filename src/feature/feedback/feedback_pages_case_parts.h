// The pieces of the page of a case. For the wings of this page only.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/attachment/attachment.h"
#include "feature/feedback/feedback_pages_case_view.h"
#include "feature/feedback/feedback_pages_correct.h"
#include "feature/feedback/feedback_pages_moderation.h"
#include "platform/html/fill.h"
#include "platform/html/spoken.h"

namespace ln::feedback {

// What an event of the ledger is called, for citizens.
TextKey case_event_title(std::string_view event);
// Links to files: the open address of what is published, the holder's own way to what is not.
html::Fragment case_files(const html::View& view,
                          const CaseShown& shown,
                          std::span<const attachment::Attachment> files);
// When it came, when it is or was due and why, and how long it has taken.
html::Fragment case_times(const html::View& view, const CaseShown& shown);
html::Fragment case_facts(const html::View& view, const CaseShown& shown);
// What happened, newest first, each with its line in the ledger for the holder.
html::Fragment case_timeline(const html::View& view, const CaseShown& shown);
// What the holder can do now, as forms.
html::Fragment case_acts(const html::View& view, const CaseShown& shown, const CaseNews& news);
// Where the holder says how often to be told; nothing before the first letter.
html::Fragment case_notices_link(const html::View& view, const CaseShown& shown);
// The parts of a letter that other offices answer, each with what can be said to it; nothing when
// there are none.
html::Fragment case_letter_parts(const html::View& view, const CaseShown& letter);
// Which commitment the promise of the case is; its holder may say what they think of it there.
html::Fragment commitment_part(const html::View& view, const CaseShown& shown);
// Whether an office has yet to answer one of them: until then the letter cannot close.
bool waits_for_parts(const CaseShown& letter);
// How the holder is reached, who asked to know it, and how to leave the page.
html::Fragment case_own_side(const html::View& view, const CaseShown& shown);
// For the holder of a published case: a link without anything of the holder in it, to pass on.
html::Fragment case_link_card(const html::View& view, const CaseShown& shown);
// The end of a published case as everybody reads it; nothing for its holder, whose page says more.
html::Fragment case_share(const html::View& view, const CaseShown& shown, std::string_view title);
// The field for the secret; the module fills it from #SECRET of the QR code.
html::Fragment secret_form(const html::View& view, const Code& code, std::string_view error);

// From when the clock runs, when that is another system's statement.
void gather_statement(db::Read& read, CaseShown& shown);
// About which page of ours it was sent.
void gather_page(db::Read& read, CaseShown& shown);
// The parts of the letter, each as its holder sees it.
void gather_parts(db::Read& read, bool english, CaseShown& shown);
// What nobody but the holder is shown.
void gather_own(db::Read& read, bool english, CaseShown& shown);
// The holder has their files as they sent them; everybody else the pictures made for the public.
// Returns how many documents and recordings there are, which are never public.
int gather_files(db::Read& read,
                 const attachment::Owner& owner,
                 bool is_holder,
                 std::vector<attachment::Attachment>& into);

}  // namespace ln::feedback
