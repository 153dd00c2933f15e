// Writes an assembler file that embeds assets/dist, schema, data and the scripts that strangers
// check us with, by .incbin, which costs no compile time.
//
//   embed SOURCE_ROOT OUT.S
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

int main(int count, char** words) {
  if (count != 3) return std::fprintf(stderr, "usage: embed SOURCE_ROOT OUT.S\n"), 2;
  const std::filesystem::path root = words[1];
  std::vector<std::string> paths;
  for (const char* folder : {"assets/dist", "schema", "data"}) {
    if (!std::filesystem::exists(root / folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder))
      if (entry.is_regular_file())
        paths.push_back(std::filesystem::relative(entry.path(), root).generic_string());
  }
  // core/ledger/ledger_tools.h serves these.
  for (const char* script : {"recompute.py", "recount.py", "redraw.py", "verify_ledger.py"})
    if (std::filesystem::exists(root / "tools" / script))
      paths.push_back("tools/" + std::string(script));
  std::sort(paths.begin(), paths.end());
  std::ofstream out(words[2]);
  out << ".section .rodata\n";
  for (std::size_t i = 0; i < paths.size(); ++i) {
    out << "n" << i << ": .asciz \"" << paths[i] << "\"\n.balign 16\n"
        << "b" << i << ": .incbin \"" << (root / paths[i]).generic_string() << "\"\n"
        << "e" << i << ": .byte 0\n";
  }
  out << ".section .data.rel.ro,\"aw\"\n.balign 8\n.globl ln_embedded_table\nln_embedded_table:\n";
  for (std::size_t i = 0; i < paths.size(); ++i)
    out << ".quad n" << i << ", b" << i << ", e" << i << "\n";
  out << ".quad 0\n.globl ln_embedded_count\nln_embedded_count: .quad " << paths.size() << "\n"
      << ".section .note.GNU-stack,\"\",@progbits\n";
  return out.good() ? 0 : 1;
}
