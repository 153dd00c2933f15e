// The figures of a running server as Prometheus reads them (text format 0.0.4).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "base/tally.h"
#include "platform/db/db.h"
#include "platform/http/server.h"

namespace ln::app {

using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// Writes one family after the other: its head, then its samples.
class Exposition {
 public:
  enum class Type : std::uint8_t { counter, gauge, histogram };
  // `name` is without the "langnghe_" that all of ours begin with.
  void family(std::string_view name, Type type, std::string_view help);
  // Of the family begun last.
  void sample(double value, Labels labels = {});
  // Bounds and sum are in units of which `per_unit` make one of the family's.
  void spread(const Spreading& spread, double per_unit, Labels labels = {});
  // A family with one sample.
  void one(std::string_view name, Type type, std::string_view help, double value);
  const std::string& text() const { return text_; }

 private:
  void line(std::string_view ending, Labels labels, std::string_view more, double value);
  std::string text_;
  std::string name_;
};

void add_server(Exposition& to, const http::ServerFigures& figures);
void add_database(Exposition& to, const db::Database::Counters& counters);

}  // namespace ln::app
