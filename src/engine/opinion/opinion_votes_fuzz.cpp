// Whatever bytes claim to be votes or statements: they are refused with a line, or become a map
// whose numbers hold, the same however the file is cut.
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "engine/opinion/opinion_comments.h"
#include "engine/opinion/opinion_findings.h"
#include "engine/opinion/opinion_polis.h"
#include "engine/opinion/opinion_read.h"

namespace {

using ln::opinion::Complaint;

void expect(bool claim) {
  if (!claim) std::abort();
}

std::optional<Complaint> read(ln::opinion::VoteReader& reader,
                              std::string_view bytes,
                              std::size_t piece) {
  for (std::size_t at = 0; at < bytes.size(); at += piece)
    if (const auto wrong = reader.take(bytes.substr(at, piece))) return wrong;
  return reader.finish();
}

void draw(const ln::opinion::Votes& votes) {
  const ln::opinion::Map map = ln::opinion::map_of(votes);
  expect(map.placed <= map.people && map.people <= votes.people());
  std::uint64_t placed = 0;
  for (const std::uint64_t size : map.grouping.sizes) placed += size;
  expect(placed == map.placed);
  expect(map.grouping.silhouette >= -1 && map.grouping.silhouette <= 1);
  for (const auto& axis : {map.axes.first, map.axes.second})
    for (const double each : axis) expect(std::isfinite(each) && std::abs(each) <= 1 + 1e-9);
  const ln::opinion::Counts counts(votes, map);
  for (const auto& group : findings_of(map, counts).groups) expect(group.people >= 5);
  const auto other = ln::opinion::polis::map_of(votes);
  for (const double each : other.priority) expect(std::isfinite(each) && each >= 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view raw(reinterpret_cast<const char*>(bytes), size);
  ln::opinion::VoteReader whole, cut;
  const auto wrong = read(whole, raw, raw.size() + 1);
  const auto wrong_too = read(cut, raw, 1 + size % 7);
  expect(wrong.has_value() == wrong_too.has_value());
  if (wrong) {
    expect(wrong->trouble == wrong_too->trouble && wrong->line == wrong_too->line);
    expect(wrong->line >= 1);
  } else {
    const ln::opinion::Votes votes = whole.votes();
    expect(votes.count() == cut.votes().count());
    if (votes.statements() <= 200) draw(votes);
  }
  const auto comments = ln::opinion::read_comments(raw);
  if (const auto* read = std::get_if<std::vector<ln::opinion::Comment>>(&comments))
    for (std::size_t i = 1; i < read->size(); ++i)
      expect(ln::opinion::stands_before((*read)[i - 1].id, (*read)[i].id));
  return 0;
}
