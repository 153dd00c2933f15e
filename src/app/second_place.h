// Where the second file of a city is. It is worth most where no backup, no snapshot and nobody who
// rolls the data folder back takes it along: on another disk or machine.
//
//   DIR/head     the place when nobody names another
//   DIR/second   the place that `serve --second FILE` named last, and on the next line which folder
//                this is, so that a copy of it is known for one
#pragma once

#include <string>

namespace ln::app {

// The place named, else the one that the folder remembers, else DIR/head.
std::string second_place(const std::string& folder, const std::string& named);

// Whether the folder remembers a place that holds no file.
bool is_second_away(const std::string& folder);

// The same as second_place for a city that is about to be opened; remembers the place. A second
// file that stands where it was until now is taken to the place named, so that no start is without
// one. Throws db::Failure when
//   the place that the folder remembers holds no file, whatever is named: its disk is not there,
//   and beginning a new one would let an older folder pass;
//   where it was and where it is to be there are two that differ: the older would let pass as much;
//   the folder is not the one that noted the place, and nobody names one: a copy must not sign into
//   the file of the city it was copied from.
// Throws file::Failure when it cannot be written.
std::string settle_second(const std::string& folder, const std::string& named);

// Whether both lie on one disk, as far as this machine can tell: they have one device number. Where
// there is no such file its folder counts.
bool is_on_one_disk(const std::string& folder, const std::string& path);

}  // namespace ln::app
