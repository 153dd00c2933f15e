// What the tests of this room share. Included by tests only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/opinion/opinion.h"

namespace ln::opinion {

// The real conversations in test/opinion, by name.
const std::vector<std::string>& conversations();
std::string file_of(const std::string& name);  // the bytes of its votes
Votes conversation(const std::string& name);
std::vector<std::string> rejected_in(
    const std::string& name);  // by the moderators, by comments.csv
// Precondition: there is nothing wrong with the file.
Votes read_whole(const std::string& bytes);

// The same table with its rows and columns in another order.
std::string shuffled_file(const std::string& bytes, std::uint64_t seed);

// Everything that is computed of a map, to the last bit, people in the order of their ids.
std::string bytes_of(const Votes& votes, const Map& map);

// One thread that deals jobs backwards and to changing workers.
Workers crooked_workers(std::size_t count);

}  // namespace ln::opinion
