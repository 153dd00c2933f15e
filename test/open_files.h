// The files of a night of open data, in memory.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/merkle/merkle.h"
#include "feature/insight/insight_jobs_recompute.h"

namespace ln::test {

using OpenRow = std::map<std::string, std::string>;

// Counts too how many are open at once, and how much is written at a time.
struct OpenFiles {
  std::map<std::string, std::string> bytes;
  std::size_t open_count = 0, most_open = 0, longest_write = 0, total = 0;
  bool keeps = true;

  struct File : insight::OpenFile {
    OpenFiles& files;
    std::string name;
    File(OpenFiles& all, std::string called) : files(all), name(std::move(called)) {
      files.most_open = std::max(files.most_open, ++files.open_count);
      files.bytes[name];
    }
    ~File() override { --files.open_count; }
    void write(std::string_view more) override {
      files.longest_write = std::max(files.longest_write, more.size());
      files.total += more.size();
      if (files.keeps) files.bytes[name] += more;
    }
    void finish() override {}
  };
  insight::MakeFile make() {
    return [this](const std::string& name) { return std::make_unique<File>(*this, name); };
  }
  std::string hash(const std::string& name) const {
    return to_hex(merkle::sha256(as_bytes(bytes.at(name))));
  }
  // Rows of all CSV files of a table.
  std::vector<OpenRow> rows(const std::string& table) const {
    std::vector<OpenRow> all;
    for (const auto& [name, text] : bytes) {
      if (!name.starts_with(table) || !name.ends_with(".csv")) continue;
      std::vector<std::string> header;
      each_line(name, [&](std::string_view line) {
        const auto cells = insight::cells_of(line);
        REQUIRE(cells);
        if (header.empty()) {
          header = *cells;
          return;
        }
        OpenRow row;
        for (std::size_t i = 0; i < header.size(); ++i) row[header[i]] = cells->at(i);
        all.push_back(std::move(row));
      });
    }
    return all;
  }
  bool each_line(const std::string& name, const std::function<void(std::string_view)>& take) const {
    const auto found = bytes.find(name);
    if (found == bytes.end()) return false;
    std::string_view rest = found->second;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      take(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return true;
  }
};

}  // namespace ln::test
