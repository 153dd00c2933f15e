// How citizens of the sample rate what they were answered.
#pragma once

#include "app/sample_play.h"

namespace ln::app {

// One rating by the sender, at `at`: poor after empty answers, mostly good after real ones.
void rate_sample(db::Write& write,
                 const SampleCase& subject,
                 const SampleLife& life,
                 Instant at,
                 Random& random);

}  // namespace ln::app
