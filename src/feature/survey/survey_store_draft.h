// Rows of drafts of forms. No rules.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "feature/survey/survey_store.h"

namespace ln::survey {

using DraftId = Id<struct DraftTable>;

struct Draft {
  DraftId id{};
  Form form{};  // need not be whole; of its row only code, body and version mean something
  bool is_there = false;  // false: it was put into use or thrown away
  std::int64_t base = 0;  // the version it began from; 0: a new form
  std::int64_t revision = 0;
  std::int64_t changed_by = 0;  // account
  Instant changed_at{};
};

std::optional<Draft> find_draft(db::Read& read, DraftId id);
std::optional<Draft> find_draft(db::Read& read, std::string_view code);
// Those that are there, by code.
std::vector<Draft> drafts(db::Read& read);
// Puts in a draft with a row of its own and gives back its id.
DraftId insert(db::Write& write, const Draft& draft);
// Writes form, base, is_there and who changed it, and counts the revision on. False when its
// revision is another by now.
bool save(db::Write& write, const Draft& draft);

}  // namespace ln::survey
