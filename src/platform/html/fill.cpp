#include "platform/html/fill.h"

#include <charconv>

namespace ln::html {
namespace detail {
namespace {

constexpr std::array<bool, 256> make_special() {
  std::array<bool, 256> special{};
  for (const char c : {'&', '<', '>', '"', '\''}) special[static_cast<unsigned char>(c)] = true;
  return special;
}
constexpr std::array<bool, 256> is_special = make_special();

std::string_view entity_for(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    default: return "&#39;";
  }
}

}  // namespace

// Most text holds nothing special, so runs are copied whole.
void escape(std::string& out, std::string_view text) {
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_special[static_cast<unsigned char>(text[i])]) continue;
    out.append(text, done, i - done);
    out += entity_for(text[i]);
    done = i + 1;
  }
  out.append(text, done, text.size() - done);
}

}  // namespace detail

Attributes& Attributes::set(detail::AttributeName name, std::string_view value) {
  text_ += ' ';
  text_ += name.view();
  text_ += "=\"";
  detail::escape(text_, value);
  text_ += '"';
  return *this;
}

Attributes& Attributes::set(detail::AttributeName name, std::int64_t value) {
  return set(name, std::string_view(std::to_string(value)));
}

Attributes& Attributes::flag(detail::AttributeName name, bool on) {
  if (on) {
    text_ += ' ';
    text_ += name.view();
  }
  return *this;
}

void Fragment::write(std::string_view pattern, const Plan& plan, const detail::Argument* args) {
  using Is = detail::Argument::Is;
  std::size_t done = 0;
  const auto literal_up_to = [&](std::size_t end) { text_ += pattern.substr(done, end - done); };
  for (std::size_t i = 0; i < plan.count; ++i) {
    const Hole& hole = plan.holes[i];
    const detail::Argument& value = args[i];
    if (value.is_ == Is::absent || value.is_ == Is::flag) {
      literal_up_to(value.is_ == Is::flag ? hole.name_end : hole.cut_from);
      done = hole.cut_to;
    } else {
      literal_up_to(hole.at);
      write_value(value, hole.guards_newline);
      done = hole.at + 2U;
    }
  }
  literal_up_to(pattern.size());
}

void Fragment::write_value(const detail::Argument& value, bool guards_newline) {
  using Is = detail::Argument::Is;
  switch (value.is_) {
    case Is::text:
      // HTML drops one newline right after <textarea> and <pre>; give it one to drop.
      if (guards_newline && (value.text_.starts_with('\n') || value.text_.starts_with('\r')))
        text_ += '\n';
      detail::escape(text_, value.text_);
      return;
    case Is::number: {
      std::array<char, 20> digits{};
      if (value.negative_) text_ += '-';
      const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value.number_);
      text_.append(digits.data(), end.ptr);
      return;
    }
    case Is::fragment: text_ += static_cast<const Fragment*>(value.with_)->text_; return;
    case Is::attributes: text_ += static_cast<const Attributes*>(value.with_)->text_; return;
    case Is::writer: value.call_(value.with_, *this); return;
    case Is::flag:
    case Is::absent: return;  // Dealt with by write(): they cut the attribute.
  }
}

}  // namespace ln::html
