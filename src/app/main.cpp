// langnghe: one executable, one command after the other.
#include <cstdio>
#include <exception>
#include <string_view>

#include "app/arguments.h"
#include "app/cli.h"
#include "base/log.h"
#include "platform/file/picture.h"

namespace {

struct Command {
  std::string_view name;
  int (*run)(std::span<char*> words);
  const char* help;
};

constexpr Command commands[] = {
    {"serve", ln::app::cli_serve,
     "--data DIR [--listen 127.0.0.1:8080] [--base-url URL] [--rate-limit off] [--behind-proxy "
     "yes] [--threads N] [--ledger-tick MINUTES]"},
    {"sample", ln::app::cli_sample,
     "hanoi --data DIR [--cases N] [--seed S] [--now 2026-11-23T02:00:00Z]"},
    {"user", ln::app::cli_user, "add|reset|list|grant|revoke|disable|enable|holder --data DIR …"},
    {"unseal", ln::app::cli_unseal, "new-key FILE | peel --key FILE IN OUT"},
    {"verify", ln::app::cli_verify,
     "--data DIR | RECEIPT.tlog-proof [--policy FILE] [--text FILE]"},
};

int help() {
  std::puts("Lắng Nghe: feedback that gets an answer, and proves it.\n");
  for (const Command& each : commands)
    std::printf("  langnghe %-8.*s %s\n", static_cast<int>(each.name.size()), each.name.data(),
                each.help);
  return 2;
}

}  // namespace

int main(int count, char** words) {
  // Cleaning a picture runs this very program again, in a cage (platform/file/picture.h).
  if (count == 2 && words[1] == ln::file::picture_worker_word) ln::file::picture_worker_main();
  if (count < 2) return help();
  for (const Command& each : commands) {
    if (each.name != words[1]) continue;
    try {
      return each.run({words + 2, static_cast<std::size_t>(count - 2)});
    } catch (const ln::app::Misuse& misuse) {
      std::fprintf(stderr, "langnghe %s: %s\n", words[1], misuse.sentence.c_str());
      return 2;
    } catch (const std::exception& failure) {
      std::fprintf(stderr, "langnghe %s: %s\n", words[1], failure.what());
      return 1;
    }
  }
  return help();
}
