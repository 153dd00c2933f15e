#include "feature/feedback/feedback_store_similar.h"

#include <algorithm>

#include "engine/text/text_similar.h"
#include "feature/feedback/feedback_rights.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_copied.h"
#include "feature/feedback/feedback_store_lists.h"
#include "feature/feedback/feedback_store_row.h"

namespace ln::feedback {
namespace {

constexpr std::int64_t in_band_max = 12;       // cases of one band, the newest
constexpr std::int64_t in_unit_max = 40;       // cases of the same unit, the newest
constexpr std::int64_t forgotten_max = 2'000;  // cases in one turn
constexpr std::size_t shared_least = 3;        // different words that carry sense
constexpr double copy_least = 0.3, matter_least = 0.22;

// The words a reader knows a case by.
std::string words_of(const Feedback& f, bool is_public) {
  if (is_public) return f.public_title + "\n" + f.public_body + "\n" + f.place;
  const bool has_title = !f.body.starts_with(f.title);
  return (has_title ? f.title + "\n" : std::string()) + f.body + "\n" + f.place;
}

std::vector<std::int64_t> ids_by_bands(db::Read& read, const text::Shingles& pairs) {
  std::vector<std::int64_t> ids;
  if (pairs.empty()) return ids;
  for (const std::int64_t band : text::bands_of(pairs))
    read.each(
        "SELECT feedback_id FROM feedback_band WHERE band = $1 ORDER BY feedback_id DESC LIMIT $2",
        [&](const db::Row& row) { ids.push_back(row.integer(0)); }, band, in_band_max);
  std::ranges::sort(ids, std::greater());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

// Compares a probe with one case after the other.
class Comparison {
 public:
  Comparison(const Feedback& probe, bool is_public, Instant now)
      : probe_(probe),
        words_(words_of(probe, false)),
        pairs_(text::pairs_of(words_)),
        syllables_(text::syllables_of(words_)),
        is_public_(is_public),
        now_(now) {}

  const text::Shingles& pairs() const { return pairs_; }

  void look_at(const Feedback& other) {
    if (other.id == probe_.id || !may_be_grouped(other) || other.about != probe_.about) return;
    if (other.received_at < now_ - similar_within) return;
    if (std::ranges::any_of(found_, [&](const Similar& s) { return s.feedback.id == other.id; }))
      return;
    const std::string words = words_of(other, is_public_);
    const double copied = text::likeness(pairs_, text::pairs_of(words));
    const double meant = text::likeness(syllables_, text::syllables_of(words));
    const bool is_same_topic = probe_.topic.value != 0 && probe_.topic == other.topic;
    const bool is_same_place = probe_.unit == other.unit && probe_.object_unit == other.object_unit;
    if (copied < copy_least && !(is_same_topic && is_same_place && meant >= matter_least)) return;
    // A phrase that many begin with is no matter in common.
    auto shared = text::shared_words(words_, words, 4);
    if (shared.size() < shared_least) return;
    found_.push_back({other, std::max(copied, meant), std::move(shared)});
  }

  std::vector<Similar> take() {
    std::ranges::stable_sort(found_, std::greater(), &Similar::likeness);
    if (found_.size() > similar_count_max)
      found_.erase(found_.begin() + static_cast<std::ptrdiff_t>(similar_count_max), found_.end());
    return std::move(found_);
  }

 private:
  const Feedback& probe_;
  std::string words_;
  text::Shingles pairs_, syllables_;
  bool is_public_;
  Instant now_;
  std::vector<Similar> found_{};
};

}  // namespace

std::vector<Similar> similar_published(db::Read& read, const Feedback& probe, Instant now) {
  if (!may_be_grouped(probe)) return {};
  Comparison comparison(probe, true, now);
  RegisterFilter here;
  here.unit_path = probe.unit_path;
  here.about = probe.about;
  here.limit = in_unit_max;
  for (const Feedback& each : published(read, here)) comparison.look_at(each);
  for (const std::int64_t id : ids_by_bands(read, comparison.pairs()))
    if (const auto other = find(read, FeedbackId{id}); other && other->published_at)
      comparison.look_at(*other);
  return comparison.take();
}

std::vector<Similar> similar_open(db::Read& read,
                                  const Feedback& probe,
                                  std::span<const std::string> places,
                                  Instant now) {
  if (!may_be_grouped(probe)) return {};
  Comparison comparison(probe, false, now);
  const auto look_at = [&](const Feedback& other) {
    if (!is_over(other.state) && may_see(other, places)) comparison.look_at(other);
  };
  std::string own;
  for (const std::string& place : places) own += "," + place + ",";
  QueueFilter here;
  here.top = probe.unit_path;
  here.own = own;
  here.about = probe.about;
  here.now = here.soon_until = now;
  here.limit = in_unit_max;
  for (const Feedback& each : queue(read, here)) look_at(each);
  for (const std::int64_t id : ids_by_bands(read, comparison.pairs()))
    if (const auto other = find(read, FeedbackId{id})) look_at(*other);
  return comparison.take();
}

void put_bands(db::Write& write, const Feedback& feedback) {
  remove_bands(write, feedback.id);
  if (!feedback.is_public || !may_be_grouped(feedback)) return;
  const text::Shingles pairs =
      text::pairs_of(words_of(feedback, feedback.published_at.has_value()));
  if (pairs.empty()) return;
  for (const std::int64_t band : text::bands_of(pairs))
    write.run(
        "INSERT INTO feedback_band (band, feedback_id) VALUES ($1, $2) "
        "ON CONFLICT (band, feedback_id) DO NOTHING",
        band, feedback.id);
}

void remove_bands(db::Write& write, FeedbackId id) {
  write.run("DELETE FROM feedback_band WHERE feedback_id = $1", id);
}

std::int64_t remove_bands_before(db::Write& write, Instant at) {
  const auto first = write.one(
      "SELECT id FROM feedback WHERE received_at >= $1 ORDER BY received_at LIMIT 1",
      [](const db::Row& row) { return row.integer(0); }, at);
  if (!first) return 0;
  return write.run(
      "DELETE FROM feedback_band WHERE feedback_id IN (SELECT feedback_id FROM feedback_band "
      "WHERE feedback_id < $1 ORDER BY feedback_id LIMIT $2)",
      *first, forgotten_max * static_cast<std::int64_t>(text::band_count));
}

// The states are written as in the index feedback_by_over_unit, which both engines then use.
std::vector<std::string> last_answers(db::Read& read, std::string_view unit_path, FeedbackId but) {
  return read.all(
      "SELECT e.text FROM (SELECT id, about, is_protected, erased_at FROM feedback "
      "  WHERE unit_path = $1 AND state <> 'received' AND state <> 'accepted' "
      "  AND state <> 'assigned' AND state <> 'asked' AND state <> 'promised' "
      "  AND state <> 'reopened' ORDER BY id DESC LIMIT $2) f "
      "JOIN feedback_event e ON e.feedback_id = f.id AND e.event = 'answered' "
      "WHERE f.id <> $3 AND f.about <> 'conduct' AND f.is_protected = 0 AND f.erased_at IS NULL",
      [](const db::Row& row) { return row.text(0); }, unit_path, last_answers_max, but);
}

}  // namespace ln::feedback
