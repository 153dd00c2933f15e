#include "feature/dialogue/dialogue_jobs.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "feature/dialogue/dialogue_pages_live.h"
#include "feature/dialogue/dialogue_store.h"

namespace ln::dialogue {
namespace {

constexpr std::int64_t live_at_once = 50;
constexpr std::int64_t forgotten_at_once = 50;

}  // namespace

void tell_queues(db::Database& database, http::Broadcast& broadcast) {
  static std::map<std::string, std::string> told;  // One thread runs the jobs.
  struct Message {
    std::string channel, data;
  };
  const auto all = database.read([](db::Read& read) {
    std::vector<Message> messages;
    for (const Dialogue& d : in_stage(read, Stage::live, live_at_once))
      for (const i18n::Language language : {i18n::Language::vi, i18n::Language::en})
        messages.push_back(
            {live_channel(language, d.id), to_json(live_figures(i18n::Voice(language), read, d))});
    return messages;
  });
  if (all.empty()) told.clear();
  for (const Message& each : all)
    if (std::string& last = told[each.channel]; last != each.data) {
      broadcast.publish(each.channel, "figures", each.data);
      last = each.data;
    }
}

std::int64_t forget_networks(db::Database& database) {
  const auto due =
      database.read([](db::Read& read) { return networks_kept(read, forgotten_at_once); });
  const auto each = [&](void (*act)(db::Write&, DialogueId)) {
    for (const DialogueId id : due) {
      const auto done = database.write([&](db::Write& write) -> Result<Done> {
        act(write, id);
        return Done{};
      });
      if (!done.ok()) throw db::Failure("networks of a session were not forgotten");
    }
  };
  each(forget_networks);
  if (due.empty()) return 0;
  // A scrub that fails is owed until it is done.
  database.scrub();
  each(note_networks_scrubbed);
  return std::ssize(due);
}

}  // namespace ln::dialogue
