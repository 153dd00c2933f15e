#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands.h"
#include "app/comment_file.h"
#include "app/whole_file.h"
#include "platform/file/file.h"
#include "platform/json/json.h"

namespace ln::app {
namespace {

constexpr std::size_t file_size_max = 10 << 20;

int run(const std::vector<std::string>& words) {
  const std::vector<std::string_view> views(words.begin(), words.end());
  return run_command(views);
}

const std::string letter =
    "Tôi không đồng ý với quy định cấm bán hàng rong trên toàn bộ địa bàn phường vì gánh hàng của "
    "mẹ tôi đã nuôi ba chị em ăn học";

// What is wrong with the file, and on which line; line 0 when nothing is.
Trouble trouble_of(const std::string& path) {
  CommentFile file(path);
  for (std::vector<campaigns::Comment> batch;; batch.clear()) {
    if (const auto wrong = file.read(batch)) return *wrong;
    if (batch.empty()) return {0, "campaigns.nothing"_t};
  }
}

Trouble trouble_in(const std::string& name, std::string_view bytes) {
  const file::TemporaryFolder folder;
  file::write_file_durably(folder / name, bytes);
  return trouble_of(folder / name);
}

std::vector<campaigns::Comment> comments_in(const std::string& name, std::string_view bytes) {
  const file::TemporaryFolder folder;
  file::write_file_durably(folder / name, bytes);
  CommentFile file(folder / name);
  std::vector<campaigns::Comment> all;
  while (true) {
    const std::size_t before = all.size();
    REQUIRE(!file.read(all));
    if (all.size() == before) break;
  }
  for (const campaigns::Comment& each : all) CHECK(file.text_at(each.place) == each.text);
  return all;
}

}  // namespace

TEST_CASE(
    "langnghe campaigns writes the same bytes whatever the order, the threads and the format") {
  const file::TemporaryFolder folder;
  const std::string own = "Nhà tôi ở số 12 và vỉa hè ở đó chỉ rộng tám mươi phân thôi";
  std::vector<std::string> lines;
  std::string csv = "note,text,id\r\n";
  for (int n = 0; n < 12; ++n) {
    const std::string text = n % 4 == 3 ? letter + ".\n\n" + own : letter;
    std::string line;
    json::Writer(line).object().member("id", n).member("text", text).end_object();
    lines.push_back(line + "\n");
    csv += "\"a \"\"b\"\"\",\"" + text + "\"," + std::to_string(n) + "\r\n";
  }
  const auto written = [&](const std::string& name, std::string_view bytes, const char* threads) {
    file::write_file_durably(folder / name, bytes);
    CHECK(run({"campaigns", folder / name, "--templates", "--threads", threads, "--out",
               folder / "out"}) == 0);
    return *file::read_file(folder / "out", file_size_max);
  };
  std::string in_order, turned;
  for (const std::string& line : lines) in_order += line;
  std::ranges::reverse(lines);
  for (const std::string& line : lines) turned += line;
  const std::string first = written("a.jsonl", in_order, "1");
  CHECK(written("b.jsonl", turned, "2") == first);
  CHECK(written("c.csv", csv, "2") == first);
  CHECK(first.find(R"({"id":"3","group":1,"how":"edited","own":[{"from":)") != std::string::npos);
  CHECK(first.find(R"("text":")" + own + "\"}]}") != std::string::npos);
  CHECK(first.find(folder.path()) == std::string::npos);
  CHECK(std::ranges::count(first, '\n') == 1 + 1 + 12);
}

TEST_CASE("langnghe campaigns says on which line it stopped and leaves no file") {
  const file::TemporaryFolder folder;
  file::write_file_durably(folder / "bad.jsonl", "{\"text\":\"a\"}\nno json\n");
  CHECK(run({"campaigns", folder / "bad.jsonl", "--out", folder / "out"}) == 1);
  CHECK(!file::read_file(folder / "out", file_size_max));
  CHECK(run({"campaigns"}) == 2);
  CHECK(run({"campaigns", folder / "none.jsonl"}) == 2);
  CHECK(run({"campaigns", folder / "bad.jsonl", "--threads", "0"}) == 2);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("a comment file is refused with the line of the record that is wrong") {
  CHECK(trouble_in("a.jsonl", "{\"text\":\"a\"}\n{\"text\":1}\n").line == 2);
  CHECK(trouble_in("a.jsonl", "\n{\"text\":\"a\",\"id\":[]}\n").line == 2);
  CHECK(trouble_in("a.jsonl", "{\"text\":\"\xFF\"}\n").line == 1);
  CHECK(trouble_in("a.jsonl", std::string(record_size_max + 10, ' ')).line == 1);
  CHECK(trouble_in("a.csv", "id,body\n1,a\n").line == 1);
  CHECK(trouble_in("a.csv", "text,text\na,b\n").line == 1);
  CHECK(trouble_in("a.csv", "id,text\n1,\"a\nb\"\n2,\"c\n3,d\n").line == 4);
  CHECK(trouble_in("a.csv", "id,text\n1,a\n2\n").line == 3);
  CHECK(trouble_in("a.csv", "id,text\n1,a\"b\n").line == 2);
  CHECK(trouble_in("a.csv", "id,text\n1,\xC3\n").line == 2);
  CHECK(trouble_in("a.csv", "id,text\n" + std::string(300, '1') + ",a\n").line == 2);
  CHECK(trouble_in("a.csv", "").line == 0);
}

TEST_CASE("fields may hold quotes and line breaks, and a comment without an id is its line") {
  const auto csv = comments_in("a.csv", "\xEF\xBB\xBFtext,other\r\n\"a \"\"b\"\",\nc\",1\r\nd,2");
  REQUIRE(csv.size() == 2);
  CHECK(csv[0].text == "a \"b\",\nc");
  CHECK(csv[0].id == "2");
  CHECK(csv[1].text == "d");
  CHECK(csv[1].id == "4");
  const auto lines =
      comments_in("a.jsonl", "{\"text\":\"a\",\"id\":7}\r\n\n{\"text\":\"\\u0111\"}");
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].id == "7");
  CHECK(lines[1].id == "3");
  CHECK(lines[1].text == "đ");
}

TEST_CASE("a file that is not finished is not there, and what stood there stays") {
  const file::TemporaryFolder folder;
  file::write_file_durably(folder / "out", "before");
  {
    WholeFile file(folder / "out");
    file.write(std::string(3 << 20, 'x'));
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
  }
  CHECK(file::read_file(folder / "out", file_size_max) == "before");
  WholeFile file(folder / "out");
  file.write("after");
  file.finish();
  CHECK(file::read_file(folder / "out", file_size_max) == "after");
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

}  // namespace ln::app
