// The one-page form of whoever types for somebody else, or at a kiosk, and its read-back page. For
// the wings of those pages only.
//
// Nothing is kept between the pages: what was typed travels in the forms themselves, and is in the
// database first when it is sent.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/random.h"
#include "feature/feedback/feedback_actions_help.h"
#include "feature/feedback/feedback_pages_form_draft.h"
#include "feature/feedback/feedback_settings.h"
#include "platform/html/layout.h"

namespace ln::feedback::help {

enum class Place : std::uint8_t { desk, kiosk };

struct FormShown {
  Place place = Place::desk;
  Draft answers{};
  std::optional<Error> error{};
  std::vector<Topic> topics{};
  std::vector<TopicQuestion> questions{};  // of the topic that was chosen
  bool asks_more = false;                  // they stand on the form for the first time
  std::vector<units::Unit> units{};
};

// What was sent of the fields that such a form has; everything else is left out.
Draft answers_of(Place place, const http::Fields& form);
// Whether the topic that was chosen asks something that was not on the form which was sent: then
// the form is shown once more, with its questions.
bool asks_first(db::Read& read, const Draft& answers);
// The lists the form chooses from.
FormShown gather_form(db::Read& read, Place place, Draft answers, Instant now);
// The form, without a page around it; `action` takes it to the read-back page.
html::Fragment form_html(const html::View& view, const FormShown& shown, const html::Url& action);

// What was typed, ready to be sent, or all that is wrong with it.
struct Checked {
  Prepared prepared;
  Intake intake{};
  std::optional<Paper> paper{};
  std::string object{};                                       // the unit it is about
  std::string handler{};                                      // the unit that will answer
  std::vector<std::pair<std::string, std::string>> extras{};  // question of the topic, answer
};
Result<Checked> check(
    db::Read& read, Place place, const Draft& answers, bool english, Random& random, Instant now);

// The answers in large print, one after the other, to be read aloud.
html::Fragment aloud_html(const html::View& view, const Checked& checked);
// All that was typed, as hidden fields.
html::Fragment carried(const Draft& answers);

// A token that stands for one report, so that sending it twice makes one case. Null for what is no
// such token.
std::optional<std::string> once_key(std::string_view token);

}  // namespace ln::feedback::help
