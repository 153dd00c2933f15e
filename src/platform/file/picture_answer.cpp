#include "platform/file/picture_answer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "base/check.h"

namespace ln::file {
namespace {

struct Head {
  std::uint32_t refusal;  // 0, or one more than the place in `refusals`
  std::uint32_t format[2];
  std::uint32_t width[2];
  std::uint32_t height[2];
  std::uint32_t size[2];
};

struct Refusal {
  ErrorKind kind;
  TextKey text;
};
constexpr std::array refusals{
    Refusal{ErrorKind::invalid, "error.picture.kind"_t},
    Refusal{ErrorKind::invalid, "error.picture.damaged"_t},
    Refusal{ErrorKind::invalid, "error.picture.moving"_t},
    Refusal{ErrorKind::too_large, "error.picture.too_large"_t},
    Refusal{ErrorKind::too_large, "error.picture.too_many_pixels"_t},
    Refusal{ErrorKind::unavailable, "error.picture.unavailable"_t},
};

bool keeps_promises(const Image& image, int side_max) {
  const std::string_view begin =
      image.format == PictureFormat::jpeg ? "\xFF\xD8\xFF" : "\x89PNG\r\n\x1A\n";
  return image.bytes.starts_with(begin) && image.bytes.size() <= picture_size_max &&
         image.width >= 1 && image.height >= 1 && std::max(image.width, image.height) <= side_max;
}

}  // namespace

std::string to_answer(const Result<Picture>& outcome) {
  Head head{};
  if (!outcome.ok()) {
    const auto found = std::ranges::find(refusals, outcome.error().text, &Refusal::text);
    CHECK(found != refusals.end());
    head.refusal = static_cast<std::uint32_t>(found - refusals.begin()) + 1;
    return {reinterpret_cast<const char*>(&head), sizeof head};
  }
  const Image* images[2] = {&outcome.value().full, &outcome.value().thumbnail};
  for (std::size_t i = 0; i < 2; ++i) {
    head.format[i] = static_cast<std::uint32_t>(images[i]->format);
    head.width[i] = static_cast<std::uint32_t>(images[i]->width);
    head.height[i] = static_cast<std::uint32_t>(images[i]->height);
    head.size[i] = static_cast<std::uint32_t>(images[i]->bytes.size());
  }
  return std::string(reinterpret_cast<const char*>(&head), sizeof head) + images[0]->bytes +
         images[1]->bytes;
}

std::optional<Result<Picture>> from_answer(std::string_view answer) {
  Head head{};
  if (answer.size() < sizeof head) return std::nullopt;
  std::memcpy(&head, answer.data(), sizeof head);
  answer.remove_prefix(sizeof head);
  if (head.refusal > refusals.size()) return std::nullopt;
  if (head.refusal != 0) {
    const Refusal& refusal = refusals[head.refusal - 1];
    return Error{refusal.kind, refusal.text};
  }
  if (std::uint64_t{head.size[0]} + head.size[1] != answer.size()) return std::nullopt;
  Picture picture{};
  Image* images[2] = {&picture.full, &picture.thumbnail};
  for (std::size_t i = 0; i < 2; ++i) {
    if (head.format[i] > 1 || head.width[i] > 65'535 || head.height[i] > 65'535)
      return std::nullopt;
    images[i]->format = static_cast<PictureFormat>(head.format[i]);
    images[i]->width = static_cast<int>(head.width[i]);
    images[i]->height = static_cast<int>(head.height[i]);
    images[i]->bytes = answer.substr(0, head.size[i]);
    answer.remove_prefix(head.size[i]);
    if (!keeps_promises(*images[i], i == 0 ? picture_side_max : thumbnail_side_max))
      return std::nullopt;
  }
  return picture;
}

}  // namespace ln::file
