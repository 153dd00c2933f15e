#include "core/workdays/workdays.h"

#include <algorithm>
#include <array>
#include <mutex>

namespace ln::workdays {
namespace {

using calendar::DayKind;
using calendar::Holidays;

constexpr std::array kinds = {DayKind::holiday, DayKind::swap_off, DayKind::comp_off,
                              DayKind::makeup_work};

const Holidays& built_in() {
  static const Holidays all = Holidays::built_in();
  return all;
}

struct Held {
  std::mutex mutex;
  Shared calendar = std::make_shared<const Calendar>(std::vector<Change>{});  // guarded by mutex
};
Held& held() {
  static Held only;
  return only;
}

template <class Known>
Holidays days_of(const std::vector<Change>& changes, Known known) {
  Holidays out = built_in();
  for (const Change& each : changes)
    if (known(each)) apply(out, each.edit);
  return out;
}

}  // namespace

std::string_view word_of(const std::optional<DayKind>& kind) {
  return kind ? calendar::to_text(*kind) : "plain";
}

std::optional<DayKind> kind_of(std::string_view word) {
  const auto* const found =
      std::ranges::find_if(kinds, [&](DayKind kind) { return calendar::to_text(kind) == word; });
  return found == kinds.end() ? std::nullopt : std::optional(*found);
}

void apply(Holidays& holidays, const Edit& edit) {
  if (edit.kind)
    holidays.add({edit.day, *edit.kind, edit.name_vi, edit.name_en, edit.source});
  else
    holidays.remove(edit.day);
}

Calendar::Calendar(std::vector<Change> changes)
    : changes_(std::move(changes)), days_(days_of(changes_, [](const Change&) { return true; })) {}

Holidays Calendar::days_at(std::int64_t revision) const {
  return days_of(changes_, [&](const Change& each) { return each.id <= revision; });
}

Holidays Calendar::days_at(Instant at) const {
  return days_of(changes_, [&](const Change& each) { return each.at <= at; });
}

Shared current() {
  const std::lock_guard lock(held().mutex);
  return held().calendar;
}

void hold(Shared calendar, bool is_other_city) {
  const std::lock_guard lock(held().mutex);
  if (is_other_city || calendar->revision() >= held().calendar->revision())
    held().calendar = std::move(calendar);
}

}  // namespace ln::workdays
