// Arrows point down: a file includes only files of lower floors, or of its own floor where the
// rules below say so.
#include <functional>
#include <set>

#include "tools/tidy/tidy.h"

namespace ln::tidy {
namespace {

const std::map<std::string, int> floor_of = {{"base", 0}, {"engine", 1},  {"platform", 1},
                                             {"core", 2}, {"feature", 3}, {"app", 4}};

// The rooms of a feature from the bottom up; wings belong to the room they are named after.
int height_of(const Room& room) {
  const std::string first = room.part.substr(0, room.part.find('_'));
  if (first == "store") return 1;
  if (first == "actions") return 2;
  if (first == "pages" || first == "api" || first == "jobs") return 3;
  return 0;  // The face, the rules and their wings.
}

bool is_web(const Room& room) {
  return room.path.starts_with("platform/http/") || room.path.starts_with("platform/html/");
}

// Why `from` may not include `to`; empty when it may.
std::string refusal(const Room& from, const Room& to) {
  if (from.is_test) return "";
  if (to.is_test) return "tests are included by nobody";
  const int here = floor_of.at(from.floor), there = floor_of.at(to.floor);
  if (there > here) return "an arrow up";
  if (there == here && from.floor != to.floor) return "engine and platform do not know each other";
  if (from.floor == "engine" && to.floor == "engine" && from.folder != to.folder &&
      !to.part.empty())
    return "another engine is entered only by its face";
  if (from.floor != "feature") {
    const bool is_face = from.part.empty() && from.floor == "core";
    return is_face && to.floor == "platform" ? "types and rules know no platform" : "";
  }
  if (to.floor == "feature" && from.folder != to.folder && !to.part.empty())
    return "another feature is entered only by its face, " + to.folder + "/" + to.folder + ".h";
  if (to.floor == "feature" && from.folder == to.folder && height_of(to) > height_of(from))
    return "inside a feature arrows point from pages to actions to store to face";
  if (height_of(from) == 0 && to.floor == "platform") return "types and rules know no platform";
  if (height_of(from) < 3 && is_web(to)) return "storage and actions know no HTTP and no HTML";
  return "";
}

}  // namespace

void check_arrows(const Tree& tree, Problems& problems) {
  for (const Room& room : tree.rooms) {
    if (!floor_of.contains(room.floor)) {
      problems.push_back({room.path, 1, "is on no floor"});
      continue;
    }
    for (const std::string& arrow : room.arrows) {
      const auto to = tree.by_path.find(arrow);
      if (to == tree.by_path.end()) {
        if (!room.is_test)
          problems.push_back({room.path, 1, "includes " + arrow + ", which is not under src/"});
        continue;
      }
      if (!floor_of.contains(to->second->floor)) continue;
      if (const std::string why = refusal(room, *to->second); !why.empty())
        problems.push_back({room.path, 1, "must not include " + arrow + ": " + why});
    }
  }
}

void check_circles(const Tree& tree, Problems& problems) {
  std::map<std::string, std::set<std::string>> folders;
  for (const Room& room : tree.rooms) {
    if (room.is_test) continue;
    for (const std::string& arrow : room.arrows) {
      const auto to = tree.by_path.find(arrow);
      if (to == tree.by_path.end()) continue;
      const std::string here = room.floor + "/" + room.folder;
      const std::string there = to->second->floor + "/" + to->second->folder;
      if (here != there) folders[here].insert(there);
    }
  }
  enum class Seen : unsigned char { no, on_path, done };
  std::map<std::string, Seen> seen;
  const std::function<void(const std::string&)> visit = [&](const std::string& folder) {
    seen[folder] = Seen::on_path;
    for (const std::string& next : folders[folder]) {
      if (seen[next] == Seen::on_path)
        problems.push_back({folder, 1, "and " + next + " include each other in a circle"});
      else if (seen[next] == Seen::no)
        visit(next);
    }
    seen[folder] = Seen::done;
  };
  std::vector<std::string> names;
  for (const auto& [folder, _] : folders) names.push_back(folder);
  for (const std::string& folder : names)
    if (seen[folder] == Seen::no) visit(folder);
}

}  // namespace ln::tidy
