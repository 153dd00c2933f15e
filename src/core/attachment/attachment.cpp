#include "core/attachment/attachment.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace ln::attachment {
namespace {

constexpr std::array kind_words = {std::string_view("picture"), std::string_view("document"),
                                   std::string_view("audio")};
constexpr std::array visibility_words = {std::string_view("hidden"), std::string_view("published")};

bool has_at(std::string_view bytes, std::size_t at, std::string_view what) {
  return bytes.size() >= at && bytes.substr(at).starts_with(what);
}

bool is_jpeg(std::string_view bytes) { return bytes.starts_with("\xFF\xD8\xFF"); }
bool is_png(std::string_view bytes) { return bytes.starts_with("\x89PNG\r\n\x1A\n"); }
bool is_webp(std::string_view bytes) {
  return bytes.starts_with("RIFF") && has_at(bytes, 8, "WEBP");
}
bool is_pdf(std::string_view bytes) { return bytes.starts_with("%PDF-"); }

// Office documents are ZIP archives. The names of their parts stand in the archive as they are,
// also of the parts that hold programs.
bool is_archive_with(std::string_view bytes, std::string_view part) {
  constexpr auto none = std::string_view::npos;
  return bytes.starts_with("PK\x03\x04") && bytes.find(part) != none &&
         bytes.find("vbaProject.bin") == none && bytes.find("Basic/script-lc.xml") == none;
}
bool is_docx(std::string_view bytes) { return is_archive_with(bytes, "word/document.xml"); }
bool is_xlsx(std::string_view bytes) { return is_archive_with(bytes, "xl/workbook.xml"); }
bool is_odt(std::string_view bytes) {
  constexpr std::string_view type = "mimetypeapplication/vnd.oasis.opendocument.text";
  return is_archive_with(bytes, type) && has_at(bytes, 30, type);
}

bool is_plain_text(std::string_view bytes) {
  const auto is_control = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\r' && c != '\n' && c != '\f') || byte == 0x7F;
  };
  return is_utf8(bytes) && std::ranges::none_of(bytes, is_control);
}

bool is_m4a(std::string_view bytes) {
  constexpr std::array<std::string_view, 6> brands = {"M4A ", "M4B ", "mp41",
                                                      "mp42", "isom", "iso2"};
  if (!has_at(bytes, 4, "ftyp") || bytes.size() < 12) return false;
  return std::ranges::find(brands, bytes.substr(8, 4)) != brands.end();
}
bool is_mp3(std::string_view bytes) {
  if (bytes.starts_with("ID3")) return true;
  // The head of a frame: eleven ones, then a version, and the layer, which is 3.
  if (bytes.size() < 4 || bytes[0] != '\xFF') return false;
  return (static_cast<unsigned char>(bytes[1]) & 0xE6U) == 0xE2U;
}
bool is_ogg(std::string_view bytes) { return bytes.starts_with("OggS"); }
bool is_webm(std::string_view bytes) {
  return bytes.starts_with("\x1A\x45\xDF\xA3") &&
         bytes.substr(0, 64).find("webm") != std::string_view::npos;
}
bool is_wav(std::string_view bytes) {
  return bytes.starts_with("RIFF") && has_at(bytes, 8, "WAVE");
}

struct Known {
  Type type;
  bool (*matches)(std::string_view bytes);
};
constexpr Known pictures[] = {{{Kind::picture, "jpg", "image/jpeg"}, is_jpeg},
                              {{Kind::picture, "png", "image/png"}, is_png},
                              {{Kind::picture, "webp", "image/webp"}, is_webp}};
constexpr Known others[] = {
    {{Kind::document, "pdf", "application/pdf"}, is_pdf},
    {{Kind::document, "docx",
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
     is_docx},
    {{Kind::document, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
     is_xlsx},
    {{Kind::document, "odt", "application/vnd.oasis.opendocument.text"}, is_odt},
    {{Kind::document, "txt", "text/plain; charset=utf-8"}, is_plain_text},
    {{Kind::audio, "m4a", "audio/mp4"}, is_m4a},
    {{Kind::audio, "mp3", "audio/mpeg"}, is_mp3},
    {{Kind::audio, "ogg", "audio/ogg"}, is_ogg},
    {{Kind::audio, "webm", "audio/webm"}, is_webm},
    {{Kind::audio, "wav", "audio/wav"}, is_wav},
};

std::string extension_of(std::string_view file_name) {
  const std::size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos) return {};
  std::string extension(file_name.substr(dot + 1));
  for (char& c : extension)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return extension;
}

// Characters that turn the direction of writing can make "gpj.exe" look like "exe.jpg"; they and
// other invisible ones all begin with these bytes of UTF-8.
bool is_unseen(std::string_view rest) {
  constexpr std::array<std::string_view, 14> unseen = {
      "\u200B", "\u200C", "\u200D", "\u200E", "\u200F", "\u202A", "\u202B",
      "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"};
  return std::ranges::any_of(unseen, [&](std::string_view c) { return rest.starts_with(c); });
}

std::string safe_stem(std::string_view stem) {
  constexpr std::string_view unsafe = "/\\:*?\"<>|%;";
  std::string safe;
  for (std::size_t i = 0; i < stem.size(); ++i) {
    const auto byte = static_cast<unsigned char>(stem[i]);
    if (is_unseen(stem.substr(i))) {
      i += 2;
    } else if (byte < 0x20 || byte == 0x7F || unsafe.find(stem[i]) != std::string_view::npos) {
      safe += '_';
    } else {
      safe += stem[i];
    }
  }
  return safe;
}

}  // namespace

std::string_view to_text(Kind kind) { return kind_words[static_cast<std::size_t>(kind)]; }
std::optional<Kind> kind_of(std::string_view word) {
  const auto found = std::ranges::find(kind_words, word);
  if (found == kind_words.end()) return std::nullopt;
  return static_cast<Kind>(found - kind_words.begin());
}

TextKey title(Kind kind) {
  switch (kind) {
    case Kind::picture: return "attachment.kind.picture"_t;
    case Kind::document: return "attachment.kind.document"_t;
    case Kind::audio: return "attachment.kind.audio"_t;
  }
  CHECK(false);
  return {};
}

std::string_view to_text(Visibility visibility) {
  return visibility_words[static_cast<std::size_t>(visibility)];
}
std::optional<Visibility> visibility_of(std::string_view word) {
  const auto found = std::ranges::find(visibility_words, word);
  if (found == visibility_words.end()) return std::nullopt;
  return static_cast<Visibility>(found - visibility_words.begin());
}

std::optional<Type> recognise(std::string_view file_name, std::string_view bytes) {
  for (const Known& known : pictures)
    if (known.matches(bytes)) return known.type;
  // Some programs write .oga or .opus, and sounds out of a video camera are .mp4.
  std::string extension = extension_of(file_name);
  if (extension == "oga" || extension == "opus") extension = "ogg";
  if (extension == "mp4") extension = "m4a";
  for (const Known& known : others)
    if (known.type.extension == extension && known.matches(bytes)) return known.type;
  return std::nullopt;
}

bool has_end(const Type& type, std::string_view bytes) {
  constexpr auto none = std::string_view::npos;
  // Both formats are read from their end, where a mark stands within a bounded distance.
  const auto tail = [&](std::size_t size) {
    return bytes.substr(bytes.size() - std::min(bytes.size(), size));
  };
  if (type.extension == "pdf") return tail(1024).find("%%EOF") != none;
  if (type.extension == "docx" || type.extension == "xlsx" || type.extension == "odt")
    return tail(22 + 65'535).find("PK\x05\x06") != none;
  return true;
}

std::string safe_name(std::string_view file_name, const Type& type) {
  CHECK(is_utf8(file_name));
  std::string_view stem = file_name.substr(0, file_name.rfind('.'));
  const std::string safe = safe_stem(stem);
  stem = trimmed(first_chars(trimmed(safe), name_chars_max - 1 - type.extension.size()));
  while (stem.starts_with('.')) stem.remove_prefix(1);
  return (stem.empty() ? "file" : std::string(stem)) + "." + std::string(type.extension);
}

}  // namespace ln::attachment
