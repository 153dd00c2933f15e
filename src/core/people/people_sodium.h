// The library that hashes and seals, ready. For people_password.cpp and people_seal.cpp only.
#pragma once

#include <sodium.h>

#include "base/check.h"

namespace ln::people {

// Before any other call to the library; again is free. Any thread.
inline void start_sodium() {
  static const int started = sodium_init();
  CHECK(started >= 0);
}

}  // namespace ln::people
