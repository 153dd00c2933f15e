// langnghe user: accounts of those who work here, from the console of the machine.
//
//   user add LOGIN --name NAME [--role ROLE --unit CODE] [--language vi|en] [--generate]
//   user reset LOGIN [--generate]
//   user list
//   user grant|revoke LOGIN --role ROLE --unit CODE
//   user disable|enable LOGIN
//   user holder A|B|C --name NAME --key PUBLIC_KEY
//
// A password is read from standard input (asked for twice at a terminal, without echo), or made and
// printed once with --generate. A unit is the one that has the code today.
#pragma once

#include "app/arguments.h"
#include "app/cli_console.h"
#include "base/random.h"
#include "base/time.h"
#include "core/people/people_password.h"
#include "platform/db/db.h"

namespace ln::app {

struct UserCommand {
  db::Database& database;
  Random& random;
  Instant now;
  people::PasswordCost cost = people::interactive_cost;
};

// `words` follow "user". Gives the exit status.
int run_user(const Arguments& words, const UserCommand& with, Console& console);

}  // namespace ln::app
