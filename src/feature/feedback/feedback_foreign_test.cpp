// Cases of another system: read, shown before anything is written, brought in once; and what the
// queue shows, as a file.
#include "feature/feedback/feedback_foreign.h"

#include <doctest/doctest.h>

#include "engine/csv/csv.h"
#include "feature/feedback/feedback_actions_foreign.h"
#include "feature/feedback/feedback_actions_topics.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_pages_export.h"
#include "feature/feedback/feedback_store_erase.h"
#include "feature/feedback/feedback_store_foreign.h"
#include "feature/feedback/feedback_store_settings.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

Source ihanoi() {
  Source source{.code = "ihanoi", .name = "iHanoi"};
  const auto name = [&](ForeignColumn which, const char* theirs) {
    source.columns[static_cast<std::size_t>(which)] = theirs;
  };
  name(ForeignColumn::code, "Mã");
  name(ForeignColumn::received, "Ngày nhận");
  name(ForeignColumn::body, "Nội dung");
  name(ForeignColumn::topic, "Lĩnh vực");
  name(ForeignColumn::unit, "Đơn vị");
  name(ForeignColumn::state, "Trạng thái");
  name(ForeignColumn::contact, "Điện thoại");
  source.units = {{"UBND phường Một", "P1"}, {"UBND phường Hai", "P2"}};
  source.over = {"Đã xong"};
  return source;
}

constexpr const char* header = "Mã,Ngày nhận,Nội dung,Lĩnh vực,Đơn vị,Trạng thái,Điện thoại\n";

struct Desk : test::Office {
  Desk() {
    write([&](db::Write& w) {
      add_account(w, "admin", "Quản Trị", people::Role::administrator, "01");
      add_account(w, "cityt", "Phân việc Thành phố", people::Role::triage, "01");
      REQUIRE(install_topics(w).ok());
      save_source(w, "ihanoi", value_of(ihanoi()));
    });
  }
  std::string topic(About about) {
    return read([&](db::Read& r) {
      for (const Topic& each : all_topics(r))
        if (each.about == about) return each.code;
      return std::string();
    });
  }
  std::int64_t count() {
    return *read([](db::Read& r) {
      return r.one("SELECT count(*) FROM feedback",
                   [](const db::Row& row) { return row.integer(0); });
    });
  }
  test::Browser& upload(test::Browser& browser, const std::string& rows) {
    return browser.get("/staff/exchange/import")
        .attach("file", "ihanoi.csv", header + rows)
        .press("Xem tệp này");
  }
  Feedback with_code(const std::string& code) {
    const auto ids = read([&](db::Read& r) { return with_foreign_code(r, code, 2); });
    REQUIRE(ids.size() == 1);
    return *read([&](db::Read& r) { return find(r, ids[0]); });
  }
};

std::string troubles(std::string_view bytes) {
  const auto file = read_foreign(bytes, ihanoi(), test::monday);
  if (!file.ok()) return std::string(file.error().text.name());
  std::string all;
  for (const ForeignTrouble& each : file.value().troubles)
    all += std::to_string(each.line) + " " + each.code + " " + std::string(each.what.name()) + ";";
  return all;
}

}  // namespace

TEST_CASE("a line of another system's file is understood or says why not, with its number") {
  const auto at = [](const char* text) { return read_received(text); };
  CHECK(at("2026-11-20") == at_local(local_day(test::monday) - std::chrono::days(3)));
  CHECK(at("20/11/2026") == at("2026-11-20"));
  CHECK(at("20/11/2026 09:05") == at("2026-11-20T09:05:00"));
  for (const char* wrong : {"", "20-11-2026", "2026-11-31", "20/11/26", "2026-11-20 24:00",
                            "2026-11-20 9:05", "2026-11-20x09:05", "2026-11-20 09:05:61"})
    CHECK_FALSE(at(wrong));

  const std::string good = "A1,20/11/2026,Đèn hỏng ở ngõ 12,,UBND phường Một,Mới,\n";
  CHECK(troubles(header + good).empty());
  CHECK(troubles("\xEF\xBB\xBF" + std::string(header) + good).empty());
  const auto both = read_foreign(header + good, ihanoi(), test::monday);
  REQUIRE(both.ok());
  CHECK(both.value().rows[0].unit == "P1");
  // Semicolons, as Excel writes them here; a text of several lines counts as its first one.
  const auto semicolons = read_foreign(
      "Mã;Ngày nhận;Nội dung;Lĩnh vực;Đơn vị;Trạng thái;Điện thoại\r\n"
      "A1;20/11/2026;\"Dòng một; vẫn thế\nDòng hai\";;P2;Đã xong;0912\r\nA2;x;b;;;;\r\n",
      ihanoi(), test::monday);
  REQUIRE(semicolons.ok());
  REQUIRE(semicolons.value().rows.size() == 1);
  CHECK(semicolons.value().rows[0].body == "Dòng một; vẫn thế\nDòng hai");
  CHECK(semicolons.value().rows[0].is_over);
  CHECK(semicolons.value().troubles.at(0).line == 4);

  CHECK(troubles("") == "exchange.error.file_empty");
  CHECK(troubles("Mã,Nội dung\n") == "exchange.error.no_column");
  CHECK(troubles("Mã,Mã,Ngày nhận,Nội dung,Lĩnh vực,Đơn vị,Trạng thái,Điện thoại\n") ==
        "exchange.error.column_twice");
  CHECK(troubles(std::string(header) + "\xC3\n") == "exchange.error.file_utf8");
  CHECK(troubles(std::string(foreign_file_size_max + 1, 'a')) == "exchange.error.file_long");
  CHECK(troubles(header + good + good) == "3 A1 exchange.error.row_twice;");
  CHECK(troubles(header + good + "A2,20/11/2026,b\n") == "3 A2 exchange.error.row_cells;");
  CHECK(troubles(header + good + ",20/11/2026,b,,,,\n") == "3  exchange.error.row_code;");
  CHECK(troubles(std::string(header) + "A2,hôm qua,b,,,,\n") ==
        "2 A2 exchange.error.row_received;");
  CHECK(troubles(std::string(header) + "A2,24/11/2026,b,,,,\n") ==
        "2 A2 exchange.error.row_future;");
  CHECK(troubles(std::string(header) + "A2,20/11/2024,b,,,,\n") == "2 A2 exchange.error.row_old;");
  CHECK(troubles(std::string(header) + "A2,20/11/2026,b\"c,,,,\n" + good) ==
        "2  exchange.error.row_quotes;");
}

TEST_CASE("what a source is reads back, and what is wrong with it stands beside its fields") {
  const std::string value = value_of(ihanoi());
  const auto again = read_source_value("ihanoi", value);
  REQUIRE(again.ok());
  CHECK(value_of(again.value()) == value);
  for (const char* wrong : {"", "{}", "[]", R"({"about":"place"})"})
    CHECK_FALSE(read_source_value("ihanoi", wrong).ok());
  Source bad = ihanoi();
  bad.code = "I Hanoi";
  bad.name = "";
  bad.columns[static_cast<std::size_t>(ForeignColumn::received)].clear();
  bad.columns[static_cast<std::size_t>(ForeignColumn::unit)] = "Mã";
  bad.units.push_back(bad.units.front());
  FieldErrors errors;
  check_source(bad, errors);
  const Error error = errors.take();
  std::string fields;
  for (const FieldError& each : error.fields) fields += each.field + " ";
  CHECK(fields == "code name column-received column-unit units ");
  CHECK(read_words("Đèn = lamp\n\n a=b = c ") ==
        std::vector<ForeignWord>{{"Đèn", "lamp"}, {"a=b", "c"}});
  CHECK_FALSE(read_words("Đèn"));
  CHECK_FALSE(read_words("Đèn ="));
}

TEST_CASE("cases of another system are shown first, brought in once, and due from its time") {
  Desk desk;
  auto tri = desk.browser("cityt");
  const std::string place = desk.topic(About::place);
  const std::string rows =
      "IH-1,20/11/2026 09:00,Đèn ngõ 12 hỏng ba tuần nay,,UBND phường Một,Mới,0912 345 678\n"
      "IH-2,20/11/2026,Rác đổ trộm ở bờ sông," +
      place +
      ",P2,Mới,\n"
      "IH-3,20/11/2026,Nắp cống vỡ đầu phố,,UBND phường Một,Đã xong,\n"
      "IH-4,20/11/2026,Một việc khác,không rõ,UBND phường Một,Mới,\n"
      "IH-5,ngày kia,Thiếu ngày,,P1,Mới,\n";
  desk.upload(tri, rows);
  REQUIRE(tri.status() == 200);
  CHECK(
      tri.shows("Mới: 2. Đã có ở đây: 0. Đã xong ở hệ thống nguồn, không đưa vào: 1. Không đọc "
                "được: 2."));
  CHECK(tri.shows("Dòng 5: IH-4"));
  CHECK(tri.shows("Dòng 6: IH-5: Ngày nhận không đọc được."));
  CHECK(desk.count() == 0);
  tri.press("Đưa vào 2 phản ánh");
  REQUIRE(tri.status() == 200);
  CHECK(tri.shows("Đã đưa vào 2 phản ánh."));
  CHECK(desk.count() == 2);

  const Feedback lamp = desk.with_code("IH-1");
  CHECK(lamp.unit == desk.units.at("P1").id);
  CHECK(lamp.received_at == desk.now);  // As the ledger says.
  CHECK(lamp.entered_by == desk.accounts.at("cityt"));
  const Instant stated = *read_received("20/11/2026 09:00");
  CHECK(lamp.due_at == due_of(Topic{}, stated, lamp.hours).at);
  CHECK(lamp.due_at < due_of(Topic{}, desk.now, lamp.hours).at);
  CHECK(desk.read([&](db::Read& r) { return events_of(r, lamp.id); }).at(0).ledger_index);
  // The officer sees where it came from and why it is due then; nobody else sees the code.
  auto hoa = desk.browser("hoa");
  hoa.get(test::Office::url(lamp));
  CHECK(hoa.shows("IH-1"));
  CHECK(hoa.shows("iHanoi"));
  CHECK(hoa.shows("Nhận ở đó (theo hệ thống đó)"));
  // Found by exactly this code, and by no other.
  CHECK(hoa.get("/staff?q=IH-1").shows("Đèn ngõ 12"));
  CHECK_FALSE(hoa.get("/staff?q=IH-2").shows("Rác đổ trộm"));  // Of the other ward.

  // The same file again adds nothing; a file that grew adds what is new.
  desk.upload(tri, rows);
  CHECK(tri.shows("Mới: 0. Đã có ở đây: 2."));
  CHECK(tri.shows("Không có phản ánh mới nào"));
  desk.upload(tri, rows + "IH-6,21/11/2026,Cây đổ chắn đường,,P2,Mới,\n");
  tri.press("Đưa vào 1 phản ánh");
  CHECK(desk.count() == 3);
}

TEST_CASE("two who bring the same file in at the same moment bring it in once") {
  Desk desk;
  const std::string rows = "IH-1,20/11/2026,Đèn ngõ 12 hỏng,,P1,Mới,\n";
  auto slow = desk.browser("cityt"), fast = desk.browser("admin");
  desk.upload(slow, rows);
  desk.upload(fast, rows);
  fast.press("Đưa vào 1 phản ánh");
  slow.press("Đưa vào 1 phản ánh");
  CHECK(desk.count() == 1);
  // Behind the page: the plan of before writes nothing either.
  const auto staff = desk.read([&](db::Read& r) {
    return *people::SignIn::staff_of(r, people::hash_of("token-of-cityt"), desk.now);
  });
  const auto importer = Importer::of(staff);
  const auto file = read_foreign(header + rows, ihanoi(), desk.now);
  Desk fresh;
  const ForeignPlan plan = fresh.read([&](db::Read& r) {
    return plan_foreign(r, *importer, ihanoi(), file.value(), fresh.random, fresh.now);
  });
  REQUIRE(plan.fresh.size() == 1);
  const auto again = desk.write(
      [&](db::Write& w) { return bring_in(w, *importer, ihanoi(), plan.fresh, desk.now); });
  REQUIRE(again.ok());
  CHECK(again.value() == 0);
  CHECK(desk.count() == 1);
}

TEST_CASE("a file that is larger than a field of a form comes in whole") {
  Desk desk;
  std::string rows;
  constexpr int row_count = 70;
  for (int i = 0; i < row_count; ++i)
    rows += "BIG-" + std::to_string(i) + ",20/11/2026,\"" + std::string(4'900, 'a') + "\",,P1,,\n";
  REQUIRE(rows.size() > (300u << 10));
  auto tri = desk.browser("cityt");
  desk.upload(tri, rows).press("Đưa vào 70 phản ánh");
  CHECK(tri.status() == 200);
  CHECK(desk.count() == row_count);
}

TEST_CASE("who may bring cases in does so for their own units, and nobody else at all") {
  Desk desk;
  auto ward = desk.browser("tri");
  desk.upload(ward,
              "IH-1,20/11/2026,Đèn ngõ 12 hỏng,,P1,Mới,\nIH-2,20/11/2026,Việc nơi khác,,P2,Mới,\n");
  CHECK(ward.shows("Mới: 1."));
  CHECK(ward.shows("Dòng 3: IH-2: Đơn vị sẽ xử lý không thuộc phạm vi của bạn."));
  for (const char* login : {"hoa", "nam", "thu", "omb"}) {
    auto other = desk.browser(login);
    CHECK(other.get("/staff/exchange/import").status() == 403);
  }
  CHECK(desk.browser("omb").get("/staff/exchange").status() == 403);
  CHECK(desk.browser("tri").get("/staff/administration/sources").status() == 403);
}

TEST_CASE(
    "a case about conduct comes in protected, without its foreign code, and no file shows it") {
  Desk desk;
  auto tri = desk.browser("cityt");
  desk.upload(tri, "IH-7,20/11/2026,Cán bộ gợi ý bồi dưỡng bimatxyz," + desk.topic(About::conduct) +
                       ",P1,Mới,\n");
  CHECK(tri.shows("Mới: 1."));
  tri.press("Đưa vào 1 phản ánh");
  REQUIRE(desk.count() == 1);
  CHECK(desk.read([](db::Read& r) { return with_foreign_code(r, "IH-7", 2); }).empty());
  // It is still here: the same file does not bring it in again.
  CHECK(desk.read([](db::Read& r) { return is_here(r, "ihanoi", "IH-7"); }));
  for (const char* login : {"hoa", "cityt", "thanh", "tri"}) {
    auto reader = desk.browser(login);
    for (const char* tab : {"open", "overdue", "soon", "over"})
      CHECK(
          reader.get(std::string("/staff/exchange/cases.csv?tab=") + tab).body().find("bimatxyz") ==
          std::string::npos);
    CHECK_FALSE(reader.get("/staff?q=IH-7").shows("bimatxyz"));
  }
  // Who brought it in never finds it again, and their queue goes on behind the gap.
  for (int i = 0; i < 16; ++i) desk.lamp();
  CHECK(tri.get("/staff").body().find("after=") != std::string::npos);
}

TEST_CASE("what the queue shows comes out as CSV, without senders, formulas and other units") {
  Desk desk;
  const Feedback lamp = desk.lamp();
  const Feedback conduct = desk.conduct();
  Typed typed;
  typed.about = "place";
  typed.unit = "P2";
  typed.title = "=HYPERLINK(\"http://x\")";
  typed.body = "Hai dòng,\nvà \"ngoặc kép\"";
  desk.send(typed);
  auto hoa = desk.browser("hoa");
  hoa.get("/staff").follow("Xuất và nhập hồ sơ");
  CHECK(hoa.shows("Phần 1: 1 phản ánh"));
  hoa.follow("Phần 1");
  const std::string one = hoa.body();
  CHECK(one.find(lamp.code.shown()) != std::string::npos);
  CHECK(one.find("0912 345 678") == std::string::npos);
  CHECK(one.find("HYPERLINK") == std::string::npos);  // Another ward's.
  CHECK(one.find(conduct.code.shown()) == std::string::npos);
  auto thanh = desk.browser("thanh");
  const std::string all = thanh.get("/staff/exchange/cases.csv?about=place").body();
  CHECK(all.find("\"'=HYPERLINK(\"\"http://x\"\")\"") != std::string::npos);
  CHECK(all.find("bimatxyz") == std::string::npos);
  // Every record has the cells of the header.
  std::string_view left(all);
  REQUIRE(left.starts_with(csv::byte_order_mark));
  left.remove_prefix(csv::byte_order_mark.size());
  int records = 0;
  for (; !left.empty(); ++records) {
    const auto end = csv::record_end(left);
    REQUIRE(end);
    CHECK(csv::cells(left.substr(0, end->size))->size() == 16);
    left.remove_prefix(end->with_break);
  }
  CHECK(records == 3);
  CHECK(thanh.get("/staff/exchange?q=khongcogi").shows("Không có phản ánh nào để xuất"));
}

TEST_CASE(
    "answers go back in the other system's columns; what is over there is shown to a person") {
  Desk desk;
  auto tri = desk.browser("cityt");
  desk.upload(tri,
              "IH-1,20/11/2026 09:00,Đèn ngõ 12 hỏng ba tuần,,UBND phường Một,Mới,0912 345 678\n"
              "IH-2,20/11/2026 09:00,Rác đổ trộm ở bờ sông,,P2,Mới,\n");
  tri.press("Đưa vào 2 phản ánh");
  const Feedback own = desk.lamp(), lamp = desk.with_code("IH-1");
  auto hoa = desk.browser("hoa");
  desk.do_assign(lamp, "nam");
  auto nam = desk.browser("nam");
  nam.get(test::Office::url(lamp, "/answer"))
      .fill("text", test::good_answer)
      .choose("Phản ánh đúng, đã khắc phục")
      .fill("evidence", "Biên bản số 7")
      .press("Xem lại trước khi gửi");
  nam.press("Gửi câu trả lời");
  hoa.get("/staff/exchange?tab=over").follow("Xuất cho iHanoi").follow("Phần 1");
  const std::string file = hoa.body();
  for (const char* there :
       {"Mã,Ngày nhận,Nội dung,Lĩnh vực,Đơn vị,Trạng thái,", "IH-1", "2026-11-20 09:00",
        "UBND phường Một", "từ nay tổ kiểm tra mỗi thứ Hai", "Đã trả lời"})
    CHECK_MESSAGE(file.find(there) != std::string::npos, there);
  for (const std::string& not_there : {std::string("IH-2"), std::string("0912 345 678"),
                                       std::string("Điện thoại"), own.code.shown()})
    CHECK_MESSAGE(file.find(not_there) == std::string::npos, not_there);
  CHECK(hoa.get("/staff/exchange/cases.csv?for=sap").status() == 404);

  // Finished there and open here: told, and closed by nobody.
  desk.upload(tri,
              "IH-1,20/11/2026 09:00,Đèn ngõ 12 hỏng ba tuần,,UBND phường Một,Đã xong,\n"
              "IH-2,20/11/2026 09:00,Rác đổ trộm ở bờ sông,,P2,Đã xong,\n");
  CHECK(tri.shows("Bên kia đã xong, ở đây còn mở"));
  CHECK(tri.shows(desk.with_code("IH-2").code.shown()));
  CHECK_FALSE(tri.shows(lamp.code.shown()));
  CHECK(desk.now_is(desk.with_code("IH-2")).state == State::received);
}

TEST_CASE("an administrator sets a source up, and what was typed is kept") {
  Desk desk;
  auto admin = desk.browser("admin");
  admin.get("/staff/administration").follow("Hệ thống nguồn của tệp CSV");
  CHECK(admin.shows("iHanoi"));
  admin.follow("Khai báo hệ thống nguồn");
  admin.fill("code", "mot-cua").fill("name", "Một cửa").fill("units", "Phường Một = P9");
  admin.press("Ghi thay đổi");
  CHECK(admin.status() == 422);
  CHECK(admin.shows("Có mã đơn vị không tồn tại"));
  CHECK(admin.shows("Hãy ghi tên cột này"));
  CHECK(admin.body().find("Phường Một = P9") != std::string::npos);
  admin.fill("units", "Phường Một = P1").fill("column-code", "Số hồ sơ");
  admin.fill("column-received", "Ngày").fill("column-body", "Việc");
  admin.fill("reason", "Công văn 12").press("Ghi thay đổi");
  REQUIRE(admin.shows("Đã ghi."));
  const auto made = desk.read([](db::Read& r) { return find_source(r, "mot-cua"); });
  REQUIRE(made);
  CHECK(made->is_on);
  CHECK(made->units == std::vector<ForeignWord>{{"Phường Một", "P1"}});
  CHECK(admin.shows("mot-cua"));  // In the history, and it can be taken back: then it is off.
  // Two administrators at the same moment: the second is told, and keeps what was typed.
  auto slow = desk.browser("admin");
  slow.get("/staff/administration/sources/mot-cua").fill("name", "Một cửa phường");
  admin.get("/staff/administration/sources/mot-cua").fill("name", "Bộ phận một cửa");
  admin.fill("reason", "Công văn 13").press("Ghi thay đổi");
  slow.fill("reason", "Công văn 14").press("Ghi thay đổi");
  CHECK(slow.status() == 409);
  CHECK(slow.body().find("Một cửa phường") != std::string::npos);
  admin.get("/staff/administration").press("Lấy lại như trước: mot-cua");
  CHECK(desk.read([](db::Read& r) { return find_source(r, "mot-cua"); })->name == "Một cửa");
  // One that is off takes no file.
  Source off = ihanoi();
  off.is_on = false;
  desk.write([&](db::Write& w) { save_source(w, "ihanoi", value_of(off)); });
  auto tri = desk.browser("cityt");
  CHECK(tri.get("/staff/exchange/import").body().find("value=\"ihanoi\"") == std::string::npos);
}

TEST_CASE("an erased case of another system keeps no code, and its file does not bring it back") {
  Desk desk;
  auto tri = desk.browser("cityt");
  const std::string rows = "IH-8,20/11/2026,Đèn ngõ 12 hỏng,,P1,Mới,\n";
  desk.upload(tri, rows).press("Đưa vào 1 phản ánh");
  const Feedback lamp = desk.with_code("IH-8");
  desk.write([&](db::Write& w) { empty_words(w, lamp.id, desk.now, ErasedBecause::requested); });
  const auto foreign = desk.read([&](db::Read& r) { return foreign_of(r, lamp.id); });
  CHECK(foreign->code.empty());
  CHECK(foreign->state.empty());
  desk.upload(tri, rows);
  CHECK(tri.shows("Mới: 0. Đã có ở đây: 1."));
}

}  // namespace ln::feedback
