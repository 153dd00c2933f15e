// What the rooms' checks walk: the lines of one kind of subject, as they can be opened.
//
// A room compares the words it keeps with what its lines were told (its file _check.h). It walks
// its chains here, some hundreds at a time, so that memory does not grow with the city.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ledger/ledger_verify.h"
#include "platform/db/db.h"

namespace ln::ledger {

struct Told {
  std::int64_t id = 0, subject = 0;
  std::string event{}, payload{};
  std::string salt{};  // 32 bytes; empty: erased, nothing opens it any more

  bool is_erased() const { return salt.empty(); }
  // Whether it was told these words; never of one that is erased.
  bool was_told(std::string_view text) const;
  bool is_about(std::string_view word) const { return text_in(payload, "cat") == word; }
};
// All lines of one subject, in their order.
using Chain = std::vector<Told>;

// Calls `body` with each chain of `kind`, the smallest subject first. `body` may read.
void each_chain(db::Read& read,
                std::string_view kind,
                const std::function<void(const Chain&)>& body);

}  // namespace ln::ledger
