// A night of open data for tests: what the program and the script from outside say of it, and what
// somebody who owns the folder can change in it.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands.h"
#include "core/ledger/ledger_jobs.h"
#include "feature/insight/insight_jobs_recompute.h"
#include "platform/file/digest.h"
#include "test/browser.h"

namespace ln::test {

namespace fs = std::filesystem;

inline std::string read_all(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
inline void write_all(const fs::path& path, std::string_view bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}
inline void replace_in(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE_MESSAGE(at != text.npos, from);
  text.replace(at, from.size(), to);
}

inline std::vector<std::string> faults_in(const fs::path& folder) {
  const auto path_of = [&](const std::string& name) { return (folder / name).string(); };
  return insight::recompute(
             {.manifest = read_all(folder / "manifest.json"),
              .sha256 = [&](const std::string& name) -> std::optional<std::string> {
                if (!fs::exists(path_of(name))) return std::nullopt;
                return file::sha256_of(path_of(name));
              },
              .lines =
                  [&](const std::string& name, const std::function<void(std::string_view)>& take) {
                    std::ifstream in(path_of(name), std::ios::binary);
                    for (std::string line; std::getline(in, line);) take(line);
                    return in.eof();
                  }})
      .faults;
}

// What the script from outside says.
inline std::string said_by_script(const fs::path& folder, const std::string& more = "") {
  const std::string command =
      "python3 tools/recompute.py " + folder.string() + " " + more + " 2>&1";
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 4096> piece{};
  for (std::size_t size = 0; (size = fread(piece.data(), 1, piece.size(), pipe)) > 0;)
    out.append(piece.data(), size);
  out += "\nends with " + std::to_string(WEXITSTATUS(pclose(pipe)));
  return out;
}

inline int recompute_ends(const fs::path& folder, const fs::path& log) {
  const std::string from = "--from=" + folder.string(), with = "--log=" + log.string();
  const std::vector<std::string_view> words = {"recompute", from, with};
  return app::run_command(words);
}

inline bool names(const std::vector<std::string>& faults, const std::vector<std::string>& words) {
  return std::ranges::any_of(faults, [&](const std::string& fault) {
    return std::ranges::all_of(
        words, [&](const std::string& word) { return fault.find(word) != fault.npos; });
  });
}
inline bool names(const std::string& text, const std::vector<std::string>& words) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return names(lines, words);
}

// Changes a file of a night and tells its new hash and number of rows in the manifest, as whoever
// owns the folder can.
inline void change(const fs::path& folder,
                   const std::string& name,
                   const std::function<void(std::string&)>& edit) {
  std::string bytes = read_all(folder / name), manifest = read_all(folder / "manifest.json");
  const std::string before = file::sha256_of((folder / name).string());
  const auto rows = [&] { return std::ranges::count(bytes, '\n') - 1; };
  const auto rows_before = rows();
  edit(bytes);
  write_all(folder / name, bytes);
  replace_in(manifest, before, file::sha256_of((folder / name).string()));
  const std::size_t at = manifest.find("\"" + name + "\"");
  std::string entry = manifest.substr(at);
  replace_in(entry, "\"rows\":" + std::to_string(rows_before),
             "\"rows\":" + std::to_string(rows()));
  write_all(folder / "manifest.json", manifest.substr(0, at) + entry);
}

// A copy of what the log of `city` (with router and site) serves; of fewer than 256 lines.
template <class City>
void keep_log(City& city, const fs::path& folder) {
  ledger::publish_now(city.database, city.now);
  test::Browser browser(city, city.router, city.site);
  browser.get("/ledger/checkpoint");
  REQUIRE(browser.status() == 200);
  const std::string head = browser.body();
  write_all(folder / "checkpoint", head);
  const std::size_t line = head.find('\n') + 1;
  const std::string tile = "tile/entries/000.p/" + head.substr(line, head.find('\n', line) - line);
  browser.get("/ledger/" + tile);
  REQUIRE(browser.status() == 200);
  write_all(folder / tile, browser.body());
}

}  // namespace ln::test
