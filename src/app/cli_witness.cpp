// langnghe witness: remembers the last head of each log it knows, and cosigns what continues it.
#include <cstdio>
#include <filesystem>
#include <optional>

#include "app/cli.h"
#include "app/clock.h"
#include "app/commands.h"
#include "app/listen.h"
#include "app/metrics.h"
#include "app/routes.h"
#include "base/log.h"
#include "core/ledger/ledger_pages.h"
#include "core/ledger/ledger_tools.h"
#include "core/witness/witness_pages.h"
#include "platform/file/file.h"
#include "platform/file/folder_lock.h"
#include "platform/http/server.h"

namespace ln::app {
namespace {

constexpr std::size_t logs_size_max = 1 << 20;

// Each value is a key or the path of a file of keys; no path is a key.
std::vector<merkle::Verifier> logs_of(const Arguments& given) {
  std::vector<merkle::Verifier> logs;
  for (const std::string& value : given.all("log")) {
    const auto key = merkle::Verifier::parse(value);
    const auto text = key ? value : file::read_file(value, logs_size_max);
    if (!text) throw Misuse{{"cli.error.no_file"_t, {{"path", value}}}};
    std::size_t line = 0;
    const auto keys = witness::keys_in(*text, &line);
    if (!keys)
      throw Misuse{
          {"cli.error.witness_log_line"_t, {{"line", std::to_string(line)}, {"path", value}}}};
    logs.insert(logs.end(), keys->begin(), keys->end());
  }
  if (logs.empty()) throw Misuse{{"cli.error.witness_logs"_t}};
  return logs;
}

Router witness_routes() {
  Router router;
  // Writing and syncing the memory must not hold up an I/O thread.
  router.post(
      "/add-checkpoint", witness::add_checkpoint,
      {.body_max = merkle::add_checkpoint_size_max, .runs = http::Runs::on_worker, .csrf = false});
  router.get("/{address}/checkpoint", witness::checkpoint_file);
  router.get("/evidence/{name}", witness::evidence_file);
  router.get("/", witness::about_page);
  // Whoever distrusts a city has what checks it from here.
  router.get("/verify.html", ledger::verify_page);
  router.get("/tools/recompute.py", ledger::tool_file);
  router.get("/tools/recount.py", ledger::tool_file);
  router.get("/tools/redraw.py", ledger::tool_file);
  router.get("/tools/verify_ledger.py", ledger::tool_file);
  return router;
}

// GET /metrics, for this machine alone.
http::Response witness_metrics(const witness::Witness& witness, bool is_near) {
  if (!is_near) return http::text(404, "not found\n");
  Exposition out;
  const auto logs = witness.seen();
  out.family("witnessed_size", Exposition::Type::gauge, "Lines under the last head cosigned.");
  for (const auto& each : logs) out.sample(static_cast<double>(each.size), {{"log", each.origin}});
  out.family("witnessed_age_seconds", Exposition::Type::gauge, "Since a log was last cosigned.");
  for (const auto& each : logs)
    if (each.cosigned_at)
      out.sample(static_cast<double>(to_ms(now()) - to_ms(*each.cosigned_at)) / 1e3,
                 {{"log", each.origin}});
  out.one("split_views", Exposition::Type::gauge, "Kept pairs of heads of one size.",
          static_cast<double>(witness.evidence().size()));
  http::Response response = http::text(200, out.text());
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  return response;
}

}  // namespace

int cli_witness(std::span<const std::string_view> words) {
  const Arguments given(words, options_of("witness"));
  given.expect_words(0);
  const std::string folder = given.needed("data"), name = given.needed("name");
  if (!merkle::is_key_name(name)) throw Misuse{{"cli.error.witness_name"_t}};
  const auto address = parse_listen(given.text("listen", "127.0.0.1:8081"));
  if (!address) throw Misuse{{"cli.error.listen"_t}};
  auto logs = logs_of(given);
  const sigset_t signals = block_signals();
  const file::FolderLock lock(folder);
  // One memory is one process's: two could sign two trees of one size.
  const std::string state = given.text("state", folder + "/witness.state");
  const auto state_folder = std::filesystem::absolute(state).lexically_normal().parent_path();
  std::optional<file::FolderLock> state_lock;
  std::error_code not_there;
  if (!std::filesystem::equivalent(state_folder, folder, not_there))
    state_lock.emplace(state_folder.string());
  SystemRandom random;
  witness::Witness witness({.places = {.key = given.text("key", folder + "/witness.key"),
                                       .state = state,
                                       .evidence = folder + "/evidence"},
                            .name = name,
                            .logs = std::move(logs),
                            .clock = now},
                           random);
  witness::set_witness(&witness);
  // The server's reads want a database; a witness has none, so it gets an empty one that vanishes.
  log::set_least(log::Level::warning);
  db::Database database({.path = ":memory:", .now = now()});
  log::set_least(log::Level::info);
  const Router routes = witness_routes();
  http::Broadcast broadcast;
  // No menu: a witness has one page.
  html::Site site;
  site.city = "witness.title"_t;
  http::ServerOptions options{.address = address->host, .port = address->port};
  options.rate_limit = given.either("rate-limit", "on", "off", true);
  options.behind_proxy = given.either("behind-proxy", "yes", "no", false);
  options.connections_max = 1'000;
  options.clock = now;
  options.upload_folder = folder + "/uploads";
  options.probes = {{"/metrics", [&witness](const http::Request&, bool is_near) {
                       return witness_metrics(witness, is_near);
                     }}};
  http::Server server(options, routes, database, random, site, broadcast);
  server.start();
  file::write_file_durably(folder + "/port", std::to_string(server.port()) + "\n");
  std::printf("http://%s:%u\n%s\n", address->host.c_str(), static_cast<unsigned>(server.port()),
              witness.verifier().text().c_str());
  std::fflush(stdout);
  log::write(log::Level::info, "witnessing", {{"port", std::int64_t{server.port()}}});
  wait_for(signals);
  server.stop(stop_timeout_ms);
  witness::set_witness(nullptr);
  return 0;
}

}  // namespace ln::app
