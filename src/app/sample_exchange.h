// Another system whose cases the sample city takes in, and gives back with its answers.
#pragma once

#include "platform/db/db.h"

namespace ln::app {

// The source "ihanoi", with the columns and words of a made-up file. Draws nothing, so that the
// rest of the sample is the same with it and without.
void install_sample_source(db::Database& database);

}  // namespace ln::app
