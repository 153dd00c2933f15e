#include "core/notice/notice_letter.h"

#include <algorithm>

#include "base/text.h"
#include "core/notice/notice_text.h"

namespace ln::notice {
namespace {

constexpr std::size_t message_chars_max = 480, subject_chars_max = 120;

std::string path_of(const Notice& notice) {
  const auto found = std::ranges::find(notice.values, "path", &Values::value_type::first);
  return found == notice.values.end() ? std::string() : found->second;
}

// The newest way in that is for this reader alone, else the page of what came last.
std::string page_of(const Parcel& parcel, const Sender& sender) {
  const auto last = std::ranges::find_if(parcel.notices.rbegin(), parcel.notices.rend(),
                                         [](const Outgoing& each) { return !each.link.empty(); });
  return sender.base_url + std::string(i18n::path_prefix(parcel.language())) +
         (last == parcel.notices.rend() ? path_of(parcel.notices.back().notice) : last->link);
}

std::string id_of(const Parcel& parcel) {
  const Outgoing& last = parcel.notices.back();
  return "notice." + std::to_string(last.notice.id.value) + "." + std::to_string(last.attempts);
}

}  // namespace

i18n::Language Parcel::language() const {
  return notices.front().notice.language == "en" ? i18n::Language::en : i18n::Language::vi;
}

// Base64 for addresses (RFC 4648, 5), without padding.
std::string shown_key(const ReaderKey& key) {
  std::string text = to_base64(key);
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return text.substr(0, text.find('='));
}

std::optional<ReaderKey> key_from(std::string_view shown) {
  std::string text(shown);
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  const auto bytes = from_base64(text + "==");
  ReaderKey key{};
  if (!bytes || bytes->size() != key.size()) return std::nullopt;
  std::ranges::copy(*bytes, key.begin());
  return key;
}

mail::Letter letter_of(const Parcel& parcel, const Sender& sender) {
  const i18n::Voice voice(parcel.language());
  const std::string key = shown_key(parcel.key);
  const auto many = std::ssize(parcel.notices);
  const std::string first = text_of(parcel.notices.front().notice, voice);
  mail::Letter letter{.from_name = sender.name,
                      .from_address = sender.address,
                      .to_address = parcel.to.address,
                      .subject = many == 1 ? std::string(first_chars(first, subject_chars_max))
                                           : voice.counted("notice.letter.many"_t, many),
                      .language = std::string(i18n::code(parcel.language())),
                      .stop_url = sender.base_url + "/api/v1/notices/" + key,
                      .id = id_of(parcel)};
  std::string& body = letter.body;
  body = std::string(voice("notice.letter.greeting"_t)) + "\n\n";
  for (const Outgoing& each : parcel.notices) {
    if (many > 1) body += "- " + voice.moment(each.notice.created_at) + ": ";
    body += text_of(each.notice, voice) + "\n\n";
  }
  body += voice("notice.letter.page"_t, {{"page", page_of(parcel, sender)}}) + "\n\n";
  body += "-- \n" + sender.name + "\n" + std::string(voice("notice.letter.machine"_t)) + "\n" +
          voice("notice.letter.choose"_t,
                {{"page", sender.base_url + std::string(i18n::path_prefix(parcel.language())) +
                              "/notices/" + key}}) +
          "\n";
  return letter;
}

std::string message_of(const Parcel& parcel, const Sender& sender) {
  const i18n::Voice voice(parcel.language());
  const std::string page = page_of(parcel, sender);
  std::string text;
  for (const Outgoing& each : parcel.notices) text += text_of(each.notice, voice) + " ";
  if (count_chars(text) + count_chars(page) > message_chars_max)
    text = voice.counted("notice.letter.many"_t, std::ssize(parcel.notices)) + " ";
  return text + page;
}

}  // namespace ln::notice
