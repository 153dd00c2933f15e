// What of erased words could still lie anywhere on the machine: every byte of every file, of the
// city's folder and on PostgreSQL of its server.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "test/engine.h"

namespace ln::test {

// The bytes of all files below a folder, one after the other.
inline std::string bytes_below(const std::filesystem::path& folder) {
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(file), {});
  }
  return all;
}

// A seed that no other test and no sample city draws from. On PostgreSQL they all lie on one
// server, and what two of them had drawn alike would be found in the other's files after the
// erasure.
constexpr std::uint64_t apart(std::uint64_t seed) { return 0x6572617365640000 + seed; }

// The folder of the private server: its socket lies in it, and stands in its address.
// Precondition: is_on_postgres().
inline std::string folder_of_server() {
  const std::string url = postgres().url();
  const std::size_t begin = url.find("%2F"), end = url.find_first_of("/:?&", begin);
  std::string folder = url.substr(begin, end - begin);
  for (std::size_t at; (at = folder.find("%2F")) != std::string::npos;) folder.replace(at, 3, "/");
  return folder;
}

// A PostgreSQL that looks at its tables keeps samples of them, and this makes it look at those of
// one database of the tests. A plain ANALYZE looks at the hundreds of schemas of the others too,
// and needs more locks than the server has. Nothing on SQLite.
inline void take_samples(const std::string& path) {
  if (!is_on_postgres()) return;
  tamper(path,
         "DO $$ DECLARE one text; BEGIN "
         "FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP "
         "EXECUTE 'ANALYZE ' || quote_ident(one); END LOOP; END $$");
}

}  // namespace ln::test
