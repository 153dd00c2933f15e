// Points as the machine suggests them: campaigns first, then clause by clause.
#include <algorithm>
#include <map>

#include "engine/campaigns/campaigns.h"
#include "feature/consultation/consultation_actions_answer.h"
#include "platform/i18n/i18n.h"

namespace ln::consultation {
namespace {

class LooseTexts : public campaigns::Texts {
 public:
  explicit LooseTexts(const std::vector<Loose>& all) : all_(all) {}
  std::string text_at(std::uint64_t place) const override { return all_[place].body; }

 private:
  const std::vector<Loose>& all_;
};

// For each comment the number of its letter, when it was sent often; else no_group.
std::vector<std::uint32_t> letters_of(const std::vector<Loose>& all, std::uint64_t secret) {
  campaigns::Finder finder(secret);
  std::vector<campaigns::Comment> batch;
  for (std::size_t i = 0; i < all.size(); ++i)
    batch.push_back({.id = std::to_string(all[i].id.value), .text = all[i].body, .place = i});
  finder.take(batch);
  const campaigns::Found found = finder.find(LooseTexts(all));
  std::vector<std::uint32_t> letters(all.size(), campaigns::no_group);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const campaigns::Distinct& text = found.texts[found.text_of[i]];
    const bool is_member = text.group != campaigns::no_group && text.how != campaigns::How::quote;
    if (is_member && found.groups[text.group].comments >= campaign_comments_min)
      letters[i] = text.group;
  }
  return letters;
}

// The desk writes in Vietnamese; it puts other words in their place.
std::string name_of_place(const std::string& clause) {
  const i18n::Voice voice(i18n::Language::vi);
  if (clause == whole_draft) return std::string(voice("consultation.suggest.whole"_t));
  if (clause.empty()) return std::string(voice("consultation.suggest.gone"_t));
  return draft::cited(clause, false);
}

std::string suggested_title(Origin origin, const std::string& clause) {
  const i18n::Voice voice(i18n::Language::vi);
  return voice(origin == Origin::campaign ? "consultation.suggest.campaign"_t
                                          : "consultation.suggest.clause"_t,
               {{"place", name_of_place(clause)}});
}

// Of which clause most of them speak; the first of several.
std::string most_common(const std::map<std::string, std::int64_t>& counts) {
  const auto most =
      std::ranges::max_element(counts, {}, [](const auto& each) { return each.second; });
  return most == counts.end() ? std::string() : most->first;
}

}  // namespace

std::vector<Suggested> suggest_issues(db::Read& read, ConsultationId id, std::uint64_t secret) {
  const auto all = loose_comments(read, id, grouped_at_once);
  if (all.empty()) return {};
  const auto letters = letters_of(all, secret);
  std::map<std::uint32_t, Suggested> by_letter;
  std::map<std::uint32_t, std::map<std::string, std::int64_t>> clauses;
  std::map<std::string, Suggested> by_clause;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (letters[i] != campaigns::no_group) {
      by_letter[letters[i]].comments.push_back(all[i].id);
      ++clauses[letters[i]][all[i].clause];
    } else {
      by_clause[all[i].clause].comments.push_back(all[i].id);
    }
  }
  std::vector<Suggested> suggested;
  for (auto& [letter, each] : by_letter) {
    each.origin = Origin::campaign;
    each.clause = most_common(clauses[letter]);
    suggested.push_back(std::move(each));
  }
  for (auto& [clause, each] : by_clause) {
    each.clause = clause;
    suggested.push_back(std::move(each));
  }
  if (suggested.size() > suggested_at_once) suggested.resize(suggested_at_once);
  for (Suggested& each : suggested) each.title = suggested_title(each.origin, each.clause);
  return suggested;
}

}  // namespace ln::consultation
