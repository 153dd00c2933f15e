#include "app/alarm_band.h"

#include <vector>

#include "core/ledger/ledger_alarm.h"
#include "core/ledger/ledger_stop.h"
#include "core/people/people_administrators.h"
#include "platform/html/parts.h"

namespace ln::app {
namespace {

using html::fill;
using html::Fragment;
using html::View;

constexpr std::size_t faults_shown = 3;

Fragment lines(const std::vector<Fragment>& all) {
  return fill("<ul>{}</ul>", [&](Fragment& list) {
    for (const Fragment& each : all) list.add("<li>{}</li>", each);
  });
}

void add_more(const View& view, std::vector<Fragment>& to, std::size_t all) {
  if (all <= faults_shown) return;
  to.push_back(fill("{}", view.voice.counted("ledger.alarm.more"_t,
                                             static_cast<std::int64_t>(all - faults_shown))));
}

// "Dòng 10: mục này đã bị sửa sau khi ghi". The log as a whole has no line.
std::string said_of(const View& view, const ledger::Fault& fault) {
  const std::string_view what = view(ledger::name_of(fault));
  if (fault.id <= 0) return std::string(what);
  return view.voice("ledger.alarm.line"_t, {{"line", view.voice.number(fault.id)}, {"what", what}});
}

Fragment stopped(const View& view) {
  const auto faults = ledger::stop_faults();
  std::vector<Fragment> said;
  for (std::size_t i = 0; i < faults.size() && i < faults_shown; ++i)
    said.push_back(fill("{}", said_of(view, faults[i])));
  add_more(view, said, faults.size());
  // A database that cannot be read has no faults, only the engine's own words, which are for the
  // log.
  if (said.empty()) said.push_back(fill("{}", view("ledger.fault.damaged"_t)));
  return html::note({.kind = html::NoteKind::stop,
                     .heading = view("ledger.stopped_admin"_t),
                     .body = fill("{}<p>{}</p>", lines(said), view("ledger.stopped_todo"_t))});
}

Fragment differing(const View& view, const std::vector<ledger::Difference>& found) {
  std::vector<Fragment> said;
  for (std::size_t i = 0; i < found.size() && i < faults_shown; ++i) {
    const ledger::Difference& each = found[i];
    Fragment one = fill("<strong>{}</strong>. {}", view(ledger::room_name(each.room)),
                        said_of(view, each.fault));
    if (!each.code.empty()) one.add(" ({})", html::code(each.code));
    said.push_back(std::move(one));
  }
  add_more(view, said, found.size());
  return html::note({.kind = html::NoteKind::stop,
                     .heading = view("ledger.differs"_t),
                     .body = fill("{}<p>{}</p>", lines(said), view("ledger.differs_todo"_t))});
}

Fragment other_history(const View& view, const std::vector<std::string>& witnesses) {
  std::vector<Fragment> said;
  for (const std::string& each : witnesses) said.push_back(html::code(each));
  return html::note(
      {.kind = html::NoteKind::stop,
       .heading = view("ledger.other_history"_t),
       .body = fill("{}<p>{}</p>", lines(said), view("ledger.other_history_todo"_t))});
}

}  // namespace

Fragment alarm_band(const http::Request& request, const View& view) {
  const bool is_stopped = !ledger::may_write().ok();
  const auto differences = ledger::differences();
  const auto witnesses = ledger::other_histories();
  if (!is_stopped && differences.empty() && witnesses.empty()) return {};
  if (!people::is_known_administrator(request)) return {};
  Fragment band;
  if (is_stopped) band += stopped(view);
  if (!differences.empty()) band += differing(view, differences);
  if (!witnesses.empty()) band += other_history(view, witnesses);
  return band;
}

}  // namespace ln::app
