// A notice in words.
#pragma once

#include <string>

#include "core/notice/notice.h"
#include "platform/i18n/i18n.h"

namespace ln::notice {

// The sentence with its values, in the reader's language; the values stay as they were written.
// A hole without a value stays visible, a sentence that is gone gives the empty text. Not escaped.
std::string text_of(const Notice& notice, i18n::Voice voice);

}  // namespace ln::notice
