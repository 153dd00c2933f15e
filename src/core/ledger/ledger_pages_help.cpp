// What a receipt proves and what it cannot, for people who never heard of hashes.
#include <array>

#include "core/ledger/ledger_pages.h"
#include "core/ledger/ledger_store_witness.h"
#include "core/ledger/ledger_tools.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::ledger {
namespace {

using html::fill;
using html::Fragment;
using html::View;

// A tree of eight leaves. Leaf 5 is the reader's; what the receipt brings stands beside its way up.
constexpr unsigned levels = 4, own_leaf = 5;
constexpr int width = 640, top = 34, step = 62;

int x_of(unsigned level, unsigned n) {
  const unsigned count = 1U << (levels - 1 - level);
  return static_cast<int>(width * (2 * n + 1) / (2 * count));
}
int y_of(unsigned level) { return top + static_cast<int>(levels - 1 - level) * step; }

void draw_branches(Fragment& out) {
  for (unsigned level = 0; level + 1 < levels; ++level)
    for (unsigned n = 0; n < 1U << (levels - 1 - level); ++n)
      out.add(R"(<path d="M{} {}L{} {}" fill="none" stroke="{}" stroke-width="{}"/>)",
              x_of(level, n), y_of(level), x_of(level + 1, n / 2), y_of(level + 1),
              n == own_leaf >> level ? "#0b6b61" : "#9db3b0", n == own_leaf >> level ? 4 : 2);
}

void draw_nodes(Fragment& out) {
  for (unsigned level = 0; level < levels; ++level)
    for (unsigned n = 0; n < 1U << (levels - 1 - level); ++n) {
      const bool is_own = n == own_leaf >> level;
      const bool is_given = n == ((own_leaf >> level) ^ 1U);
      out.add(R"(<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="#062f2c" stroke-width="2"/>)",
              x_of(level, n), y_of(level), is_own ? 13 : 11,
              is_own     ? "#0b6b61"
              : is_given ? "#ffb938"
                         : "#fff");
    }
}

Fragment drawing(const View& view) {
  Fragment inside;
  draw_branches(inside);
  draw_nodes(inside);
  const int below = y_of(0) + 36;
  Fragment words;
  words.add(R"(<text x="{}" y="{}" text-anchor="middle" font-size="16">{}</text>)",
            x_of(0, own_leaf), below, view("ledger.help.yours"_t));
  words.add(R"(<text x="{}" y="{}" font-size="16">{}</text>)", x_of(levels - 1, 0) + 24,
            y_of(levels - 1) - 10, view("ledger.help.seal"_t));
  return fill(R"(<figure><svg role="img" viewBox="0 0 640 270"><title>{}</title>{}{}</svg>)"
              R"(<figcaption class="small">{}</figcaption></figure>)",
              view("ledger.help.drawing"_t), inside, words, view("ledger.help.caption"_t));
}

Fragment list(const View& view, std::initializer_list<TextKey> keys) {
  Fragment out;
  for (const TextKey key : keys) out.add("<li>{}</li>", view(key));
  return out;
}

Fragment steps(const View& view) {
  Fragment out = html::fill(R"(<p><a href="{}">{}</a></p><p>{}</p><p>{}</p>)", verify_url(view),
                            view("ledger.verify.link"_t), view("ledger.verify.page"_t),
                            view("ledger.verify.command"_t));
  out += html::fill("<ol>{}</ol>",
                    list(view, {"ledger.help.check_file"_t, "ledger.help.check_policy"_t,
                                "ledger.help.check_run"_t}));
  out.add(R"(<pre class="code" translate="no">{}</pre><p>{}</p>)",
          "langnghe verify ABCD2345.tlog-proof --policy policy",
          view("ledger.help.check_answer"_t));
  out += tool_link(view, verify_tool);
  out.add("<p>{}</p>", view("ledger.help.check_status"_t));
  return out;
}

}  // namespace

Result<http::Response> help_page(const http::Request& request, db::Read& read) {
  const View& view = request.view;
  Fragment body = html::fill(R"(<h1 class="h-xl">{}</h1><p class="lead">{}</p>)",
                             view("ledger.help.title"_t), view("ledger.help.lead"_t));
  body.add(R"(<div class="prose"><h2>{}</h2><p>{}</p>{}<p>{}</p></div>)",
           view("ledger.help.tree"_t), view("ledger.help.tree_leaf"_t), drawing(view),
           view("ledger.help.tree_proof"_t));
  body.add(
      R"(<div class="prose"><h2>{}</h2><p>{}</p>)"
      R"(<h2>{}</h2><ul>{}</ul><h2>{}</h2><ul>{}</ul></div>)",
      view("ledger.help.proves"_t), view("ledger.help.proves_received"_t), view("ledger.proves"_t),
      list(view, {"ledger.proves_dropped"_t, "ledger.proves_changed"_t, "ledger.proves_spoken"_t}),
      view("ledger.cannot"_t),
      list(view, {"ledger.cannot_quality"_t, "ledger.cannot_paper"_t,
                  standing_of(read).witnesses.empty() ? "ledger.cannot_alone"_t
                                                      : "ledger.cannot_witnesses"_t,
                  "ledger.help.cannot_refused"_t}));
  body.add(R"(<div class="prose"><h2>{}</h2><p>{}</p><h2>{}</h2>{}<h2>{}</h2><p>{}</p>)"
           R"(<p>{}</p></div>)",
           view("ledger.help.batches"_t), view("ledger.help.batches_text"_t),
           view("ledger.help.check"_t), steps(view), view("ledger.help.safe"_t),
           view("ledger.help.safe_file"_t), view("ledger.help.safe_danger"_t));
  body.add(R"(<p><a href="{}">{}</a></p>)", html::Url::in(view, "/ledger"),
           view("ledger.help.back"_t));
  http::Response response =
      http::page(200, html::page(view, {.title = view("ledger.help.title"_t),
                                        .here = "/ledger",
                                        .body = html::columns({.body = std::move(body)})}));
  return response;
}

}  // namespace ln::ledger
