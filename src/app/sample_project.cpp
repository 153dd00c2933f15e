// What happens in the sample's land clearance.
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "app/sample_play.h"
#include "base/text.h"
#include "core/people/people_actions.h"
#include "core/people/people_citizen.h"
#include "core/people/people_code.h"
#include "core/people/people_password.h"
#include "feature/project/project_actions.h"
#include "feature/project/project_actions_household.h"

namespace ln::app {
namespace {

using project::Amounts;

constexpr std::chrono::days one_day{1};
constexpr int households_count = 40;
constexpr std::size_t own_count = 24;  // so many took a secret of their own

constexpr const char* family_names[] = {"Nguyễn", "Trần", "Lê",   "Phạm",
                                        "Hoàng",  "Vũ",   "Đặng", "Bùi"};
constexpr const char* given_names[] = {"An",   "Bình",  "Chi", "Dung", "Giang",
                                       "Hạnh", "Khánh", "Lan", "Minh", "Nga"};
constexpr const char* asked_words[] = {
    "Nhà tôi đo thiếu phần sân sau, xin đo lại có mặt gia đình.",
    "Mái hiên và bể nước chưa được tính trong phần vật kiến trúc.",
    "Thửa này là đất ở từ trước năm 1980, xin xem lại loại đất.",
    "Gia đình thuộc diện được hỗ trợ thuê nhà mà chưa thấy ghi.",
};
constexpr const char* again_words = "Đã đo lại nhưng vẫn thiếu đoạn giáp mương, xin xem tiếp.";
constexpr const char* fixed_words =
    "Đã đo lại cùng gia đình, có biên bản: diện tích tăng như ghi ở bảng bên dưới.";
constexpr const char* kept_words =
    "Đã xem hồ sơ địa chính và biên bản kiểm đếm hai bên cùng ký: số ghi là đúng, giữ nguyên.";

template <class T>
T sure(Result<T> result, std::string_view what) {
  if (!result.ok())
    throw std::logic_error("the sample's project was refused: " + std::string(what) + ", " +
                           std::string(result.error().text.name()));
  return std::move(result).value();
}

struct Site {
  db::Database& database;
  const SampleTeam& team;
  const units::Unit& unit;
  const people::Officer& clerk;
  Random& random;
  project::ProjectId id{};
  std::vector<project::Letter> letters{};

  project::OfficeAct act(const people::Officer& officer, Instant at) const {
    const auto p = database.read([&](db::Read& read) { return project::find(read, id); });
    return {.officer = officer,
            .id = id,
            .revision = p ? p->revision : 0,
            .salts = ledger::draw(random),
            .now = at};
  }
  template <class What>
  auto as_head(What what, Instant at, std::string_view name) const {
    const auto doing = act(team.head, at);
    return sure(database.write([&](db::Write& write) { return what(write, doing); }), name);
  }
};

// The ward's clerk takes the files in: who answers may not. Signed out again at once.
people::Officer hire_clerk(db::Database& database,
                           const SampleStaff& staff,
                           const units::Unit& unit,
                           Random& random,
                           Instant now) {
  std::string login = "vanthu";
  for (const SampleLogin& each : staff.logins())
    if (each.role == people::Role::head && each.unit == unit.name)
      login = each.login.substr(0, each.login.find('.')) + "." + login;
  const std::string hash = people::hash_password(sample_password, random, people::test_cost);
  const std::string token = people::make_password(random);
  return sure(database.write([&](db::Write& write) -> Result<people::Officer> {
    TRY(const people::AccountId id,
        people::add_account(
            write, {.login = login, .name = "Nguyễn Thị Mai", .password_hash = hash}, now));
    TRY([[maybe_unused]] const Done granted,
        people::grant(write, id, people::Role::clerk, unit.id, now));
    TRY([[maybe_unused]] const Done opened, people::open_session(write, id, token, now));
    const auto signed_in = people::SignIn::staff_of(write, people::hash_of(token), now);
    const auto officer = signed_in ? people::Officer::of(*signed_in) : std::nullopt;
    static_cast<void>(people::sign_out(write, token));
    if (!officer) return Error{ErrorKind::forbidden, "project.error.none"_t};
    return *officer;
  }),
              "a clerk");
}

project::ItemTyped document(project::ItemKind kind,
                            const char* number,
                            const char* title,
                            const std::string& text,
                            Instant at) {
  return {.kind = kind,
          .document = number,
          .title = title,
          .text = text,
          .dated_on = local_day(at) - one_day};
}

void announce_project(Site& site, Instant at) {
  using project::ItemKind;
  const auto made = sure(
      project::prepare(
          site.team.head, site.unit,
          {.name_vi = "Mở rộng đường Ven Sông, đoạn qua " + site.unit.name,
           .name_en = "Widening Riverside Road",
           .summary = "Mở đường từ 7 m lên 21 m, làm vỉa hè và cống thoát nước; thu hồi đất của "
                      "bốn mươi hộ ở hai bên đường.",
           .decision = document(ItemKind::decision, "1207/QĐ-UBND", "Quyết định phê duyệt dự án",
                                "Phê duyệt dự án mở rộng đường Ven Sông. Khởi công khi đã chi trả "
                                "xong cho các hộ. Đơn vị trả lời các hộ: Ủy ban nhân dân phường.",
                                at)},
          site.random, at),
      "prepare");
  site.id =
      sure(site.database.write([&](db::Write& write) { return project::announce(write, made); }),
           "announce")
          .id;
  const auto publish = [&](const project::ItemTyped& item, Instant when) {
    site.as_head(
        [&](db::Write& write, const project::OfficeAct& doing) {
          return project::publish(write, doing, item);
        },
        when, item.title);
  };
  publish(document(ItemKind::prices, "1315/QĐ-UBND", "Bảng giá đất để tính bồi thường",
                   "ONT; Đất ở; 42.000.000\nCLN; Đất trồng cây lâu năm; 1.200.000\n"
                   "HNK; Đất trồng cây hằng năm; 950.000",
                   at + one_day),
          at + one_day);
  publish(document(ItemKind::plan, "1402/PA-UBND", "Phương án bồi thường, hỗ trợ, tái định cư",
                   "Mỗi hộ được bồi thường theo diện tích đo thực tế và bảng giá đã công bố. Nhà, "
                   "vật kiến trúc, cây trồng tính theo kiểm đếm có mặt gia đình. Hộ phải di chuyển "
                   "chỗ ở được hỗ trợ thuê nhà sáu tháng và nhận lô tái định cư ở cùng phường.",
                   at + one_day * 2),
          at + one_day * 2);
}

void take_in_files(Site& site, Instant at) {
  std::string text = "ho,chu_ho,dia_chi,thua_dat,dien_tich,loai_dat,vat_kien_truc,ho_tro\n";
  for (int n = 1; n <= households_count; ++n) {
    const auto index = static_cast<std::size_t>(n);
    const std::string number = std::to_string(n);
    text += "H-" + number + "," + family_names[index % std::size(family_names)] + " Văn " +
            given_names[index % std::size(given_names)] + ",Số " + number +
            " đường Ven Sông,\"Tờ 12, thửa " + std::to_string(100 + n) + "\",\"" +
            std::to_string(18 + n % 40) + ",5\",ONT," + std::to_string(60 + n) + ".000.000," +
            "30.000.000\n";
  }
  const auto p = site.database.read([&](db::Read& read) { return project::find(read, site.id); });
  const auto prices =
      site.database.read([&](db::Read& read) { return project::prices_in_force(read, site.id); });
  const auto file = sure(project::read_file(text, prices, {}), "file");
  const auto doing = site.act(site.clerk, at);
  const auto made = sure(project::prepare_letters(doing, *p, file, site.random), "letters");
  site.letters = sure(
      site.database.write([&](db::Write& write) { return project::take_in(write, doing, made); }),
      "take in");
  for (std::size_t n = 0; n < own_count; ++n) {
    project::Letter& letter = site.letters[n];
    const project::HouseholdAct changes{.citizen = people::Citizen(letter.secret),
                                        .code = *letter.household.code,
                                        .salts = ledger::draw(site.random),
                                        .now = at + one_day * 3};
    const std::string secret = people::draw_secret(site.random);
    const auto key = people::Citizen(secret).key().public_key();
    sure(site.database.write(
             [&](db::Write& write) { return project::change_secret(write, changes, key); }),
         "a secret");
    letter.secret = secret;
  }
}

project::Question ask(const Site& site, std::size_t n, const std::string& body, Instant at) {
  const project::Letter& letter = site.letters[n];
  const project::HouseholdAct doing{.citizen = people::Citizen(letter.secret),
                                    .code = *letter.household.code,
                                    .salts = ledger::draw(site.random),
                                    .now = at};
  const project::Asking asking{
      .seq = 1, .body = body, .question = project::Code::draw(site.random)};
  return sure(
      site.database.write([&](db::Write& write) { return project::ask(write, doing, asking); }),
      body);
}

void answer(const Site& site, const project::Question& question, bool is_fixed, Instant at) {
  project::Answer given{.code = *question.code, .words = is_fixed ? fixed_words : kept_words};
  if (is_fixed) {
    const auto line =
        site.database.read([&](db::Read& read) { return project::find_line(read, question.line); });
    given.after = line->amounts;
    given.after->area += 150;
  }
  const auto doing = site.act(site.team.handler, at);
  sure(site.database.write([&](db::Write& write) { return project::answer(write, doing, given); }),
       given.words);
}

struct Plan {
  Instant opens{};
  std::size_t first = 0, asks = 0, fixed = 0, waits = 0;
};
// `asks` households ask, of `fixed` a line is put right; the last `waits` get no answer yet.
void play_round(const Site& site, const Plan& plan, bool closes) {
  constexpr int asks_days = 20;
  site.as_head(
      [&](db::Write& write, const project::OfficeAct& doing) {
        return project::open_round(write, doing, local_day(plan.opens) + one_day * asks_days);
      },
      plan.opens, "open");
  for (std::size_t n = 0; n < plan.asks; ++n) {
    const Instant at = plan.opens + one_day + std::chrono::hours(n * 3);
    const bool is_again = plan.first > 0 && n == 0;
    const auto question = ask(site, plan.first + n,
                              is_again ? again_words : asked_words[n % std::size(asked_words)], at);
    if (n + plan.waits < plan.asks) answer(site, question, n < plan.fixed, at + one_day * 2);
  }
  if (closes) site.as_head(project::close_round, plan.opens + one_day * (asks_days + 2), "close");
}

}  // namespace

void play_project(db::Database& database,
                  const SampleStaff& staff,
                  const units::Unit& unit,
                  Random& random,
                  Instant now) {
  const people::Officer clerk = hire_clerk(database, staff, unit, random, now);
  Site site{database, staff.team_for(unit.path), unit, clerk, random, {}, {}};
  const Instant day = at_local(local_day(now), std::chrono::hours(9));
  announce_project(site, day - one_day * 130);
  take_in_files(site, day - one_day * 120);
  play_round(site, {.opens = day - one_day * 110, .first = 0, .asks = 24, .fixed = 12}, true);
  play_round(site, {.opens = day - one_day * 60, .first = 8, .asks = 13, .fixed = 3}, true);
  play_round(site, {.opens = day - one_day * 6, .first = 12, .asks = 9, .fixed = 2, .waits = 4},
             false);
}

}  // namespace ln::app
