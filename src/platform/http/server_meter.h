// What the server counts of itself. Each loop has a Meter that only its thread raises; whoever asks
// adds them up. Requests are counted by the pattern of their route, never by their path, so that
// the figures stay few and say nothing about anybody.
#pragma once

#include <time.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/tally.h"
#include "platform/http/http_reception.h"
#include "platform/http/server.h"

namespace ln::http {

using Moment = std::chrono::steady_clock::time_point;

inline std::uint64_t us_between(Moment from, Moment to) {
  return from >= to ? 0
                    : static_cast<std::uint64_t>(
                          std::chrono::duration_cast<std::chrono::microseconds>(to - from).count());
}

// Where the time of one request went. What it did not pass through stays unset. The first and the
// last are exact; those between are of the kernel's coarse clock, a few milliseconds old and nearly
// free, which is enough for a request that somebody found slow.
struct Stages {
  Moment begun{};      // its head was read
  Moment received{};   // and its body
  Moment preparing{};  // a thread took it up
  Moment prepared{};
  Moment taken{};  // the writer took it up
  Moment committed{};
  Moment answered{};  // the answer is ready to be sent

  // What was not passed through takes no time.
  void close_gaps() {
    Moment last = begun;
    for (Moment* each : {&received, &preparing, &prepared, &taken, &committed, &answered}) {
      if (*each == Moment{} || *each < last) *each = last;
      last = *each;
    }
  }
  // Waiting for a thread and for the writer.
  std::uint64_t queue_us() const {
    return us_between(received, preparing) + us_between(prepared, taken);
  }
};

inline Moment exactly_now() { return std::chrono::steady_clock::now(); }
inline Moment roughly_now() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return Moment(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

class Meter {
 public:
  explicit Meter(std::size_t routes) : routes_(std::make_unique<Route[]>(routes)), count_(routes) {}

  // `route` is its place in the router's list; `count` or more is none of them.
  void count(std::size_t route, RequestKind kind, int status, std::uint64_t us) {
    Route& here = route < count_ ? routes_[route] : others_[static_cast<std::size_t>(kind)];
    here.by_class[class_of(status)].add();
    here.us.add(us);
    took_[static_cast<std::size_t>(kind)].add(us);
  }
  // Adds what was counted here to `figures`, whose routes are in the router's order.
  void add_to(ServerFigures& figures) const {
    for (std::size_t i = 0; i < count_; ++i) add_to(figures.routes[i], routes_[i]);
    for (std::size_t i = 0; i < request_kinds; ++i) {
      add_to(figures.routes[count_ + i], others_[i]);
      figures.took[i].add(took_[i].read());
    }
  }

 private:
  struct Route {
    std::array<Tally, status_classes> by_class;
    Tally us;
  };
  static std::size_t class_of(int status) {
    const int hundreds = status / 100;
    return hundreds < 2 || hundreds > 5 ? status_classes - 1
                                        : static_cast<std::size_t>(hundreds - 2);
  }
  static void add_to(RouteFigures& figures, const Route& route) {
    for (std::size_t i = 0; i < status_classes; ++i)
      figures.by_class[i] += route.by_class[i].value();
    figures.us += route.us.value();
  }

  std::unique_ptr<Route[]> routes_;
  std::size_t count_;
  std::array<Route, request_kinds> others_;
  std::array<Durations, request_kinds> took_;
};

}  // namespace ln::http
