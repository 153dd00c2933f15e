// Attachments: photos, documents and recordings that come with what people write.
//
// Photos are decoded and encoded anew in a sandbox, which drops place, time and camera; only what
// came out is kept. Documents and recordings are kept as they are, and may name their author: they
// can only be downloaded, never shown inside a page of ours. Nothing is public until a person
// publishes it.
//
// The way of a file: prepare (attachment_prepare.h, slow, before the commit), store
// (attachment_store.h, in the commit), answer (attachment_pages.h).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/text_key.h"
#include "base/time.h"

namespace ln::attachment {

struct AttachmentTable;
using AttachmentId = Id<AttachmentTable>;

inline constexpr std::size_t count_max = 5;                      // files with one message
inline constexpr std::size_t size_max = std::size_t{10} << 20U;  // bytes of one file
inline constexpr std::size_t name_chars_max = 100;
// What the file field of a form accepts, for its accept="…".
inline constexpr std::string_view accept =
    ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,.odt,.txt,.m4a,.mp3,.ogg,.webm,.wav";

enum class Kind : std::uint8_t { picture, document, audio };
std::string_view to_text(Kind kind);
std::optional<Kind> kind_of(std::string_view word);
// "Photo", "Document", "Recording".
TextKey title(Kind kind);

enum class Visibility : std::uint8_t { hidden, published };
std::string_view to_text(Visibility visibility);
std::optional<Visibility> visibility_of(std::string_view word);

// To what a file belongs: a row of another room. `kind` is the name of its table.
struct Owner {
  std::string_view kind;
  std::int64_t id;
};

struct Attachment {
  AttachmentId id;
  std::string token;  // 128 random bits in hex: who has the URL of a hidden file was given it
  std::string owner_kind;
  std::int64_t owner_id = 0;
  Kind kind;
  std::string media_type;
  std::string name;
  std::int64_t size = 0;
  std::string hash;  // SHA-256, 32 bytes
  int width = 0;     // of a picture
  int height = 0;
  Visibility visibility;
  Instant created_at;
  std::optional<Instant> removed_at;  // then only this row remains
};

// A file that is ready to be stored (attachment_prepare.h makes it).
struct Prepared {
  std::string token;
  Kind kind;
  std::string_view media_type;
  std::string name;
  std::string bytes;
  std::string thumbnail;  // empty for documents and audio
  std::array<std::uint8_t, 32> hash;
  int width = 0;
  int height = 0;
};

struct Type {
  Kind kind;
  std::string_view extension;  // "pdf"
  std::string_view media_type;
};

// What a file is, by its first bytes and, where several types begin alike or there is nothing to
// go by, its name. Null for what is not accepted: other types, names that contradict the bytes,
// office documents with macros. A picture is only recognised here; whether it is one, the sandbox
// finds out.
std::optional<Type> recognise(std::string_view file_name, std::string_view bytes);

// Whether a document has its end. A file cut off on its way must be refused while its sender still
// has it. True for types that have no mark at their end.
bool has_end(const Type& type, std::string_view bytes);

// A name that is safe on every system and in a header: no path, no control or direction characters,
// at most name_chars_max characters, with the extension of its type. Precondition: is_utf8.
std::string safe_name(std::string_view file_name, const Type& type);

}  // namespace ln::attachment
