#include "platform/html/forms.h"

#include <algorithm>
#include <span>

#include "platform/html/forms_inside.h"

namespace ln::html {
namespace {

using detail::maybe;
using detail::Surround;

std::string_view letter(Size size) {
  switch (size) {
    case Size::normal: return "";
    case Size::s: return "s";
    case Size::m: return "m";
    case Size::l: return "l";
    case Size::xl: return "xl";
  }
  return "";
}

std::string sized(std::string_view block, Size size) {
  std::string out(block);
  if (size != Size::normal) out.append(" ").append(block).append("--").append(letter(size));
  return out;
}

Fragment one_option(const Option& option, std::string_view chosen) {
  return fill(R"(<option value="{}" selected="{}" disabled="{}">{}</option>)", option.value,
              !option.value.empty() && option.value == chosen, option.is_disabled, option.text);
}

void add_words(Fragment& out, const View& view, const Question& question) {
  out.add_text(question.text);
  if (question.is_optional) out.add(R"( <span class="muted">{}</span>)", view("form.optional"_t));
}

void set_spellcheck(Attributes& attributes, std::optional<bool> spellcheck) {
  if (spellcheck) attributes.set("spellcheck", *spellcheck ? "true" : "false");
}

// One of the three boxes of a date.
struct DatePart {
  std::string_view ending;
  std::string_view label;
  std::string_view value;
  std::string_view width;
  bool is_wrong;
};

void add_date_part(Fragment& out,
                   const DateInput& field,
                   std::string_view id,
                   const DatePart& part) {
  const std::string own_id = std::string(id) + "-" + std::string(part.ending);
  std::string name(field.name);
  if (!name.empty()) name += '-';
  name += part.ending;
  Attributes attributes;
  std::string css_class = "govuk-input govuk-date-input__input";
  if (part.is_wrong) css_class += " govuk-input--error";
  css_class += part.width;
  attributes.set("class", css_class).set("id", own_id).set("name", name);
  attributes.set("type", "text").set("inputmode", "numeric").set_if("value", part.value);
  out.add(R"(<div class="govuk-date-input__item"><div class="govuk-form-group">)"
          R"(<label class="govuk-label govuk-date-input__label" for="{}">{}</label>)"
          R"(<input{}></div></div>)",
          own_id, part.label, attributes);
}

}  // namespace

Fragment label(const View& view, const Question& question, std::string_view for_id) {
  if (question.text.empty()) return {};
  const auto words = [&](Fragment& out) { add_words(out, view, question); };
  const auto plain = [&](Fragment& out) {
    out.add(R"(<label class="{}" for="{}">{}</label>)", sized("govuk-label", question.size),
            maybe(for_id), words);
  };
  if (question.is_heading) return fill(R"(<h1 class="govuk-label-wrapper">{}</h1>)", plain);
  return fill("{}", plain);
}

Fragment hint(std::string_view text, std::string_view id) {
  return fill(R"(<div class="govuk-hint" id="{}">{}</div>)", maybe(id), text);
}

Fragment error_message(const View& view, std::string_view text, std::string_view id) {
  return fill(
      R"(<p class="govuk-error-message" id="{}"><span class="govuk-visually-hidden">{}</span> )"
      R"({}</p>)",
      maybe(id), view("form.error_prefix"_t), text);
}

Fragment input(const View& view, const Input& field) {
  const Surround around(field.name, field.id, field.hint, field.error, field.described_by);
  std::string css_class = detail::block_class("govuk-input", field.error);
  if (field.width > 0)
    detail::append_word(css_class, "govuk-input--width-" + std::to_string(field.width));
  detail::append_word(css_class, field.more_class);
  Attributes attributes;
  attributes.set("class", css_class).set("id", around.id).set("name", field.name);
  attributes.set("type", field.type).set_if("value", field.value);
  attributes.set_if("aria-describedby", around.described_by);
  attributes.set_if("autocomplete", field.autocomplete).set_if("inputmode", field.inputmode);
  attributes.set_if("autocapitalize", field.autocapitalize).set_if("pattern", field.pattern);
  set_spellcheck(attributes, field.spellcheck);
  attributes.flag("disabled", field.is_disabled);
  const auto box = [&](Fragment& out) { out.add("<input{}>", attributes); };
  const auto with_affixes = [&](Fragment& out) {
    if (field.prefix.empty() && field.suffix.empty()) return box(out);
    out.add(
        R"(<div class="govuk-input__wrapper">{}{}{}</div>)",
        [&](Fragment& before) {
          if (!field.prefix.empty())
            before.add(R"(<div class="govuk-input__prefix" aria-hidden="true">{}</div>)",
                       field.prefix);
        },
        box,
        [&](Fragment& after) {
          if (!field.suffix.empty())
            after.add(R"(<div class="govuk-input__suffix" aria-hidden="true">{}</div>)",
                      field.suffix);
        });
  };
  return fill(
      R"(<div class="{}">{}{}{}</div>
)",
      detail::group_class(field.error), label(view, field.label, around.id),
      [&](Fragment& out) {
        detail::add_hint_and_error(out, view, around, field.hint, field.error);
      },
      with_affixes);
}

Fragment textarea(const View& view, const Textarea& field) {
  const bool counts = field.chars_max > 0;
  const std::string_view own_id = field.id.empty() ? field.name : field.id;
  const std::string info_id = std::string(own_id) + "-info";
  std::string described_by = counts ? info_id : std::string();
  detail::append_word(described_by, field.described_by);
  const Surround around(field.name, field.id, field.hint, field.error, described_by);
  std::string css_class = detail::block_class("govuk-textarea", field.error);
  if (counts) css_class += " govuk-js-character-count";
  Attributes attributes;
  attributes.set("class", css_class).set("id", around.id).set("name", field.name);
  attributes.set("rows", field.rows).set_if("aria-describedby", around.described_by);
  attributes.set_if("autocomplete", field.autocomplete);
  set_spellcheck(attributes, field.spellcheck);
  Attributes group;
  std::string group_class(detail::group_class(field.error));
  if (counts) group_class += " govuk-character-count";
  group.set("class", group_class);
  if (counts)
    group.set("data-module", "govuk-character-count").set("data-maxlength", field.chars_max);
  return fill(
      R"(<div{}>{}{}<textarea{}>{}</textarea>{}</div>
)",
      group, label(view, field.label, around.id),
      [&](Fragment& out) {
        detail::add_hint_and_error(out, view, around, field.hint, field.error);
      },
      attributes, field.value,
      [&](Fragment& out) {
        if (!counts) return;
        out.add(R"(<div id="{}" class="govuk-hint govuk-character-count__message">{}</div>)",
                info_id, view.voice.counted("form.chars_max"_t, field.chars_max));
      });
}

Fragment select(const View& view, const Select& field) {
  const Surround around(field.name, field.id, field.hint, field.error, field.described_by);
  return fill(
      R"(<div class="{}">{}{}<select class="{}" id="{}" name="{}" aria-describedby="{}">)"
      R"({}</select></div>
)",
      detail::group_class(field.error), label(view, field.label, around.id),
      [&](Fragment& out) {
        detail::add_hint_and_error(out, view, around, field.hint, field.error);
      },
      detail::block_class("govuk-select", field.error), around.id, field.name,
      maybe(around.described_by),
      [&](Fragment& out) {
        const std::vector<Option>& all = field.options;
        for (auto at = all.begin(); at != all.end();) {
          const auto end = std::find_if(
              at, all.end(), [&](const Option& each) { return each.group != at->group; });
          Fragment group;
          for (const Option& each : std::span(at, end)) group += one_option(each, field.value);
          if (at->group.empty())
            out += group;
          else
            out.add(R"(<optgroup label="{}">{}</optgroup>)", at->group, group);
          at = end;
        }
      });
}

Fragment date_input(const View& view, const DateInput& field) {
  const Surround around(field.name, field.id, field.hint, field.error, field.described_by);
  const bool none_named = !field.is_day_wrong && !field.is_month_wrong && !field.is_year_wrong;
  const bool all_wrong = !field.error.empty() && none_named;
  Fragment body;
  detail::add_hint_and_error(body, view, around, field.hint, field.error);
  body.add(R"(<div class="govuk-date-input" id="{}">{}</div>)", around.id, [&](Fragment& out) {
    for (const DatePart& part :
         {DatePart{"day", view("form.day"_t), field.day, " govuk-input--width-2",
                   all_wrong || field.is_day_wrong},
          DatePart{"month", view("form.month"_t), field.month, " govuk-input--width-2",
                   all_wrong || field.is_month_wrong},
          DatePart{"year", view("form.year"_t), field.year, " govuk-input--width-4",
                   all_wrong || field.is_year_wrong}})
      add_date_part(out, field, around.id, part);
  });
  return fill(R"(<div class="{}">{}</div>
)",
              detail::group_class(field.error),
              fieldset(view, {.legend = field.legend,
                              .body = std::move(body),
                              .described_by = around.described_by,
                              .role = "group"}));
}

std::string date_target(const DateInput& field) {
  const std::string id(field.id.empty() ? field.name : field.id);
  if (field.is_day_wrong || (!field.is_month_wrong && !field.is_year_wrong)) return id + "-day";
  return id + (field.is_month_wrong ? "-month" : "-year");
}

Fragment file_upload(const View& view, const FileUpload& field) {
  const Surround around(field.name, field.id, field.hint, field.error, field.described_by);
  Attributes attributes;
  attributes.set("class", detail::block_class("govuk-file-upload", field.error));
  attributes.set("id", around.id).set("name", field.name).set("type", "file");
  attributes.set_if("accept", field.accept).flag("multiple", field.is_multiple);
  attributes.set_if("aria-describedby", around.described_by).flag("disabled", field.is_disabled);
  if (field.size_max > 0) attributes.flag("data-upload").set("data-size-max", field.size_max);
  if (field.files_max > 0) attributes.set("data-files-max", field.files_max);
  const auto box = [&](Fragment& out) { out.add("<input{}>", attributes); };
  return fill(
      R"(<div class="{}">{}{}{}</div>
)",
      detail::group_class(field.error), label(view, field.label, around.id),
      [&](Fragment& out) {
        detail::add_hint_and_error(out, view, around, field.hint, field.error);
      },
      [&](Fragment& out) {
        if (field.wrapper.empty()) return box(out);
        out.add(R"(<div class="{}">{}</div>)", field.wrapper, box);
      });
}

Fragment fieldset(const View& view, const Fieldset& parts) {
  const auto words = [&](Fragment& out) { add_words(out, view, parts.legend); };
  const auto legend = [&](Fragment& out) {
    if (parts.legend.text.empty()) return;
    const std::string css_class = sized("govuk-fieldset__legend", parts.legend.size);
    if (parts.legend.is_heading) {
      out.add(R"(<legend class="{}"><h1 class="govuk-fieldset__heading">{}</h1></legend>)",
              css_class, words);
    } else {
      out.add(R"(<legend class="{}">{}</legend>)", css_class, words);
    }
  };
  return fill(R"(<fieldset class="govuk-fieldset" role="{}" aria-describedby="{}">{}{}</fieldset>)",
              maybe(parts.role), maybe(parts.described_by), legend, parts.body);
}

}  // namespace ln::html
