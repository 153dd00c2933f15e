// A draft with very many comments: counts that each act keeps, and the orders in which a clause is
// read.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "core/people/people_jobs.h"
#include "feature/consultation/consultation_actions_answer.h"
#include "feature/consultation/consultation_actions_decide.h"
#include "feature/consultation/consultation_actions_invitation.h"
#include "feature/consultation/consultation_actions_letter.h"
#include "feature/consultation/consultation_actions_source.h"
#include "feature/consultation/consultation_jobs.h"
#include "feature/consultation/consultation_store_check.h"
#include "feature/consultation/consultation_store_contact.h"
#include "feature/consultation/consultation_store_tally.h"
#include "feature/consultation/consultation_store_token.h"
#include "test/draft_desk.h"

namespace ln::consultation {
namespace {

struct CountDesk : test::DraftDesk {
  std::vector<Told> all;
  std::vector<IssueId> points;
  std::map<int, int> done;  // acts that were not refused, by kind

  CountDesk() { make_open(); }
  Told& any() { return all[random.below(all.size())]; }

  // One act of one kind, chosen at random; it may be refused.
  void act_somehow(int turn) {
    // In the second version Article 2 is Article 3.
    const std::string last = current().version > 1 ? "d3.2" : "d2.2";
    const std::string places[] = {"d1.1", "d2.1", last, "d2", "all"};
    int kind = -1;
    const auto refused_or_not = [&](const auto& result) { done[kind] += result.ok() ? 1 : 0; };
    if (all.size() < 3 || random.below(3) == 0) {
      all.push_back(say(places[random.below(5)], "Ý kiến số " + std::to_string(turn) + ".",
                        random.below(2) == 0 ? "Viết lại cho rõ." : ""));
      return;
    }
    const Told& told = any();
    const Comment now_ = now_is(told);
    EditAct edit = act();
    edit.revision = now_.revision;
    kind = static_cast<int>(random.below(8));
    switch (kind) {
      case 0:
        refused_or_not(write([&](db::Write& w) {
          return change_comment(w, by(told), "Nói lại cho gọn hơn.",
                                random.below(2) == 0 ? "" : "Xin viết lại thế này.");
        }));
        break;
      case 1:
        refused_or_not(write([&](db::Write& w) { return withdraw_comment(w, by(told)); }));
        break;
      case 2:
        refused_or_not(write([&](db::Write& w) {
          return hide(w, edit, *now_.code, HideReason::privacy, ledger::draw(random));
        }));
        break;
      case 3:
        refused_or_not(
            write([&](db::Write& w) { return show(w, edit, *now_.code, ledger::draw(random)); }));
        break;
      case 4:
        refused_or_not(write([&](db::Write& w) {
          return consultation::support(w, *now_.code, "mark " + std::to_string(turn % 4), now);
        }));
        break;
      case 5: put_somewhere(*now_.code, turn); break;
      case 6: put_many(); break;
      default: write([&](db::Write& w) { raise_strength(w, now_.id); }); ++done[kind];
    }
  }
  void put_somewhere(const Code& code, int turn) {
    if (points.size() < 3) {
      const auto made = write([&](db::Write& w) {
        return place_in_new(w, act(), id, "Vấn đề số " + std::to_string(turn), {code},
                            draw_issue(random));
      });
      if (made.ok()) points.push_back(made.value().id);
      return;
    }
    const IssueId to = points[random.below(points.size())];
    const auto moved = write([&](db::Write& w) { return place_comments(w, act(), to, {code}); });
    done[5] += moved.ok() ? 1 : 0;
  }
  void put_many() {
    if (points.empty()) return;
    const auto moved = write([&](db::Write& w) {
      return place_many(w, act(), id,
                        {.comments = {any().comment.id, any().comment.id, any().comment.id},
                         .to = points[random.below(points.size())],
                         .title = ""},
                        draw_issue(random));
    });
    done[6] += moved.ok() && moved.value() > 0 ? 1 : 0;
  }
  // A body that was invited replies.
  void reply_invited() {
    const auto draws = draw_invitation(random);
    const auto made = write([&](db::Write& w) {
      return invite(
          w, act(), id,
          {.name = "Mặt trận Tổ quốc phường", .due_on = local_day(now) + std::chrono::days(5)},
          draws);
    });
    REQUIRE(made.ok());
    const people::Citizen citizen(draws.secret);
    const auto prepared = read([&](db::Read& r) {
      return prepare_reply(r, citizen, *made.value().code,
                           {.clause = "d2.1", .body = "Đề nghị rút xuống mười ngày."}, random, now);
    });
    REQUIRE(prepared.ok());
    REQUIRE(
        write([&](db::Write& w) { return send_reply(w, citizen, prepared.value(), now); }).ok());
  }
  void import_two() {
    const auto source = check_source({.kind = "minutes",
                                      .name = "Biên bản họp tổ dân phố số 5",
                                      .reference = "05/BB",
                                      .received_by = "Thư ký Thu",
                                      .received_on = local_day(now)},
                                     current(), local_day(now));
    REQUIRE(source.ok());
    const ImportRows rows{.rows = {{.line = 1, .clause = "d1", .body = "Nên nói rõ ai chấm."},
                                   {.line = 2, .clause = "d2.1", .body = "Ba mươi ngày là lâu."}}};
    const auto prepared = read(
        [&](db::Read& r) { return prepare_import(r, act(), source.value(), rows, false, random); });
    REQUIRE(prepared.ok());
    REQUIRE(write([&](db::Write& w) { return import_rows(w, act(), prepared.value()); }).ok());
  }
  void publish_second() {
    auto typed = test::DraftDesk::typed(test::second_text);
    typed.note = "Thêm một điều.";
    REQUIRE(write([&](db::Write& w) { return change(w, act(), id, typed); }).ok());
    REQUIRE(write([&](db::Write& w) { return publish_version(w, act(), id); }).ok());
  }
  void forget_counts() {
    write([](db::Write& w) {
      w.run("DELETE FROM consultation_tally");
      w.run("DELETE FROM consultation_issue_tally");
      w.run("UPDATE consultation SET is_tallied = 0");
    });
  }
  std::string url(const std::string& more) const {
    return "/consultations/" + std::to_string(id.value) + more;
  }
  // All that pages ask of counts, in one text.
  std::string told_counts() {
    return read([&](db::Read& r) {
      std::string out =
          std::to_string(comment_count(r, id)) + "|" + std::to_string(unplaced_count(r, id)) + "\n";
      for (const auto& [clause, c] : counts_by_clause(r, id)) {
        if (c.all == 0) continue;
        out += clause;
        for (const std::int64_t each :
             {c.all, c.hidden, c.withdrawn, c.with_wording, c.imported, c.invited})
          out += " " + std::to_string(each);
        for (const std::int64_t each : c.by_strength) out += " " + std::to_string(each);
        out += "\n";
      }
      for (const auto& [issue, b] : behind_of(r, id)) {
        out += std::to_string(issue);
        for (const std::int64_t each : {b.comments, b.supports, b.imported})
          out += " " + std::to_string(each);
        for (const std::int64_t each : b.by_strength) out += " " + std::to_string(each);
        out += "\n";
      }
      return out;
    });
  }
};

}  // namespace

TEST_CASE("whatever is done to comments, what is counted is what a recount gives") {
  CountDesk desk;
  for (int turn = 0; turn < 220; ++turn) {
    desk.act_somehow(turn);
    if (turn == 60) desk.import_two();
    if (turn == 70) desk.reply_invited();
    if (turn == 100) desk.publish_second();
    REQUIRE_MESSAGE(desk.read(mistallied).empty(), "after act " << turn);
  }
  CHECK(desk.read(unfit_tallies).empty());
  // Each kind of act was done, not only refused.
  for (int kind = 0; kind < 8; ++kind) CHECK_MESSAGE(desk.done[kind] > 0, kind);
  // Pages read the same from the counts as from the comments.
  const std::string kept = desk.told_counts();
  CHECK(std::ranges::count(kept, '\n') > 8);
  desk.write([](db::Write& w) { w.run("UPDATE consultation SET is_tallied = 0"); });
  CHECK(desk.told_counts() == kept);
}

TEST_CASE("a city that was there before counts were kept is counted once, and works meanwhile") {
  CountDesk desk;
  for (int turn = 0; turn < 40; ++turn) desk.act_somehow(turn);
  desk.forget_counts();
  const std::string before = desk.told_counts();
  CHECK(desk.read(unfit_tallies).empty());
  // More goes than was counted since: a sum below nothing stops nobody.
  for (int turn = 40; turn < 80; ++turn) desk.act_somehow(turn);
  CHECK(desk.told_counts() != before);
  const std::string told = desk.told_counts();
  CHECK(desk.read([&](db::Read& r) { return comments_of(r, {desk.id, "d2"}).size(); }) > 0);
  CHECK(tally_comments(desk.database));
  CHECK_FALSE(tally_comments(desk.database));
  CHECK(desk.told_counts() == told);
  CHECK(desk.read(mistallied).empty());
  for (int turn = 80; turn < 100; ++turn) desk.act_somehow(turn);
  CHECK(desk.read(mistallied).empty());
}

TEST_CASE("a count that was edited is named, and so is a comment that was left out of it") {
  CountDesk desk;
  desk.say("d2.1", "Ba mươi ngày là quá lâu.");
  CHECK(desk.read(unfit_tallies).empty());
  const auto names_it = [&] {
    const auto faults = desk.read(unfit_tallies);
    return faults.size() == 1 && faults[0].what == "the counts of draft " +
                                                       std::to_string(desk.id.value) +
                                                       " are not those of its comments";
  };
  desk.write([](db::Write& w) { w.run("UPDATE consultation_tally SET comments = 2"); });
  CHECK(names_it());
  desk.write([&](db::Write& w) { tally_anew(w, desk.id); });
  desk.write([](db::Write& w) { w.run("UPDATE consultation_issue_tally SET supports = 7"); });
  CHECK(names_it());
  desk.write([&](db::Write& w) { tally_anew(w, desk.id); });
  desk.write([](db::Write& w) { w.run("UPDATE consultation_comment SET clause_now = 'd1'"); });
  CHECK(names_it());
}

TEST_CASE("what the ledger is told at the end of a draft rests on its comments, not on counts") {
  CountDesk desk;
  const auto told = desk.say("d2.1", "Ba mươi ngày là quá lâu.");
  desk.say("d1.1", "Phạm vi nên gồm cả viên chức.");
  const auto edit_counts = [&] {
    desk.write([](db::Write& w) {
      w.run("UPDATE consultation_tally SET comments = 7");
      w.run("UPDATE consultation_issue_tally SET comments = 0");
    });
  };
  edit_counts();
  desk.now = at_local(test::last_day + std::chrono::days(2));
  REQUIRE(close_due(desk.database, desk.now) == 1);
  CHECK(desk.last_said()->what == "closed");
  CHECK(desk.last_said()->comments == 2);
  people::keep_sessions(desk.database, desk.now);
  REQUIRE(desk.write([&](db::Write& w) {
                return people::open_session(w, people::AccountId{desk.accounts["hoa"]},
                                            "token-of-hoa", desk.now);
              })
              .ok());
  // An edited count says that nothing waits: nothing is decided on it.
  edit_counts();
  const auto refused_with = [&] {
    const auto decided = desk.write(
        [&](db::Write& w) { return decide(w, desk.act(), desk.id, "Thông qua theo bản này."); });
    return decided.ok() ? TextKey() : decided.error().text;
  };
  CHECK(refused_with() == TextKey("consultation.error.miscounted"_t));
  desk.write([&](db::Write& w) { tally_anew(w, desk.id); });
  CHECK(refused_with() == key_of(Blocker::Kind::unplaced));
}

TEST_CASE("a comment by token is counted as one without a name") {
  CountDesk desk;
  desk.say("d2.1", "Ba mươi ngày là quá lâu.");
  desk.write([](db::Write& w) { w.run("UPDATE consultation_comment SET strength = 'verified'"); });
  CHECK(desk.read(mistallied).empty());
  desk.write([&](db::Write& w) { end_tokens(w, {.consultation = desk.id}); });
  CHECK(desk.read(mistallied).empty());
  CHECK(desk.read([](db::Read& r) {
    return r.all("SELECT strength FROM consultation_tally",
                 [](const db::Row& row) { return row.text(0); });
  }) == std::vector<std::string>{"anonymous"});
}

TEST_CASE(
    "an article is read together with its clauses, by age and by support, each comment once") {
  CountDesk desk;
  std::vector<std::int64_t> of_article;
  std::map<std::int64_t, std::int64_t> supports;
  for (int n = 0; n < 23; ++n) {
    const auto told = desk.say(n % 3 == 0   ? "d2"
                               : n % 3 == 1 ? "d2.1"
                                            : "d2.2",
                               "Ý kiến số " + std::to_string(n) + ".");
    of_article.push_back(told.comment.id.value);
    for (int person = 0; person < (n * 7) % 5; ++person)
      REQUIRE(desk.write([&](db::Write& w) {
                    return consultation::support(w, *told.comment.code,
                                                 "mark " + std::to_string(person), desk.now);
                  })
                  .ok());
    supports[told.comment.id.value] = (n * 7) % 5;
    desk.say("d1.1", "Không phải của Điều 2, số " + std::to_string(n) + ".");
  }
  std::vector<std::int64_t> newest;
  for (std::int64_t before = 0;;) {
    const auto page =
        desk.read([&](db::Read& r) { return comments_of(r, {desk.id, "d2", before, 5}); });
    if (page.empty()) break;
    for (const Comment& each : page) newest.push_back(each.id.value);
    before = page.back().id.value;
  }
  CHECK(std::ranges::is_sorted(newest, std::greater()));
  std::vector<std::int64_t> sorted = newest;
  std::ranges::sort(sorted);
  CHECK(sorted == of_article);
  std::vector<std::pair<std::int64_t, std::int64_t>> ranked;
  for (CommentsOf what{.consultation = desk.id, .clause = "d2", .limit = 4};;) {
    const auto page = desk.read([&](db::Read& r) { return most_supported(r, what); });
    if (page.empty()) break;
    for (const Comment& each : page) {
      CHECK(each.support_count == supports[each.id.value]);
      ranked.emplace_back(each.support_count, each.id.value);
    }
    what.before = page.back().id.value;
    what.supports = page.back().support_count;
  }
  CHECK(ranked.size() == of_article.size());
  CHECK(std::ranges::is_sorted(ranked, std::greater()));
}

TEST_CASE("a sample is drawn with the same chance for each, whichever way, and stays as it is") {
  CountDesk desk;
  for (int n = 0; n < 30; ++n) {
    desk.say(n % 2 == 0 ? "d2.1" : "d2", "Ý kiến số " + std::to_string(n) + ".");
    desk.say("d1", "Không phải của Điều 2, số " + std::to_string(n) + ".");
  }
  const std::int64_t until = desk.read([&](db::Read& r) { return last_comment(r, desk.id); });
  const auto sample = [&](std::uint64_t seed, std::int64_t whole_max, std::size_t from,
                          std::size_t count) {
    return desk.read([&](db::Read& r) {
      return sample_of(r, {desk.id, "d2", seed, until, from, count, whole_max});
    });
  };
  const auto ids = [](const Sample& of) {
    std::vector<std::int64_t> all;
    for (const Comment& each : of.comments) all.push_back(each.id.value);
    return all;
  };
  // All are put into an order, or numbers are drawn until they fit.
  for (const std::int64_t whole_max : {20'000, 0}) {
    std::map<std::int64_t, int> times;
    for (std::uint64_t seed = 0; seed < 900; ++seed) {
      const Sample five = sample(seed, whole_max, 0, 5);
      CHECK(five.of == 30);
      const auto drawn = ids(five);
      CHECK(std::set(drawn.begin(), drawn.end()).size() == 5);
      for (const std::int64_t each : drawn) ++times[each];
    }
    // 150 of 900, give or take four deviations of eleven.
    CHECK(times.size() == 30);
    for (const auto& [id, count] : times) CHECK_MESSAGE(std::abs(count - 150) < 45, id);
    // Pages go on where the one before ended.
    auto pages = ids(sample(7, whole_max, 0, 6));
    for (const std::int64_t each : ids(sample(7, whole_max, 6, 6))) pages.push_back(each);
    CHECK(pages == ids(sample(7, whole_max, 0, 12)));
    CHECK(pages != ids(sample(8, whole_max, 0, 12)));
  }
  // What comes later, is withdrawn or supported changes nothing of it.
  const auto before = ids(sample(7, 20'000, 0, 20));
  const auto drawn_before = ids(sample(7, 0, 0, 20));
  for (int n = 0; n < 5; ++n) desk.say("d2.2", "Đến sau khi rút, số " + std::to_string(n) + ".");
  desk.write([&](db::Write& w) {
    w.run("UPDATE consultation_comment SET state = 'withdrawn', body = '' WHERE id = $1",
          before.front());
    tally_anew(w, desk.id);
  });
  CHECK(ids(sample(7, 20'000, 0, 20)) == before);
  CHECK(ids(sample(7, 0, 0, 20)) == drawn_before);
  CHECK(sample(7, 0, 0, 20).of == 30);
  // More than there are is all of them.
  CHECK(ids(sample(7, 0, 0, 99)).size() == 30);
  CHECK(ids(sample(7, 20'000, 40, 20)).empty());
}

TEST_CASE("a clause with many comments is read by age, by support or by lot, without a script") {
  CountDesk desk;
  auto reader = desk.browser("nobody"), other = desk.browser("other");
  std::string most;
  for (int n = 0; n < 15; ++n) desk.say("d2.1", "Ý kiến số " + std::to_string(n) + ".");
  CHECK_FALSE(reader.get(desk.url("/clauses/d2")).shows("Lấy ngẫu nhiên"));
  for (int n = 15; n < 50; ++n) {
    const auto told = desk.say("d2.2", "Ý kiến số " + std::to_string(n) + ".");
    if (n == 31) most = told.comment.code->text();
  }
  REQUIRE(desk.write([&](db::Write& w) {
                return consultation::support(w, *Code::parse(most), "mark", desk.now);
              })
              .ok());
  reader.get(desk.url("/clauses/d2"));
  CHECK(reader.shows("Mới nhất trước."));
  CHECK(reader.shows("Ý kiến số 49."));
  CHECK_FALSE(reader.shows("Ý kiến số 5."));
  reader.follow("Được ủng hộ nhiều nhất");
  CHECK(reader.body().find("Ý kiến số 31.") < reader.body().find("Ý kiến số 49."));
  // Each of the fifty stands on one of the four pages.
  std::set<std::string> seen;
  for (int page = 0; page < 4; ++page) {
    for (int n = 0; n < 50; ++n)
      if (reader.shows("Ý kiến số " + std::to_string(n) + "."))
        CHECK(seen.insert(std::to_string(n)).second);
    if (page < 3) reader.follow("Trang sau");
  }
  CHECK(seen.size() == 50);
  reader.follow("Lấy ngẫu nhiên");
  CHECK(reader.address().find("order=random&seed=") != std::string::npos);
  CHECK(reader.shows("Ý kiến thứ 1 đến 15 của lần rút ngẫu nhiên từ 50 ý kiến"));
  const auto listed = [](const test::Browser& at) {
    const std::size_t said = at.body().find("id=\"said\"");
    std::string order;
    for (std::size_t i = at.body().find("Ý kiến số ", said); i != std::string::npos;
         i = at.body().find("Ý kiến số ", i + 1))
      order += at.body().substr(i, 18) + "|";
    return order;
  };
  const std::string first = listed(reader);
  CHECK(std::ranges::count(first, '|') == 15);
  // Whoever is given the link sees the same, also after others have written.
  desk.say("d2.2", "Ý kiến số 50.");
  other.get(reader.address());
  CHECK(listed(other) == first);
  CHECK(other.shows("từ 50 ý kiến"));
  other.follow("Trang sau");
  CHECK(listed(other) != first);
  CHECK(other.shows("Ý kiến thứ 16 đến 30"));
  other.follow("Trang trước");
  CHECK(listed(other) == first);
  other.follow("Rút lần khác");
  CHECK(listed(other) != first);
  // Beyond the last of them is the last page.
  reader.get(desk.url("/clauses/d2") + "?order=random&seed=3&until=999&from=135");
  CHECK(reader.shows("Ý kiến thứ 46 đến 51 của lần rút ngẫu nhiên từ 51 ý kiến"));
  // Nonsense in an address is another draw, the first page or nothing, never a failure.
  for (const char* query : {"?order=random&seed=-1&until=5", "?order=random&seed=x&until=y",
                            "?order=random&seed=3&until=1&from=999999999",
                            "?order=random&seed=3&until=999999999999&from=-5",
                            "?order=support&supports=-3&before=x", "?order=none"})
    CHECK(reader.get(desk.url("/clauses/d2") + query).status() == 200);
  CHECK(reader.get(desk.url("/clauses/all?order=random")).shows("Chưa có ý kiến nào."));
}

}  // namespace ln::consultation
