#include "feature/feedback/feedback_pages_page.h"

#include <string>

#include "engine/draft/draft.h"
#include "feature/feedback/feedback_page.h"
#include "platform/html/share.h"

namespace ln::feedback {

html::Fragment page_link(const html::View& view, std::string_view path) {
  const auto page = about_page_at(path);
  if (!page) return {};
  std::string name = view.voice(name_of(page->room),
                                {{"number", std::to_string(page->number)}, {"code", page->part}});
  if (page->room == PageRoom::consultation && !page->part.empty() && page->part != "all")
    name += " – " + draft::cited(page->part, view.voice.language() == i18n::Language::en);
  return html::fill(R"(<a href="{}">{}</a>)", html::page_at(view, path), name);
}

}  // namespace ln::feedback
