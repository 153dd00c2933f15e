#include "core/witness/witness_store.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/text.h"
#include "platform/file/file.h"

namespace ln::witness {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t key_size_max = 4096;
constexpr std::size_t state_size_max = 64UL << 20U;

std::optional<merkle::Signer> load_key(const std::string& path, const std::string& name) {
  const auto text = file::read_file(path, key_size_max);
  if (!text) return std::nullopt;
  struct stat about{};
  if (::stat(path.c_str(), &about) != 0 || (about.st_mode & 077U) != 0)
    throw file::Failure("the witness's key " + path +
                        " can be read by others. Whoever reads it can sign in this witness's name: "
                        "check who has, then chmod 600 it.");
  auto signer = merkle::Signer::parse(trimmed(*text));
  if (!signer || signer->verifier().kind != merkle::KeyKind::witness)
    throw file::Failure("the file " + path + " does not hold the key of a witness.");
  if (signer->verifier().name != name)
    throw file::Failure("the key " + path + " belongs to the witness " + signer->verifier().name +
                        ", not to " + name + ". A witness keeps its name as long as its key.");
  return signer;
}

}  // namespace

Kept open(const Places& places, const std::string& name, Random& random) {
  auto signer = load_key(places.key, name);
  const auto text = file::read_file(places.state, state_size_max);
  if (!signer && !text) {
    // The memory first: should we end between the two, a memory of nothing and no key begin again.
    save(places, {});
    merkle::Signer made(name, random.bytes<32>(), merkle::KeyKind::witness);
    file::write_file_durably(places.key, made.text() + "\n");
    return {std::move(made), {}};
  }
  if (!signer) {
    if (*text == write_memory({})) {
      merkle::Signer made(name, random.bytes<32>(), merkle::KeyKind::witness);
      file::write_file_durably(places.key, made.text() + "\n");
      return {std::move(made), {}};
    }
    throw file::Failure("the witness's key " + places.key +
                        " is missing, and its memory holds heads signed with it. Put the key file "
                        "back, or begin a new witness in an empty folder.");
  }
  if (!text)
    throw file::Failure(
        "the witness's memory " + places.state +
        " is missing. Without it this key could sign a second history of a log: put the file back, "
        "or begin a new witness with a new key and tell the logs.");
  auto memory = read_memory(*text, signer->verifier());
  if (!memory)
    throw file::Failure(
        "the witness's memory " + places.state +
        " is damaged or belongs to another witness. Put back the newest whole copy only if nothing "
        "was signed since; else begin a new witness with a new key and tell the logs.");
  return {*std::move(signer), *std::move(memory)};
}

void save(const Places& places, const Memory& memory) {
  file::write_file_durably(places.state, write_memory(memory));
}

std::string keep_evidence(const Places& places, const Seen& seen, const merkle::Note& other) {
  std::error_code failure;
  fs::create_directories(places.evidence, failure);
  if (failure) throw file::Failure("cannot make the folder " + places.evidence);
  // What one log says twice must not leave no room for what another does.
  const std::string of_log = address_of(seen.checkpoint.origin) + "-";
  const std::string path =
      places.evidence + "/" + of_log + std::to_string(seen.checkpoint.size) + ".notes";
  if (fs::exists(path, failure)) return path;
  std::size_t count = 0;
  for (const auto& each : fs::directory_iterator(places.evidence, failure))
    if (each.path().filename().string().starts_with(of_log)) ++count;
  if (count >= evidence_max) return "";
  file::write_file_durably(path, evidence_of(seen, other), file::Readers::everybody);
  return path;
}

namespace {

constexpr std::string_view evidence_ending = ".notes";
constexpr std::size_t address_size = 64;

// 64 hexadecimal digits, the size and the ending: no name that leads out of the folder.
bool is_evidence_name(std::string_view name) {
  constexpr std::size_t name_size_max = 100;
  if (name.size() > name_size_max || !name.ends_with(evidence_ending)) return false;
  name.remove_suffix(evidence_ending.size());
  if (name.size() < address_size + 2 || name[address_size] != '-') return false;
  return name.substr(0, address_size).find_first_not_of("0123456789abcdef") ==
             std::string_view::npos &&
         name.substr(address_size + 1).find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::vector<std::string> evidence_names(const Places& places) {
  std::vector<std::string> all;
  std::error_code failure;
  for (const auto& each : fs::directory_iterator(places.evidence, failure)) {
    std::string name = each.path().filename().string();
    if (is_evidence_name(name)) all.push_back(std::move(name));
  }
  // A log that lies often must not hide what another has signed: the largest sizes of each.
  std::ranges::sort(all, [](const std::string& one, const std::string& other) {
    const int logs = one.compare(0, address_size, other, 0, address_size);
    if (logs != 0) return logs < 0;
    if (one.size() != other.size()) return one.size() > other.size();
    return one > other;
  });
  return all;
}

std::vector<std::string> shown_of(const std::vector<std::string>& names) {
  std::vector<std::string> shown;
  std::string_view log;
  std::size_t count = 0;
  for (const std::string& name : names) {
    const std::string_view of = std::string_view(name).substr(0, address_size);
    count = of == log ? count + 1 : 1;
    log = of;
    if (count <= evidence_shown_max) shown.push_back(name);
  }
  return shown;
}

std::optional<std::string> read_evidence(const Places& places, std::string_view name) {
  constexpr std::size_t evidence_size_max = 256 * 1024;
  if (!is_evidence_name(name)) return std::nullopt;
  return file::read_file(places.evidence + "/" + std::string(name), evidence_size_max);
}

}  // namespace ln::witness
