// Accounts that an administrator changes in the browser.
#include "core/settings/settings_people.h"

#include <doctest/doctest.h>

#include "core/ledger/ledger_public_actions.h"
#include "core/people/people_password.h"
#include "core/people/people_store_link.h"
#include "core/people/people_store_list.h"
#include "core/settings/settings_actions_people.h"
#include "core/settings/settings_store.h"
#include "core/settings/settings_store_people.h"
#include "engine/merkle/merkle_leaf.h"
#include "feature/feedback/feedback_actions_settings.h"
#include "test/office.h"

namespace ln::settings {
namespace {

struct StaffHall : test::Office {
  StaffHall() {
    write([&](db::Write& w) {
      add_account(w, "admin", "Quản Trị", people::Role::administrator, "01");
      add_account(w, "second", "Quản Trị Hai", people::Role::administrator, "01");
      add_account(w, "ward", "Quản Trị Phường", people::Role::administrator, "P1");
      // So that hashing in these tests is quick.
      for (const char* login : {"admin", "nam"})
        people::set_password(w, people::AccountId{accounts[login]},
                             people::hash_password("mot mat khau dai", random, people::test_cost));
    });
  }
  people::Administrator who(const std::string& login) {
    const auto staff = read([&](db::Read& r) {
      return people::SignIn::staff_of(r, people::hash_of("token-of-" + login), now);
    });
    return *people::Administrator::of(*staff);
  }
  std::string value(const std::string& login) {
    return read([&](db::Read& r) {
      const auto setting = account_setting(r, login);
      return setting ? value_of(*setting) : std::string();
    });
  }
  AccountSetting setting(const std::string& login) {
    return *read([&](db::Read& r) { return account_setting(r, login); });
  }
  Result<std::int64_t> set(const people::Administrator& by,
                           const std::string& login,
                           const AccountSetting& setting) {
    const StaffChange change{
        .login = login, .setting = setting, .seen = value(login), .reason = "Quyết định 12"};
    return write([&](db::Write& w) { return change_staff(w, by, change, now); });
  }
  Result<Done> take_back(const people::Administrator& by, std::int64_t id) {
    return write([&](db::Write& w) { return feedback::undo_change(w, by, id, now); });
  }
  std::string password_hash(const std::string& login) {
    return read([&](db::Read& r) { return people::find_account(r, login)->password_hash; });
  }
  std::string page_of(const std::string& login) {
    return "/staff/administration/people/" + std::to_string(accounts[login]);
  }
  bool may_sign_in(const std::string& login) {
    return read([&](db::Read& r) {
             return people::SignIn::staff_of(r, people::hash_of("token-of-" + login), now);
           })
        .has_value();
  }
};

// The token of the link that the page shows, once.
std::string link_on(const test::Browser& browser) {
  constexpr std::string_view begins = "/staff/password/";
  const std::size_t at = browser.body().find(begins);
  REQUIRE(at != std::string::npos);
  return browser.body().substr(at + begins.size(), people::password_token_size);
}

AccountSetting closed(AccountSetting setting) {
  setting.is_open = false;
  return setting;
}

}  // namespace

TEST_CASE("the value of an account reads back, and nothing else does") {
  const AccountSetting setting{
      .is_open = true,
      .roles = {{"01", Day{}, people::Role::administrator}, {"P1", Day{}, people::Role::head}}};
  const std::string value = value_of(setting);
  REQUIRE(read_account_value(value).ok());
  CHECK(read_account_value(value).value() == setting);
  for (const char* wrong : {"", "{}", "[]", R"({"is_open":true})",
                            R"({"is_open":true,"roles":[{"from":"x","role":"head","unit":"P1"}]})"})
    CHECK_FALSE(read_account_value(wrong).ok());
  AccountSetting turned = setting;
  std::swap(turned.roles[0], turned.roles[1]);
  CHECK_FALSE(read_account_value(value_of(turned)).ok());
}

TEST_CASE("an administrator adds an account, and its owner alone sets the password") {
  StaffHall hall;
  auto admin = hall.browser("admin");
  admin.get("/staff/administration").follow("Người làm việc và vai trò").follow("Thêm tài khoản");
  admin.fill("login", "Moi").fill("name", "").fill("unit", "P9").press("Tạo tài khoản");
  CHECK(admin.status() == 422);
  CHECK(admin.shows("Không có đơn vị mang mã này."));
  CHECK(admin.body().find("value=\"Moi\"") != std::string::npos);
  admin.fill("name", "Trần Thị Mới").fill("unit", "P2").choose("Xử lý", "role");
  admin.fill("reason", "Quyết định 12").press("Tạo tài khoản");
  REQUIRE(admin.status() == 200);
  CHECK(admin.shows("Chỉ hiện một lần"));
  const std::string link = link_on(admin);
  CHECK(hall.setting("moi").roles == std::vector<RolePlace>{{"P2", Day{}, people::Role::handler}});
  // The log says so without the login or the name; the history says the login.
  const auto last =
      hall.read([](db::Read& r) { return ledger::last_fact(r, ledger::settings_kind); });
  REQUIRE(last);
  CHECK(last->payload.find("moi") == std::string::npos);
  const auto fact = ledger::parse_fact(last->payload);
  REQUIRE(fact);
  CHECK(std::get<ledger::SettingsFact>(*fact).value == merkle::sha256(as_bytes(hall.value("moi"))));
  admin.get("/staff/administration");
  CHECK(admin.shows("@moi"));
  CHECK_FALSE(admin.shows("Trần Thị Mới"));
  // The token stands nowhere but on that page.
  CHECK_FALSE(hall.read([&](db::Read& r) {
    return r
        .one(
            "SELECT account_id FROM people_link WHERE link_hash = $1",
            [](const db::Row& row) { return row.integer(0); }, db::Blob{as_bytes(link)})
        .has_value();
  }));
  // The same login again is refused beside its field.
  admin.get("/staff/administration/people/new").fill("login", "moi").press("Tạo tài khoản");
  CHECK(admin.status() == 422);

  // Whoever has the link sets the password, once.
  const std::string before = hall.password_hash("moi");
  test::Browser owner(hall, hall.router, hall.site);
  owner.get("/staff/password/" + link);
  REQUIRE(owner.status() == 200);
  CHECK(owner.shows("Trần Thị Mới"));
  owner.fill("new", "ngan").fill("again", "ngan").press("Đặt mật khẩu");
  CHECK(owner.status() == 422);
  owner.fill("new", "mot mat khau rieng").fill("again", "khac").press("Đặt mật khẩu");
  CHECK(owner.status() == 422);
  CHECK(hall.password_hash("moi") == before);
  owner.fill("new", "mot mat khau rieng").fill("again", "mot mat khau rieng");
  owner.press("Đặt mật khẩu");
  CHECK(owner.status() == 200);
  CHECK(owner.shows("Đã đặt mật khẩu."));
  CHECK(people::is_password(hall.password_hash("moi"), "mot mat khau rieng"));
  CHECK(owner.get("/staff/password/" + link).status() == 404);
  // The use is in the history, by the owner, and in the public log.
  const auto used = hall.read([](db::Read& r) { return history(r, 0, 1); });
  REQUIRE(used.size() == 1);
  CHECK(used[0].list == password_list);
  CHECK(used[0].code == "@moi");
  CHECK(is_set_by_owner(used[0].after));
  const auto said = ledger::parse_fact(
      hall.read([](db::Read& r) { return ledger::last_fact(r, ledger::settings_kind); })->payload);
  CHECK(std::get<ledger::SettingsFact>(*said).value == merkle::sha256(as_bytes(used[0].after)));
  CHECK(admin.get("/staff/administration").shows("Chính chủ tài khoản"));
}

TEST_CASE("a link for a password is good for three days, if the account is open and no other") {
  StaffHall hall;
  auto admin = hall.browser("admin");
  const auto make = [&] {
    admin.get(hall.page_of("nam")).fill("reason", "Quên mật khẩu");
    admin.press("Tạo đường dẫn đặt mật khẩu");
    return link_on(admin);
  };
  const auto status = [&](const std::string& link) {
    test::Browser owner(hall, hall.router, hall.site);
    return owner.get("/staff/password/" + link).status();
  };
  const std::string first = make(), second = make();
  CHECK(status(first) == 404);
  CHECK(status(second) == 200);
  CHECK(status(std::string(people::password_token_size, '0')) == 404);
  CHECK(status("0") == 404);
  const Instant made_at = hall.now;
  hall.now = made_at + people::link_good_for - std::chrono::seconds(1);
  CHECK(status(second) == 200);
  hall.now = made_at + people::link_good_for;
  CHECK(status(second) == 404);
  hall.now = made_at;
  // Who kept the page open past its time sets nothing, nor does one whose account was closed.
  test::Browser late(hall, hall.router, hall.site);
  late.get("/staff/password/" + second).fill("new", "mot mat khau rieng");
  late.fill("again", "mot mat khau rieng");
  REQUIRE(hall.set(hall.who("admin"), "nam", closed(hall.setting("nam"))).ok());
  const std::string before = hall.password_hash("nam");
  CHECK(late.press("Đặt mật khẩu").status() == 404);
  CHECK(hall.password_hash("nam") == before);
  CHECK(status(second) == 404);
}

TEST_CASE("roles are given and taken, the account is closed, and each is taken back") {
  StaffHall hall;
  auto admin = hall.browser("admin");
  admin.get(hall.page_of("nam")).choose("Phân loại", "role").fill("unit", "P2");
  admin.fill("reason", "Quyết định 13").press("Ghi vai trò");
  CHECK(admin.shows("Đã ghi."));
  CHECK(hall.setting("nam").roles.size() == 2);
  // A change without a reason keeps what was typed.
  admin.get(hall.page_of("nam")).choose("Tiếp nhận", "role").fill("unit", "P1");
  admin.press("Ghi vai trò");
  CHECK(admin.status() == 422);
  CHECK(admin.body().find(R"(value="clerk" selected)") != std::string::npos);
  CHECK(hall.may_sign_in("nam"));
  admin.fill("reason", "Nghỉ hưu từ hôm nay").press("Đóng tài khoản");
  CHECK(admin.status() == 200);
  CHECK_FALSE(hall.may_sign_in("nam"));
  CHECK(hall.setting("nam").roles.size() == 2);
  CHECK(admin.shows("Đã đóng"));
  // Closed by mistake: one press. The session that ended does not come back.
  admin.get("/staff/administration").press("Lấy lại như trước: @nam");
  CHECK(hall.setting("nam").is_open);
  CHECK_FALSE(hall.may_sign_in("nam"));
}

TEST_CASE("a link for a new password ends every session, and the old password opens nothing") {
  StaffHall hall;
  auto admin = hall.browser("admin");
  const auto before = hall.read([](db::Read& r) { return people::find_account(r, "nam"); });
  admin.get(hall.page_of("nam")).fill("reason", "Quên mật khẩu");
  admin.press("Tạo đường dẫn đặt mật khẩu");
  CHECK(admin.shows("Chỉ hiện một lần"));
  const auto after = hall.read([](db::Read& r) { return people::find_account(r, "nam"); });
  CHECK(after->password_hash != before->password_hash);
  CHECK_FALSE(people::is_password(after->password_hash, "mot mat khau dai"));
  CHECK_FALSE(hall.may_sign_in("nam"));
  // Nothing to put back.
  CHECK_FALSE(admin.get("/staff/administration").shows("Lấy lại như trước: @nam"));
  const auto change = hall.read([](db::Read& r) { return history(r, 0, 1); });
  REQUIRE(change.size() == 1);
  CHECK(change[0].list == password_list);
  CHECK(hall.take_back(hall.who("admin"), change[0].id).error().kind == ErrorKind::not_found);

  CHECK(hall.may_sign_in("lan"));
  admin.get(hall.page_of("lan")).fill("reason", "Mất máy tính").press("Đăng xuất mọi nơi");
  CHECK_FALSE(hall.may_sign_in("lan"));
  CHECK_FALSE(admin.get(hall.page_of("lan")).shows("Đăng xuất mọi nơi"));
}

TEST_CASE("nobody raises or closes themselves, and only an administrator of the city acts") {
  StaffHall hall;
  const auto admin = hall.who("admin");
  AccountSetting more = hall.setting("admin");
  more.roles.push_back({"P1", Day{}, people::Role::head});
  CHECK(hall.set(admin, "admin", more).error().kind == ErrorKind::forbidden);
  CHECK(hall.set(admin, "admin", closed(hall.setting("admin"))).error().kind ==
        ErrorKind::forbidden);
  CHECK(hall.set(hall.who("ward"), "nam", closed(hall.setting("nam"))).error().kind ==
        ErrorKind::forbidden);
  auto own = hall.browser("admin");
  CHECK_FALSE(own.get(hall.page_of("admin")).shows("Đóng tài khoản"));
  for (const char* login : {"ward", "hoa", "omb"}) {
    CHECK(hall.browser(login).get("/staff/administration/people").status() == 403);
    CHECK(hall.browser(login).get("/staff/administration/people/new").status() == 403);
    CHECK(hall.browser(login).get(hall.page_of("nam")).status() == 403);
  }
  // Nor by taking back what another did to them.
  const auto less = hall.set(hall.who("second"), "admin",
                             {.roles = {{"01", Day{}, people::Role::administrator},
                                        {"P1", Day{}, people::Role::ombudsman}}});
  REQUIRE(less.ok());
  CHECK(hall.take_back(admin, less.value()).error().kind == ErrorKind::forbidden);
}

TEST_CASE("two administrators who close each other leave one") {
  StaffHall hall;
  const auto one = hall.who("admin"), two = hall.who("second");
  REQUIRE(hall.set(one, "second", closed(hall.setting("second"))).ok());
  const auto last = hall.set(two, "admin", closed(hall.setting("admin")));
  REQUIRE_FALSE(last.ok());
  CHECK(last.error().kind == ErrorKind::conflict);
  CHECK(hall.setting("admin").is_open);
  CHECK(hall.read([&](db::Read& r) {
    return people::count_city_administrators(r, people::AccountId{});
  }) == 1);
}

TEST_CASE("who saw an older account is told, and what was done elsewhere since is not lost") {
  StaffHall hall;
  auto admin = hall.browser("admin");
  admin.get(hall.page_of("nam"));
  AccountSetting other = hall.setting("nam");
  other.roles.push_back({"P2", Day{}, people::Role::clerk});
  const auto done = hall.set(hall.who("second"), "nam", other);
  REQUIRE(done.ok());
  admin.choose("Lãnh đạo đơn vị", "role").fill("unit", "P1").fill("reason", "Quyết định 14");
  admin.press("Ghi vai trò");
  CHECK(admin.status() == 409);
  CHECK(admin.body().find(R"(value="head" selected)") != std::string::npos);
  CHECK(admin.body().find("Quyết định 14") != std::string::npos);
  CHECK(admin.shows("Phường Hai"));
  // At the console somebody takes a role: the change before cannot be put back over it.
  hall.write([&](db::Write& w) {
    people::revoke_role(w, people::AccountId{hall.accounts["nam"]}, people::Role::handler,
                        hall.units.at("P1").id, hall.now);
  });
  CHECK(hall.take_back(hall.who("second"), done.value()).error().kind == ErrorKind::conflict);
}

TEST_CASE("accounts are listed by office, page after page") {
  StaffHall hall;
  auto admin = hall.browser("admin");
  admin.get("/staff/administration/people");
  CHECK(admin.shows("nam"));
  CHECK(admin.shows("hai"));
  admin.fill("unit", "P2").press("Xem theo đơn vị");
  CHECK(admin.shows("hai"));
  CHECK_FALSE(admin.shows("Cán bộ Nam"));
  CHECK(admin.get("/staff/administration/people?unit=P9").shows("Không có đơn vị mang mã này."));
  const auto all =
      hall.read([](db::Read& r) { return people::search_accounts(r, {.after = "lan"}, 2); });
  REQUIRE(all.size() == 2);
  CHECK(all[0].login == "nam");
}

}  // namespace ln::settings
