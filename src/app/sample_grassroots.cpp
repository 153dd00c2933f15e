#include "app/sample_grassroots.h"

#include <stdexcept>
#include <string>
#include <vector>

#include "base/text.h"
#include "feature/ballot/ballot_actions.h"
#include "feature/disclosure/disclosure_actions.h"

namespace ln::app {
namespace {

constexpr std::chrono::days village_day{1};

template <class T>
T did(Result<T> result, std::string_view what) {
  if (!result.ok())
    throw std::logic_error("the sample's village was refused: " + std::string(what) + ", " +
                           std::string(result.error().text.name()));
  return std::move(result).value();
}

struct Commune {
  db::Database& database;
  const SampleTeam& team;
  const units::Unit& unit;
  Random& random;
  ballot::BallotId id{};
  std::vector<ballot::Printed> slips{};

  ballot::RunAct run(Instant at) const {
    const auto b = database.read([&](db::Read& read) { return ballot::find(read, id); });
    return {team.head, id, b->revision, ledger::draw(random), at};
  }
};

std::string numbers_to(int count) {
  std::string all;
  for (int n = 1; n <= count; ++n) all += std::to_string(n) + "\n";
  return all;
}

void announce_and_print(Commune& commune, const ballot::Typed& typed, Instant at) {
  const auto posted = commune.database.read(
      [&](db::Read& read) { return ballot::posting_of(read, commune.unit, typed); });
  const auto made =
      did(ballot::prepare(commune.team.head, commune.unit, typed, commune.random, at, posted),
          "prepare");
  commune.id =
      did(commune.database.write([&](db::Write& write) { return ballot::announce(write, made); }),
          "announce")
          .id;
  commune.slips.clear();
  for (bool any = true; any;) {
    std::vector<ballot::Drawn> drawn;
    for (std::size_t n = 0; n < ballot::slips_at_once; ++n)
      drawn.push_back(ballot::draw_slip(commune.random));
    const ballot::RunAct act = commune.run(at);
    const auto printed = did(
        commune.database.write([&](db::Write& write) { return ballot::issue(write, act, drawn); }),
        "slips");
    any = !printed.empty();
    commune.slips.insert(commune.slips.end(), printed.begin(), printed.end());
  }
}

void vote(const Commune& commune, std::size_t household, std::int64_t choice, Instant at) {
  const auto questions =
      commune.database.read([&](db::Read& read) { return ballot::questions_of(read, commune.id); });
  const ballot::Printed& slip = commune.slips.at(household);
  const ballot::Cast cast{
      *ballot::Code::parse(slip.code), people::Citizen(slip.secret),
      did(ballot::read_votes(questions,
                             std::vector<std::optional<std::int64_t>>(questions.size(), choice),
                             commune.random),
          "choices"),
      ledger::draw(commune.random), at};
  did(commune.database.write([&](db::Write& write) { return ballot::cast(write, cast); }), "vote");
}

void play_counted(Commune& commune, Instant now) {
  const Instant told = now - village_day * 30, opens = now - village_day * 25,
                closes = now - village_day * 18;
  announce_and_print(
      commune,
      {.area = "Tổ dân phố số 4",
       .title_vi = "Góp tiền làm lại đường ngõ 86",
       .title_en = "Households pay for a new surface of lane 86",
       .summary =
           "Đường ngõ 86 dài 240 m đã vỡ. Phường lo xi măng và máy trộn, mỗi hộ góp 1,5 triệu "
           "đồng; hộ nghèo được miễn. Thu chi công khai từng khoản.",
       .rule = "contribution",
       .households = numbers_to(48),
       .opens_at = opens,
       .closes_at = closes,
       .questions = {{"Có góp tiền làm lại đường ngõ 86 không? | Do households pay for lane 86?",
                      "Đồng ý góp 1,5 triệu đồng | Yes, 1.5 million\nKhông đồng ý | No"}}},
      told);
  const Instant at = opens + std::chrono::hours(5);
  for (std::size_t n = 0; n < 31; ++n)
    vote(commune, n, n % 8 == 7 ? 2 : 1, at + village_day * (n / 8));
  for (std::size_t n = 31; n < 42; ++n) {
    const ballot::Printed& slip = commune.slips.at(n);
    const ballot::HandIn act{commune.team.handler,
                             commune.id,
                             *ballot::Code::parse(slip.code),
                             people::Citizen(slip.secret),
                             ledger::draw(commune.random),
                             closes - std::chrono::hours(8)};
    did(commune.database.write([&](db::Write& write) { return ballot::hand_in(write, act); }),
        "slip");
  }
  for (const people::Officer* each : {&commune.team.handler, &commune.team.head}) {
    const ballot::CountAct act{*each,
                               commune.id,
                               {{1, 8, 2}},
                               std::string(as_text(commune.random.bytes<32>())),
                               closes + std::chrono::hours(1)};
    did(commune.database.write([&](db::Write& write) { return ballot::type_count(write, act); }),
        "count");
  }
}

void play_open(Commune& commune, Instant now) {
  const Instant told = now - village_day * 9;
  announce_and_print(
      commune,
      {.area = "Tổ dân phố số 7",
       .title_vi = "Quy ước của tổ dân phố: giờ đổ rác và giữ yên tĩnh",
       .title_en = "Convention of the group: rubbish and quiet hours",
       .summary =
           "Dự thảo đã niêm yết 30 ngày tại nhà văn hóa và trên trang lấy ý kiến. Các hộ quyết "
           "định hai điểm còn khác nhau.",
       .rule = "convention",
       .households = numbers_to(62),
       .opens_at = now - village_day * 4,
       .closes_at = now + village_day * 10,
       .questions = {{"Đổ rác vào giờ nào? | When is rubbish put out?",
                      "18 giờ đến 20 giờ | 6 to 8 in the evening\n5 giờ đến 7 giờ sáng | 5 to 7 in "
                      "the morning"},
                     {"Giữ yên tĩnh từ mấy giờ? | Quiet from when?",
                      "22 giờ | 10 in the evening\n21 giờ | 9 in the evening\nKhông quy định | No "
                      "rule"}},
       .posted_on = local_day(now - village_day * 40)},
      told);
  for (std::size_t n = 0; n < 23; ++n)
    vote(commune, n, static_cast<std::int64_t>(n % 3 == 0 ? 2 : 1),
         now - village_day * 3 + std::chrono::hours(n));
}

disclosure::DisclosureId owe(const Commune& commune,
                             const std::string& item,
                             const std::string& title,
                             Instant at) {
  const auto checked =
      did(disclosure::check(commune.team.handler, commune.unit,
                            {.item = item, .title = title, .decided_on = local_day(at)}, at),
          title);
  return did(commune.database.write(
                 [&](db::Write& write) { return disclosure::owe(write, checked); }),
             title)
      .id;
}

void post(const Commune& commune,
          disclosure::DisclosureId id,
          const disclosure::TypedPost& typed,
          Instant at) {
  const disclosure::OfficerAct act{commune.team.handler, ledger::draw(commune.random), at};
  did(commune.database.write(
          [&](db::Write& write) { return disclosure::post(write, act, id, typed); }),
      "post");
}

disclosure::Question ask(const Commune& commune,
                         disclosure::DisclosureId id,
                         const std::string& body,
                         Instant at) {
  const auto prepared = did(commune.database.read([&](db::Read& read) {
    return disclosure::prepare_question(read, id, body, commune.random, at);
  }),
                            body);
  return did(commune.database.write(
                 [&](db::Write& write) { return disclosure::ask(write, prepared); }),
             body)
      .question;
}

constexpr const char* road_account =
    "Thu: 42 hộ góp 1,5 triệu đồng, tổng 63.000.000 đồng; 6 hộ được miễn.\n"
    "Chi: đá, cát 21.400.000 đồng; thuê máy trộn 9.000.000 đồng; nhân công 24.600.000 đồng.\n"
    "Còn lại 8.000.000 đồng chuyển sang quỹ sửa chữa, ban giám sát cộng đồng đã ký xác nhận.";

void play_disclosures(const Commune& commune, Instant now) {
  const auto budget =
      owe(commune, "budget", "Quyết toán ngân sách 9 tháng của phường", now - village_day * 45);
  post(commune, budget,
       {.body = "Thu 41,2 tỷ đồng, đạt 78% dự toán; chi 38,7 tỷ đồng, trong đó chi đầu tư 12,1 tỷ "
                "đồng. Bảng chi tiết từng khoản ở các dòng dưới đây và tại trụ sở."},
       now - village_day * 38);
  const auto funds =
      owe(commune, "funds", "Thu chi tiền góp làm đường ngõ 86", now - village_day * 40);
  post(commune, funds, {.body = road_account}, now - village_day * 12);
  const auto land =
      owe(commune, "land", "Kế hoạch sử dụng đất năm tới của phường", now - village_day * 58);
  post(commune, land, {.place = "Bảng tin trụ sở Ủy ban nhân dân phường, giờ hành chính"},
       now - village_day * 47);
  owe(commune, "inspection", "Kết luận kiểm tra bãi giữ xe tự phát", now - village_day * 50);
  owe(commune, "comments", "Kết quả lấy ý kiến về quy ước tổ dân phố số 7", now - village_day * 2);
  const auto asked = ask(commune, funds, "Tiền nhân công trả cho đội nào, có hợp đồng không?",
                         now - village_day * 10);
  const disclosure::OfficerAct act{commune.team.handler, ledger::draw(commune.random),
                                   now - village_day * 8};
  did(commune.database.write([&](db::Write& write) {
    return disclosure::answer(write, act, *asked.code,
                              "Trả cho đội thợ của tổ dân phố, có hợp đồng và bảng chấm công; ban "
                              "giám sát cộng đồng giữ một bản.");
  }),
      "answer");
  // With the plan, two a month where few can read them: what a sign of formality looks like.
  const auto plots =
      owe(commune, "land", "Danh sách thửa đất công cho thuê của phường", now - village_day * 58);
  post(commune, plots, {.place = "Bảng tin trụ sở Ủy ban nhân dân phường, giờ hành chính"},
       now - village_day * 47);
  ask(commune, land, "Bao giờ kế hoạch được đăng lên đây để người đi làm đọc được?",
      now - village_day * 5);
}

}  // namespace

void play_grassroots(db::Database& database,
                     const SampleStaff& staff,
                     const units::Unit& unit,
                     Random& random,
                     Instant now) {
  Commune commune{database, staff.team_for(unit.path), unit, random};
  play_counted(commune, now);
  play_open(commune, now);
  play_disclosures(commune, now);
}

}  // namespace ln::app
