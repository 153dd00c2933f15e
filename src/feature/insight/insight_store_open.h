// Rows of insight_class, insight_member and insight_week, and what open data reads of other rooms.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "feature/insight/insight_open.h"
#include "platform/db/db.h"

namespace ln::insight {

// As it stands in insight_class.what.
std::string_view to_text(What what);

// The last Sunday whose classes are made; null when none are.
std::optional<Day> last_open_week(db::Read& read);
// What came before `before` and is in no class, the oldest first, with its unit.
void each_waiting(db::Read& read,
                  What what,
                  Instant before,
                  const std::function<void(std::int64_t unit, Waiting waiting)>& take);

// Writes a class of `unit`, unless one of its members is in another already. Ratings are told as
// they are now and stay so: what is corrected or erased later changes no figure, and tells of
// nobody. Trust is told only in classes of which at least five said it.
void insert_class(db::Write& write, What what, std::int64_t unit, const OpenClass& made);
void finish_week(db::Write& write, Day sunday, Instant now);

// The cases in [first, last] that are in a class are told as they are at `now`; gives how many
// there are. The highest of their ids: last_member.
std::int64_t renew_outcomes(db::Write& write, std::int64_t first, std::int64_t last, Instant now);
std::int64_t last_member(db::Read& read);

// So many members of one class with one outcome.
struct ClassRow {
  Place unit{};
  Day from{}, to{};
  std::string topic{}, sender{};  // "": not told
  std::int64_t outcome = 0, count = 0;
};
// Of both kinds, in the order of class and outcome; `year` is that of the last day.
void each_class_row(db::Read& read,
                    What what,
                    int year,
                    const std::function<void(const ClassRow&)>& take);
// From the first eight columns of a statement like those of each_class_row.
ClassRow class_row_from(const db::Row& row);
// Years of the first and the last class; null when there is none.
std::optional<std::pair<int, int>> open_years(db::Read& read);

// What everybody reads on the page of a published case.
struct PublishedCase {
  std::string code{}, kind{}, about{}, topic{}, state{}, title{}, body{};
  Place unit{};
  Instant received{}, published{}, due{};
  std::optional<Instant> answered{}, closed{};
};
// Those that were received in [from, to) and published before `published`, by their number.
void each_published(db::Read& read,
                    Instant from,
                    Instant to,
                    Instant published,
                    const std::function<void(const PublishedCase&)>& take);
// Years of the first and the last published case; null when there is none.
std::optional<std::pair<int, int>> published_years(db::Read& read, Instant before);

// Cases about conduct, protected and held ones together, and those that clerks typed, received in
// [from, to).
struct Apart {
  std::int64_t hidden = 0, typed = 0;
};
Apart count_apart(db::Read& read, Instant from, Instant to);
std::optional<Instant> first_received(db::Read& read);

struct TopicRow {
  std::string code{}, parent{}, about{}, name_vi{}, name_en{}, measure{}, urgent_measure{};
  std::int64_t count = 0, urgent_count = 0;
  bool is_smallest = false;
  std::optional<Day> valid_to{};
};
std::vector<TopicRow> open_topics(db::Read& read);
void each_unit(db::Read& read,
               const std::function<void(const units::Unit&, const Place& parent)>& take);
struct SuccessionRow {
  Place before{}, after{};
  std::string relation{}, note{};
};
void each_succession(db::Read& read, const std::function<void(const SuccessionRow&)>& take);

}  // namespace ln::insight
