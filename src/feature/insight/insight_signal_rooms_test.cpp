// Signs that rooms are gone through for form's sake, and of cases that came back: as arithmetic and
// on a database.
#include "feature/insight/insight_signal_rooms.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "core/people/people_session.h"
#include "feature/insight/insight_actions_signal.h"
#include "feature/insight/insight_jobs_signal.h"
#include "feature/insight/insight_signal_again.h"
#include "feature/insight/insight_store_signal.h"
#include "feature/insight/insight_store_signal_rooms.h"
#include "test/city.h"

namespace ln::insight {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr Day first_day{std::chrono::year(2026) / 10 / 1};
const Period in_october{.span = Span::month, .first = first_day};
// Noon of the day so many days after the first of October.
Instant noon(int after) { return at_local(first_day + days(after), hours(12)); }

std::vector<FoundSignal> raised_in(const RoomMonth& rooms, const SignalRules& rules = {}) {
  UnitMonth month;
  month.rooms = rooms;
  std::vector<FoundSignal> found;
  add_room_signals(found, 0, month, in_october, rules);
  return found;
}
bool raises(const RoomMonth& rooms, Formality kind, Hollow why, const SignalRules& rules = {}) {
  const auto found = raised_in(rooms, rules);
  return found.size() == 1 && found[0].kind == kind && found[0].arithmetic.is_raised &&
         std::ranges::all_of(found[0].objects,
                             [&](const HollowThing& each) { return each.why == why; });
}

// What honest rooms do: everything within its days.
RoomMonth honest_rooms() {
  RoomMonth rooms;
  rooms.dialogues = {{.id = 1, .ended = noon(-20), .answered = 9, .promised = noon(-15)},
                     {.id = 2, .ended = noon(-18), .answered = 2},  // two small questions
                     {.id = 3, .ended = noon(5), .answered = 20}};  // has time left
  rooms.programmes = {
      {.id = 1,
       .faults = {noon(-25), noon(-25), noon(-25)},
       .advice = {{.at = noon(-24), .due = first_day - days(20), .verified = noon(2)}}},
      {.id = 2, .faults = {noon(-25)}},                   // one slip
      {.id = 3, .faults = {noon(3), noon(3), noon(3)}}};  // has time left
  rooms.disclosures = {
      {.id = 1, .due = noon(-5), .entered = noon(-15), .posted = noon(-8), .readable = noon(-8)},
      {.id = 2, .due = noon(-5), .entered = noon(-15), .posted = noon(-8), .readable = noon(3)},
      {.id = 3, .due = noon(-5), .entered = noon(-15), .posted = noon(-8)},  // the only one
      {.id = 4, .due = noon(20), .entered = noon(10), .questions = {{noon(2), noon(9)}}}};
  rooms.models = {
      {.id = 1, .claimed_from = first_day - days(20), .claimed = noon(-2), .has_figures = true},
      {.id = 2, .claimed_from = first_day - days(10), .claimed = noon(8), .has_figures = true},
      {.id = 3, .claimed_from = first_day + days(10)}};
  return rooms;
}

}  // namespace

TEST_CASE("honest rooms raise nothing") { CHECK(raised_in(honest_rooms()).empty()); }

TEST_CASE("a dialogue without a commitment is a sign in the month in which its days are over") {
  RoomMonth rooms;
  rooms.dialogues = {{.id = 7, .ended = noon(-20), .answered = 3}};
  CHECK(raises(rooms, Formality::empty_dialogue, Hollow::no_promise));
  const auto found = raised_in(rooms);
  CHECK(found[0].part == 1);
  CHECK(found[0].whole == 1);
  CHECK(found[0].objects == std::vector<HollowThing>{{7, Hollow::no_promise}});
  // A promise on the last of the days keeps it, a later one does not: no row disappears by
  // hurrying.
  rooms.dialogues[0].promised = noon(10) - hours(1);
  CHECK(raised_in(rooms).empty());
  rooms.dialogues[0].promised = noon(10);
  CHECK(raises(rooms, Formality::empty_dialogue, Hollow::no_promise));
  // By thresholds that are data.
  rooms.dialogues[0].promised.reset();
  CHECK(raised_in(rooms, {{Formality::empty_dialogue, {.threshold = 60, .part_min = 3}}}).empty());
  CHECK(raised_in(rooms, {{Formality::empty_dialogue, {.threshold = 30, .part_min = 4}}}).empty());
  CHECK(raised_in(rooms, {{Formality::empty_dialogue, {.is_on = false}}}).empty());
  // Once, and in no other month.
  rooms.dialogues[0].ended = noon(-31);
  CHECK(raised_in(rooms).empty());
}

TEST_CASE("supervision that advises nothing, or never looks whether it was done, is a sign") {
  RoomMonth rooms;
  rooms.programmes = {{.id = 4, .faults = {noon(-25), noon(-22), noon(-20)}}};
  CHECK(raises(rooms, Formality::idle_supervision, Hollow::no_advice));
  rooms.programmes[0].advice = {{.at = noon(-1), .due = first_day + days(40)}};
  CHECK(raised_in(rooms).empty());
  rooms.programmes[0].advice = {{.at = noon(-60), .due = first_day - days(25)}};
  CHECK(raises(rooms, Formality::idle_supervision, Hollow::unverified));
  rooms.programmes[0].advice[0].verified = noon(1);
  CHECK(raised_in(rooms).empty());
  // A return moves the day while its grace runs, and no day is moved out of the month afterwards.
  rooms.programmes[0].advice[0].verified.reset();
  rooms.programmes[0].advice[0].returned = {{noon(-10), first_day + days(20)}};
  CHECK(raised_in(rooms).empty());
  rooms.programmes[0].advice[0].returned = {{noon(20), first_day + days(60)}};
  CHECK(raises(rooms, Formality::idle_supervision, Hollow::unverified));
}

TEST_CASE("a finding corrected once its days are over is looked at as it was") {
  using Fault = WatchedProgramme::Fault;
  RoomMonth rooms;
  rooms.programmes = {{.id = 4, .faults = {noon(-25), noon(-22), Fault(noon(-20), noon(9))}}};
  CHECK(raised_in(rooms).empty());
  rooms.programmes[0].faults.back().until = noon(11);
  CHECK(raises(rooms, Formality::idle_supervision, Hollow::no_advice));
  // Three of four stand: their days begin with the third of them.
  rooms.programmes[0].faults = {Fault(noon(-28), noon(-3)), noon(-27), noon(-26), noon(-20)};
  const auto found = raised_in(rooms);
  REQUIRE(found.size() == 1);
  CHECK(found[0].objects == std::vector<HollowThing>{{4, Hollow::no_advice}});
  rooms.programmes[0].faults.back() = Fault(noon(3));
  CHECK(raised_in(rooms).empty());
}

TEST_CASE("pinned up at the office only when the days were over is no way around") {
  RoomMonth rooms;
  for (int n = 1; n <= 2; ++n)
    rooms.disclosures.push_back(
        {.id = n, .due = noon(-5), .entered = noon(-15), .posted = noon(6)});
  CHECK(raises(rooms, Formality::unread_disclosure, Hollow::office_only));
  // In the month in which it is pinned up, also when its days were over before.
  for (PostedItem& each : rooms.disclosures) each.due = noon(-40);
  CHECK(raises(rooms, Formality::unread_disclosure, Hollow::office_only));
  // Late, and readable: the public page says so.
  for (PostedItem& each : rooms.disclosures) each.readable = noon(7);
  CHECK(raised_in(rooms).empty());
}

TEST_CASE("disclosure at the office alone, long after its day, or deaf to questions, is a sign") {
  const auto twice = [](PostedItem item) {
    RoomMonth rooms;
    item.id = 1;
    rooms.disclosures.push_back(item);
    item.id = 2;
    rooms.disclosures.push_back(item);
    return rooms;
  };
  const PostedItem office{.due = noon(-5), .entered = noon(-15), .posted = noon(-8)};
  CHECK(raises(twice(office), Formality::unread_disclosure, Hollow::office_only));
  PostedItem readable = office;
  readable.readable = noon(9);  // too late
  CHECK(raises(twice(readable), Formality::unread_disclosure, Hollow::office_only));
  // What is not posted at all is overdue, and the public page says so.
  CHECK(raised_in(twice({.due = noon(-5), .entered = noon(-15)})).empty());
  const PostedItem late{
      .due = noon(-40), .entered = noon(4), .posted = noon(4), .readable = noon(4)};
  CHECK(raises(twice(late), Formality::unread_disclosure, Hollow::entered_late));
  const PostedItem deaf{.due = noon(-90),
                        .entered = noon(-95),
                        .posted = noon(-92),
                        .readable = noon(-92),
                        .questions = {{noon(3), std::nullopt}}};
  CHECK(raises(twice(deaf), Formality::unread_disclosure, Hollow::unanswered));
}

TEST_CASE("a model that is never measured, or with too few cases, is a sign") {
  RoomMonth rooms;
  rooms.models = {{.id = 9, .claimed_from = first_day - days(20)}};
  CHECK(raises(rooms, Formality::unmeasured_model, Hollow::no_claim));
  rooms.models[0].claimed = noon(11);
  rooms.models[0].has_figures = true;
  CHECK(raises(rooms, Formality::unmeasured_model, Hollow::no_claim));
  rooms.models[0] = {.id = 9, .claimed_from = first_day, .claimed = noon(4)};
  CHECK(raises(rooms, Formality::unmeasured_model, Hollow::too_few));
}

TEST_CASE("a case that came back counts once, and forty copies of one letter accuse of one") {
  const SignalRule rule = default_rule(Formality::reported_again);
  const std::vector<std::string> words = {
      "Đèn ngõ 12 lại tắt từ tối thứ Hai, cả ngõ tối om, trẻ con đi học về rất sợ.",
      "Cống đầu phố vẫn tràn nước đen mỗi khi mưa, nhà tôi không mở được cửa.",
      "Xe tải lại đỗ kín vỉa hè trước trường, phụ huynh phải đi xuống lòng đường."};
  std::vector<SettledCase> settled;
  for (int n = 0; n < 10; ++n) settled.push_back({.id = n + 1, .answered = noon(-10)});
  for (std::size_t n = 0; n < words.size(); ++n)
    settled[n].again = {{noon(5), words[n]}, {noon(6), words[n] + " Đây là lần thứ hai."}};
  settled[3].was_reopened = true;
  CameBack back = came_back(settled, in_october, rule);
  CHECK(back.whole == 10);
  CHECK(back.cases == std::vector<std::int64_t>{1, 2, 3, 4});
  // Too long after the answer, before it, or of an answer that is too old: not this one's fault.
  settled[0].again = {{noon(-10) + days(46), words[0]}};
  settled[1].again = {{noon(-11), words[1]}};
  settled[2].answered = noon(-50);
  back = came_back(settled, in_october, rule);
  CHECK(back.whole == 9);
  CHECK(back.cases == std::vector<std::int64_t>{4});
  // Somebody who would accuse an office names its published cases with one letter.
  settled.clear();
  for (int n = 0; n < 40; ++n)
    settled.push_back({.id = n + 1,
                       .answered = noon(-10),
                       .again = {{noon(5), words[0] + " " + words[1] + " " + words[2] +
                                               " Việc số " + std::to_string(n) + "."}}});
  CHECK(came_back(settled, in_october, rule).cases.size() == 1);
  // Many who say the same three words on different days copy nobody; within a day they may.
  settled.clear();
  for (int n = 0; n < 12; ++n)
    settled.push_back(
        {.id = n + 1, .answered = noon(-10), .again = {{noon(1 + n * 2), "Vẫn chưa làm."}}});
  CHECK(came_back(settled, in_october, rule).cases.size() == 12);
  for (SettledCase& each : settled) each.again[0].at = noon(1) + hours(each.id);
  CHECK(came_back(settled, in_october, rule).cases == std::vector<std::int64_t>{1});
}

namespace {

// A city of eight wards with rooms of October; the third does everything for form's sake.
struct Hollowed : test::City {
  static constexpr int wards = 24, hollow = 2;
  std::int64_t serial = 0;

  static std::string ward(int i) { return "W" + std::to_string(i); }
  Hollowed() {
    write([&](db::Write& w) {
      for (int i = 0; i < wards; ++i)
        units.emplace(ward(i), units::insert(w, {.code = ward(i),
                                                 .valid_from = Day{days(0)},
                                                 .name = "Phường Số " + std::to_string(i),
                                                 .kind = units::Kind::commune,
                                                 .type = "Phường",
                                                 .parent = &units.at("01")}));
      for (int i = 0; i < wards; ++i) live(w, i);
    });
    add_staff("head", people::Role::head, ward(hollow));
    add_staff("other", people::Role::head, ward(4));
    add_staff("front", people::Role::supervisor, "01");
    add_staff("mat", people::Role::supervisor, "01");
    add_staff("third", people::Role::supervisor, "01");
    now = at_local(first_day + days(35), hours(9));
    write([&](db::Write& w) {
      // The programme of the hollow ward is the work of "front".
      w.run(
          "INSERT INTO supervision_advice (id, supervision_id, number, unit_id, unit_path, text, "
          "due_on, advised_by, advised_at, line) VALUES (1, $1, 1, $2, $3, 'x', $4, $5, $6, 1)",
          hollow + 1, units.at(ward(hollow)).id, units.at(ward(hollow)).path, first_day - days(25),
          accounts.at("front"), noon(-60));
    });
  }
  // The same acts everywhere; only the hollow ward leaves out what they are for.
  void live(db::Write& w, int i) {
    const units::Unit& unit = units.at(ward(i));
    const bool is_hollow = i == hollow;
    const std::int64_t id = i + 1;
    w.run(
        "INSERT INTO dialogue (id, unit_id, unit_path, topic_vi, topic_en, summary, leader, place, "
        "closes_at, starts_at, stage, created_by, created_at) VALUES ($1, $2, $3, 'Rác và đèn', "
        "'Rubbish and lights', 's', 'l', 'p', $4, $4, 'ended', 1, $4)",
        id, unit.id, unit.path, noon(-20));
    w.run("INSERT INTO dialogue_event (dialogue_id, at, what, line) VALUES ($1, $2, 'finished', 1)",
          id, noon(-20));
    const std::string key(32, 'k');
    for (int n = 0; n < 4; ++n)
      w.run(
          "INSERT INTO dialogue_question (dialogue_id, code, citizen_key, body, language, way, "
          "state, turn, answer, answered_at, asked_at) VALUES ($1, $2, $3, 'b', 'vi', 'online', "
          "'shown', 'answered', 'a', $4, $4)",
          id, "Q" + std::to_string(++serial), db::Blob{as_bytes(key)}, noon(-20));
    if (!is_hollow)
      w.run(
          "INSERT INTO commitment (id, unit_id, unit_path, source, source_id, text, due_on, state, "
          "created_by, created_at) VALUES ($1, $2, $3, 'dialogue', $1, 't', $4, 'open', 1, $5)",
          id, unit.id, unit.path, first_day, noon(-19));
    for (int n = 0; n < 3; ++n)
      w.run(
          "INSERT INTO disclosure (id, unit_id, unit_path, item, title, decided_on, working_days, "
          "source, due_at, posts, first_posted_at, created_by, created_at, line) VALUES ($1, $2, "
          "$3, 'land', 'Kế hoạch sử dụng đất', $4, 10, 's', $5, 1, $6, 1, $7, 1)",
          id * 10 + n, unit.id, unit.path, first_day - days(20), noon(-5),
          is_hollow ? std::nullopt : std::optional(noon(-6)), noon(-15));
    for (int n = 0; n < 3; ++n)
      w.run(
          "INSERT INTO disclosure_post (disclosure_id, number, place, posted_by, posted_at, line) "
          "VALUES ($1, 1, 'Bảng tin', 1, $2, 1)",
          id * 10 + n, noon(-6));
    w.run(
        "INSERT INTO supervision (id, unit_id, unit_path, title_vi, title_en, subject, from_day, "
        "to_day, stage, head_at, frame_size, frame_hash, created_by, created_at, line, head_size, "
        "head_root, head_seen_at, drawn_at, drawn_line) VALUES ($1, $2, $3, 'Giám sát quý ba', "
        "'Third quarter', 's', $4, $4, 'drawn', $5, 9, $6, 1, $5, 1, 9, $6, $5, $5, 1)",
        id, unit.id, unit.path, first_day - days(90), noon(-70), db::Blob{as_bytes(key)});
    w.run(
        "INSERT INTO emulation_model (id, unit_id, unit_path, field, name_vi, name_en, task, "
        "place, "
        "launched_by, metric, begins_on, days, registered_by, registered_at) VALUES ($1, $2, $3, "
        "'society', 'Ngõ sạch đèn sáng', 'Clean lanes', 't', 'p', 'l', 'solved', $4, 30, 1, $5)",
        id, unit.id, unit.path, first_day - days(80), noon(-95));
    if (is_hollow) return;
    w.run(
        "INSERT INTO emulation_event (model_id, seq, kind, text, said_by, said_at, line) "
        "VALUES ($1, 1, 'claimed', 't', 1, $2, 1)",
        id, noon(-5));
    w.run(
        "INSERT INTO emulation_claim (model_id, before_part, before_whole, after_part, "
        "after_whole, "
        "city_before_part, city_before_whole, city_after_part, city_after_whole, ledger_size) "
        "VALUES ($1, 5, 20, 9, 20, 1, 1, 1, 1, 1)",
        id);
  }
  // Words that no two reports share: texts of one small vocabulary would pass for one template.
  std::string words(int count) {
    std::string out;
    for (int i = 0; i < count; ++i) {
      if (!out.empty()) out += ' ';
      for (int n = 0; n < 6; ++n)
        out += static_cast<char>('a' + static_cast<int>(random.below(26)));
    }
    return out;
  }
  // Thirty cases a ward; `again` of them come back.
  void answer_cases(int i, int again) {
    write([&](db::Write& w) {
      const units::Unit& unit = units.at(ward(i));
      for (int n = 0; n < 30; ++n) {
        const auto id = keep(w, unit, noon(-8 + n % 10), std::nullopt, "x");
        if (n < again) keep(w, unit, noon(8), id, words(20));
      }
    });
  }
  std::int64_t keep(db::Write& w,
                    const units::Unit& unit,
                    Instant received,
                    std::optional<std::int64_t> recurs_of,
                    const std::string& body) {
    const std::string key(32, 'k');
    const std::string code = std::to_string(20'000'000 + ++serial);
    const std::int64_t id = *w.returning(
        "INSERT INTO feedback (code, citizen_key, kind, sender, about, unit_id, unit_path, title, "
        "body, is_public, is_protected, language, state, received_at, due_at, first_due_at, "
        "answered_at, last_answered_at, recurs_of) VALUES ($1, $2, 'report', 'person', 'place', "
        "$3, "
        "$4, 'x', $5, 1, 0, 'vi', 'answered', $6, $6, $6, $7, $7, $8) RETURNING id",
        [](const db::Row& row) { return row.integer(0); }, code, db::Blob{as_bytes(key)}, unit.id,
        unit.path, body, received, recurs_of ? std::nullopt : std::optional(received + hours(3)),
        recurs_of);
    if (!recurs_of) happened(w, id, "answered", received + hours(3));
    return id;
  }
  void happened(db::Write& w, std::int64_t id, const std::string& what, Instant at) {
    w.run(
        "INSERT INTO feedback_event (feedback_id, event, at, party, audience) "
        "VALUES ($1, $2, $3, 'office', 'public')",
        id, what, at);
  }
  std::vector<KeptSignal> kept() {
    return read([&](db::Read& r) { return signals_within(r, units.at("01").path, 50); });
  }
  const KeptSignal* of(const std::vector<KeptSignal>& all, Formality kind) {
    const auto at = std::ranges::find(all, kind, &KeptSignal::kind);
    return at == all.end() ? nullptr : &*at;
  }
  struct Person : test::Browser {
    Person(Hollowed& city, const std::string& login) : Browser(city, city.router, city.site) {
      static_cast<void>(city.staff(login));
      set_cookie(std::string(people::session_cookie),
                 login + " at " + std::to_string(to_ms(city.now)));
    }
  };
};

}  // namespace

TEST_CASE("rooms gone through for form's sake are found on a database, and no honest ward is") {
  Hollowed city;
  CHECK(find_signals(city.database, city.now));
  const auto kept = city.kept();
  REQUIRE(kept.size() == 4);
  const std::pair<Formality, const char*> expected[] = {
      {Formality::empty_dialogue, "/en/dialogues/3"},
      {Formality::idle_supervision, "/en/supervision/3"},
      {Formality::unread_disclosure, "/en/disclosure/30"},
      {Formality::unmeasured_model, "/en/emulation/3"}};
  for (const auto& [kind, link] : expected) {
    CAPTURE(link);
    const KeptSignal* signal = city.of(kept, kind);
    REQUIRE(signal != nullptr);
    CHECK(signal->unit == city.units.at(Hollowed::ward(Hollowed::hollow)).id);
    Hollowed::Person head(city, "head");
    head.get("/en/staff/signals/" + std::to_string(signal->id.value));
    CHECK(head.status() == 200);
    CHECK(head.body().find(link) != std::string::npos);
    CHECK(head.body().find("that were due in the month") != std::string::npos);
    // Nothing of it is chance, and nothing leads to a case.
    CHECK(head.body().find("By chance alone") == std::string::npos);
    Hollowed::Person other(city, "other");
    other.get("/staff/signals/" + std::to_string(signal->id.value));
    CHECK(other.status() == 404);
  }
  Hollowed::Person list(city, "front");
  list.get("/staff/signals");
  CHECK(list.body().find("Đối thoại không có cam kết") != std::string::npos);
  // The month is looked at once.
  CHECK_FALSE(find_signals(city.database, city.now));
}

TEST_CASE("a head disputes a sign of a room, and nobody decides about their own supervision") {
  Hollowed city;
  CHECK(find_signals(city.database, city.now));
  const auto kept = city.kept();
  const SignalId id = city.of(kept, Formality::idle_supervision)->id;
  Hollowed::Person head(city, "head");
  head.get("/en/staff/signals/" + std::to_string(id.value));
  head.fill("text", "Đoàn giám sát đã nghe giải trình tại phường và thống nhất không kiến nghị.");
  head.press("Send the dispute");
  CHECK(head.status() == 200);
  const auto decide_as = [&](const std::string& login) {
    const auto supervisor = people::Supervisor::of(city.staff(login));
    const DecisionAct act{id, Decision::explained, "Đã xem biên bản làm việc, đúng như vậy.",
                          city.now};
    const auto done = city.write([&](db::Write& w) { return decide_dispute(w, *supervisor, act); });
    return done.ok() ? std::string("fine") : std::string(done.error().text.name());
  };
  CHECK(decide_as("front") == "insight.signal.error.own_programme");
  // It is said where the form would stand, before anybody writes reasons for nothing.
  Hollowed::Person front(city, "front");
  front.get("/en/staff/signals/" + std::to_string(id.value));
  CHECK(front.shows("You worked on this programme of supervision"));
  CHECK(front.body().find("/decision\"") == std::string::npos);
  // Who verified works there, too.
  city.write([&](db::Write& w) {
    w.run(
        "INSERT INTO supervision_reply (advice_id, seq, kind, text, due_on, said_by, said_at, "
        "line) VALUES (1, 1, 'verified', 'x', $1, $2, $3, 1)",
        first_day, city.accounts.at("third"), city.now);
  });
  CHECK(decide_as("third") == "insight.signal.error.own_programme");
  CHECK(decide_as("mat") == "fine");
}

TEST_CASE("a ward whose cases come back is named, and no ward that works honestly") {
  Hollowed city;
  for (int i = 0; i < Hollowed::wards; ++i) city.answer_cases(i, i == Hollowed::hollow ? 16 : 1);
  CHECK(find_signals(city.database, city.now));
  const auto kept = city.kept();
  CHECK(std::ranges::count(kept, Formality::reported_again, &KeptSignal::kind) == 1);
  const KeptSignal* signal = city.of(kept, Formality::reported_again);
  REQUIRE(signal != nullptr);
  CHECK(signal->unit == city.units.at(Hollowed::ward(Hollowed::hollow)).id);
  CHECK(signal->part == 16);
  CHECK(signal->whole == 30);
  CHECK(city.read([&](db::Read& r) { return cases_of(r, signal->id, 50).size(); }) == 16);
}

TEST_CASE("a case that was answered again before the month is counted came back all the same") {
  Hollowed city;
  std::int64_t id = 0;
  city.write([&](db::Write& w) {
    const units::Unit& unit = city.units.at(Hollowed::ward(Hollowed::hollow));
    id = city.keep(w, unit, noon(0), std::nullopt, "x");
    city.happened(w, id, "reopened", noon(20));
    city.happened(w, id, "answered", noon(33));
    w.run("UPDATE feedback SET last_answered_at = $2 WHERE id = $1", id, noon(33));
    const std::int64_t named = city.keep(w, unit, noon(0), std::nullopt, "x");
    city.keep(w, unit, noon(10), named, "Cống đầu phố vẫn tràn nước đen mỗi khi mưa lớn.");
    city.happened(w, named, "answered", noon(12));
    w.run("UPDATE feedback SET last_answered_at = $2 WHERE id = $1", named, noon(12));
  });
  UnitMonths by_unit;
  city.read([&](db::Read& r) {
    add_settled(r, in_october, by_unit);
    return 0;
  });
  const auto& settled =
      by_unit.at(city.units.at(Hollowed::ward(Hollowed::hollow)).id.value).settled;
  REQUIRE(settled.size() == 2);
  const CameBack back = came_back(settled, in_october, default_rule(Formality::reported_again));
  CHECK(back.whole == 2);
  CHECK(back.cases.size() == 2);
}

TEST_CASE("of rooms few things matter, of cases no fewer than three are named") {
  FieldErrors few, none, cases;
  check_rule(Formality::unmeasured_model, {.threshold = 30, .part_min = 1}, few);
  CHECK(few.empty());
  check_rule(Formality::unmeasured_model, {.threshold = 30, .part_min = 0}, none);
  CHECK_FALSE(none.empty());
  check_rule(Formality::reported_again, {.threshold = 30, .part_min = 2}, cases);
  CHECK_FALSE(cases.empty());
}

}  // namespace ln::insight
