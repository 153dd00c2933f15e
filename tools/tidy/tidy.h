// tidy checks the shape of the tree: which file may include which, who may write which table, that
// every sentence stands in both languages and is used, that migrations are numbered, that the API
// description names every route, that each test which a document quotes exists. It runs as a
// test, so the shape cannot erode unnoticed, and is itself tested with planted faults
// (tidy_test.cpp).
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ln::tidy {

struct Room {
  std::string path;    // "feature/feedback/feedback_pages_staff.cpp", below src/
  std::string floor;   // "feature"
  std::string folder;  // "feedback"; empty for base/ and app/
  std::string part;    // "pages_staff": what follows "feedback_" in the name; empty for the face
  std::string text;
  std::vector<std::string> arrows;  // what it includes of ours, below src/
  bool is_test = false;             // *_test, *_fuzz, *_bench
};

struct Tree {
  std::vector<Room> rooms;                     // sorted by path
  std::map<std::string, const Room*> by_path;  // points into rooms
  std::map<std::string, std::string> files;    // of the folders named in tree.cpp, and their text
};

// Reads the tree below `root`; missing folders are empty.
Tree enter(const std::filesystem::path& root);

struct Problem {
  std::string path;
  std::size_t line = 1;
  std::string what;
};
using Problems = std::vector<Problem>;

void check_arrows(const Tree& tree, Problems& problems);
void check_circles(const Tree& tree, Problems& problems);
void check_sizes(const Tree& tree, Problems& problems);
void check_bans(const Tree& tree, Problems& problems);
void check_tables(const Tree& tree, Problems& problems);
void check_sentences(const Tree& tree, Problems& problems);
void check_migrations(const Tree& tree, Problems& problems);
void check_api(const Tree& tree, Problems& problems);
void check_shown(const Tree& tree, Problems& problems);

Problems check_all(const Tree& tree);

// The house for Graphviz: a box for each folder, an arrow for each include between folders.
std::string draw(const Tree& tree);

}  // namespace ln::tidy
