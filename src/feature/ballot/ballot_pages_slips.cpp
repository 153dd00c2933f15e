#include "feature/ballot/ballot_pages_slips.h"

#include <algorithm>

#include "core/people/people_citizen.h"
#include "feature/ballot/ballot_pages_parts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/qr.h"

namespace ln::ballot {
namespace {

using html::fill;
using html::Fragment;
using html::View;

std::string_view cut_to(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view piece = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return piece;
}

}  // namespace

std::string packed(const std::vector<Printed>& slips) {
  std::string out;
  for (const Printed& each : slips) out += each.number + " " + each.code + " " + each.secret + "\n";
  return out;
}

std::vector<Printed> slips_in(std::string_view text) {
  std::vector<Printed> all;
  while (!text.empty()) {
    std::string_view line = cut_to(text, '\n');
    Printed slip;
    slip.number = cut_to(line, ' ');
    slip.code = cut_to(line, ' ');
    slip.secret = line;
    all.push_back(std::move(slip));
  }
  return all;
}

Fragment slips_part(const View& view,
                    const Ballot& b,
                    const std::vector<Printed>& slips,
                    const html::Url& back) {
  Fragment out =
      fill(R"(<div class="no-print"><h1 class="h-l">{}</h1><p>{}</p>)"
           R"(<p><button type="button" class="govuk-button" data-print hidden>{}{}</button>)"
           R"(</p><p><a href="{}">{}</a></p></div>)",
           view("ballot.slip.title"_t), view("ballot.slip.lead"_t), html::icon("printer"),
           view("ballot.slip.print"_t), back, view("ballot.desk.back"_t));
  for (const Printed& each : slips) {
    const auto code = Code::parse(each.code);
    if (!code) continue;
    const std::string address = view.site->base_url + std::string(slip_url(view, *code).view());
    Fragment inner = fill(R"(<p lang="vi">{} · {}</p><p>{} <b>{}</b></p>)", b.title_vi, b.area,
                          view("ballot.slip.household"_t), each.number);
    inner.add(R"(<p>{} <span class="ref" translate="no">{}</span></p>)"
              R"(<p>{} <span class="secret" translate="no">{}</span></p>)",
              view("ballot.slip.code"_t), code->shown(), view("ballot.slip.secret"_t),
              people::shown_secret(each.secret));
    inner.add(R"(<div class="qr">{}</div><p>{} {} – {}</p><p>{}</p>)",
              html::qr(address, view("ballot.slip.qr"_t)), view("ballot.slip.when"_t),
              html::moment(view, b.opens_at), html::moment(view, b.closes_at),
              view("ballot.slip.choose"_t));
    out += html::card({.heading = view("ballot.slip.heading"_t), .body = std::move(inner)});
  }
  return out;
}

}  // namespace ln::ballot
