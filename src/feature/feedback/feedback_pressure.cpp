#include "feature/feedback/feedback_pressure.h"

namespace ln::feedback {

std::string_view to_text(Pressure pressure) {
  switch (pressure) {
    case Pressure::none: return "none";
    case Pressure::pressed: return "pressed";
    case Pressure::unsaid: return "unsaid";
  }
  return "";
}

bool is_asked_about_pressure(const Feedback& feedback) {
  return feedback.about == About::conduct || feedback.is_protected;
}

}  // namespace ln::feedback
