// Topics, their questions, and drafts.
#include <sodium.h>

#include <array>

#include "base/check.h"
#include "base/text.h"
#include "feature/feedback/feedback_store.h"
#include "platform/db/recent.h"

namespace ln::feedback {
namespace {

Topic topic_from_row(const db::Row& row) {
  Topic topic{
      .id = row.id<TopicId>(0), .code = row.text(1), .parent_code = row.maybe_text(2).value_or("")};
  const auto about = from_word(all_abouts, row.view(3));
  const auto kind = from_word(all_measures, row.view(8));
  const auto urgent = from_word(all_measures, row.view(12));
  if (!about || !kind || !urgent) throw db::Failure("unknown word in a topic");
  topic.about = *about;
  topic.name_vi = row.text(4);
  topic.name_en = row.text(5);
  topic.hint_vi = row.text(6);
  topic.hint_en = row.text(7);
  topic.deadline = {*kind, static_cast<int>(row.integer(9))};
  topic.is_smallest = row.flag(10);
  topic.unit_code = row.maybe_text(11).value_or("");
  topic.urgent = {*urgent, static_cast<int>(row.integer(13))};
  return topic;
}

using Key = std::array<unsigned char, crypto_secretbox_KEYBYTES>;

// Two keys from one token: `context` 1 seals the answers, 2 finds the row. Knowing the row's key
// hash does not tell the sealing key.
Key derive(std::string_view token, std::uint64_t context) {
  Key key{};
  std::array<unsigned char, crypto_generichash_KEYBYTES> label{};
  label[0] = static_cast<unsigned char>(context);
  const int failed = crypto_generichash(key.data(), key.size(),
                                        reinterpret_cast<const unsigned char*>(token.data()),
                                        token.size(), label.data(), label.size());
  CHECK(failed == 0);
  return key;
}
db::Blob blob(const Key& key) { return {{key.data(), key.size()}}; }

// Each name and value as its length in decimal, a colon, and its bytes.
std::string packed(const Answers& answers) {
  std::string out;
  for (const auto& [name, value] : answers)
    for (const std::string* each : {&name, &value})
      out += std::to_string(each->size()) + ":" + *each;
  return out;
}

std::optional<Answers> unpacked(std::string_view bytes) {
  Answers answers;
  const auto next = [&]() -> std::optional<std::string> {
    const std::size_t colon = bytes.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto size = parse_number(bytes.substr(0, colon));
    bytes.remove_prefix(colon + 1);
    if (!size || static_cast<std::size_t>(*size) > bytes.size()) return std::nullopt;
    std::string text(bytes.substr(0, static_cast<std::size_t>(*size)));
    bytes.remove_prefix(text.size());
    return text;
  };
  while (!bytes.empty()) {
    auto name = next();
    auto value = next();
    if (!name || !value) return std::nullopt;
    answers.emplace_back(*std::move(name), *std::move(value));
  }
  return answers;
}

}  // namespace

std::vector<Topic> all_topics(db::Read& read) {
  return read.all(
      "SELECT id, code, parent_code, about, name_vi, name_en, hint_vi, hint_en, deadline_kind, "
      "deadline_count, is_smallest, unit_code, urgent_kind, urgent_count FROM feedback_topic WHERE "
      "valid_to IS NULL "
      "ORDER BY about, position, code",
      topic_from_row);
}

std::optional<Topic> find_topic(db::Read& read, std::string_view code) {
  return read.one(
      "SELECT id, code, parent_code, about, name_vi, name_en, hint_vi, hint_en, deadline_kind, "
      "deadline_count, is_smallest, unit_code, urgent_kind, urgent_count FROM feedback_topic "
      "WHERE code = $1 AND valid_to IS NULL",
      topic_from_row, code);
}

std::optional<Topic> find_topic(db::Read& read, TopicId id) {
  return read.one(
      "SELECT id, code, parent_code, about, name_vi, name_en, hint_vi, hint_en, deadline_kind, "
      "deadline_count, is_smallest, unit_code, urgent_kind, urgent_count FROM feedback_topic WHERE "
      "id = $1",
      topic_from_row, id);
}

std::vector<Question> questions_of(db::Read& read, std::string_view topic_code) {
  return read.all(
      "SELECT topic_code, code, text_vi, text_en FROM feedback_question WHERE topic_code = $1 "
      "ORDER BY position, code",
      [](const db::Row& row) {
        return Question{row.text(0), row.text(1), row.text(2), row.text(3)};
      },
      topic_code);
}

void insert_topic(db::Write& write, const Topic& topic, int position) {
  write.run(
      "INSERT INTO feedback_topic (code, parent_code, about, name_vi, name_en, hint_vi, hint_en, "
      "deadline_kind, deadline_count, is_smallest, unit_code, position, urgent_kind, urgent_count) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
      topic.code, topic.parent_code.empty() ? std::nullopt : std::optional(topic.parent_code),
      to_text(topic.about), topic.name_vi, topic.name_en, topic.hint_vi, topic.hint_en,
      to_text(topic.deadline.measure), topic.deadline.count, topic.is_smallest,
      topic.unit_code.empty() ? std::nullopt : std::optional(topic.unit_code), position,
      to_text(topic.urgent.measure), topic.urgent.count);
  db::forget_recent(write);
}

void insert_question(db::Write& write, const Question& question, int position) {
  write.run(
      "INSERT INTO feedback_question (topic_code, code, text_vi, text_en, position) "
      "VALUES ($1, $2, $3, $4, $5)",
      question.topic_code, question.code, question.text_vi, question.text_en, position);
}

std::optional<Answers> find_draft(db::Read& read, std::string_view token) {
  const auto sealed = read.one(
      "SELECT sealed FROM feedback_draft WHERE key_hash = $1",
      [](const db::Row& row) { return row.text(0); }, blob(derive(token, 2)));
  if (!sealed || sealed->size() < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES)
    return std::nullopt;
  const Key key = derive(token, 1);
  const auto* bytes = reinterpret_cast<const unsigned char*>(sealed->data());
  std::string plain(sealed->size() - crypto_secretbox_NONCEBYTES - crypto_secretbox_MACBYTES, '\0');
  if (crypto_secretbox_open_easy(
          reinterpret_cast<unsigned char*>(plain.data()), bytes + crypto_secretbox_NONCEBYTES,
          sealed->size() - crypto_secretbox_NONCEBYTES, bytes, key.data()) != 0)
    return std::nullopt;
  return unpacked(plain);
}

void save_draft(db::Write& write, std::string_view token, const Answers& answers, Instant now) {
  const std::string plain = packed(answers);
  const Key key = derive(token, 1);
  // The nonce is a hash of what is sealed and when, so that running again seals the same bytes and
  // two different contents never share a nonce.
  std::string sealed(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size(), '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(sealed.data());
  const std::string seed = std::to_string(to_ms(now)) + plain;
  crypto_generichash(bytes, crypto_secretbox_NONCEBYTES,
                     reinterpret_cast<const unsigned char*>(seed.data()), seed.size(), key.data(),
                     key.size());
  crypto_secretbox_easy(bytes + crypto_secretbox_NONCEBYTES,
                        reinterpret_cast<const unsigned char*>(plain.data()), plain.size(), bytes,
                        key.data());
  write.run(
      "INSERT INTO feedback_draft (key_hash, sealed, changed_at) VALUES ($1, $2, $3) "
      "ON CONFLICT (key_hash) DO UPDATE SET sealed = excluded.sealed, "
      "changed_at = excluded.changed_at",
      blob(derive(token, 2)), db::Blob{as_bytes(sealed)}, now);
}

void remove_draft(db::Write& write, std::string_view token) {
  write.run("DELETE FROM feedback_draft WHERE key_hash = $1", blob(derive(token, 2)));
}

std::int64_t draft_owner_id(std::string_view token) {
  const Key key = derive(token, 3);
  std::uint64_t id = 0;
  for (std::size_t i = 0; i < 8; ++i) id = id << 8U | key[i];
  return static_cast<std::int64_t>(id >> 2U);  // Positive on every engine.
}

std::int64_t remove_drafts_before(db::Write& write, Instant at) {
  return write.run("DELETE FROM feedback_draft WHERE changed_at < $1", at);
}

}  // namespace ln::feedback
