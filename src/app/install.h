// What a server puts into its city before anybody comes.
#pragma once

#include "app/arguments.h"
#include "app/city.h"

namespace ln::app {

// The policy of --policy becomes the one that the city is served with, or none without the option;
// its witnesses are asked whether they see the same history as this database, and one that sees
// another is told of (core/ledger/ledger_alarm.h), which keeps nobody from being served; the newest
// head is published; pages of administrators wear the band of alarms (app/alarm_band.h); a new city
// gets the topics of the program's own list. Throws Misuse when the policy's file is not there, a
// line of it is wrong, or it does not name this log's key.
void install(City& city, const Arguments& given);

}  // namespace ln::app
