#include "feature/feedback/feedback_disclosure.h"

#include "base/text.h"

namespace ln::feedback {

std::string_view to_text(Authority authority) {
  switch (authority) {
    case Authority::court: return "court";
    case Authority::procuracy: return "procuracy";
    case Authority::police: return "police";
    case Authority::inspectorate: return "inspectorate";
    case Authority::other: return "other";
  }
  return "";
}

std::string_view to_text(Handed outcome) {
  switch (outcome) {
    case Handed::refused: return "refused";
    case Handed::partly: return "partly";
    case Handed::given: return "given";
  }
  return "";
}

void check_disclosure(const Disclosure& disclosure, Day today, FieldErrors& errors) {
  constexpr std::chrono::days oldest{10 * 366};
  if (disclosure.ordered_on > today || disclosure.ordered_on < today - oldest)
    errors.add("ordered", "feedback.disclosure.error.ordered"_t);
  const std::size_t number = count_chars(disclosure.order_number);
  if (number < 1 || number > order_number_chars_max)
    errors.add("number", "feedback.disclosure.error.number"_t);
  const std::size_t basis = count_chars(disclosure.basis);
  if (basis < basis_chars_min || basis > basis_chars_max)
    errors.add("basis", "feedback.disclosure.error.basis"_t);
  if (disclosure.silent_until &&
      (*disclosure.silent_until < today || *disclosure.silent_until > today + silence_max))
    errors.add("silent", "feedback.disclosure.error.silent"_t);
}

}  // namespace ln::feedback
