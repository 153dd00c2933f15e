#include "app/cli_user.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>

#include "app/cli_unseal.h"
#include "app/commands.h"
#include "base/text.h"
#include "core/people/people_actions.h"
#include "core/units/units_store.h"
#include "platform/file/file.h"
#include "test/world.h"

namespace ln::app {
namespace {

using Line = std::vector<std::string_view>;

// A console that is typed at by the test.
struct Typed {
  std::istringstream in;
  std::ostringstream out, err;
  Console console{in, out, err, false, i18n::Voice(i18n::Language::en)};
  explicit Typed(const std::string& input) : in(input) {}
};

struct Ran {
  int status;
  std::string out, err;
};

struct City : test::World {
  City() {
    REQUIRE(write([](db::Write& w) -> Result<Done> {
              const auto city = units::insert(w, {.code = "01",
                                                  .valid_from = Day{std::chrono::days(0)},
                                                  .name = "Thành phố Hà Nội",
                                                  .kind = units::Kind::city,
                                                  .type = "Thành phố"});
              units::insert(w, {.code = "00004",
                                .valid_from = Day{std::chrono::days(0)},
                                .name = "Phường Ba Đình",
                                .kind = units::Kind::commune,
                                .type = "Phường",
                                .parent = &city});
              return Done{};
            }).ok());
  }
  Ran user(const Line& words, const std::string& input = "") {
    Typed typed(input);
    try {
      const int status = run_user(Arguments(words, options_of("user")),
                                  {database, random, now, people::test_cost}, typed.console);
      return {status, typed.out.str(), typed.err.str()};
    } catch (const Misuse& misuse) {
      return {exit_usage, "", misuse.said.in(typed.console.voice)};
    }
  }
  bool signs_in(std::string_view login, std::string_view password) {
    return read([&](db::Read& r) {
      return people::check_sign_in(r, login, password, random, now).is_right;
    });
  }
};

Ran unseal(const Line& words, Random& random, const std::string& input = "") {
  Typed typed(input);
  const int status = run_unseal(Arguments(words, options_of("unseal")), random, typed.console);
  return {status, typed.out.str(), typed.err.str()};
}

}  // namespace

TEST_CASE("user add reads the password, gives the role, and list shows both but no hash") {
  City city;
  const auto added =
      city.user({"add", "hoa", "--name", "Nguyễn Thị Hoa", "--role", "handler", "--unit", "00004"},
                "một câu dễ nhớ\n");
  CHECK(added.status == exit_done);
  CHECK(added.out.empty());
  CHECK(city.signs_in("hoa", "một câu dễ nhớ"));
  const auto listed = city.user({"list"});
  CHECK(listed.out == "hoa\tNguyễn Thị Hoa\tactive\thandler 00004 Phường Ba Đình\n");
}

TEST_CASE("a generated password is printed once and works; a reset makes another") {
  City city;
  const auto added = city.user({"add", "nam", "--name", "Nam", "--generate"});
  REQUIRE(added.status == exit_done);
  const std::string first = added.out.substr(4, 24);
  CHECK(added.out == "nam " + first + "\n");
  CHECK(city.signs_in("nam", first));
  const auto reset = city.user({"reset", "nam", "--generate"});
  REQUIRE(reset.status == exit_done);
  CHECK_FALSE(city.signs_in("nam", first));
  CHECK(city.signs_in("nam", reset.out.substr(4, 24)));
}

TEST_CASE("user refuses in plain words and leaves nothing behind") {
  City city;
  const auto says = [&](const Line& words, const std::string& input, std::string_view sentence) {
    const auto ran = city.user(words, input);
    CHECK(ran.status == exit_refused);
    CHECK_MESSAGE(ran.err.find(sentence) != std::string::npos, ran.err);
  };
  says({"add", "hoa", "--name", "Hoa"}, "ngắn\n", "at least 12 characters");
  says({"add", "hoa", "--name", "Hoa"}, "", "at least 12 characters");
  says({"add", "hoa"}, "một câu dễ nhớ\n", "Enter a name");
  says({"add", "HOA", "--name", "Hoa"}, "một câu dễ nhớ\n", "A login has");
  says({"add", "hoa", "--name", "Hoa", "--role", "king", "--unit", "01"}, "", "The role must be");
  says({"add", "hoa", "--name", "Hoa", "--role", "head", "--unit", "9"}, "", "no such unit");
  says({"reset", "hoa"}, "một câu dễ nhớ\n", "no such account");
  says({"grant", "hoa", "--role", "head", "--unit", "01"}, "", "no such account");
  CHECK(city.user({"list"}).out.empty());
  for (const Line& wrong : {Line{}, Line{"add"}, Line{"list", "x"}, Line{"fly", "hoa"},
                            Line{"add", "hoa", "--nmae", "Hoa"}, Line{"add", "hoa", "--name"}})
    CHECK(city.user(wrong).status == exit_usage);
}

TEST_CASE("roles are granted and revoked, and an account is disabled and enabled, by login") {
  City city;
  REQUIRE(city.user({"add", "hoa", "--name", "Hoa"}, "một câu dễ nhớ\n").status == exit_done);
  CHECK(city.user({"grant", "hoa", "--role", "head", "--unit", "01"}).status == exit_done);
  CHECK(city.user({"list"}).out == "hoa\tHoa\tactive\thead 01 Thành phố Hà Nội\n");
  CHECK(city.user({"revoke", "hoa", "--role", "head", "--unit", "01"}).status == exit_done);
  CHECK(city.user({"grant", "hoa"}).status == exit_refused);
  CHECK(city.user({"disable", "hoa"}).status == exit_done);
  CHECK(city.user({"list"}).out == "hoa\tHoa\tdisabled\n");
  CHECK(city.user({"enable", "hoa"}).status == exit_done);
  CHECK(city.signs_in("hoa", "một câu dễ nhớ"));
}

TEST_CASE("three holders make keys offline, the server seals, and two of them open it") {
  City city;
  const file::TemporaryFolder folder;
  int number = 0;
  for (const std::string_view slot : {"A", "B", "C"}) {
    const std::string path = folder / ("key" + std::string(slot));
    // The last of them keeps the key under a passphrase.
    const auto made = ++number < 3 ? unseal({"new-key", path, "--no-passphrase"}, city.random)
                                   : unseal({"new-key", path}, city.random, "gió mùa đông bắc\n");
    REQUIRE(made.status == exit_done);
    const auto perms = std::filesystem::status(path).permissions();
    CHECK((perms & std::filesystem::perms::others_read) == std::filesystem::perms::none);
    const std::string key = made.out.substr(0, made.out.size() - 1);
    CHECK(city.user({"holder", slot, "--name", "Người giữ", "--key", key}).status == exit_done);
  }
  CHECK(city.user({"holder", "A", "--name", "X", "--key", "AAAA"}).status == exit_refused);
  const auto keys = city.read([](db::Read& read) { return people::sealing_keys(read); });
  REQUIRE(keys.ok());
  const std::string sealed = folder / "sealed", half = folder / "half", open = folder / "open";
  file::write_file_durably(sealed, people::seal("Trần Thị Mận", keys.value(), city.random));

  const std::string key_b = folder / "keyB", key_c = folder / "keyC";
  const auto first = unseal({"peel", "--key", key_b, sealed, half}, city.random);
  CHECK(first.status == exit_done);
  CHECK(file::read_file(half, 65'536)->find("Trần") == std::string::npos);
  CHECK(unseal({"peel", "--key", key_b, half, open}, city.random).status == exit_refused);
  CHECK(unseal({"peel", "--key", key_c, half, open}, city.random, "sai\n").status == exit_refused);
  CHECK_FALSE(std::filesystem::exists(open));
  const auto second =
      unseal({"peel", "--key", key_c, half, open}, city.random, "gió mùa đông bắc\n");
  CHECK(second.status == exit_done);
  CHECK(file::read_file(open, 65'536) == "Trần Thị Mận");
  // Nothing is overwritten, and a file that is not there is said so.
  CHECK(unseal({"peel", "--key", key_b, sealed, half}, city.random).status == exit_refused);
  CHECK(unseal({"new-key", key_b, "--no-passphrase"}, city.random).status == exit_refused);
  CHECK(unseal({"peel", "--key", key_b, folder / "none", "-"}, city.random).status == exit_refused);
  CHECK(unseal({"peel", sealed, half}, city.random).status == exit_usage);
}

}  // namespace ln::app
