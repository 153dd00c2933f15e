#include "engine/merkle/merkle_canonical.h"

#include "base/text.h"

namespace ln::merkle {
namespace {

constexpr int depth_max = 8;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Eats from the front what it expects, and says whether it was there.
class Scanner {
 public:
  explicit Scanner(std::string_view bytes) : rest_(bytes) {}

  bool is_at_end() const { return rest_.empty(); }

  bool object(int depth) {
    if (depth > depth_max || !eat("{")) return false;
    if (eat("}")) return true;
    std::string_view last;
    for (bool is_first = true;; is_first = false) {
      const auto name = this->name();
      if (name.data() == nullptr || (!is_first && name <= last) || !eat(":") || !value(depth + 1))
        return false;
      last = name;
      if (eat("}")) return true;
      if (!eat(",")) return false;
    }
  }

 private:
  bool eat(std::string_view what) {
    if (!rest_.starts_with(what)) return false;
    rest_.remove_prefix(what.size());
    return true;
  }
  bool eat_control() {
    if (rest_.size() < 2) return false;
    const auto is_hex = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); };
    const char high = rest_[0], low = rest_[1];
    // Those below U+0020 that have no escape of their own.
    const bool has_short = high == '0' && std::string_view("89acd").find(low) != rest_.npos;
    if ((high != '0' && high != '1') || !is_hex(low) || has_short) return false;
    rest_.remove_prefix(2);
    return true;
  }
  bool text() {
    if (!eat("\"")) return false;
    while (!rest_.empty()) {
      const char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '"') return true;
      if (static_cast<unsigned char>(c) < 0x20) return false;
      if (c != '\\') continue;
      if (eat("u00") ? !eat_control() : !eat_one_of("\"\\bfnrt")) return false;
    }
    return false;
  }
  bool eat_one_of(std::string_view letters) {
    if (rest_.empty() || letters.find(rest_.front()) == letters.npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Null data when there is none.
  std::string_view name() {
    if (!eat("\"")) return {};
    const std::size_t end = rest_.find('"');
    if (end == rest_.npos) return {};
    const std::string_view found = rest_.substr(0, end);
    for (const char c : found)
      if (c < 0x20 || c > 0x7e || c == '\\') return {};
    rest_.remove_prefix(end + 1);
    return found;
  }
  bool number() {
    constexpr std::string_view exact_max = "9007199254740991";
    const bool is_negative = eat("-");
    std::size_t size = 0;
    while (size < rest_.size() && is_digit(rest_[size])) ++size;
    const std::string_view digits = rest_.substr(0, size);
    if (size == 0 || size > exact_max.size()) return false;
    if (digits.front() == '0' && (size > 1 || is_negative)) return false;
    if (size == exact_max.size() && digits > exact_max) return false;
    rest_.remove_prefix(size);
    return true;
  }
  bool array(int depth) {
    if (depth > depth_max || !eat("[")) return false;
    if (eat("]")) return true;
    do
      if (!value(depth + 1)) return false;
    while (eat(","));
    return eat("]");
  }
  bool value(int depth) {
    if (rest_.empty()) return false;
    switch (rest_.front()) {
      case '"': return text();
      case '{': return object(depth);
      case '[': return array(depth);
      default: return eat("true") || eat("false") || eat("null") || number();
    }
  }

  std::string_view rest_;
};

}  // namespace

bool is_canonical(std::string_view bytes) {
  Scanner scanner(bytes);
  return scanner.object(1) && scanner.is_at_end() && is_utf8(bytes);
}

}  // namespace ln::merkle
