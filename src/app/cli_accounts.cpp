// langnghe user and langnghe unseal, as main calls them: the words, the console and the database.
#include "app/cli.h"
#include "app/cli_unseal.h"
#include "app/cli_user.h"
#include "app/clock.h"
#include "app/commands.h"
#include "app/database.h"

namespace ln::app {

int cli_user(std::span<const std::string_view> words) {
  const Arguments given(words, options_of("user"));
  SystemRandom random;
  db::Database database(place_of(given, now()));
  Console console = standard_console();
  return run_user(given, {.database = database, .random = random, .now = now()}, console);
}

int cli_unseal(std::span<const std::string_view> words) {
  SystemRandom random;
  Console console = standard_console();
  return run_unseal(Arguments(words, options_of("unseal")), random, console);
}

}  // namespace ln::app
