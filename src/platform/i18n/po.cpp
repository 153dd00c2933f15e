#include "platform/i18n/po.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"

namespace ln::i18n {
namespace {

constexpr bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_key(std::string_view key) {
  bool has_dot = false;
  bool starts_word = true;
  for (const char c : key) {
    if (c == '.') {
      if (starts_word) return false;
      has_dot = starts_word = true;
    } else {
      if (!is_name_char(c)) return false;
      starts_word = false;
    }
  }
  return has_dot && !starts_word && key.front() >= 'a';
}

// Calls `found` with each hole's name. False when braces do not match or a name is no name.
bool for_each_hole(std::string_view text, const std::function<void(std::string_view)>& found) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '}') return false;
    if (text[i] != '{') continue;
    std::size_t end = i + 1;
    while (end < text.size() && is_name_char(text[end])) ++end;
    if (end == i + 1 || end >= text.size() || text[end] != '}') return false;
    found(text.substr(i + 1, end - i - 1));
    i = end;
  }
  return true;
}

// The bytes a quoted string stands for; null when it is not one.
std::optional<std::string> unquote(std::string_view quoted) {
  if (quoted.size() < 2 || quoted.front() != '"' || quoted.back() != '"') return std::nullopt;
  const std::string_view inside = quoted.substr(1, quoted.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    const char c = inside[i];
    if (c == '"' || static_cast<unsigned char>(c) < ' ') return std::nullopt;
    if (c != '\\') {
      out += c;
      continue;
    }
    if (++i == inside.size()) return std::nullopt;
    switch (inside[i]) {
      case 'n': out += '\n'; break;
      case 't': out += '\t'; break;
      case '"': out += '"'; break;
      case '\\': out += '\\'; break;
      default: return std::nullopt;
    }
  }
  return out;
}

class PoReader {
 public:
  explicit PoReader(std::string_view text) : text_(text) {}

  PoFile read() {
    if (!is_utf8(text_)) {
      problem(1, "the file is not UTF-8");
      return std::move(file_);
    }
    while (!text_.empty() && file_.problems.size() < 50) {
      ++line_;
      const std::size_t end = std::min(text_.find('\n'), text_.size());
      std::string_view line = text_.substr(0, end);
      text_.remove_prefix(std::min(end + 1, text_.size()));
      if (line.ends_with('\r')) line.remove_suffix(1);
      read_line(trimmed(line));
    }
    finish_entry();
    if (!has_header_) problem(1, "the header (msgid \"\") is missing");
    std::stable_sort(file_.problems.begin(), file_.problems.end(),
                     [](const PoProblem& a, const PoProblem& b) { return a.line < b.line; });
    return std::move(file_);
  }

 private:
  // The parts of an entry in the order in which they must stand.
  enum class Part { none, id, id_plural, text, text_0, text_1 };

  void problem(std::size_t line, std::string what) {
    file_.problems.push_back({line, std::move(what)});
  }

  void read_line(std::string_view line) {
    if (line.empty()) return;
    if (line.front() == '#') return comment(line);
    if (line.front() == '"') return more(line);
    const std::size_t space = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, space);
    const std::string_view rest = trimmed(line.substr(space));
    if (word == "msgid") {
      finish_entry();
      entry_ = {};
      entry_.line = line_;
      start(Part::id, Part::none, rest);
    } else if (word == "msgid_plural") {
      start(Part::id_plural, Part::id, rest);
    } else if (word == "msgstr") {
      start(Part::text, Part::id, rest);
    } else if (word == "msgstr[0]") {
      start(Part::text_0, Part::id_plural, rest);
    } else if (word == "msgstr[1]") {
      start(Part::text_1, Part::text_0, rest);
    } else {
      problem(line_, "this line is neither a comment nor msgid, msgid_plural or msgstr");
    }
  }

  void comment(std::string_view line) {
    if (line.starts_with("#~")) problem(line_, "obsolete entries (#~) are deleted, not kept");
    if (line.starts_with("#,") && line.find("fuzzy") != std::string_view::npos)
      problem(line_, "a fuzzy translation is read again and corrected first");
  }

  void start(Part part, Part after, std::string_view quoted) {
    if (part_ != after) problem(line_, "msgid, msgid_plural and msgstr stand in another order");
    part_ = part;
    more(quoted);
  }

  void more(std::string_view quoted) {
    const auto text = unquote(quoted);
    if (!text) return problem(line_, "this is not a string in double quotes");
    switch (part_) {
      case Part::none: return problem(line_, "a string belongs to no entry");
      case Part::id: entry_.key += *text; return;
      case Part::id_plural:
        entry_.is_plural = true;
        plural_id_ += *text;
        return;
      case Part::text:
      case Part::text_0: entry_.one += *text; return;
      case Part::text_1: entry_.many += *text; return;
    }
  }

  void finish_entry() {
    const Part last = part_;
    part_ = Part::none;
    const std::string plural_id = std::move(plural_id_);
    plural_id_.clear();
    if (last == Part::none) return;
    if (last == Part::id || last == Part::id_plural)
      return problem(entry_.line, "the entry has no msgstr");
    if (entry_.key.empty()) return header();
    if (!has_header_) problem(entry_.line, "the header (msgid \"\") comes first");
    if (!is_key(entry_.key))
      return problem(entry_.line, "\"" + entry_.key + "\" is not a key like room.part.name");
    if (entry_.is_plural && plural_id != entry_.key)
      problem(entry_.line, entry_.key + ": msgid_plural repeats the msgid");
    if (!seen_.insert(entry_.key).second)
      problem(entry_.line, entry_.key + " stands here a second time");
    if (entry_.one.empty() || (last == Part::text_1 && entry_.many.empty()))
      problem(entry_.line, entry_.key + " has an empty sentence");
    for (const std::string* text : {&entry_.one, &entry_.many})
      if (!for_each_hole(*text, [](std::string_view) {}))
        problem(entry_.line, entry_.key + ": holes are written {name}");
    file_.entries.push_back(std::move(entry_));
  }

  void header() {
    if (has_header_ || !file_.entries.empty())
      problem(entry_.line, "the header (msgid \"\") comes first and once");
    has_header_ = true;
    constexpr std::string_view field = "Language: ";
    const std::size_t at = entry_.one.find(field);
    if (at != std::string::npos) {
      const std::size_t from = at + field.size();
      file_.language = entry_.one.substr(from, entry_.one.find('\n', from) - from);
    }
    if (file_.language.empty()) problem(entry_.line, "the header names no Language");
    if (entry_.one.find("charset=UTF-8") == std::string::npos)
      problem(entry_.line, "the header does not say charset=UTF-8");
  }

  std::string_view text_;
  std::size_t line_ = 0;
  Part part_ = Part::none;
  PoEntry entry_;
  std::string plural_id_;
  bool has_header_ = false;
  std::set<std::string> seen_;
  PoFile file_;
};

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "{" : " {") + name + "}";
  return out.empty() ? "none" : out;
}

// The singular may say "one day" where the plural says "{count} days".
bool same_holes(const std::vector<std::string>& singular, std::vector<std::string> plural) {
  if (singular == plural) return true;
  std::erase(plural, "count");
  return singular == plural;
}

void compare_entry(const PoEntry& vi, const PoEntry& en, std::vector<PoProblem>& problems) {
  const auto report = [&](const std::string& what) {
    problems.push_back({en.line, "en.po: " + en.key + what});
  };
  if (vi.is_plural != en.is_plural) return report(" is a plural in one language only");
  if (!vi.many.empty()) report(": Vietnamese has one form, msgstr[0]");
  if (en.is_plural && en.many.empty()) return report(": English needs msgstr[0] and msgstr[1]");
  const auto in_vi = holes_of(vi.one);
  const auto in_en = holes_of(en.is_plural ? en.many : en.one);
  if (in_vi != in_en) report(" has other holes: vi " + listed(in_vi) + ", en " + listed(in_en));
  if (en.is_plural && !same_holes(holes_of(en.one), in_en))
    report(": msgstr[0] and msgstr[1] have other holes");
}

}  // namespace

PoFile read_po(std::string_view text) { return PoReader(text).read(); }

std::vector<std::string> holes_of(std::string_view sentence) {
  std::set<std::string> names;
  for_each_hole(sentence, [&](std::string_view name) { names.emplace(name); });
  return {names.begin(), names.end()};
}

std::vector<PoProblem> compare(const PoFile& vi, const PoFile& en) {
  std::vector<PoProblem> problems;
  if (vi.language != "vi") problems.push_back({1, "vi.po: its header does not say Language: vi"});
  if (en.language != "en") problems.push_back({1, "en.po: its header does not say Language: en"});
  std::map<std::string_view, const PoEntry*> in_en;
  for (const PoEntry& entry : en.entries) in_en[entry.key] = &entry;
  for (const PoEntry& entry : vi.entries) {
    const auto found = in_en.find(entry.key);
    if (found == in_en.end()) {
      problems.push_back({entry.line, "vi.po: " + entry.key + " is missing in en.po"});
      continue;
    }
    compare_entry(entry, *found->second, problems);
    in_en.erase(found);
  }
  for (const auto& [key, entry] : in_en)
    problems.push_back({entry->line, "en.po: " + std::string(key) + " is missing in vi.po"});
  return problems;
}

}  // namespace ln::i18n
