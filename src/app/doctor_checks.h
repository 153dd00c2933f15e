// The wing of the doctor that looks into the database and at the keys. For doctor.cpp alone.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "app/doctor.h"

namespace ln::app {

struct Findings {
  std::vector<Finding> all;
  void add(Finding::Level level, std::string_view check, Said said) {
    all.push_back({level, check, std::move(said)});
  }
};

// Database, migrations, keys, ledger, second file, witnesses, owed erasures, clock and outbox.
void look_at_city(const DoctorWish& wish, Findings& found);

}  // namespace ln::app
