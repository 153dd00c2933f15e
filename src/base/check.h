// CHECK(condition): what only a bug can make false.
//
// Debug and test builds abort with the place. Release builds throw Bug, so one request ends with
// 500 and the next citizen is still served; the ledger turns it into "stop writing, stay readable".
#pragma once

#include <stdexcept>

namespace ln {

class Bug : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace ln

#define CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::ln::check_failed(#condition, __FILE__, __LINE__))
