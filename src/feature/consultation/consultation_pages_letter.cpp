#include "feature/consultation/consultation_pages_letter.h"

#include <algorithm>

#include "base/text.h"
#include "platform/html/parts.h"

namespace ln::consultation {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::size_t letter_chars_max = 1'200;

// "[Hà Nội (12), Huế (7)…]", or "[…]" when no value has enough senders.
Fragment slot_of(const View& view, const LetterPart& part) {
  std::string values;
  for (const LetterPart::Value& each : part.values)
    values += each.text + " (" + view.voice.number(each.senders) + "), ";
  return fill(R"( <span class="muted">[{}…]</span> )", values);
}

bool is_inside(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

void add_line(Fragment& out,
              std::string_view text,
              std::pair<std::size_t, std::size_t> line,
              const std::vector<campaigns::Span>& spans) {
  Fragment words;
  std::size_t at = line.first;
  for (const campaigns::Span& span : spans) {
    const std::size_t begin = std::max<std::size_t>(span.begin, at);
    const std::size_t end = std::min<std::size_t>(span.end, line.second);
    // A span that was read of other words than these may cut a letter.
    if (begin >= end || is_inside(text, begin) || is_inside(text, end)) continue;
    words.add_text(text.substr(at, begin - at));
    words.add("<mark>{}</mark>", text.substr(begin, end - begin));
    at = end;
  }
  words.add_text(text.substr(at, line.second - at));
  out.add("<p>{}</p>", words);
}

}  // namespace

Fragment marked_paragraphs(std::string_view text, const std::vector<campaigns::Span>& spans) {
  Fragment out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) add_line(out, text, {begin, end}, spans);
    begin = end + 1;
  }
  return out;
}

Fragment letter_part(const View& view, const std::optional<Letter>& letter) {
  if (!letter) return {};
  Fragment out =
      fill(R"(<h2 class="h-m" id="letter">{}</h2>)", view("consultation.letter.title"_t));
  if (letter->is_stale) {
    out.add("<p>{}</p>", view("consultation.letter.stale"_t));
    return out;
  }
  if (!letter->kind) {
    out.add("<p>{}</p>", view("consultation.letter.none"_t));
    return out;
  }
  out.add("<p>{} {}</p>", view(key_of(*letter->kind)),
          view.voice.counted("consultation.letter.senders"_t, letter->members,
                             {{"percent", view.voice.number(letter->fits_percent())}}));
  if (letter->others > 0)
    out.add("<p>{}</p>",
            view.voice.counted("consultation.letter.others_there"_t, letter->others));
  Fragment words;
  std::size_t chars = 0;
  bool has_slots = false;
  for (const LetterPart& part : letter->parts) {
    if (chars >= letter_chars_max) {
      words.add_text(" …");
      break;
    }
    if (part.is_slot()) {
      words += slot_of(view, part);
      has_slots = true;
    } else {
      words.add_text(first_chars(part.text, letter_chars_max - chars));
    }
    chars += count_chars(part.text);
  }
  out.add(R"(<blockquote class="quote" lang="vi">{}</blockquote>)", words);
  if (has_slots)
    out.add(R"(<p class="small muted">{}</p>)",
            view.voice("consultation.letter.slots"_t,
                       {{"count", view.voice.number(letter_limits().senders_min)}}));
  return out;
}

Fragment letter_note(const View& view, db::Read& read, IssueId id) {
  const auto letter = find_letter(read, id);
  if (!letter || !letter->kind || letter->is_stale) return {};
  std::string note = view.voice.counted("consultation.letter.note"_t, letter->members);
  if (const auto own = letter->with_own_words(); own > 0)
    note += ", " + view.voice.counted("consultation.letter.note_own"_t, own);
  if (letter->others > 0)
    note += "; " + view.voice.counted("consultation.letter.note_others"_t, letter->others);
  return fill(R"(<p class="small muted">{}</p>)", note);
}

LetterPage letter_page(db::Read& read,
                       const Issue& issue,
                       const Url& url,
                       const http::Fields& query,
                       std::int64_t on_page) {
  // While it is read again nobody knows who added what: then it is one list.
  const auto letter = find_letter(read, issue.id);
  const bool is_told = letter && letter->kind && !letter->is_stale;
  LetterPage page{.own_count = is_told ? letter->with_own_words() + letter->others : 0};
  const std::int64_t after = query.number("after").value_or(0);
  const bool is_rest = query.text("rest") == "1" || page.own_count == 0;
  if (!is_rest) {
    page.own = comments_beside_letter(read, issue, true, after, on_page + 1);
    if (std::ssize(page.own) > on_page) {
      page.own.pop_back();
      page.next = url.with("after", page.own.back().id.value).at("own");
      return page;
    }
  }
  const std::int64_t from = is_rest ? after : 0;
  const std::int64_t room = on_page - std::ssize(page.own);
  page.rest = page.own_count == 0 ? comments_under(read, issue, from, room + 1)
                                  : comments_beside_letter(read, issue, false, from, room + 1);
  if (std::ssize(page.rest) > room) {
    page.rest.pop_back();
    const std::int64_t last = page.rest.empty() ? from : page.rest.back().id.value;
    page.next = url.with("rest", "1").with("after", last).at("said");
  }
  return page;
}

}  // namespace ln::consultation
