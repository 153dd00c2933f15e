#include "feature/survey/survey_pages_parts.h"

#include <algorithm>

#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/units/units_name.h"
#include "core/units/units_store.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::survey {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr TextKey scale_words[] = {"survey.scale.1"_t, "survey.scale.2"_t, "survey.scale.3"_t,
                                   "survey.scale.4"_t, "survey.scale.5"_t};

// "Only if you chose ... there", where the question is not for everybody.
std::string condition_of(const View& view, const Form& form, const Question& question) {
  if (!question.show_if) return {};
  const Question* other = form.find(question.show_if->question);
  if (other == nullptr) return {};
  std::string answers;
  for (const std::int64_t each : question.show_if->is) {
    if (!answers.empty()) answers += ", ";
    answers += class_name(view, *other, each).text;
  }
  return view.voice("survey.answer.only_if"_t,
                    {{"question", words_of(view, other->words).text}, {"answers", answers}});
}

Fragment choice_field(const View& view,
                      const Question& question,
                      std::string_view typed,
                      std::string_view hint,
                      std::string_view error) {
  const std::string name = "q-" + question.code;
  std::vector<std::string> values;
  for (const std::int64_t each : question.classes()) values.push_back(std::to_string(each));
  std::vector<html::Choice> choices;
  const auto classes = question.classes();
  // The best comes first where the last class is the best, as on the paper forms.
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const std::size_t at = question.kind == Kind::choice ? i : classes.size() - 1 - i;
    choices.push_back({.value = values[at], .text = class_name(view, question, classes[at]).text});
  }
  return html::radios(view, {.name = name,
                             .legend = {.text = words_of(view, question.words).text,
                                        .size = html::Size::s,
                                        .is_optional = !question.is_required},
                             .hint = hint,
                             .error = error,
                             .choices = std::move(choices),
                             .values = {typed}});
}

Fragment question_field(const View& view,
                        const Form& form,
                        const Question& question,
                        std::string_view typed,
                        const Error* error) {
  const std::string name = "q-" + question.code;
  std::string hint = condition_of(view, form, question);
  if (!question.help.vi.empty()) {
    if (!hint.empty()) hint += " ";
    hint += words_of(view, question.help).text;
  }
  const std::string_view wrong = html::error_for(view, error, name);
  const html::Spoken words = words_of(view, question.words);
  Fragment field;
  if (question.kind == Kind::text)
    field = html::textarea(
        view,
        {.name = name,
         .label = {.text = words.text, .size = html::Size::s, .is_optional = !question.is_required},
         .hint = hint.empty() ? view("survey.answer.text_hint"_t) : hint,
         .error = wrong,
         .value = typed,
         .rows = 4,
         .chars_max = static_cast<int>(answer_chars_max)});
  else if (question.kind == Kind::number)
    field = html::input(
        view,
        {.name = name,
         .label = {.text = words.text, .size = html::Size::s, .is_optional = !question.is_required},
         .hint = hint,
         .error = wrong,
         .value = typed,
         .width = 5,
         .inputmode = "numeric"});
  else
    field = choice_field(view, question, typed, hint, wrong);
  return fill(R"(<div lang="{}">{}</div>)", words.lang, field);
}

Fragment party_field(const View& view, std::string_view typed, const Error* error) {
  std::vector<html::Choice> choices;
  for (const Party each : all_parties)
    choices.push_back({.value = to_text(each), .text = view(key_of(each))});
  return html::radios(view,
                      {.name = "party",
                       .legend = {.text = view("survey.answer.party"_t), .size = html::Size::s},
                       .error = html::error_for(view, error, "party"),
                       .choices = std::move(choices),
                       .values = {typed}});
}

}  // namespace

html::Spoken title_of(const View& view, const Survey& survey) {
  return html::spoken(view, survey.title_vi, survey.title_en);
}
html::Spoken words_of(const View& view, const Words& words) {
  return html::spoken(view, words.vi, words.en);
}
Url page_of(const View& view, SurveyId id) { return Url::in(view, "/surveys/", id.value); }
Url form_url(const View& view, const Form& form) {
  return Url::in(view, "/surveys/forms/", form.id.value);
}

std::string name_of_unit(const View& view, db::Read& read, units::UnitId id) {
  const auto unit = units::find(read, id);
  if (!unit) return {};
  const bool is_english = view.voice.language() == i18n::Language::en;
  return units::name_in(*unit, is_english);
}

Fragment stage_badge(const View& view, const Survey& survey) {
  switch (survey.stage) {
    case Stage::announced:
      return html::badge(html::Tone::info, "calendar-clock", view(key_of(survey.stage)));
    case Stage::open:
      return html::badge(
          html::Tone::soon, "clock",
          view.voice("survey.open_until"_t, {{"day", view.voice.date(survey.closes_on)}}));
    case Stage::closed: break;
  }
  return html::badge(html::Tone::ok, "circle-check", view(key_of(survey.stage)));
}

Fragment unconfirmed_badge(const View& view) {
  return html::badge(html::Tone::soon, "triangle-alert", view("survey.unconfirmed"_t));
}

html::Spoken class_name(const View& view, const Question& question, std::int64_t value) {
  const std::string_view here =
      view.voice.language() == i18n::Language::en ? std::string_view("en") : "vi";
  if (question.kind == Kind::scale && value >= 1 && value <= 5)
    return {view(scale_words[value - 1]), here};
  if (question.kind == Kind::yes_no)
    return {view(value == 1 ? "survey.yes"_t : "survey.no"_t), here};
  const auto found = std::ranges::find(question.options, value, &Option::value);
  return found == question.options.end() ? html::Spoken{} : words_of(view, found->words);
}

Fragment hash_shown(std::string_view bytes) {
  return fill(R"(<span class="hash" translate="no">{}</span>)", to_hex(as_bytes(bytes)));
}

Fragment line_shown(const View& view, std::int64_t line) {
  return fill(R"(<a href="{}">{}</a>)", Url::in(view, "/ledger/facts/", line),
              view.voice("survey.line"_t, {{"line", view.voice.number(line)}}));
}

std::optional<Sheet> sheet_of(const View& view, db::Read& read, SurveyId id) {
  auto survey = find(read, id);
  auto form = survey ? find_form(read, survey->form) : std::nullopt;
  if (!form) return std::nullopt;
  std::string unit = name_of_unit(view, read, survey->unit);
  return Sheet{*std::move(survey), *std::move(form), std::move(unit)};
}

Result<Sheet> sheet_in(const http::Request& request, db::Read& read) {
  auto sheet = sheet_of(request.view, read, SurveyId{request.path_number("id")});
  if (!sheet) return Error{ErrorKind::not_found, "survey.error.none"_t};
  return *std::move(sheet);
}

Fragment fields_of(const View& view,
                   const Form& form,
                   const TypedAnswer& typed,
                   const Error* error) {
  Fragment out = party_field(view, typed.party, error);
  std::string_view matrix;
  for (std::size_t section = 0; section < form.sections.size(); ++section) {
    const html::Spoken heading = words_of(view, form.sections[section]);
    out.add(R"(<h2 class="h-m sp" lang="{}">{}</h2>)", heading.lang, heading.text);
    for (const Question& each : form.questions) {
      if (each.section != section) continue;
      if (each.matrix.vi != matrix && !each.matrix.vi.empty()) {
        const html::Spoken above = words_of(view, each.matrix);
        out.add(R"(<p lang="{}"><b>{}</b></p>)", above.lang, above.text);
      }
      matrix = each.matrix.vi;
      const auto found = typed.all.find(each.code);
      out += question_field(view, form, each,
                            found == typed.all.end() ? std::string_view() : found->second, error);
    }
  }
  return out;
}

TypedAnswer typed_answer(const Form& form, const http::Fields& fields) {
  TypedAnswer typed{.party = std::string(fields.text("party"))};
  for (const Question& each : form.questions)
    typed.all.emplace(each.code, std::string(trimmed(fields.text("q-" + each.code))));
  return typed;
}

std::optional<Day> typed_day(std::string_view text) {
  const auto at =
      text.size() == 10 ? ledger::instant_of(std::string(text) + "T00:00:00Z") : std::nullopt;
  if (!at) return std::nullopt;
  return Day(std::chrono::duration_cast<std::chrono::days>(at->time_since_epoch()));
}

std::optional<Instant> typed_moment(std::string_view day, std::string_view time) {
  if (day.size() != 10 || time.size() != 5) return std::nullopt;
  const auto at = ledger::instant_of(std::string(day) + "T" + std::string(time) + ":00Z");
  if (!at) return std::nullopt;
  return *at - vietnam_offset;
}

http::Response survey_page(const View& view,
                           std::string_view title,
                           Fragment body,
                           bool is_cacheable) {
  auto response =
      http::page(200, html::page(view, {.title = title,
                                        .here = "/surveys",
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = is_cacheable;
  return response;
}

http::Response staff_survey_page(const View& view, StaffPage&& parts) {
  return http::page(parts.error == nullptr ? 200 : http::status_of(parts.error->kind),
                    html::page(view, {.title = parts.title,
                                      .here = "/staff/surveys",
                                      .body = html::columns({.body = std::move(parts.body)}),
                                      .is_staff = true,
                                      .has_errors = parts.error != nullptr,
                                      .is_unlisted = true}));
}

}  // namespace ln::survey
