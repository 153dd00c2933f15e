#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "app/commands.h"
#include "app/opinion_report.h"
#include "app/opinion_workers.h"
#include "engine/opinion/opinion_fixture.h"
#include "engine/opinion/opinion_sample.h"
#include "platform/file/file.h"
#include "platform/json/json.h"

namespace ln::app {
namespace {

constexpr std::size_t json_size_max = 16UL * 1024 * 1024;

int run(const std::vector<std::string>& words) {
  const std::vector<std::string_view> views(words.begin(), words.end());
  return run_command(views);
}

std::string whole(const std::string& path) {
  const auto bytes = file::read_file(path, json_size_max);
  REQUIRE(bytes.has_value());
  return *bytes;
}

const std::string conversations = LN_SOURCE "/test/opinion/";

}  // namespace

TEST_CASE(
    "langnghe opinion writes the same bytes for shuffled rows and columns, on any number of "
    "threads, for every real conversation") {
  const file::TemporaryFolder folder;
  const std::string out = folder / "map.json", other = folder / "other.json";
  const std::string shuffled = folder / "shuffled.csv", people = folder / "people.csv";
  for (const std::string& name : opinion::conversations()) {
    CAPTURE(name);
    const std::string votes = conversations + name + "/participants-votes.csv";
    const std::string comments = conversations + name + "/comments.csv";
    REQUIRE(run({"opinion", votes, "--comments", comments, "--out", out, "--people", people,
                 "--threads", "1", "--most", "1"}) == 0);
    file::write_file_durably(shuffled, opinion::shuffled_file(whole(votes), 11));
    const std::string people_before = whole(people);
    REQUIRE(run({"opinion", shuffled, "--comments", comments, "--out", other, "--people", people,
                 "--threads", "2", "--most", "1"}) == 0);
    CHECK(whole(out) == whole(other));
    CHECK(whole(people) == people_before);
    CHECK(whole(out).find(folder.path()) == std::string::npos);
    CHECK(whole(out).find("participants-votes") == std::string::npos);
    CHECK(json::parse(whole(out), {.size_max = json_size_max}).ok());
    // For comparison, as Polis draws it.
    REQUIRE(run({"opinion", votes, "--comments", comments, "--mode", "polis", "--out", out}) == 0);
    CHECK(json::parse(whole(out), {.size_max = json_size_max}).ok());
  }
}

TEST_CASE("The file of a map says what the map says") {
  const file::TemporaryFolder folder;
  const std::string out = folder / "map.json";
  const std::string votes = conversations + "brexit-consensus/participants-votes.csv";
  REQUIRE(run({"opinion", votes, "--out", out}) == 0);
  const auto document = json::parse(whole(out), {.size_max = json_size_max});
  REQUIRE(document.ok());
  const json::Value root = document.value().root();
  CHECK(root.text("format") == "langnghe-opinion-1");
  CHECK(root.integer("people") == 204);
  CHECK(root.integer("placed") == 189);
  std::int64_t people = 0;
  for (const json::Value group : root.items("groups")) people += *group.integer("people");
  CHECK(people == 189);
  CHECK(root.items("all_statements").begin() != root.items("all_statements").end());
  CHECK(root.find("all_statements").count() == 50);
  CHECK(root.find("quality").find("agreement").count() == 8);
}

TEST_CASE("Both languages tell the map, and a small one is not told") {
  const opinion::Votes votes = opinion::conversation("15-per-hour-seattle");
  const opinion::Map map = opinion::map_of(votes);
  const opinion::Quality quality = opinion::quality_of(votes, map, opinion::alone());
  const opinion::Counts counts(votes, map);
  const opinion::Findings findings = opinion::findings_of(map, counts);
  const OpinionReport report{
      votes, map, counts, findings, quality, std::vector<std::string>(votes.statements()), 0};
  const std::string english = opinion_text(report, i18n::Voice(i18n::Language::en), 5);
  const std::string vietnamese = opinion_text(report, i18n::Voice(i18n::Language::vi), 5);
  CHECK(english.find("Group A: 82 people") != std::string::npos);
  CHECK(english.find("What divides the groups") != std::string::npos);
  CHECK(vietnamese.find("Nhóm A: 82 người") != std::string::npos);
  CHECK(english.find('{') == std::string::npos);
  CHECK(vietnamese.find('{') == std::string::npos);

  const file::TemporaryFolder folder;
  const std::string few = folder / "few.csv", out = folder / "few.json";
  file::write_file_durably(few, "participant,1\na,1\nb,1\nc,1\nd,-1\n");
  CHECK(run({"opinion", few, "--out", out}) == 0);
  const auto document = json::parse(whole(out), {.size_max = json_size_max});
  REQUIRE(document.ok());
  CHECK(document.value().root().find("groups").count() == 0);
  CHECK(document.value()
            .root()
            .items("all_statements")
            .begin()
            .operator*()
            .find("everybody")
            .is_null());
  CHECK(run({"opinion", few, "--people", out}) == 1);
}

TEST_CASE("Real threads draw the map that one thread draws") {
  const opinion::Votes votes =
      opinion::sample_votes({.people = 30'000, .statements = 600, .votes_each = 20});
  const std::string before = opinion::bytes_of(votes, opinion::map_of(votes));
  for (const std::size_t count : {1UL, 2UL, 5UL})
    CHECK((opinion::bytes_of(votes, opinion::map_of(votes, workers_of(count))) == before));
}

TEST_CASE("langnghe opinion says what it cannot use, and leaves no file") {
  const file::TemporaryFolder folder;
  const std::string csv = folder / "votes.csv", out = folder / "map.json";
  CHECK(run({"opinion"}) == 2);
  CHECK(run({"opinion", csv}) == 2);  // no such file
  file::write_file_durably(csv, "participant,1\na,yes\n");
  CHECK(run({"opinion", csv, "--out", out}) == 1);
  CHECK_FALSE(file::read_file(out, json_size_max).has_value());
  file::write_file_durably(csv, "participant,1\na,1\n");
  CHECK(run({"opinion", csv, "--comments", folder / "none.csv"}) == 2);
  CHECK(run({"opinion", csv, "--comments", csv}) == 1);
  CHECK(run({"opinion", csv, "--mode", "other"}) == 2);
  CHECK(run({"opinion", csv, "--mode", "polis", "--people", out}) == 2);
  CHECK(run({"opinion", csv, "--threads", "0"}) == 2);
}

}  // namespace ln::app
