#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "app/cli_verify.h"
#include "app/commands.h"
#include "test/folder.h"

namespace ln::app {
namespace {

// The proof of a case that is overdue, as a city has given it out, and whom to believe.
std::string counted_vector(const std::string& name) {
  std::ifstream file(LN_SOURCE "/test/vectors/" + name, std::ios::binary);
  REQUIRE(file.good());
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

struct Counting {
  test::Folder folder;
  std::string said;

  Counting() { bring("policy", counted_vector("counted.policy")); }
  void bring(const std::string& name, const std::string& bytes) {
    std::ofstream(folder.path / name, std::ios::binary) << bytes;
  }
  int verify(const std::string& proof, bool has_policy = true) {
    bring("proof", proof);
    std::vector<std::string> words = {"--counted", (folder.path / "proof").string()};
    if (has_policy) words.push_back("--policy=" + (folder.path / "policy").string());
    const std::vector<std::string_view> views(words.begin(), words.end());
    std::istringstream in;
    std::ostringstream out;
    Console console{in, out, out, false, i18n::Voice(i18n::Language::en)};
    const int status = verify_counted(Arguments(views, options_of("verify")), console);
    said = out.str();
    return status;
  }
};

std::string with(std::string text, std::string_view part, std::string_view other) {
  const std::size_t at = text.find(part);
  REQUIRE(at != std::string::npos);
  return text.replace(at, part.size(), other);
}

}  // namespace

TEST_CASE("verify --counted ends with 0 counted, 1 not so, 2 no such file, 3 without a policy") {
  Counting table;
  const std::string good = counted_vector("counted.txt");
  CHECK(table.verify(good) == 0);
  CHECK(table.said.find("COUNTED: overdue, P1, 2026-11: one of 6") != std::string::npos);
  CHECK(table.verify(good, false) == 3);
  CHECK(table.verify(with(good, "figure overdue", "figure received")) == 1);
  CHECK(table.said.find("NOT counted") != std::string::npos);
  CHECK(table.verify(with(good, "figure overdue", "figure solved")) == 1);
  CHECK(table.verify(with(good, "unit P1", "unit P2")) == 1);
  CHECK(table.verify(with(good, "\nright 1 ", "\nright 2 ")) == 1);
  CHECK(table.verify(with(good, "\nright 1 ", "\nleft 1 ")) == 1);
  CHECK(table.verify(with(good, "\nright 1 ", "\nright 0 ")) == 2);
  CHECK(table.verify(good + "\n") == 2);
  CHECK(table.verify("") == 2);
}

}  // namespace ln::app
