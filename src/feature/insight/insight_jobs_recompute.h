// Counting every public figure again from the files of open data alone, without a database.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/insight/insight_jobs_open.h"

namespace ln::insight {

// How the files are reached; each by the name that the manifest gives it.
struct OpenFolder {
  std::string manifest;  // the bytes of manifest.json
  // SHA-256 in hexadecimal; null when there is no such file.
  std::function<std::optional<std::string>(const std::string& name)> sha256;
  // Gives each line without its end; false when there is no such file.
  std::function<bool(const std::string& name, const std::function<void(std::string_view)>& take)>
      lines;
};

struct Recomputed {
  std::int64_t rows = 0, figures = 0;
  // What is not as it should be, each in one line that names the file or the figure; at most 100.
  std::vector<std::string> faults{};
  // SHA-256 of the published counts of each survey, in hexadecimal, as its row says it, by its
  // number: what the public log was told when it was closed.
  std::map<std::int64_t, std::string> survey_hashes{};
};
// Compares every file with its hash, every figure with what the rows give (those of other rooms
// too), and looks whether each class has at least five rows. Holds the figures, and no rows.
Recomputed recompute(const OpenFolder& folder);

}  // namespace ln::insight
