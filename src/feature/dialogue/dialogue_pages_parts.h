// What the pages of a dialogue share. For this room's pages only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/dialogue/dialogue_store.h"
#include "platform/html/fill.h"
#include "platform/html/spoken.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::dialogue {

html::Url page_of(const html::View& view, DialogueId id);
html::Url question_url(const html::View& view, const Code& code);

html::Spoken topic_of(const html::View& view, const Dialogue& d);
std::string unit_name(const html::View& view, db::Read& read, units::UnitId id);

html::Fragment stage_badge(const html::View& view, const Dialogue& d, Instant now);
// Stage, when, where and who.
html::Fragment meta(const html::View& view, db::Read& read, const Dialogue& d, Instant now);
// One of a list of sessions; `to`: the page it leads to.
html::Fragment session_item(
    const html::View& view, db::Read& read, const Dialogue& d, const html::Url& to, Instant now);

// A question as everybody reads it: its words or its tombstone, those that were joined to it, its
// answer, and what was promised. `extra` stands below it (buttons).
struct QuestionParts {
  const Question& question;
  std::vector<Question> merged{};
  std::vector<Promise> promises{};
  html::Fragment extra{};
};
html::Fragment question_item(const html::View& view, const QuestionParts& parts, Instant now);
html::Fragment promise_item(const html::View& view, const Promise& promise, Instant now);
// What the unit has promised in earlier sessions and not kept; nothing when it kept its word.
html::Fragment broken_part(const html::View& view, db::Read& read, const Dialogue& d, Instant now);

// The session of the path; not_found when there is none.
Result<Dialogue> asked_for(const http::Request& request, db::Read& read);

// Who a browser is in one session: a mark of its token, other in every session.
inline constexpr std::string_view participant_cookie = "ln_part";
std::string mark_of(DialogueId id, std::string_view token);
std::optional<std::string> token_in(const http::Request& request);
std::string draw_token(Random& random);

}  // namespace ln::dialogue
