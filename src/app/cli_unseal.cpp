#include "app/cli_unseal.h"

#include <filesystem>
#include <ostream>
#include <string>

#include "base/text.h"
#include "core/people/people_seal.h"
#include "platform/file/file.h"

namespace ln::app {
namespace {

constexpr std::size_t sealed_size_max = 64 * 1024;

Result<std::string> read_input(std::string_view path) {
  auto bytes = file::read_file(std::string(path), sealed_size_max);
  if (!bytes) return Error{ErrorKind::not_found, "people.error.no_file"_t};
  return *std::move(bytes);
}

Result<Done> write_new(std::string_view path, std::string_view bytes) {
  const std::string name(path);
  if (std::filesystem::exists(name))
    return Error{ErrorKind::conflict, "people.error.file_exists"_t};
  file::write_file_durably(name, bytes);
  return Done{};
}

// A new passphrase, twice at a terminal; empty when none is wanted.
Result<std::string> new_passphrase(const Arguments& words, Console& console) {
  if (words.flag("no-passphrase")) return std::string();
  const auto first = read_secret(console, "people.cli.passphrase"_t);
  if (!first || count_chars(*first) < 12)
    return Error{ErrorKind::invalid, "people.error.password_short"_t};
  if (console.is_terminal && read_secret(console, "people.cli.again"_t) != first)
    return Error{ErrorKind::invalid, "people.error.password_differs"_t};
  return *first;
}

Result<Done> new_key(const Arguments& words, Random& random, Console& console) {
  if (std::filesystem::exists(std::string(words.at(1))))
    return Error{ErrorKind::conflict, "people.error.file_exists"_t};
  TRY(const std::string passphrase, new_passphrase(words, console));
  const people::KeyPair pair = people::make_key_pair(random);
  TRY(const Done written, write_new(words.at(1), people::to_key_file(pair, passphrase, random)));
  static_cast<void>(written);
  console.err << console.voice("people.cli.public_key"_t,
                               {{"key", people::fingerprint(pair.public_key)}})
              << '\n';
  console.out << to_base64(pair.public_key) << '\n';
  return Done{};
}

Result<Done> peel(const Arguments& words, Console& console) {
  TRY(const std::string key_file, read_input(*words.find("key")));
  TRY(const std::string sealed, read_input(words.at(1)));
  std::string passphrase;
  if (people::needs_passphrase(key_file))
    passphrase = read_secret(console, "people.cli.passphrase"_t).value_or("");
  TRY(const people::KeyPair pair, people::from_key_file(key_file, passphrase));
  TRY(const people::Peeled peeled, people::peel(sealed, pair));
  const std::string& bytes = peeled.text ? *peeled.text : peeled.sealed;
  if (words.at(2) == "-") {
    console.out << bytes << '\n';
  } else {
    TRY(const Done written, write_new(words.at(2), bytes));
    static_cast<void>(written);
  }
  if (peeled.text) {
    console.err << console.voice("people.cli.open"_t) << '\n';
    return Done{};
  }
  std::string keys;
  for (const std::string& key : peeled.next_keys) keys += (keys.empty() ? "" : ", ") + key;
  console.err << console.voice("people.cli.pass_on"_t, {{"keys", keys}}) << '\n';
  return Done{};
}

}  // namespace

int run_unseal(const Arguments& words, Random& random, Console& console) {
  const bool makes = words.count() == 2 && words.at(0) == "new-key";
  const bool peels = words.count() == 3 && words.at(0) == "peel" && words.find("key").has_value();
  if (!makes && !peels) return show_usage(console, "people.cli.unseal_usage"_t);
  const auto done = makes ? new_key(words, random, console) : peel(words, console);
  return done.ok() ? exit_done : refuse(console, done.error());
}

}  // namespace ln::app
