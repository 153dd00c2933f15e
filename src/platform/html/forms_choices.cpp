// Radios and checkboxes: one markup under two names.
#include <algorithm>

#include "base/check.h"
#include "platform/html/forms.h"
#include "platform/html/forms_inside.h"

namespace ln::html {
namespace {

using detail::Surround;

// The words in which the two kinds differ.
struct Kind {
  std::string_view type;   // "radio"
  std::string_view block;  // "govuk-radios"
  bool may_choose_many;
};
constexpr Kind radio = {"radio", "govuk-radios", false};
constexpr Kind box = {"checkbox", "govuk-checkboxes", true};

std::string part(const Kind& kind, std::string_view ending) {
  return std::string(kind.block) + std::string(ending);
}

std::string group_class(const Kind& kind, const Choices& group) {
  std::string out(kind.block);
  switch (group.arrangement) {
    case Arrangement::stacked: break;
    case Arrangement::in_line: detail::append_word(out, part(kind, "--inline")); break;
    case Arrangement::small: detail::append_word(out, part(kind, "--small")); break;
    case Arrangement::rows: detail::append_word(out, "pick"); break;
  }
  return out;
}

bool is_chosen(const Choices& group, const Choice& choice, const Kind& kind) {
  if (choice.is_checked) return true;
  if (!kind.may_choose_many) return !group.values.empty() && group.values.front() == choice.value;
  return std::find(group.values.begin(), group.values.end(), choice.value) != group.values.end();
}

struct Place {
  std::string id;            // of this choice
  std::string described_by;  // of the group, when there is no fieldset to carry it
};

void add_choice(Fragment& out,
                const Kind& kind,
                const Choices& group,
                const Choice& choice,
                const Place& place) {
  const bool in_rows = group.arrangement == Arrangement::rows;
  const bool chosen = is_chosen(group, choice, kind);
  const std::string hint_id = place.id + "-item-hint";
  const std::string reveal_id = "conditional-" + place.id;
  std::string described_by = place.described_by;
  if (!choice.hint.empty() && !in_rows) detail::append_word(described_by, hint_id);
  Attributes attributes;
  attributes.set("class", part(kind, "__input")).set("id", place.id);
  attributes.set("name", choice.name.empty() ? group.name : choice.name);
  attributes.set("type", kind.type).set("value", choice.value);
  attributes.flag("checked", chosen).flag("disabled", choice.is_disabled);
  if (!choice.reveal.empty()) attributes.set("data-aria-controls", reveal_id);
  if (choice.is_exclusive) attributes.set("data-behaviour", "exclusive");
  attributes.set_if("aria-describedby", described_by);
  out.add(
      R"(<div class="{}"><input{}><label class="govuk-label {}" for="{}">{}{}</label>{}</div>
)",
      part(kind, "__item"), attributes, part(kind, "__label"), place.id, choice.text,
      [&](Fragment& inside) {
        // Rows are one large target, so the hint belongs to the label.
        if (in_rows && !choice.hint.empty()) inside.add("<small>{}</small>", choice.hint);
      },
      [&](Fragment& after) {
        if (in_rows || choice.hint.empty()) return;
        after.add(R"(<div id="{}" class="govuk-hint {}">{}</div>)", hint_id, part(kind, "__hint"),
                  choice.hint);
      });
  if (choice.reveal.empty()) return;
  std::string css_class = part(kind, "__conditional");
  if (!chosen) detail::append_word(css_class, part(kind, "__conditional--hidden"));
  out.add(R"(<div class="{}" id="{}">{}</div>)", css_class, reveal_id, choice.reveal);
}

void add_choices(Fragment& out,
                 const Kind& kind,
                 const Choices& group,
                 const Surround& around,
                 std::string_view described_by) {
  std::size_t number = 0;
  for (const Choice& choice : group.choices) {
    ++number;
    if (!choice.divider.empty()) {
      out.add(R"(<div class="{}">{}</div>)", part(kind, "__divider"), choice.divider);
      continue;
    }
    std::string id(choice.id);
    if (id.empty()) id = number == 1 ? around.id : around.id + "-" + std::to_string(number);
    add_choice(out, kind, group, choice, {std::move(id), std::string(described_by)});
  }
}

Fragment choices(const View& view, const Kind& kind, const Choices& group) {
  const Surround around(group.name, group.id, group.hint, group.error, group.described_by);
  const bool has_legend = !group.legend.text.empty();
  Fragment body;
  detail::add_hint_and_error(body, view, around, group.hint, group.error);
  body.add(R"(<div class="{}" data-module="{}">{}</div>)", group_class(kind, group), kind.block,
           [&](Fragment& out) {
             add_choices(out, kind, group, around,
                         has_legend ? std::string_view() : around.described_by);
           });
  if (has_legend)
    body = fieldset(
        view,
        {.legend = group.legend, .body = std::move(body), .described_by = around.described_by});
  return fill(R"(<div class="{}">{}</div>
)",
              detail::group_class(group.error), body);
}

}  // namespace

Fragment radios(const View& view, const Choices& group) {
  CHECK(!group.legend.text.empty());
  return choices(view, radio, group);
}

Fragment checkboxes(const View& view, const Choices& group) { return choices(view, box, group); }

}  // namespace ln::html
