// What is known of a case beside its words, for the page of staff.
#include <vector>

#include "core/units/units_store_procedures.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_page.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_page.h"
#include "platform/html/parts.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::View;

Fragment in_vietnamese(std::string_view text) {
  return html::fill(R"(<span lang="vi">{}</span>)", text);
}

}  // namespace

Fragment facts_card(const View& view, db::Read& read, const Feedback& f, Names& names) {
  const bool in_english = view.voice.language() == i18n::Language::en;
  std::vector<html::Fact> facts;
  const auto add = [&](TextKey term, Fragment value) {
    facts.push_back({view(term), std::move(value)});
  };
  add("feedback.staff.fact_kind"_t,
      html::fill("{} · {}", view(key_of(f.kind)), view(key_of(f.about))));
  if (const auto topic = find_topic(read, f.topic))
    add("feedback.staff.fact_topic"_t,
        html::fill("{}", in_english ? topic->name_en : topic->name_vi));
  add("feedback.staff.fact_unit"_t, in_vietnamese(names.of_unit(f.unit)));
  if (f.object_unit.value != 0 && f.object_unit != f.unit)
    add("feedback.staff.fact_object"_t, in_vietnamese(names.of_unit(f.object_unit)));
  if (const auto procedure = units::find_procedure(read, units::ProcedureId{f.procedure_id}))
    add("feedback.staff.fact_procedure"_t, in_vietnamese(procedure->name));
  if (!f.dossier.empty()) add("feedback.staff.fact_dossier"_t, html::code(f.dossier));
  if (!f.counter.empty()) add("feedback.staff.fact_counter"_t, html::fill("{}", f.counter));
  if (!f.place.empty()) add("feedback.staff.fact_place"_t, html::fill("{}", f.place));
  if (f.position) add("feedback.staff.fact_position"_t, position_link(*f.position));
  if (f.happened_on) add("feedback.staff.fact_day"_t, html::day(view, *f.happened_on));
  add("feedback.staff.fact_sender"_t, html::fill("{}", view(key_of(f.sender))));
  add("feedback.staff.fact_publicity"_t,
      html::fill("{}", view(f.published_at ? "feedback.staff.published"_t
                            : f.is_public  ? "feedback.staff.may_publish"_t
                                           : "feedback.staff.private"_t)));
  if (!f.is_protected && !f.held_as)
    if (html::Fragment page = page_link(view, page_of(read, f.id)); !page.empty())
      add("feedback.page.about"_t, std::move(page));
  for (html::Fact& fact : intake_facts(view, read, f, names)) facts.push_back(std::move(fact));
  if (f.transfer_count > 0)
    add("feedback.staff.fact_transfers"_t, html::fill("{}", f.transfer_count));
  return html::card({.heading = view("feedback.staff.facts"_t), .body = html::facts(facts)});
}

}  // namespace ln::feedback::staff
