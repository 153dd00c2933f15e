// What narrows the queue beside its tab and its search.
#include <string>
#include <vector>

#include "feature/feedback/feedback_pages_due.h"
#include "feature/feedback/feedback_pages_filters.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_pages_unit_choice.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_foreign.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::View;

template <class Options>
Fragment choose(const View& view, std::string_view name, TextKey label, const Options& options) {
  return html::fill(R"(<div><label for="{}">{}</label>
<select class="govuk-select" id="{}" name="{}"><option value="">{}</option>{}</select></div>)",
                    name, view(label), name, name, view("staff.queue.any"_t), options);
}

// The states a tab can hold: what is open, or what is over.
bool may_hold(Tab tab, State state) {
  return (tab == Tab::over) == (is_over(state) || state == State::answered);
}

}  // namespace

Fragment more_filters(const View& view, db::Read& read, const Asked& asked) {
  Fragment body = html::fill(R"(<div><label for="unit">{}</label>
<input class="govuk-input" type="text" id="unit" name="unit" value="{}" maxlength="100"
 lang="vi"></div>)",
                             view("staff.queue.unit"_t), asked.unit_typed);
  body += choose(view, "topic", "staff.queue.topic"_t, [&](Fragment& out) {
    for (const Topic& each : all_topics(read))
      out += choice(each.code, asked.topic ? asked.topic->code : std::string(),
                    feedback::name_of(view, each));
  });
  body += choose(view, "state", "staff.queue.state"_t, [&](Fragment& out) {
    const std::string_view chosen = asked.filter.state ? to_text(*asked.filter.state) : "";
    for (const State each : all_states)
      if (may_hold(asked.filter.tab, each) || asked.filter.state == each)
        out += choice(to_text(each), chosen, state_name(view, each));
  });
  if (const auto sources = all_sources(read); !sources.empty())
    body += choose(view, "source", "staff.queue.source"_t, [&](Fragment& out) {
      for (const Source& each : sources) out += choice(each.code, asked.filter.source, each.name);
    });
  body += choose(view, "urgent", "staff.queue.urgent"_t, [&](Fragment& out) {
    out += choice("1", asked.filter.is_urgent ? "1" : "", view("staff.queue.urgent_only"_t));
  });
  return html::details(view("staff.queue.more"_t), body, asked.has_more_filters());
}

Fragment filter_notes(const View& view, const Asked& asked) {
  Fragment out;
  if (!asked.unknown.empty())
    out +=
        html::note({.kind = html::NoteKind::warn,
                    .body = html::fill("{}", [&](Fragment& list) {
                      for (const auto& [name, value] : asked.unknown)
                        list.add("<p>{}</p>",
                                 view.voice("staff.queue.unknown"_t,
                                            {{"name", std::string(view(name))}, {"value", value}}));
                    })});
  if (!asked.which_unit.empty())
    out += which_unit(view, asked.which_unit, list_url(view, asked, asked.filter.tab));
  // What is urgent or somebody's is walked whole, by an index of its own.
  if (asked.filter.tab != Tab::over && !asked.filter.source.empty() && !asked.filter.is_urgent &&
      asked.filter.officer_id == 0)
    out.add(R"(<p class="small muted">{}</p>)",
            view.voice("staff.queue.source_bound"_t,
                       {{"count", view.voice.number(brought_looked_at_max)}}));
  if (asked.filter.tab == Tab::over && is_narrowed(asked.filter))
    out.add(
        R"(<p class="small muted">{}</p>)",
        view.voice("staff.queue.over_bound"_t, {{"count", view.voice.number(over_looked_at_max)}}));
  return out;
}

}  // namespace ln::feedback::staff
