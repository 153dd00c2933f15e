#include "feature/feedback/feedback_pages_intake_form.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_pages_due.h"
#include "feature/feedback/feedback_pages_form_steps.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_store_intake.h"
#include "feature/feedback/feedback_store_settings.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"

namespace ln::feedback::help {
namespace {

using html::Fragment;
using html::View;

constexpr std::array common_names = {
    "about",         "kind",    "from",   "topic", "unit",         "dossier",
    "counter",       "place",   "body",   "title", "happened-day", "happened-month",
    "happened-year", "contact", "public", "once",  "protected",    "asked"};
constexpr std::array desk_names = {"channel",      "paper",       "stated-day",
                                   "stated-month", "stated-year", "stated-at"};
constexpr std::size_t once_letters = 26;
constexpr std::string_view extra_prefix = "extra_";
constexpr std::size_t extra_name_max = 60;
// A browser may keep a report for so long before it can send it.
constexpr std::chrono::days kept_offline_max{7};

const Error* error_in(const FormShown& shown) { return shown.error ? &*shown.error : nullptr; }

// Two figures may begin with a zero, as many people write them.
std::optional<std::int64_t> figure(std::string_view text) {
  text = trimmed(text);
  if (text.size() == 2 && text.front() == '0') text.remove_prefix(1);
  return parse_number(text);
}

void check_stated(const Draft& answers, Intake& intake, FieldErrors& errors, Instant now) {
  // Written by the script that keeps reports without a network: when the clerk pressed the button.
  if (const auto at = parse_number(answers.text("stated-at"))) {
    const Instant stated = from_ms(*at);
    if (stated <= now && stated > now - kept_offline_max) {
      intake.stated_at = stated;
      intake.stated_on = local_day(stated);
    }
  }
  const std::string_view d = answers.text("stated-day"), m = answers.text("stated-month"),
                         y = answers.text("stated-year");
  if (trimmed(d).empty() && trimmed(m).empty() && trimmed(y).empty()) return;
  const auto day = figure(d), month = figure(m), year = figure(y);
  const bool is_near = day && month && year && *day > 0 && *day <= 31 && *month > 0 &&
                       *month <= 12 && *year >= 1990 && *year <= 9999;
  const std::chrono::year_month_day date(
      std::chrono::year(is_near ? static_cast<int>(*year) : 0),
      std::chrono::month(is_near ? static_cast<unsigned>(*month) : 0),
      std::chrono::day(is_near ? static_cast<unsigned>(*day) : 0));
  if (!date.ok())
    errors.add("stated", "feedback.error.day_wrong"_t);
  else if (Day{date} > local_day(now))
    errors.add("stated", "feedback.error.day_future"_t);
  else
    intake.stated_on = Day{date};
}

void check_paper(
    db::Read& read, const Draft& answers, Checked& checked, FieldErrors& errors, Instant now) {
  const std::string_view typed = trimmed(answers.text("paper"));
  if (typed.empty()) {
    if (checked.intake.channel == Channel::paper)
      errors.add("paper", "feedback.error.paper_missing"_t);
    return;
  }
  const auto code = Code::parse(typed);
  checked.paper = code ? find_paper(read, *code) : std::nullopt;
  if (const auto wrong = wrong_with_paper(checked.paper, now)) {
    errors.add("paper", *wrong);
    return;
  }
  checked.intake.channel = Channel::paper;
}

Fragment desk_fields(const View& view, const FormShown& shown) {
  const Draft& a = shown.answers;
  html::Choices channels{.name = "channel",
                         .legend = {view("feedback.intake.channel"_t), html::Size::m},
                         .error = html::error_for(view, error_in(shown), "channel"),
                         .values = {a.text("channel")},
                         .arrangement = html::Arrangement::rows};
  for (const Channel each : all_channels)
    channels.choices.push_back({.value = to_text(each), .text = view(key_of(each))});
  Fragment out = html::radios(view, channels);
  out += html::input(view, {.name = "paper",
                            .label = {.text = view("feedback.intake.paper"_t), .is_optional = true},
                            .hint = view("feedback.intake.paper_hint"_t),
                            .error = html::error_for(view, error_in(shown), "paper"),
                            .value = a.text("paper"),
                            .width = 20,
                            .autocomplete = "off",
                            .spellcheck = false,
                            .more_class = "code-input"});
  out += html::date_input(
      view, {.name = "stated",
             .legend = {.text = view("feedback.intake.stated_when"_t), .is_optional = true},
             .hint = view("feedback.intake.stated_hint"_t),
             .error = html::error_for(view, error_in(shown), "stated"),
             .day = a.text("stated-day"),
             .month = a.text("stated-month"),
             .year = a.text("stated-year")});
  return out;
}

Fragment what_fields(const View& view, const FormShown& shown) {
  const Draft& a = shown.answers;
  html::Choices abouts{.name = "about",
                       .legend = {view("feedback.form.about.heading"_t), html::Size::m},
                       .error = html::error_for(view, error_in(shown), "about"),
                       .values = {a.text("about")},
                       .arrangement = html::Arrangement::rows};
  for (const About each : all_abouts)
    abouts.choices.push_back({.value = to_text(each), .text = view(key_of(each))});
  Fragment out = html::radios(view, abouts);
  html::Select topics{.name = "topic",
                      .label = {.text = view("feedback.form.check.topic"_t), .is_optional = true},
                      .error = html::error_for(view, error_in(shown), "topic"),
                      .value = a.text("topic"),
                      .options = {{"", view("feedback.form.topic.none"_t)}}};
  for (const Topic& topic : shown.topics)
    topics.options.push_back(
        {.value = topic.code, .text = name_of(view, topic), .group = view(key_of(topic.about))});
  out += html::select(view, topics);
  html::Select kinds{
      .name = "kind", .label = {view("feedback.form.kind"_t)}, .value = a.text("kind")};
  for (const Kind each : all_kinds) kinds.options.push_back({to_text(each), view(key_of(each))});
  out += html::select(view, kinds);
  html::Select senders{
      .name = "from", .label = {view("feedback.form.from"_t)}, .value = a.text("from")};
  for (const Sender each : all_senders)
    senders.options.push_back({to_text(each), view(key_of(each))});
  out += html::select(view, senders);
  html::Select units{.name = "unit",
                     .label = {.text = view("feedback.form.check.unit"_t), .is_optional = true},
                     .error = html::error_for(view, error_in(shown), "unit"),
                     .value = a.text("unit"),
                     .options = {{"", view("feedback.form.where.unknown"_t)}}};
  for (const units::Unit& unit : shown.units)
    units.options.push_back({unit.code, in_language(view, unit.name, unit.name_en)});
  out += html::select(view, units);
  return out;
}

// What the chosen topic asks besides; "asked" says that its questions stood on the form.
Fragment question_fields(const View& view, const FormShown& shown) {
  if (shown.questions.empty()) return {};
  Fragment fields = html::hidden("asked", shown.answers.text("topic"));
  for (const TopicQuestion& question : shown.questions)
    fields += extra_field(view, shown.answers, question, error_in(shown));
  return html::fieldset(view, {.legend = {view("feedback.intake.questions"_t), html::Size::m},
                               .body = std::move(fields)});
}

Fragment story_fields(const View& view, const FormShown& shown) {
  const Draft& a = shown.answers;
  const Error* error = error_in(shown);
  Fragment out =
      html::textarea(view, {.name = "body",
                            .label = {view("feedback.form.story.body"_t), html::Size::m},
                            .hint = view(shown.place == Place::desk ? "feedback.intake.body_hint"_t
                                                                    : "feedback.kiosk.body_hint"_t),
                            .error = html::error_for(view, error, "body"),
                            .value = a.text("body"),
                            .rows = 8,
                            .chars_max = static_cast<int>(body_chars_max),
                            .autocomplete = "off"});
  const auto line = [&](std::string_view name, TextKey label, int width) {
    out += html::input(view, {.name = name,
                              .label = {.text = view(label), .is_optional = true},
                              .error = html::error_for(view, error, name),
                              .value = a.text(name),
                              .width = width,
                              .autocomplete = "off"});
  };
  line("place", "feedback.form.where.place"_t, 0);
  line("dossier", "feedback.form.where.dossier"_t, 20);
  line("counter", "feedback.form.where.counter"_t, 10);
  out += html::date_input(
      view, {.name = "happened",
             .legend = {.text = view("feedback.form.story.day"_t), .is_optional = true},
             .error = html::error_for(view, error, "day"),
             .day = a.text("happened-day"),
             .month = a.text("happened-month"),
             .year = a.text("happened-year")});
  return out;
}

Fragment person_fields(const View& view, const FormShown& shown) {
  const Draft& a = shown.answers;
  const auto choice = [&](std::string_view name, TextKey legend, TextKey yes, TextKey no) {
    return html::radios(
        view, {.name = name,
               .legend = {.text = view(legend), .is_optional = true},
               .choices = {{.value = "yes", .text = view(yes)}, {.value = "no", .text = view(no)}},
               .values = {a.text(name)},
               .arrangement = html::Arrangement::rows});
  };
  Fragment out =
      choice("protected", "feedback.form.contact.protected"_t,
             "feedback.form.contact.protected_yes"_t, "feedback.form.contact.protected_no"_t);
  out.add(R"(<p class="small">{}</p>)", view("feedback.intake.protected_default"_t));
  out += html::input(
      view, {.name = "contact",
             .label = {.text = view("feedback.form.contact.contact"_t), .is_optional = true},
             .hint = view("feedback.intake.contact_hint"_t),
             .error = html::error_for(view, error_in(shown), "contact"),
             .value = a.text("contact"),
             .autocomplete = "off"});
  out += choice("public", "feedback.form.contact.public"_t, "feedback.form.contact.public_yes"_t,
                "feedback.form.contact.public_no"_t);
  return out;
}

}  // namespace

Draft answers_of(Place place, const http::Fields& form) {
  Draft answers;
  for (const char* name : common_names) answers.set(name, form.text(name));
  for (const auto& [name, value] : form.items())
    if (name.starts_with(extra_prefix) && name.size() < extra_name_max) answers.set(name, value);
  if (place == Place::desk)
    for (const char* name : desk_names) answers.set(name, form.text(name));
  return answers;
}

bool asks_first(db::Read& read, const Draft& answers) {
  const std::string_view topic = answers.text("topic");
  return answers.text("asked") != topic && !topic_questions(read, topic).empty();
}

FormShown gather_form(db::Read& read, Place place, Draft answers, Instant now) {
  FormShown shown{.place = place, .answers = std::move(answers)};
  shown.topics = all_topics(read);
  shown.questions = topic_questions(read, shown.answers.text("topic"));
  std::ranges::stable_sort(shown.topics, {}, &Topic::about);
  for (const units::Kind kind : {units::Kind::city, units::Kind::commune, units::Kind::department})
    for (units::Unit& unit : units::of_kind(read, kind, local_day(now)))
      shown.units.push_back(std::move(unit));
  return shown;
}

Fragment form_html(const View& view, const FormShown& shown, const html::Url& action) {
  Fragment fields;
  if (shown.place == Place::desk) fields += desk_fields(view, shown);
  fields += what_fields(view, shown);
  fields += question_fields(view, shown);
  fields += story_fields(view, shown);
  fields += person_fields(view, shown);
  fields += html::hidden("once", shown.answers.text("once"));
  if (!shown.answers.text("stated-at").empty())
    fields += html::hidden("stated-at", shown.answers.text("stated-at"));
  fields += html::button(
      {.text = view("feedback.intake.read_back"_t), .icon_after = "arrow-right", .is_big = true});
  Fragment out;
  if (shown.asks_more)
    out += html::note({.kind = html::NoteKind::info,
                       .body = html::fill("<p>{}</p>", view("feedback.intake.asks_more"_t)),
                       .is_status = true});
  out += html::error_summary(view, error_in(shown),
                             {{"day", "happened-day"}, {"stated", "stated-day"}});
  const Fragment form =
      html::form(view, {.action = action, .body = std::move(fields), .id = "intake"});
  // Only at a counter the browser may keep what cannot be sent (assets/src/js/queue.js).
  if (shown.place == Place::desk)
    out.add("<div data-queue>{}</div>", form);
  else
    out += form;
  return out;
}

Result<Checked> check(
    db::Read& read, Place place, const Draft& answers, bool english, Random& random, Instant now) {
  FieldErrors errors;
  Checked checked{
      .prepared = {.feedback = {.code = Code::draw(random)}, .spare_code = Code::draw(random)}};
  if (place == Place::desk) {
    if (const auto channel = from_word(all_channels, answers.text("channel")))
      checked.intake.channel = *channel;
    else if (trimmed(answers.text("paper")).empty())
      errors.add("channel", "feedback.error.channel_missing"_t);
    check_paper(read, answers, checked, errors, now);
    check_stated(answers, checked.intake, errors, now);
  }
  Typed typed = answers.typed(english);
  // A topic says by itself what the report is about.
  if (typed.about.empty() && !typed.topic.empty())
    if (const auto topic = find_topic(read, typed.topic)) typed.about = to_text(topic->about);
  auto prepared = prepare(read, typed, random, now);
  if (!prepared.ok()) {
    if (prepared.error().kind != ErrorKind::invalid) return std::move(prepared).error();
    for (const FieldError& each : prepared.error().fields) errors.add(each.field, each.text);
  }
  if (!errors.empty()) return errors.take();
  checked.prepared = std::move(prepared).value();
  if (checked.paper) put_on_paper(checked.prepared, *checked.paper);
  const Feedback& f = checked.prepared.feedback;
  for (const TopicQuestion& question : topic_questions(read, checked.prepared.topic.code))
    for (const auto& [code, answer] : checked.prepared.extras)
      if (code == question.code)
        checked.extras.emplace_back(english ? question.text_en : question.text_vi, answer);
  if (const auto unit = units::find(read, f.object_unit)) checked.object = unit->name;
  if (const auto unit = units::find(read, f.unit)) checked.handler = unit->name;
  return checked;
}

Fragment aloud_html(const View& view, const Checked& checked) {
  const Prepared& p = checked.prepared;
  const Feedback& f = p.feedback;
  Fragment rows;
  const auto say = [&](TextKey key, const Fragment& value) {
    if (!value.empty()) rows.add("<div><dt>{}</dt><dd>{}</dd></div>", view(key), value);
  };
  const auto say_text = [&](TextKey key, std::string_view value) {
    if (!value.empty()) say(key, html::fill("{}", value));
  };
  say_text("feedback.form.check.about"_t, view(key_of(f.about)));
  if (!p.topic.code.empty()) say_text("feedback.form.check.topic"_t, name_of(view, p.topic));
  say_text("feedback.form.check.unit"_t, checked.object);
  for (const auto& [question, answer] : checked.extras)
    rows.add("<div><dt>{}</dt><dd>{}</dd></div>", question, answer);
  say("feedback.form.story.body"_t, html::paragraphs(f.body));
  say_text("feedback.form.where.place"_t, f.place);
  say_text("feedback.form.where.dossier"_t, f.dossier);
  say_text("feedback.form.where.counter"_t, f.counter);
  if (f.happened_on) say_text("feedback.form.story.day"_t, view.voice.date(*f.happened_on));
  say_text("feedback.form.contact.protected"_t,
           view(f.is_protected ? "feedback.form.contact.protected_yes"_t
                               : "feedback.form.contact.protected_no"_t));
  say_text("feedback.form.contact.contact"_t,
           p.contact ? p.contact->is_sealed() ? view("feedback.intake.contact_sealed"_t)
                                              : std::string_view(p.contact->plain)
                     : view("feedback.intake.contact_none"_t));
  say_text("feedback.form.contact.public"_t,
           view(f.is_public ? "feedback.form.contact.public_yes"_t
                            : "feedback.form.contact.public_no"_t));
  say_text("feedback.intake.who_answers"_t, checked.handler);
  say_text("feedback.intake.by_when"_t, view.voice.moment(f.due_at));
  return html::fill(R"(<dl class="aloud">{}</dl>)", rows);
}

Fragment carried(const Draft& answers) {
  Fragment out;
  for (const auto& [name, value] : answers.answers) out += html::hidden(name, value);
  return out;
}

std::optional<std::string> once_key(std::string_view token) {
  if (token.size() != once_letters || token.find_first_not_of(Code::letters) != token.npos)
    return std::nullopt;
  return "feedback.intake:" + std::string(token);
}

}  // namespace ln::feedback::help
