// The commands. Each takes the words after its name and returns the exit status: 0 done, 1 failed
// or refused; what it does not understand it throws as Misuse (app/arguments.h), which becomes 2.
#pragma once

#include <span>
#include <string_view>

namespace ln::app {

int cli_serve(std::span<const std::string_view> words);
int cli_sample(std::span<const std::string_view> words);
int cli_user(std::span<const std::string_view> words);
int cli_unseal(std::span<const std::string_view> words);
int cli_verify(std::span<const std::string_view> words);
int cli_backup(std::span<const std::string_view> words);
int cli_restore(std::span<const std::string_view> words);
int cli_witness(std::span<const std::string_view> words);
int cli_erasures(std::span<const std::string_view> words);
int cli_reorganise(std::span<const std::string_view> words);
int cli_campaigns(std::span<const std::string_view> words);
int cli_triage(std::span<const std::string_view> words);
int cli_opinion(std::span<const std::string_view> words);
int cli_doctor(std::span<const std::string_view> words);
int cli_export(std::span<const std::string_view> words);
int cli_recompute(std::span<const std::string_view> words);

}  // namespace ln::app
