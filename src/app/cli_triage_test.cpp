#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "app/commands.h"
#include "engine/triage/triage.h"
#include "platform/file/file.h"

namespace ln::app {
namespace {

int run(const std::vector<std::string>& words) {
  const std::vector<std::string_view> views(words.begin(), words.end());
  return run_command(views);
}

}  // namespace

TEST_CASE("langnghe triage learns from a file, measures and guesses") {
  const file::TemporaryFolder folder;
  const std::string csv = folder / "texts.csv", model = folder / "topic.model";
  std::string text = "label,text\n";
  for (int n = 0; n < 30; ++n)
    text += "light,đèn đường tắt số " + std::to_string(n) + "\nwaste,\"rác hôi, số " +
            std::to_string(n) + "\"\n";
  file::write_file_durably(csv, text);
  CHECK(run({"triage", "train", csv, "--model", model}) == 0);
  const auto first = file::read_file(model, triage::model_size_max);
  REQUIRE(first);
  REQUIRE(triage::Model::read(*first));
  CHECK(triage::Model::read(*first)->suggest("rác").best[0].label == "waste");
  CHECK(run({"triage", "train", csv, "--model", model}) == 0);
  CHECK(file::read_file(model, triage::model_size_max) == first);
  CHECK(run({"triage", "eval", csv, "--model", model}) == 0);
  CHECK(run({"triage", "predict", "den duong", "--model", model}) == 0);
}

TEST_CASE("a report of several lines is learned and measured as it is") {
  const file::TemporaryFolder folder;
  const std::string csv = folder / "texts.csv", model = folder / "topic.model";
  std::string text = "label,text,group\r\n";
  for (int n = 0; n < 20; ++n) {
    const std::string number = std::to_string(n);
    text += "light,\"Kính gửi phường,\n\tđèn đường tắt.\r\nSố " + number + "\",l" + number + "\r\n";
    text += "waste,\"Rác hôi\n\nsố \"\"" + number + "\"\"\",w" + number + "\r\n";
  }
  file::write_file_durably(csv, text);
  CHECK(run({"triage", "train", csv, "--model", model}) == 0);
  CHECK(run({"triage", "eval", csv, "--model", model}) == 0);
  const auto learned = triage::Model::read(*file::read_file(model, triage::model_size_max));
  REQUIRE(learned);
  CHECK(learned->suggest("Thưa phường,\nđèn tắt").best[0].label == "light");
  // A label is one word of one line, a text has no zero byte, and each record as many cells.
  for (const std::string bad : {"\"li\nght\",tắt,1\n", "light,\"t\x01t\",1\n", "light,\"tắt\n\"\n",
                                "light,\"tắt\n\",1,2\n"}) {
    CAPTURE(bad);
    file::write_file_durably(csv, "label,text,group\n" + bad);
    CHECK(run({"triage", "eval", csv, "--model", model}) == 1);
  }
  file::write_file_durably(csv, "text,label\n");
  CHECK(run({"triage", "eval", csv, "--model", model}) == 1);
}

TEST_CASE("langnghe triage says what it cannot use") {
  const file::TemporaryFolder folder;
  const std::string csv = folder / "texts.csv", model = folder / "topic.model";
  CHECK(run({"triage"}) == 2);
  CHECK(run({"triage", "predict", "x"}) == 2);                    // no model named
  CHECK(run({"triage", "predict", "x", "--model", model}) == 2);  // no such file
  CHECK(run({"triage", "train", csv, "--model", model}) == 2);
  file::write_file_durably(csv, "label,text\nlight,\"open\n");
  CHECK(run({"triage", "train", csv, "--model", model}) == 1);
  file::write_file_durably(csv, "label,text\nlight,one\nlight,two\n");
  CHECK(run({"triage", "train", csv, "--model", model}) == 1);  // one label
  CHECK(run({"triage", "eval", csv, "--model", csv}) == 2);     // no model
}

}  // namespace ln::app
