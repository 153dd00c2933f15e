#include "feature/feedback/feedback_pages_hints.h"

#include <algorithm>

#include "base/text_key.h"
#include "feature/feedback/feedback_coach.h"
#include "feature/feedback/feedback_store_copied.h"
#include "platform/html/parts.h"

namespace ln::feedback::staff {

using html::Fragment;
using html::View;

std::vector<std::string> last_letters(db::Read& read, const Feedback& feedback) {
  std::vector<std::string> all;
  for (std::string& each : last_answers(read, feedback.unit_path, feedback.id)) {
    if (const std::size_t cut = each.rfind("\n\n"); cut != std::string::npos)
      all.push_back(each.substr(0, cut));
    all.push_back(std::move(each));
  }
  return all;
}

Fragment hints_note(const View& view,
                    const Feedback& feedback,
                    const std::vector<Template>& templates,
                    const std::vector<std::string>& earlier,
                    std::string_view text) {
  auto hints = hints_for(text);
  for (const TextKey hint : hints_beside(text, feedback.body, earlier)) hints.push_back(hint);
  if (std::ranges::any_of(
          templates, [&](const Template& each) { return is_little_else(text, each.text); }))
    hints.push_back("feedback.coach.template"_t);
  if (hints.empty()) return {};
  return html::note({.kind = html::NoteKind::info,
                     .heading = view("feedback.coach.title"_t),
                     .body = html::fill("<ul>{}</ul>", [&](Fragment& list) {
                       for (const TextKey hint : hints) list.add("<li>{}</li>", view(hint));
                     })});
}

}  // namespace ln::feedback::staff
