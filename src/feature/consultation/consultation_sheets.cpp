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

std::vector<std::string_view> chunks_of(std::string_view text) {
  std::vector<std::string_view> all;
  while (text.size() > chunk_size_max) {
    const std::string_view head = text.substr(0, chunk_size_max);
    std::size_t end = head.rfind('\n');
    if (end == head.npos || end < chunk_size_max / 2) end = head.rfind(' ');
    if (end == head.npos || end < chunk_size_max / 2) {
      end = chunk_size_max;
      while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    } else {
      ++end;
    }
    all.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  all.push_back(text);
  return all;
}

PiecePart part_of(const draft::Draft& draft, std::size_t at, std::size_t number) {
  const auto& clauses = draft.clauses;
  std::vector<std::size_t> below;
  for (std::size_t i = at + 1; i < clauses.size() && clauses[i].level > clauses[at].level; ++i)
    if (clauses[i].parent == at) below.push_back(i);
  const auto chunks = chunks_of(clauses[at].text);
  const std::size_t lists = (below.size() + links_at_once - 1) / links_at_once;
  PiecePart part{.count = chunks.size() + (lists > 1 ? lists - 1 : 0)};
  if (number < chunks.size()) part.words = chunks[number];
  if (number + 1 < chunks.size()) return part;
  for (std::size_t i = (number + 1 - chunks.size()) * links_at_once;
       i < below.size() && part.links.size() < links_at_once; ++i)
    part.links.push_back(below[i]);
  return part;
}

}  // namespace ln::consultation
