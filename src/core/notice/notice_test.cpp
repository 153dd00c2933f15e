#include "core/notice/notice.h"

#include <doctest/doctest.h>

#include "base/result.h"
#include "core/notice/notice_store.h"
#include "core/notice/notice_text.h"
#include "test/world.h"

using namespace ln;
using namespace ln::notice;
using namespace std::chrono_literals;

namespace {

constexpr std::array all_ways = {Way::mail, Way::message};
constexpr Subject case_7{"feedback", 7};
// Any sentence will do; the rooms that tell something bring their own.
const TextKey sentence = "attachment.error.not_found"_t;

Draft to_citizen(std::string_view address, const Subject& about = case_7) {
  return {.kind = "feedback.answered",
          .to = Recipient::citizen(address),
          .about = about,
          .text = sentence,
          .values = {{"code", "HN-7"}}};
}
Draft to_staff(std::int64_t account) {
  return {.kind = "feedback.assigned",
          .to = Recipient::staff(account),
          .about = case_7,
          .text = sentence};
}

struct Outbox {
  test::World world;
  template <class Change>
  void change(Change body) {
    const auto result = world.write([&](db::Write& write) -> Result<Done> {
      body(write);
      return Done{};
    });
    REQUIRE(result.ok());
  }
  NoticeId put(const Draft& draft) {
    NoticeId id;
    change([&](db::Write& write) { id = queue(write, draft, world.now); });
    return id;
  }
  std::vector<Outgoing> waiting() {
    return world.read([&](db::Read& read) { return due(read, world.now, all_ways, 10); });
  }
  std::vector<Notice> told(const Subject& about = case_7) {
    return world.read([&](db::Read& read) { return told_about(read, about); });
  }
  std::vector<Notice> list(std::int64_t account, NoticeId before = {}) {
    return world.read([&](db::Read& read) { return inbox(read, account, before, 2); });
  }
  std::int64_t unseen(std::int64_t account) {
    return world.read([&](db::Read& read) { return count_unseen(read, account); });
  }
};

}  // namespace

TEST_CASE("what a citizen is told stands on the page of their case, with or without an address") {
  Outbox outbox;
  outbox.put(to_citizen(""));
  outbox.put(to_citizen("hoa@example.vn"));
  outbox.put(to_staff(5));
  outbox.put(to_citizen("", {"feedback", 8}));
  const auto told = outbox.told();
  REQUIRE(told.size() == 2);
  CHECK(told[0].kind == "feedback.answered");
  CHECK(told[0].text == sentence);
  CHECK(told[0].values == Values{{"code", "HN-7"}});
  CHECK(told[0].created_at == outbox.world.now);
  CHECK_FALSE(told[1].sent_at.has_value());
}

TEST_CASE("a member of the staff sees their own notices, newest first, and what is new") {
  Outbox outbox;
  const NoticeId first = outbox.put(to_staff(5));
  const NoticeId second = outbox.put(to_staff(5));
  const NoticeId third = outbox.put(to_staff(5));
  outbox.put(to_staff(6));
  outbox.put(to_citizen(""));
  REQUIRE(outbox.list(5).size() == 2);
  CHECK(outbox.list(5)[0].id == third);
  REQUIRE(outbox.list(5, second).size() == 1);
  CHECK(outbox.list(5, second)[0].id == first);
  CHECK(outbox.unseen(5) == 3);
  outbox.change([&](db::Write& write) { mark_seen(write, 5, second, outbox.world.now); });
  CHECK(outbox.unseen(5) == 1);
  CHECK(outbox.unseen(6) == 1);
}

TEST_CASE("only what has an address waits for the mailer, and once sent the address is gone") {
  Outbox outbox;
  outbox.put(to_citizen(""));
  const NoticeId mail = outbox.put(to_citizen("hoa@example.vn"));
  REQUIRE(outbox.waiting().size() == 1);
  CHECK(outbox.waiting()[0].address == "hoa@example.vn");
  CHECK(outbox.waiting()[0].notice.values.size() == 1);
  outbox.change([&](db::Write& write) { mark_sent(write, mail, outbox.world.now); });
  CHECK(outbox.waiting().empty());
  CHECK(outbox.told()[1].sent_at == outbox.world.now);
  // Without an address nothing was sent, whoever says so.
  const NoticeId page_only = outbox.told()[0].id;
  outbox.change([&](db::Write& write) { mark_sent(write, page_only, outbox.world.now); });
  CHECK_FALSE(outbox.told()[0].sent_at.has_value());
}

TEST_CASE("a notice that cannot be sent is tried again later, and given up after two days") {
  Outbox outbox;
  const NoticeId mail = outbox.put(to_citizen("hoa@example.vn"));
  const auto fail = [&] {
    outbox.change([&](db::Write& write) { mark_failed(write, mail, outbox.world.now); });
  };
  fail();
  CHECK(outbox.waiting().empty());
  outbox.world.now += 59s;
  CHECK(outbox.waiting().empty());
  outbox.world.now += 1s;
  CHECK(outbox.waiting().size() == 1);
  int failures = 1;
  const Instant begin = outbox.world.now;
  for (; !outbox.waiting().empty() && failures < 100; ++failures) {
    fail();
    outbox.world.now += 6h;
  }
  CHECK(failures == 16);
  CHECK(outbox.world.now > begin);
  CHECK_FALSE(outbox.told()[0].sent_at.has_value());
}

TEST_CASE("the wait between attempts doubles up to six hours and ends after about two days") {
  CHECK(wait_after(1) == 1min);
  CHECK(wait_after(4) == 8min);
  CHECK(wait_after(10) == 6h);
  CHECK(wait_after(15) == 6h);
  CHECK_FALSE(wait_after(16).has_value());
  std::chrono::milliseconds all{};
  for (std::int64_t attempt = 1; wait_after(attempt); ++attempt) all += *wait_after(attempt);
  CHECK(all > 40h);
  CHECK(all < 60h);
}

TEST_CASE("a citizen who takes their contact back gets no more mail, and still reads the page") {
  Outbox outbox;
  outbox.put(to_citizen("hoa@example.vn"));
  outbox.put(to_citizen("nam@example.vn", {"feedback", 8}));
  outbox.change([&](db::Write& write) { forget_addresses(write, case_7); });
  REQUIRE(outbox.waiting().size() == 1);
  CHECK(outbox.waiting()[0].address == "nam@example.vn");
  CHECK(outbox.told().size() == 1);
  outbox.change([&](db::Write& write) { erase(write, case_7); });
  CHECK(outbox.told().empty());
  CHECK(outbox.told({"feedback", 8}).size() == 1);
}

TEST_CASE("a notice is read in the reader's language, with its values in place") {
  Notice notice;
  CHECK(text_of(notice, i18n::Voice(i18n::Language::vi)).empty());
  static constexpr Message message{"test", "Phiếu {code}: {what}.", "Case {code}: {what}.", ""};
  notice.text = TextKey(&message);
  notice.values = {{"code", "HN-7"}};
  CHECK(text_of(notice, i18n::Voice(i18n::Language::vi)) == "Phiếu HN-7: {what}.");
  CHECK(text_of(notice, i18n::Voice(i18n::Language::en)) == "Case HN-7: {what}.");
}

TEST_CASE("a sentence is found by the name it was stored under") {
  CHECK(text_key_named(sentence.name()) == sentence);
  CHECK(text_key_named("no.such.sentence").is_none());
}

TEST_CASE("nobody is woken, but who has just written is answered") {
  const auto at = [](int hour, int minute) {
    return test::monday - 9h + std::chrono::hours(hour) + std::chrono::minutes(minute);
  };
  CHECK(leaves_at(at(9, 0), Pace::each) == at(9, 0));
  CHECK(leaves_at(at(20, 59), Pace::each) == at(20, 59));
  CHECK(leaves_at(at(21, 0), Pace::each) == at(24 + 7, 0));
  CHECK(leaves_at(at(6, 59), Pace::each) == at(7, 0));
  CHECK(leaves_at(at(0, 0), Pace::each) == at(7, 0));
  CHECK(leaves_at(at(7, 0), Pace::daily) == at(7, 30));
  CHECK(leaves_at(at(7, 30), Pace::daily) == at(7, 30));
  CHECK(leaves_at(at(7, 31), Pace::daily) == at(24 + 7, 30));
  Outbox outbox;
  outbox.world.now = at(23, 0);
  Draft reply = to_citizen("hoa@example.vn");
  reply.is_reply = true;
  outbox.put(reply);
  outbox.put(to_citizen("hoa@example.vn"));
  CHECK(outbox.waiting().size() == 1);
  outbox.world.now = at(24 + 7, 0);
  CHECK(outbox.waiting().size() == 2);
}

TEST_CASE("a reader is told each time, once a day or never, and what waits follows the choice") {
  Outbox outbox;
  const ReaderKey key{1, 2, 3};
  outbox.put(to_citizen("hoa@example.vn"));
  outbox.change([&](db::Write& write) {
    CHECK(ensure_reader(write, case_7, key) == key);
    CHECK(ensure_reader(write, case_7, ReaderKey{9}) == key);
    choose_pace(write, case_7, Pace::daily, outbox.world.now);
  });
  CHECK(outbox.waiting().empty());
  outbox.put(to_citizen("hoa@example.vn"));
  CHECK(outbox.waiting().empty());
  outbox.world.now += 22h + 30min;
  CHECK(outbox.waiting().size() == 2);
  outbox.change(
      [&](db::Write& write) { choose_pace(write, case_7, Pace::none, outbox.world.now); });
  CHECK(outbox.waiting().empty());
  outbox.put(to_citizen("hoa@example.vn"));
  CHECK(outbox.waiting().empty());
  CHECK(outbox.told().size() == 3);  // on the page nothing is missing
  const auto reader = outbox.world.read([&](db::Read& read) { return reader_with(read, key); });
  REQUIRE(reader.has_value());
  CHECK(reader->subject_id == 7);
  CHECK(reader->pace == Pace::none);
  outbox.change([&](db::Write& write) { erase(write, case_7); });
  CHECK_FALSE(
      outbox.world.read([&](db::Read& read) { return reader_with(read, key).has_value(); }));
}
