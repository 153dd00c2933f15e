// langnghe serve: the city on a socket, until a signal says stop.

#include <cstdio>

#include "app/backup_schedule.h"
#include "app/cli.h"
#include "app/clock.h"
#include "app/collector.h"
#include "app/commands.h"
#include "app/install.h"
#include "app/jobs.h"
#include "app/listen.h"
#include "app/mailer.h"
#include "app/routes.h"
#include "app/self_check.h"
#include "app/site.h"
#include "app/watch.h"
#include "base/log.h"
#include "platform/file/file.h"
#include "platform/file/folder_lock.h"

namespace ln::app {
namespace {

std::chrono::minutes tick_of(const Arguments& given) {
  constexpr std::int64_t day = 24 * 60;
  const std::int64_t minutes = given.number("ledger-tick", ledger::tick_default.count(), 1, day);
  return std::chrono::minutes(minutes);
}

// What a machine that reads /metrics from elsewhere has to show; empty: nobody may.
std::string metrics_token(const Arguments& given) {
  constexpr std::size_t token_size_max = 1024, token_size_min = 16;
  const auto path = given.find("metrics-token");
  if (!path) return "";
  const auto text = file::read_file(*path, token_size_max);
  const std::string_view token = trimmed(text.value_or(""));
  if (token.size() < token_size_min) throw Misuse{{"cli.error.token"_t}};
  return std::string(token);
}

// Null without --backup-to.
std::unique_ptr<BackupSchedule> make_schedule(const Arguments& given,
                                              const std::string& folder,
                                              Watch& watch) {
  constexpr std::int64_t hours_max = 24 * 365;
  const auto to = given.find("backup-to");
  if (!to) return nullptr;
  return std::make_unique<BackupSchedule>(
      BackupPlan{.data = folder,
                 .to = *to,
                 .every = std::chrono::hours(given.number("backup-every", 24, 1, hours_max)),
                 .keep = static_cast<std::size_t>(given.number("backup-keep", 7, 1, 10'000)),
                 .url = database_url(given.find("db")),
                 .schema = given.text("schema", schema_default)},
      watch);
}

}  // namespace

int cli_serve(std::span<const std::string_view> words) {
  const Arguments given(words, options_of("serve"));
  given.expect_words(0);
  const std::string folder = given.needed("data");
  const auto parsed = parse_listen(given.text("listen", "127.0.0.1:8080"));
  if (!parsed) throw Misuse{{"cli.error.listen"_t}};
  const Address& address = *parsed;
  const sigset_t signals = block_signals();
  allow_many_connections();
  const file::FolderLock lock(folder);
  if (const auto clock = given.find("clock")) follow_clock(folder, std::string(*clock));

  SystemRandom random;
  City city({.folder = folder,
             .url = database_url(given.find("db")),
             .second = given.text("second", ""),
             .schema = given.text("schema", schema_default),
             .origin = given.text("origin", "langnghe.example/ledger"),
             .clock = now,
             .ledger_tick = tick_of(given)},
            random);
  install(city, given);
  ways_in(given, "");  // What is wrong is said before anybody is served.
  const Router routes = make_routes();
  http::Broadcast broadcast;
  Watch watch(city, {.metrics_token = metrics_token(given)});
  http::ServerOptions options{.address = address.host, .port = address.port};
  options.threads = static_cast<int>(given.number("threads", 2, 1, 256));
  options.rate_limit = given.either("rate-limit", "on", "off", true);
  options.behind_proxy = given.either("behind-proxy", "yes", "no", false);
  options.form_key = city.form_key(random);
  options.upload_folder = folder + "/uploads";
  options.clock = now;
  options.slow_ms = given.number("slow-ms", options.slow_ms);
  options.probes = watch.probes();
  html::Site site = make_site(given.text("base-url", ""), city.is_sample());
  http::Server server(options, routes, city.database(), random, site, broadcast);
  server.bind();
  // Port 0 is known only now, and stands in every QR code and printed link.
  if (site.base_url.empty())
    site.base_url = "http://" + address.host + ":" + std::to_string(server.port());
  server.start();
  watch.attach(&server);
  // Whoever started us with port 0 reads here which one it became.
  file::write_file_durably(folder + "/port", std::to_string(server.port()) + "\n");
  {
    const SelfCheck self_check(city);
    const Jobs jobs(city, broadcast, watch);
    const Collector collector(city);
    const notice::Ways ways = ways_in(given, site.base_url);
    const auto mailer = ways.is_any() ? std::make_unique<Mailer>(city, ways, watch) : nullptr;
    const auto backups = make_schedule(given, folder, watch);
    std::printf("http://%s:%u\n", address.host.c_str(), static_cast<unsigned>(server.port()));
    std::fflush(stdout);
    log::write(log::Level::info, "serving", {{"port", std::int64_t{server.port()}}});
    wait_for(signals);
    log::write(log::Level::info, "stopping");
  }
  server.stop(stop_timeout_ms);
  return 0;
}

}  // namespace ln::app
