#include "platform/html/fill.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace ln::html {
namespace {

// Why a pattern is refused; empty when it is accepted. The same function runs in the compiler.
std::string refusal(std::string_view pattern) {
  try {
    make_plan(pattern);
    return "";
  } catch (const MarkupError& error) {
    return error.why;
  }
}

template <class... Args>
std::string refusal_with(std::string_view pattern) {
  try {
    detail::plan_for<sizeof...(Args)>(
        pattern, std::array<detail::Given, sizeof...(Args)>{detail::given<Args>()...});
    return "";
  } catch (const MarkupError& error) {
    return error.why;
  }
}

// A bad pattern is not only refused when run: it is no constant expression, so it does not compile.
template <class Bad>
concept Compiles = requires { typename std::bool_constant<(make_plan(Bad::pattern), true)>; };
struct Good {
  static constexpr std::string_view pattern = "<p>{}</p>";
};
struct Open {
  static constexpr std::string_view pattern = "<p>{}";
};
struct Handler {
  static constexpr std::string_view pattern = R"(<p onclick="{}">x</p>)";
};
static_assert(Compiles<Good>);
static_assert(!Compiles<Open>);
static_assert(!Compiles<Handler>);

}  // namespace

TEST_CASE("html: values are escaped, fragments go in as they are") {
  const std::string evil = R"(<script>alert("x&y's")</script>)";
  const std::string safe = "&lt;script&gt;alert(&quot;x&amp;y&#39;s&quot;)&lt;/script&gt;";
  CHECK(fill("<p>{}</p>", evil).view() == "<p>" + safe + "</p>");
  CHECK(fill(R"(<p title="{}">x</p>)", evil).view() == "<p title=\"" + safe + "\">x</p>");
  CHECK(fill("<p>{}</p>", fill("<b>{}</b>", "a<b")).view() == "<p><b>a&lt;b</b></p>");
  CHECK(fill("<p>{} {}</p>", -7, std::uint8_t{200}).view() == "<p>-7 200</p>");
  CHECK(fill("<p>{}</p>", INT64_MIN).view() == "<p>-9223372036854775808</p>");
  CHECK(fill("<p>Đường hỏng</p>").view() == "<p>Đường hỏng</p>");
  CHECK(fill("<textarea id=\"a\">{}</textarea>", "</textarea><script>").view() ==
        "<textarea id=\"a\">&lt;/textarea&gt;&lt;script&gt;</textarea>");
}

TEST_CASE("html: what is typed first in a textarea is kept, even a new line") {
  CHECK(fill("<textarea id=\"a\">{}</textarea>", "\nhai").view() ==
        "<textarea id=\"a\">\n\nhai</textarea>");
  CHECK(fill("<pre>{}</pre>", "\r\nhai").view() == "<pre>\n\r\nhai</pre>");
  CHECK(fill("<textarea id=\"a\">{}</textarea>", "hai").view() ==
        "<textarea id=\"a\">hai</textarea>");
}

TEST_CASE("html: whole attributes come and go") {
  const auto box = [](bool on) {
    return std::string(fill(R"(<input id="a" checked="{}" name="n">)", on).view());
  };
  CHECK(box(true) == R"(<input id="a" checked name="n">)");
  CHECK(box(false) == R"(<input id="a" name="n">)");
  const std::optional<std::string> none, some = "a-hint";
  CHECK(fill(R"(<p aria-describedby="{}">x</p>)", some).view() ==
        R"(<p aria-describedby="a-hint">x</p>)");
  CHECK(fill(R"(<p aria-describedby="{}">x</p>)", none).view() == "<p>x</p>");
  const std::optional<Url> nowhere;
  CHECK(fill(R"(<a href="{}">x</a>)", nowhere).view() == "<a>x</a>");
  CHECK(fill("<input{}>", Attributes().set("id", "a\"b").flag("disabled").set("maxlength", 5))
            .view() == R"(<input id="a&quot;b" disabled maxlength="5">)");
}

TEST_CASE("html: pieces are appended in place") {
  Fragment out;
  const std::vector<std::string> names = {"a", "<b>"};
  out.add("<ul>{}</ul>", [&](Fragment& list) {
    for (const auto& name : names) list.add("<li>{}</li>", name);
  });
  CHECK(out.view() == "<ul><li>a</li><li>&lt;b&gt;</li></ul>");
  out += fill("<hr>");
  CHECK(out.view().ends_with("</ul><hr>"));
}

TEST_CASE("html: links take a Url and nothing else") {
  CHECK(fill(R"(<a href="{}">x</a>)", Url::path("/a").with("q", "1&2")).view() ==
        R"(<a href="/a?q=1%262">x</a>)");
  CHECK(fill(R"(<a href="{}#{}">x</a>)", Url::path("/a"), "đ").view() == R"(<a href="/a#đ">x</a>)");
  CHECK(refusal_with<std::string>(R"(<a href="{}">x</a>)") == "this hole takes a Url only");
  CHECK(refusal_with<Fragment>(R"(<form action="{}"></form>)") == "this hole takes a Url only");
  CHECK(refusal_with<std::string>(R"(<button formaction="{}">x</button>)") ==
        "this hole takes a Url only");
  CHECK(refusal_with<std::string>(R"(<a href="#{}">x</a>)").empty());
  CHECK(refusal_with<Url, std::string>(R"(<a href="{}{}">x</a>)") ==
        "only #… may follow a Url: add queries with Url::with");
  CHECK(refusal(R"(<a href="https://x/{}">x</a>)") == "a Url stands first in its attribute");
  CHECK(refusal(R"(<a href="javascript:x">x</a>)") ==
        "links are made with Url: a written path loses the language");
  CHECK(refusal(R"(<a href="/register">x</a>)") ==
        "links are made with Url: a written path loses the language");
}

TEST_CASE("html: arguments fit their holes") {
  CHECK(refusal_with<>("<p>{}</p>") == "as many arguments as holes");
  CHECK(refusal_with<int, int>("<p>{}</p>") == "as many arguments as holes");
  const char* misfit = "an argument does not fit its hole";
  CHECK(refusal_with<double>("<p>{}</p>") == misfit);
  CHECK(refusal_with<char>("<p>{}</p>") == misfit);
  CHECK(refusal_with<bool>("<p>{}</p>") == misfit);
  CHECK(refusal_with<Fragment>(R"(<p title="{}">x</p>)") == misfit);
  CHECK(refusal_with<Fragment>(R"(<textarea id="a">{}</textarea>)") == misfit);
  CHECK(refusal_with<std::string>(R"(<input id="a" checked="{}">)") == misfit);
  CHECK(refusal_with<bool>(R"(<input id="a" value="{}">)") == misfit);
  CHECK(refusal_with<std::optional<std::string>>(R"(<p title="x {}">x</p>)") == misfit);
  CHECK(refusal_with<std::string>(R"(<meta http-equiv="refresh" content="{}">)") == misfit);
  CHECK(refusal_with<int>(R"(<meta http-equiv="refresh" content="{}">)").empty());
  CHECK(refusal_with<std::string>("<input{}>") == "this hole takes Attributes only");
}

TEST_CASE("html: patterns that are refused") {
  struct Refused {
    const char* pattern;
    std::string why;
  };
  const Refused all[] = {
      {"<p>", "an element is left open"},
      {"</p>", "a closing tag does not match the element that is open"},
      {"<b><i></b></i>", "a closing tag does not match the element that is open"},
      {"<{}>x</{}>", "a hole must not stand in a tag name"},
      {"<p title={}>x</p>", "attribute values stand between double quotes"},
      {"<p title='{}'>x</p>", "attribute values stand between double quotes"},
      {"<p {}=\"x\">x</p>", "a space stands before an attribute"},
      {"<p a{}=\"x\">x</p>", "a hole stands between double quotes"},
      {"<p onclick=\"x()\">x</p>", "on*= is refused by our security policy"},
      {"<p style=\"{}\">x</p>", "style= is refused by our security policy"},
      {"<p ONCLICK=\"x\">x</p>", "attribute names are lower-case letters"},
      {"<P>x</P>", "tag names are lower-case letters"},
      {"<script>{}</script>", "no inline script: use assets/ and src="},
      {"<style>p{}</style>", "this element is not used on our pages"},
      {"<iframe></iframe>", "this element is not used on our pages"},
      {"<!-- {} -->", "comments stay in the C++"},
      {"<?php ?>", "comments stay in the C++"},
      {"<p>x <y</p>", "tag names are lower-case letters"},
      {"<p>a < b</p>", "a bare < is written &lt;"},
      {"<p>a & b</p>", "a bare & is written &amp;"},
      {"<p>{0}</p>", "a hole is written {}"},
      {"<p class=\"a\"id=\"b\">x</p>", "a space stands between attributes"},
      {"<p class=\"a>x", "an attribute value is not closed"},
      {"<div/>", "only void and SVG elements close themselves"},
      {"<p><div></div></p>", "a <p> cannot hold a block element"},
      {"<form><form></form></form>", "a, button, label and form do not stand inside themselves"},
      {"<ul><p>x</p></ul>", "a list holds li only"},
      {"<img src=\"{}\">", "an img needs alt (empty if it only decorates)"},
      {"<svg></svg>", "an svg needs aria-hidden=\"true\" or a role and a label"},
      {"<input name=\"a\">", "a field needs an id for its label, or aria-label"},
      {"<p id=\"a\">x</p><p id=\"a\">y</p>", "two elements have the same id"},
      {"<label for=\"a\">x</label><input id=\"b\">",
       "for= names an id that is not in this pattern"},
      {"<input id=\"a\" checked=\"a {}\">", "a boolean attribute stands alone or takes one hole"},
      {"<form method=\"post\"></form>", "a form that posts is made with html::form"},
      {"<b>{}{}{}{}{}{}{}{}{}</b>", "more than 8 holes: make smaller pieces"},
  };
  for (const Refused& each : all) {
    CAPTURE(each.pattern);
    CHECK(refusal(each.pattern) == each.why);
  }
}

TEST_CASE("html: patterns that are accepted") {
  for (const char* pattern : {
           "<!doctype html><html lang=\"{}\"><head><title>{}</title></head></html>",
           "<script type=\"module\" src=\"{}\"></script>",
           "<p>a &amp; b &lt; c &#39; {}<br>{}<wbr></p>",
           "<label for=\"a\">x</label> <input id=\"a\" required>",
           "<label>x <input name=\"a\"></label>",
           "<input type=\"hidden\" name=\"a\" value=\"{}\">",
           "<img src=\"{}\" alt=\"\" loading=\"lazy\">",
           "<svg class=\"i\" aria-hidden=\"true\"><use href=\"{}\"/></svg>",
           "<svg viewBox=\"0 0 10 10\" role=\"img\" aria-label=\"{}\"><linearGradient id=\"g\">"
           "</linearGradient><title>{}</title></svg>",
           "<ol><li>{}</li><li>x</li></ol>",
           "<form method=\"post\"><input type=\"hidden\" name=\"csrf\" value=\"{}\"></form>",
           "<table><caption>{}</caption><tr><th scope=\"row\">{}</th></tr></table>",
       }) {
    CAPTURE(pattern);
    CHECK(refusal(pattern).empty());
  }
}

}  // namespace ln::html
