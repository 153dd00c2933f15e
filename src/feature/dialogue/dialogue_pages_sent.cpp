#include "feature/dialogue/dialogue_pages_sent.h"

#include <algorithm>

#include "base/text.h"
#include "feature/dialogue/dialogue_pages_parts.h"
#include "platform/html/parts.h"
#include "platform/html/qr.h"

namespace ln::dialogue {
namespace {

using html::fill;
using html::Fragment;
using html::View;

}  // namespace

SentNote note_of(const Asked& asked, const std::string& secret) {
  return {asked.question.code->text(), secret, asked.appended.index,
          to_hex(asked.appended.leaf_hash), asked.question.asked_at};
}

std::string packed(const SentNote& note) {
  return note.code + " " + note.secret + " " + std::to_string(note.index) + " " + note.fingerprint +
         " " + std::to_string(to_ms(note.at));
}

std::optional<SentNote> unpacked(std::string_view text) {
  std::string_view pieces[5];
  for (std::string_view& piece : pieces) {
    const std::size_t end = std::min(text.find(' '), text.size());
    piece = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const auto index = parse_number(pieces[2]), at = parse_number(pieces[4]);
  if (!index || !at) return std::nullopt;
  return SentNote{std::string(pieces[0]), std::string(pieces[1]), *index, std::string(pieces[3]),
                  from_ms(*at)};
}

Fragment slip(const View& view,
              const SentNote& note,
              const html::Url& on,
              std::string_view on_text) {
  const auto code = Code::parse(note.code);
  if (!code) return {};
  const html::Url own = question_url(view, *code);
  const std::string address = view.site->base_url + std::string(own.view());
  Fragment out = fill(R"(<div class="done" role="status"><div><h1 class="h-l">{}</h1><p>{}</p>)"
                      R"(<p class="ref" id="code" translate="no">{}</p></div></div>)",
                      view("dialogue.sent.title"_t), view("dialogue.sent.code"_t), code->shown());
  out.add(R"(<p>{}</p><p class="secret" id="secret" translate="no">{}</p><p>{}</p>)",
          view("dialogue.sent.secret"_t), people::shown_secret(note.secret),
          view("dialogue.sent.keep"_t));
  out.add(R"(<div class="qr">{}</div>)", html::qr(address, view("dialogue.sent.qr"_t)));
  const html::Fact facts[] = {
      {view("dialogue.sent.at"_t), html::moment(view, note.at)},
      {view("dialogue.sent.line"_t), html::code(view.voice.number(note.index))},
      {view("dialogue.sent.fingerprint"_t),
       fill(R"(<span class="hash" translate="no">{}</span>)", note.fingerprint)}};
  out += html::facts(facts, true);
  out.add(R"(<p class="no-print"><button type="button" )"
          R"(class="govuk-button govuk-button--secondary" data-print hidden>{}{}</button></p>)",
          html::icon("printer"), view("dialogue.sent.print"_t));
  out.add(R"(<p class="no-print"><a href="{}">{}</a></p>)"
          R"(<p class="no-print"><a href="{}">{}</a></p>)",
          own, view("dialogue.sent.own"_t), on, on_text);
  return out;
}

}  // namespace ln::dialogue
