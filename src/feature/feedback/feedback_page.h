// About which page of ours somebody says something.
#pragma once

#include <string_view>

namespace ln::feedback {

inline constexpr std::size_t page_path_size_max = 200;

// Whether a case may name this address as the page it is about: without language, of a public page
// that has one address for everybody ("/projects/3", "/feedback/7K2M9QPR",
// "/figures/on_time?unit=P1"). Never one of staff, and never one whose last part is known to its
// holder alone.
bool may_be_about(std::string_view path);

}  // namespace ln::feedback
