// The end of a page that somebody would send to a friend: its address to copy, a letter, a code to
// print, and a word about the page itself (a case has none: who speaks of it again
// does so by its code). It takes an address and a title and knows nothing else,
// asks no other site for anything, and works without scripting.
//
// A page offers itself only where everybody is given the same: never beside what somebody holds by
// a secret, and never for staff. What /share answers for is decided by that offer alone
// (docs/decisions/0045-share.md).
#pragma once

#include <string>
#include <string_view>

#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::html {

// What a page ends with. `page` is its address in the reader's language, with those parts of the
// query that choose what it shows (Url::in, Url::here) and nothing that says how somebody came.
// Precondition: view.site is set.
Fragment share(const View& view, const Url& page, std::string_view title);

// Where the page at `path` (without language, as it stands in an address:
// "/figures/on_time?unit=P1") is shown with its code to print. The link in share() and the check
// behind it are this one.
Url share_page(const View& view, std::string_view path);

// The page at `path` in the reader's language. Precondition: Url::is_path(path), and its letters
// are those that addresses of ours are written with ("%" is none of them).
Url page_at(const View& view, std::string_view path);

// The absolute address as text, with the button that copies it. One of them on a page.
Fragment address_to_copy(const View& view, const Url& page);
std::string absolute(const View& view, const Url& page);

// A letter to whomever the reader names: subject and text are filled in.
Url letter(std::string_view subject, std::string_view text);

// Where something is said about the page at `path`: the form to send, as a suggestion. The query of
// the page is left out.
Url say_something(const View& view, std::string_view path);

}  // namespace ln::html
