#include "core/notice/notice_hook.h"

#include "base/text.h"
#include "engine/merkle/merkle.h"
#include "platform/json/json.h"

namespace ln::notice {

std::string signature_of(std::string_view key,
                         std::string_view id,
                         std::string_view timestamp,
                         std::string_view body) {
  return "v1," + to_base64(merkle::hmac_sha256(as_bytes(key),
                                               {as_bytes(id), as_bytes("."), as_bytes(timestamp),
                                                as_bytes("."), as_bytes(body)}));
}

http::Ask ask_of(const Parcel& parcel, const Sender& sender, const Hook& hook, Instant now) {
  http::Ask ask{.url = hook.url, .content_type = "application/json"};
  const std::string id = "notice_" + std::to_string(parcel.notices.back().notice.id.value);
  const std::string timestamp =
      std::to_string(std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
  json::Writer(ask.body)
      .object()
      .member("to", parcel.to.address)
      .member("language", i18n::code(parcel.language()))
      .member("text", message_of(parcel, sender))
      .end_object();
  ask.headers = {{"webhook-id", id},
                 {"webhook-timestamp", timestamp},
                 {"webhook-signature", signature_of(hook.key, id, timestamp, ask.body)}};
  return ask;
}

}  // namespace ln::notice
