#include "feature/disclosure/disclosure_pages_parts.h"

#include "platform/html/parts.h"
#include "platform/html/spoken.h"

namespace ln::disclosure {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

Fragment one_post(const View& view, const Post& post) {
  Fragment out =
      fill("<p>{} · {}</p>", html::moment(view, post.posted_at), fact_line(view, post.line));
  if (!post.can_be_read())
    out += html::note({.kind = html::NoteKind::warn,
                       .heading = view("disclosure.unread"_t),
                       .body = fill("<p>{}</p>", view("disclosure.unread_why"_t))});
  if (!post.place.empty())
    out.add(R"(<p>{} <span lang="vi">{}</span></p>)", view("disclosure.place"_t), post.place);
  if (const auto url = Url::external(post.link))
    out.add(R"(<p>{} <a href="{}" rel="nofollow">{}</a></p>)", view("disclosure.link"_t), *url,
            post.link);
  out.add(R"(<div lang="vi">{}</div>)", html::paragraphs(post.body));
  return out;
}

}  // namespace

Url item_url(const View& view, DisclosureId id) { return Url::in(view, "/disclosure/", id.value); }

Url own_url(const View& view, const Code& code) {
  return Url::in(view, "/disclosure/questions/", code.text());
}

Fragment fact_line(const View& view, std::int64_t line) {
  return fill(R"(<a href="{}">{}</a>)", Url::in(view, "/ledger/facts/", line),
              view.voice("disclosure.line"_t, {{"line", view.voice.number(line)}}));
}

Fragment state_badge(const View& view, const Disclosure& d, Instant now) {
  if (d.is_overdue(now))
    return html::badge(html::Tone::late, "triangle-alert", view("disclosure.state.overdue"_t));
  if (!d.is_posted()) return html::badge(html::Tone::soon, "clock", view("disclosure.state.due"_t));
  if (d.was_late())
    return html::badge(html::Tone::soon, "history", view("disclosure.state.late"_t));
  return html::badge(html::Tone::ok, "circle-check", view("disclosure.state.posted"_t));
}

std::string_view item_name(const View& view, std::string_view item) {
  const Item* found = item_of(item);
  return found == nullptr ? item : html::spoken(view, found->name_vi, found->name_en).text;
}

Fragment item_row(const View& view, const Disclosure& d, const Url& url, Instant now) {
  return fill(R"(<li><h3 class="h-s"><a href="{}" lang="vi">{}</a></h3><p>{}</p>)"
              R"(<p class="muted small">{} · {} {}</p></li>)",
              url, d.title, state_badge(view, d, now), item_name(view, d.item),
              view("disclosure.due_at"_t), html::moment(view, d.due_at));
}

Fragment item_facts(const View& view, const Disclosure& d, Instant now) {
  const std::string term = view.voice.counted("disclosure.term_days"_t, d.working_days);
  std::vector<html::Fact> facts = {
      {view("disclosure.item"_t), fill("{}", item_name(view, d.item))},
      {view("disclosure.decided_on"_t), html::day(view, d.decided_on)},
      {view("disclosure.term"_t),
       fill(R"({}<br><span class="muted small" lang="vi">{}</span>)", term, d.source)},
      {view("disclosure.due_at"_t),
       fill("{} · {}", html::moment(view, d.due_at), fact_line(view, d.line))},
      {view("disclosure.entered_at"_t), html::moment(view, d.created_at)}};
  if (d.first_posted_at)
    facts.push_back({view("disclosure.posted_at"_t), html::moment(view, *d.first_posted_at)});
  if (d.is_posted())
    facts.push_back({view("disclosure.views"_t),
                     fill("{}", d.views < views_floor
                                    ? std::string(view("disclosure.views_few"_t))
                                    : view.voice.counted("disclosure.views_count"_t, d.views))});
  Fragment out = fill("<p>{}</p>", state_badge(view, d, now));
  out += html::facts(facts, true);
  return out;
}

Fragment posts_part(const View& view, const std::vector<Post>& posts) {
  if (posts.empty()) return {};
  Fragment out = fill(R"(<h2 class="h-m sp">{}</h2>{})", view("disclosure.posted"_t),
                      one_post(view, posts.front()));
  if (posts.size() == 1) return out;
  out.add(R"(<h2 class="h-m sp">{}</h2><p>{}</p>)", view("disclosure.earlier"_t),
          view("disclosure.earlier_lead"_t));
  for (std::size_t i = 1; i < posts.size(); ++i) out += one_post(view, posts[i]);
  return out;
}

Fragment question_words(const View& view, const Question& q) {
  Fragment out;
  if (q.code)
    out.add(R"(<p class="muted small"><span translate="no">{}</span> · {}</p>)", q.code->shown(),
            html::moment(view, q.asked_at));
  if (q.state == Sight::withdrawn) {
    out.add("<p>{}</p>", view("disclosure.question.withdrawn"_t));
    return out;
  }
  if (q.state == Sight::hidden) {
    out.add("<p>{} {}</p>", view("disclosure.question.hidden"_t),
            q.reason ? view(key_of(*q.reason)) : std::string_view());
    return out;
  }
  out += html::paragraphs(q.body);
  if (q.answered_at)
    out.add(R"(<p><b>{}</b> {}</p><div lang="vi">{}</div>)", view("disclosure.question.answer"_t),
            html::moment(view, *q.answered_at), html::paragraphs(q.answer));
  else
    out.add("<p>{}</p>", view("disclosure.question.waits"_t));
  return out;
}

}  // namespace ln::disclosure
