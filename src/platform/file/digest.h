// SHA-256 of a file of any size.
#pragma once

#include <string>

namespace ln::file {

// In hexadecimal, as sha256sum prints it. Throws Failure when the file cannot be read.
std::string sha256_of(const std::string& path);

}  // namespace ln::file
