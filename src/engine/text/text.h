// Vietnamese text: normal forms, search keys and alphabetical order.
//
// What a citizen typed is stored as it came, only in NFC. Everything else here makes *keys*:
// strings that are compared, indexed and sorted, and never shown. Any bytes may come in: what is
// not UTF-8 counts as U+FFFD, one for each bad byte, and what comes out is always UTF-8. All
// functions are pure; each key function is idempotent, so a key may be made of a key.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ln::text {

// Canonical composition (Unicode NFC). File names from macOS and some keyboards send the marks as
// separate code points; "duyệt" typed either way becomes the same bytes.
std::string to_nfc(std::string_view text);

// The key for search without diacritics: compatibility decomposition, no marks, đ→d, case folded,
// everything but letters and digits becomes one space, none at the ends. "Đường  HỎNG!" gives
// "duong hong", "1207/QĐ-UBND" gives "1207 qd ubnd". Where the tone stands (hoà, hòa) no longer
// matters. Names that differ only in marks collide: show all of them, never pick one.
std::string fold(std::string_view text);

// The key for search with diacritics: lower case, NFC, spaces and punctuation as in fold, and each
// tone on the letter where spelling before 1980 puts it (hoà→hòa, uỷ→ủy, qúy→quý, cuả→của).
// fold(marked(text)) == fold(text).
std::string marked(std::string_view text);

// Whether somebody took the trouble to type diacritics; then exact matches should come first.
bool has_marks(std::string_view text);

// The key for near-duplicates: fold, and "i" for the "y" that spells the same sound (Quy/Qui,
// Sỹ/Sĩ, Lý/Lí). It leaves tay/tai and thuy/thui apart, which are different words. Too coarse for
// search.
std::string dedup_key(std::string_view text);

// The different words of fold(query) in the order they were typed, at most `count_max` of them, so
// that nobody can make a search expensive by typing much.
std::vector<std::string> words(std::string_view query, std::size_t count_max = 12);

// Printable ASCII whose byte order (memcmp, SQLite BINARY, PostgreSQL COLLATE "C") is Vietnamese
// alphabetical order: a ă â b c d đ e ê … compared over the whole text first, and only then the
// tones in the order ngang, huyền, hỏi, ngã, sắc, nặng. Numbers compare by value ("Phường 2" stands
// before "Phường 12"), case and punctuation do not count, other scripts follow after z.
std::string sort_key(std::string_view text);

}  // namespace ln::text
