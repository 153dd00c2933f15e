#include "app/sample_rate.h"

namespace ln::app {

void rate_sample(db::Write&, const SampleCase&, const SampleLife&, Instant, Random&) {}

}  // namespace ln::app
