#include "platform/html/parts.h"

#include <string>

#include "platform/html/asset.h"
#include "platform/i18n/capital.h"

namespace ln::html {
namespace {

std::string_view class_of(Tone tone) {
  switch (tone) {
    case Tone::plain: return "badge badge--plain";
    case Tone::info: return "badge badge--info";
    case Tone::ok: return "badge badge--ok";
    case Tone::soon: return "badge badge--soon";
    case Tone::late: return "badge badge--late";
  }
  return "badge";
}

struct NoteLook {
  std::string_view css_class;
  std::string_view icon_name;
};

NoteLook look_of(NoteKind kind) {
  switch (kind) {
    case NoteKind::info: return {"note", "info"};
    case NoteKind::warn: return {"note note--warn", "triangle-alert"};
    case NoteKind::ok: return {"note note--ok", "circle-check"};
    case NoteKind::stop: return {"note note--stop", "octagon-alert"};
  }
  return {"note", "info"};
}

std::optional<std::string_view> when(bool condition, std::string_view text) {
  return condition ? std::optional(text) : std::nullopt;
}

}  // namespace

Fragment icon(std::string_view name) {
  static const Url& sprite = asset("icons.svg");
  return fill(R"(<svg class="i" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>)",
              sprite, name);
}

Fragment badge(Tone tone, std::string_view icon_name, std::string_view text) {
  return fill(R"(<span class="{}">{}{}</span>)", class_of(tone), icon(icon_name), text);
}

Fragment note(const NoteParts& parts) {
  const NoteLook look = look_of(parts.kind);
  return fill(
      R"(<div class="{}" role="{}">{}<div>{}{}</div></div>)", look.css_class,
      when(parts.is_status, "status"), icon(look.icon_name),
      [&](Fragment& out) {
        if (!parts.heading.empty()) out.add("<h2>{}</h2>", parts.heading);
      },
      parts.body);
}

Fragment card(const CardParts& parts) {
  return fill(
      R"(<div class="{}">{}{}</div>)", parts.is_tinted ? "card card--tint" : "card",
      [&](Fragment& out) {
        if (parts.heading.empty()) return;
        if (parts.icon_name.empty()) {
          out.add("<h2>{}</h2>", parts.heading);
        } else {
          out.add("<h2>{} {}</h2>", icon(parts.icon_name), parts.heading);
        }
      },
      parts.body);
}

Fragment nothing_here(std::string_view text, const Fragment& more) {
  return fill(R"(<div class="empty"><p>{}</p>{}</div>)", text, more);
}

Fragment breadcrumbs(const View& view, std::initializer_list<Crumb> above, std::string_view here) {
  return fill(
      R"(<nav class="crumbs" aria-label="{}"><ol>{}<li aria-current="page">{}</li></ol></nav>)",
      view("site.breadcrumbs"_t),
      [&](Fragment& list) {
        for (const Crumb& crumb : above)
          list.add(R"(<li><a href="{}">{}</a></li>)", crumb.url, crumb.text);
      },
      here);
}

Fragment facts(std::span<const Fact> all, bool is_wide) {
  return fill(R"(<dl class="{}">{}</dl>)", is_wide ? "kv kv--wide" : "kv", [&](Fragment& list) {
    for (const Fact& fact : all)
      list.add("<div><dt>{}</dt><dd>{}</dd></div>", fact.term, fact.value);
  });
}

Fragment timeline(const View& view, std::span<const TimelineItem> items) {
  const auto one = [&](Fragment& out, const TimelineItem& item) {
    out.add(R"(<span class="tl__ic">{}</span><h3>{}</h3>{})", icon(item.icon_name), item.title,
            item.body);
    if (!item.meta.empty()) out.add(R"(<p class="meta">{}</p>)", item.meta);
    if (item.proof)
      out.add(R"(<p class="proof">{}{}, <a href="{}">{}</a></p>)", icon("fingerprint"),
              view("site.fingerprinted"_t), *item.proof, item.proof_text);
  };
  return fill(R"(<ol class="tl">{}</ol>)", [&](Fragment& list) {
    for (const TimelineItem& item : items) {
      const bool is_now = item.kind == TimelineKind::now;
      list.add("<li class=\"{}\">{}</li>\n",
               when(item.kind != TimelineKind::office, is_now ? "now" : "ext"),
               [&](Fragment& out) { one(out, item); });
    }
  });
}

Fragment tabs(const View& view, std::string_view label, std::span<const Tab> all) {
  return fill(R"(<nav aria-label="{}"><ul class="tabs">{}</ul></nav>)", label, [&](Fragment& list) {
    for (const Tab& tab : all)
      list.add(R"(<li class="{}"><a href="{}" aria-current="{}">{}<b>{}{}</b></a></li>)",
               when(tab.is_late, "late"), tab.url, when(tab.is_current, "page"), tab.text,
               view.voice.number(tab.count), tab.is_least ? "+" : "");
  });
}

Fragment pager(const View& view, const PagerParts& parts) {
  if (!parts.previous && !parts.next) return {};
  return fill(R"(<nav class="pager" aria-label="{}">{}</nav>)", view("site.pages"_t),
              [&](Fragment& out) {
                if (parts.previous)
                  out.add(R"(<a href="{}" rel="prev">{}{}</a>)", *parts.previous,
                          icon("arrow-left"), view("site.previous_page"_t));
                if (!parts.middle.empty()) out.add("<p>{}</p>", parts.middle);
                if (parts.next)
                  out.add(R"(<a href="{}" rel="next">{}{}</a>)", *parts.next,
                          view("site.next_page"_t), icon("arrow-right"));
              });
}

Fragment step(const View& view, const StepParts& parts) {
  const std::string now = view.voice.number(parts.now), all = view.voice.number(parts.all);
  return fill(
      R"(<p class="steps">{}</p><h1 class="h-l">{}</h1>
<ol class="stepbar" aria-hidden="true">{}</ol>)",
      view.voice("site.step"_t, {{"now", now}, {"all", all}}), parts.heading, [&](Fragment& bar) {
        for (int i = 1; i <= parts.all; ++i)
          bar.add(R"(<li class="{}"></li>)", when(i <= parts.now, i == parts.now ? "now" : "past"));
      });
}

Fragment next_steps(std::span<const NextStep> steps) {
  return fill(R"(<ol class="next">{}</ol>)", [&](Fragment& list) {
    for (const NextStep& each : steps) list.add("<li><b>{}</b>{}</li>", each.when, each.what);
  });
}

Fragment moment(const View& view, Instant at) {
  return fill(R"(<time datetime="{}">{}</time>)", to_iso(at), view.voice.moment(at));
}

Fragment day(const View& view, Day at) {
  return fill(R"(<time datetime="{}">{}</time>)", to_iso(at),
              i18n::capitalised(view.voice.day_name(at)));
}

Fragment code(std::string_view text) {
  return fill(R"(<span class="num" translate="no">{}</span>)", text);
}

}  // namespace ln::html
