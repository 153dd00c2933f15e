#include "app/cli_verify.h"
#include "base/text.h"
#include "core/ledger/ledger_opening.h"
#include "engine/merkle/merkle_compact.h"
#include "platform/file/file.h"

namespace ln::app {
namespace {

constexpr std::size_t file_size_max = 16 * 1024 * 1024;

}  // namespace

std::string read_needed(const std::string& path) {
  auto bytes = file::read_file(path, file_size_max);
  if (!bytes) throw Misuse{{"cli.error.no_file"_t, {{"path", path}}}};
  return *std::move(bytes);
}

std::optional<std::vector<merkle::Receipt>> receipts_of(const std::string& bytes) {
  if (auto many = ledger::receipts_in(bytes)) return many;
  auto one = merkle::Receipt::parse(bytes);
  if (!one) one = merkle::from_qr_text(trimmed(bytes));
  if (!one) return std::nullopt;
  return std::vector{*std::move(one)};
}

}  // namespace ln::app
