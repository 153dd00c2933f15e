#include "platform/db/db_postgres_row.h"

#include <bit>
#include <cmath>
#include <limits>
#include <optional>

#include "base/check.h"
#include "base/text.h"

namespace ln::db {
namespace {

// Numbers of the server's own types, as in its catalogue pg_type; they never change.
constexpr unsigned bool_type = 16, bytea_type = 17, name_type = 19, int8_type = 20, int2_type = 21,
                   int4_type = 23, text_type = 25, float4_type = 700, float8_type = 701,
                   unknown_type = 705, bpchar_type = 1042, varchar_type = 1043, numeric_type = 1700;

std::uint64_t in_network_order(std::uint64_t value) {
  static_assert(std::endian::native == std::endian::little);
  return __builtin_bswap64(value);
}

template <class Number>
Number big_endian(std::string_view bytes) {
  CHECK(bytes.size() >= sizeof(Number));
  Number value = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    value = static_cast<Number>(static_cast<std::uint64_t>(value) << 8 |
                                static_cast<std::uint8_t>(bytes[i]));
  return value;
}

std::int64_t whole(std::string_view bytes) {
  switch (bytes.size()) {
    case 1: return bytes[0] != 0 ? 1 : 0;
    case 2: return static_cast<std::int16_t>(big_endian<std::uint16_t>(bytes));
    case 4: return static_cast<std::int32_t>(big_endian<std::uint32_t>(bytes));
    default: return static_cast<std::int64_t>(big_endian<std::uint64_t>(bytes));
  }
}

// numeric: count of digits, weight of the first, sign, scale (16 bits each), then digits of base
// 10,000. Sums of BIGINT come so.
struct Numeric {
  static constexpr int base = 10'000;
  static constexpr std::uint16_t negative = 0x4000, positive = 0;

  explicit Numeric(std::string_view bytes) : digits(bytes.substr(8)) {
    count = whole(bytes.substr(0, 2));
    weight = whole(bytes.substr(2, 2));
    sign = big_endian<std::uint16_t>(bytes.substr(4, 2));
  }
  std::int64_t digit(std::int64_t at) const {
    if (at >= count) return 0;
    return whole(digits.substr(static_cast<std::size_t>(at) * 2, 2));
  }
  std::optional<std::int64_t> integer() const {
    if (sign != negative && sign != positive) return std::nullopt;  // NaN, infinity
    for (std::int64_t i = weight + 1; i < count; ++i)
      if (i < 0 || digit(i) != 0) return std::nullopt;
    std::int64_t value = 0;
    for (std::int64_t i = 0; i <= weight && count > 0; ++i)
      if (__builtin_mul_overflow(value, base, &value) ||
          __builtin_sub_overflow(value, digit(i), &value))  // Below zero there is one more.
        return std::nullopt;
    if (sign == negative) return value;
    if (value == std::numeric_limits<std::int64_t>::min()) return std::nullopt;
    return -value;
  }
  double real() const {
    if (sign != negative && sign != positive) return std::numeric_limits<double>::quiet_NaN();
    double value = 0;
    for (std::int64_t i = 0; i < count; ++i)
      value += static_cast<double>(digit(i)) * std::pow(base, static_cast<double>(weight - i));
    return sign == negative ? -value : value;
  }

  std::string_view digits;
  std::int64_t count = 0, weight = 0;
  std::uint16_t sign = 0;
};

bool is_whole_type(unsigned type) {
  return type == int8_type || type == int4_type || type == int2_type || type == bool_type;
}

}  // namespace

unsigned type_of(const Argument& argument) {
  switch (argument.kind()) {
    case Argument::Kind::null: return 0;
    case Argument::Kind::integer: return int8_type;
    case Argument::Kind::real: return float8_type;
    case Argument::Kind::text: return text_type;
    case Argument::Kind::blob: return bytea_type;
  }
  return 0;
}

std::int64_t changed_by(PGresult* result) {
  // "INSERT 0 3", "UPDATE 3", "DELETE 3"; a SELECT has a number too, and changes nothing.
  if (PQcmdStatus(result)[0] == 'S') return 0;
  return parse_number(PQcmdTuples(result)).value_or(0);
}

PostgresArguments::PostgresArguments(std::span<const Argument> arguments) {
  numbers_.reserve(arguments.size());
  for (const Argument& argument : arguments) {
    const char* value = nullptr;
    std::size_t length = sizeof(std::uint64_t);
    switch (argument.kind()) {
      case Argument::Kind::null: length = 0; break;
      case Argument::Kind::integer:
      case Argument::Kind::real: {
        const auto bits = argument.kind() == Argument::Kind::integer
                              ? static_cast<std::uint64_t>(argument.integer())
                              : std::bit_cast<std::uint64_t>(argument.real());
        value = reinterpret_cast<const char*>(&numbers_.emplace_back(in_network_order(bits)));
        break;
      }
      case Argument::Kind::text:
        if (argument.text().find('\0') != std::string_view::npos)
          throw Failure("a text with a zero byte cannot be stored", Failure::Kind::constraint);
        [[fallthrough]];
      case Argument::Kind::blob:
        // A null address would be NULL, and an empty text is not NULL.
        value = argument.text().data() == nullptr ? "" : argument.text().data();
        length = argument.text().size();
        break;
    }
    if (length > static_cast<std::size_t>(std::numeric_limits<int>::max()))
      throw Failure("a value is too large for the database", Failure::Kind::constraint);
    values_.push_back(value);
    lengths_.push_back(static_cast<int>(length));
    formats_.push_back(1);
  }
}

void PostgresRow::refuse(int column, const char* what) const {
  throw Failure("column " + std::to_string(column) + " is not " + what + ": " + std::string(sql_));
}

std::string_view PostgresRow::bytes(int column) const {
  return {PQgetvalue(result_, row_, column),
          static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

bool PostgresRow::is_null(int column) const {
  CHECK(column >= 0 && column < PQnfields(result_));
  return PQgetisnull(result_, row_, column) != 0;
}

std::int64_t PostgresRow::integer(int column) const {
  if (is_null(column)) refuse(column, "a whole number");
  const unsigned type = PQftype(result_, column);
  if (is_whole_type(type)) return whole(bytes(column));
  if (type == numeric_type)
    if (const auto value = Numeric(bytes(column)).integer()) return *value;
  refuse(column, "a whole number");
}

double PostgresRow::real(int column) const {
  if (is_null(column)) refuse(column, "a number");
  const unsigned type = PQftype(result_, column);
  if (type == float8_type) return std::bit_cast<double>(big_endian<std::uint64_t>(bytes(column)));
  if (type == float4_type) return std::bit_cast<float>(big_endian<std::uint32_t>(bytes(column)));
  if (type == numeric_type) return Numeric(bytes(column)).real();
  if (!is_whole_type(type)) refuse(column, "a number");
  return static_cast<double>(whole(bytes(column)));
}

std::string_view PostgresRow::view(int column) const {
  if (is_null(column)) refuse(column, "text or bytes");
  switch (PQftype(result_, column)) {
    case text_type:
    case bytea_type:
    case varchar_type:
    case bpchar_type:
    case name_type:
    case unknown_type: return bytes(column);
    default: refuse(column, "text or bytes");
  }
}

}  // namespace ln::db
