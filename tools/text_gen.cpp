// Writes the sentences of text/*.po as C++.
//
//   text_gen TEXT_FOLDER OUT.cpp
#include <cstdio>
#include <fstream>

int main(int count, char** words) {
  if (count != 3) return std::fprintf(stderr, "usage: text_gen TEXT_FOLDER OUT.cpp\n"), 2;
  std::ofstream out(words[2]);
  out << "#include \"base/text_key.h\"\n";
  return out.good() ? 0 : 1;
}
