// What the pages of tokens share. For this room's pages only.
#pragma once

#include <string>

#include "feature/consultation/consultation_pages_parts.h"
#include "feature/consultation/consultation_store_token.h"

namespace ln::consultation {

// A draft with tokens that everybody may read.
struct TokenSheet {
  Consultation c{};
  TokenKey key{};
  TokenCounts counts{};
  std::string audience{};  // the unit's name
};
// Refuses (not_found) a draft without tokens.
Result<TokenSheet> token_sheet(const http::Request& request, db::Read& read);

// How many people it is for, how many slips and tokens there are as far as that is told, the key's
// hash, and the line of the ledger that holds it.
html::Fragment token_facts(const html::View& view, const TokenSheet& sheet);

}  // namespace ln::consultation
