#include "core/settings/settings_pages_site.h"

#include <functional>
#include <vector>

#include "base/text.h"
#include "core/attachment/attachment_prepare.h"
#include "core/settings/settings_actions.h"
#include "core/settings/settings_actions_site.h"
#include "core/settings/settings_pages_dress.h"
#include "core/settings/settings_pages_parts.h"
#include "core/settings/settings_store.h"
#include "platform/html/parts.h"
#include "platform/http/http_shelf.h"

namespace ln::settings {
namespace {

using html::Fragment;
using html::Url;
using html::View;

Error site_city_only() { return {ErrorKind::forbidden, "settings.error.city_only"_t}; }

// What stands below each form: the change that waits, and one press back to what was before.
// Read while reading is possible.
struct SiteState {
  std::string code{}, seen{};  // the value now
  std::string waits{};         // the day of a change that waits
  std::int64_t undoable = 0;   // the change that can be taken back; 0: none
};

SiteState state_of(const View& view, db::Read& read, std::string_view code) {
  SiteState state{.code = std::string(code), .seen = site_value(read, code)};
  if (const auto waits = waiting(read, site_list, code)) {
    state.waits = view.voice.date(waits->from);
    state.undoable = waits->id;
  } else if (const auto last = last_applied(read, site_list, code)) {
    state.undoable = last->id;
  }
  return state;
}

Fragment put_back_form(const View& view, const SiteState& state) {
  Fragment out;
  if (!state.waits.empty())
    out += html::note({.body = html::fill("<p>{}</p>", view.voice("settings.unit_waits"_t,
                                                                  {{"day", state.waits}}))});
  if (state.undoable == 0) return out;
  Fragment body = html::hidden("undo", std::to_string(state.undoable));
  body += html::button(
      {.text = view("settings.site_back"_t), .kind = html::ButtonKind::secondary, .once = true});
  out +=
      html::form(view, {.action = Url::in(view, "/staff/administration"), .body = std::move(body)});
  return out;
}

std::string site_html(
    const Filled& form, const SiteState& state, TextKey title, TextKey lead, Fragment inside) {
  const View& view = form.view;
  Fragment body = html::back_link(view, Url::in(view, "/staff/administration"));
  body += html::error_summary(view, form.error, {{"from", "from-day"}});
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>{}{})", view(title), view(lead), inside,
           put_back_form(view, state));
  return frame(view, view(title), std::move(body), form.error != nullptr);
}

// Texts.

Fragment texts_form(const Filled& form, const SiteState& state) {
  const View& view = form.view;
  Fragment fields = html::hidden("seen", state.seen);
  const auto pair = [&](const char* vi, const char* en, TextKey legend, TextKey hint) {
    Fragment both = form.line(vi, "settings.in_vietnamese"_t);
    both += form.line(en, "settings.in_english"_t);
    const Fragment explained = html::hint(view(hint));
    Fragment body = html::fill("{}{}", explained, both);
    fields +=
        html::fieldset(view, {.legend = {view(legend), html::Size::s}, .body = std::move(body)});
  };
  pair("city_vi", "city_en", "settings.site_city"_t, "settings.site_city_hint"_t);
  pair("lead_vi", "lead_en", "settings.site_lead"_t, "settings.site_text_hint"_t);
  pair("about_vi", "about_en", "settings.site_about"_t, "settings.site_text_hint"_t);
  pair("contact_vi", "contact_en", "settings.site_contact"_t, "settings.site_contact_hint"_t);
  fields += form.when();
  fields += html::button({.text = view("settings.save"_t), .once = true});
  return html::form(view, {.action = Url::in(view, "/staff/administration/site/texts"),
                           .body = std::move(fields)});
}

std::string texts_html(const Filled& form, const SiteState& state) {
  return site_html(form, state, "settings.texts"_t, "settings.texts_lead"_t,
                   texts_form(form, state));
}

// Theme.

// What the colours are put on: a header is above it anyway.
Fragment swatch(const View& view) {
  Fragment inside;
  inside.add(R"(<h2 class="h-m">{}</h2><p>{} <a href="{}">{}</a></p>)",
             view("settings.theme_shown"_t), view("settings.theme_shown_text"_t),
             Url::in(view, "/"), view("site.nav.home"_t));
  inside.add(R"(<p class="row">{} {}</p>)",
             html::button({.text = view("settings.theme_button"_t), .is_inert = true}),
             html::badge(html::Tone::info, "info", view("settings.theme_shown"_t)));
  return html::card({.body = std::move(inside), .is_tinted = true});
}

std::string colour_id(std::string_view name) { return "colour-" + std::string(name); }

Fragment theme_form(const Filled& form,
                    const SiteState& state,
                    const std::vector<std::pair<std::string, std::string>>& wrong) {
  const View& view = form.view;
  Fragment fields = html::hidden("seen", state.seen);
  const auto colour = [&](std::string_view name, TextKey label, TextKey hint) {
    std::string_view said = html::error_for(view, form.error, name);
    for (const auto& [field, text] : wrong)
      if (field == name) said = text;
    // The page itself has an element "main" already.
    const std::string id = colour_id(name);
    fields += html::input(view, {.name = name,
                                 .label = {view(label)},
                                 .hint = view(hint),
                                 .error = said,
                                 .value = form.typed.text(name),
                                 .id = id,
                                 .width = 10,
                                 .autocapitalize = "none",
                                 .spellcheck = false});
  };
  colour("ground", "settings.theme_ground"_t, "settings.theme_ground_hint"_t);
  colour("main", "settings.theme_main"_t, "settings.theme_main_hint"_t);
  colour("accent", "settings.theme_accent"_t, "settings.theme_accent_hint"_t);
  fields += form.when();
  fields.add(
      R"(<div class="actions">{}{}</div>)",
      html::button({.text = view("settings.site_preview"_t),
                    .kind = html::ButtonKind::secondary,
                    .name = "do",
                    .value = "preview"}),
      html::button({.text = view("settings.save"_t), .name = "do", .value = "save", .once = true}));
  return html::form(view, {.action = Url::in(view, "/staff/administration/site/theme"),
                           .body = std::move(fields)});
}

// Clashes say their ratio, so their sentences are made here and not looked up.
std::vector<std::pair<std::string, std::string>> spoken_clashes(const View& view,
                                                                const Theme& theme) {
  std::vector<std::pair<std::string, std::string>> all;
  for (const Clash& each : clashes(theme))
    all.emplace_back(each.field,
                     view.voice(each.what, {{"ratio", view.voice.decimal(each.ratio, 2)},
                                            {"least", view.voice.decimal(contrast_min, 1)}}));
  return all;
}

std::string theme_html(const Filled& form,
                       const SiteState& state,
                       const std::vector<std::pair<std::string, std::string>>& wrong = {}) {
  const View& view = form.view;
  Fragment body = html::back_link(view, Url::in(view, "/staff/administration"));
  if (!wrong.empty()) {
    html::ErrorSummary summary;
    std::vector<std::string> ids;
    for (const auto& [field, text] : wrong) ids.push_back(colour_id(field));
    for (std::size_t i = 0; i < wrong.size(); ++i)
      summary.errors.push_back({wrong[i].second, ids[i]});
    body += html::error_summary(view, summary);
  } else {
    body += html::error_summary(view, form.error,
                                {{"from", "from-day"},
                                 {"ground", colour_id("ground")},
                                 {"main", colour_id("main")},
                                 {"accent", colour_id("accent")}});
  }
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>{}<div class="sp">{}{}</div>)",
           view("settings.theme"_t), view("settings.theme_lead"_t), swatch(view),
           theme_form(form, state, wrong), put_back_form(view, state));
  return frame(view, view("settings.theme"_t), std::move(body),
               form.error != nullptr || !wrong.empty());
}

// Emblem.

Fragment emblem_form(const Filled& form, const SiteState& state, std::string_view shown) {
  const View& view = form.view;
  Fragment upload =
      html::file_upload(view, {.name = "file",
                               .label = {view("settings.emblem_file"_t)},
                               .hint = view("settings.emblem_hint"_t),
                               .error = html::error_for(view, form.error, "file"),
                               .accept = ".png,.webp,.jpg,.jpeg",
                               .size_max = static_cast<std::int64_t>(attachment::size_max)});
  upload +=
      html::button({.text = view("settings.site_preview"_t), .kind = html::ButtonKind::secondary});
  Fragment out = html::form(view, {.action = Url::in(view, "/staff/administration/site/emblem"),
                                   .body = std::move(upload),
                                   .is_multipart = true});
  // Nothing to put on, and nothing to take off.
  if (shown.empty() && state.seen == emblem_value("")) return out;
  Fragment fields = html::hidden("seen", state.seen);
  fields += html::hidden("picture", shown);
  fields += html::hidden("do", "save");
  fields += form.when();
  fields += html::button(
      {.text = shown.empty() ? view("settings.emblem_none"_t) : view("settings.emblem_save"_t),
       .once = true});
  out += html::form(view, {.action = Url::in(view, "/staff/administration/site/emblem"),
                           .body = std::move(fields)});
  return out;
}

// `shown` is the hash of the picture in the header of this page; empty: the mark of the house.
std::string emblem_html(const Filled& form, const SiteState& state, std::string_view shown) {
  return site_html(form, state, "settings.emblem"_t,
                   shown.empty() ? "settings.emblem_lead"_t : "settings.emblem_shown"_t,
                   emblem_form(form, state, shown));
}

// All three end alike: a change is written, and shown to everybody from then on.
using SiteAgain = std::function<std::string(const View& view, const Error& error)>;
http::Pending commit_site(const http::Request& request,
                          const people::Administrator& administrator,
                          const SiteChange& change,
                          Instant now,
                          SiteAgain again) {
  const View view = people::view_of(request, administrator.staff());
  const std::string back(Url::in(view, "/staff/administration").with("done", "1").view());
  return http::Pending::commit(
      [=](db::Write& write) { return change_site(write, administrator, change, now); },
      [&request, administrator, back, again](const Result<SiteNow>& done, std::string_view) {
        if (!done.ok())
          return http::page(status_of_form(done.error()),
                            again(people::view_of(request, administrator.staff()), done.error()));
        show_site(done.value());
        return http::see_other(back);
      });
}

SiteChange change_of_site(const http::Fields& form,
                          std::string_view code,
                          std::string value,
                          Instant now) {
  return {.code = std::string(code),
          .value = std::move(value),
          .seen = std::string(form.text("seen")),
          .from = typed_day(form, "from", local_day(now)).value_or(Day{}),
          .reason = typed(form, "reason")};
}

}  // namespace

Result<http::Response> texts_page(const http::Request& request,
                                  db::Read& read,
                                  people::Administrator administrator) {
  if (!may_change(administrator)) return site_city_only();
  const View view = people::view_of(request, administrator.staff());
  const SiteState state = state_of(view, read, texts_code);
  TRY(const SiteTexts texts, read_texts_value(state.seen));
  http::Fields fields;
  fields.add("city_vi", texts.city_vi);
  fields.add("city_en", texts.city_en);
  fields.add("lead_vi", texts.lead_vi);
  fields.add("lead_en", texts.lead_en);
  fields.add("about_vi", texts.about_vi);
  fields.add("about_en", texts.about_en);
  fields.add("contact_vi", texts.contact_vi);
  fields.add("contact_en", texts.contact_en);
  return http::page(200, texts_html({view, fields}, state));
}

Result<http::Pending> texts_post(const http::Request& request,
                                 db::Read& read,
                                 people::Administrator administrator,
                                 Instant now) {
  if (!may_change(administrator)) return site_city_only();
  const View view = people::view_of(request, administrator.staff());
  const SiteState state = state_of(view, read, texts_code);
  const http::Fields& form = request.form;
  const SiteTexts texts{.city_vi = typed(form, "city_vi"),
                        .city_en = typed(form, "city_en"),
                        .lead_vi = typed(form, "lead_vi"),
                        .lead_en = typed(form, "lead_en"),
                        .about_vi = typed(form, "about_vi"),
                        .about_en = typed(form, "about_en"),
                        .contact_vi = typed(form, "contact_vi"),
                        .contact_en = typed(form, "contact_en")};
  const SiteChange change = change_of_site(form, texts_code, value_of(texts), now);
  if (const auto fine = check_site_change(read, change, now); !fine.ok())
    return http::Pending::answer(
        http::page(422, texts_html({view, request.form, &fine.error()}, state)));
  return commit_site(request, administrator, change, now,
                     [&request, state](const View& again, const Error& error) {
                       return texts_html({again, request.form, &error}, state);
                     });
}

Result<http::Response> theme_page(const http::Request& request,
                                  db::Read& read,
                                  people::Administrator administrator) {
  if (!may_change(administrator)) return site_city_only();
  const View view = people::view_of(request, administrator.staff());
  const SiteState state = state_of(view, read, theme_code);
  TRY(const Theme theme, read_theme_value(state.seen));
  http::Fields fields;
  fields.add("ground", to_text(theme.ground));
  fields.add("main", to_text(theme.main));
  fields.add("accent", to_text(theme.accent));
  return http::page(200, theme_html({view, fields}, state));
}

Result<http::Pending> theme_post(const http::Request& request,
                                 db::Read& read,
                                 people::Administrator administrator,
                                 Instant now) {
  if (!may_change(administrator)) return site_city_only();
  const View view = people::view_of(request, administrator.staff());
  const SiteState state = state_of(view, read, theme_code);
  const http::Fields& form = request.form;
  FieldErrors errors;
  const auto colour = [&](const char* name) {
    std::string text = typed(form, name);
    for (char& c : text)
      if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    const auto read_well = parse_colour(text);
    if (!read_well) errors.add(name, "settings.error.colour"_t);
    return read_well.value_or(Colour{});
  };
  const Theme theme{colour("ground"), colour("main"), colour("accent")};
  if (!errors.empty()) {
    const Error error = errors.take();
    return http::Pending::answer(http::page(422, theme_html({view, form, &error}, state)));
  }
  if (const auto wrong = spoken_clashes(view, theme); !wrong.empty())
    return http::Pending::answer(http::page(422, theme_html({view, form}, state, wrong)));
  if (form.text("do") == "preview") {
    SiteNow site = site_now(read);
    site.theme = theme;
    const html::Dress dress = dress_of(site);
    const html::TryOn trying(dress);
    return http::Pending::answer(http::page(200, theme_html({view, form}, state)));
  }
  const SiteChange change = change_of_site(form, theme_code, value_of(theme), now);
  if (const auto fine = check_site_change(read, change, now); !fine.ok())
    return http::Pending::answer(http::page(422, theme_html({view, form, &fine.error()}, state)));
  return commit_site(request, administrator, change, now,
                     [&request, state](const View& again, const Error& error) {
                       return theme_html({again, request.form, &error}, state);
                     });
}

Result<http::Response> emblem_page(const http::Request& request,
                                   db::Read& read,
                                   people::Administrator administrator) {
  if (!may_change(administrator)) return site_city_only();
  const View view = people::view_of(request, administrator.staff());
  return http::page(200, emblem_html({view, request.query}, state_of(view, read, emblem_code), ""));
}

Result<http::Pending> emblem_post(const http::Request& request,
                                  db::Read& read,
                                  people::Administrator administrator,
                                  Random& random,
                                  Instant now) {
  if (!may_change(administrator)) return site_city_only();
  const View view = people::view_of(request, administrator.staff());
  const SiteState state = state_of(view, read, emblem_code);
  const SiteNow site = site_now(read);
  if (request.form.text("do") == "save") {
    const std::string hash = typed(request.form, "picture");
    const SiteChange change = change_of_site(request.form, emblem_code, emblem_value(hash), now);
    if (const auto fine = check_site_change(read, change, now); !fine.ok())
      return http::Pending::answer(
          http::page(422, emblem_html({view, request.form, &fine.error()}, state, hash)));
    return commit_site(request, administrator, change, now,
                       [&request, state, hash](const View& again, const Error& error) {
                         return emblem_html({again, request.form, &error}, state, hash);
                       });
  }
  auto prepared = attachment::prepare(request.uploads, "file", attachment::count_max - 1, random);
  if (!prepared.ok() && prepared.error().kind != ErrorKind::invalid) return prepared.error();
  const bool is_picture = prepared.ok() && prepared.value().size() == 1 &&
                          prepared.value()[0].kind == attachment::Kind::picture &&
                          prepared.value()[0].bytes.size() <= picture_size_max;
  if (!is_picture) {
    const Error error = prepared.ok() ? Error{ErrorKind::invalid,
                                              "settings.error.emblem"_t,
                                              {{"file", "settings.error.emblem"_t}}}
                                      : prepared.error();
    return http::Pending::answer(
        http::page(422, emblem_html({view, request.form, &error}, state, "")));
  }
  const attachment::Prepared& file = prepared.value()[0];
  const Picture picture{to_hex(file.hash), std::string(file.media_type), file.bytes, file.width,
                        file.height};
  return http::Pending::commit(
      [=](db::Write& write) { return keep_picture(write, administrator, picture, now); },
      [&request, administrator, state, site, picture](const Result<Done>& done, std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        SiteNow tried = site;
        tried.picture = picture.hash;
        tried.picture_type = picture.media_type;
        tried.picture_width = picture.width;
        tried.picture_height = picture.height;
        const html::Dress dress = dress_of(tried);
        const html::TryOn trying(dress);
        const View again = people::view_of(request, administrator.staff());
        return http::page(200, emblem_html({again, request.form}, state, picture.hash));
      });
}

}  // namespace ln::settings
