// What stands above the page of somebody who must see to something now. Whoever runs a handler says
// what it would be; the layout asks for it when a page of staff is made, and only then.
#pragma once

#include <functional>

#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::html {

// While it lives, pages of staff that this thread makes begin with what `make` gives; with nothing
// when that is empty. One inside another takes its place and gives it back.
class Band {
 public:
  using Make = std::function<Fragment(const View&)>;
  explicit Band(Make make);
  ~Band();
  Band(const Band&) = delete;
  Band& operator=(const Band&) = delete;

 private:
  Make make_;
  Band* before_;
  friend Fragment band(const View& view);
};

// For the layout. Empty when no Band lives on this thread.
Fragment band(const View& view);

}  // namespace ln::html
