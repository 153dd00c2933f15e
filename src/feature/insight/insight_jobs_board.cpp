#include "feature/insight/insight_jobs_board.h"

#include <chrono>
#include <mutex>
#include <utility>

#include "core/ledger/ledger_store.h"
#include "feature/insight/insight_store_board.h"
#include "feature/insight/insight_store_emerging.h"
#include "feature/insight/insight_store_open.h"
#include "platform/http/http_shelf.h"

namespace ln::insight {
namespace {

constexpr std::chrono::minutes issues_last{10};
constexpr int board_rest_factor = 20;

struct KeptBoard {
  std::mutex mutex;
  // Guarded by mutex; null: not counted yet.
  std::shared_ptr<const Board> board;
  std::shared_ptr<const Issues> issues;
};

KeptBoard& kept_board() {
  static KeptBoard the;
  return the;
}

std::shared_ptr<const Board> last_board() {
  KeptBoard& kept = kept_board();
  const std::lock_guard lock(kept.mutex);
  return kept.board;
}

std::shared_ptr<const Issues> last_issues() {
  KeptBoard& kept = kept_board();
  const std::lock_guard lock(kept.mutex);
  return kept.issues;
}

void keep_board(std::shared_ptr<const Board> board, std::shared_ptr<const Issues> issues) {
  KeptBoard& kept = kept_board();
  const std::lock_guard lock(kept.mutex);
  kept.board = std::move(board);
  kept.issues = std::move(issues);
}

}  // namespace

std::shared_ptr<const Board> current_board(db::Read& read, Instant now) {
  // One counts, and the others wait for it.
  static std::mutex counting;
  const std::lock_guard one(counting);
  if (auto board = last_board()) return board;
  auto board = std::make_shared<const Board>(count_board(read, now));
  keep_board(board, last_issues());
  return board;
}

std::shared_ptr<const Issues> current_issues(db::Read& read, Instant now) {
  if (auto issues = last_issues()) return issues;
  return std::make_shared<const Issues>(find_issues(read, now));
}

void refresh_board(db::Database& database, Instant now) {
  using Clock = std::chrono::steady_clock;
  static Clock::time_point rests_until;  // One thread runs the jobs.
  if (Clock::now() < rests_until) return;
  const auto last = last_board();
  static Instant issues_at;
  // A dashboard that changed while one looks would tell what one person did meanwhile: it is made
  // anew with the week that is told (and when the program starts).
  const bool is_of_week = last && last->sunday == database.read(last_open_week);
  if (is_of_week && last_issues() && now - issues_at < issues_last) return;
  const auto started = Clock::now();
  std::shared_ptr<const Issues> issues;
  auto board = database.read([&](db::Read& read) -> std::shared_ptr<const Board> {
    issues = std::make_shared<const Issues>(find_issues(read, now));
    return is_of_week ? last : std::make_shared<const Board>(count_board(read, now));
  });
  issues_at = now;
  const auto ended = Clock::now();
  rests_until = ended + board_rest_factor * (ended - started);
  keep_board(std::move(board), std::move(issues));
  http::forget_kept_answers();
}

void forget_board() { keep_board(nullptr, nullptr); }

}  // namespace ln::insight
