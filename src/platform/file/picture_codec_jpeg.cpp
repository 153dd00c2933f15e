// jpeglib.h needs these two before it.
#include <cstddef>
#include <cstdio>

#include <jpeglib.h>
// jerror.h asks for jpeglib.h first.
#include <jerror.h>

#include <algorithm>
#include <csetjmp>
#include <cstdlib>
#include <memory>

#include "base/text.h"
#include "platform/file/file.h"
#include "platform/file/picture_codec.h"

namespace ln::file::codec {
namespace {

// libjpeg reports an error by a call that must not return. It jumps back to the last setjmp, over
// libjpeg's own frames only: every function below that calls setjmp has no local with a destructor
// and none that changes between setjmp and the jump, and all that libjpeg owns lies in an object
// outside of that function.
struct Escape {
  jpeg_error_mgr errors;  // First, so that libjpeg's pointer to it is a pointer to the Escape.
  std::jmp_buf place;
};

[[noreturn]] void jump(j_common_ptr about) {
  std::longjmp(reinterpret_cast<Escape*>(about->err)->place, 1);
}

// A cut-off or broken stream is a mere warning to libjpeg, which paints the rest grey. To somebody
// who sends evidence it is an error they should hear of while they still have the original.
void on_message(j_common_ptr about, int level) {
  if (level >= 0) return;
  switch (about->err->msg_code) {
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_MUST_RESYNC: jump(about);
    default: break;
  }
}

jpeg_error_mgr* prepared(Escape& escape) {
  jpeg_std_error(&escape.errors);
  escape.errors.error_exit = jump;
  escape.errors.emit_message = on_message;
  escape.errors.output_message = [](j_common_ptr) {};
  return &escape.errors;
}

// A progressive picture can ask for the same pixels thousands of times in few bytes.
constexpr int scans_max = 200;
void on_progress(j_common_ptr about) {
  const auto* reader = reinterpret_cast<j_decompress_ptr>(about);
  if (reader->input_scan_number > scans_max) jump(about);
}

struct Reader {
  jpeg_decompress_struct jpeg{};
  Escape escape{};
  jpeg_progress_mgr progress{};
  Reader() = default;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { jpeg_destroy_decompress(&jpeg); }
};

bool read_header(Reader& reader, std::string_view bytes) {
  reader.jpeg.err = prepared(reader.escape);
  if (setjmp(reader.escape.place) != 0) return false;
  jpeg_create_decompress(&reader.jpeg);
  reader.progress.progress_monitor = on_progress;
  reader.jpeg.progress = &reader.progress;
  jpeg_mem_src(&reader.jpeg, as_bytes(bytes).data(), bytes.size());
  jpeg_save_markers(&reader.jpeg, JPEG_APP0 + 1, 0xFFFF);
  return jpeg_read_header(&reader.jpeg, TRUE) == JPEG_HEADER_OK;
}

// Sets how it will be decoded: as little larger than needed as the format gives away for free.
bool start(Reader& reader) {
  if (setjmp(reader.escape.place) != 0) return false;
  const JDIMENSION longer = std::max(reader.jpeg.image_width, reader.jpeg.image_height);
  reader.jpeg.scale_num = 1;
  reader.jpeg.scale_denom = 1;
  for (const unsigned denominator : {2U, 4U, 8U})
    if (longer / denominator >= JDIMENSION{picture_side_max}) reader.jpeg.scale_denom = denominator;
  const bool is_ink =
      reader.jpeg.jpeg_color_space == JCS_CMYK || reader.jpeg.jpeg_color_space == JCS_YCCK;
  reader.jpeg.out_color_space = is_ink ? JCS_CMYK : JCS_EXT_RGBA;
  return jpeg_start_decompress(&reader.jpeg) == TRUE;
}

bool read_rows(Reader& reader, std::uint8_t* to) {
  if (setjmp(reader.escape.place) != 0) return false;
  const std::size_t row_size = std::size_t{reader.jpeg.output_width} * 4;
  while (reader.jpeg.output_scanline < reader.jpeg.output_height) {
    JSAMPROW row = to + reader.jpeg.output_scanline * row_size;
    if (jpeg_read_scanlines(&reader.jpeg, &row, 1) != 1) return false;
  }
  return jpeg_finish_decompress(&reader.jpeg) == TRUE;
}

// Printers' colours, stored inverted by every program that writes them (Adobe's habit).
void from_ink(Pixels& pixels) {
  for (std::size_t i = 0; i < pixels.rgba.size(); i += 4) {
    const unsigned black = pixels.rgba[i + 3];
    for (std::size_t c = 0; c < 3; ++c)
      pixels.rgba[i + c] = static_cast<std::uint8_t>(pixels.rgba[i + c] * black / 255U);
    pixels.rgba[i + 3] = 255;
  }
}

int orientation_of(const Reader& reader) {
  for (auto marker = reader.jpeg.marker_list; marker != nullptr; marker = marker->next) {
    constexpr std::string_view name("Exif\0\0", 6);
    const std::string_view content = as_text({marker->data, marker->data_length});
    if (content.starts_with(name)) return exif_orientation(content.substr(name.size()));
  }
  return 1;
}

struct Writer {
  jpeg_compress_struct jpeg{};
  Escape escape{};
  unsigned char* out = nullptr;
  unsigned long size = 0;
  Writer() = default;
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() {
    jpeg_destroy_compress(&jpeg);
    std::free(out);
  }
};

bool write_rows(Writer& writer, const Pixels& pixels) {
  writer.jpeg.err = prepared(writer.escape);
  if (setjmp(writer.escape.place) != 0) return false;
  jpeg_create_compress(&writer.jpeg);
  jpeg_mem_dest(&writer.jpeg, &writer.out, &writer.size);
  writer.jpeg.image_width = static_cast<JDIMENSION>(pixels.width);
  writer.jpeg.image_height = static_cast<JDIMENSION>(pixels.height);
  writer.jpeg.input_components = 4;
  writer.jpeg.in_color_space = JCS_EXT_RGBX;
  jpeg_set_defaults(&writer.jpeg);
  jpeg_set_quality(&writer.jpeg, 82, TRUE);
  writer.jpeg.optimize_coding = TRUE;
  jpeg_start_compress(&writer.jpeg, TRUE);
  while (writer.jpeg.next_scanline < writer.jpeg.image_height) {
    const std::size_t at = std::size_t{writer.jpeg.next_scanline} * pixels.width * 4;
    auto* row = const_cast<JSAMPROW>(pixels.rgba.data() + at);
    jpeg_write_scanlines(&writer.jpeg, &row, 1);
  }
  jpeg_finish_compress(&writer.jpeg);
  return true;
}

}  // namespace

Result<Decoded> decode_jpeg(std::string_view bytes) {
  const auto reader = std::make_unique<Reader>();
  if (!read_header(*reader, bytes)) return damaged();
  const std::int64_t pixels =
      std::int64_t{reader->jpeg.image_width} * std::int64_t{reader->jpeg.image_height};
  if (pixels > picture_pixels_max) return too_many_pixels();
  if (!start(*reader)) return damaged();
  Decoded decoded;
  decoded.orientation = orientation_of(*reader);
  decoded.pixels.width = reader->jpeg.output_width;
  decoded.pixels.height = reader->jpeg.output_height;
  decoded.pixels.rgba.resize(decoded.pixels.width * decoded.pixels.height * 4);
  const bool is_ink = reader->jpeg.out_color_space == JCS_CMYK;
  if (!read_rows(*reader, decoded.pixels.rgba.data())) return damaged();
  if (is_ink) from_ink(decoded.pixels);
  return decoded;
}

std::string encode_jpeg(const Pixels& pixels) {
  const auto writer = std::make_unique<Writer>();
  if (!write_rows(*writer, pixels)) throw Failure("a picture could not be encoded");
  return std::string(as_text({writer->out, writer->size}));
}

}  // namespace ln::file::codec
