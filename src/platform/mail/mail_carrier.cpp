#include "platform/mail/mail_carrier.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <stdexcept>

namespace ln::mail {
namespace {

constexpr long connect_ms = 10'000, whole_ms = 30'000;
constexpr long refused_for_good = 500, wants_password = 530, password_refused = 535;

std::string_view host_of(std::string_view url) {
  std::string_view host = url.substr(url.find("://") + 3);
  if (host.starts_with('[')) return host.substr(1, host.find(']') - 1);
  return host.substr(0, host.rfind(':'));
}

bool is_here(std::string_view host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

struct Reading {
  std::string_view rest;
};

std::size_t give(char* to, std::size_t size, std::size_t count, void* state) {
  Reading& reading = *static_cast<Reading*>(state);
  const std::size_t part = std::min(size * count, reading.rest.size());
  std::memcpy(to, reading.rest.data(), part);
  reading.rest.remove_prefix(part);
  return part;
}

// What a server answers to a look is of no interest.
std::size_t pass_over(char*, std::size_t size, std::size_t count, void*) { return size * count; }

int go_on(void* state, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::stop_token*>(state)->stop_requested() ? 1 : 0;
}

}  // namespace

bool is_server_url(std::string_view url) {
  const bool is_known = url.starts_with("smtp://") || url.starts_with("smtps://");
  if (!is_known || url.size() > 300) return false;
  const std::string_view rest = url.substr(url.find("://") + 3);
  return !rest.empty() && rest.find_first_of("/?#@\\ \t\r\n\"<>") == std::string_view::npos;
}

struct Carrier::Inside {
  explicit Inside(MailServer given) : server(std::move(given)) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    handle = curl_easy_init();
    if (handle == nullptr) throw std::runtime_error("no memory for sending mail");
  }
  ~Inside() { curl_easy_cleanup(handle); }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

  // What holds for everything that is said to the server. The connection stays.
  void begin(const std::stop_token& stop) {
    curl_easy_reset(handle);
    set(CURLOPT_URL, server.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, connect_ms);
    set(CURLOPT_TIMEOUT_MS, whole_ms);
    set(CURLOPT_NOPROXY, "*");
    set(CURLOPT_USE_SSL,
        static_cast<long>(is_here(host_of(server.url)) ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    // A server on this machine signs its certificate itself.
    set(CURLOPT_SSL_VERIFYPEER, is_here(host_of(server.url)) ? 0L : 1L);
    set(CURLOPT_SSL_VERIFYHOST, is_here(host_of(server.url)) ? 0L : 2L);
    if (!server.user.empty()) {
      set(CURLOPT_USERNAME, server.user.c_str());
      set(CURLOPT_PASSWORD, server.password.c_str());
    }
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, go_on);
    set(CURLOPT_XFERINFODATA, &stop);
    set(CURLOPT_WRITEFUNCTION, pass_over);
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(handle, option, value) != CURLE_OK)
      throw std::runtime_error("this curl cannot send mail");
  }

  // The words are curl's own, and the number the server's: neither names anybody.
  Delivery perform() {
    const CURLcode code = curl_easy_perform(handle);
    if (code == CURLE_OK) return {.is_taken = true};
    long reply = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &reply);
    const bool is_ours = reply == wants_password || reply == password_refused ||
                         code == CURLE_LOGIN_DENIED || code == CURLE_USE_SSL_FAILED;
    std::string failure = curl_easy_strerror(code);
    if (reply != 0) failure += " (" + std::to_string(reply) + ")";
    return {.is_final = reply >= refused_for_good && !is_ours, .failure = std::move(failure)};
  }

  MailServer server;
  CURL* handle;
};

Carrier::Carrier(MailServer server) : inside_(std::make_unique<Inside>(std::move(server))) {}
Carrier::~Carrier() = default;

Delivery Carrier::send(const Letter& letter, Instant now, const std::stop_token& stop) {
  const std::string bytes = to_bytes(letter, now);
  Reading reading{bytes};
  inside_->begin(stop);
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> readers(
      curl_slist_append(nullptr, ("<" + letter.to_address + ">").c_str()), curl_slist_free_all);
  const std::string from = "<" + letter.from_address + ">";
  inside_->set(CURLOPT_MAIL_FROM, from.c_str());
  inside_->set(CURLOPT_MAIL_RCPT, readers.get());
  inside_->set(CURLOPT_UPLOAD, 1L);
  inside_->set(CURLOPT_READFUNCTION, give);
  inside_->set(CURLOPT_READDATA, &reading);
  inside_->set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(bytes.size()));
  return inside_->perform();
}

Delivery Carrier::look(const std::stop_token& stop) {
  inside_->begin(stop);
  inside_->set(CURLOPT_CUSTOMREQUEST, "NOOP");
  return inside_->perform();
}

}  // namespace ln::mail
