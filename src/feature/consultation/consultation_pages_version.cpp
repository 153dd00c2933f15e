// What changed from one version of a draft to the next, word by word.
#include <utility>

#include "base/text.h"
#include "feature/consultation/consultation_pages.h"
#include "feature/consultation/consultation_pages_parts.h"
#include "platform/html/charts.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::consultation {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

Fragment change_item(const View& view,
                     const Consultation& c,
                     const draft::Match& match,
                     std::pair<const draft::Draft&, const draft::Draft&> drafts) {
  const std::string before = own_words(drafts.first, match.before);
  const std::string after = own_words(drafts.second, match.after);
  const std::string& key = match.after.empty() ? match.before : match.after;
  std::string name = cited(view, key);
  if (match.fate == draft::Fate::moved)
    name = view.voice("consultation.version.moved"_t,
                      {{"before", cited(view, match.before)}, {"after", name}});
  Fragment head = match.after.empty()
                      ? fill("{}", name)
                      : fill(R"(<a href="{}">{}</a>)", clause_url(view, c, match.after), name);
  return fill(R"(<li class="op"><h2 class="h-s">{}</h2><p>{}</p><p lang="vi">{}</p></li>)", head,
              html::badge(html::Tone::plain, "history", view(draft::key_of(match.fate))),
              marked_differences(draft::differences(before, after)));
}

Fragment changes(const View& view,
                 const Consultation& c,
                 const draft::Draft& before,
                 const draft::Draft& after) {
  Fragment list;
  std::int64_t kept = 0;
  for (const draft::Match& match : draft::matches_of(before, after)) {
    if (match.fate == draft::Fate::kept)
      ++kept;
    else
      list += change_item(view, c, match, {before, after});
  }
  Fragment out = fill("<p>{}</p>", view.voice.counted("consultation.version.kept"_t, kept));
  if (list.empty()) return out;
  out.add(R"(<p class="small">{} <ins>{}</ins>, <del>{}</del></p><ul class="plain">{}</ul>)",
          view("consultation.version.marks"_t), view("consultation.version.added"_t),
          view("consultation.version.removed"_t), list);
  return out;
}

Fragment others(const View& view, db::Read& read, const Opened& open) {
  Fragment list;
  for (const Version& each : versions_of(read, open.consultation.id)) {
    if (!each.published_at) continue;
    list.add(
        R"(<li><a href="{}">{}</a> {}</li>)",
        Url::in(view, "/consultations/", open.consultation.id.value, "/versions/", each.number),
        view.voice("consultation.version_of"_t,
                   {{"number", view.voice.number(each.number)},
                    {"day", view.voice.date(local_day(*each.published_at))}}),
        each.note);
  }
  return fill(R"(<h2 class="h-m sp">{}</h2><ul>{}</ul>)", view("consultation.version.all"_t), list);
}

}  // namespace

Result<http::Response> version_page(const http::Request& request, db::Read& read) {
  TRY(const Opened open, opened(request, read, request.path_number("number")));
  const View& view = request.view;
  const Consultation& c = open.consultation;
  const std::string title =
      view.voice("consultation.version_of"_t,
                 {{"number", view.voice.number(open.version.number)},
                  {"day", view.voice.date(local_day(*open.version.published_at))}});
  Fragment body;
  body.add(R"(<h1 class="h-l">{}</h1>)", title);
  if (!open.version.note.empty()) body.add(R"(<p lang="vi">{}</p>)", open.version.note);
  const auto before =
      open.version.number > 1 ? find_version(read, c.id, open.version.number - 1) : std::nullopt;
  const auto old_draft = before ? draft::parse(draft::split(before->text)) : std::nullopt;
  body += old_draft ? changes(view, c, *old_draft, open.draft)
                    : fill("<p>{}</p>", view("consultation.version.first"_t));
  std::vector<html::Fact> facts = {
      {view("consultation.version.hash"_t),
       fill(R"(<span class="hash" translate="no">{}</span>)", to_hex(as_bytes(open.version.hash)))},
      {view("consultation.version.text"_t),
       fill(R"(<a href="{}">{}</a>)",
            Url::path("/consultations/", c.id.value, "/versions/", open.version.number, "/text"),
            view("consultation.version.download"_t))}};
  if (open.version.line)
    facts.push_back(
        {view("consultation.line"_t),
         fill(R"(<a href="{}">{}</a>)", Url::in(view, "/ledger/facts/", *open.version.line),
              view.voice.number(*open.version.line))});
  body += html::facts(facts, true);
  body += others(view, read, open);
  auto response = http::page(
      200,
      html::page(view, {.title = title,
                        .here = "/consultations",
                        .body = html::columns(
                            {.before = html::breadcrumbs(
                                 view,
                                 {{view("consultation.title"_t), Url::in(view, "/consultations")},
                                  {title_of(view, c).text, page_of(view, c)}},
                                 title),
                             .body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

}  // namespace ln::consultation
