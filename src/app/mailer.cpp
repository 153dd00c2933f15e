#include "app/mailer.h"

#include <exception>

#include "app/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "platform/file/file.h"

namespace ln::app {
namespace {

constexpr std::chrono::seconds pause_between_rounds{1};
constexpr std::size_t secret_size_max = 1024, hook_key_size_min = 16;

std::string secret_in(const Arguments& given, std::string_view option) {
  const auto path = given.find(option);
  if (!path) return "";
  const auto text = file::read_file(*path, secret_size_max);
  if (!text) throw Misuse{{"cli.error.secret_file"_t, {{"path", *path}}}};
  return std::string(trimmed(*text));
}

}  // namespace

notice::Ways ways_in(const Arguments& given, const std::string& base_url) {
  notice::Ways ways{.sender = {.name = "Lắng Nghe",
                               .address = given.text("mail-from", ""),
                               .base_url = base_url}};
  if (const auto url = given.find("mail")) {
    if (!mail::is_server_url(*url)) throw Misuse{{"cli.error.mail"_t}};
    if (!mail::is_address(ways.sender.address)) throw Misuse{{"cli.error.mail_from"_t}};
    ways.server = mail::MailServer{.url = *url,
                                   .user = given.text("mail-user", ""),
                                   .password = secret_in(given, "mail-password")};
  }
  if (const auto url = given.find("message-hook")) {
    if (!http::parse_target(*url)) throw Misuse{{"cli.error.hook"_t}};
    ways.hook = notice::Hook{.url = *url, .key = secret_in(given, "message-key")};
    if (ways.hook->key.size() < hook_key_size_min) throw Misuse{{"cli.error.hook_key"_t}};
  }
  return ways;
}

Mailer::Mailer(City& city, notice::Ways ways, Watch& watch)
    : city_(city),
      watch_(watch),
      mailer_(std::move(ways)),
      thread_([this](const std::stop_token& stop) { loop(stop); }) {}

Mailer::~Mailer() {
  thread_.request_stop();
  thread_.join();
}

void Mailer::loop(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    try {
      const notice::Round round = mailer_.round(city_.database(), random_, now(), stop);
      for (const std::string& failure : round.failures)
        log::write(log::Level::warning, "notices_not_sent",
                   {{"count", round.failed}, {"why", failure}});
      watch_.job_done("mail");
    } catch (const std::exception& failure) {
      watch_.job_failed("mail");
      log::write(log::Level::error, "job", {{"name", "mail"}, {"failure", failure.what()}});
    }
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, pause_between_rounds, [] { return false; });
  }
}

}  // namespace ln::app
