#include "engine/opinion/opinion_read.h"

#include <doctest/doctest.h>

#include "engine/opinion/opinion_comments.h"
#include "engine/opinion/opinion_fixture.h"

namespace ln::opinion {
namespace {

std::optional<Complaint> complaint_of(std::string_view file) {
  VoteReader reader;
  if (const auto wrong = reader.take(file)) return wrong;
  return reader.finish();
}

void expect(std::string_view file, Trouble trouble, std::uint64_t line) {
  CAPTURE(file);
  const auto wrong = complaint_of(file);
  REQUIRE(wrong.has_value());
  CHECK(wrong->trouble == trouble);
  CHECK(wrong->line == line);
}

}  // namespace

TEST_CASE("Votes are read as they stand, however the file is cut") {
  const std::string file =
      "\xEF\xBB\xBFparticipant,group-id,n-comments,n-votes,n-agree,n-disagree,10,2,x\r\n"
      "7,1,0,2,1,1,1,,-1\r\nanna,,0,1,0,0,,0,";
  for (std::size_t size = 1; size <= file.size(); ++size) {
    VoteReader reader;
    for (std::size_t at = 0; at < file.size(); at += size)
      REQUIRE_FALSE(reader.take(std::string_view(file).substr(at, size)).has_value());
    REQUIRE_FALSE(reader.finish().has_value());
    const Votes votes = reader.votes();
    CHECK(votes.statement_ids() == std::vector<std::string>{"2", "10", "x"});
    REQUIRE(votes.people() == 2);
    CHECK(votes.count() == 3);
    CHECK(votes.id(0) == "7");
    CHECK(votes.group(0) == 1);
    CHECK(votes.group(1) == -1);
    REQUIRE(votes.row(0).size() == 2);
    CHECK(votes.row(0)[0] == Vote(1, Said::agree));
    CHECK(votes.row(0)[1] == Vote(2, Said::disagree));
    REQUIRE(votes.row(1).size() == 1);
    CHECK(votes.row(1)[0] == Vote(0, Said::pass));
  }
}

TEST_CASE("What is wrong with a file is said with its line") {
  expect("", Trouble::empty, 1);
  expect("a,b\n1,1\n", Trouble::no_participant, 1);
  expect("participant,participant,1\n", Trouble::no_participant, 1);
  expect("participant,1,1\n", Trouble::statement_twice, 1);
  expect("participant,,1\n", Trouble::bad_id, 1);
  expect("participant,\"1\"\n", Trouble::bad_id, 1);
  expect("participant,\xFF\n", Trouble::bad_id, 1);
  expect("participant,1,2\na,1\n", Trouble::cells, 2);
  expect("participant,1,2\na,1,1\nb,1,1,1\n", Trouble::cells, 3);
  expect("participant,1,2\na,1,2\n", Trouble::not_a_vote, 2);
  expect("participant,1,2\na,1,+1\n", Trouble::not_a_vote, 2);
  expect("participant,1,2\n,1,1\n", Trouble::bad_id, 2);
  expect("participant,1\na,1\nb,1\na,0\n", Trouble::person_twice, 4);
  expect("participant,1\na,1\n\n\nb,1\n", Trouble::cells, 3);
  expect("participant,group-id,1\na,-2,1\n", Trouble::not_a_group, 2);
  expect("participant,1\n" + std::string(id_size_max + 1, 'x') + ",1\n", Trouble::bad_id, 2);
  expect("participant,1\n" + std::string(line_size_max + 1, 'x'), Trouble::line_too_long, 2);
  expect(std::string(header_size_max + 1, 'x'), Trouble::line_too_long, 1);
  std::string many = "participant";
  for (std::size_t i = 0; i <= statements_max; ++i) many += "," + std::to_string(i);
  expect(many, Trouble::too_many_statements, 1);
}

TEST_CASE("Statements that are left out are as if nobody had voted on them") {
  VoteReader reader({"2", "none"});
  REQUIRE_FALSE(reader.take("participant,n-votes,1,2,3\na,3,1,1,-1\n").has_value());
  REQUIRE_FALSE(reader.finish().has_value());
  CHECK(reader.left_out() == 1);
  const Votes votes = reader.votes();
  CHECK(votes.statement_ids() == std::vector<std::string>{"1", "3"});
  CHECK(votes.count() == 2);
}

TEST_CASE("Words of statements are read with their quotes, commas and lines") {
  const auto read = read_comments(
      "timestamp,comment-id,moderated,comment-body\r\n"
      "1,10,1,\"He said \"\"no\"\",\n  then left\"\r\n2,9,-1,  plain \r\n");
  REQUIRE(std::holds_alternative<std::vector<Comment>>(read));
  const auto& comments = std::get<std::vector<Comment>>(read);
  REQUIRE(comments.size() == 2);
  CHECK(comments[0].id == "9");
  CHECK(comments[0].text == "plain");
  CHECK(comments[0].is_rejected);
  CHECK(comments[1].text == "He said \"no\", then left");
  CHECK_FALSE(comments[1].is_rejected);

  const auto wrong = [](std::string_view bytes) {
    const auto made = read_comments(bytes);
    REQUIRE(std::holds_alternative<Complaint>(made));
    return std::get<Complaint>(made);
  };
  CHECK(wrong("").trouble == Trouble::empty);
  CHECK(wrong("comment-id,x\n").trouble == Trouble::no_comment);
  CHECK(wrong("comment-id,comment-body\n1,a\n2,\"a\n").trouble == Trouble::bad_text);
  CHECK(wrong("comment-id,comment-body\n1,\"a\n\nb\"\n2,a,b\n").line == 5);
  CHECK(wrong("comment-id,comment-body\n1,a\n1,b\n").trouble == Trouble::statement_twice);
  CHECK(wrong("comment-id,comment-body\n1,\xFF\n").trouble == Trouble::bad_text);
}

TEST_CASE("Ids stand in one order: numbers by size, then texts") {
  CHECK(stands_before("2", "10"));
  CHECK_FALSE(stands_before("10", "2"));
  CHECK(stands_before("10", "01"));
  CHECK(stands_before("99", "a"));
  CHECK(stands_before("a", "b"));
  CHECK_FALSE(stands_before("a", "a"));
}

TEST_CASE("The counts of every real conversation are those its file names") {
  for (const std::string& name : conversations()) {
    const std::string file = file_of(name);
    const Votes votes = read_whole(file);
    std::uint64_t count = 0;
    const int columns_before = file.starts_with("participant,xid") ? 4 : 3;
    for (std::size_t at = file.find('\n') + 1; at < file.size(); at = file.find('\n', at) + 1) {
      std::size_t cell = at;
      for (int i = 0; i < columns_before; ++i) cell = file.find(',', cell) + 1;
      count += std::stoull(file.substr(cell, 10));
    }
    CAPTURE(name);
    CHECK(votes.count() == count);
  }
}

}  // namespace ln::opinion
