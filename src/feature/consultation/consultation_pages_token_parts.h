// What the pages of tokens share. For this room's pages only.
#pragma once

#include <string>

#include "feature/consultation/consultation_pages_parts.h"
#include "feature/consultation/consultation_store_token.h"

namespace ln::consultation {

// Whether this browser comments by token: it holds the cookie that came when one was spent here.
// Never beside a session: nothing that is known of somebody travels with a token.
bool holds_token(const http::Request& request, db::Read& read, ConsultationId id);

// A draft with tokens that everybody may read.
struct TokenSheet {
  Consultation c{};
  TokenKey key{};
  TokenCounts counts{};
  std::string audience{};  // the unit's name
};
// Refuses (not_found) a draft without tokens.
Result<TokenSheet> token_sheet(const http::Request& request, db::Read& read);

// How many people it is for, how many slips were printed, how many tokens were taken and spent once
// the draft is closed, the key's hash, and the line of the ledger that holds it. While it is open
// whoever asked each minute would learn the minute in which somebody took or spent one.
html::Fragment token_facts(const html::View& view, const TokenSheet& sheet);

}  // namespace ln::consultation
