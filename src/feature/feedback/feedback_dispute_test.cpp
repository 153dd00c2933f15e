#include <doctest/doctest.h>

#include "core/ledger/ledger_store.h"
#include "feature/feedback/feedback_actions_dispute.h"
#include "feature/feedback/feedback_actions_place.h"
#include "feature/feedback/feedback_actions_triage.h"
#include "feature/feedback/feedback_store_triage.h"
#include "test/office.h"

using namespace ln;
using namespace ln::feedback;

namespace {

// Two wards, each with somebody at triage, and a city above them.
struct Wards : test::Office {
  Wards() {
    write([&](db::Write& w) {
      add_account(w, "hat", "Phân việc Hạt", people::Role::triage, "P2");
      units.emplace("desk",
                    add_unit(w, "desk", "Bộ phận Một cửa", units::Kind::counter, &units.at("01")));
      add_account(w, "cua", "Một Cửa", people::Role::triage, "desk");
    });
  }
  void pass(const Feedback& of, const std::string& login, const char* to, const char* why) {
    auto officer = browser(login);
    const std::map<std::string, std::string> searched = {
        {"P1", "phuong+mot"}, {"P2", "phuong+hai"}, {"desk", "mot+cua"}};
    officer.get(url(of, "/transfer?q=" + searched.at(to)))
        .choose(units.at(to).name)
        .fill("text", why)
        .press("Chuyển đơn vị khác");
  }
  std::string unit_of(const Feedback& of) {
    return read([&](db::Read& r) { return units::find(r, now_is(of).unit)->code; });
  }
  std::string last_word(const Feedback& of) {
    const auto events = read([&](db::Read& r) { return events_of(r, of.id); });
    return std::string(shown_word(events.back()));
  }
};

}  // namespace

TEST_CASE("what an office passed on does not come back to it: the unit above decides, once") {
  Wards city;
  const Feedback sent = city.lamp();
  city.pass(sent, "tri", "P2", "Ngõ 12 thuộc địa bàn Phường Hai.");
  REQUIRE(city.unit_of(sent) == "P2");
  city.pass(sent, "hat", "P1", "Ngõ 12 thuộc Phường Một theo bản đồ 2025.");
  CHECK(city.unit_of(sent) == "P2");
  CHECK(city.last_word(sent) == "disputed");
  CHECK(city.now_is(sent).due_at == sent.due_at);
  CHECK(city.now_is(sent).transfer_count == 1);
  const auto entries =
      city.read([&](db::Read& r) { return ledger::entries_of(r, {"feedback", sent.id.value}); });
  CHECK(ledger::text_in(entries.back().payload, "cat") == "disputed");

  // Neither of them decides, nor hands it on elsewhere meanwhile.
  auto ward = city.browser("hat");
  CHECK(ward.get(city.url(sent)).shows("quyết định; cho đến lúc đó"));
  CHECK(ward.get(city.url(sent, "/dispute")).status() == 403);
  CHECK(ward.get("/staff/disputes").shows("Không có việc nào chờ quyết định."));
  city.pass(sent, "hat", "desk", "Chuyển về Một cửa cho xong.");
  CHECK(city.unit_of(sent) == "P2");

  auto leader = city.browser("thanh");
  CHECK(leader.get("/staff").shows("1 việc chờ quyết định thuộc đơn vị nào"));
  CHECK(leader.get("/staff/disputes").shows(sent.title));
  leader.get(city.url(sent, "/dispute"));
  CHECK(leader.shows("Ngõ 12 thuộc địa bàn Phường Hai."));
  CHECK(leader.shows("Ngõ 12 thuộc Phường Một theo bản đồ 2025."));
  leader.fill("text", "x").press("Quyết định");
  CHECK(leader.status() == 422);
  CHECK(leader.shows("Hãy chọn một trong hai đơn vị."));
  leader.choose("Phường Hai").fill("text", "Theo bản đồ mới, ngõ 12 ở Phường Hai.");
  leader.press("Quyết định");
  CHECK(city.last_word(sent) == "kept");
  CHECK(city.unit_of(sent) == "P2");
  CHECK(leader.get(city.url(sent, "/dispute")).status() == 404);

  // What was decided stays so for both.
  city.pass(sent, "hat", "P1", "Vẫn không phải của chúng tôi.");
  CHECK(city.unit_of(sent) == "P2");
  CHECK(city.last_word(sent) == "kept");
}

TEST_CASE("who stands above both sends a disputed case where it belongs") {
  Wards city;
  const Feedback sent = city.lamp();
  city.pass(sent, "tri", "P2", "Không thuộc Phường Một.");
  city.pass(sent, "hat", "P1", "Cũng không thuộc Phường Hai.");
  auto leader = city.browser("thanh");
  leader.get(city.url(sent, "/dispute")).choose("Phường Một");
  leader.fill("text", "Đèn do Phường Một quản lý.").press("Quyết định");
  CHECK(city.unit_of(sent) == "P1");
  CHECK(city.last_word(sent) == "transferred");
  CHECK(city.read([](db::Read& r) { return disputes_below(r, "/", 9); }).empty());
  // The sender reads what was decided, and why it took two offices.
  auto reader = city.read([&](db::Read& r) { return events_of(r, sent.id); });
  for (const Event& event : reader)
    if (event.event == "transferred" || shown_word(event) == "disputed")
      CHECK(event.audience == Audience::public_);
}

TEST_CASE("a dispute is left behind by a case that went elsewhere, and another may follow") {
  Wards city;
  const Feedback sent = city.lamp();
  city.pass(sent, "tri", "P2", "Không thuộc Phường Một.");
  city.pass(sent, "hat", "P1", "Cũng không thuộc Phường Hai.");
  REQUIRE(city.last_word(sent) == "disputed");
  const auto put = [&](const char* unit) {
    city.write([&](db::Write& w) {
      Feedback row = *find(w, sent.id);
      row.unit = city.units.at(unit).id;
      row.unit_path = city.units.at(unit).path;
      save(w, row);
    });
  };
  const auto waiting = [&] {
    return city.read([](db::Read& r) { return disputes_below(r, "/", 9).size(); });
  };
  CHECK(waiting() == 1);
  put("P1");  // as a reorganisation does
  CHECK(waiting() == 0);
  CHECK(city.browser("thanh").get(city.url(sent, "/dispute")).status() == 404);
  city.pass(sent, "tri", "P2", "Không thuộc Phường Một, xem bản đồ.");
  CHECK(city.last_word(sent) == "disputed");
  CHECK(city.unit_of(sent) == "P1");
  CHECK(waiting() == 1);
}

TEST_CASE("whoever is complained about does not decide whose matter the complaint is") {
  Wards city;
  const Feedback sent = city.lamp();
  city.pass(sent, "tri", "P2", "Không thuộc Phường Một.");
  city.write([&](db::Write& w) {
    w.run("UPDATE feedback SET about = 'conduct', object_unit_id = $1, object_path = $2",
          city.units.at("01").id, city.units.at("01").path);
  });
  const Feedback row = city.now_is(sent);
  const auto outcome = city.read([&](db::Read& r) {
    const auto staff =
        people::SignIn::staff_of(r, people::hash_of("token-of-hat"), city.now, city.now);
    const OfficerAct act{.officer = *people::Officer::of(*staff),
                         .code = row.code,
                         .revision = row.revision,
                         .salts = ledger::draw(city.random),
                         .now = city.now};
    return passing(r, act, row, city.units.at("P1")).value();
  });
  CHECK(outcome == Passing::moves);
}

TEST_CASE("a desk that hands cases out has said nothing of whose they are") {
  Wards city;
  const Feedback sent = city.lamp();
  city.pass(sent, "tri", "desk", "Nhờ Một cửa phân việc.");
  city.pass(sent, "cua", "P2", "Thuộc địa bàn Phường Hai.");
  REQUIRE(city.unit_of(sent) == "P2");
  city.pass(sent, "hat", "desk", "Không thuộc Phường Hai.");
  CHECK(city.unit_of(sent) == "desk");
  CHECK(city.last_word(sent) == "transferred");
}

TEST_CASE("the nearest unit above both decides, and never one of the two") {
  Wards city;
  city.write([&](db::Write& w) {
    city.units.emplace(
        "P1a", city.add_unit(w, "P1a", "Tổ Một", units::Kind::division, &city.units.at("P1")));
    city.units.emplace(
        "P1b", city.add_unit(w, "P1b", "Tổ Hai", units::Kind::division, &city.units.at("P1")));
  });
  const auto above = [&](const char* one, const char* other) {
    return city.read([&](db::Read& r) {
      return above_both(r, city.units.at(one).path, city.units.at(other).path).code;
    });
  };
  CHECK(above("P1a", "P1b") == "P1");
  CHECK(above("P1a", "P2") == "01");
  CHECK(above("P1", "P1a") == "01");
  CHECK(above("P1", "P2") == "01");
  CHECK(above("01", "P1") == "01");
}

TEST_CASE("the commune that a place names is found by its whole name, and none when several are") {
  const auto commune = [](const char* code, const char* type, const char* name) {
    units::Unit unit;
    unit.code = code;
    unit.name = name;
    unit.kind = units::Kind::commune;
    unit.type = type;
    return unit;
  };
  const std::vector<units::Unit> all = {
      commune("a", "Phường", "Phường Láng"), commune("b", "Xã", "Xã Hòa"),
      commune("c", "Xã", "Xã Hòa Lạc"), commune("d", "Phường", "Phường Lạng")};
  const auto named = [&](const char* place) {
    const auto found = named_in(place, all);
    return found ? found->code : std::string("none");
  };
  CHECK(named("ngõ 12 phố Chùa Láng, phường Láng") == "a");
  CHECK(named("ngõ 12, P. Láng, Hà Nội") == "a");
  CHECK(named("ngo 12 phuong lang") == "none");  // two are spelled so without marks
  CHECK(named("phố Chùa Láng") == "none");       // a street is no ward
  CHECK(named("xã Hòa Lạc, gần trường học") == "c");
  CHECK(named("giữa xã Hòa Lạc và phường Láng") == "none");
  CHECK(named("") == "none");
}

TEST_CASE("which office handled what is learned from handled cases, communes as one") {
  Wards city;
  const Feedback lamp = city.lamp();
  CHECK(city.read([](db::Read& r) { return handled_examples(r, Learned::unit, 9); }).empty());
  city.do_assign(lamp, "nam");
  const auto handled = city.read([](db::Read& r) { return handled_examples(r, Learned::unit, 9); });
  REQUIRE(handled.size() == 1);
  CHECK(handled[0].label == "place/commune");
}
