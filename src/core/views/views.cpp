#include "core/views/views.h"

namespace ln::views {

std::string_view to_text(Kind kind) {
  switch (kind) {
    case Kind::consultation: return "consultation";
    case Kind::dialogue: return "dialogue";
    case Kind::project: return "project";
  }
  return "";
}

}  // namespace ln::views
