#include <doctest/doctest.h>

#include <algorithm>

#include "core/notice/notice_store.h"
#include "core/notice/notice_text.h"
#include "feature/feedback/feedback_actions_absence.h"
#include "feature/feedback/feedback_jobs.h"
#include "feature/feedback/feedback_jobs_digest.h"
#include "test/office.h"

using namespace ln;
using namespace ln::feedback;
using namespace std::chrono_literals;

namespace {

constexpr std::array both_ways = {notice::Way::mail, notice::Way::message};

// What waits for the mailer, as "address: sentence", in the reader's language.
std::vector<std::string> waiting(test::World& world, Instant at) {
  std::vector<std::string> all;
  for (const notice::Outgoing& each :
       world.read([&](db::Read& read) { return notice::due(read, at, both_ways, 50); })) {
    const i18n::Voice voice(each.notice.language == "en" ? i18n::Language::en : i18n::Language::vi);
    all.push_back(each.address + ": " + notice::text_of(each.notice, voice));
  }
  return all;
}

Typed lamp_from(const char* contact, bool is_protected = false, bool in_english = false) {
  Typed typed;
  typed.about = "place";
  typed.unit = "P1";
  typed.title = "Đèn hỏng bimatxyz";
  typed.body = "Ba tuần nay đèn ngõ 12 không sáng. bimatxyz";
  typed.contact = contact;
  typed.is_protected = is_protected;
  typed.in_english = in_english;
  return typed;
}

bool any_has(const std::vector<std::string>& all, std::string_view words) {
  return std::ranges::any_of(
      all, [&](const std::string& each) { return each.find(words) != std::string::npos; });
}

}  // namespace

TEST_CASE("whoever left an address is told what the office does, and never what anybody wrote") {
  test::Office office;
  const Feedback lamp = office.send(lamp_from("chị Hoa, hoa@example.vn"));
  auto told = waiting(office, office.now);
  REQUIRE(told.size() == 1);
  CHECK(told[0] == "hoa@example.vn: Phản ánh " + lamp.code.shown() +
                       " của bạn đã được tiếp nhận. Phường Một phải trả lời trước " +
                       i18n::Voice(i18n::Language::vi).moment(lamp.due_at) + ".");
  office.browser("hoa").get(test::Office::url(lamp)).press("Nhận việc");
  office.do_assign(lamp, "nam");
  CHECK(waiting(office, office.now).size() == 1);  // steps inside the office are not worth a letter
  auto handler = office.browser("nam");
  handler.get(test::Office::url(lamp, "/answer"))
      .fill("text", test::good_answer)
      .choose("Phản ánh đúng, đã khắc phục")
      .fill("evidence", "Biên bản số 7 ngày 22/11")
      .press("Xem lại trước khi gửi");
  handler.press("Gửi câu trả lời");
  REQUIRE(office.now_is(lamp).state == State::answered);
  told = waiting(office, office.now);
  REQUIRE(told.size() == 2);
  CHECK(told[1].starts_with("hoa@example.vn: Phường Một đã trả lời phản ánh"));
  office.now += 16 * 24h;
  CHECK(lapse_silent(office.database, office.random, office.now) == 1);
  told = waiting(office, office.now + 24h);
  REQUIRE(told.size() == 3);
  CHECK(any_has(told, "đã khép lại vì 15 ngày"));
  CHECK_FALSE(any_has(told, "bimatxyz"));
  CHECK_FALSE(any_has(told, "tổ điện"));
}

TEST_CASE("a sender is told when something of the report is hidden, and where to contest it") {
  for (const bool english : {false, true}) {
    CAPTURE(english);
    test::Office office;
    Typed typed = lamp_from("hoa@example.vn", false, english);
    typed.is_public = true;
    typed.body = "Gọi tôi theo số 0912 345 678. bimatxyz";
    const Feedback lamp = office.send(typed);
    const auto newest = [&] { return waiting(office, office.now).back(); };
    office.browser("hoa").get(test::Office::url(lamp, "/publish")).press("Đăng công khai");
    REQUIRE(office.now_is(lamp).published_at);
    CHECK(newest().find(english ? "has hidden or changed part" : "đã che hoặc sửa một phần") !=
          std::string::npos);
    auto head = office.browser("hoa");
    head.get(test::Office::url(lamp, "/withdraw")).press("Gỡ nội dung");
    REQUIRE_FALSE(office.now_is(lamp).published_at);
    CHECK(newest().find(english ? "does not show" : "không hiển thị công khai nữa") !=
          std::string::npos);
    const auto told = waiting(office, office.now);
    CHECK(told.size() == 3);  // that it came, and these two
    for (const char* never : {"bimatxyz", "0912", "Trưởng Hoa"}) CHECK_FALSE(any_has(told, never));
    CHECK(any_has(told, english ? "ask for another look" : "đề nghị xem lại"));
    // The page says so in the place to which the letter points.
    test::Browser sender(office, office.router, office.site);
    sender.get("/feedback/" + lamp.code.text()).fill("secret", office.secrets.at(lamp.code.text()));
    sender.press("Mở hồ sơ");
    CHECK(sender.page().by_id("hidden") != nullptr);
  }
}

TEST_CASE("whoever is told finds on the page of the case where to say how often") {
  test::Office office;
  const Feedback lamp = office.send(lamp_from("hoa@example.vn"));
  office.write([&](db::Write& write) {
    static_cast<void>(notice::ensure_reader(write, {"feedback", lamp.id.value}, {7}));
  });
  auto holder = office.browser("nobody");
  holder.forget_cookies();
  holder.get("/feedback/" + lamp.code.text());
  CHECK_FALSE(holder.shows("Chọn mức độ nhận thông báo"));
  holder.fill("secret", office.secrets.at(lamp.code.text())).press("Mở hồ sơ");
  holder.follow("Chọn mức độ nhận thông báo");
  CHECK(holder.address().starts_with("/notices/"));
  holder.choose("Gom lại mỗi ngày một thư").press("Lưu");
  const auto reader = office.read(
      [&](db::Read& read) { return notice::reader_of(read, {"feedback", lamp.id.value}); });
  REQUIRE(reader);
  CHECK(reader->pace == notice::Pace::daily);
}

TEST_CASE("a phone gets the same, an English report is answered in English") {
  test::Office office;
  office.send(lamp_from("0912 345 678", false, true));
  const auto told = waiting(office, office.now);
  REQUIRE(told.size() == 1);
  CHECK(told[0].starts_with("+84912345678: Your report HN-"));
}

TEST_CASE("nothing leaves the house about a protected case, or to somebody who left no address") {
  test::Office office;
  office.send(lamp_from(""));
  office.send(lamp_from("nhà số 5"));
  office.write([&](db::Write& write) {
    for (const char slot : {'A', 'B', 'C'}) {
      SeededRandom random(static_cast<std::uint64_t>(slot));
      const auto installed = people::install_holder(
          write, {slot, std::string("Người ") + slot, random.bytes<32>()}, office.now);
      REQUIRE(installed.ok());
    }
  });
  office.send(lamp_from("hoa@example.vn", true));
  CHECK(waiting(office, office.now + 48h).empty());
}

TEST_CASE("an officer's morning letter holds numbers, once a working day") {
  test::Office office;
  office.send(lamp_from(""));
  office.send(lamp_from(""));
  office.conduct();  // goes above Phường Một, and is not counted there
  const auto want = [&](const std::string& login) {
    office.write([&](db::Write& write) {
      const notice::Subject me{notice::staff_subject, office.accounts.at(login)};
      static_cast<void>(
          notice::ensure_reader(write, me, {static_cast<std::uint8_t>(office.accounts.at(login))}));
      notice::save_address(write, me, login + "@donvi.example");
      notice::choose_pace(write, me, notice::Pace::daily, office.now);
    });
  };
  want("nam");
  want("hai");  // has nothing to do
  want("omb");  // handles no cases
  const Instant wednesday = office.now + 48h;
  CHECK(queue_digests(office.database, wednesday - 24h) == 0);  // the Vietnamese Culture Day
  CHECK(queue_digests(office.database, wednesday - 3h) == 0);   // six o'clock
  CHECK(queue_digests(office.database, wednesday - 2h) == 1);
  CHECK(queue_digests(office.database, wednesday) == 0);
  const auto told = waiting(office, wednesday);
  REQUIRE(told.size() == 1);
  CHECK(told[0] ==
        "nam@donvi.example: Đang chờ đơn vị của bạn: 2 phản ánh. Quá hạn: 0. Đến hạn "
        "trong ba ngày làm việc: 0.");
  const Instant saturday = office.now + 5 * 24h;
  CHECK(queue_digests(office.database, saturday) == 0);
  CHECK(queue_digests(office.database, saturday + 48h) == 1);
  office.browser("nam").get("/staff/notices");
}

TEST_CASE("while somebody is away their morning letter goes to whoever stands in, and not twice") {
  test::Office office;
  office.send(lamp_from(""));
  office.send(lamp_from(""));
  const auto subject = [&](const std::string& login) {
    return notice::Subject{notice::staff_subject, office.accounts.at(login)};
  };
  const auto want = [&](const std::string& login) {
    office.write([&](db::Write& write) {
      static_cast<void>(notice::ensure_reader(
          write, subject(login), {static_cast<std::uint8_t>(office.accounts.at(login))}));
      notice::save_address(write, subject(login), login + "@donvi.example");
      notice::choose_pace(write, subject(login), notice::Pace::daily, office.now);
    });
  };
  const auto away = [&](const std::string& login, const std::string& substitute) {
    const auto officer = office.read([&](db::Read& read) {
      return people::Officer::of(
          *people::SignIn::staff_of(read, people::hash_of("token-of-" + login), office.now));
    });
    const Day today = local_day(office.now);
    const Absence absence{.account = people::AccountId{office.accounts.at(login)},
                          .substitute = people::AccountId{office.accounts.at(substitute)},
                          .first = today,
                          .last = today + std::chrono::days(2)};
    const auto done = office.write(
        [&](db::Write& write) { return record_absence(write, *officer, absence, office.now); });
    REQUIRE(done.ok());
  };
  const auto told = [&](const std::string& login) {
    return office.read([&](db::Read& read) {
      return notice::inbox(read, office.accounts.at(login), {}, 50).size();
    });
  };
  const Instant wednesday = office.now + 48h - 2h, thursday = wednesday + 24h;
  want("nam");
  away("nam", "lan");
  // Lan asked for no letters: it is on her list alone, in the numbers of her own office.
  CHECK(queue_digests(office.database, wednesday) == 1);
  CHECK(told("nam") == 0);
  CHECK(told("lan") == 1);
  CHECK_FALSE(any_has(waiting(office, wednesday + 2h), "Đang chờ đơn vị"));
  CHECK(queue_digests(office.database, wednesday + 1h) == 0);
  // Back again, the letter is his own.
  CHECK(queue_digests(office.database, thursday) == 1);
  CHECK(told("nam") == 1);
  CHECK(told("lan") == 1);
  CHECK(any_has(waiting(office, thursday + 2h), "nam@donvi.example: "));
}

TEST_CASE("who stands in and has a morning letter of their own gets one, and nobody who is away") {
  test::Office office;
  office.send(lamp_from(""));
  const auto set_up = [&](const std::string& login, const std::string& substitute) {
    office.write([&](db::Write& write) {
      const notice::Subject me{notice::staff_subject, office.accounts.at(login)};
      static_cast<void>(
          notice::ensure_reader(write, me, {static_cast<std::uint8_t>(office.accounts.at(login))}));
      notice::save_address(write, me, login + "@donvi.example");
      notice::choose_pace(write, me, notice::Pace::daily, office.now);
    });
    if (substitute.empty()) return;
    const auto officer = office.read([&](db::Read& read) {
      return people::Officer::of(
          *people::SignIn::staff_of(read, people::hash_of("token-of-" + login), office.now));
    });
    const Day today = local_day(office.now);
    const Absence absence{.account = people::AccountId{office.accounts.at(login)},
                          .substitute = people::AccountId{office.accounts.at(substitute)},
                          .first = today,
                          .last = today + std::chrono::days(2)};
    REQUIRE(office
                .write([&](db::Write& write) {
                  return record_absence(write, *officer, absence, office.now);
                })
                .ok());
  };
  set_up("nam", "lan");
  set_up("lan", "");
  const Instant wednesday = office.now + 48h - 2h;
  CHECK(queue_digests(office.database, wednesday) == 1);
  const auto letters = waiting(office, wednesday + 2h);
  CHECK(any_has(letters, "lan@donvi.example: "));
  CHECK_FALSE(any_has(letters, "nam@donvi.example"));
}
