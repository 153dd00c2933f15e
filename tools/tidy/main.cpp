//   tidy ROOT          print what is wrong with the tree, exit 1 if anything is
//   tidy --draw ROOT   print the house for Graphviz
#include <cstdio>
#include <string_view>

#include "tools/tidy/tidy.h"

int main(int count, char** words) {
  const bool drawing = count == 3 && std::string_view(words[1]) == "--draw";
  if (count != 2 && !drawing) return std::fprintf(stderr, "usage: tidy [--draw] ROOT\n"), 2;
  const ln::tidy::Tree tree = ln::tidy::enter(words[count - 1]);
  if (drawing) return std::fputs(ln::tidy::draw(tree).c_str(), stdout), 0;
  const ln::tidy::Problems problems = ln::tidy::check_all(tree);
  for (const auto& each : problems)
    std::printf("%s:%zu: %s\n", each.path.c_str(), each.line, each.what.c_str());
  const int failed = problems.empty() ? 0 : 1;
  std::printf("%d passed, %d failed\n", tree.rooms.empty() ? 0 : 9 - failed, failed);
  return failed;
}
