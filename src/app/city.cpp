#include "app/city.h"

#include <filesystem>

namespace ln::app {

City::City(const CityOptions& options, Random& random)
    : folder_(options.folder), ledger_tick_(options.ledger_tick) {
  std::error_code failure;
  std::filesystem::create_directories(folder_, failure);
  if (failure) throw db::Failure("cannot make the folder " + folder_ + ": " + failure.message());
  std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, failure);
  database_ = std::make_unique<db::Database>(db::Options{
      .path = folder_ + "/langnghe.db", .sync_full = options.sync_full, .now = options.clock()});
  sealer_ = ledger::Sealer::open(*database_,
                                 {.origin = options.origin,
                                  .key_path = folder_ + "/ledger.key",
                                  .second_path = folder_ + "/head",
                                  .clock = options.clock},
                                 random);
}

City::~City() = default;

bool City::is_sample() const { return std::filesystem::exists(folder_ + "/sample"); }

}  // namespace ln::app
