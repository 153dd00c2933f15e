#include "feature/disclosure/disclosure_store_check.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_public_grassroots.h"
#include "feature/disclosure/disclosure_store.h"

namespace ln::disclosure {
namespace {

const char* unfit(db::Read& read, const ledger::GrassrootsFact& fact) {
  const auto d = find(read, DisclosureId{fact.number});
  if (!d) return "the item of this line is not there any more";
  if (std::chrono::floor<std::chrono::seconds>(d->due_at) != fact.until)
    return "the item is not due when it was told to be";
  if (fact.what == "due")
    return fact.hash == merkle::sha256(as_bytes(d->title))
               ? nullptr
               : "the item is not the one that was told";
  const auto posts = posts_of(read, d->id);
  const auto post = std::ranges::find(posts, fact.count, &Post::number);
  if (post == posts.end()) return "the posting of this line is not there any more";
  const std::string words = post->body + "\n" + post->link + "\n" + post->place + "\n";
  return fact.hash == merkle::sha256(as_bytes(words)) ? nullptr
                                                      : "the posting is not the one that was told";
}

}  // namespace

std::vector<ledger::Fault> unfit_texts(db::Read& read) {
  std::vector<std::pair<std::int64_t, std::optional<ledger::GrassrootsFact>>> told;
  read.each(
      "SELECT id, payload FROM ledger_entry WHERE event = 'announced' "
      "AND subject_kind = 'disclosure' ORDER BY id",
      [&](const db::Row& row) {
        told.emplace_back(row.integer(0), ledger::parse_grassroots(row.view(1)));
      });
  std::vector<ledger::Fault> faults;
  for (const auto& [id, fact] : told) {
    const char* wrong = fact ? unfit(read, *fact) : nullptr;
    if (wrong != nullptr) faults.push_back({id, wrong});
  }
  return faults;
}

}  // namespace ln::disclosure
