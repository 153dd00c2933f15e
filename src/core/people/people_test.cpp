#include <doctest/doctest.h>

#include <string>

#include "core/people/people_actions.h"
#include "core/people/people_jobs.h"
#include "core/people/people_password.h"
#include "core/people/people_session.h"
#include "core/units/units_store.h"
#include "test/world.h"

namespace ln::people {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::string_view right = "một câu dễ nhớ";
constexpr Day first_day{std::chrono::year(2025) / 7 / 1};

// A city with two wards, and an account "hoa" in the first of them.
struct Office : test::World {
  units::Unit city, ward, other_ward;
  AccountId hoa;

  Office() {
    presence().forget(presence().all());
    hoa = write([&](db::Write& w) -> Result<AccountId> {
            city = units::insert(w, {.code = "01",
                                     .valid_from = first_day,
                                     .name = "Thành phố Hà Nội",
                                     .kind = units::Kind::city,
                                     .type = "Thành phố"});
            ward = insert_ward(w, "00004", "Phường Ba Đình");
            other_ward = insert_ward(w, "00008", "Phường Ngọc Hà");
            return add_account(w,
                               {.login = "hoa",
                                .name = "Nguyễn Thị Hoa",
                                .password_hash = hash_password(right, random, test_cost)},
                               now);
          }).value();
  }
  units::Unit insert_ward(db::Write& w, std::string_view code, std::string_view name) {
    return units::insert(w, {.code = code,
                             .valid_from = first_day,
                             .name = name,
                             .kind = units::Kind::commune,
                             .type = "Phường",
                             .parent = &city});
  }

  void give(Role role, const units::Unit& unit) {
    REQUIRE(write([&](db::Write& w) { return grant(w, hoa, role, unit.id, now); }).ok());
  }

  struct Tried {
    SignInOutcome outcome;
    std::string token;
  };
  Tried try_sign_in(std::string_view login, std::string_view password) {
    const SignInCheck check =
        read([&](db::Read& r) { return check_sign_in(r, login, password, random, now); });
    const auto outcome = write([&](db::Write& w) { return finish_sign_in(w, check, now); });
    return {outcome.value(), check.token};
  }
  // Who the server takes the bearer of this cookie for.
  template <class T = Staff>
  Result<T> who_is(std::string_view token) {
    http::Request request;
    request.headers.emplace_back("cookie", "ln_staff=" + std::string(token));
    return read([&](db::Read& r) { return http::Extract<T>::from(request, r, now); });
  }
  // Signs in without the slow part.
  std::string token_of_hoa(std::string token = "t0") {
    REQUIRE(write([&](db::Write& w) { return open_session(w, hoa, token, now); }).ok());
    return token;
  }
};

using Kind = SignInOutcome::Kind;

}  // namespace

TEST_CASE("roles are the same words everywhere") {
  std::string all;
  for (const Role role : roles) {
    all += std::string(to_text(role)) + " ";
    CHECK(role_of(to_text(role)) == role);
  }
  CHECK(all == "clerk triage handler head ombudsman supervisor administrator ");
  CHECK_FALSE(role_of("citizen").has_value());
}

TEST_CASE("the right password signs in; a wrong one, a wrong login and an empty one do not") {
  Office office;
  const auto in = office.try_sign_in(" Hoa ", right);
  REQUIRE(in.outcome.kind == Kind::signed_in);
  CHECK(office.who_is(in.token).value().name() == "Nguyễn Thị Hoa");
  CHECK(office.try_sign_in("hoa", "một câu dễ quên").outcome.kind == Kind::wrong);
  CHECK(office.try_sign_in("nam", right).outcome.kind == Kind::wrong);
  CHECK(office.try_sign_in("hoa", "").outcome.kind == Kind::wrong);
  CHECK(office.try_sign_in("", "").outcome.kind == Kind::wrong);
}

TEST_CASE("five failures lock a login for fifteen minutes, then twice as long each time") {
  Office office;
  for (int i = 0; i < 4; ++i)
    CHECK(office.try_sign_in("hoa", "sai mật khẩu rồi").outcome.kind == Kind::wrong);
  const auto fifth = office.try_sign_in("hoa", "sai mật khẩu rồi").outcome;
  REQUIRE(fifth.kind == Kind::locked);
  CHECK(fifth.locked_until == office.now + minutes(15));
  CHECK(office.try_sign_in("hoa", right).outcome.kind == Kind::locked);

  office.now += minutes(15);
  const auto sixth = office.try_sign_in("hoa", "sai mật khẩu rồi").outcome;
  CHECK(sixth.locked_until == office.now + minutes(30));
  office.now += minutes(30);
  CHECK(office.try_sign_in("hoa", right).outcome.kind == Kind::signed_in);
  // Signing in clears the account of its failures.
  CHECK(office.try_sign_in("hoa", "sai mật khẩu rồi").outcome.kind == Kind::wrong);
}

TEST_CASE("the lock grows up to a day") {
  const Instant at = test::monday;
  CHECK_FALSE(locked_until(4, at).has_value());
  CHECK(locked_until(5, at) == at + minutes(15));
  CHECK(locked_until(7, at) == at + minutes(60));
  CHECK(locked_until(11, at) == at + hours(16));
  CHECK(locked_until(12, at) == at + hours(24));
  CHECK(locked_until(1'000'000, at) == at + hours(24));
}

TEST_CASE("a login that does not exist is locked just like one that does") {
  Office office;
  for (int i = 0; i < 4; ++i)
    CHECK(office.try_sign_in("khong-co", "gì cũng được mà").outcome.kind == Kind::wrong);
  CHECK(office.try_sign_in("khong-co", "gì cũng được mà").outcome.locked_until ==
        office.now + minutes(15));
}

TEST_CASE("guesses made at once count before the right one among them") {
  Office office;
  std::vector<SignInCheck> checks;
  checks.reserve(6);
  for (int i = 0; i < 6; ++i)
    checks.push_back(office.read([&](db::Read& read) {
      return check_sign_in(read, "hoa", i < 5 ? "đoán mò mật khẩu" : right, office.random,
                           office.now);
    }));
  CHECK(checks.back().is_right);
  for (const SignInCheck& check : checks) {
    const auto outcome =
        office.write([&](db::Write& write) { return finish_sign_in(write, check, office.now); });
    CHECK(outcome.value().kind != Kind::signed_in);
  }
}

TEST_CASE("failures are forgotten after a day, and no table holds what was typed") {
  Office office;
  for (int i = 0; i < 4; ++i) office.try_sign_in("hoa", "sai mật khẩu rồi");
  const auto rows = [&] {
    return office.read([](db::Read& read) {
      return read.all("SELECT login_hash FROM people_attempt",
                      [](const db::Row& row) { return row.text(0); });
    });
  };
  REQUIRE(rows().size() == 1);
  CHECK(rows()[0].find("hoa") == std::string::npos);
  office.now += hours(24);
  CHECK(office.try_sign_in("hoa", "sai mật khẩu rồi").outcome.kind == Kind::wrong);
  office.now += hours(25);
  keep_sessions(office.database, office.now);
  CHECK(rows().empty());
}

TEST_CASE("a session ends after 60 minutes without a request, and after 12 hours in any case") {
  Office office;
  const std::string token = office.token_of_hoa();
  const Instant start = office.now;
  office.now = start + minutes(59);
  CHECK(office.who_is(token).ok());  // This request counts, though it only read.
  office.now += minutes(59);
  CHECK(office.who_is(token).ok());
  office.now += minutes(60);
  CHECK(office.who_is(token).error().kind == ErrorKind::sign_in);

  office.now = start;
  const std::string busy = office.token_of_hoa("t1");
  for (; office.now < start + hours(12); office.now += minutes(30)) CHECK(office.who_is(busy).ok());
  CHECK_FALSE(office.who_is(busy).ok());
}

TEST_CASE("the job keeps what memory saw, and removes sessions that are over") {
  Office office;
  const std::string token = office.token_of_hoa(), idle = office.token_of_hoa("t1");
  const Instant start = office.now;
  office.now = start + minutes(50);
  CHECK(office.who_is(token).ok());
  office.now = start + minutes(70);
  keep_sessions(office.database, office.now);
  CHECK(presence().all().empty());
  CHECK(office.who_is(token).ok());
  CHECK_FALSE(office.who_is(idle).ok());
  const auto left = office.read([](db::Read& read) {
    return read.all("SELECT count(*) FROM people_session",
                    [](const db::Row& row) { return row.integer(0); });
  });
  CHECK(left[0] == 1);
}

TEST_CASE("signing out ends the session, and the database holds no token") {
  Office office;
  const auto in = office.try_sign_in("hoa", right);
  const auto stored = office.read([](db::Read& read) {
    return read.one("SELECT token_hash FROM people_session",
                    [](const db::Row& row) { return row.text(0); });
  });
  CHECK(stored->find(in.token) == std::string::npos);
  CHECK(in.token.size() == 64);
  CHECK_FALSE(office.who_is(*stored).ok());
  for (int twice = 0; twice < 2; ++twice)
    CHECK(office.write([&](db::Write& write) { return sign_out(write, in.token); }).ok());
  CHECK(office.who_is(in.token).error().kind == ErrorKind::sign_in);
  CHECK(office.who_is("").error().kind == ErrorKind::sign_in);
}

TEST_CASE("each sign-in draws a new token, so one planted before is worth nothing") {
  Office office;
  const auto first = office.try_sign_in("hoa", right), second = office.try_sign_in("hoa", right);
  CHECK(first.token != second.token);
  CHECK_FALSE(office.who_is(std::string(64, 'a')).ok());
}

TEST_CASE("who may do what, where") {
  Office office;
  const std::string token = office.token_of_hoa();
  CHECK(office.who_is<Officer>(token).error().kind == ErrorKind::forbidden);
  office.give(Role::handler, office.ward);

  const auto officer = office.who_is<Officer>(token);
  REQUIRE(officer.ok());
  CHECK(officer.value().may_act_for(office.ward.path));
  CHECK(officer.value().may(Role::handler, office.ward.path + "9/"));
  CHECK_FALSE(officer.value().may(Role::head, office.ward.path));
  CHECK_FALSE(officer.value().may_act_for(office.other_ward.path));
  CHECK_FALSE(officer.value().may_act_for(office.city.path));
  CHECK(office.who_is<Ombudsman>(token).error().kind == ErrorKind::forbidden);
  CHECK(office.who_is<Supervisor>(token).error().kind == ErrorKind::forbidden);
  CHECK(office.who_is<Administrator>(token).error().kind == ErrorKind::forbidden);
  CHECK(office.who_is<Officer>("nobody").error().kind == ErrorKind::sign_in);

  // An ombudsman of the city may not act for a ward as an officer.
  office.give(Role::ombudsman, office.city);
  CHECK(office.who_is<Ombudsman>(token).value().may_act_for(office.ward.path));
  CHECK_FALSE(office.who_is<Officer>(token).value().may_act_for(office.other_ward.path));
  office.give(Role::triage, office.city);
  CHECK(office.who_is<Officer>(token).value().tops() == std::vector{office.city.path});
}

TEST_CASE("a revoked role is gone at the next request, and granting twice is fine") {
  Office office;
  const std::string token = office.token_of_hoa();
  office.give(Role::head, office.ward);
  office.give(Role::head, office.ward);
  CHECK(office.who_is(token).value().grants().size() == 1);
  for (int twice = 0; twice < 2; ++twice)
    CHECK(office
              .write([&](db::Write& write) {
                return revoke(write, office.hoa, Role::head, office.ward.id, office.now);
              })
              .ok());
  CHECK(office.who_is<Officer>(token).error().kind == ErrorKind::forbidden);
  office.give(Role::head, office.ward);
  CHECK(office.who_is<Officer>(token).ok());
  const auto heads =
      office.read([&](db::Read& read) { return holders_of(read, Role::head, office.ward.id); });
  REQUIRE(heads.size() == 1);
  CHECK(heads[0].login == "hoa");
}

TEST_CASE("a disabled account is out at once and cannot come back until enabled") {
  Office office;
  const std::string token = office.token_of_hoa();
  REQUIRE(office.write([&](db::Write& write) { return disable_account(write, "hoa", office.now); })
              .ok());
  CHECK_FALSE(office.who_is(token).ok());
  CHECK(office.try_sign_in("hoa", right).outcome.kind == Kind::wrong);
  CHECK_FALSE(office
                  .write([&](db::Write& write) {
                    return open_session(write, office.hoa, "t9", office.now);
                  })
                  .ok());
  REQUIRE(office.write([&](db::Write& write) { return enable_account(write, "hoa"); }).ok());
  CHECK(office.try_sign_in("hoa", right).outcome.kind == Kind::signed_in);
}

TEST_CASE("a session that outlived its account's disabling is worth nothing") {
  Office office;
  const std::string token = office.token_of_hoa();
  REQUIRE(office
              .write([&](db::Write& write) -> Result<Done> {
                set_disabled(write, office.hoa, office.now);
                return Done{};
              })
              .ok());
  CHECK(office.who_is(token).error().kind == ErrorKind::sign_in);
}

TEST_CASE("changing the password ends every other session; a reset ends all and unlocks") {
  Office office;
  const std::string mine = office.token_of_hoa("t1"), stolen = office.token_of_hoa("t2");
  const Staff staff = office.who_is(mine).value();
  const auto old_hash =
      office.read([&](db::Read& read) { return find_account(read, "hoa")->password_hash; });
  const std::string next = hash_password("câu mới dài hơn", office.random, test_cost);
  const auto change = [&](std::string_view checked) {
    return office.write(
        [&](db::Write& write) { return change_password(write, staff, checked, next, mine); });
  };
  CHECK(change("another hash").error().kind == ErrorKind::conflict);
  CHECK(change(old_hash).ok());
  CHECK(office.who_is(mine).ok());
  CHECK_FALSE(office.who_is(stolen).ok());
  CHECK(office.try_sign_in("hoa", "câu mới dài hơn").outcome.kind == Kind::signed_in);

  for (int i = 0; i < 5; ++i) office.try_sign_in("hoa", "sai mật khẩu rồi");
  const std::string reset = hash_password(right, office.random, test_cost);
  REQUIRE(office.write([&](db::Write& write) { return reset_password(write, "hoa", reset); }).ok());
  CHECK_FALSE(office.who_is(mine).ok());
  CHECK(office.try_sign_in("hoa", right).outcome.kind == Kind::signed_in);
  CHECK(office.write([&](db::Write& write) { return reset_password(write, "nam", reset); })
            .error()
            .kind == ErrorKind::not_found);
}

TEST_CASE("a password changed between check and finish signs nobody in") {
  Office office;
  const SignInCheck check = office.read(
      [&](db::Read& read) { return check_sign_in(read, "hoa", right, office.random, office.now); });
  const std::string next = hash_password("câu mới dài hơn", office.random, test_cost);
  REQUIRE(office.write([&](db::Write& write) { return reset_password(write, "hoa", next); }).ok());
  const auto outcome =
      office.write([&](db::Write& write) { return finish_sign_in(write, check, office.now); });
  CHECK(outcome.value().kind == Kind::wrong);
}

TEST_CASE("accounts are refused for what is wrong with them") {
  Office office;
  const auto add = [&](std::string_view login, std::string_view name, std::string_view language) {
    const auto added = office.write([&](db::Write& write) {
      return add_account(write,
                         {.login = login, .name = name, .password_hash = "x", .language = language},
                         office.now);
    });
    return added.ok() ? std::string_view("added") : added.error().text.name();
  };
  CHECK(add("hoa", "Hoa", "vi") == "people.error.login_taken");
  CHECK(add("Nam", "Nam", "vi") == "people.error.login");
  CHECK(add("n", "Nam", "vi") == "people.error.login");
  CHECK(add("1nam", "Nam", "vi") == "people.error.login");
  CHECK(add("nam hai", "Nam", "vi") == "people.error.login");
  CHECK(add("nam", " ", "vi") == "people.error.name");
  CHECK(add("nam", std::string(101, 'a'), "vi") == "people.error.name");
  CHECK(add("nam", "Nam", "fr") == "people.error.language");
  CHECK(add("nam.2", "Nam", "en") == "added");
}

TEST_CASE("a password is long enough, and not one anybody would try") {
  CHECK(wrong_with_password("mười hai ký", "hoa").name() == "people.error.password_short");
  CHECK(wrong_with_password("mười hai ký!", "hoa").is_none());
  CHECK(wrong_with_password(std::string(128, 'a') + "b", "hoa").name() ==
        "people.error.password_long");
  CHECK(wrong_with_password("ăăăăăăăăăăăăăăă", "hoa").name() == "people.error.password_easy");
  CHECK(wrong_with_password("Nguyen.Van.Hoa", "nguyen.van.hoa").name() ==
        "people.error.password_easy");
  CHECK(wrong_with_password("\xC3 mười hai ký!", "hoa").name() == "people.error.password_utf8");
}

TEST_CASE("password hashes are Argon2id as every library reads it, salted, and tell their cost") {
  SeededRandom random{1};
  const std::string one = hash_password(right, random, {2, 128 << 10});
  CHECK(one.starts_with("$argon2id$v=19$m=128,t=2,p=1$"));
  CHECK(one != hash_password(right, random, {2, 128 << 10}));
  CHECK(is_password(one, right));
  CHECK_FALSE(is_password(one, "một câu dễ nhơ"));
  CHECK_FALSE(is_password("", ""));
  CHECK_FALSE(is_password(std::string(1'000, '$'), right));
  CHECK(cost_of(one).passes == 2);
  CHECK(cost_of(one).memory == 128 << 10);
  CHECK(cost_of("nonsense").memory == interactive_cost.memory);
  const std::string made = make_password(random);
  CHECK(made.size() == 24);
  CHECK(wrong_with_password(made, "hoa").is_none());
}

}  // namespace ln::people
