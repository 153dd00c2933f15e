#include "engine/text/text_hide.h"

#include <vector>

namespace ln::text {
namespace {

struct MarkWords {
  std::string_view word, mark, english;
};
// In the order of Hidden.
constexpr std::array<MarkWords, all_hidden.size()> mark_words = {{
    {"citizen_id", "[đã che: số giấy tờ tùy thân]", "[hidden: identity number]"},
    {"phone", "[đã che: số điện thoại]", "[hidden: phone number]"},
    {"email", "[đã che: địa chỉ thư điện tử]", "[hidden: e-mail address]"},
    {"bank_account", "[đã che: số tài khoản]", "[hidden: bank account]"},
    {"tax_number", "[đã che: mã số thuế]", "[hidden: tax number]"},
    {"insurance", "[đã che: số bảo hiểm]", "[hidden: insurance number]"},
    {"plate", "[đã che: biển số xe]", "[hidden: number plate]"},
    {"person", "[đã che: tên người]", "[hidden: name]"},
    {"house", "[đã che: số nhà]", "[hidden: house number]"},
    {"other", "[đã che: chi tiết khác]", "[hidden: other detail]"},
}};
constexpr std::string_view mark_begin = "[đã che: ";

const MarkWords& words_of(Hidden kind) { return mark_words[static_cast<std::size_t>(kind)]; }

// A piece of a text that is cut at its marks: what stands before a mark, and the mark; at the end
// what is left, and none.
struct Cut {
  std::string_view before;
  std::optional<Hidden> mark;
};

std::vector<Cut> cut_at_marks(std::string_view text) {
  std::vector<Cut> out;
  std::size_t from = 0;
  for (std::size_t at = text.find(mark_begin); at != std::string_view::npos;
       at = text.find(mark_begin, at)) {
    std::optional<Hidden> found;
    for (const Hidden kind : all_hidden)
      if (text.substr(at).starts_with(mark_of(kind))) found = kind;
    if (!found) {
      at += mark_begin.size();
      continue;
    }
    out.push_back({text.substr(from, at - from), found});
    at += mark_of(*found).size();
    from = at;
  }
  out.push_back({text.substr(from), std::nullopt});
  return out;
}

std::string with_plain_lines(std::string_view text) {
  constexpr std::string_view spaces = " \t\r\n";
  const std::size_t first = text.find_first_not_of(spaces);
  if (first == std::string_view::npos) return {};
  text = text.substr(first, text.find_last_not_of(spaces) + 1 - first);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') out += text[i];
  return out;
}

}  // namespace

std::string_view to_text(Hidden kind) { return words_of(kind).word; }

std::optional<Hidden> hidden_of(std::string_view word) {
  for (const Hidden kind : all_hidden)
    if (to_text(kind) == word) return kind;
  return std::nullopt;
}

Hidden hidden_of(Private kind) {
  static_assert(static_cast<int>(Private::house) == static_cast<int>(Hidden::house));
  return static_cast<Hidden>(kind);
}

std::string_view mark_of(Hidden kind) { return words_of(kind).mark; }

std::string with_marks(std::string_view text) {
  std::string out;
  std::size_t from = 0;
  for (const Finding& each : find_private(text)) {
    out += text.substr(from, each.at - from);
    out += mark_of(hidden_of(each.kind));
    from = each.at + each.size;
  }
  out += text.substr(from);
  return out;
}

std::string in_english(std::string_view text) {
  std::string out;
  for (const Cut& cut : cut_at_marks(text)) {
    out += cut.before;
    if (cut.mark) out += words_of(*cut.mark).english;
  }
  return out;
}

MarkCounts count_marks(std::string_view text) {
  MarkCounts counts{};
  for (const Cut& cut : cut_at_marks(text))
    if (cut.mark) ++counts[static_cast<std::size_t>(*cut.mark)];
  return counts;
}

bool only_hides(std::string_view original, std::string_view shown) {
  const std::string whole = with_plain_lines(original), public_text = with_plain_lines(shown);
  std::string_view rest = whole;
  const std::vector<Cut> cuts = cut_at_marks(public_text);
  if (cuts.size() == 1) return whole == public_text;
  if (!rest.starts_with(cuts.front().before)) return false;
  rest.remove_prefix(cuts.front().before.size());
  // A mark stands for at least one byte. Each piece is taken where it comes first: if that leaves
  // no room for those after it, no later place does.
  for (std::size_t i = 1; i + 1 < cuts.size(); ++i) {
    const std::size_t at = rest.find(cuts[i].before, 1);
    if (rest.empty() || at == std::string_view::npos) return false;
    rest.remove_prefix(at + cuts[i].before.size());
  }
  return rest.size() > cuts.back().before.size() && rest.ends_with(cuts.back().before);
}

}  // namespace ln::text
