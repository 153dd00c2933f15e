#include "app/open_rooms.h"

#include <map>
#include <string>
#include <utility>

#include "app/open_rooms_parts.h"
#include "feature/commitment/commitment_store.h"
#include "feature/disclosure/disclosure_store.h"
#include "feature/insight/insight_store_open.h"

namespace ln::app {
namespace told {

Places::Places(db::Read& read) {
  insight::each_unit(read, [&](const units::Unit& unit, const insight::Place&) {
    known_[unit.id.value] = {.unit = unit.code, .valid_from = to_iso(unit.valid_from)};
  });
}

const insight::Place& Places::of(units::UnitId id) const {
  const auto found = known_.find(id.value);
  return found == known_.end() ? unknown_ : found->second;
}

void Sums::add(std::string_view figure, const insight::Place& place, stats::Share share) {
  for (const insight::Place& each : {insight::Place{}, place}) {
    stats::Share& sum = sums_[{std::string(figure), each}];
    sum = {sum.part + share.part, sum.whole + share.whole};
    if (place == insight::Place{}) break;  // Of nobody known: the city has it, once.
  }
}

void Sums::tell(insight::RoomFiles& files) const {
  for (const auto& [key, share] : sums_) files.figure(key.first, key.second, {}, share);
}

}  // namespace told

namespace {

using namespace told;

void tell_promises(db::Read& read, Instant end, const Places& places, insight::RoomFiles& files) {
  std::map<std::int64_t, commitment::Tally> tallies;
  files.table("commitments", [&](const TakeRow& take) {
    commitment::each(read, end, [&](const commitment::Commitment& c) {
      const insight::Place& place = places.of(c.unit);
      // On the last day that is told: at its end.
      commitment::count(tallies[c.unit.value], c, end);
      take({number(c.id.value), place.unit, place.valid_from,
            std::string(commitment::to_text(c.source)), day_of(c.created_at), day(c.due_on),
            std::string(commitment::to_text(c.state)), day_of(c.declared_at), flag(c.is_by_silence),
            number(c.refused_count), number(c.changed_count), day_of(c.broken_at)});
    });
  });
  Sums sums;
  for (const auto& [unit, t] : tallies) {
    const insight::Place& place = places.of(units::UnitId{unit});
    for (const auto& [figure, part] :
         {std::pair("promises", t.all), std::pair("promises_waiting", t.waiting),
          std::pair("promises_overdue", t.overdue), std::pair("promises_declared", t.declared),
          std::pair("promises_kept", t.kept_on_time), std::pair("promises_late", t.kept_late),
          std::pair("promises_broken", t.broken), std::pair("promises_changed", t.changed)})
      sums.add(figure, place, {part, t.all});
    sums.add("promises_on_time", place,
             {t.kept_on_time, t.kept_on_time + t.kept_late + t.broken + t.overdue});
  }
  sums.tell(files);
}

// In whole tens: the difference of two nights tells of no single reader.
std::string views_told(std::int64_t views) {
  constexpr std::int64_t step = disclosure::views_floor;
  return views < step ? "" : number(views / step * step);
}

void tell_disclosures(db::Read& read,
                      Instant end,
                      const Places& places,
                      insight::RoomFiles& files) {
  std::map<std::int64_t, disclosure::Standing> standings;
  Sums sums;
  files.table("disclosures", [&](const TakeRow& take) {
    disclosure::each(
        read, end, [&](const disclosure::Disclosure& d, std::int64_t asked, std::int64_t answered) {
          const insight::Place& place = places.of(d.unit);
          disclosure::Standing& standing = standings[d.unit.value];
          ++standing.all;
          if (d.is_posted())
            ++standing.posted;
          else
            ++(d.is_overdue(end) ? standing.overdue : standing.due);
          if (d.was_late()) ++standing.late;
          sums.add("questions_answered", place, {answered, asked});
          take({number(d.id.value), place.unit, place.valid_from, d.item, day(d.decided_on),
                day_of(d.due_at), day_of(d.first_posted_at),
                flag(d.was_late() || d.is_overdue(end)), views_told(d.views), number(asked),
                number(answered)});
        });
  });
  for (const auto& [unit, s] : standings) {
    const insight::Place& place = places.of(units::UnitId{unit});
    for (const auto& [figure, part] :
         {std::pair("disclosures", s.all), std::pair("disclosures_waiting", s.due),
          std::pair("disclosures_overdue", s.overdue), std::pair("disclosures_posted", s.posted),
          std::pair("disclosures_late", s.late)})
      sums.add(figure, place, {part, s.all});
    sums.add("disclosures_on_time", place, {s.posted - s.late, s.posted + s.overdue});
  }
  sums.tell(files);
}

}  // namespace

void tell_rooms(db::Read& read, Day night, insight::RoomFiles& files) {
  const Instant end = at_local(night + std::chrono::days(1));
  const Places places(read);
  tell_promises(read, end, places, files);
  tell_disclosures(read, end, places, files);
  tell_surveys(read, end, places, files);
  tell_supervision(read, end, places, files);
  tell_models(read, end, places, files);
  tell_ballots(read, end, places, files);
}

}  // namespace ln::app
