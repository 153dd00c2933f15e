// An office whose administrator carries its settings in and out as a file.
#pragma once

#include <string>
#include <vector>

#include "core/settings/settings_pages_dress.h"
#include "feature/feedback/feedback_actions_settings_file.h"
#include "feature/feedback/feedback_actions_topics.h"
#include "feature/feedback/feedback_store_settings_file.h"
#include "test/office.h"

namespace ln::test {

struct SettingsHall : Office {
  SettingsHall() {
    write([&](db::Write& w) {
      add_account(w, "admin", "Quản Trị", people::Role::administrator, "01");
      REQUIRE(feedback::install_topics(w).ok());
    });
  }
  ~SettingsHall() { settings::show_site(settings::SiteNow{}); }
  people::Administrator who(const std::string& login) {
    const auto staff = read([&](db::Read& r) {
      return people::SignIn::staff_of(r, people::hash_of("token-of-" + login), now);
    });
    return *people::Administrator::of(*staff);
  }
  std::string file() {
    return read([&](db::Read& r) { return feedback::settings_file(r, local_day(now)); });
  }
  feedback::ImportPlan plan(const std::vector<feedback::SettingLine>& lines) {
    return read([&](db::Read& r) { return feedback::plan_import(r, lines, now); });
  }
  Result<std::int64_t> bring_in(const std::vector<feedback::SettingLine>& lines,
                                const std::string& digest) {
    const auto by = who("admin");
    return write([&](db::Write& w) {
      return feedback::import_settings(w, by, lines, digest, "Quyết định 12", now);
    });
  }
  void swap_a_day();
  // What only the work of a city has: a day of the calendar, hours, rules, a source and two texts.
  // The second rule leans on a topic of live_a_little().
  void work_a_little();
  // Changes a topic, makes one below another new one, corrects a ward and dresses the site.
  void live_a_little();
};

}  // namespace ln::test
