// Pages of citizen reception: for everybody, for who booked, and at the desk.
#include <doctest/doctest.h>

#include "core/people/people_citizen_session.h"
#include "test/reception_room.h"

namespace ln::reception {
namespace {

using test::Browser;

std::string turn_address(const Room::Told& told) {
  return "/receptions/turns/" + told.turn.code->text();
}

// Somebody at a browser with the secret of their turn.
struct Holder : Browser {
  Holder(Room& room, const Room::Told& told) : Browser(room, room.router, room.site) {
    get(turn_address(told)).fill("secret", told.secret).press("Mở");
  }
};

}  // namespace

TEST_CASE("somebody books without an account, and gets a slip that opens their turn") {
  Room room;
  room.announce_it(room.typed());
  Browser anybody(room, room.router, room.site);
  anybody.get("/receptions");
  CHECK(anybody.shows("Còn nhiều lượt"));
  CHECK(anybody.shows("08:00–09:00 thứ\u00a0Năm 26/11/2026"));
  anybody.get(room.url()).follow("Đặt lượt gặp");
  anybody.fill("about", "Ngập").press("Đặt lượt");
  CHECK(anybody.status() == 422);
  CHECK(anybody.shows("Viết thêm một chút"));
  anybody.fill("about", "Ngõ 12 ngập nước mỗi khi mưa").fill("contact", "ở nhà").press("Đặt lượt");
  CHECK(anybody.status() == 422);
  CHECK(anybody.body().find("Ngõ 12 ngập nước mỗi khi mưa") != std::string::npos);
  anybody.fill("contact", "0912 345 678").press("Đặt lượt");
  CHECK(anybody.status() == 200);
  CHECK(anybody.shows("Đã đặt lượt"));
  CHECK(anybody.shows("Mang theo gì"));
  CHECK(anybody.shows("08:00 thứ\u00a0Năm 26/11/2026"));
  anybody.follow("Trang lượt gặp của bạn");
  CHECK(anybody.shows("Ngõ 12 ngập nước mỗi khi mưa"));
  anybody.get("/receptions");
  CHECK(anybody.shows("Còn nhiều lượt"));
  CHECK_FALSE(anybody.shows("Ngõ 12 ngập"));
}

TEST_CASE("a full day says so and offers the next, and keeps what was typed") {
  Room room;
  Typed next = room.typed();
  next.first = Room::day(12, 3);
  room.announce_it(next);
  room.announce_it(room.typed());
  for (int n = 0; n < 2; ++n) room.book_it();
  Browser late(room, room.router, room.site);
  late.get(room.url("/book"));
  room.book_it();
  late.fill("about", "Đèn đường trước trường học tắt").press("Đặt lượt");
  CHECK(late.status() == 409);
  CHECK(late.shows("Buổi này vừa hết lượt"));
  CHECK(late.shows("thứ\u00a0Năm 03/12/2026"));
  CHECK(late.body().find("Đèn đường trước trường học tắt") != std::string::npos);
  late.get(room.url());
  CHECK(late.shows("Đã hết lượt"));
  CHECK(late.shows("thứ\u00a0Năm 03/12/2026"));
  late.get(room.url("/book"));
  CHECK(late.status() == 409);
  late.get("/receptions/99");
  CHECK(late.status() == 404);
}

TEST_CASE("without the secret a turn tells nothing, whether its code exists or not") {
  Room room;
  room.announce_it(room.typed());
  const auto told = room.book_it();
  Browser stranger(room, room.router, room.site);
  stranger.get(turn_address(told));
  std::string shown = stranger.body();
  CHECK_FALSE(stranger.shows("Ngõ 12"));
  stranger.fill("secret", "ABCDEFGHJKLMNPQRSTUV").press("Mở");
  CHECK(stranger.status() == 404);
  CHECK(stranger.shows("Mã hoặc mã bí mật không đúng"));
  CHECK_FALSE(stranger.shows("Ngõ 12"));
  stranger.get("/receptions/turns/22222222");
  CHECK(stranger.status() == 200);
  stranger.get(turn_address(told) + "/receipts.tlog-proofs");
  CHECK(stranger.status() == 404);
}

TEST_CASE("a turn is given back and its words are gone at once") {
  Room room;
  room.announce_it(room.typed());
  const auto told = room.book_it();
  Holder holder(room, told);
  CHECK(holder.shows("Bác Tư") == false);
  CHECK(holder.shows("Ngõ 12 ngập nước mỗi khi mưa"));
  holder.press("Trả lượt này");
  CHECK(holder.shows("Lời của lượt gặp này đã được xóa"));
  CHECK(room.turn_now(told).state == TurnState::cancelled);
  CHECK(room.turn_now(told).about == "");
  holder.press("Đóng trên máy này").get(turn_address(told));
  CHECK(holder.shows("Mã bí mật của lượt gặp"));
}

TEST_CASE("a head announces by a rule, in public at once, and the pages of a list have a pager") {
  Room room;
  Browser head(room, room.router, room.site);
  room.sign_in(head, "hoa");
  head.get("/staff/receptions/new");
  head.fill("receiver", "Chủ tịch").fill("place", "Phòng 1").choose("Hằng tuần").choose("Thứ Năm");
  head.fill("first", "2026-11-26").fill("months", "9").press("Báo lịch");
  CHECK(head.address() == "/staff/receptions");
  Browser anybody(room, room.router, room.site);
  anybody.get("/receptions");
  CHECK(anybody.shows("thứ\u00a0Năm 26/11/2026"));
  anybody.follow("Trang sau");
  CHECK(anybody.address() == "/receptions?from=15");
  CHECK(anybody.shows("Phường Một"));
  head.get("/staff/receptions/new").press("Báo lịch");
  CHECK(head.status() == 422);
  Browser clerk(room, room.router, room.site);
  room.sign_in(clerk, "thu");
  clerk.get("/staff/receptions/new");
  CHECK(clerk.status() == 403);
}

TEST_CASE("the desk holds the day, takes in who comes, writes the log and answers") {
  Room room;
  room.announce_it(room.typed());
  const auto told = room.book_it();
  room.now = room.current().starts_at;
  Browser clerk(room, room.router, room.site), head(room, room.router, room.site);
  room.sign_in(clerk, "thu");
  room.sign_in(head, "hoa");
  clerk.get("/staff/receptions/1").press("Bắt đầu tiếp").follow("Ghi lượt cho người đến");
  clerk.fill("about", "Đến hỏi giấy tờ đất").press("Ghi lượt");
  CHECK(clerk.shows("Đã đặt lượt"));
  clerk.follow("Người tiếp theo");
  clerk.get("/staff/receptions/1");
  CHECK(clerk.shows("Đến hỏi giấy tờ đất"));
  CHECK(clerk.shows("Bác Tư"));
  clerk.get(room.desk(told));
  CHECK(clerk.shows("0912 345 678"));
  clerk.choose("Đã được tiếp", "presence").choose("Khiếu nại", "sort").press("Ghi vào sổ");
  CHECK(clerk.status() == 422);
  CHECK(clerk.shows("Chọn kết quả buổi tiếp"));
  clerk.choose("Phản ánh", "sort").choose("Sẽ trả lời bằng văn bản", "outcome");
  clerk.fill("summary", said_words).press("Ghi vào sổ");
  CHECK(clerk.status() == 200);
  CHECK(clerk.shows(said_words));
  CHECK_FALSE(clerk.shows("Gửi kết quả"));
  Holder holder(room, told);
  CHECK(holder.shows("Phải có văn bản trước"));
  CHECK(holder.shows("Vì sao là ngày này"));
  CHECK(holder.shows(said_words));
  head.get("/staff/receptions");
  CHECK(head.shows("Còn nợ kết quả bằng văn bản"));
  head.get(room.desk(told)).fill("result", "Đã nhận").press("Gửi kết quả");
  CHECK(head.status() == 422);
  head.fill("result", result_words).press("Gửi kết quả");
  holder.get(turn_address(told));
  CHECK(holder.shows(result_words));
  holder.get(turn_address(told) + "/receipts.tlog-proofs");
  CHECK(holder.status() == 200);
}

TEST_CASE("what was said is read by the very unit, and by who decides once it is contested") {
  Room room;
  const auto told = room.received();
  REQUIRE(room.try_result(told).ok());
  const auto may_read = [&](const std::string& login) {
    Browser browser(room, room.router, room.site);
    if (!login.empty()) room.sign_in(browser, login);
    bool reads = false;
    for (const std::string& address :
         {room.desk(told), std::string("/staff/receptions/1"), std::string("/staff/receptions"),
          room.url(), std::string("/receptions"), std::string("/receptions/units/P1"),
          turn_address(told)}) {
      browser.get(address);
      reads = reads || browser.shows(said_words) || browser.shows(result_words) ||
              browser.shows("Ngõ 12 ngập") || browser.shows("Bác Tư");
    }
    return reads;
  };
  CHECK(may_read("thu"));
  CHECK(may_read("hoa"));
  for (const char* login : {"", "hai", "thanh"}) CHECK_FALSE(may_read(login));
  REQUIRE(room.try_contest(told).ok());
  CHECK(may_read("thanh"));
  CHECK_FALSE(may_read("hai"));
  Browser above(room, room.router, room.site);
  room.sign_in(above, "thanh");
  above.get("/staff/receptions");
  CHECK(above.shows("Phản đối chờ quyết định"));
  above.follow(told.turn.code->shown());
  CHECK_FALSE(above.shows("0912 345 678"));
  above.press("Quyết định");
  CHECK(above.status() == 422);
  above.choose("Đơn vị phải trả lời lại trong 10 ngày làm việc")
      .fill("ruling", "Văn bản chưa nói ngày xong.");
  above.press("Quyết định");
  CHECK(above.status() == 200);
  CHECK(Holder(room, told).shows("Văn bản chưa nói ngày xong."));
}

TEST_CASE("who was overtaken at the desk keeps what they typed") {
  Room room;
  const auto told = room.received();
  Browser head(room, room.router, room.site);
  room.sign_in(head, "hoa");
  head.get(room.desk(told)).fill("result", result_words);
  // Meanwhile the clerk corrects the log.
  REQUIRE(room.try_log(told, Room::said("answered")).ok());
  head.press("Gửi kết quả");
  CHECK(head.status() == 409);
  CHECK(head.shows("Có người vừa thay đổi"));
  CHECK(head.body().find(result_words) != std::string::npos);
  head.press("Gửi kết quả");
  CHECK(head.status() == 200);
  CHECK(room.turn_now(told).results == 1);
}

TEST_CASE("who wrote an objection while the secret was forgotten keeps it") {
  Room room;
  const auto told = room.received();
  REQUIRE(room.try_result(told).ok());
  Holder holder(room, told);
  holder.fill("contest", "Văn bản không nói bao giờ xong");
  holder.set_cookie(people::case_cookie(told.turn.code->text()), "");
  holder.press("Gửi phản đối");
  CHECK(holder.status() == 404);
  holder.fill("secret", told.secret).press("Mở");
  CHECK(holder.status() == 200);
  CHECK(holder.body().find("Văn bản không nói bao giờ xong") != std::string::npos);
  holder.press("Gửi phản đối");
  CHECK(room.read([&](db::Read& r) { return find_contest(r, told.turn.id); }).has_value());
}

TEST_CASE("turns that nobody wrote into the log stand on the desk and in public") {
  Room room;
  room.announce_it(room.typed());
  const auto told = room.book_it();
  room.hold_it();
  room.now = room.current().day_ends_at();
  Browser clerk(room, room.router, room.site), anybody(room, room.router, room.site);
  room.sign_in(clerk, "thu");
  clerk.get("/staff/receptions");
  CHECK(clerk.shows("Đã tiếp mà chưa ghi sổ"));
  CHECK(clerk.shows(told.turn.code->shown()));
  anybody.get("/receptions/units/P1");
  CHECK(anybody.shows("Lượt của các buổi đã tiếp mà chưa ghi sổ"));
  clerk.get("/staff/receptions?past=1");
  CHECK(clerk.shows("thứ\u00a0Năm 26/11/2026"));
}

TEST_CASE("the desk of a city has its own days first and those below behind") {
  Room room;
  room.announce_it(room.typed());
  Typed top = room.typed();
  top.first = Room::day(12, 1);
  room.announce_it(top, "thanh", "01");
  Browser city(room, room.router, room.site), other(room, room.router, room.site);
  room.sign_in(city, "thanh");
  city.get("/staff/receptions");
  const std::size_t own = city.body().find("01/12/2026"), below = city.body().find("26/11/2026");
  CHECK(own < below);
  CHECK(below != std::string::npos);
  room.sign_in(other, "hai");
  other.get("/staff/receptions");
  CHECK_FALSE(other.shows("26/11/2026"));
}

TEST_CASE("moving and cancelling need a reason that everybody reads") {
  Room room;
  room.announce_it(room.typed());
  Browser head(room, room.router, room.site);
  room.sign_in(head, "hoa");
  head.get("/staff/receptions/1").fill("to", "2026-11-27T14:00").press("Dời và báo");
  CHECK(head.status() == 422);
  head.fill("Lý do", "Họp Hội đồng nhân dân").press("Dời và báo");
  CHECK(head.status() == 200);
  Browser anybody(room, room.router, room.site);
  anybody.get(room.url());
  CHECK(anybody.shows("Họp Hội đồng nhân dân"));
  CHECK(anybody.shows("14:00 thứ\u00a0Sáu 27/11/2026"));
  const DayAct act = room.by("hoa");
  REQUIRE(
      room.write([&](db::Write& w) { return cancel_day(w, act, "Bão vào, thành phố cho nghỉ"); })
          .ok());
  anybody.get(room.url());
  CHECK(anybody.shows("Đã hủy"));
  CHECK(anybody.shows("Bão vào, thành phố cho nghỉ"));
  CHECK_FALSE(anybody.shows("Đặt lượt gặp"));
  anybody.get("/ledger/facts");
}

TEST_CASE("a unit is measured by its days, and tells nothing of few people") {
  Room room;
  const auto told = room.received();
  REQUIRE(room.try_result(told).ok());
  room.now += std::chrono::days(1);
  Browser anybody(room, room.router, room.site);
  anybody.get("/receptions/units/P1");
  CHECK(anybody.shows("ít nhất 2 ngày mỗi tháng"));
  CHECK(anybody.shows("chưa đối chiếu với văn bản chính thức"));
  CHECK(anybody.shows("không nói"));
  anybody.get("/en/receptions/units/P1");
  CHECK(anybody.shows("not told"));
  anybody.get("/receptions/units");
  CHECK(anybody.shows("Phường Một"));
  anybody.get("/receptions?past=1");
  CHECK(anybody.shows("Đã tiếp"));
  anybody.get("/receptions/units/none");
  CHECK(anybody.status() == 404);
  // What a unit owes stays to be read when it is dissolved.
  room.write([&](db::Write& w) {
    w.run("UPDATE unit SET valid_to = $1 WHERE code = 'P1'",
          static_cast<std::int64_t>(local_day(room.now).time_since_epoch().count()) - 1);
  });
  anybody.get("/receptions/units/P1");
  CHECK(anybody.status() == 200);
}

TEST_CASE("machines read days and free turns, and nothing about who booked") {
  Room room;
  room.announce_it(room.typed());
  room.book_it();
  Browser machine(room, room.router, room.site);
  machine.get("/api/v1/receptions?unit=P1");
  CHECK(machine.status() == 200);
  CHECK(machine.body().find("\"places\":3,\"free\":\"many\",\"state\":\"announced\"") !=
        std::string::npos);
  CHECK(machine.body().find("Ngõ 12") == std::string::npos);
  CHECK(machine.body().ends_with("\"next\":null}"));
  machine.get("/api/v1/receptions?unit=P2");
  CHECK(machine.body() == "{\"items\":[],\"next\":null}");
  machine.get("/api/v1/receptions?unit=none");
  CHECK(machine.status() == 404);
}

TEST_CASE("a day that nobody said was held shows itself") {
  Room room;
  room.announce_it(room.typed());
  const auto told = room.book_it();
  room.now = room.current().day_ends_at();
  Browser anybody(room, room.router, room.site);
  anybody.get(room.url());
  CHECK(anybody.shows("Đã báo lịch nhưng không tiếp"));
  CHECK(Holder(room, told).shows("tính là đã báo lịch nhưng không tiếp"));
}

TEST_CASE("many bookings from one place are refused with a sentence") {
  Room room;
  Typed wide = room.typed();
  wide.to = std::chrono::hours(11);
  wide.places = 9;
  room.announce_it(wide);
  room.id = ReceptionId{1};
  Browser one(room, room.router, room.site);
  int booked = 0;
  for (int n = 0; n < 8; ++n) {
    one.get(room.url("/book")).fill("about", "Hỏi việc ở ngõ số 12 phường").press("Đặt lượt");
    booked += one.status() == 200 ? 1 : 0;
  }
  CHECK(booked <= bookings_of_sender_max);
  CHECK(one.status() == 429);
  CHECK(one.shows("Người khác cũng cần lượt"));
}

}  // namespace ln::reception
