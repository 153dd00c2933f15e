// What the pages of disclosures share. For this room's pages only.
#pragma once

#include <string>
#include <string_view>

#include "feature/disclosure/disclosure_store.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::disclosure {

html::Url item_url(const html::View& view, DisclosureId id);
html::Url own_url(const html::View& view, const Code& code);
html::Fragment fact_line(const html::View& view, std::int64_t line);
// Due, overdue, posted or posted late.
html::Fragment state_badge(const html::View& view, const Disclosure& disclosure, Instant now);
std::string_view item_name(const html::View& view, std::string_view item);
html::Fragment item_row(const html::View& view,
                        const Disclosure& disclosure,
                        const html::Url& url,
                        Instant now);
// Term, source, posting and how often it was opened.
html::Fragment item_facts(const html::View& view, const Disclosure& disclosure, Instant now);
html::Fragment posts_part(const html::View& view, const std::vector<Post>& posts);
html::Fragment question_words(const html::View& view, const Question& question);

}  // namespace ln::disclosure
