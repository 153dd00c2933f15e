// What narrows the queue: each filter alone and together, carried on, and never wider than it says.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/ledger/ledger.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_foreign.h"
#include "feature/feedback/feedback_store_lists.h"
#include "feature/feedback/feedback_store_settings.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

// Four cases in two wards: "road" is a topic, one is urgent, one has an officer, one came in from
// another system.
struct ManyWants : test::Office {
  Feedback plain, urgent, taken, foreign;

  ManyWants() : plain(lamp()), urgent(lamp()), taken(lamp()), foreign(elsewhere()) {
    write([&](db::Write& w) {
      insert_topic(
          w, {.code = "road", .about = About::place, .name_vi = "Đường sá", .name_en = "Roads"}, 1);
      Source source{.code = "ihanoi", .name = "iHanoi"};
      source.columns[0] = "Mã";
      source.columns[1] = "Ngày";
      source.columns[2] = "Nội dung";
      save_source(w, source.code, value_of(source));
      w.run("UPDATE feedback SET topic_id = $1 WHERE id = $2 OR id = $3", find_topic(w, "road")->id,
            plain.id, foreign.id);
      w.run("UPDATE feedback SET urgent_at = $1 WHERE id = $2", now, urgent.id);
      w.run("UPDATE feedback SET officer_id = $1, state = 'assigned' WHERE id = $2",
            accounts.at("nam"), taken.id);
      insert_foreign(w, foreign.id,
                     {.source = "ihanoi", .code = "X-1", .state = "Mới", .stated_at = now}, "X-1");
    });
  }
  Feedback elsewhere() {
    Typed typed;
    typed.about = "place";
    typed.unit = "P2";
    typed.title = "Ổ gà phố Hai";
    typed.body = "Phố Hai có ổ gà sâu trước số 9.";
    return send(typed);
  }
  std::vector<std::int64_t> found(QueueFilter filter, const char* top = "01") {
    filter.top = units.at(top).path;
    filter.own = "," + filter.top + ",";
    filter.now = now;
    filter.soon_until = now + std::chrono::days(30);
    std::vector<std::int64_t> ids;
    const auto rows = read([&](db::Read& r) { return queue(r, filter); });
    for (const Feedback& each : rows) ids.push_back(each.id.value);
    std::ranges::sort(ids);
    // What is counted above the list is what the list has.
    const auto counts = read([&](db::Read& r) { return queue_counts(r, filter); });
    if (filter.tab == Tab::open) CHECK(counts.of_tab[0] == std::ssize(ids));
    return ids;
  }
  using Ids = std::vector<std::int64_t>;
};

}  // namespace

TEST_CASE("each filter finds what it says, alone and with others, in every way of walking") {
  ManyWants city;
  const auto road = city.read([](db::Read& r) { return find_topic(r, "road")->id; });
  const std::int64_t plain = city.plain.id.value, urgent = city.urgent.id.value,
                     taken = city.taken.id.value, foreign = city.foreign.id.value;
  using Ids = ManyWants::Ids;
  CHECK(city.found({}) == Ids{plain, urgent, taken, foreign});
  CHECK(city.found({.is_nobodys = true}) == Ids{plain, urgent, foreign});
  CHECK(city.found({.topic = road}) == Ids{plain, foreign});
  CHECK(city.found({.topic = road}, "P2") == Ids{foreign});
  CHECK(city.found({.is_urgent = true}) == Ids{urgent});
  CHECK(city.found({.source = "ihanoi"}) == Ids{foreign});
  CHECK(city.found({.source = "other"}).empty());
  CHECK(city.found({.state = State::assigned}) == Ids{taken});
  CHECK(city.found({.officer_id = city.accounts.at("nam"), .state = State::assigned}) ==
        Ids{taken});
  CHECK(city.found({.officer_id = city.accounts.at("nam"), .topic = road}).empty());
  CHECK(city.found({.is_nobodys = true, .topic = road, .source = "ihanoi"}) == Ids{foreign});
  CHECK(city.found({.is_nobodys = true, .is_urgent = true}, "P1") == Ids{urgent});
  CHECK(city.found({.is_nobodys = true, .is_urgent = true}, "P2").empty());
  // What is over is narrowed too.
  city.write([&](db::Write& w) {
    w.run("UPDATE feedback SET state = 'answered', answered_at = $1 WHERE id = $2", city.now,
          city.plain.id);
  });
  CHECK(city.found({.tab = Tab::over, .topic = road}) == Ids{plain});
  CHECK(city.found({.tab = Tab::over, .is_urgent = true}).empty());
  CHECK(city.found({.tab = Tab::over, .state = State::answered}, "P1") == Ids{plain});
}

TEST_CASE("a city of many units is walked by states, and finds the same") {
  ManyWants city;
  city.write([&](db::Write& w) {
    for (int i = 0; i < 70; ++i) {
      const std::string code = "Q" + std::to_string(i);
      const std::string name = "Phường Q" + std::to_string(i);
      city.add_unit(w, code.c_str(), name.c_str(), units::Kind::commune, &city.units.at("01"));
    }
  });
  const auto road = city.read([](db::Read& r) { return find_topic(r, "road")->id; });
  using Ids = ManyWants::Ids;
  CHECK(city.found({.state = State::assigned}) == Ids{city.taken.id.value});
  CHECK(city.found({.source = "ihanoi"}) == Ids{city.foreign.id.value});
  CHECK(city.found({.topic = road}) == Ids{city.plain.id.value, city.foreign.id.value});
  CHECK(city.found({.state = State::asked}).empty());
}

TEST_CASE("the page names what it does not know, and carries the rest on") {
  ManyWants city;
  auto leader = city.browser("thanh");
  leader.get("/staff?unit=P2&topic=road&who=nobody");
  CHECK(leader.shows("Ổ gà phố Hai"));
  CHECK(leader.body().find(city.plain.code.text()) == std::string::npos);
  // The tabs, what is kept and the files ask the same question.
  for (const char* carried : {"tab=overdue&amp;who=nobody&amp;unit=P2&amp;topic=road",
                              "/staff/filters?tab=open&amp;who=nobody&amp;unit=P2&amp;topic=road",
                              "/staff/exchange?tab=open&amp;who=nobody&amp;unit=P2&amp;topic=road"})
    CHECK_MESSAGE(leader.body().find(carried) != std::string::npos, carried);
  leader.get("/staff/exchange/cases.csv?unit=P2&topic=road");
  CHECK(leader.body().find(city.foreign.code.shown()) != std::string::npos);
  CHECK(leader.body().find(city.plain.code.shown()) == std::string::npos);
  // By name, with or without marks; a name that several bear is asked about.
  CHECK(leader.get("/staff?unit=phuong+hai").shows("Ổ gà phố Hai"));
  CHECK(leader.body().find(city.plain.code.text()) == std::string::npos);
  leader.get("/staff?unit=phuong");
  CHECK(leader.shows("Phường Một"));
  CHECK(leader.body().find(city.plain.code.text()) != std::string::npos);
  leader.get("/staff?unit=Gotham&state=lost&topic=zzz&source=sap&tab=late&who=her&urgent=x");
  for (const char* value : {"Gotham", "lost", "zzz", "sap", "late", "her"})
    CHECK(leader.shows("Không có giá trị “" + std::string(value) + "”"));
  CHECK(leader.body().find(city.plain.code.text()) != std::string::npos);
  // A unit elsewhere is not known to who works in a ward.
  auto ward = city.browser("tri");
  ward.get("/staff?unit=P2");
  CHECK(ward.shows("Không có giá trị “P2”"));
  CHECK_FALSE(ward.shows("Ổ gà phố Hai"));
}

TEST_CASE("what nobody has yet is one press away from the workload") {
  ManyWants city;
  auto leader = city.browser("thanh");
  leader.get("/staff/workload").follow("Chưa giao");
  CHECK(leader.body().find(city.plain.code.text()) != std::string::npos);
  CHECK(leader.body().find(city.taken.code.text()) == std::string::npos);
}

}  // namespace ln::feedback
