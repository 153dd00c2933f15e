// What this system refuses to do. A line stands here when it is in force, and not before.
#include <array>

#include "feature/feedback/feedback_pages_help.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback {
namespace {

constexpr std::array refusals = {
    Refusal{"feedback.refusals.protected"_t,
            "a protected case does not exist for anybody without its secret"},
    Refusal{"feedback.refusals.accused"_t,
            "a unit complained about can neither be sent the case nor see it"},
    Refusal{"feedback.refusals.close"_t, "no act of an office closes a case"},
    Refusal{"feedback.refusals.rule"_t, "no rule of the clock declines, hides or delays a case"},
    Refusal{"feedback.refusals.private"_t,
            "what a citizen wrote is not public before they chose so and a person released it"},
    Refusal{"feedback.refusals.sealed"_t, "any two of the three holders open a sealed identity"},
    Refusal{"feedback.refusals.search"_t, "no search finds a case by how to reach its sender"},
    Refusal{"feedback.refusals.one_person"_t,
            "no page that tells how to reach a sender names another of their cases"},
    Refusal{"feedback.refusals.in_bulk"_t, "no answer holds how to reach two senders"},
    Refusal{"feedback.refusals.speak"_t,
            "what a citizen does is signed with the key of the secret, or refused"},
    Refusal{"feedback.refusals.ledger"_t, "requests cannot change or remove what the ledger holds"},
    Refusal{"feedback.refusals.photo"_t,
            "nothing of a photograph's place, comment or hidden end is kept"},
    Refusal{"feedback.refusals.address"_t,
            "a sender's hash changes with the day, and one household of IPv6 is one sender"},
    Refusal{"feedback.refusals.contact"_t,
            "how to reach a sender is destroyed ninety days after the case is over"},
    Refusal{"feedback.refusals.pressure"_t,
            "what a sender says about pressure is read by a supervisor alone"},
    Refusal{"feedback.refusals.disclosed"_t,
            "an order to hand out a sender is counted in public and names nobody"},
    Refusal{"feedback.refusals.agree"_t,
            "whoever asked, every page answers the same to everybody but to who answers"},
    Refusal{"feedback.refusals.hidden"_t, "a hidden count cannot be computed from the totals"}};

}  // namespace

std::span<const Refusal> all_refusals() { return refusals; }

Result<http::Response> refusals_page(const http::Request& request) {
  const html::View& view = request.view;
  html::Fragment text =
      html::fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)",
                 view("feedback.refusals.title"_t), view("feedback.refusals.lead"_t));
  text.add("<ul>{}</ul>", [&](html::Fragment& list) {
    for (const Refusal& each : refusals)
      list.add(R"(<li><b>{}</b><br><span class="small muted">{}: )"
               R"(<code lang="en" translate="no">{}</code></span></li>)",
               view(each.text), view("feedback.refusals.test"_t), each.test);
  });
  text.add(R"(<p><a href="{}">{}</a></p>)", html::Url::in(view, "/disclosures"),
           view("feedback.disclosure.title"_t));
  http::Response response = http::page(
      200, html::page(view, {.title = view("feedback.refusals.title"_t),
                             .here = "/refusals",
                             .body = html::columns(
                                 {.body = html::fill(R"(<div class="prose">{}</div>)", text)})}));
  response.cacheable = true;
  return response;
}

}  // namespace ln::feedback
