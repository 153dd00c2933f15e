// langnghe unseal: the offline tool of the three who hold the keys to protected identities. It
// touches no database and no network; it is meant for a machine that has neither.
//
//   unseal new-key FILE [--no-passphrase]   makes a key, prints the public half to install
//   unseal peel --key FILE IN OUT           takes off the boxes this key opens; OUT "-" is the
//   screen
//
// No file is ever overwritten, and all are readable by their owner only.
#pragma once

#include "app/arguments.h"
#include "app/cli_console.h"
#include "base/random.h"

namespace ln::app {

// `words` follow "unseal". Gives the exit status.
int run_unseal(const Arguments& words, Random& random, Console& console);

}  // namespace ln::app
