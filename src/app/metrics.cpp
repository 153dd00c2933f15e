#include "app/metrics.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace ln::app {
namespace {

using Type = Exposition::Type;
constexpr double us_per_second = 1e6;
constexpr std::array<std::string_view, http::request_kinds> kinds = {"read", "write", "asset",
                                                                     "probe"};
constexpr std::array<std::string_view, http::status_classes> classes = {"2xx", "3xx", "4xx", "5xx"};

std::string number_text(double value) {
  std::array<char, 32> text{};
  const bool whole = value == std::floor(value) && std::fabs(value) < 1e15;
  std::snprintf(text.data(), text.size(), whole ? "%.0f" : "%.9g", value);
  return text.data();
}

std::string_view method_text(http::Method method) {
  switch (method) {
    case http::Method::get: return "GET";
    case http::Method::post: return "POST";
    case http::Method::put: return "PUT";
    case http::Method::delete_: return "DELETE";
  }
  return "";
}

}  // namespace

void Exposition::family(std::string_view name, Type type, std::string_view help) {
  name_ = "langnghe_" + std::string(name);
  const std::string_view word = type == Type::counter ? "counter"
                                : type == Type::gauge ? "gauge"
                                                      : "histogram";
  text_ += "# HELP " + name_ + " " + std::string(help) + "\n# TYPE " + name_ + " " +
           std::string(word) + "\n";
}

void Exposition::line(std::string_view ending, Labels labels, std::string_view more, double value) {
  text_ += name_;
  text_ += ending;
  if (labels.size() > 0 || !more.empty()) {
    text_ += '{';
    std::string_view comma;
    for (const auto& [name, said] : labels) {
      // Values are words and patterns of ours: no quote, no backslash, no line end.
      text_ += std::string(comma) + std::string(name) + "=\"" + std::string(said) + "\"";
      comma = ",";
    }
    if (!more.empty()) text_ += std::string(comma) + std::string(more);
    text_ += '}';
  }
  text_ += " " + number_text(value) + "\n";
}

void Exposition::sample(double value, Labels labels) { line("", labels, "", value); }

void Exposition::spread(const Spreading& spread, double per_unit, Labels labels) {
  std::uint64_t up_to = 0;
  for (std::size_t i = 0; i < spread.counts.size(); ++i) {
    up_to += spread.counts[i];
    const std::string bound = i < spread.bounds.size()
                                  ? number_text(static_cast<double>(spread.bounds[i]) / per_unit)
                                  : "+Inf";
    line("_bucket", labels, "le=\"" + bound + "\"", static_cast<double>(up_to));
  }
  line("_sum", labels, "", static_cast<double>(spread.sum) / per_unit);
  line("_count", labels, "", static_cast<double>(up_to));
}

void Exposition::one(std::string_view name, Type type, std::string_view help, double value) {
  family(name, type, help);
  sample(value);
}

void add_server(Exposition& to, const http::ServerFigures& figures) {
  to.family("requests_total", Type::counter,
            "Answers by route pattern, method and class of status.");
  const std::size_t routes = figures.routes.size() - http::request_kinds;
  for (std::size_t i = 0; i < figures.routes.size(); ++i) {
    const http::RouteFigures& route = figures.routes[i];
    for (std::size_t c = 0; c < classes.size(); ++c) {
      if (route.by_class[c] == 0) continue;
      const std::string none = i < routes ? "" : "(" + std::string(kinds[i - routes]) + ")";
      to.sample(static_cast<double>(route.by_class[c]),
                {{"route", i < routes ? route.pattern : std::string_view(none)},
                 {"method", i < routes ? method_text(route.method) : ""},
                 {"status", classes[c]}});
    }
  }
  to.family("route_seconds_total", Type::counter, "Time spent on all answers of a route.");
  for (std::size_t i = 0; i < routes; ++i)
    if (figures.routes[i].us > 0)
      to.sample(static_cast<double>(figures.routes[i].us) / us_per_second,
                {{"route", figures.routes[i].pattern},
                 {"method", method_text(figures.routes[i].method)}});
  to.family("request_seconds", Type::histogram,
            "From the head of a request read to its answer ready to be sent.");
  for (std::size_t i = 0; i < kinds.size(); ++i)
    to.spread(figures.took[i], us_per_second, {{"kind", kinds[i]}});
  to.one("slow_requests_total", Type::counter, "Requests above the threshold of the slow log.",
         static_cast<double>(figures.slow));
  to.one("rate_limited_total", Type::counter,
         "Requests refused because their sender sent too many.",
         static_cast<double>(figures.limited));
  to.one("connections_refused_total", Type::counter, "Connections above the limit, turned away.",
         static_cast<double>(figures.turned_away));
  to.one("connections", Type::gauge, "Open connections.", static_cast<double>(figures.connections));
  to.one("sse_viewers", Type::gauge, "Connections that listen to live figures.",
         static_cast<double>(figures.streams));
  to.one("worker_jobs", Type::gauge, "Requests with or waiting for the workers.",
         static_cast<double>(figures.at_workers));
}

void add_database(Exposition& to, const db::Database::Counters& counters) {
  to.family("batch_jobs", Type::histogram, "Writes that shared one transaction.");
  to.spread(counters.batch_jobs, 1);
  to.family("commit_seconds", Type::histogram, "COMMIT of a batch: mostly waiting for the disk.");
  to.spread(counters.commit_us, us_per_second);
  to.one("batch_replays_total", Type::counter, "Batches run again job by job after one failed.",
         static_cast<double>(counters.replays));
  to.one("syncs_total", Type::counter, "How often the database waited for the disk.",
         static_cast<double>(counters.syncs));
  to.one("writer_queue", Type::gauge, "Writes waiting for the writer.",
         static_cast<double>(counters.waiting));
}

}  // namespace ln::app
