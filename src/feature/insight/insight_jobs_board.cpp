#include "feature/insight/insight_jobs_board.h"

#include <chrono>
#include <mutex>
#include <utility>

#include "core/ledger/ledger_store.h"
#include "feature/insight/insight_store_board.h"
#include "feature/insight/insight_store_emerging.h"
#include "platform/http/http_shelf.h"

namespace ln::insight {
namespace {

constexpr std::chrono::minutes board_lasts{10};
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
  if (auto board = last_board()) return board;
  return std::make_shared<const Board>(count_board(read, now));
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
  const bool is_of_today = last && local_day(last->at) == local_day(now);
  if (is_of_today && now - last->at < board_lasts) return;
  const auto started = Clock::now();
  std::shared_ptr<const Issues> issues;
  auto board = database.read([&](db::Read& read) -> std::shared_ptr<const Board> {
    if (is_of_today && last->leaf_count == ledger::leaf_count(read)) return nullptr;
    issues = std::make_shared<const Issues>(find_issues(read, now));
    return std::make_shared<const Board>(count_board(read, now));
  });
  if (!board) return;
  const auto ended = Clock::now();
  rests_until = ended + board_rest_factor * (ended - started);
  keep_board(std::move(board), std::move(issues));
  http::forget_kept_answers();
}

void forget_board() { keep_board(nullptr, nullptr); }

}  // namespace ln::insight
