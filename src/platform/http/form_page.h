// The page around a form, as it is first shown and as it comes back refused.
#pragma once

#include <string_view>

#include "base/result.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::http {

struct FormPage {
  std::string_view title = {};
  std::string_view here = {};    // the path of the menu's item to mark
  html::Fragment body = {};      // what stands in the column, the error summary included
  const Error* error = nullptr;  // why the form was refused: the status and the tab's title say so
  bool is_staff = false;
  bool is_narrow = false;
  bool is_once = false;  // cannot be asked for again, so nothing leads to it in the other language
};

// 200, or the status of the error. Search engines are asked to pass by.
Response form_page(const html::View& view, FormPage parts);

}  // namespace ln::http
