// How a city dresses the pages: its colours, its emblem, and a line at their foot. app and
// core/settings put it on; layout.cpp wears it.
#pragma once

#include <string>

namespace ln::html {

struct Dress {
  std::string css_path{};     // of a style sheet in place of main.css: "/site/…"; empty: main.css
  std::string ground{};       // colour of the header, for the browser's own frame: "#062f2c"
  std::string emblem_path{};  // of a picture in place of the mark of the house; empty: the mark
  int emblem_width = 0;       // as shown, beside a height of 44
  std::string contact_vi{}, contact_en{};  // at the foot of every page; may be empty
  friend bool operator==(const Dress&, const Dress&) = default;
};

// What pages are made with now; valid until the process ends.
const Dress& dress();
// From now on, in the whole process. Thread-safe. True when it is another than before.
bool put_on(const Dress& dress);

// While it lives, pages that this thread makes are dressed so: how something would look.
class TryOn {
 public:
  explicit TryOn(const Dress& dress);
  ~TryOn();
  TryOn(const TryOn&) = delete;
  TryOn& operator=(const TryOn&) = delete;
};

}  // namespace ln::html
