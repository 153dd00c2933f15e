// HTML brought to one form, so that two ways of writing the same document compare equal: one token
// a line, white space collapsed, attributes and classes sorted, entities decoded. For tests; it
// reads the HTML that our components and govuk-frontend write, not everything on the web.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ln::test {

inline std::string decoded(std::string_view text) {
  static const std::map<std::string_view, std::string_view> named = {
      {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"#39", "'"}, {"nbsp", " "}};
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t end = text[i] == '&' ? text.find(';', i) : std::string_view::npos;
    const auto found =
        end == std::string_view::npos ? named.end() : named.find(text.substr(i + 1, end - i - 1));
    if (found == named.end()) {
      out += text[i];
    } else {
      out += found->second;
      i = end;
    }
  }
  return out;
}

inline std::string collapsed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

inline std::string sorted_words(std::string_view text) {
  std::vector<std::string> words;
  const std::string all = collapsed(text);
  for (std::size_t i = 0; i < all.size();) {
    const std::size_t end = std::min(all.find(' ', i), all.size());
    words.push_back(all.substr(i, end - i));
    i = end + 1;
  }
  std::sort(words.begin(), words.end());
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// The inside of a tag, "input id=\"a\" checked", with its attributes in alphabetical order.
inline std::string normal_tag(std::string_view tag) {
  const std::size_t name_end = std::min(tag.find_first_of(" \n\t"), tag.size());
  std::map<std::string, std::string> attributes;
  for (std::size_t i = name_end; i < tag.size();) {
    if (tag[i] == ' ' || tag[i] == '\n' || tag[i] == '\t' || tag[i] == '/') {
      ++i;
      continue;
    }
    const std::size_t end = std::min(tag.find_first_of("= \n\t", i), tag.size());
    const std::string name(tag.substr(i, end - i));
    i = end;
    std::string value;
    if (i < tag.size() && tag[i] == '=') {
      const std::size_t close = tag.find('"', i + 2);
      value = decoded(tag.substr(i + 2, close - i - 2));
      i = close + 1;
    }
    attributes[name] = name == "class" ? sorted_words(value) : value;
  }
  std::string out = "<" + std::string(tag.substr(0, name_end));
  for (const auto& [name, value] : attributes) out += " " + name + "=\"" + value + "\"";
  return out + ">";
}

inline std::string normal_html(std::string_view html) {
  std::string out;
  for (std::size_t i = 0; i < html.size();) {
    if (html[i] == '<') {
      const std::size_t end = std::min(html.find('>', i), html.size());
      out += normal_tag(html.substr(i + 1, end - i - 1)) + "\n";
      i = end + 1;
    } else {
      const std::size_t end = std::min(html.find('<', i), html.size());
      const std::string text = collapsed(decoded(html.substr(i, end - i)));
      if (!text.empty() && text != " ") out += (text[0] == ' ' ? text.substr(1) : text) + "\n";
      i = end;
    }
  }
  return out;
}

}  // namespace ln::test
