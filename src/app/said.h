// A sentence with what stands in its holes, kept until it is known who reads it in which language.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/text_key.h"
#include "platform/i18n/i18n.h"

namespace ln::app {

struct Said {
  TextKey text;
  std::vector<std::pair<std::string, std::string>> values = {};
  std::vector<std::pair<std::string, TextKey>> words = {};  // holes that are sentences themselves

  std::string in(const i18n::Voice& voice) const {
    std::string sentence;
    i18n::for_each_piece(
        voice(text), [&](std::string_view piece) { sentence += piece; },
        [&](std::string_view hole) {
          for (const auto& [name, value] : values)
            if (name == hole) sentence += value;
          for (const auto& [name, key] : words)
            if (name == hole) sentence += voice(key);
        });
    return sentence;
  }
};

}  // namespace ln::app
