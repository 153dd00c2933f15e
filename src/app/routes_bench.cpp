// How fast the real list of routes finds its handler, and how fast a whole page is written.
#include <benchmark/benchmark.h>

#include "app/routes.h"
#include "app/site.h"
#include "platform/http/http.h"

namespace {

void route_to_a_case(benchmark::State& state) {
  const ln::app::Router routes = ln::app::make_routes();
  for ([[maybe_unused]] auto each : state)
    benchmark::DoNotOptimize(routes.match(ln::http::Method::get, "/feedback/7K3M4Q2P"));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(route_to_a_case);

// The page around what a feature writes: head, navigation, language, foot.
void render_a_page(benchmark::State& state) {
  ln::http::Request request;
  const ln::html::Site site = ln::app::make_site("http://127.0.0.1:8080", true);
  request.view.site = &site;
  std::size_t size = 0;
  for ([[maybe_unused]] auto each : state)
    size += ln::http::error_response(request, 404).body.size();
  state.SetBytesProcessed(static_cast<std::int64_t>(size));
}
BENCHMARK(render_a_page);

}  // namespace
