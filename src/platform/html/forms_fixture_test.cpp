// Our form components against the fixtures of govuk-frontend 6.6.0 (test/fixtures/govuk). Options
// that we do not offer are skipped; which and why stands in docs/formats/govuk-components.md, and
// the table there is compared with what happens here.
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "platform/html/forms.h"
#include "platform/json/json.h"
#include "test/dom.h"

namespace ln::html {
namespace {

const View view{.voice = i18n::Voice(i18n::Language::en)};

std::string contents(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

// The options of one fixture. Reading an option marks it as offered; what nobody read is why a
// fixture is skipped. Texts live as long as the Options.
class Options {
 public:
  explicit Options(json::Value root) { flatten(root, ""); }

  std::string_view text(const std::string& path) {
    const auto found = all_.find(path);
    if (found == all_.end()) return {};
    read_.insert(path);
    return found->second;
  }
  bool is(const std::string& path) { return text(path) == "true"; }
  int number(const std::string& path) {
    const std::string_view found = text(path);
    return found.empty() ? 0 : std::stoi(std::string(found));
  }
  // Items of a list, as "items[0]" …; stops at the first that has no options.
  std::vector<std::string> items(const std::string& path) const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < 99; ++i) {
      const std::string item = path + "[" + std::to_string(i) + "]";
      const auto next = all_.lower_bound(item);
      if (next != all_.end() && next->first.starts_with(item)) out.push_back(item);
    }
    return out;
  }
  // What is written as HTML stands as a mark until the piece is finished.
  Fragment html(const std::string& path) {
    const std::string_view found = text(path);
    if (found.empty() || found == "false") return {};
    marks_.emplace_back("@" + std::to_string(marks_.size()) + "@", std::string(found));
    return fill("{}", marks_.back().first);
  }
  // This value of the option is not one that we offer.
  void refuse(const std::string& path) { refused_.insert(path); }
  bool has(const std::string& path) const { return all_.contains(path); }

  std::string with_html(std::string_view piece) const {
    std::string out(piece);
    for (const auto& [mark, html] : marks_)
      if (const auto at = out.find(mark); at != std::string::npos)
        out.replace(at, mark.size(), html);
    return out;
  }
  // The options that nobody read, without the numbers of items: "items[].attributes".
  std::set<std::string> unread() const {
    std::set<std::string> out;
    for (const auto& [path, value] : all_) {
      if (read_.contains(path) && !refused_.contains(path)) continue;
      std::string name;
      for (std::size_t i = 0; i < path.size(); ++i) {
        name += path[i];
        if (path[i] == '[') i = path.find(']', i) - 1;
      }
      if (const auto at = name.find("ttributes."); at != std::string::npos)
        name.resize(at + std::string_view("ttributes").size());
      out.insert(name);
    }
    return out;
  }

 private:
  void flatten(json::Value value, const std::string& path) {
    if (value.is_object()) {
      for (const auto& member : value.members())
        flatten(member.value,
                path.empty() ? std::string(member.name) : path + "." + std::string(member.name));
    } else if (value.is_array()) {
      std::size_t i = 0;
      for (const json::Value each : value.items())
        flatten(each, path + "[" + std::to_string(i++) + "]");
    } else if (value.text()) {
      all_[path] = *value.text();
    } else if (value.integer()) {
      all_[path] = std::to_string(*value.integer());
    } else {
      all_[path] = value.boolean().value_or(false) ? "true" : "false";
    }
  }

  std::map<std::string, std::string> all_;
  std::set<std::string> read_, refused_;
  std::vector<std::pair<std::string, std::string>> marks_;
};

Question question(Options& o, const std::string& path) {
  Question out{.text = o.text(path + ".text"), .is_heading = o.is(path + ".isPageHeading")};
  const std::string_view classes = o.text(path + ".classes");
  static const std::map<std::string_view, Size> sizes = {
      {"", Size::normal}, {"--s", Size::s}, {"--m", Size::m}, {"--l", Size::l}, {"--xl", Size::xl}};
  const auto found = sizes.find(classes.substr(std::min(classes.rfind("--"), classes.size())));
  if (found != sizes.end() && (classes.empty() || found->first != ""))
    out.size = found->second;
  else
    o.refuse(path + ".classes");  // A class of another kind.
  return out;
}

// A switch that we offer only to turn on.
bool offered(Options& o, const std::string& path) {
  const bool on = o.is(path);
  if (!on && o.has(path)) o.refuse(path);
  return on;
}

std::optional<bool> spellcheck(Options& o) {
  const std::string_view told = o.text("spellcheck");
  return told.empty() ? std::nullopt : std::optional(told == "true");
}

Fragment make_input(Options& o) {
  return input(view, {.name = o.text("name"),
                      .label = question(o, "label"),
                      .hint = o.text("hint.text"),
                      .error = o.text("errorMessage.text"),
                      .value = o.text("value"),
                      .id = o.text("id"),
                      .type = o.text("type").empty() ? "text" : o.text("type"),
                      .inputmode = o.text("inputmode"),
                      .autocomplete = o.text("autocomplete"),
                      .autocapitalize = o.text("autocapitalize"),
                      .pattern = o.text("pattern"),
                      .spellcheck = spellcheck(o),
                      .prefix = o.text("prefix.text"),
                      .suffix = o.text("suffix.text"),
                      .more_class = o.text("classes"),
                      .described_by = o.text("describedBy"),
                      .is_disabled = o.is("disabled")});
}

Fragment make_textarea(Options& o) {
  return textarea(view, {.name = o.text("name"),
                         .label = question(o, "label"),
                         .hint = o.text("hint.text"),
                         .error = o.text("errorMessage.text"),
                         .value = o.text("value"),
                         .id = o.text("id"),
                         .rows = o.text("rows").empty() ? 5 : o.number("rows"),
                         .chars_max = o.number("maxlength"),
                         .autocomplete = o.text("autocomplete"),
                         .spellcheck = spellcheck(o),
                         .described_by = o.text("describedBy")});
}

Fragment make_select(Options& o) {
  Select field{.name = o.text("name"),
               .label = question(o, "label"),
               .hint = o.text("hint.text"),
               .error = o.text("errorMessage.text"),
               .value = o.text("value"),
               .id = o.text("id"),
               .described_by = o.text("describedBy")};
  for (const std::string& item : o.items("items")) {
    if (!o.has(item + ".value")) o.refuse(item + ".text");  // Ours always have a value.
    if (offered(o, item + ".selected")) field.value = o.text(item + ".value");
    field.options.push_back({.value = o.text(item + ".value"),
                             .text = o.text(item + ".text"),
                             .is_disabled = o.is(item + ".disabled")});
  }
  return select(view, field);
}

Choices choices(Options& o) {
  Choices group{.name = o.text("name"),
                .legend = question(o, "fieldset.legend"),
                .hint = o.text("hint.text"),
                .error = o.text("errorMessage.text"),
                .id = o.text("idPrefix"),
                .described_by = o.text("fieldset.describedBy")};
  if (!o.text("value").empty()) group.values.push_back(o.text("value"));
  for (const std::string& value : o.items("values")) group.values.push_back(o.text(value));
  const std::string_view classes = o.text("classes");
  if (classes.find(' ') != std::string_view::npos)
    o.refuse("classes");
  else if (classes.ends_with("--inline"))
    group.arrangement = Arrangement::in_line;
  else if (classes.ends_with("--small"))
    group.arrangement = Arrangement::small;
  else if (!classes.empty())
    o.refuse("classes");
  for (const std::string& item : o.items("items"))
    group.choices.push_back({.value = o.text(item + ".value"),
                             .text = o.text(item + ".text"),
                             .hint = o.text(item + ".hint.text"),
                             .reveal = o.html(item + ".conditional.html"),
                             .name = o.text(item + ".name"),
                             .id = o.text(item + ".id"),
                             .divider = o.text(item + ".divider"),
                             .is_checked = offered(o, item + ".checked"),
                             .is_disabled = o.is(item + ".disabled"),
                             .is_exclusive = o.text(item + ".behaviour") == "exclusive"});
  return group;
}

Fragment make_radios(Options& o) {
  Choices group = choices(o);
  if (group.legend.text.empty()) {
    o.refuse("name");  // We always ask for a legend.
    group.legend.text = "-";
  }
  return radios(view, group);
}

Fragment make_checkboxes(Options& o) {
  Choices group = choices(o);
  if (group.legend.text.empty()) group.described_by = o.text("describedBy");
  return checkboxes(view, group);
}

Fragment make_date(Options& o) {
  DateInput field{.name = o.text("namePrefix"),
                  .legend = question(o, "fieldset.legend"),
                  .hint = o.text("hint.text"),
                  .error = o.text("errorMessage.text"),
                  .is_day_wrong = offered(o, "day.error"),
                  .is_month_wrong = offered(o, "month.error"),
                  .is_year_wrong = offered(o, "year.error"),
                  .id = o.text("id"),
                  .described_by = o.text("fieldset.describedBy")};
  const std::string prefix = field.name.empty() ? "" : std::string(field.name) + "-";
  field.day = o.text("values." + prefix + "day");
  field.month = o.text("values." + prefix + "month");
  field.year = o.text("values." + prefix + "year");
  if (field.year.empty()) field.year = o.text("year.value");
  if (field.legend.text.empty()) o.refuse("id");  // Always a legend.
  return date_input(view, field);
}

Fragment make_file(Options& o) {
  return file_upload(view, {.name = o.text("name"),
                            .label = question(o, "label"),
                            .hint = o.text("hint.text"),
                            .error = o.text("errorMessage.text"),
                            .id = o.text("id"),
                            .is_multiple = o.is("multiple"),
                            .wrapper = "",
                            .described_by = o.text("describedBy"),
                            .is_disabled = o.is("disabled")});
}

Fragment make_button(Options& o) {
  Button parts{.text = o.text("text"),
               .name = o.text("name"),
               .value = o.text("value"),
               .id = o.text("id"),
               .is_disabled = o.is("disabled"),
               .once = offered(o, "preventDoubleClick"),
               .is_inert = o.text("type") == "button"};
  const std::string_view classes = o.text("classes");
  if (classes == "govuk-button--secondary")
    parts.kind = ButtonKind::secondary;
  else if (classes == "govuk-button--warning")
    parts.kind = ButtonKind::warning;
  else if (!classes.empty())
    o.refuse("classes");
  const std::string_view to = o.text("href");
  return to.starts_with('/') ? link_button(Url::path(to), parts) : button(parts);
}

Fragment make_summary(Options& o) {
  ErrorSummary summary{.title = o.text("titleText"), .description = o.text("descriptionText")};
  for (const std::string& item : o.items("errorList")) {
    const std::string_view to = o.text(item + ".href");
    summary.errors.push_back(
        {.text = o.text(item + ".text"), .id = to.empty() ? to : to.substr(1)});
  }
  return error_summary(view, summary);
}

Fragment make_summary_list(Options& o) {
  SummaryList list;
  const std::string_view classes = o.text("classes");
  if (classes == "govuk-summary-list--no-border")
    list.has_borders = false;
  else if (!classes.empty())
    o.refuse("classes");
  for (const std::string& row : o.items("rows")) {
    SummaryRow made{.key = o.text(row + ".key.text")};
    made.value = fill("{}{}", o.text(row + ".value.text"), o.html(row + ".value.html"));
    made.has_border = o.text(row + ".classes") != "govuk-summary-list__row--no-border";
    if (made.has_border && o.has(row + ".classes")) o.refuse(row + ".classes");
    for (const std::string& item : o.items(row + ".actions.items")) {
      const std::string_view to = o.text(item + ".href");
      if (to.starts_with("https")) o.refuse(item + ".href");
      made.actions.push_back({.url = to.starts_with('/') ? Url::path(to) : Url::anchor(""),
                              .text = o.text(item + ".text"),
                              .of_what = o.text(item + ".visuallyHiddenText")});
      if (!to.starts_with('/') && to != "#") o.refuse(item + ".href");
    }
    list.rows.push_back(std::move(made));
  }
  return summary_list(view, list);
}

Fragment make_details(Options& o) {
  Fragment body = fill("{}{}", o.text("text"), o.html("html"));
  return details(o.text("summaryText"), body, o.is("open"));
}

Fragment make_back(Options& o) {
  const std::string_view to = o.text("href");
  return back_link(view, to.starts_with('/') ? Url::path(to) : Url::anchor(""), o.text("text"));
}

struct Component {
  const char* name;
  Fragment (*make)(Options&);
};

const Component components[] = {
    {"back-link", make_back},
    {"button", make_button},
    {"character-count",
     [](Options& o) {
       if (o.number("maxlength") == 0) o.refuse("name");  // Nothing to count.
       return make_textarea(o);
     }},
    {"checkboxes", make_checkboxes},
    {"date-input", make_date},
    {"details", make_details},
    {"error-message", [](Options& o) { return error_message(view, o.text("text"), o.text("id")); }},
    {"error-summary", make_summary},
    {"fieldset",
     [](Options& o) {
       return fieldset(view, {.legend = question(o, "legend"),
                              .body = o.html("html"),
                              .described_by = o.text("describedBy"),
                              .role = o.text("role")});
     }},
    {"file-upload", make_file},
    {"hint", [](Options& o) { return hint(o.text("text"), o.text("id")); }},
    {"input", make_input},
    {"label",
     [](Options& o) {
       Question words{.text = o.text("text"), .is_heading = o.is("isPageHeading")};
       const std::string_view c = o.text("classes");
       const std::map<std::string_view, Size> sizes = {{"govuk-label--s", Size::s},
                                                       {"govuk-label--m", Size::m},
                                                       {"govuk-label--l", Size::l},
                                                       {"govuk-label--xl", Size::xl}};
       if (sizes.contains(c)) words.size = sizes.at(c);
       if (!c.empty() && !sizes.contains(c)) o.refuse("classes");
       return label(view, words, o.text("for"));
     }},
    {"radios", make_radios},
    {"select", make_select},
    {"summary-list", make_summary_list},
    {"textarea", make_textarea},
};

// Compares all fixtures of one component; the row of the table in the document.
std::string row_for(const Component& component) {
  const std::string folder = std::string(LN_SOURCE) + "/test/fixtures/govuk/";
  const std::string text = contents(folder + component.name + ".json");
  const auto parsed =
      json::parse(text, {.size_max = 1 << 20, .depth_max = 16, .form = json::Form::as_sent});
  REQUIRE(parsed.ok());
  std::size_t compared = 0, skipped = 0;
  std::set<std::string> reasons;
  for (const json::Value fixture : parsed.value().root().items()) {
    Options options(fixture.find("options"));
    const Fragment made = component.make(options);
    if (const auto unread = options.unread(); !unread.empty()) {
      ++skipped;
      reasons.insert(unread.begin(), unread.end());
      continue;
    }
    ++compared;
    const std::string name(fixture.text("name").value_or(""));
    CAPTURE(component.name);
    CAPTURE(name);
    CHECK(test::normal_html(options.with_html(made.view())) ==
          test::normal_html(fixture.text("html").value_or("")));
  }
  std::string row = "| " + std::string(component.name) + " | " + std::to_string(compared) + " | " +
                    std::to_string(skipped) + " |";
  for (const std::string& reason : reasons) row += " `" + reason + "`";
  return row + " |";
}

}  // namespace

TEST_CASE("forms: the markup is govuk-frontend's") {
  const std::string document =
      contents(std::string(LN_SOURCE) + "/docs/formats/govuk-components.md");
  for (const Component& component : components) {
    const std::string row = row_for(component);
    CAPTURE(row);
    CHECK(document.find(row) != std::string::npos);
  }
}

}  // namespace ln::html
