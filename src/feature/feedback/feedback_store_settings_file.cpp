#include "feature/feedback/feedback_store_settings_file.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/settings/settings.h"
#include "platform/json/json.h"

namespace ln::feedback {
namespace {

constexpr std::size_t line_size_max = settings::value_size_max + 1024;

// Everything before the value.
std::string line_begins(std::string_view list, std::string_view code) {
  std::string text;
  json::Writer(text).object().member("code", code).member("list", list).end_object();
  text.back() = ',';
  return text + R"("value":)";
}

Error line_error(std::size_t line, TextKey what) {
  return {ErrorKind::invalid, what, {{"line " + std::to_string(line), what}}};
}

// The list and code are read as JSON; the value is kept as it stands, because its bytes count.
Result<SettingLine> read_setting_line(std::string_view text, std::size_t number) {
  const Error no_line = line_error(number, "settings.error.file_line"_t);
  if (text.size() > line_size_max) return no_line;
  constexpr std::size_t depth_max = 8;
  const auto document = json::parse(
      text, {.size_max = line_size_max, .depth_max = depth_max, .form = json::Form::as_sent});
  if (!document.ok()) return no_line;
  const json::Value root = document.value().root();
  SettingLine line{.line = number,
                   .list = std::string(root.text("list").value_or("")),
                   .code = std::string(root.text("code").value_or(""))};
  const std::string begins = line_begins(line.list, line.code);
  if (!text.starts_with(begins) || !text.ends_with('}') || !root.has("value") ||
      root.count() != 3 || text.size() < begins.size() + 3)
    return no_line;
  line.value = text.substr(begins.size(), text.size() - begins.size() - 1);
  return line;
}

}  // namespace

std::string line_of_setting(const SettingLine& line) {
  return line_begins(line.list, line.code) + line.value + "}";
}

Result<std::vector<SettingLine>> read_settings_file(std::string_view bytes) {
  if (bytes.size() > settings_file_size_max) return line_error(1, "settings.error.file_size"_t);
  std::vector<SettingLine> all;
  std::set<std::pair<std::string, std::string>> seen;
  for (std::size_t number = 1; !bytes.empty(); ++number) {
    if (number > settings_file_lines_max) return line_error(number, "settings.error.file_size"_t);
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view text = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    // A file that went through an editor of another system.
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (number == 1) {
      if (text != settings_file_head) return line_error(1, "settings.error.file_head"_t);
      continue;
    }
    if (text.empty()) continue;
    TRY(SettingLine line, read_setting_line(text, number));
    if (!seen.emplace(line.list, line.code).second)
      return line_error(number, "settings.error.file_twice"_t);
    all.push_back(std::move(line));
  }
  if (all.empty()) return line_error(1, "settings.error.file_head"_t);
  return all;
}

}  // namespace ln::feedback
