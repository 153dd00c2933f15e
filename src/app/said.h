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

  std::string in(const i18n::Voice& voice) const {
    std::string sentence;
    i18n::for_each_piece(
        voice(text), [&](std::string_view piece) { sentence += piece; },
        [&](std::string_view hole) {
          for (const auto& [name, value] : values)
            if (name == hole) sentence += value;
        });
    return sentence;
  }
};

}  // namespace ln::app
