#include "app/unit_word.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/units/units_store.h"
#include "feature/commitment/commitment_store.h"
#include "feature/dialogue/dialogue_store.h"
#include "feature/disclosure/disclosure_store.h"
#include "feature/insight/insight_pages_office.h"
#include "feature/supervision/supervision_store.h"
#include "platform/html/parts.h"

namespace ln::app {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t advice_looked_at = 200, dialogues_looked_at = 100;
constexpr std::size_t advice_shown = 2;

Fragment listed_count(const View& view, std::int64_t count, const Url& list) {
  const std::string shown = view.voice.number(count);
  if (count == 0) return fill("{}", shown);
  return fill(R"(<a href="{}">{}</a>)", list, shown);
}

Fragment promises(const View& view, db::Read& read, const units::Unit& unit, Day today) {
  const commitment::Tally t = commitment::standing_of(read, unit.path, today);
  if (t.all == 0) return fill("<p>{}</p>", view("commitment.unit.none"_t));
  const auto list = [&](std::string_view state) {
    return Url::in(view, "/commitments").with("unit_id", unit.id.value).with("state", state);
  };
  std::vector<html::Fact> facts = {
      {view("commitment.tally.waiting"_t), listed_count(view, t.waiting, list("waiting"))},
      {view("commitment.tally.overdue"_t), listed_count(view, t.overdue, list("overdue"))},
      {view("commitment.tally.declared"_t), listed_count(view, t.declared, list("declared"))},
      {view("commitment.unit.kept"_t),
       listed_count(view, t.kept_on_time + t.kept_late, list("kept"))},
      {view("commitment.tally.broken"_t), listed_count(view, t.broken, list("broken"))}};
  Fragment out = html::facts(facts, true);
  if (t.kept_late > 0)
    out.add(R"(<p class="small muted">{}</p>)",
            view.voice("commitment.unit.kept_late"_t, {{"late", view.voice.number(t.kept_late)}}));
  return out;
}

// What supervisors advised and the unit did not answer in time.
Fragment late_advice(const View& view, db::Read& read, const units::Unit& unit, Instant now) {
  auto late = supervision::advice_to(read, unit.path, advice_looked_at);
  std::erase_if(late, [&](const supervision::Advice& each) {
    return !each.waits_for_unit() || !each.is_late(now);
  });
  if (late.empty()) return {};
  Fragment out =
      fill("<p>{}</p>", view.voice.counted("commitment.unit.advice"_t, std::ssize(late)));
  out.add(R"(<ul class="list">{}</ul>)", [&](Fragment& items) {
    for (std::size_t i = 0; i < std::min(late.size(), advice_shown); ++i)
      items.add(R"(<li><a href="{}" lang="vi">{}</a> <span>{}</span></li>)",
                Url::in(view, "/supervision/", late[i].programme.value), late[i].text,
                view.voice("commitment.until"_t, {{"day", view.voice.date(late[i].due_now())}}));
  });
  return out;
}

Fragment late_disclosures(const View& view, db::Read& read, const units::Unit& unit, Instant now) {
  const std::int64_t count = disclosure::count_overdue(read, unit.path, now);
  if (count == 0) return {};
  return fill(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/disclosure/units/", unit.code),
              view.voice.counted("commitment.unit.disclosures"_t, count));
}

Fragment next_dialogue(const View& view, db::Read& read, const units::Unit& unit) {
  for (const dialogue::Stage stage : {dialogue::Stage::live, dialogue::Stage::announced})
    for (const dialogue::Dialogue& d : dialogue::in_stage(read, stage, dialogues_looked_at)) {
      if (!units::is_within(d.unit_path, unit.path)) continue;
      const bool is_english = view.voice.language() == i18n::Language::en && !d.topic_en.empty();
      return fill(R"(<p>{} <a href="{}" lang="{}">{}</a> · {}</p>)",
                  view("commitment.unit.dialogue"_t), Url::in(view, "/dialogues/", d.id.value),
                  is_english ? "en" : "vi", is_english ? d.topic_en : d.topic_vi,
                  html::moment(view, d.starts_at));
    }
  return {};
}

Fragment word_of(const View& view, db::Read& read, const units::Unit& unit, Instant now) {
  Fragment out = fill(R"(<h2 class="h-m sp" id="word">{}</h2>)", view("commitment.unit.title"_t));
  out += promises(view, read, unit, local_day(now));
  out += late_advice(view, read, unit, now);
  out += late_disclosures(view, read, unit, now);
  out += next_dialogue(view, read, unit);
  return out;
}

}  // namespace

Result<http::Response> unit_page(const http::Request& request, db::Read& read, Instant now) {
  const auto unit = units::find_on(read, request.path_text("code"), local_day(now));
  return insight::office_page(request, read, now,
                              unit ? word_of(request.view, read, *unit, now) : Fragment());
}

}  // namespace ln::app
