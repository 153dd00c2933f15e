// An office at work: a city with two wards, those who work there, each with a browser of their own,
// and cases to work on.
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <string>

#include "app/routes.h"
#include "app/site.h"
#include "core/people/people_actions.h"
#include "core/people/people_store.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_pages_staff.h"
#include "feature/feedback/feedback_store.h"
#include "test/browser.h"

namespace ln::test {

struct Office : World {
  http::Router router = app::make_routes();
  html::Site site = app::make_site("https://x.example", false);
  std::map<std::string, units::Unit> units;
  std::map<std::string, std::int64_t> accounts;
  std::map<std::string, std::string> secrets;  // of the cases sent, by code

  Office() {
    write([&](db::Write& w) {
      units.emplace("01", add_unit(w, "01", "Thành phố Hà Nội", units::Kind::city, nullptr));
      const units::Unit& city = units.at("01");
      for (const auto& [code, name] :
           {std::pair("P1", "Phường Một"), std::pair("P2", "Phường Hai")})
        units.emplace(code, add_unit(w, code, name, units::Kind::commune, &city));
      add_account(w, "hoa", "Trưởng Hoa", people::Role::head, "P1");
      add_account(w, "nam", "Cán bộ Nam", people::Role::handler, "P1");
      add_account(w, "lan", "Cán bộ Lan", people::Role::handler, "P1");
      add_account(w, "tri", "Phân việc Tri", people::Role::triage, "P1");
      add_account(w, "thu", "Thư ký Thu", people::Role::clerk, "P1");
      add_account(w, "hai", "Trưởng Hai", people::Role::head, "P2");
      add_account(w, "thanh", "Trưởng Thành", people::Role::head, "01");
      add_account(w, "omb", "Người Giữ Kín", people::Role::ombudsman, "01");
    });
  }

  units::Unit add_unit(db::Write& w,
                       const char* code,
                       const char* name,
                       units::Kind kind,
                       const units::Unit* parent) {
    return units::insert(w, {.code = code,
                             .valid_from = Day{std::chrono::days(0)},
                             .name = name,
                             .kind = kind,
                             .type = "Phường",
                             .parent = parent});
  }
  void add_account(db::Write& w,
                   const std::string& login,
                   const char* name,
                   people::Role role,
                   const char* unit) {
    const auto id =
        people::add_account(w, {.login = login, .name = name, .password_hash = "none"}, now);
    REQUIRE(id.ok());
    REQUIRE(people::grant(w, id.value(), role, units.at(unit).id, now).ok());
    REQUIRE(people::open_session(w, id.value(), "token-of-" + login, now).ok());
    accounts[login] = id.value().value;
  }

  // A browser in which somebody is signed in.
  struct Person : Browser {
    Person(Office& office, const std::string& login) : Browser(office, office.router, office.site) {
      set_cookie(std::string(people::session_cookie), "token-of-" + login);
    }
  };
  Person browser(const std::string& login) { return Person(*this, login); }

  feedback::Feedback send(const feedback::Typed& typed) {
    const auto prepared =
        read([&](db::Read& r) { return feedback::prepare(r, typed, random, now); });
    REQUIRE(prepared.ok());
    const auto sent =
        write([&](db::Write& w) { return feedback::submit(w, prepared.value(), now); });
    REQUIRE(sent.ok());
    secrets[sent.value().feedback.code.text()] = prepared.value().secret;
    return sent.value().feedback;
  }
  feedback::Feedback lamp() {
    feedback::Typed typed;
    typed.about = "place";
    typed.unit = "P1";
    typed.title = "Đèn đường hỏng ngõ 12";
    typed.body = "Ba tuần nay đèn ngõ 12 không sáng, tối đi rất sợ.";
    typed.contact = "0912 345 678";
    typed.is_public = true;
    return send(typed);
  }
  feedback::Feedback conduct() {
    feedback::Typed typed;
    typed.about = "conduct";
    typed.unit = "P1";
    typed.title = "Cán bộ gợi ý bồi dưỡng bimatxyz";
    typed.body = "Họ nói nhanh hơn nếu biết điều. bimatxyz";
    return send(typed);
  }
  feedback::Feedback now_is(const feedback::Feedback& of) {
    return *read([&](db::Read& r) { return feedback::find(r, of.id); });
  }
  void do_assign(const feedback::Feedback& of, const std::string& login) {
    auto head = browser("hoa");
    head.get(url(of, "/assign"))
        .choose(login == "nam" ? "Cán bộ Nam" : "Cán bộ Lan", "officer")
        .press("Giao người xử lý");
    REQUIRE(now_is(of).officer_id == accounts[login]);
  }
  static std::string url(const feedback::Feedback& of, const std::string& more = "") {
    return "/staff/feedback/" + of.code.text() + more;
  }
};

inline constexpr const char* good_answer =
    "Ngày 22/11 tổ điện đã thay bóng đèn và dây ở đầu ngõ 12. Đèn sáng lại từ 18 giờ. Xin lỗi vì "
    "chậm ba tuần; từ nay tổ kiểm tra mỗi thứ Hai.";

}  // namespace ln::test
