// The slip of a turn, and the fields of a booking.
#include <algorithm>

#include "base/text.h"
#include "core/people/people_citizen.h"
#include "feature/reception/reception_pages_parts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/qr.h"

namespace ln::reception {

using html::fill;
using html::Fragment;
using html::View;

std::string packed(const Slip& slip) {
  return slip.code + " " + slip.secret + " " + std::to_string(slip.line) + " " + slip.fingerprint;
}

std::optional<Slip> unpacked_slip(std::string_view text) {
  std::string_view pieces[4];
  for (std::string_view& piece : pieces) {
    const std::size_t end = std::min(text.find(' '), text.size());
    piece = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const auto line = parse_number(pieces[2]);
  if (!line) return std::nullopt;
  return Slip{std::string(pieces[0]), std::string(pieces[1]), *line, std::string(pieces[3])};
}

Fragment slip_part(const View& view,
                   const Slip& slip,
                   const Reception& r,
                   const Turn& turn,
                   const html::Url& on,
                   std::string_view on_text) {
  const auto code = Code::parse(slip.code);
  if (!code) return {};
  const html::Url own = turn_url(view, *code);
  const std::string address = view.site->base_url + std::string(own.view());
  Fragment out = fill(R"(<div class="done" role="status"><div><h1 class="h-l">{}</h1><p>{}</p>)"
                      R"(<p class="ref" id="code" translate="no">{}</p></div></div>)",
                      view("reception.slip.title"_t), view("reception.slip.code"_t), code->shown());
  out.add(R"(<p>{}</p><p class="secret" id="secret" translate="no">{}</p><p>{}</p>)",
          view("reception.slip.secret"_t), people::shown_secret(slip.secret),
          view("reception.slip.keep"_t));
  const html::Fact facts[] = {
      {view("reception.slip.turn"_t), fill("{}", view.voice.number(turn.slot))},
      {view("reception.slip.at"_t), html::moment(view, r.turn_at(turn.slot))},
      {view("reception.receiver"_t), fill(R"(<span lang="vi">{}</span>)", r.receiver)},
      {view("reception.place"_t), fill(R"(<span lang="vi">{}</span>)", r.place)},
      {view("reception.slip.line"_t), html::code(view.voice.number(slip.line))},
      {view("reception.slip.fingerprint"_t),
       fill(R"(<span class="hash" translate="no">{}</span>)", slip.fingerprint)}};
  out += html::facts(facts, true);
  out.add(R"(<h2 class="h-m">{}</h2><p>{}</p><div class="qr">{}</div>)",
          view("reception.slip.bring"_t), view("reception.slip.bring_what"_t),
          html::qr(address, view("reception.slip.qr"_t)));
  out.add(R"(<p class="no-print"><button type="button" )"
          R"(class="govuk-button govuk-button--secondary" data-print hidden>{}{}</button></p>)",
          html::icon("printer"), view("reception.slip.print"_t));
  out.add(R"(<p class="no-print"><a href="{}">{}</a></p>)"
          R"(<p class="no-print"><a href="{}">{}</a></p>)",
          own, view("reception.slip.own"_t), on, on_text);
  return out;
}

BookingSheet sheet_of(const http::Fields& form) {
  return {.about = std::string(form.text("about")),
          .name = std::string(form.text("name")),
          .contact = std::string(form.text("contact")),
          .way = std::string(form.text("way")),
          .case_code = std::string(form.text("case_code")),
          .once = std::string(form.text("once"))};
}

Fragment booking_fields(const View& view, const BookingSheet& sheet, const Error* error) {
  Fragment out = html::textarea(view, {.name = "about",
                                       .label = {view("reception.book.about"_t)},
                                       .hint = view("reception.book.about_hint"_t),
                                       .error = html::error_for(view, error, "about"),
                                       .value = sheet.about,
                                       .rows = 2,
                                       .chars_max = static_cast<int>(about_chars_max)});
  html::Choices ways{.name = "way",
                     .legend = {view("reception.book.way"_t)},
                     .error = html::error_for(view, error, "way"),
                     .values = {sheet.way}};
  for (const Way each : all_ways) ways.choices.push_back({to_text(each), view(key_of(each))});
  out += html::radios(view, ways);
  out += html::input(view, {.name = "name",
                            .label = {.text = view("reception.book.name"_t), .is_optional = true},
                            .hint = view("reception.book.name_hint"_t),
                            .error = html::error_for(view, error, "name"),
                            .value = sheet.name});
  out +=
      html::input(view, {.name = "contact",
                         .label = {.text = view("reception.book.contact"_t), .is_optional = true},
                         .hint = view("reception.book.contact_hint"_t),
                         .error = html::error_for(view, error, "contact"),
                         .value = sheet.contact});
  Fragment tied =
      html::input(view, {.name = "case_code",
                         .label = {.text = view("reception.book.case"_t), .is_optional = true},
                         .error = html::error_for(view, error, "case_code"),
                         .value = sheet.case_code,
                         .autocomplete = "off",
                         .autocapitalize = "characters",
                         .spellcheck = false,
                         .more_class = "code-input"});
  tied += html::input(view,
                      {.name = "case_secret",
                       .label = {.text = view("reception.book.case_secret"_t), .is_optional = true},
                       .hint = view("reception.book.case_secret_hint"_t),
                       .autocomplete = "off",
                       .autocapitalize = "characters",
                       .spellcheck = false,
                       .more_class = "code-input"});
  out += html::details(view("reception.book.tie"_t), tied, !sheet.case_code.empty());
  out += html::hidden("once", sheet.once);
  return out;
}

}  // namespace ln::reception
