#include "feature/dialogue/dialogue_pages_live.h"

#include "feature/dialogue/dialogue_pages.h"
#include "platform/json/json.h"

namespace ln::dialogue {

std::string live_channel(i18n::Language language, DialogueId id) {
  return "dialogue." + std::to_string(id.value) + "." + std::string(i18n::code(language));
}

LiveFigures live_figures(const i18n::Voice& voice, db::Read& read, const Dialogue& dialogue) {
  LiveFigures live{.now = std::string(voice("dialogue.queue.nobody"_t)),
                   .next = std::string(voice("dialogue.queue.no_next"_t))};
  bool has_next = false;
  for (const Question& each : questions_of(read, dialogue.id)) {
    if (each.state != Sight::shown) continue;
    if (each.turn == Turn::now) live.now = each.code->shown() + ": " + each.body;
    if (each.turn == Turn::waiting && !has_next) {
      live.next = each.code->shown() + ": " + each.body;
      has_next = true;
    }
  }
  const Counts counts = counts_of(read, dialogue.id);
  live.counts = voice("dialogue.queue.counts"_t, {{"answered", voice.number(counts.answered)},
                                                  {"waiting", voice.number(counts.waiting)}});
  return live;
}

std::string to_json(const LiveFigures& figures) {
  std::string out;
  json::Writer(out)
      .object()
      .member("now", figures.now)
      .member("next", figures.next)
      .member("counts", figures.counts)
      .end_object();
  return out;
}

Result<http::Response> queue_stream(const http::Request& request) {
  http::Response response;
  response.sse_channel =
      live_channel(request.view.voice.language(), DialogueId{request.path_number("id")});
  return response;
}

}  // namespace ln::dialogue
