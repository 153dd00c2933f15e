#include "platform/file/file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

using namespace ln;

TEST_CASE("a file written durably has its new bytes, or its old ones when writing fails") {
  const file::TemporaryFolder folder;
  const std::string path = folder / "head";
  CHECK_FALSE(file::read_file(path, 10).has_value());
  file::write_file_durably(path, "one");
  file::write_file_durably(path, std::string("t\0o", 3));
  CHECK(file::read_file(path, 3) == std::string("t\0o", 3));
  CHECK_THROWS_AS(file::read_file(path, 2), file::Failure);

  std::filesystem::create_directory(folder / "taken");
  std::ofstream(folder / "taken/inside") << "x";
  CHECK_THROWS_AS(file::write_file_durably(folder / "taken", "two"), file::Failure);
  CHECK_THROWS_AS(file::write_file_durably(folder / "nowhere/head", "two"), file::Failure);
  // Nothing is left lying about.
  std::size_t count = 0;
  for (const auto& each : std::filesystem::directory_iterator(folder.path())) {
    static_cast<void>(each);
    ++count;
  }
  CHECK(count == 2);
}

TEST_CASE("a file written durably is read by its owner alone unless it is for everybody") {
  const file::TemporaryFolder folder;
  const auto mode = [&](const char* name) {
    struct stat about{};
    REQUIRE(::stat((folder / name).c_str(), &about) == 0);
    return about.st_mode & 0777U;
  };
  file::write_file_durably(folder / "secret", "k");
  file::write_file_durably(folder / "public", "k", file::Readers::everybody);
  CHECK(mode("secret") == 0600);
  CHECK(mode("public") == 0644);
}

TEST_CASE("an empty file is read, and an endless one is refused") {
  const file::TemporaryFolder folder;
  std::ofstream(folder / "empty").close();
  CHECK(file::read_file(folder / "empty", 0) == "");
  CHECK_THROWS_AS(file::read_file("/dev/zero", 1000), file::Failure);
  CHECK_THROWS_AS(file::read_file(folder.path(), 1000), file::Failure);
}

TEST_CASE("a temporary folder goes with all it holds") {
  std::string path;
  {
    const file::TemporaryFolder folder;
    path = folder.path();
    file::write_file_durably(folder / "a", "b");
    CHECK(std::filesystem::is_directory(path));
  }
  CHECK_FALSE(std::filesystem::exists(path));
}
