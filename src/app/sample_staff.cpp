#include "app/sample_staff.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "app/sample_texts.h"
#include "core/people/people_actions.h"
#include "core/people/people_password.h"
#include "core/people/people_seal.h"
#include "core/people/people_store.h"
#include "core/units/units_store.h"
#include "engine/text/text.h"
#include "platform/file/file.h"

namespace ln::app {
namespace {

using people::Role;

// Where the city's own people sit.
struct Seat {
  std::string_view login;
  Role role;
  std::string_view unit;
};
constexpr std::string_view city_code = "01";
constexpr Seat city_seats[] = {
    {"dieuphoi", Role::triage, city_code},     {"lanhdao", Role::head, city_code},
    {"xuly", Role::handler, city_code},        {"baomat", Role::ombudsman, city_code},
    {"giamsat", Role::supervisor, "mat-tran"}, {"quantri", Role::administrator, city_code},
    {"tiepnhan", Role::clerk, city_code},
};
constexpr std::string_view departments[] = {
    "so-noi-vu",      "so-xay-dung", "so-giao-duc",    "so-y-te",
    "so-tai-chinh",   "so-tu-phap",  "so-van-hoa",     "so-nong-nghiep-moi-truong",
    "so-cong-thuong", "thanh-tra",   "van-phong-ubnd",
};

// A refusal here is a fault of the sample's own lists.
template <class T>
T expect(Result<T> result, const std::string& what) {
  if (!result.ok()) throw std::logic_error("the sample was refused: " + what);
  return std::move(result).value();
}

units::Unit unit_of(db::Read& read, std::string_view code, Instant now) {
  auto found = units::find_on(read, code, local_day(now));
  if (!found) throw std::logic_error("the sample has no unit " + std::string(code));
  return *std::move(found);
}

// "Xã Hương Sơn" → "huong-son"
std::string slug_of(const units::Unit& unit) {
  std::string slug = text::fold(units::bare_name(unit.name, unit.type));
  std::ranges::replace(slug, ' ', '-');
  return slug;
}

// Makes accounts, all with one password, and signs each of them in.
class Office {
 public:
  Office(db::Write& write, Random& random, Instant now, std::vector<std::string>& tokens)
      : write_(write), random_(random), now_(now), tokens_(tokens) {
    hash_ = people::hash_password(sample_password, random, people::test_cost);
  }

  people::Staff employ(const std::string& login, Role role, const units::Unit& unit) {
    const std::string name = SampleTexts::built_in().name(random_);
    const auto id = expect(
        people::add_account(write_, {.login = login, .name = name, .password_hash = hash_}, now_),
        login);
    static_cast<void>(expect(people::grant(write_, id, role, unit.id, now_), login));
    const std::string token = people::make_password(random_);
    static_cast<void>(expect(people::open_session(write_, id, token, now_), login));
    tokens_.push_back(token);
    auto staff = people::SignIn::staff_of(write_, people::hash_of(token), now_);
    if (!staff) throw std::logic_error("nobody is signed in as " + login);
    return *std::move(staff);
  }

 private:
  db::Write& write_;
  Random& random_;
  Instant now_;
  std::vector<std::string>& tokens_;
  std::string hash_;
};

}  // namespace

SampleStaff::SampleStaff(db::Database& database,
                         std::vector<units::Unit> busiest,
                         Random& random,
                         Instant now) {
  const auto done = database.write([&](db::Write& write) -> Result<Done> {
    Office office(write, random, now, tokens_);
    const auto employ = [&](const std::string& login, Role role, const units::Unit& unit,
                            bool is_shown) {
      people::Staff staff = office.employ(login, role, unit);
      if (is_shown) logins_.push_back({login, staff.name(), unit.name, role});
      return staff;
    };
    std::optional<people::Officer> city_head, city_handler;
    for (const Seat& seat : city_seats) {
      const people::Staff staff = employ(std::string(seat.login), seat.role,
                                         unit_of(write, seat.unit, now), seat.role != Role::clerk);
      if (seat.role == Role::head) city_head = people::Officer::of(staff);
      if (seat.role == Role::handler) city_handler = people::Officer::of(staff);
      if (seat.role == Role::ombudsman) ombudsman_ = people::Ombudsman::of(staff);
      if (seat.role == Role::supervisor) supervisor_ = people::Supervisor::of(staff);
      if (seat.role == Role::clerk) clerk_id_ = staff.id().value;
    }
    teams_.emplace(unit_of(write, city_code, now).path, SampleTeam{*city_head, *city_handler});
    const auto add_team = [&](const units::Unit& unit, const std::string& login, bool is_shown) {
      const people::Staff head = employ(login + ".lanhdao", Role::head, unit, is_shown);
      const people::Staff handler = employ(login + ".xuly", Role::handler, unit, is_shown);
      teams_.emplace(unit.path,
                     SampleTeam{*people::Officer::of(head), *people::Officer::of(handler)});
    };
    std::vector<std::string> slugs;
    for (const units::Unit& unit : busiest) {
      std::string slug = slug_of(unit);
      if (std::ranges::find(slugs, slug) != slugs.end()) slug += "-" + unit.code;
      slugs.push_back(slug);
      add_team(unit, slug, slugs.size() == 1);
    }
    for (const std::string_view code : departments)
      add_team(unit_of(write, code, now), std::string(code), false);
    return Done{};
  });
  if (!done.ok()) throw std::logic_error("the sample's accounts were refused");
}

const SampleTeam& SampleStaff::team_for(std::string_view path) const {
  while (path.size() > 1) {
    if (const auto found = teams_.find(path); found != teams_.end()) return found->second;
    path.remove_suffix(1);
    path = path.substr(0, path.rfind('/') + 1);
  }
  throw std::logic_error("nobody in the sample acts for a unit outside the city");
}

std::vector<people::Staff> SampleStaff::heads() const {
  std::vector<people::Staff> all;
  for (const auto& [path, team] : teams_) all.push_back(team.head.staff());
  return all;
}

void SampleStaff::sign_out(db::Database& database) const {
  const auto done = database.write([&](db::Write& write) -> Result<Done> {
    for (const std::string& token : tokens_) static_cast<void>(people::sign_out(write, token));
    return Done{};
  });
  static_cast<void>(expect(done, "signing out"));
}

void install_sample_holders(db::Database& database,
                            const std::string& folder,
                            Random& random,
                            Instant now) {
  std::filesystem::create_directories(folder + "/holders");
  for (const char slot : {'A', 'B', 'C'}) {
    const people::KeyPair pair = people::make_key_pair(random);
    const people::Holder holder{slot, SampleTexts::built_in().name(random), pair.public_key};
    static_cast<void>(expect(database.write([&](db::Write& write) {
      return people::install_holder(write, holder, now);
    }),
                             "a holder"));
    file::write_file_durably(folder + "/holders/" + slot + ".key",
                             people::to_key_file(pair, "", random));
  }
}

}  // namespace ln::app
