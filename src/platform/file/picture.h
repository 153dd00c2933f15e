// Pictures that people send, made harmless.
//
// A picture is decoded in a process of its own that can do nothing but compute (sandbox.h), turned
// upright, made smaller and encoded anew; only what that process made is ever stored or shown. So
// nothing hidden in the original lives on: no place, camera or time (EXIF), no thumbnail of what
// was cut away, no comment, no colour profile, no second file behind the picture.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ln::file {

inline constexpr std::size_t picture_size_max = std::size_t{10} << 20U;  // bytes, in and out
inline constexpr std::int64_t picture_pixels_max = 40'000'000;
inline constexpr int picture_side_max = 2048;  // the longer side of what is kept
inline constexpr int thumbnail_side_max = 480;

enum class PictureFormat : std::uint8_t { jpeg, png };

struct Image {
  PictureFormat format;
  int width;
  int height;
  std::string bytes;
};

struct Picture {
  Image full;       // JPEG; PNG where it is transparent somewhere
  Image thumbnail;  // never larger than the full one
};

// Takes JPEG, PNG and WebP; the name and the type the sender claims do not matter. Refuses, each
// with its own sentence: what is none of these, what is damaged or cut off, moving pictures, more
// than 40 megapixels, more than 10 MiB; `unavailable` when the process could not be run. Takes up
// to 15 seconds: never on an I/O thread, never in a commit.
//
// The process is this program itself, run as `langnghe picture-worker`: main() of every program
// that cleans pictures (the server, the test program) begins with
//   if (count == 2 && words[1] == file::picture_worker_word) file::picture_worker_main();
Result<Picture> clean_picture_file(const std::string& path);
Result<Picture> clean_picture(std::string_view bytes);

inline constexpr std::string_view picture_worker_word = "picture-worker";

// Reads one picture from standard input, writes what became of it to standard output, and ends the
// process.
[[noreturn]] void picture_worker_main();

}  // namespace ln::file
