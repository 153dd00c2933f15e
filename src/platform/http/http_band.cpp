#include "platform/http/http_band.h"

#include <atomic>

namespace ln::http {
namespace {

std::atomic<BandMaker>& the_maker() {
  static std::atomic<BandMaker> only{nullptr};
  return only;
}

}  // namespace

void set_band(BandMaker maker) { the_maker() = maker; }

html::Band::Make band_for(const Request& request) {
  const BandMaker maker = the_maker();
  if (maker == nullptr) return {};
  return [maker, &request](const html::View& view) { return maker(request, view); };
}

}  // namespace ln::http
