#include "platform/html/layout.h"

#include <optional>

#include "base/check.h"
#include "platform/html/asset.h"
#include "platform/html/band.h"
#include "platform/html/dress.h"
#include "platform/html/parts.h"

namespace ln::html {
namespace {

i18n::Language other(i18n::Language language) {
  return language == i18n::Language::vi ? i18n::Language::en : i18n::Language::vi;
}

void head(Fragment& out, const View& view, const PageParts& parts) {
  const i18n::Voice& voice = view.voice;
  const std::string named = voice("site.title"_t, {{"page", parts.title}});
  const std::string title =
      parts.has_errors ? voice("site.error_title"_t, {{"page", named}}) : named;
  out.add(R"(<meta charset="utf-8"><title>{}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="theme-color" content="{}"><meta name="description" content="{}">
)",
          title, dress().ground.empty() ? std::string_view("#062f2c") : dress().ground,
          voice("site.description"_t));
  if (parts.is_unlisted) out.add(R"(<meta name="robots" content="noindex">)");
  if (parts.refresh_s > 0) out.add(R"(<meta http-equiv="refresh" content="{}">)", parts.refresh_s);
  for (const char* font : {"bvp-latin-400.woff2", "bvp-vietnamese-400.woff2"})
    out.add(R"(<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>
)",
            asset(font));
  out.add(R"(<link rel="stylesheet" href="{}"><link rel="icon" href="{}" type="image/svg+xml">
<script type="module" src="{}"></script>)",
          dress().css_path.empty() ? asset("main.css") : Url::path(dress().css_path),
          asset("icon.svg"), asset("main.js"));
}

// Three rings around an ear of light: the mark of the house.
const auto mark = [](Fragment& out) {
  out.add(R"(<svg viewBox="0 0 44 44" aria-hidden="true" focusable="false">)"
          R"(<g fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round">)"
          R"(<path d="M22 40a18 18 0 1 1 18-18" opacity=".45"/>)"
          R"(<path d="M22 34a12 12 0 1 1 12-12" opacity=".75"/>)"
          R"(<path d="M22 28a6 6 0 1 1 6-6"/></g>)"
          R"(<circle cx="22" cy="22" r="2.6" fill="#ffb938"/></svg>)");
};

// The city's own emblem, when it has one. The name stands beside it.
const auto emblem = [](Fragment& out) {
  const Dress& worn = dress();
  if (worn.emblem_path.empty()) {
    mark(out);
  } else {
    out.add(R"(<img src="{}" width="{}" height="44" alt="">)", Url::path(worn.emblem_path),
            worn.emblem_width);
  }
};

void language_link(Fragment& out, const View& view, std::string_view css_class) {
  const std::string_view code = i18n::code(other(view.voice.language()));
  const std::optional<std::string_view> maybe_class =
      css_class.empty() ? std::nullopt : std::optional(css_class);
  out.add(R"(<a class="{}" href="{}" lang="{}" hreflang="{}">{}</a>)", maybe_class,
          Url::other_language(view), code, code, view("site.other_language"_t));
}

void staff_link(Fragment& out, const View& view) {
  const Site& site = *view.site;
  if (!view.staff_name.empty() && !site.account_path.empty()) {
    out.add(R"(<a class="hide-s" href="{}">{} {}</a>)", Url::in(view, site.account_path),
            icon("user-round"), view.staff_name);
  } else if (view.staff_name.empty() && !site.sign_in_path.empty()) {
    out.add(R"(<a class="hide-s" href="{}">{} {}</a>)", Url::in(view, site.sign_in_path),
            icon("lock"), view("site.staff"_t));
  }
}

void menu(Fragment& out, const View& view, const PageParts& parts) {
  const Site& site = *view.site;
  for (const NavItem& item : parts.is_staff ? site.staff_nav : site.nav) {
    const std::optional<std::string_view> current =
        item.path == parts.here ? std::optional<std::string_view>("page") : std::nullopt;
    out.add(R"(<li><a href="{}" aria-current="{}">{}</a></li>
)",
            Url::in(view, item.path), current, view(item.text));
  }
  if (view.staff_name.empty() && !site.sign_in_path.empty())
    out.add(R"(<li class="show-s"><a href="{}">{}</a></li>)", Url::in(view, site.sign_in_path),
            view("site.staff"_t));
  if (!parts.is_once)
    out.add(R"(<li class="show-s">{}</li>)", [&](Fragment& li) { language_link(li, view, ""); });
}

void header(Fragment& out, const View& view, const PageParts& parts) {
  const Site& site = *view.site;
  if (site.is_sample)
    out.add(R"(<div class="demo"><div class="wrap">{}</div></div>)", view("site.sample"_t));
  const std::string_view city = view(site.city);
  const std::string under =
      parts.is_staff ? view.voice("site.staff_city"_t, {{"city", city}}) : std::string(city);
  out.add(
      R"(<div class="head"><div class="wrap head__row">{}<div class="head__tools">{}</div></div>
<nav class="nav" id="menu" popover aria-label="{}"><ul class="wrap">
{}</ul></nav><div class="rim"></div></div>)",
      [&](Fragment& row) {
        row.add(R"(<a class="brand" href="{}">{}<span><b>{}</b><small>{}</small></span></a>)",
                Url::in(view, "/"), emblem, view("site.name"_t), under);
      },
      [&](Fragment& tools) {
        if (!parts.is_once) language_link(tools, view, "lang");
        staff_link(tools, view);
        tools.add(R"(<button class="menu-btn" type="button" popovertarget="menu">{}{}</button>)",
                  icon("menu"), view("site.menu"_t));
      },
      view("site.nav"_t), [&](Fragment& list) { menu(list, view, parts); });
}

// Staff have the citizens' pages in their menu: their pages end without the columns of links.
void footer(Fragment& out, const View& view, bool is_staff) {
  out.add(
      R"(<footer class="foot"><div class="wrap"><div class="foot__grid">
<div><h2>{}</h2><p>{}</p>{}</div>
{}</div><p class="foot__end">{}</p></div></footer>
)",
      view("site.name"_t), view("site.about"_t),
      [&](Fragment& about) {
        const std::string& contact =
            view.voice.language() == i18n::Language::vi ? dress().contact_vi : dress().contact_en;
        if (!contact.empty()) about.add("<p>{}</p>", contact);
      },
      [&](Fragment& grid) {
        if (is_staff) return;
        for (const FooterColumn& column : view.site->footer)
          grid.add("<div><h2>{}</h2><ul>{}</ul></div>\n", view(column.heading),
                   [&](Fragment& list) {
                     for (const NavItem& item : column.links)
                       list.add(R"(<li><a href="{}">{}</a></li>)", Url::in(view, item.path),
                                view(item.text));
                   });
      },
      view("site.licences"_t));
}

}  // namespace

std::string page(const View& view, const PageParts& parts) {
  CHECK(view.site != nullptr);
  Fragment out;
  out.reserve(parts.body.view().size() + 8 * 1024);
  const std::optional<std::string_view> body_class =
      parts.body_class.empty() ? std::nullopt : std::optional(parts.body_class);
  out.add(
      R"(<!doctype html>
<html lang="{}"><head>{}</head>
<body class="{}"><a href="#main" class="govuk-skip-link">{}</a>
<header>{}</header>
<main id="main" tabindex="-1">
{}{}
</main>
{}</body></html>
)",
      i18n::code(view.voice.language()), [&](Fragment& f) { head(f, view, parts); }, body_class,
      view("site.skip"_t), [&](Fragment& f) { header(f, view, parts); },
      [&](Fragment& f) {
        // On pages of staff alone: what everybody is given must be the same for everybody.
        if (Fragment above; !view.staff_name.empty() && !(above = band(view)).empty())
          f.add(R"(<div class="wrap">{}</div>)", above);
      },
      parts.body, [&](Fragment& f) { footer(f, view, parts.is_staff); });
  return std::move(out).take();
}

Fragment columns(const ColumnParts& parts) {
  const auto inside = [&](Fragment& out) {
    out += parts.before;
    if (parts.is_narrow) {
      out.add(R"(<div class="narrow">{}</div>)", parts.body);
    } else if (parts.side.empty()) {
      out += parts.body;
    } else {
      out.add(R"(<div class="with-side"><div>{}</div>
<aside class="side" aria-label="{}">{}</aside></div>)",
              parts.body, parts.side_label, parts.side);
    }
  };
  return fill(R"(<div class="wrap form-page">{}</div>)", inside);
}

}  // namespace ln::html
