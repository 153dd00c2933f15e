// Whatever bytes claim to be a point or an area.
#include <cstdint>
#include <cstdlib>

#include "engine/geo/geo.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ln;
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const auto point = geo::parse_point(all);
  if (point && geo::parse_point(geo::to_text(*point)) != point) std::abort();
  const auto area = geo::parse_area(all);
  if (!area) return 0;
  for (const geo::Ring& ring : area->rings)
    if (ring.size() < 3 || !geo::contains({{ring}}, ring.front())) std::abort();
  return 0;
}
