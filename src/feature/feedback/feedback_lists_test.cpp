// The lists against the plainest way to make them: take every case, leave out, sort, cut.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "base/random.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_lists.h"
#include "test/world.h"

namespace ln::feedback {
namespace {

constexpr int wards = 70;  // more than a list walks one by one
constexpr int cases = 600;

struct Lists : test::World {
  Lists() {
    write([&](db::Write& w) {
      const auto add = [&](const std::string& code, units::Kind kind, const units::Unit* parent) {
        return units::insert(w, {.code = code,
                                 .valid_from = Day{},
                                 .name = "Đơn vị " + code,
                                 .kind = kind,
                                 .type = "Phường",
                                 .parent = parent});
      };
      offices.push_back(add("01", units::Kind::city, nullptr));
      const units::Unit city = offices.front();
      for (int i = 0; i < wards; ++i)
        offices.push_back(add("w" + std::to_string(i), units::Kind::commune, &city));
      const units::Unit first = offices[1];
      offices.push_back(add("counter", units::Kind::counter, &first));
      for (int i = 0; i < cases; ++i) add_case(w);
    });
    read([&](db::Read& r) {
      for (int id = 1; id <= cases; ++id) all.push_back(*find(r, FeedbackId{id}));
    });
  }

  template <class List>
  auto any(const List& list) {
    return list[random.below(list.size())];
  }

  void add_case(db::Write& w) {
    Feedback f{.code = *Code::parse("22222222")};
    std::string text;
    for (int i = 0; i < 8; ++i) text += "23456789ABCDEFGH"[random.below(16)];
    f.code = *Code::parse(text);
    f.citizen_key = std::string(32, 'k');
    f.kind = any(all_kinds);
    f.about = any(all_abouts);
    const units::Unit& office = offices[random.below(3) == 0 ? 1 : random.below(offices.size())];
    f.unit = office.id;
    f.unit_path = office.path;
    if (random.below(3) == 0) {
      const units::Unit& object = offices[random.below(offices.size())];
      if (object.id != office.id) {
        f.object_unit = object.id;
        f.object_path = object.path;
      }
    }
    f.title = f.body = "Đèn tắt";
    f.received_at = now;
    f.due_at = f.first_due_at =
        now + std::chrono::hours(random.below(240)) - std::chrono::hours(96);
    f.id = insert(w, f);
    f.state = any(all_states);
    if (random.below(4) == 0) f.officer_id = 7;
    if (f.state == State::asked) f.asked_at = now;
    if (f.state == State::promised)
      f.promised_on = local_day(now) + std::chrono::days(random.below(9)) - std::chrono::days(4);
    if (f.state == State::closed) {
      f.closed_at = now;
      f.closed_by = "citizen";
    }
    if (random.below(2) == 0) {
      f.published_at = now;
      f.public_title = f.public_body = "Đèn tắt";
    }
    REQUIRE(save(w, f));
  }

  std::vector<std::int64_t> ids_of(const std::vector<Feedback>& found) {
    std::vector<std::int64_t> ids;
    for (const Feedback& each : found) ids.push_back(each.id.value);
    return ids;
  }

  std::vector<units::Unit> offices;
  std::vector<Feedback> all;
};

bool is_in_register(const Feedback& f, const RegisterFilter& filter) {
  return f.published_at &&
         (filter.unit_path.empty() || units::is_within(f.unit_path, filter.unit_path)) &&
         (!filter.state || f.state == *filter.state) &&
         (!filter.about || f.about == *filter.about) && (!filter.kind || f.kind == *filter.kind) &&
         (filter.before == 0 || f.id.value < filter.before);
}

TEST_CASE("the register is every published case that passes, newest first, whatever the filters") {
  Lists town;
  for (int round = 0; round < 300; ++round) {
    RegisterFilter filter;
    filter.limit = 5;
    if (town.random.below(2) == 0)
      filter.unit_path = town.offices[town.random.below(town.offices.size())].path;
    if (town.random.below(2) == 0) filter.state = town.any(all_states);
    if (town.random.below(2) == 0) filter.about = town.any(all_abouts);
    if (town.random.below(2) == 0) filter.kind = town.any(all_kinds);
    if (town.random.below(2) == 0)
      filter.before = static_cast<std::int64_t>(town.random.below(cases)) + 1;
    std::vector<std::int64_t> wanted;
    for (const Feedback& f : town.all)
      if (is_in_register(f, filter)) wanted.push_back(f.id.value);
    std::ranges::sort(wanted, std::greater());
    if (wanted.size() > 5) wanted.resize(5);
    CHECK(town.ids_of(town.read([&](db::Read& r) { return published(r, filter); })) == wanted);
  }
}

bool is_open(State state) {
  return state != State::answered && state != State::declined && state != State::redirected &&
         state != State::closed;
}

bool is_of_tab(const Feedback& f, Tab tab, const QueueFilter& filter) {
  const bool runs = is_open(f.state) && f.state != State::asked && f.state != State::promised;
  switch (tab) {
    case Tab::open: return is_open(f.state);
    case Tab::overdue:
      return (runs && f.due_at < filter.now) ||
             (f.state == State::promised && *f.promised_on < local_day(filter.now));
    case Tab::soon: return runs && f.due_at >= filter.now && f.due_at < filter.soon_until;
    case Tab::asked: return f.state == State::asked;
    case Tab::reopened: return f.state == State::reopened;
    case Tab::over: return !is_open(f.state);
  }
  return false;
}

bool is_in_queue(const Feedback& f, Tab tab, const QueueFilter& filter, const std::string& place) {
  const bool is_about_own = f.about == About::conduct && !f.object_path.empty() &&
                            place != f.unit_path && units::is_within(place, f.object_path);
  return units::is_within(f.unit_path, filter.top) && !is_about_own && is_of_tab(f, tab, filter) &&
         (filter.officer_id == 0 || f.officer_id == filter.officer_id) &&
         (!filter.about || f.about == *filter.about);
}

TEST_CASE("the queue is every case of the tab in its order, page after page, and is counted so") {
  Lists town;
  for (int round = 0; round < 200; ++round) {
    const units::Unit& top =
        town.offices[town.random.below(2) == 0 ? town.random.below(2) : town.random.below(72)];
    QueueFilter filter{.top = top.path,
                       .own = "," + top.path + ",",
                       .officer_id = town.random.below(3) == 0 ? 7 : 0,
                       .tab = town.any(all_tabs),
                       .about = {},
                       .now = town.now,
                       .soon_until = town.now + std::chrono::days(3)};
    if (town.random.below(3) == 0) filter.about = town.any(all_abouts);
    const auto counts = town.read([&](db::Read& r) { return queue_counts(r, filter); });
    for (std::size_t i = 0; i < counts.of_tab.size(); ++i)
      CHECK(counts.of_tab[i] == std::ranges::count_if(town.all, [&](const Feedback& f) {
              return is_in_queue(f, all_tabs[i], filter, top.path);
            }));
    CHECK_FALSE(counts.is_least);
    std::vector<std::pair<std::int64_t, std::int64_t>> order;
    for (const Feedback& f : town.all)
      if (is_in_queue(f, filter.tab, filter, top.path))
        order.emplace_back(filter.tab == Tab::over ? -f.id.value : queued_at(f), f.id.value);
    std::ranges::sort(order);
    std::vector<std::int64_t> wanted, found;
    for (const auto& [at, id] : order) wanted.push_back(id);
    filter.limit = 7;
    for (;;) {
      const auto page = town.read([&](db::Read& r) { return queue(r, filter); });
      for (const std::int64_t id : town.ids_of(page)) found.push_back(id);
      if (page.size() < 7) break;
      filter.after_at = queued_at(page.back());
      filter.after_id = page.back().id.value;
    }
    CHECK(found == wanted);
  }
}

}  // namespace
}  // namespace ln::feedback
