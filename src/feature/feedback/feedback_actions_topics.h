// The topics a city begins with, from the lists inside the executable (data/topics.csv and
// data/questions.csv). Afterwards they are the city's own and edited there.
#pragma once

#include "base/result.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Puts the topics and their extra questions in when the city has none; otherwise it does nothing.
// A list an administrator installs, so there is no person to ask for permission. Refuses (invalid)
// a list with an unknown word, before anything is written.
Result<Done> install_topics(db::Write& write);

}  // namespace ln::feedback
