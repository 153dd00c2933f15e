// accounts.txt of a sample city: who may sign in, and three cases to open, in both languages.
#pragma once

#include <string>

#include "app/sample.h"

namespace ln::app {

std::string accounts_text(const SampleMade& made);

}  // namespace ln::app
