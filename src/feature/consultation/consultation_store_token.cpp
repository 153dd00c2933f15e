#include "feature/consultation/consultation_store_token.h"

#include "base/text.h"

namespace ln::consultation {
namespace {

std::int64_t first_number(const db::Row& row) { return row.integer(0); }

bool any(const std::optional<std::int64_t>& found) { return found.has_value(); }

std::int64_t rows_of(db::Read& read, ConsultationId id, bool is_issued) {
  const auto count =
      is_issued
          ? read.one("SELECT count(*) FROM consultation_token_issued WHERE consultation_id = $1",
                     first_number, id)
          : read.one("SELECT count(*) FROM consultation_token_spent WHERE consultation_id = $1",
                     first_number, id);
  return count.value_or(0);
}

}  // namespace

void insert(db::Write& write, const TokenKey& key) {
  write.run(
      "INSERT INTO consultation_token_key (consultation_id, audience_id, audience_path, "
      "audience_count, public_key, private_key, line) VALUES ($1, $2, $3, $4, $5, $6, $7)",
      key.consultation, key.audience, key.audience_path, key.audience_count,
      db::Blob{as_bytes(key.public_key)}, db::Blob{as_bytes(key.private_key)}, key.line);
}

std::optional<TokenKey> find_token_key(db::Read& read, ConsultationId id) {
  return read.one(
      "SELECT audience_id, audience_path, audience_count, public_key, private_key, line, "
      "printed_count, issued_count, spent_count, said_count FROM consultation_token_key "
      "WHERE consultation_id = $1",
      [&](const db::Row& row) {
        return TokenKey{.consultation = id,
                        .audience = row.id<units::UnitId>(0),
                        .audience_path = row.text(1),
                        .audience_count = row.integer(2),
                        .public_key = row.text(3),
                        .private_key = row.is_null(4) ? std::string() : row.text(4),
                        .line = row.integer(5),
                        .printed = row.integer(6),
                        .issued = row.maybe_integer(7),
                        .spent = row.maybe_integer(8),
                        .said = row.maybe_integer(9)};
      },
      id);
}

void add_printed(db::Write& write, ConsultationId id, std::int64_t count) {
  write.run(
      "UPDATE consultation_token_key SET printed_count = printed_count + $2 "
      "WHERE consultation_id = $1",
      id, count);
}

void end_tokens(db::Write& write, const TokenKey& key) {
  const TokenCounts counts = counts_of(write, key);
  write.run(
      "UPDATE consultation_token_key SET private_key = NULL, issued_count = $2, spent_count = $3, "
      "said_count = $4 WHERE consultation_id = $1",
      key.consultation, counts.issued, counts.spent, comments_by_token(write, key.consultation));
  write.run(
      "UPDATE consultation_comment SET strength = 'anonymous' WHERE consultation_id = $1 "
      "AND strength = 'verified'",
      key.consultation);
  write.run("DELETE FROM consultation_token_issued WHERE consultation_id = $1", key.consultation);
  write.run("DELETE FROM consultation_token_slip WHERE consultation_id = $1", key.consultation);
  write.run("DELETE FROM consultation_token_spent WHERE consultation_id = $1", key.consultation);
  write.run("DELETE FROM consultation_token_holder WHERE consultation_id = $1", key.consultation);
}

std::int64_t audience_of(db::Read& read, std::string_view path) {
  return read
      .one(
          "SELECT count(DISTINCT r.account_id) FROM people_role r "
          "JOIN people_account a ON a.id = r.account_id JOIN unit u ON u.id = r.unit_id "
          "WHERE r.revoked_at IS NULL AND a.disabled_at IS NULL AND u.path LIKE $1",
          first_number, std::string(path) + "%")
      .value_or(0);
}

std::optional<std::string> issued_for(db::Read& read,
                                      ConsultationId id,
                                      people::AccountId account) {
  return read.one(
      "SELECT blinded FROM consultation_token_issued WHERE consultation_id = $1 "
      "AND account_id = $2",
      [](const db::Row& row) { return row.text(0); }, id, account);
}

void note_issued(db::Write& write,
                 ConsultationId id,
                 people::AccountId account,
                 std::string_view blinded) {
  write.run(
      "INSERT INTO consultation_token_issued (consultation_id, account_id, blinded) "
      "VALUES ($1, $2, $3)",
      id, account, db::Blob{as_bytes(blinded)});
}

void insert_slip(db::Write& write, ConsultationId id, std::string_view hash) {
  write.run("INSERT INTO consultation_token_slip (consultation_id, hash) VALUES ($1, $2)", id,
            db::Blob{as_bytes(hash)});
}

std::int64_t slips_of(db::Read& read, ConsultationId id) {
  return read
      .one("SELECT count(*) FROM consultation_token_slip WHERE consultation_id = $1", first_number,
           id)
      .value_or(0);
}

std::optional<ConsultationId> slip_of(db::Read& read, std::string_view hash) {
  return read.one(
      "SELECT consultation_id FROM consultation_token_slip WHERE hash = $1",
      [](const db::Row& row) { return row.id<ConsultationId>(0); }, db::Blob{as_bytes(hash)});
}

bool was_spent(db::Read& read, ConsultationId id, std::string_view hash) {
  return any(
      read.one("SELECT 1 FROM consultation_token_spent WHERE consultation_id = $1 AND hash = $2",
               first_number, id, db::Blob{as_bytes(hash)}));
}

void note_spent(db::Write& write, ConsultationId id, std::string_view hash) {
  write.run("INSERT INTO consultation_token_spent (consultation_id, hash) VALUES ($1, $2)", id,
            db::Blob{as_bytes(hash)});
}

TokenCounts counts_of(db::Read& read, const TokenKey& key) {
  return {.issued = key.issued ? *key.issued : rows_of(read, key.consultation, true),
          .spent = key.spent ? *key.spent : rows_of(read, key.consultation, false)};
}

bool is_by_token(db::Read& read, ConsultationId id, std::string_view mark) {
  return any(
      read.one("SELECT 1 FROM consultation_token_holder WHERE consultation_id = $1 AND mark = $2",
               first_number, id, db::Blob{as_bytes(mark)}));
}

void note_holder(db::Write& write, ConsultationId id, std::string_view mark) {
  write.run("INSERT INTO consultation_token_holder (consultation_id, mark) VALUES ($1, $2)", id,
            db::Blob{as_bytes(mark)});
}

std::int64_t comments_by_token(db::Read& read, ConsultationId id) {
  return read
      .one(
          "SELECT count(*) FROM consultation_comment WHERE consultation_id = $1 "
          "AND strength = 'verified' AND channel = 'site'",
          first_number, id)
      .value_or(0);
}

void tell_apart(db::Read& read, ConsultationId id, Counts& counts) {
  const auto key = find_token_key(read, id);
  if (!key || !key->said) return;
  std::int64_t& nameless = counts.by_strength[static_cast<std::size_t>(Strength::anonymous)];
  if (!may_tell_apart(*key->said, nameless)) return;
  counts.by_strength[static_cast<std::size_t>(Strength::verified)] = *key->said;
  nameless -= *key->said;
}

std::vector<ConsultationId> unscrubbed_keys(db::Read& read) {
  return read.all(
      "SELECT consultation_id FROM consultation_token_key "
      "WHERE private_key IS NULL AND is_scrubbed = 0 ORDER BY consultation_id LIMIT 100",
      [](const db::Row& row) { return row.id<ConsultationId>(0); });
}

void set_scrubbed(db::Write& write, ConsultationId id) {
  write.run("UPDATE consultation_token_key SET is_scrubbed = 1 WHERE consultation_id = $1", id);
}

}  // namespace ln::consultation
