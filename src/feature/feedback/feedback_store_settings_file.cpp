#include "feature/feedback/feedback_store_settings_file.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/settings/settings.h"
#include "core/settings/settings_store_site.h"
#include "core/settings/settings_store_units.h"
#include "core/units/units_store_reorganise.h"
#include "feature/feedback/feedback_store_settings.h"
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

std::string settings_file(db::Read& read, Day today) {
  std::vector<SettingLine> all;
  for (const TopicSetting& each : every_topic(read)) {
    TopicSetting setting = each;
    setting.questions = topic_questions(read, each.topic.code);
    all.push_back({0, std::string(topic_list), each.topic.code, value_of(setting)});
  }
  for (const units::Unit& each : units::all_on(read, today)) {
    const auto setting = settings::unit_setting(read, each.code, each.valid_from);
    all.push_back({0, std::string(settings::unit_list),
                   settings::entry_of(each.code, each.valid_from), settings::value_of(*setting)});
  }
  for (const std::string_view code : {settings::texts_code, settings::theme_code})
    all.push_back(
        {0, std::string(settings::site_list), std::string(code), settings::site_value(read, code)});
  std::ranges::sort(all, {},
                    [](const SettingLine& line) { return std::tie(line.list, line.code); });
  std::string file(settings_file_head);
  file += '\n';
  for (const SettingLine& each : all)
    file += line_begins(each.list, each.code) + each.value + "}\n";
  return file;
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
