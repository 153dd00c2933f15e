#include "feature/consultation/consultation_store_check.h"

#include <map>
#include <string>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_public.h"
#include "feature/consultation/consultation_store_token.h"

namespace ln::consultation {
namespace {

struct TokenLine {
  std::int64_t id = 0;
  ledger::ConsultationFact fact{};
};

// The last line of each kind and draft.
std::map<std::pair<std::int64_t, std::string>, TokenLine> token_lines(db::Read& read) {
  std::map<std::pair<std::int64_t, std::string>, TokenLine> last;
  const ledger::Subject subject = ledger::subject_of(ledger::consultation_kind);
  read.each(
      "SELECT id, payload FROM ledger_entry WHERE event = 'announced' "
      "AND subject_kind = $1 AND subject_id = $2 ORDER BY id",
      [&](const db::Row& row) {
        const auto any = ledger::parse_fact(row.view(1));
        const auto* fact = any ? std::get_if<ledger::ConsultationFact>(&*any) : nullptr;
        if (fact == nullptr) return;
        if (fact->what == "key" || fact->what == "slips" || fact->what == "tokens")
          last[{fact->consultation, fact->what}] = {row.integer(0), *fact};
      },
      subject.kind, subject.id);
  return last;
}

// Null when the line says what the rows say.
const char* wrong_with(db::Read& read, const ledger::ConsultationFact& fact) {
  const auto key = find_token_key(read, ConsultationId{fact.consultation});
  if (!key) return "the tokens of this draft are not there any more";
  if (as_text(fact.text) != hash_of(*key)) return "the draft has another key than was told";
  const TokenCounts counts = counts_of(read, *key);
  if (fact.what == "key" && fact.comments != key->audience_count)
    return "the draft is for another number of people than was told";
  if (fact.what == "key" && (counts.issued + key->printed > key->audience_count ||
                             counts.spent > counts.issued + key->printed))
    return "more tokens were given or spent than there are people";
  if (fact.what == "slips" && fact.comments != key->printed)
    return "another number of slips was printed than was told";
  if (fact.what == "tokens" && fact.comments != told(counts.spent).value_or(0))
    return "another number of tokens was spent than was told";
  return nullptr;
}

}  // namespace

std::vector<ledger::Fault> unfit_tokens(db::Read& read) {
  std::vector<ledger::Fault> faults;
  const auto lines = token_lines(read);
  for (const auto& [name, line] : lines)
    if (const char* wrong = wrong_with(read, line.fact)) faults.push_back({line.id, wrong});
  read.each("SELECT consultation_id FROM consultation_token_key ORDER BY consultation_id",
            [&](const db::Row& row) {
              if (!lines.contains({row.integer(0), "key"}))
                faults.push_back({0, "a draft has a key that nobody was told of"});
            });
  return faults;
}

}  // namespace ln::consultation
