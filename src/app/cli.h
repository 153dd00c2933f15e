// The commands. Each takes the words after its name and returns the exit status: 0 done, 1 failed,
// 2 (Misuse) not understood.
#pragma once

#include <span>

namespace ln::app {

int cli_serve(std::span<char*> words);
int cli_sample(std::span<char*> words);
int cli_user(std::span<char*> words);
int cli_unseal(std::span<char*> words);
int cli_verify(std::span<char*> words);

}  // namespace ln::app
