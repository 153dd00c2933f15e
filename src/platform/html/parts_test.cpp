#include "platform/html/parts.h"

#include <doctest/doctest.h>
#include <qrencode.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "platform/html/asset.h"
#include "platform/html/charts.h"
#include "platform/html/qr.h"

namespace ln::html {
namespace {

const View vi{};
const View en{.voice = i18n::Voice(i18n::Language::en)};

bool has(const Fragment& html, std::string_view part) {
  return html.view().find(part) != std::string_view::npos;
}
std::string icons() { return std::string(asset("icons.svg").view()); }

}  // namespace

TEST_CASE("parts: a badge is an icon and words") {
  CHECK(badge(Tone::late, "clock", "Quá hạn <1>").view() ==
        "<span class=\"badge badge--late\"><svg class=\"i\" aria-hidden=\"true\" "
        "focusable=\"false\"><use href=\"" +
            icons() + "#clock\"/></svg>Quá hạn &lt;1&gt;</span>");
}

TEST_CASE("parts: values cannot become markup") {
  const std::string evil = "\"><script>alert(1)</script>";
  const Fragment pieces[] = {
      icon(evil),
      badge(Tone::plain, evil, evil),
      note({.heading = evil}),
      card({.icon_name = evil, .heading = evil}),
      nothing_here(evil),
      breadcrumbs(vi, {{evil, Url::path("/")}}, evil),
      facts(std::array{Fact{evil, fill("{}", evil)}}),
      timeline(vi, std::array{TimelineItem{.icon_name = evil,
                                           .title = evil,
                                           .meta = evil,
                                           .proof = Url::path("/ledger/", evil),
                                           .proof_text = evil}}),
      tabs(vi, evil, std::array{Tab{evil, 1, Url::path("/").with("q", evil)}}),
      pager(vi, {.next = Url::path("/").with("q", evil), .middle = evil}),
      step(vi, {.heading = evil}),
      stats(std::array{Stat{evil, evil, evil, evil}}),
      distribution(vi, {.caption = evil, .class_heading = evil, .count_heading = evil}),
      qr("https://x/", evil),
  };
  for (const Fragment& piece : pieces) {
    CAPTURE(std::string(piece.view()));
    CHECK_FALSE(has(piece, "<script"));
    CHECK_FALSE(has(piece, "\">\""));
  }
}

TEST_CASE("parts: where the reader stands") {
  CHECK(breadcrumbs(vi, {{"Sổ", Url::path("/register")}}, "HN").view() ==
        "<nav class=\"crumbs\" aria-label=\"Đường dẫn\"><ol><li><a href=\"/register\">Sổ</a></li>"
        "<li aria-current=\"page\">HN</li></ol></nav>");
  const Fragment two = step(vi, {.now = 2, .all = 3, .heading = "Ở đâu?"});
  CHECK(has(two, "<p class=\"steps\">Bước 2 trong 3</p><h1 class=\"h-l\">Ở đâu?</h1>"));
  CHECK(has(two, "<li class=\"past\"></li><li class=\"now\"></li><li></li></ol>"));
  CHECK(has(step(en, {.now = 1, .all = 2}), "Step 1 of 2"));
  CHECK(has(tabs(vi, "x", std::array{Tab{"Quá hạn", 1234, Url::path("/"), true, true}}),
            "<li class=\"late\"><a href=\"/\" aria-current=\"page\">Quá hạn<b>1.234</b></a></li>"));
  CHECK(pager(vi, {}).empty());
  CHECK_FALSE(has(pager(vi, {.next = Url::path("/x")}), "rel=\"prev\""));
}

TEST_CASE("parts: a timeline tells who did what") {
  const Fragment line =
      timeline(vi, std::array{TimelineItem{.icon_name = "inbox", .title = "Tiếp nhận"},
                              TimelineItem{.kind = TimelineKind::outside,
                                           .icon_name = "x",
                                           .title = "b",
                                           .proof = Url::path("/ledger/7"),
                                           .proof_text = "dòng 7"}});
  CHECK(has(line, "<ol class=\"tl\"><li><span class=\"tl__ic\">"));
  CHECK(has(line, "<li class=\"ext\">"));
  CHECK(has(line, "Đã ghi sổ, <a href=\"/ledger/7\">dòng 7</a>"));
}

TEST_CASE("parts: times for machines and people") {
  const Instant at = from_ms(1795411800000);
  CHECK(has(moment(vi, at),
            "<time datetime=\"2026-11-23T05:30:00Z\">12:30 thứ\u00A0Hai 23/11/2026<"));
  // Alone in its cell a weekday begins with a capital.
  CHECK(has(day(vi, local_day(at)), ">Thứ\u00A0Hai 23/11/2026<"));
  CHECK(day(en, local_day(at)).view() == "<time datetime=\"2026-11-23\">Monday 23/11/2026</time>");
  CHECK(code("HN-7K3M").view() == "<span class=\"num\" translate=\"no\">HN-7K3M</span>");
}

TEST_CASE("charts: bars are attributes of SVG and stay inside") {
  CHECK(has(bar({.share = 0.873}), "<rect width=\"87.3\" height=\"6\"/>"));
  CHECK(has(bar({.share = 7, .tone = BarTone::bad}), "<rect class=\"bad\" width=\"100\""));
  CHECK(has(bar({.share = -1}), "width=\"0\""));
  CHECK(has(bar({.share = std::nan("")}), "width=\"0\""));
  CHECK(has(bar({.share = 0.5, .low = 0.4, .high = 0.65}),
            "<rect class=\"ci\" x=\"40\" y=\"2\" width=\"25\" height=\"2\"/>"));
  const IntervalParts score{.value = 4.1, .low = 4.0, .high = 4.2};
  CHECK(has(interval_bar(score), "<rect class=\"range\" x=\"75\" y=\"1\" width=\"5\""));
  CHECK(has(interval_bar(score), "<rect class=\"pt\" x=\"76.5\" width=\"2\""));
  CHECK(has(interval_text(vi, score), "4,1</b> <span class=\"ci\">(4,0–4,2)</span>"));
}

TEST_CASE("charts: a distribution is a table first") {
  const DistributionRow rows[] = {{"Hài lòng", 30}, {"Chưa", 10}};
  const Fragment shown = distribution(vi, {.caption = "Chấm", .rows = rows});
  CHECK(has(shown, "<caption>Chấm</caption>"));
  CHECK(has(shown, "<th scope=\"row\">Hài lòng</th>"));
  CHECK(has(shown, "<span class=\"num\">75%</span><svg"));
  CHECK(has(shown, "class=\"r num\">30</td>"));
  const DistributionRow none[] = {{"a", 0}};
  CHECK(has(distribution(vi, {.rows = none}), "<span class=\"num\">–</span>"));
}

TEST_CASE("qr: the drawing holds exactly the squares of the symbol") {
  const std::string text = "https://langnghe.example/feedback/7K3M4Q2P#ABCD";
  const Fragment drawn = qr(text, "Mã QR");
  CHECK(has(drawn, "<title>Mã QR</title>"));
  QRcode* symbol =
      QRcode_encodeData(static_cast<int>(text.size()),
                        reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M);
  REQUIRE(symbol != nullptr);
  const int width = symbol->width;
  CHECK(has(drawn, "viewBox=\"0 0 " + std::to_string(width + 8) + " "));
  // Paint the path on a board and compare with the symbol.
  std::vector<bool> board(static_cast<std::size_t>(width * width));
  const std::string_view path = drawn.view().substr(drawn.view().rfind(" d=\"") + 4);
  for (std::size_t at = path.find('M'); at != std::string_view::npos; at = path.find('M', at + 1)) {
    int x = 0, y = 0, run = 0;
    REQUIRE(std::sscanf(path.data() + at, "M%d %dh%d", &x, &y, &run) == 3);
    for (int i = 0; i < run; ++i)
      board[static_cast<std::size_t>((y - 4) * width + x - 4 + i)] = true;
  }
  bool same = true;
  for (int i = 0; i < width * width; ++i)
    same = same && board[static_cast<std::size_t>(i)] == ((symbol->data[i] & 1U) != 0);
  CHECK(same);
  QRcode_free(symbol);
}

}  // namespace ln::html
