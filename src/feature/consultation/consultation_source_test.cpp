// What came by letter, spreadsheet and minutes: one home for each comment, and its own count.
#include "feature/consultation/consultation_source.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "core/people/people_jobs.h"
#include "feature/consultation/consultation_actions_source.h"
#include "feature/consultation/consultation_actions_table.h"
#include "feature/consultation/consultation_store_source.h"
#include "platform/office/office_sheet.h"
#include "test/draft_desk.h"

namespace ln::consultation {
namespace {

constexpr const char* letters_csv =
    "Điều khoản;Nội dung;Người góp ý;Địa chỉ;Ghi chú\n"
    "khoản 1 Điều 2;Ba mươi ngày là quá lâu.;Ông Lê Văn Tám;12 ngõ 5;x\n"
    "Điều 9;Không có điều này.;Bà Hai;;\n"
    ";\"Đồng ý, nhưng cần\nnói rõ hơn.\";;;\n"
    "d1.1;Ừ;;;\n";

struct SourceDesk : test::DraftDesk {
  SourceDesk() { make_open(); }
  draft::Draft draft() {
    const auto version = read([&](db::Read& r) { return find_version(r, id, current().version); });
    return *draft::parse(draft::split(version->text));
  }
  SourceTyped minutes() const {
    return {.kind = "minutes",
            .name = "Biên bản họp tổ dân phố số 5",
            .reference = "05/BB",
            .received_by = "Thư ký Thu",
            .received_on = local_day(now)};
  }
  Result<Imported> import(const ImportRows& rows, bool takes_equal = false) {
    const auto source = check_source(minutes(), current(), local_day(now));
    REQUIRE(source.ok());
    const auto prepared = read([&](db::Read& r) {
      return prepare_import(r, act(), source.value(), rows, takes_equal, random);
    });
    if (!prepared.ok()) return prepared.error();
    return write([&](db::Write& w) { return import_rows(w, act(), prepared.value()); });
  }
  std::string url(const std::string& more = "") const {
    return "/staff/consultations/" + std::to_string(id.value) + "/sources" + more;
  }
  Counts counts() {
    return read([&](db::Read& r) { return total_of(counts_by_clause(r, id)); });
  }
};

template <class T>
std::string why_not(const Result<T>& result) {
  return result.ok() ? "fine" : std::string(result.error().text.name());
}

// A form of ours as it is sent again: with the tokens that stood in `page`.
std::string form_tokens(const std::string& page) {
  std::string out;
  for (const std::string name : {"csrf", "once", "version"}) {
    const std::string mark = "name=\"" + name + "\" value=\"";
    const auto at = page.find(mark);
    if (at == std::string::npos) continue;
    const auto from = at + mark.size();
    out += name + "=" + page.substr(from, page.find('"', from) - from) + "&";
  }
  return out;
}

}  // namespace

TEST_CASE("rows of a table are taken one by one, and those that cannot be are named") {
  SourceDesk desk;
  const auto rows = read_rows(letters_csv, desk.draft());
  REQUIRE(rows.ok());
  REQUIRE(rows.value().rows.size() == 2);
  CHECK(rows.value().rows[0].clause == "d2.1");
  CHECK(rows.value().rows[0].author == "Ông Lê Văn Tám");
  CHECK(rows.value().rows[1].clause == "all");
  CHECK(rows.value().rows[1].line == 4);
  REQUIRE(rows.value().refused.size() == 2);
  CHECK(rows.value().refused[0].line == 3);
  CHECK(rows.value().refused[0].why.name() == "consultation.error.clause");
  CHECK(rows.value().refused[1].line == 6);
  CHECK(rows.value().refused[1].why.name() == "consultation.error.body_short");
  CHECK(rows.value().unread == std::vector<std::string>{"Ghi chú"});
}

TEST_CASE("a table without its column of words, too long or broken is refused as a whole") {
  SourceDesk desk;
  const draft::Draft draft = desk.draft();
  CHECK(why_not(read_rows("a,b\n1,2\n", draft)) == "consultation.error.rows_titles");
  CHECK(why_not(read_rows("comment\n", draft)) == "consultation.error.rows_none");
  CHECK(why_not(read_rows("comment\n\xFF\n", draft)) == "consultation.error.rows_utf8");
  std::string many = "comment\n";
  for (std::size_t n = 0; n <= rows_at_once; ++n) many += "Đồng ý với dự thảo\n";
  CHECK(why_not(read_rows(many, draft)) == "consultation.error.rows_many");
  CHECK(why_not(read_rows("comment\n" + std::string(rows_text_max, 'a'), draft)) ==
        "consultation.error.rows_large");
  const auto cells = read_rows("comment\nĐồng ý với,dự thảo\n", draft);
  REQUIRE(cells.ok());
  REQUIRE(cells.value().refused.size() == 1);
  CHECK(cells.value().refused[0].why.name() == "consultation.error.rows_cells");
}

TEST_CASE("a place is read as it is cited, in both languages, and as its key") {
  SourceDesk desk;
  const draft::Draft draft = desk.draft();
  for (const char* each : {"khoản 2 Điều 2", "Khoản 2, điều 2", "d2.2", "clause 2 Article 2"})
    CHECK(place_in(draft, each) == "d2.2");
  for (const char* each : {"", "Cả dự thảo", "all"}) CHECK(place_in(draft, each) == "all");
  CHECK_FALSE(place_in(draft, "khoản 7 Điều 2").has_value());
}

TEST_CASE("điểm d and điểm đ are two places, and without its mark a letter means neither") {
  const auto of = [](const char* points) {
    return *draft::parse(
        draft::split("QUY CHẾ\n\nĐiều 1. Phạm vi\n\n1. Quy chế quy định việc sau đây:\n\n" +
                     std::string(points)));
  };
  const draft::Draft both =
      of("a) Một việc.\n\nb) Hai việc.\n\nc) Ba việc.\n\nd) Bốn việc.\n\nđ) Năm việc.");
  REQUIRE(both.find("d1.1.d").has_value());
  REQUIRE(both.find("d1.1.dd").has_value());
  CHECK(place_in(both, "điểm d khoản 1 Điều 1") == "d1.1.d");
  CHECK(place_in(both, "Điểm Đ, khoản 1, điều 1") == "d1.1.dd");
  CHECK(place_in(both, "point đ, clause 1, Article 1") == "d1.1.dd");
  CHECK(place_in(both, "d1.1.dd") == "d1.1.dd");
  CHECK_FALSE(place_in(both, "diem d khoan 1 dieu 1").has_value());
  CHECK(place_in(both, "diem c khoan 1 dieu 1") == "d1.1.c");
  const auto rows = read_rows(
      "place,comment\nđiểm đ khoản 1 Điều 1,Nên bỏ việc này đi\n"
      "diem d khoan 1 dieu 1,Nên bỏ việc này đi\n",
      both);
  REQUIRE(rows.ok());
  REQUIRE(rows.value().rows.size() == 1);
  CHECK(rows.value().rows[0].clause == "d1.1.dd");
  REQUIRE(rows.value().refused.size() == 1);
  CHECK(rows.value().refused[0].why.name() == "consultation.error.clause");
  // A place that is not there is not the one beside it.
  const draft::Draft one = of("a) Một việc.\n\nb) Hai việc.\n\nc) Ba việc.\n\nd) Bốn việc.");
  CHECK_FALSE(place_in(one, "điểm đ khoản 1 Điều 1").has_value());
  CHECK(place_in(one, "diem d khoan 1 dieu 1") == "d1.1.d");
}

TEST_CASE("a source has a kind of import, a name, who took it in, and a day of the consultation") {
  SourceDesk desk;
  const auto wrong = [&](auto change) {
    SourceTyped typed = desk.minutes();
    change(typed);
    return why_not(check_source(typed, desk.current(), local_day(desk.now)));
  };
  CHECK(wrong([](SourceTyped&) {}) == "fine");
  CHECK(wrong([](SourceTyped& t) { t.kind = "invited"; }) == "consultation.error.source_kind");
  CHECK(wrong([](SourceTyped& t) { t.name = "BB"; }) == "consultation.error.source_name");
  CHECK(wrong([](SourceTyped& t) { t.received_by = " "; }) == "consultation.error.received_by");
  CHECK(wrong([](SourceTyped& t) { t.received_on.reset(); }) == "consultation.error.received_on");
  for (const int days : {-1, 1})
    CHECK(wrong([&](SourceTyped& t) { *t.received_on += std::chrono::days(days); }) ==
          "consultation.error.received_on");
}

TEST_CASE("imported comments are counted once and apart, and each has a line of the ledger") {
  SourceDesk desk;
  desk.say("d2.1", "Tôi gửi ở đây, xin rút xuống mười ngày.");
  const auto rows = read_rows(letters_csv, desk.draft());
  const auto done = desk.import(rows.value());
  REQUIRE(done.ok());
  CHECK(done.value().count == 2);
  // Only who gave an address has a letter to open it with.
  REQUIRE(done.value().letters.size() == 1);
  const Counts counts = desk.counts();
  CHECK(counts.all == 3);
  CHECK(counts.imported == 2);
  CHECK(counts.by_strength[0] == 1);
  const auto comments =
      desk.read([&](db::Read& r) { return comments_from(r, done.value().source, 0, 10); });
  REQUIRE(comments.size() == 2);
  CHECK(comments[0].said_by == "Biên bản họp tổ dân phố số 5");
  CHECK(local_day(comments[0].sent_at) == local_day(desk.now));
  for (const Comment& each : comments)
    CHECK(desk.read([&](db::Read& r) {
                return ledger::entries_of(r, {"consultation_comment", each.id.value});
              })
              .size() == 1);
  CHECK(desk.read([&](db::Read& r) {
              return ledger::entries_of(r, {"consultation_source", done.value().source.value});
            })
            .size() == 1);
  CHECK(desk.read([](db::Read& r) { return ledger::verify_all(r); }).empty());
}

TEST_CASE("whoever got the letter opens the comment with it, and withdrawing forgets their name") {
  SourceDesk desk;
  const auto done = desk.import(read_rows(letters_csv, desk.draft()).value());
  REQUIRE(done.ok());
  const Handed& handed = done.value().letters.front();
  const CitizenAct act{.citizen = people::Citizen(handed.secret),
                       .code = *Code::parse(handed.code),
                       .salts = ledger::draw(desk.random),
                       .now = desk.now};
  const auto comment = desk.read([&](db::Read& r) { return find_comment(r, act.code); });
  CHECK(desk.read([&](db::Read& r) { return find_imported(r, comment->id); })->author ==
        "Ông Lê Văn Tám");
  REQUIRE(desk.write([&](db::Write& w) { return withdraw_comment(w, act); }).ok());
  const auto left = desk.read([&](db::Read& r) { return find_imported(r, comment->id); });
  CHECK(left->author.empty());
  CHECK(left->likeness.empty());
}

TEST_CASE("what is hidden for privacy leaves no author at the desk") {
  SourceDesk desk;
  const auto done = desk.import(read_rows(letters_csv, desk.draft()).value());
  REQUIRE(done.ok());
  const Code code = *Code::parse(done.value().letters.front().code);
  const auto told = [&] { return desk.read([&](db::Read& r) { return find_comment(r, code); }); };
  const auto hide_for = [&](HideReason reason) {
    EditAct act = desk.act();
    act.revision = told()->revision;
    return desk
        .write([&](db::Write& w) { return hide(w, act, code, reason, ledger::draw(desk.random)); })
        .ok();
  };
  const auto row = [&] {
    return *desk.read([&](db::Read& r) { return find_imported(r, told()->id); });
  };
  REQUIRE(hide_for(HideReason::insult));
  CHECK(row().author == "Ông Lê Văn Tám");
  EditAct showing = desk.act();
  showing.revision = told()->revision;
  REQUIRE(
      desk.write([&](db::Write& w) { return show(w, showing, code, ledger::draw(desk.random)); })
          .ok());
  REQUIRE(hide_for(HideReason::privacy));
  CHECK(row().author.empty());
  CHECK(row().likeness.empty());
}

TEST_CASE("what is imported twice is refused row by row, also when two officers do it at once") {
  SourceDesk desk;
  ImportRows rows = read_rows(letters_csv, desk.draft()).value();
  const auto source = check_source(desk.minutes(), desk.current(), local_day(desk.now));
  const auto late = desk.read([&](db::Read& r) {
    return prepare_import(r, desk.act(), source.value(), rows, false, desk.random);
  });
  REQUIRE(desk.import(rows).ok());
  CHECK(why_not(desk.write([&](db::Write& w) {
          return import_rows(w, desk.act(), late.value());
        })) == "consultation.error.row_in");
  CHECK(desk.counts().all == 2);
  ImportRows again = read_rows(letters_csv, desk.draft()).value();
  desk.read([&](db::Read& r) {
    refuse_equal(r, desk.id, again, false);
    return 0;
  });
  CHECK(again.rows.empty());
  CHECK(again.refused.size() == 4);
  CHECK(std::ranges::count(again.refused, TextKey("consultation.error.row_in"_t),
                           &RefusedRow::why) == 2);
  // Many without a name may have sent the same: the officer says so.
  REQUIRE(desk.import(rows, true).ok());
  CHECK(desk.counts().all == 4);
}

TEST_CASE("only who drafts imports, and nobody after the decision or before the opening") {
  SourceDesk desk;
  CHECK(desk.browser("hai").get(desk.url()).status() == 404);
  CHECK(desk.browser("nam").get(desk.url()).status() == 404);
  const auto source = check_source(desk.minutes(), desk.current(), local_day(desk.now));
  CHECK(why_not(desk.read([&](db::Read& r) {
          return prepare_import(r, desk.act("hai"), source.value(), {}, false, desk.random);
        })) == "consultation.error.none");
}

TEST_CASE("the desk reads a spreadsheet, shows what it would take, and takes it once") {
  SourceDesk desk;
  office::SheetWriter writer;
  writer.begin_sheet("Thư", {{"Nội dung", 40}, {"Người góp ý", 20}, {"Địa chỉ", 20}});
  writer.row({std::string("- Rút thời hạn xuống mười ngày."), std::string("Bà Sáu"),
              std::string("7 phố Huế")});
  writer.row({std::string("Ừ"), std::string("Ông Bảy"), std::string()});
  auto head = desk.browser("hoa");
  head.get(desk.url());
  head.choose("Thư, văn bản giấy").fill("Tên nguồn", "Thư của cư dân phố Huế");
  head.fill("received_on", "2026-11-23").attach("file", "thu.xlsx", std::move(writer).finish());
  head.press("Kiểm tra");
  CHECK(head.status() == 200);
  CHECK(head.shows("Sẽ nhập 1 ý kiến"));
  CHECK(head.shows("Dòng 3:"));
  CHECK(desk.counts().all == 0);
  head.press("Nhập các dòng hợp lệ");
  CHECK(head.status() == 200);
  CHECK(head.shows("Đã nhập 1 ý kiến"));
  CHECK(head.shows("Bà Sáu"));
  CHECK(head.shows("Dòng 3:"));
  CHECK(desk.counts().all == 1);
  head.follow("Mở nguồn này");
  CHECK(head.shows("- Rút thời hạn xuống mười ngày."));
  head.fill("Nội dung góp ý", "Thêm một ý kiến nói tại cuộc họp.").press("Nhập ý kiến");
  CHECK(head.shows("Đã nhập 1 ý kiến"));
  CHECK(desk.counts().imported == 2);
  // The public reads where it came from, and not from whom.
  auto anybody = desk.browser("nobody");
  anybody.get("/consultations/" + std::to_string(desk.id.value) + "/clauses/all");
  CHECK(anybody.shows("Thư của cư dân phố Huế"));
  CHECK_FALSE(anybody.shows("Bà Sáu"));
  anybody.get("/en/consultations/" + std::to_string(desk.id.value));
  CHECK(anybody.shows("Taken from letters, tables and minutes"));
}

TEST_CASE("a letter of the days after the last one promises nothing that is over") {
  SourceDesk desk;
  desk.now = at_local(test::last_day + std::chrono::days(2));
  REQUIRE(close_due(desk.database, desk.now) == 1);
  people::keep_sessions(desk.database, desk.now);
  REQUIRE(desk.write([&](db::Write& w) {
                return people::open_session(w, people::AccountId{desk.accounts["hoa"]},
                                            "token-of-hoa", desk.now);
              })
              .ok());
  auto head = desk.browser("hoa");
  head.get(desk.url());
  head.post(desk.url(), "application/x-www-form-urlencoded",
            form_tokens(head.body()) +
                "step=keep&kind=letter&name=Thu+cua+cu+dan&received_by=Thu&"
                "received_on=2026-12-11&text=comment,address%0A%22Xin+rut+xuong%22,pho");
  CHECK(head.status() == 200);
  CHECK(head.shows("không rút lại ý kiến được nữa"));
  CHECK_FALSE(head.shows("hoặc rút ý kiến"));
}

TEST_CASE("what else stands in the form makes it another one") {
  SourceDesk desk;
  auto head = desk.browser("hoa");
  head.get(desk.url());
  const auto sent = [&](const char* reference) {
    return form_tokens(head.body()) +
           "step=keep&kind=letter&name=Thu+cua+cu+dan&reference=" + reference +
           "&received_by=Thu&received_on=2026-11-23&takes_equal=1&text=comment%0AXin+rut+xuong";
  };
  const std::string first = sent("12"), second = sent("13");
  for (const std::string& each : {first, second, first})
    head.post(desk.url(), "application/x-www-form-urlencoded", each);
  CHECK(head.status() == 200);
  CHECK(desk.counts().all == 2);
}

TEST_CASE("a table that is sent twice is taken once, and its letters are shown for minutes") {
  SourceDesk desk;
  auto head = desk.browser("hoa");
  head.get(desk.url());
  const std::string sent =
      form_tokens(head.body()) +
      "step=keep&kind=minutes&name=Bien+ban+hop+to+5&received_by=Thu&"
      "received_on=2026-11-23&text=comment,address%0A%22Xin+rut+xuong%22,pho%0ANg%E1%BA%AFn,";
  const auto keep = [&] {
    head.post(desk.url(), "application/x-www-form-urlencoded", sent);
    CHECK(head.status() == 200);
    return head.body();
  };
  const std::string first = keep();
  CHECK(desk.counts().all == 1);
  CHECK(first.find("hoặc rút ý kiến") != std::string::npos);
  // Which rows were left out is told as often as the form is sent.
  for (int n = 0; n < 2; ++n) {
    const std::string told = keep();
    CHECK(told.find("Dòng 3:") != std::string::npos);
    CHECK(told.find("Ngắn") != std::string::npos);
  }
  const std::string mark = "class=\"secret\" translate=\"no\">";
  REQUIRE(first.find(mark) != std::string::npos);
  const std::string secret = first.substr(first.find(mark) + mark.size(), 24);
  CHECK(keep().find(secret) != std::string::npos);
  desk.now += std::chrono::minutes(11);
  CHECK(keep().find(secret) == std::string::npos);
  CHECK(keep().find("Dòng 3:") != std::string::npos);
  CHECK(desk.counts().all == 1);
}

}  // namespace ln::consultation
