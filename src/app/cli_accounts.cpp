// langnghe user and langnghe unseal, as main calls them: the words, the console and the database.
#include <vector>

#include "app/arguments.h"
#include "app/cli.h"
#include "app/cli_unseal.h"
#include "app/cli_user.h"
#include "app/clock.h"

namespace ln::app {

// The folder stands anywhere among the words; run_user reads the rest.
int cli_user(std::span<char*> words) {
  std::vector<std::string_view> rest;
  std::string folder;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (std::string_view(words[i]) != "--data")
      rest.emplace_back(words[i]);
    else if (++i < words.size())
      folder = words[i];
  }
  if (folder.empty()) throw Misuse{"--data DIR is missing"};
  SystemRandom random;
  db::Database database({.path = folder + "/langnghe.db", .now = now()});
  Console console = standard_console();
  return run_user(rest, {.database = database, .random = random, .now = now()}, console);
}

int cli_unseal(std::span<char*> words) {
  const std::vector<std::string_view> all(words.begin(), words.end());
  SystemRandom random;
  Console console = standard_console();
  return run_unseal(all, random, console);
}

}  // namespace ln::app
