// Short messages leave by a gateway that the city chooses: an SMS provider, a chat service. Between
// it and us stands one POST (docs/formats/message-hook.md), signed as Standard Webhooks has it
// (standardwebhooks.com, spec 1.0: HMAC-SHA256 over "id.timestamp.body").
#pragma once

#include <string>
#include <string_view>

#include "core/notice/notice_letter.h"
#include "platform/http/client.h"

namespace ln::notice {

struct Hook {
  std::string url;
  std::string key;  // bytes that the gateway knows too; at least 16
};

// Precondition: the parcel goes to a phone.
http::Ask ask_of(const Parcel& parcel, const Sender& sender, const Hook& hook, Instant now);

// "v1,<base64>" over what is sent.
std::string signature_of(std::string_view key,
                         std::string_view id,
                         std::string_view timestamp,
                         std::string_view body);

}  // namespace ln::notice
