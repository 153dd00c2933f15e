#include "core/ledger/ledger_sum.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/check.h"
#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/ledger/ledger_part.h"
#include "core/ledger/ledger_public.h"

namespace ln::ledger {
namespace {

constexpr std::string_view sum_context = "langnghe/sum/v1\n",
                           lost_context = "langnghe/sum-lost/v1\n";
// As they stand in figure_words.
enum SumFigure : std::size_t { received, answered, late, overdue, reopened, solved };

std::array<std::uint8_t, 4> four_bytes(std::uint64_t number) {
  return {static_cast<std::uint8_t>(number >> 24U), static_cast<std::uint8_t>(number >> 16U),
          static_cast<std::uint8_t>(number >> 8U), static_cast<std::uint8_t>(number)};
}

std::optional<Instant> moment_of(const Stored& entry, std::string_view name) {
  const auto text = text_in(entry.payload, name);
  return text ? instant_of(*text) : std::nullopt;
}

bool ends(Event event) {
  return event == Event::closed || event == Event::erased || event == Event::lapsed ||
         event == Event::merged;
}

}  // namespace

Hash sum_label(const CaseKey& key, std::size_t figure, std::int64_t seq) {
  CHECK(seq >= 0 && seq <= 0xffff'ffff);
  const auto number = four_bytes(static_cast<std::uint64_t>(seq));
  return merkle::hmac_sha256(key, {as_bytes(sum_context), number, as_bytes(figure_words[figure])});
}

Hash lost_label(const Hash& seed, std::size_t n) {
  return merkle::hmac_sha256(seed, {as_bytes(lost_context), four_bytes(n)});
}

std::vector<Counting> countings_of(std::span<const Stored> entries, Instant now) {
  std::vector<Counting> all;
  std::optional<Instant> due;  // while the case has no answer and is not over
  const Stored* first = nullptr;
  std::string unit;  // that has it, until its due instant
  const auto add = [&](std::size_t figure, const Stored& event, Instant at, std::string_view by) {
    all.push_back({figure, event.seq, event.index(), local_day(at), public_code(by)});
  };
  for (const Stored& each : entries) {
    const auto at = moment_of(each, "t");
    if (!at) continue;
    const bool is_answer = ledger::is_answer(to_text(each.event));
    const std::string named(text_in(each.payload, "unit").value_or(""));
    if (each.event == Event::received) {
      first = &each;
      due = moment_of(each, "due");
      unit = named;
      if (!begins_part(each.payload)) add(received, each, *at, named);
    }
    if (each.event == Event::reopened) add(reopened, each, *at, named);
    if (each.event == Event::closed && text_in(each.payload, "sig")) add(solved, each, *at, named);
    if (!due) continue;
    if (!is_answer && !ends(each.event)) {
      if (*at <= *due && !named.empty()) unit = named;
      continue;
    }
    if (*at > *due) add(overdue, *first, *due, unit);
    if (is_answer) add(*at > *due ? late : answered, each, *at, named.empty() ? unit : named);
    due.reset();
  }
  if (due && at_local(local_day(*due) + std::chrono::days(1)) <= now)
    add(overdue, *first, *due, unit);
  return all;
}

bool may_count(std::size_t figure, std::string_view event, bool is_signed) {
  switch (figure) {
    case received:
    case overdue: return event == to_text(Event::received);
    case answered:
    case late: return is_answer(event);
    case reopened: return event == to_text(Event::reopened);
    case solved: return event == to_text(Event::closed) && is_signed;
    default: return false;
  }
}

}  // namespace ln::ledger
