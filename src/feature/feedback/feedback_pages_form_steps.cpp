#include "feature/feedback/feedback_pages_form_steps.h"

#include <algorithm>

#include "core/attachment/attachment_store.h"
#include "core/ledger/ledger_stop.h"
#include "core/units/units_store.h"
#include "core/units/units_store_procedures.h"
#include "core/units/units_store_reorganise.h"
#include "engine/text/text_redact.h"
#include "feature/feedback/feedback_pages_due.h"
#include "feature/feedback/feedback_pages_form_nature.h"
#include "feature/feedback/feedback_store_settings.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::feedback {
std::string_view in_language(const html::View& view, const std::string& vi, const std::string& en) {
  return view.voice.language() == i18n::Language::en && !en.empty() ? en : vi;
}

namespace {

using html::Fragment;
using html::Url;

constexpr std::size_t found_max = 20;

TextKey hint_of(About about) {
  switch (about) {
    case About::procedure: return "feedback.form.about.hint_procedure"_t;
    case About::conduct: return "feedback.form.about.hint_conduct"_t;
    case About::policy: return "feedback.form.about.hint_policy"_t;
    case About::place: return "feedback.form.about.hint_place"_t;
  }
  return {};
}

const Error* error_of(const StepShown& shown) { return shown.error ? &*shown.error : nullptr; }

template <class List>
html::Select select_of(const html::View& view,
                       const List& list,
                       std::string_view name,
                       TextKey label,
                       std::string_view value) {
  html::Select select{.name = name, .label = {view(label)}, .value = value};
  for (const auto each : list) select.options.push_back({to_text(each), view(key_of(each))});
  return select;
}

// Where somebody was who began here from a page of ours.
Fragment about_page(const html::View& view, std::string_view path) {
  const Fragment link = page_link(view, path);
  if (link.empty()) return {};
  return html::note({.body = html::fill("<p>{} {}</p>", view("feedback.page.about"_t), link)});
}

Fragment about_fields(const html::View& view, const StepShown& shown) {
  const Draft& draft = shown.draft;
  html::Choices group{.name = "about",
                      .legend = {view("feedback.form.about.legend"_t), html::Size::m},
                      .error = html::error_for(view, error_of(shown), "about"),
                      .values = {draft.text("about")},
                      .arrangement = html::Arrangement::rows};
  for (const About each : all_abouts)
    group.choices.push_back(
        {.value = to_text(each), .text = view(key_of(each)), .hint = view(hint_of(each))});
  Fragment fields = about_page(view, draft.text("page"));
  fields += html::radios(view, group);
  fields += html::select(
      view, select_of(view, all_kinds, "kind", "feedback.form.kind"_t, draft.text("kind")));
  fields += html::select(
      view, select_of(view, all_senders, "from", "feedback.form.from"_t, draft.text("from")));
  for (const char* name : {"unit", "counter", "procedure", "recurs_of", "page", "from_qr"})
    if (draft.token.empty() && !draft.text(name).empty())
      fields += html::hidden(name, draft.text(name));
  return fields;
}

Fragment topic_fields(const html::View& view, const StepShown& shown) {
  html::Choices group{.name = "topic",
                      .legend = {view("feedback.form.topic.legend"_t), html::Size::m},
                      .hint = view("feedback.form.topic.hint"_t),
                      .error = html::error_for(view, error_of(shown), "topic"),
                      .values = {shown.draft.text("topic")},
                      .arrangement = html::Arrangement::rows};
  for (const Topic& topic : shown.topics)
    group.choices.push_back({.value = topic.code,
                             .text = name_of(view, topic),
                             .hint = in_language(view, topic.hint_vi, topic.hint_en)});
  // The value of none is empty, and so is that of a draft that has not answered yet.
  group.choices.push_back({.value = "", .text = view("feedback.form.topic.none"_t)});
  return html::radios(view, group);
}

// Names that collide are told apart by what stands above them.
std::string_view above_of(const StepShown& shown, const units::Unit& unit) {
  const auto found = shown.above.find(unit.parent);
  return found == shown.above.end() ? std::string_view() : std::string_view(found->second);
}

Fragment unit_choice(const html::View& view, const StepShown& shown) {
  html::Choices group{
      .name = "unit",
      .legend = {view("feedback.form.where.which"_t), html::Size::m},
      .error = html::error_for(view, error_of(shown), "unit"),
      // The code of a unit that has ended stands for the one that took over.
      .values = {shown.unit ? std::string_view(shown.unit->code) : shown.draft.text("unit")},
      .arrangement = html::Arrangement::rows};
  const auto add = [&](const units::Unit& unit) {
    group.choices.push_back({.value = unit.code,
                             .text = in_language(view, unit.name, unit.name_en),
                             .hint = above_of(shown, unit)});
  };
  if (shown.unit) add(*shown.unit);
  for (const units::Unit& unit : shown.found)
    if (!shown.unit || unit.id != shown.unit->id) add(unit);
  group.choices.push_back({.value = "",
                           .text = view("feedback.form.where.unknown"_t),
                           .hint = view("feedback.form.where.unknown_hint"_t)});
  return html::radios(view, group);
}

Fragment unit_list(const html::View& view, const StepShown& shown) {
  html::Select select{.name = "unit_list",
                      .label = {view("feedback.form.where.list"_t)},
                      .options = {{"", view("feedback.form.where.list_none"_t)}}};
  for (const units::Unit& unit : shown.all_units)
    select.options.push_back({unit.code, in_language(view, unit.name, unit.name_en)});
  return html::select(view, select);
}

Fragment where_fields(const html::View& view, const StepShown& shown) {
  const Draft& draft = shown.draft;
  Fragment fields =
      html::input(view, {.name = "q",
                         .label = {view("feedback.form.where.search"_t), html::Size::m},
                         .hint = view("feedback.form.where.search_hint"_t),
                         .value = shown.query,
                         .autocomplete = "off"});
  fields += html::button({.text = view("feedback.form.where.find"_t),
                          .kind = html::ButtonKind::secondary,
                          .icon_before = "search",
                          .name = "search",
                          .value = "yes"});
  if (!shown.query.empty())
    fields.add(R"(<p role="status">{}</p>)",
               shown.found.empty()
                   ? std::string(view("feedback.form.where.none"_t))
                   : view.voice.counted("feedback.form.where.found"_t,
                                        static_cast<std::int64_t>(shown.found.size())));
  fields += unit_choice(view, shown);
  if (shown.found.empty() && !shown.unit) fields += unit_list(view, shown);
  if (draft.text("about") == "procedure") {
    html::Select select{.name = "procedure",
                        .label = {view("feedback.form.where.procedure"_t)},
                        .error = html::error_for(view, error_of(shown), "procedure"),
                        .value = draft.text("procedure"),
                        .options = {{"", view("feedback.form.where.procedure_none"_t)}}};
    for (const units::Procedure& each : shown.procedures)
      select.options.push_back({each.code, in_language(view, each.name, each.name_en)});
    fields += html::select(view, select);
    fields += html::input(
        view, {.name = "dossier",
               .label = {.text = view("feedback.form.where.dossier"_t), .is_optional = true},
               .error = html::error_for(view, error_of(shown), "dossier"),
               .value = draft.text("dossier"),
               .width = 20});
  }
  if (draft.text("about") != "place")
    fields += html::input(
        view, {.name = "counter",
               .label = {.text = view("feedback.form.where.counter"_t), .is_optional = true},
               .error = html::error_for(view, error_of(shown), "counter"),
               .value = draft.text("counter"),
               .width = 10});
  fields += html::input(
      view, {.name = "place",
             .label = {.text = view("feedback.form.where.place"_t), .is_optional = true},
             .hint = view("feedback.form.where.place_hint"_t),
             .error = html::error_for(view, error_of(shown), "place"),
             .value = draft.text("place")});
  fields += html::input(
      view, {.name = "position",
             .label = {.text = view("feedback.form.where.position"_t), .is_optional = true},
             .hint = view("feedback.form.where.position_hint"_t),
             .error = html::error_for(view, error_of(shown), "position"),
             .value = draft.text("position"),
             .width = 20,
             .autocomplete = "off"});
  // Shown by the module where the browser can tell.
  fields.add(R"(<p><button type="button" class="govuk-button govuk-button--secondary")"
             R"( data-position="position" data-failed="{}" hidden>{}{}</button></p>)",
             view("feedback.form.where.position_failed"_t), html::icon("map-pin"),
             view("feedback.form.where.position_use"_t));
  return fields;
}

Fragment file_list(const html::View& view, const StepShown& shown) {
  if (shown.files.empty()) return {};
  return html::fill(R"(<ul class="files">{}</ul>)", [&](Fragment& list) {
    for (const attachment::Attachment& file : shown.files) {
      const std::string remove = view.voice("feedback.form.story.remove"_t, {{"name", file.name}});
      list.add(R"(<li>{} <span>{} ({})</span> {}</li>)", html::icon("paperclip"), file.name,
               view.voice.bytes(file.size),
               html::button({.text = remove,
                             .kind = html::ButtonKind::secondary,
                             .name = "remove",
                             .value = file.token,
                             .is_quiet = true}));
    }
  });
}

Fragment file_fields(const html::View& view, const StepShown& shown) {
  Fragment fields = html::fill(R"(<h2 class="h-m">{}</h2>)", view("feedback.form.story.files"_t));
  fields += file_list(view, shown);
  if (shown.files.size() >= attachment::count_max) return fields;
  fields += html::note({.kind = html::NoteKind::warn,
                        .heading = view("feedback.form.story.files_kept_title"_t),
                        .body = html::fill("<p>{}</p>", view("feedback.form.story.files_kept"_t))});
  fields += html::file_upload(
      view, {.name = "files",
             .label = {.text = view("feedback.form.story.files_label"_t), .is_optional = true},
             .hint = view("feedback.form.story.files_hint"_t),
             .error = html::error_for(view, error_of(shown), "files"),
             .accept = attachment::accept,
             .is_multiple = true,
             .size_max = static_cast<std::int64_t>(attachment::size_max),
             .files_max = static_cast<int>(attachment::count_max - shown.files.size())});
  fields += html::file_upload(
      view, {.name = "recording",
             .label = {.text = view("feedback.form.story.recording"_t), .is_optional = true},
             .hint = view("feedback.form.story.recording_hint"_t),
             .error = html::error_for(view, error_of(shown), "recording"),
             .accept = "audio/*",
             .size_max = static_cast<std::int64_t>(attachment::size_max),
             .files_max = 1});
  // Shown by the module where the browser can record.
  fields.add(
      R"(<button type="button" class="govuk-button govuk-button--secondary")"
      R"( data-record="recording" data-seconds-max="180" hidden>{}<span data-label>{}</span>)"
      R"(</button>)",
      html::icon("mic"), view("feedback.form.story.record"_t));
  return fields;
}

}  // namespace

Fragment extra_field(const html::View& view,
                     const Draft& draft,
                     const TopicQuestion& question,
                     const Error* error) {
  const std::string name = "extra_" + question.code;
  const html::Question label{.text = in_language(view, question.text_vi, question.text_en),
                             .is_optional = !question.is_required};
  if (question.form == AnswerForm::choice) {
    html::Select select{.name = name,
                        .label = label,
                        .error = html::error_for(view, error, name),
                        .value = draft.text(name)};
    select.options.push_back({"", view("feedback.form.story.choose"_t)});
    for (std::size_t i = 0; i < question.choices_vi.size(); ++i)
      select.options.push_back({question.choices_vi[i],
                                in_language(view, question.choices_vi[i], question.choices_en[i])});
    return html::select(view, select);
  }
  const bool is_number = question.form == AnswerForm::number;
  return html::input(
      view, {.name = name,
             .label = label,
             .hint = question.form == AnswerForm::day ? view("feedback.form.story.day_form"_t)
                                                      : std::string_view(),
             .error = html::error_for(view, error, name),
             .value = draft.text(name),
             .width = question.form == AnswerForm::text ? 0 : 10,
             .inputmode = is_number ? std::string_view("numeric") : std::string_view()});
}

namespace {

Fragment story_fields(const html::View& view, const StepShown& shown) {
  const Draft& draft = shown.draft;
  const Error* error = error_of(shown);
  Fragment fields;
  if (text::has_citizen_id(draft.text("body")))
    fields += html::note({.kind = html::NoteKind::warn,
                          .heading = view("feedback.form.citizen_id.heading"_t),
                          .body = html::fill("<p>{}</p>", view("feedback.form.citizen_id.body"_t)),
                          .is_status = true});
  fields += html::textarea(view, {.name = "body",
                                  .label = {view("feedback.form.story.body"_t), html::Size::m},
                                  .hint = view("feedback.form.story.body_hint"_t),
                                  .error = html::error_for(view, error, "body"),
                                  .value = draft.text("body"),
                                  .rows = 8,
                                  .chars_max = static_cast<int>(body_chars_max)});
  for (const TopicQuestion& question : shown.questions)
    fields += extra_field(view, draft, question, error);
  fields += html::date_input(view, {.name = "happened",
                                    .legend = {.text = view("feedback.form.story.day"_t),
                                               .size = html::Size::m,
                                               .is_optional = true},
                                    .hint = view("feedback.form.story.day_hint"_t),
                                    .error = html::error_for(view, error, "day"),
                                    .day = draft.text("happened-day"),
                                    .month = draft.text("happened-month"),
                                    .year = draft.text("happened-year")});
  fields += html::input(
      view, {.name = "title",
             .label = {.text = view("feedback.form.story.title"_t), .is_optional = true},
             .hint = view("feedback.form.story.title_hint"_t),
             .error = html::error_for(view, error, "title"),
             .value = draft.text("title")});
  fields += file_fields(view, shown);
  return fields;
}

Fragment contact_fields(const html::View& view, const StepShown& shown) {
  const Draft& draft = shown.draft;
  const Error* error = error_of(shown);
  const bool about_conduct = draft.text("about") == "conduct";
  const std::string_view chosen = draft.text("protected");
  const std::string_view guarded = chosen.empty() ? (about_conduct ? "yes" : "no") : chosen;
  Fragment fields = html::radios(
      view, {.name = "protected",
             .legend = {view("feedback.form.contact.protected"_t), html::Size::m},
             .hint = view(about_conduct ? "feedback.form.contact.protected_hint_conduct"_t
                                        : "feedback.form.contact.protected_hint"_t),
             .choices = {{.value = "yes",
                          .text = view("feedback.form.contact.protected_yes"_t),
                          .hint = view("feedback.form.contact.protected_yes_hint"_t)},
                         {.value = "no",
                          .text = view("feedback.form.contact.protected_no"_t),
                          .hint = view("feedback.form.contact.protected_no_hint"_t)}},
             .values = {guarded},
             .arrangement = html::Arrangement::rows});
  fields += html::input(view, {.name = "contact",
                               .label = {.text = view("feedback.form.contact.contact"_t),
                                         .size = html::Size::m,
                                         .is_optional = true},
                               .hint = view("feedback.form.contact.contact_hint"_t),
                               .error = html::error_for(view, error, "contact"),
                               .value = draft.text("contact"),
                               .autocomplete = "tel"});
  fields += html::radios(
      view, {.name = "public",
             .legend = {.text = view("feedback.form.contact.public"_t),
                        .size = html::Size::m,
                        .is_optional = true},
             .hint = view("feedback.form.contact.public_hint"_t),
             .choices = {{.value = "yes", .text = view("feedback.form.contact.public_yes"_t)},
                         {.value = "no", .text = view("feedback.form.contact.public_no"_t)}},
             .values = {draft.text("public")},
             .arrangement = html::Arrangement::rows});
  fields += html::input(
      view, {.name = "recurs_of",
             .label = {.text = view("feedback.form.contact.recurs"_t), .is_optional = true},
             .hint = view("feedback.form.contact.recurs_hint"_t),
             .error = html::error_for(view, error, "recurs_of"),
             .value = draft.text("recurs_of"),
             .width = 20,
             .autocomplete = "off",
             .spellcheck = false,
             .more_class = "code-input"});
  return fields;
}

Fragment fields_of(const html::View& view, const StepShown& shown) {
  switch (shown.step) {
    case Step::about: return about_fields(view, shown);
    case Step::topic: return topic_fields(view, shown);
    case Step::where: return where_fields(view, shown);
    case Step::story: return story_fields(view, shown);
    case Step::nature: return nature_fields(view, shown);
    case Step::contact: return contact_fields(view, shown);
    case Step::check: return {};
  }
  return {};
}

Fragment help_column(const html::View& view, const StepShown& shown) {
  Fragment side;
  if (shown.unit)
    side += html::card({.icon_name = "map-pin",
                        .heading = view("feedback.form.side.unit"_t),
                        .body = html::fill("<p>{}</p>", in_language(view, shown.unit->name,
                                                                    shown.unit->name_en))});
  side += html::card({.icon_name = "shield-check",
                      .heading = view("feedback.form.side.guard"_t),
                      .body = html::fill("<p>{}</p>", view("feedback.form.side.guard_text"_t)),
                      .is_tinted = true});
  side +=
      html::card({.icon_name = "circle-help",
                  .heading = view("feedback.form.side.hard"_t),
                  .body = html::fill(R"(<p>{}</p><p><a href="{}">{}</a></p>)",
                                     view("feedback.form.side.hard_text"_t), Url::in(view, "/help"),
                                     view("feedback.form.side.help"_t))});
  return side;
}

void gather_where(db::Read& read, StepShown& shown, std::string_view query, Instant now) {
  const Day today = local_day(now);
  shown.query = query;
  if (!query.empty())
    for (units::Found& found :
         units::search(read, {.query = query, .day = today, .limit = found_max}))
      shown.found.push_back(std::move(found.unit));
  if (shown.found.empty() && !shown.unit)
    for (const units::Kind kind : {units::Kind::commune, units::Kind::department})
      for (units::Unit& unit : units::of_kind(read, kind, today))
        shown.all_units.push_back(std::move(unit));
  const auto name_above = [&](const units::Unit& unit) {
    if (unit.parent.value == 0 || shown.above.contains(unit.parent)) return;
    if (const auto parent = units::find(read, unit.parent))
      shown.above.emplace(unit.parent, parent->name);
  };
  for (const units::Unit& unit : shown.found) name_above(unit);
  if (shown.unit) name_above(*shown.unit);
  shown.procedures =
      shown.unit ? units::procedures_of(read, *shown.unit, today) : units::procedures(read, today);
  // A unit without a catalogue of its own is asked about with the whole one.
  if (shown.procedures.empty()) shown.procedures = units::procedures(read, today);
}

}  // namespace

StepShown gather_step(db::Read& read, Draft draft, Step step, std::string_view query, Instant now) {
  StepShown shown{.step = step, .draft = std::move(draft)};
  shown.steps = steps_of(read, shown.draft);
  const auto about = from_word(all_abouts, shown.draft.text("about"));
  if (const std::string_view code = shown.draft.text("unit"); !code.empty())
    shown.unit = units::find_or_heir(read, code, local_day(now));
  if (step == Step::topic)
    for (Topic& topic : all_topics(read))
      if (about && topic.about == *about) shown.topics.push_back(std::move(topic));
  if (step == Step::where) gather_where(read, shown, query, now);
  if (step == Step::story) {
    shown.questions = topic_questions(read, shown.draft.text("topic"));
    for (attachment::Attachment& file : attachment::list(read, shown.draft.owner()))
      if (!file.removed_at) shown.files.push_back(std::move(file));
  }
  return shown;
}

std::string step_page(const html::View& view, const StepShown& shown, const Fragment& inside) {
  const auto at = std::ranges::find(shown.steps, shown.step);
  const std::string_view heading = view(heading_of(shown.step));
  const Error* error = error_of(shown);
  Fragment before;
  if (const auto back = step_before(shown.steps, shown.step); back && !shown.draft.token.empty())
    before = html::back_link(view, Url::in(view, path_of(shown.draft, *back)));
  Fragment body = html::error_summary(view, error, {{"day", "happened-day"}});
  // Before somebody has typed everything, and not only when it is refused.
  if (!ledger::may_write().ok())
    body += html::note({.kind = html::NoteKind::stop,
                        .heading = view("ledger.stopped"_t),
                        .body = html::fill("<p>{}</p>", at == shown.steps.begin()
                                                            ? view("ledger.stopped_first"_t)
                                                            : view("ledger.stopped_form"_t))});
  body += html::step(view, {.now = static_cast<int>(at - shown.steps.begin()) + 1,
                            .all = static_cast<int>(shown.steps.size()),
                            .heading = heading});
  body += inside;
  const std::string title = view.voice("feedback.form.page_title"_t, {{"step", heading}});
  return html::page(view, {.title = title,
                           .here = "/feedback/new",
                           .body = html::columns({.before = std::move(before),
                                                  .body = std::move(body),
                                                  .side = help_column(view, shown),
                                                  .side_label = view("feedback.form.side"_t)}),
                           .has_errors = error != nullptr,
                           .is_unlisted = true});
}

std::string step_html(const html::View& view, const StepShown& shown) {
  Fragment fields;
  // Enter sends with the first button of a form, and that must not be one which removes a file.
  if (shown.step == Step::story && !shown.files.empty())
    fields.add(R"(<button type="submit" class="vh" tabindex="-1" aria-hidden="true">{}</button>)",
               view("form.continue"_t));
  fields += fields_of(view, shown);
  fields += html::continue_button(view);
  const bool is_new = shown.draft.token.empty();
  const std::string path = is_new ? std::string("/feedback/new") : path_of(shown.draft, shown.step);
  const std::string kept = std::string(to_text(shown.step)) + "-" + shown.draft.token;
  return step_page(view, shown,
                   html::form(view, {.action = Url::in(view, path),
                                     .body = std::move(fields),
                                     .is_multipart = shown.step == Step::story,
                                     .draft = shown.step == Step::story ? std::string_view(kept)
                                                                        : std::string_view()}));
}

}  // namespace ln::feedback
