// The list of rooms of the staff: only doors that open.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "test/office.h"

namespace ln::app {
namespace {

// The addresses under /staff that the page links to, in its order, without those of its head.
std::vector<std::string> rooms_on(const test::Browser& page) {
  std::vector<std::string> all;
  const std::string& body = page.body();
  const std::string mark = "<li class=\"sp\"><a href=\"";
  for (std::size_t at = body.find(mark); at != std::string::npos; at = body.find(mark, at)) {
    at += mark.size();
    all.push_back(body.substr(at, body.find('"', at) - at));
  }
  return all;
}

TEST_CASE("whoever is signed in is offered the rooms that open to them, and no other") {
  test::Office office;
  office.write([&](db::Write& w) {
    office.add_account(w, "sep", "Giám Sát", people::Role::supervisor, "01");
    office.add_account(w, "chu", "Quản Trị", people::Role::administrator, "01");
  });
  for (const char* login : {"hoa", "nam", "tri", "thu", "thanh", "omb", "sep", "chu"}) {
    auto person = office.browser(login);
    person.get("/staff/rooms");
    REQUIRE(person.status() == 200);
    const auto rooms = rooms_on(person);
    CHECK_FALSE(rooms.empty());
    for (const std::string& room : rooms) {
      INFO(login, " ", room);
      CHECK(person.get(room).status() == 200);
    }
  }
  CHECK(rooms_on(office.browser("omb").get("/staff/rooms")) ==
        std::vector<std::string>{"/staff/surveys"});
  CHECK(rooms_on(office.browser("hoa").get("/staff/rooms")).size() == 10);
}

TEST_CASE("the menu of the staff leads nowhere that refuses") {
  test::Office office;
  office.write([&](db::Write& w) {
    office.add_account(w, "chu", "Quản Trị", people::Role::administrator, "01");
  });
  for (const char* login : {"omb", "chu"})
    for (const html::NavItem& item : office.site.staff_nav) {
      INFO(login, " ", item.path);
      auto person = office.browser(login);
      person.get(std::string(item.path));
      // Whoever has another desk is led to it.
      CHECK((person.status() == 200 || person.status() == 303));
    }
}

}  // namespace
}  // namespace ln::app
