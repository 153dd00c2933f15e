// Structured log: one JSON line each on standard error. It never carries what a person wrote, who
// they are, an address, a code or a secret: fields are names and numbers of ours.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <variant>

namespace ln::log {

using Value = std::variant<std::int64_t, std::string_view>;
struct Field {
  std::string_view name;
  Value value;
};

enum class Level : std::uint8_t { info, warning, error };

// Writes {"level":…,"event":…,fields…} as one line with one write(2). `event` is a fixed word such
// as "request" or "migrated". Thread-safe.
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

// Tests and command-line tools silence everything below `level`.
void set_least(Level level);

}  // namespace ln::log
