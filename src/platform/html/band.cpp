#include "platform/html/band.h"

#include <utility>

namespace ln::html {
namespace {

Band*& worn_band() {
  thread_local Band* worn = nullptr;
  return worn;
}

}  // namespace

Band::Band(Make make) : make_(std::move(make)), before_(worn_band()) { worn_band() = this; }

Band::~Band() { worn_band() = before_; }

Fragment band(const View& view) {
  const Band* worn = worn_band();
  return worn == nullptr || !worn->make_ ? Fragment() : worn->make_(view);
}

}  // namespace ln::html
