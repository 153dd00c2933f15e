#include "app/grouper.h"

#include <exception>

#include "app/clock.h"
#include "base/log.h"
#include "feature/consultation/consultation_jobs_letter.h"

namespace ln::app {
namespace {

constexpr std::chrono::seconds pause_between_groupings{1};

}  // namespace

Grouper::Grouper(City& city)
    : city_(city), thread_([this](const std::stop_token& stop) { loop(stop); }) {}

Grouper::~Grouper() {
  thread_.request_stop();
  thread_.join();
}

void Grouper::loop(const std::stop_token& stop) {
  SystemRandom random;
  const consultation::GroupingTools tools{.clock = now,
                                          .is_stopping = [&] { return stop.stop_requested(); }};
  while (!stop.stop_requested()) {
    try {
      consultation::group_next(city_.database(), random, tools);
      consultation::read_letters(city_.database(), random, tools);
    } catch (const std::exception& failure) {
      log::write(log::Level::error, "comments_not_grouped", {{"what", failure.what()}});
    }
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, pause_between_groupings, [] { return false; });
  }
}

}  // namespace ln::app
