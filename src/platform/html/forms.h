// Form components as functions: the markup of govuk-frontend 6 with typed parameters, so that ids,
// aria-describedby and error marks always fit together (docs/formats/govuk-components.md; tested
// against that package's own fixtures).
//
//   input(view, {.name = "phone", .label = {"Số điện thoại"}, .hint = …, .error = wrong("phone")})
//
// Words come in already spoken. A component's id is its name unless another is given, so a link to
// "#name" leads to the field, to the first choice of a group, and to the day of a date.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::html {

enum class Size : std::uint8_t { normal, s, m, l, xl };

// The label of a field or the legend of a group.
struct Question {
  std::string_view text = {};
  Size size = Size::normal;
  bool is_heading = false;   // it is the <h1> of a page that asks one thing
  bool is_optional = false;  // adds "(không bắt buộc)"
};

struct Input {
  std::string_view name = {};
  Question label = {};
  std::string_view hint = {}, error = {};
  std::string_view value = {};
  std::string_view id = {};
  std::string_view type = "text";
  int width = 0;  // characters it shows: 2, 3, 4, 5, 10, 20 or 30; 0 = the whole column
  std::string_view inputmode = {}, autocomplete = {}, autocapitalize = {}, pattern = {};
  std::optional<bool> spellcheck = {};
  std::string_view prefix = {}, suffix = {};
  std::string_view more_class = {};    // "code-input"
  std::string_view described_by = {};  // ids of more text about the field
  bool is_disabled = false;
};
Fragment input(const View& view, const Input& field);

struct Textarea {
  std::string_view name = {};
  Question label = {};
  std::string_view hint = {}, error = {};
  std::string_view value = {};
  std::string_view id = {};
  int rows = 5;
  int chars_max = 0;  // > 0: says so below the field, and the module counts
  std::string_view autocomplete = {};
  std::optional<bool> spellcheck = {};
  std::string_view described_by = {};
};
Fragment textarea(const View& view, const Textarea& field);

struct Option {
  std::string_view value = {};
  std::string_view text = {};
  bool is_disabled = false;
  std::string_view group = {};  // options of one group that follow each other stand under its name
};
struct Select {
  std::string_view name = {};
  Question label = {};
  std::string_view hint = {}, error = {};
  std::string_view value = {};  // of the option that is chosen
  std::string_view id = {};
  std::vector<Option> options = {};
  std::string_view described_by = {};
};
Fragment select(const View& view, const Select& field);

// One radio or box of a group. One with `divider` and nothing else is the word between two choices.
struct Choice {
  std::string_view value = {};
  std::string_view text = {};
  std::string_view hint = {};
  Fragment reveal = {};        // asked only when this is chosen; always shown without scripting
  std::string_view name = {};  // boxes only: when each has a name of its own
  std::string_view id = {};
  std::string_view divider = {};
  bool is_checked = false;
  bool is_disabled = false;
  bool is_exclusive = false;  // boxes only: "none of these"
};
enum class Arrangement : std::uint8_t { stacked, in_line, small, rows };  // rows: large targets
struct Choices {
  std::string_view name = {};
  Question legend = {};
  std::string_view hint = {}, error = {};
  std::vector<Choice> choices = {};
  std::vector<std::string_view> values = {};  // those chosen; a radio looks at the first
  std::string_view id = {};                   // of the first choice; the others get -2, -3…
  Arrangement arrangement = Arrangement::stacked;
  std::string_view described_by = {};
};
// Precondition: radios have a legend. A single box may go without.
Fragment radios(const View& view, const Choices& group);
Fragment checkboxes(const View& view, const Choices& group);

struct DateInput {
  std::string_view name = {};  // the fields are NAME-day, NAME-month, NAME-year
  Question legend = {};
  std::string_view hint = {}, error = {};
  std::string_view day = {}, month = {}, year = {};
  // Which parts are wrong; none named means all.
  bool is_day_wrong = false, is_month_wrong = false, is_year_wrong = false;
  std::string_view id = {};
  std::string_view described_by = {};
};
Fragment date_input(const View& view, const DateInput& field);
// Where the error summary leads: the first part that is wrong.
std::string date_target(const DateInput& field);

struct FileUpload {
  std::string_view name = {};
  Question label = {};
  std::string_view hint = {}, error = {};
  std::string_view id = {};
  std::string_view accept = {};
  bool is_multiple = false;
  std::int64_t size_max = 0;  // bytes of one file, told by the module before sending
  int files_max = 0;
  std::string_view wrapper = "upload";  // class of the box around; empty: none
  std::string_view described_by = {};
  bool is_disabled = false;
};
Fragment file_upload(const View& view, const FileUpload& field);

enum class ButtonKind : std::uint8_t { primary, secondary, warning, amber };
struct Button {
  std::string_view text = {};
  ButtonKind kind = ButtonKind::primary;
  std::string_view icon_before = {}, icon_after = {};
  std::string_view name = {}, value = {}, id = {};
  bool is_big = false, is_quiet = false;
  bool is_disabled = false;
  bool once = false;           // a second press within seconds does nothing (with scripting)
  bool is_inert = false;       // type="button": for the module, not for sending
  std::optional<Url> to = {};  // sends the form somewhere else
};
Fragment button(const Button& parts);
// "Tiếp tục", large, pressed once: the end of a step.
Fragment continue_button(const View& view);
Fragment link_button(const Url& url, const Button& parts);

Fragment label(const View& view, const Question& question, std::string_view for_id);
Fragment hint(std::string_view text, std::string_view id = {});
Fragment error_message(const View& view, std::string_view text, std::string_view id = {});

struct Fieldset {
  Question legend = {};
  Fragment body = {};
  std::string_view described_by = {}, role = {};
};
Fragment fieldset(const View& view, const Fieldset& parts);

struct ErrorLine {
  std::string_view text = {};
  std::string_view id = {};  // of the field to go to; empty: just the sentence
};
struct ErrorSummary {
  std::string_view title = {};  // empty: counts the errors
  std::string_view description = {};
  std::vector<ErrorLine> errors = {};
};
Fragment error_summary(const View& view, const ErrorSummary& summary);
// Where a field's error leads when its id is not its name: {"happened_at", "happened_at-day"}.
using Places = std::vector<std::pair<std::string_view, std::string>>;
// The summary of a refusal: its fields, or its sentence when it names none. Nothing for null.
Fragment error_summary(const View& view, const Error* error, const Places& places = {});
// What to show beside `field`; empty when it is fine.
std::string_view error_for(const View& view, const Error* error, std::string_view field);

Fragment back_link(const View& view, const Url& url, std::string_view text = {});
Fragment details(std::string_view summary, const Fragment& body, bool is_open = false);

struct SummaryAction {
  Url url;
  std::string_view text = {};     // "Sửa" when none is given
  std::string_view of_what = {};  // for screen readers: "Sửa  nơi xảy ra"
};
struct SummaryRow {
  std::string_view key = {};
  Fragment value = {};
  std::vector<SummaryAction> actions = {};
  bool has_border = true;
};
struct SummaryList {
  std::vector<SummaryRow> rows = {};
  bool has_borders = true;
};
Fragment summary_list(const View& view, const SummaryList& list);

// A form that posts, with its CSRF token.
struct FormParts {
  Url action;
  Fragment body = {};
  std::string_view id = {}, css_class = {};
  bool is_multipart = false;
  std::string_view draft = {};  // the module keeps what is typed under this name
  // The module fills in and sends the secret of #SECRET. Such a form carries an empty token, so
  // that a page with it can be the same for everybody: see http::RouteLimits::token.
  bool is_opened_by_secret = false;
};
Fragment form(const View& view, const FormParts& parts);
// A form whose answers become the query of a link: search and filters.
struct QueryFormParts {
  Url action;
  Fragment body = {};
  std::string_view css_class = {};
  std::string_view label = {};  // "Lọc danh sách"
};
Fragment query_form(const QueryFormParts& parts);
Fragment hidden(std::string_view name, std::string_view value);

}  // namespace ln::html
