// Who supports a question, and how many of them share a network.
#include <algorithm>

#include "base/text.h"
#include "feature/dialogue/dialogue_store.h"

namespace ln::dialogue {
namespace {

std::int64_t supporters_of(db::Read& read, QuestionId root) {
  return *read.one(
      "SELECT count(DISTINCT s.participant_id) FROM dialogue_support s JOIN dialogue_question q "
      "ON q.id = s.question_id WHERE q.id = $1 OR q.merged_into = $1",
      [](const db::Row& row) { return row.integer(0); }, root);
}

void count_all(db::Write& write, QuestionId root) {
  std::vector<std::int64_t> networks;
  std::string text;
  write.each(
      "SELECT count(DISTINCT p.id) AS supporters FROM dialogue_support s JOIN dialogue_question q "
      "ON q.id = s.question_id JOIN dialogue_participant p ON p.id = s.participant_id "
      "WHERE (q.id = $1 OR q.merged_into = $1) AND p.network IS NOT NULL GROUP BY p.network "
      "HAVING count(DISTINCT p.id) >= $2 ORDER BY supporters DESC",
      [&](const db::Row& row) {
        networks.push_back(row.integer(0));
        text += (text.empty() ? "" : " ") + std::to_string(row.integer(0));
      },
      root, network_told_min);
  const std::int64_t all = supporters_of(write, root);
  write.run(
      "UPDATE dialogue_question SET support_count = $2, support_networks = $3, support_ranked = $4 "
      "WHERE id = $1",
      root, all, text, ranked_of(all, networks));
}

}  // namespace

void recount_support(db::Write& write, QuestionId root) {
  const auto question = find_question(write, root);
  const auto d = question ? find(write, question->dialogue) : std::nullopt;
  if (!d) return;
  if (d->takes_in_hall()) {
    count_all(write, root);
    return;
  }
  // Which network somebody came from is not known any more. Whoever joins counts in full; those who
  // go are thought the ones that counted less, so that nobody who stays is sent below their number.
  const std::int64_t all = supporters_of(write, root);
  const std::int64_t joined = std::max(all - question->support_count, std::int64_t{0});
  std::string networks;
  for (const std::int64_t size : question->support_networks)
    if (size <= all) networks += (networks.empty() ? "" : " ") + std::to_string(size);
  write.run(
      "UPDATE dialogue_question SET support_count = $2, support_networks = $3, support_ranked = $4 "
      "WHERE id = $1",
      root, all, networks, std::min(question->support_ranked + joined, all));
}

bool ensure_support(db::Write& write,
                    DialogueId id,
                    QuestionId question,
                    std::string_view mark,
                    std::string_view network) {
  std::optional<db::Blob> kept;
  if (!network.empty()) kept = db::Blob{as_bytes(network)};
  write.run(
      "INSERT INTO dialogue_participant (dialogue_id, mark, network) VALUES ($1, $2, $3) "
      "ON CONFLICT (dialogue_id, mark) DO NOTHING",
      id, db::Blob{as_bytes(mark)}, kept);
  const std::int64_t added = write.run(
      "INSERT INTO dialogue_support (question_id, participant_id) "
      "SELECT q.id, p.id FROM dialogue_question q JOIN dialogue_participant p "
      "ON p.dialogue_id = q.dialogue_id WHERE q.id = $1 AND p.mark = $2 "
      "ON CONFLICT (question_id, participant_id) DO NOTHING",
      question, db::Blob{as_bytes(mark)});
  return added > 0;
}

std::string network_key(db::Write& write, DialogueId id, std::string_view spare) {
  // In this order two nodes that draw one at the same time agree on it.
  write.run("UPDATE dialogue SET network_key = $2 WHERE id = $1 AND network_key IS NULL", id,
            db::Blob{as_bytes(spare)});
  return *write.one(
      "SELECT network_key FROM dialogue WHERE id = $1",
      [](const db::Row& row) { return row.text(0); }, id);
}

std::vector<DialogueId> networks_kept(db::Read& read, std::int64_t limit) {
  return read.all(
      "SELECT id FROM dialogue WHERE network_key IS NOT NULL AND stage <> 'announced' "
      "AND stage <> 'live' ORDER BY id LIMIT $1",
      [](const db::Row& row) { return row.id<DialogueId>(0); }, limit);
}

void forget_networks(db::Write& write, DialogueId id) {
  // Another node may have done it since this one looked: counted now, all would count in full.
  const auto size = write.one(
      "SELECT length(network_key) FROM dialogue WHERE id = $1 AND network_key IS NOT NULL",
      [](const db::Row& row) { return row.integer(0); }, id);
  if (size.value_or(0) == 0) return;
  // Those that were joined to others as well: whoever asked may take them apart later.
  const auto all = write.all(
      "SELECT id FROM dialogue_question WHERE dialogue_id = $1",
      [](const db::Row& row) { return row.id<QuestionId>(0); }, id);
  for (const QuestionId each : all) count_all(write, each);
  write.run("UPDATE dialogue_participant SET network = NULL WHERE dialogue_id = $1", id);
  const std::string none;
  write.run("UPDATE dialogue SET network_key = $2 WHERE id = $1", id, db::Blob{as_bytes(none)});
}

void note_networks_scrubbed(db::Write& write, DialogueId id) {
  write.run("UPDATE dialogue SET network_key = NULL WHERE id = $1 AND length(network_key) = 0", id);
}

}  // namespace ln::dialogue
