// What the two ways to verify a receipt share: reading what somebody brought.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/arguments.h"
#include "app/cli_console.h"
#include "core/ledger/ledger_promise.h"
#include "engine/merkle/merkle_checkpoint.h"
#include "platform/db/db.h"

namespace ln::app {

// The exit status of a check that could not be made.
inline constexpr int exit_unchecked = 2;

// The bytes of a file. Throws Misuse when it cannot be read or is larger than 16 MB.
std::string read_needed(const std::string& path);

// A receipt, all receipts of a case, or the text of a QR code; null when it is none of these.
std::optional<std::vector<merkle::Receipt>> receipts_of(const std::string& bytes);

// Throws Misuse when there is no city at `place`.
void require_city(const std::string& folder, const db::Options& place);

// verify --data DIR [--second FILE]: the city in `folder`, whose database is at `place`. `second`
// is where its second file is; empty: where it was until now. Exit status 0 everything fits, 1 it
// does not.
int verify_city(const std::string& folder,
                const db::Options& place,
                const std::string& second,
                Console& console);

// verify --late RECEIPT [--answer RECEIPT] [--now TIME] --policy FILE: was the city late? Exit
// status 0 it was not, 1 it was or could not show otherwise, 2 it could not be checked.
int verify_lateness(const Arguments& given, Console& console);

// verify --counted FILE [--policy FILE]: does the file show that a case was counted in a monthly
// sum? Exit status 0 it does, 1 it does not, 2 it is no such file, 3 it does but no policy was
// given.
int verify_counted(const Arguments& given, Console& console);

// verify PROMISE --data DIR, or PROMISE --policy FILE [--receipt RECEIPT], [--now TIME]: was a
// promise of the protected channel kept? `city` is null without --data. Exit status 0 it was, or
// its hour has not come; 1 it was broken or kept late; 2 it could not be checked; 3 nothing was
// shown that decides.
int verify_promise(const ledger::Promise& promise,
                   const Arguments& given,
                   const db::Options* city,
                   Console& console);

}  // namespace ln::app
