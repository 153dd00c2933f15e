#include "feature/consultation/consultation_pages_parts.h"

#include <algorithm>

#include "base/text.h"
#include "engine/merkle/merkle.h"
#include "feature/consultation/consultation_pages_letter.h"
#include "feature/consultation/consultation_sheets.h"
#include "platform/html/parts.h"
#include "platform/html/sentence.h"
#include "platform/html/spoken.h"

namespace ln::consultation {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t soon_days = 10;
constexpr std::size_t words_shown = 120;
constexpr std::size_t token_size = 32;

bool is_english(const View& view) { return view.voice.language() == i18n::Language::en; }

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> all;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) all.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return all;
}

void add_piece(Fragment& out, const View& view, const draft::Draft& draft, std::size_t at) {
  const draft::Clause& clause = draft.clauses[at];
  if (clause.level == draft::Level::clause || clause.level == draft::Level::point) {
    const std::string mark = clause.number + (clause.level == draft::Level::point ? ")" : ".");
    const auto lines = lines_of(clause.text);
    out.add(R"(<p class="cl" id="{}"><span>{}</span><span>{}</span></p>)", clause.key, mark,
            lines.empty() ? std::string_view() : lines.front());
    for (std::size_t i = 1; i < lines.size(); ++i) out.add("<p>{}</p>", lines[i]);
  } else {
    out += html::paragraphs(clause.text);
  }
  for (std::size_t below = at + 1; below < draft.clauses.size(); ++below)
    if (draft.clauses[below].parent == at) add_piece(out, view, draft, below);
}

// What is known of who said it: how sure the sender is, or out of what it was taken.
Fragment sender_badge(const View& view, const Comment& comment) {
  if (comment.channel != Channel::site)
    return html::badge(html::Tone::info,
                       comment.channel == Channel::invited ? "landmark" : "file-text",
                       comment.said_by.empty() ? view(key_of(comment.channel)) : comment.said_by);
  // A single comment does not tell that it came by token (consultation_token.h).
  const Strength strength =
      comment.strength == Strength::verified ? Strength::anonymous : comment.strength;
  const bool is_known = strength != Strength::anonymous;
  return html::badge(is_known ? html::Tone::info : html::Tone::plain,
                     is_known ? "shield-check" : "user-round", view(key_of(strength)));
}

}  // namespace

html::Spoken title_of(const View& view, const Consultation& c) {
  return html::spoken(view, c.title_vi, c.title_en);
}
html::Spoken summary_of(const View& view, const Consultation& c) {
  return html::spoken(view, c.summary_vi, c.summary_en);
}

Url page_of(const View& view, const Consultation& c) {
  return Url::in(view, "/consultations/", c.id.value);
}
Url clause_url(const View& view, const Consultation& c, std::string_view key) {
  return Url::in(view, "/consultations/", c.id.value, "/clauses/", key);
}
Url comments_url(const View& view, const Consultation& c, std::string_view clause) {
  const Url url = Url::in(view, "/consultations/", c.id.value, "/comments");
  return clause.empty() ? url : url.with("clause", clause);
}

std::string cited(const View& view, std::string_view key) {
  if (key == "all") return std::string(view("consultation.whole"_t));
  if (key.empty() || key == "gone") return std::string(view("consultation.gone"_t));
  std::string said = draft::cited(key, is_english(view));
  // A sentence begins with it.
  if (said.starts_with("k")) said[0] = 'K';
  if (said.starts_with("c") || said.starts_with("p")) said[0] = static_cast<char>(said[0] - 32);
  if (said.starts_with("đ")) said.replace(0, 2, "Đ");
  return said;
}

Fragment stage_badge(const View& view, const Consultation& c, Instant now) {
  if (!c.takes_comments(now))
    return html::badge(
        html::Tone::plain, c.stage == Stage::editing ? "pencil" : "lock",
        view(c.stage == Stage::editing ? key_of(c.stage) : "consultation.stage.closed"_t));
  const auto left = (*c.closes_on - local_day(now)).count();
  const std::string day = view.voice.date(*c.closes_on);
  const std::string text =
      left == 0 ? view.voice("consultation.last_day"_t, {{"day", day}})
                : view.voice.counted("consultation.days_left"_t, left, {{"day", day}});
  return html::badge(left <= soon_days ? html::Tone::soon : html::Tone::info, "calendar-clock",
                     text);
}

Fragment meta(const View& view,
              const Consultation& c,
              std::int64_t comments,
              std::string_view unit,
              Instant now) {
  return fill(R"(<ul class="c-meta"><li>{}</li><li>{}{}</li><li>{}{}</li></ul>)",
              stage_badge(view, c, now), html::icon("message-circle"),
              view.voice.counted("consultation.comments"_t, comments), html::icon("landmark"),
              view.voice("consultation.drafted_by"_t, {{"unit", unit}}));
}

Fragment marked_differences(const std::vector<draft::Piece>& pieces) {
  Fragment out;
  for (const draft::Piece& piece : pieces) {
    if (piece.edit == draft::Edit::same) out.add_text(piece.text);
    if (piece.edit == draft::Edit::removed) out.add("<del>{}</del>", piece.text);
    if (piece.edit == draft::Edit::added) out.add("<ins>{}</ins>", piece.text);
  }
  return out;
}

Result<Opened> opened(const http::Request& request, db::Read& read, std::int64_t number) {
  const Error none{ErrorKind::not_found, "consultation.error.none"_t};
  const auto id = parse_number(request.path_text("id"));
  auto c = id ? find(read, ConsultationId{*id}) : std::nullopt;
  if (!c || !may_be_read(*c)) return none;
  auto version = find_version(read, c->id, number == 0 ? c->version : number);
  if (!version || !version->published_at) return none;
  auto draft = draft::parse(draft::split(version->text));
  if (!draft) return none;
  return Opened{*std::move(c), *std::move(version), *std::move(draft)};
}

std::string own_words(const draft::Draft& draft, std::string_view key) {
  const auto at = draft.find(key);
  if (!at) return {};
  const draft::Clause& clause = draft.clauses[*at];
  if (clause.heading.empty()) return clause.text;
  return clause.text.empty() ? clause.heading : clause.heading + "\n" + clause.text;
}

Fragment text_of(const View& view, const draft::Draft& draft, std::size_t at) {
  Fragment out;
  add_piece(out, view, draft, at);
  return fill(R"(<div class="art__text" lang="vi">{}</div>)", out);
}

Fragment text_within(const View& view,
                     const Opened& open,
                     std::size_t at,
                     std::size_t size_max,
                     std::size_t number) {
  const auto& clauses = open.draft.clauses;
  std::size_t end = at + 1, size = clauses[at].text.size();
  while (end < clauses.size() && clauses[end].level > clauses[at].level)
    size += clauses[end++].text.size();
  if (size <= size_max && number == 0) return text_of(view, open.draft, at);
  // Its own words, a part at a time, and a link to each piece below with its beginning.
  const PiecePart part = part_of(open.draft, at, number);
  Fragment out = html::paragraphs(part.words);
  Fragment list;
  for (const std::size_t i : part.links) {
    list.add(R"(<li><a href="{}">{}</a> {}…</li>)",
             clause_url(view, open.consultation, clauses[i].key), cited(view, clauses[i].key),
             first_chars(clauses[i].text, words_shown));
  }
  if (!list.empty()) out.add(R"(<ul class="plain">{}</ul>)", list);
  Fragment text = fill(R"(<div class="art__text" lang="vi">{}</div>)", out);
  const std::int64_t count = static_cast<std::int64_t>(part.count);
  const std::int64_t shown = static_cast<std::int64_t>(number) + 1;
  if (count < 2) return text;
  const Url own = clause_url(view, open.consultation, clauses[at].key);
  Fragment links =
      fill("{}", view.voice("consultation.sheet"_t, {{"number", view.voice.number(shown)},
                                                     {"count", view.voice.number(count)}}));
  if (number > 0) links.add(R"( <a href="{}">{}</a>)", own, view("consultation.text.start"_t));
  if (shown < count)
    links.add(R"( <a href="{}">{}</a>)", own.with("part", shown), view("consultation.text.on"_t));
  text.add("<p>{}</p>", links);
  return text;
}

Fragment comment_item(const View& view,
                      const Comment& comment,
                      std::int64_t version_now,
                      const Fragment& extra,
                      const std::vector<campaigns::Span>& own) {
  Fragment words;
  if (comment.state == Sight::withdrawn) {
    words.add(R"(<p class="muted">{}</p>)", view("consultation.comment.withdrawn"_t));
  } else if (comment.state == Sight::hidden) {
    words.add(R"(<p class="muted">{} {}</p>)", view("consultation.comment.hidden"_t),
              view(comment.reason ? key_of(*comment.reason) : TextKey{}));
  } else {
    words += own.empty() ? html::paragraphs(comment.body) : marked_paragraphs(comment.body, own);
    if (!comment.wording.empty())
      words.add(R"(<p class="small"><b>{}</b></p><blockquote>{}</blockquote>)",
                view("consultation.comment.proposes"_t), comment.wording);
  }
  const std::string day = view.voice.date(local_day(comment.sent_at));
  Fragment about;
  about.add(R"(<a href="{}">{}</a>)",
            Url::in(view, "/consultations/", comment.consultation.value, "/clauses/",
                    comment.clause_now.empty() ? std::string_view("gone") : comment.clause_now),
            cited(view, comment.clause_now));
  if (comment.clause != comment.clause_now)
    about.add(" · {}", view.voice("consultation.comment.moved"_t,
                                  {{"clause", cited(view, comment.clause)},
                                   {"version", view.voice.number(comment.version)}}));
  else if (comment.version != version_now)
    about.add(" · {}", view.voice("consultation.comment.of_version"_t,
                                  {{"version", view.voice.number(comment.version)}}));
  if (comment.support_count > 0)
    about.add(" · {}", view.voice.counted("consultation.comment.support"_t, comment.support_count));
  return fill(
      R"(<li class="op" id="{}"><div lang="{}">{}</div><p class="row meta">{} <span>{}</span> )"
      R"(<span>{}</span></p>{}</li>)",
      comment.code->text(), comment.in_english ? "en" : "vi", words, sender_badge(view, comment),
      about, day, extra);
}

std::string mark_of(ConsultationId id, std::string_view token) {
  const std::string text = std::to_string(id.value) + "/" + std::string(token);
  return std::string(as_text(merkle::sha256(as_bytes(text))));
}

std::optional<std::string> token_in(const http::Request& request) {
  const std::string_view token = request.cookie(participant_cookie);
  if (token.size() != token_size || !std::ranges::all_of(token, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      }))
    return std::nullopt;
  return std::string(token);
}

std::string draw_token(Random& random) { return to_hex(random.bytes<token_size / 2>()); }

}  // namespace ln::consultation
