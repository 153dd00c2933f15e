#include "app/city.h"

#include <filesystem>

#include "app/second_place.h"
#include "base/text.h"
#include "core/ledger/ledger_store.h"
#include "core/workdays/workdays_store.h"
#include "engine/merkle/merkle.h"
#include "platform/file/file.h"

namespace ln::app {

std::string origin_of(const db::Options& place) {
  db::Database database(place);
  const auto log = database.read([](db::Read& read) { return ledger::find_log(read); });
  return log ? log->origin : CityOptions{}.origin;
}

City::City(const CityOptions& options, Random& random)
    : folder_(options.folder), has_nodes_(!options.url.empty()), ledger_tick_(options.ledger_tick) {
  std::error_code failure;
  std::filesystem::create_directories(folder_, failure);
  if (failure) throw db::Failure("cannot make the folder " + folder_ + ": " + failure.message());
  std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, failure);
  db::Options where = database_options(folder_, options.url, options.schema, options.clock());
  where.sync_full = options.sync_full;
  database_ = std::make_unique<db::Database>(where);
  sealer_ = ledger::Sealer::open(*database_,
                                 {.origin = options.origin,
                                  .key_path = folder_ + "/ledger.key",
                                  .second_path = settle_second(folder_, options.second),
                                  .clock = options.clock},
                                 random);
  workdays::refresh(*database_, true);
}

City::~City() = default;

bool City::is_sample() const { return std::filesystem::exists(folder_ + "/sample"); }

std::string City::form_key(Random& random) const {
  constexpr std::size_t key_size = 32, file_size_max = 4096;
  const std::string path = folder_ + "/form.key";
  if (auto kept = file::read_file(path, key_size)) return *std::move(kept);
  if (has_nodes_) {
    const auto ledger_key = file::read_file(folder_ + "/ledger.key", file_size_max);
    if (!ledger_key) throw db::Failure("the ledger's key is missing: " + folder_ + "/ledger.key");
    return std::string(as_text(
        merkle::hkdf_sha256(as_bytes(trimmed(*ledger_key)), as_bytes("langnghe form key v1"))));
  }
  std::string key(as_text(random.bytes<key_size>()));
  file::write_file_durably(path, key);
  return key;
}

}  // namespace ln::app
