#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <sstream>

#include "engine/opinion/opinion_comments.h"
#include "engine/opinion/opinion_findings.h"
#include "engine/opinion/opinion_fixture.h"
#include "engine/opinion/opinion_quality.h"
#include "engine/opinion/opinion_read.h"

namespace ln::opinion {
namespace {

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> parts;
  std::string part;
  for (std::istringstream in(text); std::getline(in, part, by);) parts.push_back(part);
  if (text.ends_with(by)) parts.emplace_back();
  return parts;
}

std::vector<std::size_t> order_of(std::size_t count, std::uint64_t seed) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t i = count; i > 1; --i)
    std::swap(order[i - 1], order[mixed(seed * 1'000'003 + i) % i]);
  return order;
}

class Bytes {
 public:
  template <class T>
  void put(const T& value) {
    made_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  template <class T>
  void put_all(const std::vector<T>& values) {
    put(values.size());
    for (const T& each : values) put(each);
  }
  void put(std::string_view text) { made_.append(text).push_back('\n'); }
  std::string take() { return std::move(made_); }

 private:
  std::string made_;
};

std::string bytes_in(const std::string& path) {
  const std::ifstream in(LN_SOURCE "/test/opinion/" + path);
  REQUIRE(in.good());
  std::stringstream all;
  all << in.rdbuf();
  return all.str();
}

void put_held(Bytes& bytes, const Held& held) {
  bytes.put(held.statement);
  bytes.put(held.said);
  bytes.put(held.share.part);
  bytes.put(held.share.whole);
  bytes.put(held.interval.low);
  bytes.put(held.interval.high);
}

}  // namespace

const std::vector<std::string>& conversations() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(LN_SOURCE "/test/opinion"))
      if (entry.is_directory()) found.push_back(entry.path().filename().string());
    std::ranges::sort(found);
    REQUIRE(found.size() == 8);
    return found;
  }();
  return names;
}

std::string file_of(const std::string& name) { return bytes_in(name + "/participants-votes.csv"); }

std::vector<std::string> rejected_in(const std::string& name) {
  const auto read = read_comments(bytes_in(name + "/comments.csv"));
  REQUIRE(std::holds_alternative<std::vector<Comment>>(read));
  std::vector<std::string> ids;
  for (const Comment& each : std::get<std::vector<Comment>>(read))
    if (each.is_rejected) ids.push_back(each.id);
  return ids;
}

Votes read_whole(const std::string& bytes) {
  VoteReader reader;
  REQUIRE_FALSE(reader.take(bytes).has_value());
  REQUIRE_FALSE(reader.finish().has_value());
  return reader.votes();
}

Votes conversation(const std::string& name) { return read_whole(file_of(name)); }

std::string shuffled_file(const std::string& bytes, std::uint64_t seed) {
  std::string plain = bytes;
  std::erase(plain, '\r');
  std::vector<std::string> lines = split(plain, '\n');
  std::erase(lines, "");
  const auto columns = order_of(split(lines[0], ',').size(), seed);
  const auto rows = order_of(lines.size() - 1, seed + 1);
  std::string made;
  const auto put_line = [&](const std::string& line) {
    const auto cells = split(line, ',');
    REQUIRE(cells.size() == columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i)
      made += (i == 0 ? "" : ",") + cells[columns[i]];
    made += '\n';
  };
  put_line(lines[0]);
  for (const std::size_t row : rows) put_line(lines[row + 1]);
  return made;
}

std::string bytes_of(const Votes& votes, const Map& map) {
  Bytes bytes;
  for (const std::string& each : votes.statement_ids()) bytes.put(std::string_view(each));
  bytes.put(map.people);
  bytes.put(map.placed);
  bytes.put(map.votes);
  bytes.put_all(map.axes.mean);
  bytes.put_all(map.axes.first);
  bytes.put_all(map.axes.second);
  bytes.put(map.axes.first_spread);
  bytes.put(map.axes.second_spread);
  bytes.put(map.shift);
  for (const Centre& each : map.grouping.centres) {
    bytes.put(each.x);
    bytes.put(each.y);
  }
  bytes.put_all(map.grouping.sizes);
  bytes.put(map.grouping.silhouette);
  for (const std::uint32_t person : votes.sorted_people()) {
    bytes.put(votes.id(person));
    bytes.put(map.points[person].x);
    bytes.put(map.points[person].y);
    bytes.put(map.group[person]);
  }
  const Quality quality = quality_of(votes, map, alone());
  bytes.put_all(quality.agreement);
  bytes.put(quality.agreement_median);
  bytes.put(quality.same_number);
  bytes.put(quality.gain);
  const Counts counts(votes, map);
  const Findings found = findings_of(map, counts);
  for (const GroupFindings& group : found.groups) {
    for (const Held& each : group.holds) put_held(bytes, each);
    for (const SetApart& each : group.apart) put_held(bytes, each.elsewhere);
  }
  for (const Union& each : found.unites) bytes.put(each.least);
  for (const Division& each : found.divides) put_held(bytes, each.disagrees);
  for (std::size_t j = 0; j < votes.statements(); ++j) {
    bytes.put(group_aware_consensus(counts, j));
    bytes.put(priority_of(counts.placed(j), extremity_of(map.axes, j)));
  }
  return bytes.take();
}

Workers crooked_workers(std::size_t count) {
  return {count, [count](std::size_t jobs, const Workers::Job& run) {
            for (std::size_t job = jobs; job-- > 0;) run(job, (job * 7 + jobs) % count);
          }};
}

}  // namespace ln::opinion
