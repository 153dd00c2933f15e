#include "feature/consultation/consultation_actions_vote.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "engine/merkle/merkle.h"
#include "engine/text/text_typed.h"
#include "feature/consultation/consultation_store_archive.h"

namespace ln::consultation {
namespace {

Result<Consultation> editors_one(db::Read& read, const EditAct& act, ConsultationId id) {
  auto found = find(read, id);
  if (!found || found->stage == Stage::editing || !may_edit(act.officer, found->unit_path))
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  return *std::move(found);
}

Error about_text(TextKey text) { return {ErrorKind::invalid, text, {{"text", text}}}; }

// Where the comment stands that a statement was drawn from; empty: nowhere in particular.
Result<std::string> clause_of_source(db::Read& read, ConsultationId id, std::string_view from) {
  if (trimmed(from).empty()) return std::string();
  const auto code = Code::parse(from);
  const auto comment = code ? find_comment(read, *code) : std::nullopt;
  const TextKey none = "consultation.error.statement_from"_t;
  if (!comment || comment->consultation != id || comment->state != Sight::shown)
    return Error{ErrorKind::invalid, none, {{"from", none}}};
  return comment->clause_now == whole_draft ? std::string() : comment->clause_now;
}

// 64 bits that follow from the seed and from how many were answered.
std::uint64_t bits_of(std::string_view seed, std::size_t answered) {
  const std::string text = std::string(seed) + "/" + std::to_string(answered);
  const merkle::Hash hash = merkle::sha256(as_bytes(text));
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 8; ++i) bits = bits << 8 | hash[i];
  return bits;
}

}  // namespace

Result<Consultation> add_statement(db::Write& write,
                                   const EditAct& act,
                                   ConsultationId id,
                                   const std::string& text,
                                   const std::string& from) {
  TRY(Consultation c, editors_one(write, act, id));
  const std::string words = text::tidied(text);
  const std::size_t chars = count_chars(words);
  if (chars < statement_chars_min) return about_text("consultation.error.statement_short"_t);
  if (chars > statement_chars_max) return about_text("consultation.error.statement_long"_t);
  if (all_statements(write, id).size() >= statements_max)
    return about_text("consultation.error.statements"_t);
  TRY(const std::string clause, clause_of_source(write, id, from));
  insert(write, Statement{.consultation = id, .clause = clause, .text = words});
  return c;
}

Result<Consultation> turn_statement(
    db::Write& write, const EditAct& act, ConsultationId id, StatementId statement, bool is_on) {
  TRY(Consultation c, editors_one(write, act, id));
  const auto all = all_statements(write, id);
  const auto at = std::ranges::find(all, statement, &Statement::id);
  if (at == all.end()) return Error{ErrorKind::not_found, "consultation.error.none"_t};
  if (at->is_on == is_on) return c;
  switch_statement(write, statement, is_on);
  // The archive of a decided consultation is made anew, without or with its words.
  drop_archive(write, id);
  return c;
}

Result<Done> vote(db::Write& write, const VoteAct& act) {
  const auto c = find(write, act.consultation);
  if (!c || c->stage == Stage::editing)
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  if (!c->takes_comments(act.now)) return Error{ErrorKind::conflict, "consultation.error.closed"_t};
  const auto all = statements_of(write, c->id);
  if (std::ranges::find(all, act.statement, &Statement::id) == all.end() || act.said < -1 ||
      act.said > 1)
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  const ParticipantId participant = ensure_participant(write, c->id, act.mark);
  save_vote(write, c->id, participant, act.statement, act.said);
  return Done{};
}

std::optional<std::size_t> next_statement(std::span<const Statement> statements,
                                          const std::map<std::int64_t, int>& answered,
                                          std::span<const Weight> weights,
                                          std::string_view seed) {
  std::vector<std::pair<std::size_t, double>> open;
  double sum = 0;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (answered.contains(statements[i].id.value)) continue;
    double weight = 1;
    for (const Weight& each : weights)
      if (each.statement == statements[i].id.value && std::isfinite(each.weight) && each.weight > 0)
        weight = each.weight;
    sum += weight;
    open.emplace_back(i, sum);
  }
  if (open.empty()) return std::nullopt;
  constexpr double all_bits = 18'446'744'073'709'551'616.0;
  const double at = static_cast<double>(bits_of(seed, answered.size())) / all_bits * sum;
  for (const auto& [index, end] : open)
    if (at < end) return index;
  return open.back().first;
}

}  // namespace ln::consultation
