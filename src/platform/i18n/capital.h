// The beginning of a sentence, a cell or a label.
#pragma once

#include <string>
#include <string_view>

namespace ln::i18n {

// `text` with its first letter as a capital, whatever letter of the Latin script with Vietnamese it
// is: "thứ Hai" gives "Thứ Hai", "đường" gives "Đường", "ở" gives "Ở", also when the mark is typed
// apart. Everything else stays as it is: what begins with a digit or a sign has no letter to
// change. Vietnamese writes the names of weekdays small inside a sentence (but for "Chủ nhật") and
// so does our text; whoever puts one first asks for this. Precondition: is_utf8(text).
std::string capitalised(std::string_view text);

}  // namespace ln::i18n
