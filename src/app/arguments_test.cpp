#include "app/arguments.h"

#include <doctest/doctest.h>

#include <set>

#include "app/commands.h"

namespace ln::app {
namespace {

constexpr Option known[] = {{"data", "DIR", "cli.option.data"_t},
                            {"backup-keep", "N", "cli.option.backup_keep"_t},
                            {"quick", "", "cli.option.quick"_t},
                            {"now", "INSTANT", "cli.option.now"_t}};

Arguments read(const std::vector<std::string_view>& words) { return {words, known}; }

// What is said about these words; empty when they are understood.
std::string misuse(const std::vector<std::string_view>& words) {
  try {
    static_cast<void>(read(words));
    return "";
  } catch (const Misuse& wrong) {
    return wrong.said.in(i18n::Voice(i18n::Language::en));
  }
}

}  // namespace

TEST_CASE("options stand before, between and after words, with a space or an equals sign") {
  const Arguments given = read({"one", "--data", "DIR", "--quick", "two", "--backup-keep=3"});
  CHECK(given.words() == std::vector<std::string>{"one", "two"});
  CHECK(given.needed("data") == "DIR");
  CHECK(given.flag("quick"));
  CHECK(given.number("backup-keep", 7) == 3);
  CHECK(given.number("other", 7) == 7);
  CHECK(read({"--data="}).find("data") == "");
  CHECK(read({"--data", "--quick"}).needed("data") == "--quick");
}

TEST_CASE("an option that does not exist is said, with the nearest that does") {
  CHECK(misuse({"--dat", "x"}) == "There is no option --dat. Did you mean --data?");
  CHECK(misuse({"--backup-kept", "3"}) ==
        "There is no option --backup-kept. Did you mean --backup-keep?");
  CHECK(misuse({"--qiuck"}) == "There is no option --qiuck. Did you mean --quick?");
  CHECK(misuse({"--xylophone"}) == "There is no option --xylophone.");
}

TEST_CASE("a value that lacks, is too much or is no number is said") {
  CHECK(misuse({"--data"}) == "--data needs a value: --data DIR");
  CHECK(misuse({"--quick=yes"}) == "The option --quick takes no value.");
  CHECK_THROWS_AS(read({"--backup-keep", "x"}).number("backup-keep", 1), Misuse);
  CHECK_THROWS_AS(read({"--backup-keep", "0"}).number("backup-keep", 1, 1), Misuse);
  CHECK_THROWS_AS(read({"--backup-keep", "11"}).number("backup-keep", 1, 1, 10), Misuse);
  CHECK(read({"--now", "yes"}).either("now", "yes", "no", false));
  CHECK_FALSE(read({"--now", "no"}).either("now", "yes", "no", true));
  CHECK(read({}).either("now", "yes", "no", true));
  CHECK_THROWS_AS(read({"--now", "true"}).either("now", "yes", "no", false), Misuse);
  CHECK_THROWS_AS(read({}).needed("data"), Misuse);
  CHECK_THROWS_AS(read({"--data="}).needed("data"), Misuse);
  CHECK_THROWS_AS(read({"one"}).expect_words(0), Misuse);
  CHECK_THROWS_AS(read({}).expect_words(1), Misuse);
  for (const char* text : {"2026-13-01T00:00:00Z", "2026-11-23 02:00", "2026-11-23T24:00:00Z", "x"})
    CHECK_THROWS_AS(read({"--now", text}).instant("now"), Misuse);
  CHECK(to_ms(*read({"--now", "1970-01-02T00:00:01Z"}).instant("now")) == 86'401'000);
}

TEST_CASE("every command has a complete help in both languages") {
  for (const auto language : {i18n::Language::vi, i18n::Language::en}) {
    const i18n::Voice voice(language);
    const std::string all = help(voice);
    for (const Command& command : commands()) {
      CHECK(all.find("langnghe " + std::string(command.name) + " ") != std::string::npos);
      const std::string text = help(command, voice);
      std::set<std::string_view> names;
      for (const Option& option : command.options) {
        CHECK_MESSAGE(names.insert(option.name).second, option.name);
        CHECK(text.find("  --" + std::string(option.name)) != std::string::npos);
      }
      CHECK(text.find('{') == std::string::npos);
    }
  }
}

TEST_CASE("what is not understood ends with 2, help and version with 0") {
  const auto run = [](std::vector<std::string_view> words) { return run_command(words); };
  CHECK(run({}) == 2);
  CHECK(run({"help"}) == 0);
  CHECK(run({"help", "serve"}) == 0);
  CHECK(run({"version"}) == 0);
  CHECK(run({"doctor", "--help"}) == 0);
  CHECK(run({"docter"}) == 2);
  CHECK(run({"doctor", "--dta", "x"}) == 2);
  CHECK(run({"backup"}) == 2);
  CHECK(run({"backup", "--check", "/nowhere/at/all.db"}) == 1);
}

}  // namespace ln::app
