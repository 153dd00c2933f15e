// What the rooms of a city say, compared with what its ledger was told of it.
#pragma once

#include <cstddef>
#include <vector>

#include "core/ledger/ledger_verify.h"
#include "platform/db/db.h"

namespace ln::app {

// The ledger proves itself (ledger::audit); here the tables beside it are compared with it: the
// daily and monthly figures, the words of every case, dialogue, promise, ballot, disclosure,
// reception, draft, programme of supervision, project and model, and the answers to surveys. Each
// fault begins with the name of its room ("project: …"), in the order of the rooms; of one room at
// most told_faults_max are named, and then how many more there are. A room in which a row cannot be
// read is a fault, and the rooms after it are not compared. Empty when everything is as it was
// told. Reads every row that holds words: of rooms with many chains some hundreds of chains at a
// time, each of them whole.
inline constexpr std::size_t told_faults_max = 200;
std::vector<ledger::Fault> check_told(db::Read& read);

}  // namespace ln::app
