// Any bytes: a structure whose keys are all different and whose parents stand before their
// children, and differences that give both texts back.
#include <cstddef>
#include <cstdint>
#include <set>

#include "base/check.h"
#include "base/text.h"
#include "engine/draft/draft.h"
#include "engine/draft/draft_compare.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  if (!ln::is_utf8(input)) return 0;
  const auto paragraphs = ln::draft::paragraphs_of(input);
  const auto draft = ln::draft::parse(paragraphs);
  if (!draft) return 0;
  std::set<std::string> keys;
  for (std::size_t i = 0; i < draft->clauses.size(); ++i) {
    const ln::draft::Clause& clause = draft->clauses[i];
    CHECK(keys.insert(clause.key).second);
    CHECK(ln::draft::is_key(clause.key));
    CHECK(clause.parent == ln::draft::no_parent || clause.parent < i);
  }
  const std::size_t half = size / 2;
  std::string before, after;
  for (const auto& piece : ln::draft::differences(input.substr(0, half), input.substr(half))) {
    if (piece.edit != ln::draft::Edit::added) before += piece.text;
    if (piece.edit != ln::draft::Edit::removed) after += piece.text;
  }
  CHECK(before == input.substr(0, half));
  CHECK(after == input.substr(half));
  return 0;
}
