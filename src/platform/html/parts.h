// Small parts that pages share: icons, badges, notes, cards, lists of facts, timelines, ways to
// other pages. assets/README.md says which class is for what.
//
// A badge has an icon and words, never a colour alone. Words come in already spoken
// (view("…"_t)); links come in as Url.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::html {

// An icon of the sprite (assets/src/icons.mjs lists the names). It only decorates: words stand by.
Fragment icon(std::string_view name);

enum class Tone : std::uint8_t { plain, info, ok, soon, late };
Fragment badge(Tone tone, std::string_view icon_name, std::string_view text);

// A message beside the text. A `stop` or `warn` is not an error summary: nothing was refused.
enum class NoteKind : std::uint8_t { info, warn, ok, stop };
struct NoteParts {
  NoteKind kind = NoteKind::info;
  std::string_view heading = {};  // may be empty
  Fragment body = {};
  bool is_status = false;  // read out when the page arrives ("Đã lưu")
};
Fragment note(const NoteParts& parts);

struct CardParts {
  std::string_view icon_name = {};
  std::string_view heading = {};
  Fragment body = {};
  bool is_tinted = false;
};
Fragment card(const CardParts& parts);

// "Nothing here yet": says why, and what to do.
Fragment nothing_here(std::string_view text, const Fragment& more = {});

struct Crumb {
  std::string_view text;
  Url url;
};
// Where this page hangs; `here` is the page itself.
Fragment breadcrumbs(const View& view, std::initializer_list<Crumb> above, std::string_view here);

// Facts: term and value.
struct Fact {
  std::string_view term;
  Fragment value;
};
Fragment facts(std::span<const Fact> all, bool is_wide = false);

// What happened, newest or oldest first as given.
enum class TimelineKind : std::uint8_t { office, outside, now };
struct TimelineItem {
  TimelineKind kind = TimelineKind::office;
  std::string_view icon_name = {};
  std::string_view title = {};
  Fragment body = {};                // paragraphs
  std::string_view meta = {};        // who and when
  std::optional<Url> proof = {};     // the line of the register
  std::string_view proof_text = {};  // "dòng 1.046.655"
};
Fragment timeline(const View& view, std::span<const TimelineItem> items);

// Counters that are links, the current one marked.
struct Tab {
  std::string_view text;
  std::int64_t count = 0;
  Url url;
  bool is_current = false;
  bool is_late = false;
  bool is_least = false;  // there may be more: "5.000+"
};
Fragment tabs(const View& view, std::string_view label, std::span<const Tab> all);

struct PagerParts {
  std::optional<Url> previous = {};
  std::optional<Url> next = {};
  std::string_view middle = {};  // "41–60 trong 12.480"
};
Fragment pager(const View& view, const PagerParts& parts);

// "Bước 2 trong 5" and the bar below it; the heading of the step stands between them.
struct StepParts {
  int now = 1;
  int all = 1;
  std::string_view heading = {};
};
Fragment step(const View& view, const StepParts& parts);

// What comes next, in order; `when` is a date or an event, already spoken.
struct NextStep {
  std::string_view when;
  Fragment what;
};
Fragment next_steps(std::span<const NextStep> steps);

// <time> with the moment for machines and for people. A day stands at the start of a cell or a
// line, with a capital.
Fragment moment(const View& view, Instant at);
Fragment day(const View& view, Day at);
// Codes and numbers that are not translated and not broken.
Fragment code(std::string_view text);

}  // namespace ln::html
