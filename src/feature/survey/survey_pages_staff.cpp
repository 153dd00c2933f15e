#include "feature/survey/survey_pages_staff.h"

#include "base/text.h"
#include "core/people/people_citizen.h"
#include "core/people/people_code.h"
#include "core/people/people_independent.h"
#include "engine/merkle/merkle.h"
#include "feature/survey/survey_actions.h"
#include "feature/survey/survey_pages_parts.h"
#include "platform/html/parts.h"
#include "platform/html/qr.h"
#include "platform/http/form_page.h"

namespace ln::survey::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t listed_max = 100;
constexpr std::size_t sheet_key_letters = 32;
// So many answers of one cluster within a minute are more than people give.
constexpr std::int64_t rush_from = 8;

Url desk_url(const View& view, SurveyId id) { return Url::in(view, "/staff/surveys/", id.value); }

// The secrets of a sheet, made from a key that only the page which printed it holds. A sheet that
// is sent twice has the same secrets, and nobody else can make them.
std::vector<std::string> secrets_of(std::string_view key, std::int64_t count) {
  std::vector<std::string> all;
  for (std::int64_t n = 0; n < count; ++n) {
    const auto bytes =
        merkle::sha256(as_bytes("langnghe sheet 1\n" + std::string(key) + "/" + std::to_string(n)));
    std::string secret;
    // 32 letters, so that a byte of the hash is 8 times each: no letter is likelier than another.
    for (std::size_t i = 0; i < people::secret_size; ++i)
      secret += people::code_letters[bytes[i] % people::code_letters.size()];
    all.push_back(std::move(secret));
  }
  return all;
}

Fragment slip_item(const View& view,
                   const Sheet& sheet,
                   std::string_view cluster,
                   const std::string& secret) {
  const html::Spoken title = title_of(view, sheet.survey);
  const std::string address = view.site->base_url + "/surveys/slip/" + secret;
  Fragment out = fill(R"(<h3 lang="{}">{}</h3><p>{}{}</p><div class="qr">{}</div>)", title.lang,
                      title.text, sheet.unit, cluster.empty() ? Fragment() : fill(" · {}", cluster),
                      html::qr(address, view("survey.slip.qr"_t)));
  out.add(
      R"(<p class="secret" translate="no">{}</p><p class="small">{}</p><p class="small">{}</p>)",
      people::shown_secret(secret), view.site->base_url + "/surveys/slip",
      view.voice("survey.slip.print_note"_t, {{"day", view.voice.date(sheet.survey.closes_on)}}));
  return fill(R"(<li class="card">{}</li>)", out);
}

http::Response sheet_page(const View& view,
                          const Sheet& sheet,
                          std::string_view cluster,
                          const std::vector<std::string>& secrets,
                          std::int64_t printed) {
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><p>{}</p>)",
                       view("survey.sheet.title"_t), view("survey.sheet.lead"_t),
                       view.voice.counted("survey.sheet.printed"_t, printed));
  body.add(R"(<p><button type="button" class="govuk-button" data-print hidden>{}{}</button></p>)"
           R"(<p><a href="{}">{}</a></p>)",
           html::icon("printer"), view("survey.sheet.print"_t), desk_url(view, sheet.survey.id),
           view("survey.sheet.back"_t));
  Fragment list;
  for (const std::string& each : secrets) list += slip_item(view, sheet, cluster, each);
  Fragment all = fill(R"(<div class="no-print">{}</div><ul class="plain">{}</ul>)", body, list);
  auto response = http::form_page(view, {.title = view("survey.sheet.title"_t),
                                         .here = "/staff/surveys",
                                         .body = std::move(all),
                                         .is_staff = true,
                                         .is_once = true});
  return std::move(response).with_header("Cache-Control", "no-store");
}

Fragment slips_form(const View& view,
                    db::Read& read,
                    const Sheet& sheet,
                    std::string_view key,
                    const Error* error) {
  const Survey& s = sheet.survey;
  const auto clusters = clusters_of(read, s.id);
  Fragment out = fill(R"(<h2 class="h-m sp">{}</h2><p>{}</p>)", view("survey.sheet.heading"_t),
                      view("survey.sheet.heading_lead"_t));
  Fragment fields = html::hidden("key", key);
  if (!clusters.empty()) {
    std::vector<std::string> values, names;
    for (const Cluster& each : clusters)
      if (each.is_drawn) {
        values.push_back(std::to_string(each.number));
        names.push_back(each.name + " (" + view.voice.number(slips_of(read, s.id, each.number)) +
                        "/" + view.voice.number(each.size) + ")");
      }
    std::vector<html::Option> options;
    for (std::size_t i = 0; i < values.size(); ++i) options.push_back({values[i], names[i]});
    fields += html::select(view, {.name = "cluster",
                                  .label = {view("survey.sheet.cluster"_t)},
                                  .error = html::error_for(view, error, "cluster"),
                                  .options = std::move(options)});
  }
  const std::string most = std::to_string(slips_per_sheet_max);
  fields += html::input(view, {.name = "count",
                               .label = {view("survey.sheet.count"_t)},
                               .hint = view.voice("survey.sheet.count_hint"_t, {{"most", most}}),
                               .error = html::error_for(view, error, "count"),
                               .value = "30",
                               .width = 4,
                               .inputmode = "numeric"});
  fields +=
      html::button({.text = view("survey.sheet.make"_t), .icon_before = "printer", .once = true});
  out += html::form(view, {.action = Url::in(view, "/staff/surveys/", s.id.value, "/slips"),
                           .body = std::move(fields)});
  return out;
}

// What smells of stuffing, as arithmetic and never as a verdict.
Fragment rush_part(const View& view, db::Read& read, const Survey& s) {
  const Rush rush = rush_of(read, s.id);
  if (rush.all < count_floor) return {};
  Fragment out = fill(R"(<h2 class="h-m sp">{}</h2><p>{}</p>)", view("survey.rush.title"_t),
                      view("survey.rush.lead"_t));
  const bool is_rush = rush.most_in_a_minute >= rush_from;
  out.add("<ul><li>{} {}</li><li>{}</li></ul>",
          view.voice.counted("survey.rush.minute"_t, rush.most_in_a_minute),
          is_rush ? html::badge(html::Tone::late, "triangle-alert", view("survey.rush.many"_t))
                  : Fragment(),
          view.voice("survey.rush.hours"_t, {{"part", view.voice.number(rush.in_office_hours)},
                                             {"whole", view.voice.number(rush.all)}}));
  return out;
}

http::Response desk(const View& view,
                    db::Read& read,
                    const Sheet& sheet,
                    std::string_view key,
                    Instant now,
                    const Error* error) {
  const Survey& s = sheet.survey;
  const html::Spoken title = title_of(view, s);
  Fragment body = html::back_link(view, Url::in(view, "/staff/surveys"));
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l" lang="{}">{}</h1><p>{} · <a href="{}">{}</a></p>)", title.lang,
           title.text, stage_badge(view, s), page_of(view, s.id), view("survey.desk.public"_t));
  body.add("<p>{}</p>", view.voice.counted("survey.sheet.printed"_t, slips_of(read, s.id, 0)));
  if (s.stage == Stage::open && local_day(now) <= s.closes_on)
    body += slips_form(view, read, sheet, key, error);
  if (s.has_kiosk)
    body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/surveys/", s.id.value, "/kiosk"),
             view("survey.desk.kiosk"_t));
  body += rush_part(view, read, s);
  return staff_survey_page(view, {.title = title.text, .body = std::move(body), .error = error});
}

// The survey, for a supervisor who is independent of the unit.
Result<Sheet> sheet_at_desk(const http::Request& request,
                            db::Read& read,
                            const people::Supervisor& supervisor) {
  TRY(Sheet sheet, sheet_in(request, read));
  if (!people::is_independent(supervisor.staff(), sheet.survey.unit_path))
    return Error{ErrorKind::forbidden, "survey.error.not_independent"_t};
  return sheet;
}

}  // namespace

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 people::Staff staff) {
  const View view = people::view_of(request, staff);
  const auto officer = people::Officer::of(staff);
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)",
                       view("survey.desk.title"_t), view("survey.desk.lead"_t));
  if (people::Supervisor::of(staff))
    body += html::link_button(Url::in(view, "/staff/surveys/new"),
                              {.text = view("survey.new.title"_t)});
  if (people::Administrator::of(staff))
    body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/staff/surveys/forms"),
             view("survey.draft.list"_t));
  Fragment list;
  for (const Survey& each : surveys(read, 0, listed_max)) {
    const html::Spoken title = title_of(view, each);
    Fragment ways =
        fill(R"(<a href="{}">{}</a>)", page_of(view, each.id), view("survey.desk.public"_t));
    if (people::Supervisor::of(staff) && people::is_independent(staff, each.unit_path))
      ways.add(R"( · <a href="{}">{}</a>)", desk_url(view, each.id), view("survey.desk.open"_t));
    if (each.stage == Stage::open && officer && may_take_in(*officer, each.unit_path))
      ways.add(R"( · <a href="{}">{}</a>)",
               Url::in(view, "/staff/surveys/", each.id.value, "/enter"),
               view("survey.desk.enter"_t));
    list.add(R"(<li><h3 lang="{}">{}</h3><p>{} {}</p><p>{}</p></li>)", title.lang, title.text,
             stage_badge(view, each), name_of_unit(view, read, each.unit), ways);
  }
  body.add(R"(<h2 class="vh">{}</h2>)", view("survey.title"_t));
  if (surveys(read, 0, 1).empty())
    body += html::nothing_here(view("survey.none"_t));
  else
    body.add(R"(<ul class="list">{}</ul>)", list);
  return staff_survey_page(view, {.title = view("survey.desk.title"_t), .body = std::move(body)});
}

Result<http::Response> desk_page(const http::Request& request,
                                 db::Read& read,
                                 people::Supervisor supervisor,
                                 Random& random,
                                 Instant now) {
  TRY(const Sheet sheet, sheet_at_desk(request, read, supervisor));
  return desk(people::view_of(request, supervisor.staff()), read, sheet,
              to_hex(random.bytes<sheet_key_letters / 2>()), now, nullptr);
}

Result<http::Pending> slips_post(const http::Request& request,
                                 db::Read& read,
                                 people::Supervisor supervisor,
                                 Random& random,
                                 Instant now) {
  TRY(const Sheet sheet, sheet_at_desk(request, read, supervisor));
  const View here = people::view_of(request, supervisor.staff());
  const std::string key(request.form.text("key"));
  const std::int64_t count = request.form.number("count").value_or(0);
  const std::int64_t cluster = request.form.number("cluster").value_or(0);
  const auto refuse = [&](const Error& error) {
    return http::Pending::answer(
        desk(here, read, sheet, to_hex(random.bytes<sheet_key_letters / 2>()), now, &error));
  };
  if (key.size() != sheet_key_letters) return Error{ErrorKind::invalid, "survey.error.once"_t};
  if (count < 1 || count > slips_per_sheet_max)
    return refuse({ErrorKind::invalid,
                   "survey.error.slip_count"_t,
                   {{"count", "survey.error.slip_count"_t}}});
  const auto clusters = clusters_of(read, sheet.survey.id);
  std::string name;
  for (const Cluster& each : clusters)
    if (each.number == cluster) name = each.name;
  if (!from_hex(key)) return Error{ErrorKind::invalid, "survey.error.once"_t};
  // With the cluster and the count, so that another sheet by the same key is another sheet.
  const auto secrets =
      secrets_of(key + "/" + std::to_string(cluster) + "/" + std::to_string(count), count);
  std::vector<std::string> hashes;
  for (const std::string& each : secrets) hashes.push_back(slip_hash(each).value());
  return http::Pending::commit(
      [act = SupervisorAct{supervisor, now}, id = sheet.survey.id, cluster,
       hashes](db::Write& write) { return print_slips(write, act, id, {cluster, hashes}); },
      [&request, supervisor, sheet, name, secrets](const Result<std::int64_t>& done,
                                                   std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        return sheet_page(people::view_of(request, supervisor.staff()), sheet, name, secrets,
                          done.value());
      });
}

}  // namespace ln::survey::staff
