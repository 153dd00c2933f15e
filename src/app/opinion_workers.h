// The threads of the opinion map, which starts none of its own.
#pragma once

#include <functional>

#include "engine/opinion/opinion_votes.h"

namespace ln::app {

// Runs jobs on `count` threads, the asking one among them, each job on whichever is free.
// `progress` is told by the asking thread how much of the jobs of a run is done, from 0 to 1, when
// there are many of them. Jobs do not throw but for std::bad_alloc and Bug, which come out of
// `run`. Precondition: count >= 1.
opinion::Workers workers_of(std::size_t count, std::function<void(double)> progress = nullptr);

}  // namespace ln::app
