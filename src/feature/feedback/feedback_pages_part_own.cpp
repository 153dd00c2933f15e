// The parts of a letter on the one page its holder opens: each with its office, its date and its
// answer, and with what can be said to it.
#include <algorithm>
#include <ranges>
#include <string>

#include "feature/feedback/feedback_actions_triage.h"
#include "feature/feedback/feedback_pages_case_parts.h"
#include "feature/feedback/feedback_pages_due.h"
#include "feature/feedback/feedback_pages_why.h"
#include "feature/feedback/feedback_part.h"
#include "feature/feedback/feedback_store_part.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::feedback {

using html::Fragment;

void gather_parts(db::Read& read, bool english, CaseShown& shown) {
  for (const LetterPart& row : parts_of(read, shown.feedback.id)) {
    auto part = row.undone_at ? std::nullopt : find(read, row.id);
    if (!part) continue;
    shown.parts.push_back(gather_case(read, *std::move(part), true, english, shown.now));
    shown.parts.back().part_number = row.number;
  }
}

bool waits_for_parts(const CaseShown& letter) {
  return std::ranges::any_of(letter.parts, [](const CaseShown& part) {
    return !part.feedback.erased_at && waits_for_office(part.feedback.state);
  });
}

namespace {

// What its office said last; what waits for acceptance stands above its buttons already.
Fragment last_said(const CaseShown& part) {
  const State state = part.feedback.state;
  if (state == State::answered || waits_for_office(state)) return {};
  for (const Event& event : part.events | std::views::reverse)
    if (is_letter(event))
      return html::fill(R"(<div class="quote">{}</div>)", html::paragraphs(event.text));
  return {};
}

Fragment one_part(const html::View& view, const CaseShown& part) {
  const Feedback& f = part.feedback;
  const auto office = part.unit_names.find(f.unit);
  const std::string heading =
      view.voice("feedback.part.heading"_t,
                 {{"number", std::to_string(part.part_number)},
                  {"unit", office == part.unit_names.end() ? std::string() : office->second}});
  Fragment badges = state_badge(view, f);
  badges += due_badge(view, f, part.now);
  Fragment out = html::fill(
      R"(<section id="{}"><h2 class="h-m sp">{}</h2><p class="row">{}</p>)"
      R"(<div class="quote" lang="{}">{}</div>{}</section>)",
      "part-" + std::to_string(part.part_number), heading, badges, f.in_english ? "en" : "vi",
      html::paragraphs(f.body), [&](Fragment& rest) {
        if (waits_for_office(f.state))
          rest.add("<p>{}</p>", view.voice("feedback.staff.answer_by"_t,
                                           {{"moment", view.voice.moment(f.due_at)}}));
        rest += why_of_case(view, f, part.topic, part.stated_at, part.events);
        rest += last_said(part);
        rest += commitment_part(view, part);
        rest += case_acts(view, part, {});
        rest += html::details(view("feedback.case.timeline"_t), case_timeline(view, part));
      });
  return out;
}

}  // namespace

Fragment case_letter_parts(const html::View& view, const CaseShown& letter) {
  if (letter.parts.empty()) return {};
  Fragment out = html::note(
      {.kind = html::NoteKind::info,
       .body = html::fill("<p>{}</p>",
                          view.voice.counted("feedback.part.lead"_t,
                                             static_cast<std::int64_t>(letter.parts.size())))});
  for (const CaseShown& part : letter.parts) out += one_part(view, part);
  return out;
}

}  // namespace ln::feedback
