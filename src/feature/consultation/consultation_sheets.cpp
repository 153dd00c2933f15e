#include "feature/consultation/consultation_sheets.h"

namespace ln::consultation {
namespace {

std::size_t size_of(const draft::Clause& clause) {
  return clause.heading.size() + clause.text.size();
}

}  // namespace

std::vector<DraftSheet> sheets_of(const draft::Draft& draft) {
  std::vector<DraftSheet> all;
  DraftSheet sheet;
  std::size_t size = 0, articles = 0;
  // Where the names of divisions before the article at hand begin.
  std::size_t begins = 0;
  for (std::size_t i = 0; i < draft.clauses.size();) {
    if (draft.clauses[i].level != draft::Level::article) {
      ++i;
      continue;
    }
    std::size_t end = i + 1, weight = size_of(draft.clauses[i]);
    while (end < draft.clauses.size() && draft.clauses[end].level > draft::Level::article)
      weight += size_of(draft.clauses[end++]);
    const bool is_full = size + weight > sheet_size_max || articles == sheet_articles_max;
    if (articles > 0 && is_full) {
      sheet.last = begins;
      all.push_back(sheet);
      sheet = {.first = begins};
      size = articles = 0;
    }
    size += weight;
    ++articles;
    begins = i = end;
  }
  sheet.last = draft.clauses.size();
  all.push_back(sheet);
  return all;
}

}  // namespace ln::consultation
