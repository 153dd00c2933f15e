#include "feature/consultation/consultation_store_check.h"

#include <map>
#include <optional>
#include <vector>

#include "base/text.h"
#include "core/ledger/ledger_public.h"
#include "feature/consultation/consultation_store_tally.h"
#include "feature/consultation/consultation_store_token.h"

namespace ln::consultation {
namespace {

struct TokenLine {
  std::int64_t id = 0;
  ledger::ConsultationFact fact{};
};

// The lines of one draft. A second key could be somebody's own, so none is forgotten.
struct TokenLines {
  std::vector<TokenLine> keys{};
  std::optional<TokenLine> slips{}, tokens{};  // the last of each
};

std::map<std::int64_t, TokenLines> token_lines(db::Read& read) {
  std::map<std::int64_t, TokenLines> all;
  const ledger::Subject subject = ledger::subject_of(ledger::consultation_kind);
  read.each(
      "SELECT id, payload FROM ledger_entry WHERE event = 'announced' "
      "AND subject_kind = $1 AND subject_id = $2 ORDER BY id",
      [&](const db::Row& row) {
        const auto any = ledger::parse_fact(row.view(1));
        const auto* fact = any ? std::get_if<ledger::ConsultationFact>(&*any) : nullptr;
        if (fact == nullptr) return;
        const TokenLine line{row.integer(0), *fact};
        if (fact->what == "key") all[fact->consultation].keys.push_back(line);
        if (fact->what == "slips") all[fact->consultation].slips = line;
        if (fact->what == "tokens") all[fact->consultation].tokens = line;
      },
      subject.kind, subject.id);
  return all;
}

// Null when the rows of a draft are what was said when it was opened.
const char* wrong_with_key(const TokenKey& key, const TokenLines& lines) {
  if (lines.keys.empty()) return "a draft has a key that nobody was told of";
  if (lines.keys.size() > 1) return "another key was told for a draft that had one";
  const TokenLine& line = lines.keys.front();
  if (as_text(line.fact.text) != hash_of(key)) return "the draft has another key than was told";
  // A line is told by the index of its leaf, which is one below its number.
  if (line.id != key.line + 1) return "the draft points to another line than that of its key";
  if (line.fact.comments != key.audience_count)
    return "the draft is for another number of people than was told";
  return nullptr;
}

// Null when no more was given, printed and spent than was said and may be.
const char* wrong_with_counts(db::Read& read, const TokenKey& key, const TokenLines& lines) {
  const bool is_closed = key.private_key.empty();
  if (key.printed != (lines.slips ? lines.slips->fact.comments : 0))
    return "another number of slips was printed than was told";
  if (slips_of(read, key.consultation) != (is_closed ? 0 : key.printed))
    return "there are more or fewer slips than were printed";
  const TokenCounts counts = counts_of(read, key);
  if (key.printed > slips_most(key.audience_count) ||
      counts.issued + key.printed > key.audience_count ||
      counts.spent > counts.issued + key.printed)
    return "more tokens were given or spent than there are people";
  if (is_closed != lines.tokens.has_value()) return "a key was destroyed, or kept, in silence";
  if (lines.tokens && lines.tokens->fact.comments != told(counts.spent).value_or(0))
    return "another number of tokens was spent than was told";
  if (counts.spent == 0 && key.said.value_or(comments_by_token(read, key.consultation)) > 0)
    return "comments came by token, and none was spent";
  return nullptr;
}

}  // namespace

std::vector<ledger::Fault> unfit_tokens(db::Read& read) {
  std::vector<ledger::Fault> faults;
  auto lines = token_lines(read);
  read.each("SELECT consultation_id FROM consultation_token_key ORDER BY consultation_id",
            [&](const db::Row& row) { lines.try_emplace(row.integer(0)); });
  for (const auto& [id, told_of] : lines) {
    const std::int64_t line = told_of.keys.empty() ? 0 : told_of.keys.back().id;
    const auto key = find_token_key(read, ConsultationId{id});
    const char* wrong =
        key ? wrong_with_key(*key, told_of) : "the tokens of this draft are not there any more";
    if (wrong == nullptr) wrong = wrong_with_counts(read, *key, told_of);
    if (wrong != nullptr) faults.push_back({line, wrong});
  }
  return faults;
}

std::vector<ledger::Fault> unfit_tallies(db::Read& read) {
  std::vector<ledger::Fault> faults;
  for (const ConsultationId id : mistallied(read))
    faults.push_back({0, "the counts of draft " + std::to_string(id.value) +
                             " are not those of its comments"});
  return faults;
}

}  // namespace ln::consultation
