#include "platform/html/forms.h"

#include <doctest/doctest.h>

#include <string>

namespace ln::html {
namespace {

const View vi{.csrf_token = "tok\"en"};
const std::string evil = "\"><script>alert(1)</script>'&";

bool has(const Fragment& html, std::string_view part) {
  return html.view().find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("forms: what people typed cannot become markup") {
  const Fragment pieces[] = {
      input(vi, {.name = evil,
                 .label = {evil},
                 .hint = evil,
                 .error = evil,
                 .value = evil,
                 .prefix = evil,
                 .suffix = evil}),
      textarea(vi, {.name = evil, .label = {evil}, .value = evil, .chars_max = 10}),
      select(vi, {.name = evil, .label = {evil}, .options = {{evil, evil}}}),
      radios(vi, {.name = evil,
                  .legend = {evil},
                  .choices = {{.value = evil, .text = evil, .hint = evil}}}),
      checkboxes(vi, {.name = evil, .choices = {{.value = evil, .text = evil}}}),
      date_input(vi, {.name = evil, .legend = {evil}, .error = evil, .day = evil}),
      file_upload(vi, {.name = evil, .label = {evil}, .accept = evil}),
      button({.text = evil, .name = evil, .value = evil}),
      link_button(Url::path("/x"), {.text = evil}),
      error_summary(vi, {.errors = {{evil, evil}}}),
      details(evil, {}),
      summary_list(vi, {.rows = {{.key = evil}}}),
      form(vi, {.action = Url::path("/x"), .id = evil, .draft = evil}),
      query_form({.action = Url::path("/x"), .label = evil}),
      hidden(evil, evil),
  };
  for (const Fragment& piece : pieces) {
    CAPTURE(std::string(piece.view()));
    CHECK_FALSE(has(piece, "<script"));
    CHECK_FALSE(has(piece, "\"\">"));
    CHECK_FALSE(has(piece, "alert(1)</script>"));
  }
}

TEST_CASE("forms: text that begins with a new line survives the form") {
  const Fragment box = textarea(vi, {.name = "body", .value = "\nhai\n"});
  CHECK(has(box, ">\n\nhai\n</textarea>"));
}

TEST_CASE("forms: each field is tied to its hint and its error") {
  const Fragment field =
      input(vi, {.name = "phone", .hint = "h", .error = "e", .described_by = "x"});
  CHECK(has(field, "aria-describedby=\"x phone-hint phone-error\""));
  CHECK(has(field, "id=\"phone-hint\""));
  CHECK(has(field, "id=\"phone-error\""));
  CHECK(has(field, "<span class=\"govuk-visually-hidden\">Lỗi:</span> e"));
  const Fragment text = textarea(vi, {.name = "body", .hint = "h", .chars_max = 2000});
  CHECK(has(text, "aria-describedby=\"body-info body-hint\""));
  CHECK(has(text, "Bạn có thể viết tối đa 2.000 ký tự."));
  CHECK(has(input(vi, {.name = "a", .label = {.text = "Email", .is_optional = true}}),
            "Email <span class=\"muted\">(không bắt buộc)</span></label>"));
}

TEST_CASE("forms: choices as rows are one large target each") {
  const Fragment rows = radios(
      vi, {.name = "kind",
           .legend = {"Loại nào?"},
           .choices = {{.value = "a", .text = "A", .hint = "vì sao"}, {.value = "b", .text = "B"}},
           .values = {"b"},
           .arrangement = Arrangement::rows});
  CHECK(has(rows, "<div class=\"govuk-radios pick\""));
  CHECK(has(rows, "for=\"kind\">A<small>vì sao</small></label>"));
  CHECK(has(rows, "id=\"kind-2\" name=\"kind\" type=\"radio\" value=\"b\" checked>"));
  CHECK_FALSE(has(rows, "item-hint"));
  const Fragment two = radios(vi, {.name = "k",
                                   .legend = {"x"},
                                   .choices = {{.value = "a"}, {.value = "b"}},
                                   .values = {"a", "b"}});
  CHECK(has(two, "value=\"a\" checked>"));
  CHECK_FALSE(has(two, "value=\"b\" checked>"));
}

TEST_CASE("forms: a refusal is shown above and beside") {
  const Error error{ErrorKind::invalid,
                    "form.errors"_t,
                    {{"kind", "error.invalid.title"_t}, {"day", "error.invalid.body"_t}}};
  const Fragment summary = error_summary(vi, &error, {{"day", "happened-day"}});
  CHECK(has(summary, "Còn 2 chỗ cần sửa</h2>"));
  CHECK(has(summary, "<a href=\"#kind\">Có chỗ chưa đúng</a>"));
  CHECK(has(summary, "<a href=\"#happened-day\">"));
  CHECK(error_for(vi, &error, "kind") == "Có chỗ chưa đúng");
  CHECK(error_for(vi, &error, "other").empty());
  CHECK(error_for(vi, nullptr, "kind").empty());
  CHECK(error_summary(vi, nullptr).empty());
  const Error whole{ErrorKind::conflict, "error.conflict.title"_t};
  CHECK(has(error_summary(vi, &whole), "<li>Có người vừa thay đổi nội dung này</li>"));
  CHECK(date_target({.name = "d"}) == "d-day");
  CHECK(date_target({.name = "d", .is_year_wrong = true}) == "d-year");
  CHECK(date_target({.name = "d", .is_month_wrong = true, .is_year_wrong = true}) == "d-month");
}

TEST_CASE("forms: a form that posts carries its token and says how files travel") {
  CHECK(form(vi, {.action = Url::path("/feedback"), .body = fill("<p>x</p>")}).view() ==
        "<form method=\"post\" action=\"/feedback\" novalidate>"
        "<input type=\"hidden\" name=\"csrf\" value=\"tok&quot;en\"><p>x</p></form>");
  const Fragment files = form(vi, {.action = Url::path("/x"), .is_multipart = true, .draft = "d"});
  CHECK(has(files, "enctype=\"multipart/form-data\""));
  CHECK(has(files, "data-draft=\"d\""));
  CHECK(has(form(vi, {.action = Url::path("/x"), .is_opened_by_secret = true}),
            "data-secret-form=\"\""));
  CHECK_FALSE(has(query_form({.action = Url::path("/x")}), "csrf"));
  CHECK(has(continue_button(vi), "data-prevent-double-click=\"true\">Tiếp tục<svg"));
  CHECK(has(summary_list(vi, {.rows = {{.key = "k", .actions = {{Url::path("/x"), "", "tên"}}}}}),
            "href=\"/x\">Sửa<span class=\"govuk-visually-hidden\"> tên</span></a>"));
  CHECK(has(button({.text = "x", .to = Url::path("/y")}), "formaction=\"/y\""));
}

}  // namespace ln::html
