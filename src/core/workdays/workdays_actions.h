// Changing the working calendar: permission, then rule, then rows, then the public log, in one
// transaction. What was typed is read before, so that all that is wrong with it is told at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/people/people.h"
#include "core/workdays/workdays.h"
#include "platform/db/db.h"

namespace ln::workdays {

// One day as it was typed. Fields of errors are these words; "day" is the whole date.
struct Typed {
  std::string day, month, year;
  std::string kind, name_vi, name_en, source;
};
// Refuses (invalid) a day that is none or outside the years, a kind that is none or does not fit
// the weekday (work is made up on weekends, a weekend day is not swapped), a name or source that is
// missing or long, and a day that is so already.
Result<std::vector<Edit>> read_day(const Typed& typed, const Calendar& calendar);

// A table in the form of data/calendar, with its header line: each row is set, and no other day is
// touched. Rows that say what is so already are left out.
struct Table {
  std::vector<Edit> edits;
  std::vector<std::size_t> bad_lines;  // numbered from 1: not a row, or one that read_day refuses
};
// Refuses (invalid, beside "table") a table that is empty, too long, or changes nothing.
Result<Table> read_table(std::string_view csv, const Calendar& calendar);

// Takes a day out: it is what its weekday says. `source` says why. Refuses (invalid) as read_day,
// and a day that is nothing else.
Result<std::vector<Edit>> read_removal(std::string_view day,
                                       std::string_view source,
                                       const Calendar& calendar);

// The calendar as it would be.
Calendar with(const Calendar& calendar, const std::vector<Edit>& edits);

// Whether somebody may change the days of the whole city: an administrator of the city itself.
bool may_change(const people::Administrator& administrator);

// Writes the changes and says them in the public log; gives the new calendar, for the caller to
// hold after COMMIT. `revision` is of the calendar they were made for. Refuses forbidden, conflict
// when it was changed meanwhile, and what read_day and read_removal refuse.
Result<Shared> change(db::Write& write,
                      const people::Administrator& administrator,
                      const std::vector<Edit>& edits,
                      std::int64_t revision,
                      Instant now);

}  // namespace ln::workdays
