#include "core/attachment/attachment_prepare.h"

#include <utility>

#include "base/text.h"
#include "core/attachment/attachment_cover.h"
#include "engine/merkle/merkle.h"
#include "platform/file/file.h"
#include "platform/file/picture.h"

namespace ln::attachment {
namespace {

Error invalid(TextKey text) { return {ErrorKind::invalid, text}; }

// Pictures take the type they were encoded in; their name follows.
void take_picture(file::Picture picture, Prepared& prepared, Type& type) {
  const bool is_png = picture.full.format == file::PictureFormat::png;
  type.extension = is_png ? "png" : "jpg";
  type.media_type = is_png ? "image/png" : "image/jpeg";
  prepared.bytes = std::move(picture.full.bytes);
  prepared.thumbnail = std::move(picture.thumbnail.bytes);
  prepared.width = picture.full.width;
  prepared.height = picture.full.height;
}

void finish_file(Prepared& prepared, const Type& type, std::string_view file_name, Random& random) {
  prepared.token = to_hex(random.bytes<16>());
  prepared.kind = type.kind;
  prepared.media_type = type.media_type;
  prepared.name = safe_name(is_utf8(file_name) ? file_name : "", type);
  prepared.hash = merkle::sha256(as_bytes(prepared.bytes));
}

Result<Prepared> prepare_upload(const http::Upload& upload, Random& random) {
  if (upload.size > static_cast<std::int64_t>(size_max))
    return invalid("attachment.error.too_large"_t);
  auto bytes = file::read_file(upload.path, size_max);
  if (!bytes) throw file::Failure("an uploaded file is gone");
  return prepare_one(upload.file_name, *std::move(bytes), random);
}

}  // namespace

Result<Prepared> prepare_one(std::string_view file_name, std::string bytes, Random& random) {
  if (bytes.empty()) return invalid("attachment.error.empty"_t);
  if (bytes.size() > size_max) return invalid("attachment.error.too_large"_t);
  auto type = recognise(file_name, bytes);
  if (!type) return invalid("attachment.error.type"_t);
  if (!has_end(*type, bytes)) return invalid("attachment.error.cut_off"_t);
  Prepared prepared{};
  prepared.bytes = std::move(bytes);
  if (type->kind == Kind::picture) {
    TRY(file::Picture picture, file::clean_picture(prepared.bytes));
    take_picture(std::move(picture), prepared, *type);
  }
  finish_file(prepared, *type, file_name, random);
  return prepared;
}

Result<Prepared> prepare_covered(std::string_view picture,
                                 std::span<const file::Box> boxes,
                                 Random& random) {
  TRY(file::Picture covered, file::cover_picture(picture, boxes));
  Prepared prepared{};
  Type type{Kind::picture, {}, {}};
  take_picture(std::move(covered), prepared, type);
  finish_file(prepared, type, "anh", random);
  return prepared;
}

Result<std::vector<Prepared>> prepare(std::span<const http::Upload> uploads,
                                      std::string_view field,
                                      std::size_t already,
                                      Random& random) {
  std::vector<const http::Upload*> ours;
  for (const http::Upload& upload : uploads)
    if (upload.field == field && !(upload.size == 0 && upload.file_name.empty()))
      ours.push_back(&upload);
  FieldErrors errors;
  // Counted before any is looked at: the work for one request must have a bound.
  if (ours.size() + already > count_max) {
    errors.add(field, "attachment.error.too_many"_t);
    return errors.take();
  }
  std::vector<Prepared> all;
  for (const http::Upload* upload : ours) {
    auto prepared = prepare_upload(*upload, random);
    if (prepared.ok()) {
      all.push_back(std::move(prepared).value());
    } else if (prepared.error().kind == ErrorKind::unavailable) {
      return std::move(prepared).error();
    } else {
      errors.add(field, prepared.error().text);
    }
  }
  if (!errors.empty()) return errors.take();
  return all;
}

}  // namespace ln::attachment
