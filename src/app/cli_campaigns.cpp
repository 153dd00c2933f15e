// langnghe campaigns: which comments of a file are copies, edits and mail-merges of each other.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <iostream>
#include <latch>
#include <memory>
#include <thread>

#include "app/cli.h"
#include "app/cli_campaigns_write.h"
#include "app/cli_console.h"
#include "app/commands.h"
#include "app/comment_file.h"
#include "app/crew.h"
#include "base/random.h"
#include "base/text.h"
#include "engine/campaigns/campaigns.h"

namespace ln::app {
namespace {

constexpr std::size_t groups_shown = 20, options_shown = 12, excerpt_chars = 100;

// Everybody takes the next piece until none is left.
campaigns::Share share_among(Crew& crew, unsigned helpers) {
  return [&crew, helpers](std::size_t count, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next = 0;
    const auto take_all = [&] {
      for (std::size_t i = next++; i < count; i = next++) work(i);
    };
    const auto calls =
        static_cast<std::ptrdiff_t>(std::min<std::size_t>(helpers, count > 0 ? count - 1 : 0));
    std::latch done(calls);
    for (std::ptrdiff_t i = 0; i < calls; ++i)
      crew.give([&] {
        take_all();
        done.count_down();
      });
    take_all();
    done.wait();
  };
}

// The bar: what is done, how fast, how long still.
class Meter {
 public:
  explicit Meter(const i18n::Voice& voice) : voice_(voice) {}

  void show(TextKey stage, double share, std::uint64_t comments = 0) {
    if (!is_watched()) return;
    const auto now = std::chrono::steady_clock::now();
    if (stage_ != voice_(stage)) {
      stage_ = voice_(stage);
      began_ = now;
    }
    if (now - drawn_ < std::chrono::milliseconds(200) && share < 1) return;
    drawn_ = now;
    const double seconds = std::chrono::duration<double>(now - began_).count();
    std::string what = stage_;
    if (comments > 0 && seconds > 0)
      what += " " + voice_("campaigns.rate"_t,
                           {{"count", voice_.number(static_cast<std::int64_t>(
                                          static_cast<double>(comments) / seconds))}});
    if (share > 0.01 && share < 1)
      what +=
          " " + voice_("campaigns.left"_t, {{"seconds", voice_.number(static_cast<std::int64_t>(
                                                            seconds / share * (1 - share) + 1))}});
    std::cerr << "\r\033[K";
    draw_bar(what, share);
  }

 private:
  i18n::Voice voice_;
  std::string stage_;
  std::chrono::steady_clock::time_point began_, drawn_;
};

TextKey name_for(campaigns::Stage stage) {
  switch (stage) {
    case campaigns::Stage::reading: return "campaigns.stage.reading"_t;
    case campaigns::Stage::letters: return "campaigns.stage.letters"_t;
    case campaigns::Stage::templates: return "campaigns.stage.templates"_t;
    case campaigns::Stage::own_text: return "campaigns.stage.own_text"_t;
  }
  return "campaigns.stage.reading"_t;
}

TextKey name_for(campaigns::Kind kind) {
  switch (kind) {
    case campaigns::Kind::exact: return "campaigns.kind.exact"_t;
    case campaigns::Kind::edited: return "campaigns.kind.edited"_t;
    case campaigns::Kind::merged: return "campaigns.kind.merged"_t;
  }
  return "campaigns.kind.exact"_t;
}

// One line of at most so many characters, without what a terminal would obey.
std::string excerpt_of(std::string_view text) {
  std::string line;
  for (const char c : first_chars(text, excerpt_chars))
    line += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  return line + (line.size() < text.size() ? "…" : "");
}

std::string count_of(const i18n::Voice& voice, std::uint64_t count) {
  return voice.number(static_cast<std::int64_t>(count));
}

void tell_template(Console& console, const campaigns::Template& made) {
  const i18n::Voice& voice = console.voice;
  console.out << "   "
              << voice("campaigns.template"_t,
                       {{"slots", count_of(voice, made.open_slots())},
                        {"share", voice.percent(static_cast<double>(made.fitting) /
                                                static_cast<double>(made.comments))}})
              << '\n';
  for (std::size_t s = 0; s < made.slots.size(); ++s) {
    const campaigns::Slot& slot = made.slots[s];
    console.out << "   " << s + 1 << ". ";
    if (slot.repeats != s) {
      console.out << voice("campaigns.repeats"_t, {{"slot", std::to_string(slot.repeats + 1)}})
                  << '\n';
      continue;
    }
    for (std::size_t o = 0; o < std::min(slot.options.size(), options_shown); ++o) {
      const campaigns::Option& option = slot.options[o];
      const std::string words = option.words.empty() ? std::string(voice("campaigns.nothing"_t))
                                                     : excerpt_of(option.text);
      console.out << (o == 0 ? "" : " | ") << words;
      if (!slot.is_fixed()) console.out << " (" << count_of(voice, option.members) << ")";
    }
    if (slot.options.size() > options_shown)
      console.out << " | "
                  << voice("campaigns.more_options"_t,
                           {{"count", count_of(voice, slot.options.size() - options_shown)}});
    console.out << '\n';
  }
}

void tell(Console& console,
          const campaigns::Found& found,
          const campaigns::Texts& texts,
          bool wants_templates) {
  const i18n::Voice& voice = console.voice;
  std::uint64_t grouped = 0, quotes = 0;
  for (const campaigns::Group& group : found.groups) {
    grouped += group.comments;
    quotes += group.quoted_by;
  }
  console.out << voice("campaigns.summary"_t, {{"comments", count_of(voice, found.comments)},
                                               {"texts", count_of(voice, found.texts.size())},
                                               {"grouped", count_of(voice, grouped)},
                                               {"groups", count_of(voice, found.groups.size())},
                                               {"quotes", count_of(voice, quotes)}})
              << '\n';
  for (std::size_t g = 0; g < std::min(found.groups.size(), groups_shown); ++g) {
    const campaigns::Group& group = found.groups[g];
    console.out << g + 1 << ". "
                << voice("campaigns.group"_t, {{"kind", voice(name_for(group.kind))},
                                               {"comments", count_of(voice, group.comments)},
                                               {"texts", count_of(voice, group.texts)},
                                               {"own", count_of(voice, group.with_own_text)},
                                               {"quotes", count_of(voice, group.quoted_by)}})
                << "\n   " << excerpt_of(texts.text_at(found.texts[group.letter].place)) << '\n';
    if (wants_templates && group.merged) tell_template(console, *group.merged);
  }
  if (found.groups.size() > groups_shown)
    console.out << voice("campaigns.more_groups"_t,
                         {{"count", count_of(voice, found.groups.size() - groups_shown)}})
                << '\n';
}

}  // namespace

int cli_campaigns(std::span<const std::string_view> words) {
  const Arguments given(words, options_of("campaigns"));
  Console console = standard_console();
  if (given.count() != 1) return show_usage(console, "campaigns.usage"_t);
  CommentFile file(given.at(0));
  const auto out = given.find("out");
  const auto threads = static_cast<unsigned>(
      given.number("threads", std::max(1u, std::thread::hardware_concurrency()), 1, 256));
  Crew crew(threads - 1);
  SystemRandom random;
  campaigns::Finder finder(random.next(), share_among(crew, threads - 1));
  CommentIds ids;
  Meter meter(console.voice);
  std::uint64_t count = 0;
  for (std::vector<campaigns::Comment> batch;; batch.clear()) {
    if (const auto wrong = file.read(batch)) {
      console.err << console.voice("campaigns.error.line"_t, {{"line", std::to_string(wrong->line)},
                                                              {"why", console.voice(wrong->why)}})
                  << '\n';
      return exit_refused;
    }
    if (batch.empty()) break;
    if (out)
      for (const campaigns::Comment& comment : batch) ids.add(comment.id);
    finder.take(batch);
    count += batch.size();
    meter.show(name_for(campaigns::Stage::reading), file.share_read(), count);
  }
  const campaigns::Found found = finder.find(
      file, [&](campaigns::Stage stage, double share) { meter.show(name_for(stage), share); });
  if (out) {
    WholeFile to(*out);
    write_campaigns(found, file, ids, to);
    to.finish();
  }
  tell(console, found, file, given.flag("templates"));
  return exit_done;
}

}  // namespace ln::app
