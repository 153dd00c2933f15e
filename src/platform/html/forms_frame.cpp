// What stands around the fields: forms, buttons, error summaries, answers to check.
#include <algorithm>

#include "platform/html/forms.h"
#include "platform/html/forms_inside.h"
#include "platform/html/parts.h"

namespace ln::html {
namespace {

using detail::maybe;

std::string class_of(const Button& parts) {
  std::string out = "govuk-button";
  switch (parts.kind) {
    case ButtonKind::primary: break;
    case ButtonKind::secondary: out += " govuk-button--secondary"; break;
    case ButtonKind::warning: out += " govuk-button--warning"; break;
    case ButtonKind::amber: out += " btn--amber"; break;
  }
  if (parts.is_big) out += " btn--big";
  if (parts.is_quiet) out += " btn--quiet";
  return out;
}

void add_words(Fragment& out, const Button& parts) {
  if (!parts.icon_before.empty()) out += icon(parts.icon_before);
  out.add_text(parts.text);
  if (!parts.icon_after.empty()) out += icon(parts.icon_after);
}

void add_action(Fragment& out, const View& view, const SummaryAction& action) {
  out.add(R"(<a class="govuk-link" href="{}">{}{}</a>)", action.url,
          action.text.empty() ? view("form.change"_t) : action.text, [&](Fragment& more) {
            if (!action.of_what.empty())
              more.add(R"(<span class="govuk-visually-hidden"> {}</span>)", action.of_what);
          });
}

void add_actions(Fragment& out, const View& view, const std::vector<SummaryAction>& actions) {
  if (actions.empty()) return;
  out.add(R"(<dd class="govuk-summary-list__actions">{}</dd>)", [&](Fragment& inside) {
    if (actions.size() == 1) return add_action(inside, view, actions.front());
    inside.add(R"(<ul class="govuk-summary-list__actions-list">{}</ul>)", [&](Fragment& list) {
      for (const SummaryAction& action : actions)
        list.add(R"(<li class="govuk-summary-list__actions-list-item">{}</li>)",
                 [&](Fragment& item) { add_action(item, view, action); });
    });
  });
}

}  // namespace

Fragment button(const Button& parts) {
  Attributes attributes;
  attributes.set("type", parts.is_inert ? "button" : "submit");
  attributes.set("class", class_of(parts)).set("data-module", "govuk-button");
  attributes.set_if("id", parts.id).set_if("name", parts.name).set_if("value", parts.value);
  if (parts.is_disabled) attributes.flag("disabled").set("aria-disabled", "true");
  if (parts.once) attributes.set("data-prevent-double-click", "true");
  return fill(R"(<button{} formaction="{}">{}</button>)", attributes, parts.to,
              [&](Fragment& out) { add_words(out, parts); });
}

Fragment continue_button(const View& view) {
  return button(
      {.text = view("form.continue"_t), .icon_after = "arrow-right", .is_big = true, .once = true});
}

Fragment link_button(const Url& url, const Button& parts) {
  return fill(R"(<a href="{}" role="button" draggable="false" class="{}" id="{}" )"
              R"(data-module="govuk-button">{}</a>)",
              url, class_of(parts), maybe(parts.id), [&](Fragment& out) { add_words(out, parts); });
}

Fragment error_summary(const View& view, const ErrorSummary& summary) {
  const std::string counted = view.voice.counted(
      "form.errors"_t, static_cast<std::int64_t>(std::max<std::size_t>(summary.errors.size(), 1)));
  const auto line = [](Fragment& out, const ErrorLine& error) {
    if (error.id.empty()) {
      out.add("<li>{}</li>", error.text);
    } else {
      out.add(R"(<li><a href="#{}">{}</a></li>)", error.id, error.text);
    }
  };
  return fill(
      R"(<div class="govuk-error-summary" data-module="govuk-error-summary"><div role="alert">
<h2 class="govuk-error-summary__title">{}</h2>
<div class="govuk-error-summary__body">{}{}</div></div></div>
)",
      summary.title.empty() ? std::string_view(counted) : summary.title,
      [&](Fragment& out) {
        if (!summary.description.empty()) out.add("<p>{}</p>", summary.description);
      },
      [&](Fragment& out) {
        if (summary.errors.empty()) return;
        out.add(R"(<ul class="govuk-list govuk-error-summary__list">{}</ul>)", [&](Fragment& list) {
          for (const ErrorLine& error : summary.errors) line(list, error);
        });
      });
}

Fragment error_summary(const View& view, const Error* error, const Places& places) {
  if (error == nullptr) return {};
  ErrorSummary summary;
  for (const FieldError& field : error->fields) {
    const auto place = std::find_if(places.begin(), places.end(),
                                    [&](const auto& each) { return each.first == field.field; });
    summary.errors.push_back({.text = view(field.text),
                              .id = place == places.end() ? std::string_view(field.field)
                                                          : std::string_view(place->second)});
  }
  if (summary.errors.empty()) summary.errors.push_back({.text = view(error->text)});
  return error_summary(view, summary);
}

std::string_view error_for(const View& view, const Error* error, std::string_view field) {
  if (error == nullptr) return {};
  const auto found = std::find_if(error->fields.begin(), error->fields.end(),
                                  [&](const FieldError& each) { return each.field == field; });
  return found == error->fields.end() ? std::string_view() : view(found->text);
}

Fragment back_link(const View& view, const Url& url, std::string_view text) {
  return fill(R"(<a href="{}" class="govuk-back-link">{}</a>)", url,
              text.empty() ? view("site.back"_t) : text);
}

Fragment details(std::string_view summary, const Fragment& body, bool is_open) {
  return fill(R"(<details class="govuk-details" open="{}"><summary class="govuk-details__summary">)"
              R"(<span class="govuk-details__summary-text">{}</span></summary>)"
              R"(<div class="govuk-details__text">{}</div></details>)",
              is_open, summary, body);
}

Fragment summary_list(const View& view, const SummaryList& list) {
  const bool some_act = std::any_of(list.rows.begin(), list.rows.end(),
                                    [](const SummaryRow& row) { return !row.actions.empty(); });
  return fill(
      R"(<dl class="{}">{}</dl>)",
      list.has_borders ? "govuk-summary-list" : "govuk-summary-list govuk-summary-list--no-border",
      [&](Fragment& out) {
        for (const SummaryRow& row : list.rows) {
          std::string css_class = "govuk-summary-list__row";
          if (some_act && row.actions.empty()) css_class += " govuk-summary-list__row--no-actions";
          if (!row.has_border) css_class += " govuk-summary-list__row--no-border";
          out.add(R"(<div class="{}"><dt class="govuk-summary-list__key">{}</dt>)"
                  R"(<dd class="govuk-summary-list__value">{}</dd>{}</div>)",
                  css_class, row.key, row.value,
                  [&](Fragment& end) { add_actions(end, view, row.actions); });
        }
      });
}

Fragment form(const View& view, const FormParts& parts) {
  // Our own sentences instead of the browser's, hence novalidate.
  return fill(R"(<form method="post" action="{}" enctype="{}" id="{}" class="{}" data-draft="{}" )"
              R"(data-secret-form="{}" )"
              R"(novalidate><input type="hidden" name="csrf" value="{}">{}</form>)",
              parts.action, maybe(parts.is_multipart ? "multipart/form-data" : ""), maybe(parts.id),
              maybe(parts.css_class), maybe(parts.draft),
              parts.is_opened_by_secret ? std::optional<std::string_view>("") : std::nullopt,
              parts.is_opened_by_secret ? std::string_view() : view.csrf_token, parts.body);
}

Fragment query_form(const QueryFormParts& parts) {
  return fill(
      R"(<form method="get" action="{}" class="{}" role="search" aria-label="{}">{}</form>)",
      parts.action, maybe(parts.css_class), maybe(parts.label), parts.body);
}

Fragment hidden(std::string_view name, std::string_view value) {
  return fill(R"(<input type="hidden" name="{}" value="{}">)", name, value);
}

}  // namespace ln::html
