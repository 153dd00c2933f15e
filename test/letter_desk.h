// A desk to which many send the same letter, each with a name and a house number of their own.
#pragma once

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "feature/consultation/consultation_actions_letter.h"
#include "feature/consultation/consultation_jobs_letter.h"
#include "test/draft_desk.h"

namespace ln::test {

inline constexpr std::array family_names = {"Nguyễn Văn", "Trần Thị", "Lê Hữu", "Phạm Minh",
                                            "Đỗ Thu"};
inline constexpr std::array given_names = {"An", "Bình", "Chi", "Dũng", "Hà", "Khoa", "Lan", "Mai"};

inline std::string letter_of(std::size_t sender, const std::string& more = "") {
  return std::string("Kính gửi Ủy ban nhân dân phường. Tôi là ") +
         family_names[sender % family_names.size()] + " " +
         given_names[sender / family_names.size() % given_names.size()] + ", hộ số " +
         std::to_string(sender + 1) +
         " Ngõ Gạch. Tôi đề nghị công khai kết quả đánh giá công chức trong mười ngày làm việc "
         "thay vì ba mươi ngày, để người dân theo dõi và góp ý kịp thời." +
         (more.empty() ? "" : " " + more) + " Xin trân trọng cảm ơn.";
}

struct LetterDesk : DraftDesk {
  consultation::GroupingTools tools{.clock = [this] { return now; }};
  void group() {
    REQUIRE(write([&](db::Write& w) { return consultation::ask_grouping(w, act(), id); }).ok());
    REQUIRE(consultation::group_next(database, random, tools));
    read_again();
  }
  // A letter that was just read rests for a minute.
  std::int64_t read_again() {
    now += std::chrono::seconds(61);
    return consultation::read_letters(database, random, tools);
  }
  std::vector<consultation::Issue> issues() {
    return read([&](db::Read& r) { return consultation::issues_of(r, id); });
  }
  consultation::Letter letter(consultation::IssueId issue) {
    return read([&](db::Read& r) { return consultation::find_letter(r, issue); }).value();
  }
  std::int64_t loose() {
    return read([&](db::Read& r) { return consultation::unplaced_count(r, id); });
  }
  std::string shown(const consultation::Letter& letter) {
    std::string out;
    for (const consultation::LetterPart& part : letter.parts)
      out += part.is_slot() ? " […] " : part.text;
    return out;
  }
  // Rows as they would be after many sent these words, without a line each in the ledger.
  void send_rows(const std::vector<std::string>& bodies, const std::string& clause = "d2.1") {
    REQUIRE(write([&](db::Write& w) -> Result<Done> {
              for (const std::string& body : bodies)
                consultation::insert(w,
                                     consultation::Comment{.consultation = id,
                                                           .code = consultation::Code::draw(random),
                                                           .citizen_key = std::string(32, 'k'),
                                                           .version = 1,
                                                           .clause = clause,
                                                           .clause_now = clause,
                                                           .body = body,
                                                           .sent_at = now,
                                                           .changed_at = now});
              return Done{};
            }).ok());
  }
  void send_many(std::size_t from, std::size_t to) {
    std::vector<std::string> bodies;
    for (std::size_t i = from; i < to; ++i) bodies.push_back(letter_of(i));
    send_rows(bodies);
  }
  std::string address(const std::string& more = "") {
    return "/consultations/" + std::to_string(id.value) + more;
  }
  std::string point_address(consultation::IssueId issue) {
    return "/staff" + address("/issues/" + std::to_string(issue.value));
  }
};

}  // namespace ln::test
