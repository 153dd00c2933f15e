#include "platform/db/db_postgres_gather.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "platform/db/db_postgres.h"

namespace ln::db {
namespace {

constexpr std::string_view insert = "INSERT INTO ";
constexpr std::string_view values = " VALUES ";

std::string row_of(std::size_t first, std::size_t columns) {
  std::string row = "(";
  for (std::size_t i = 0; i < columns; ++i)
    row += (i == 0 ? "$" : ", $") + std::to_string(first + i);
  return row + ")";
}

}  // namespace

std::string_view beginning_of_insert(std::string_view sql) {
  const std::size_t at = sql.find(values);
  if (!sql.starts_with(insert) || at == std::string_view::npos) return {};
  const std::string_view row = sql.substr(at + values.size());
  const auto columns = static_cast<std::size_t>(std::ranges::count(row, '$'));
  return columns > 0 && row == row_of(1, columns) ? sql.substr(0, at + values.size())
                                                  : std::string_view();
}

std::string_view table_of_insert(std::string_view sql) {
  sql.remove_prefix(insert.size());
  return sql.substr(0, sql.find(' '));
}

std::string insert_of(std::string_view beginning, std::size_t columns, std::size_t rows) {
  std::string sql(beginning);
  for (std::size_t i = 0; i < rows; ++i)
    sql += (i == 0 ? "" : ", ") + row_of(i * columns + 1, columns);
  return sql;
}

void PostgresRows::add(std::span<const Argument> arguments) {
  const PostgresArguments row(arguments);  // Refuses what cannot be kept.
  for (std::size_t i = 0; i < columns_; ++i) {
    Value value{.is_null = row.values()[i] == nullptr};
    if (!value.is_null) {
      value.at = bytes_.size();
      value.size = static_cast<std::size_t>(row.lengths()[i]);
      bytes_.append(row.values()[i], value.size);
      types_[i] = type_of(arguments[i]);
    }
    values_.push_back(value);
  }
}

void PostgresRows::clear() {
  values_.clear();
  bytes_.clear();
}

PostgresRows::Sent PostgresRows::rows(std::size_t first, std::size_t count) const {
  Sent sent;
  for (std::size_t i = first * columns_; i < (first + count) * columns_; ++i) {
    const Value& value = values_[i];
    sent.values.push_back(value.is_null ? nullptr : bytes_.data() + value.at);
    sent.lengths.push_back(static_cast<int>(value.size));
    sent.formats.push_back(1);
  }
  return sent;
}

// What is written into tables that refer to each other is not gathered: there the order counts.
void PostgresConnection::learn_references() {
  begin_write();
  auto take = [&](const Row& row) { referring_.insert(row.text(0)); };
  run("SELECT CAST(c.relname AS text) FROM pg_constraint k JOIN pg_class c "
      "ON c.oid = k.conrelid OR c.oid = k.confrelid WHERE k.contype = 'f' AND k.connamespace = "
      "CAST(current_schema() AS regnamespace)",
      {}, EachRow(take));
  commit();
}

PostgresConnection::Gathered* PostgresConnection::gathered_for(std::string_view sql,
                                                               std::size_t columns) {
  if (!closed_ || columns == 0) return nullptr;
  auto [found, is_new] = gathered_.try_emplace(sql.data());
  Gathered& gathered = found->second;
  if (is_new) {
    const std::string_view beginning = beginning_of_insert(sql);
    if (!beginning.empty() && !referring_.contains(std::string(table_of_insert(sql)))) {
      if (needs_erasure(sql)) throw Failure("only an erasure may do this: " + std::string(sql));
      gathered.sql = sql;
      gathered.beginning = beginning;
      gathered.rows = std::make_unique<PostgresRows>(columns);
    }
  }
  return gathered.rows == nullptr ? nullptr : &gathered;
}

void PostgresConnection::gather(Gathered& gathered, std::span<const Argument> arguments) {
  gathered.rows->add(arguments);
  if (gathered.rows->count() == 1) waiting_.push_back(&gathered);
  if (gathered.rows->count() < Gathered::rows_max) return;
  send_gathered(gathered);
  std::erase(waiting_, &gathered);
}

void PostgresConnection::send_gathered() {
  const auto waiting = std::exchange(waiting_, {});
  for (Gathered* each : waiting) send_gathered(*each);
}

void PostgresConnection::send_gathered(Gathered& gathered) {
  const PostgresRows& rows = *gathered.rows;
  for (std::size_t first = 0; first < rows.count();) {
    const std::size_t count = std::bit_floor(rows.count() - first);
    Gathered::Many& many = gathered.many[static_cast<std::size_t>(std::countr_zero(count))];
    if (many.sql.empty()) many.sql = insert_of(gathered.beginning, rows.columns(), count);
    std::vector<unsigned> types;
    for (std::size_t i = 0; i < count; ++i)
      types.insert(types.end(), rows.types().begin(), rows.types().end());
    if (many.statement.name.empty() || many.statement.types != types) {
      forget(many.statement, many.sql);
      many.statement.types = std::move(types);
      prepare(many.statement, many.sql);
    }
    const PostgresRows::Sent sent = rows.rows(first, count);
    check_sent(PQsendQueryPrepared(connection_, many.statement.name.c_str(),
                                   static_cast<int>(sent.values.size()), sent.values.data(),
                                   sent.lengths.data(), sent.formats.data(), 1),
               gathered.sql);
    expected_.push_back({.kind = Expected::Kind::statement, .sql = gathered.sql});
    ++unanswered_;
    first += count;
  }
  gathered.rows->clear();
}

void PostgresConnection::drop_gathered() {
  for (Gathered* each : waiting_) each->rows->clear();
  waiting_.clear();
}

}  // namespace ln::db
