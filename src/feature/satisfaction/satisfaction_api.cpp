#include "feature/satisfaction/satisfaction_api.h"

#include <utility>

#include "feature/satisfaction/satisfaction_actions.h"
#include "feature/satisfaction/satisfaction_store.h"
#include "platform/http/http_json.h"

namespace ln::satisfaction {
namespace {

Error no_such_case() { return {ErrorKind::not_found, "satisfaction.error.no_such_case"_t}; }

// A yes or no is also understood as true or false.
std::string read_yes(http::Members& members, std::string_view name) {
  if (const auto flag = members.find(name).boolean()) return *flag ? "yes" : "no";
  return members.text(name);
}

Error both(Error types, const Error& rules) {
  for (const FieldError& each : rules.fields) {
    bool is_there = false;
    for (const FieldError& other : types.fields) is_there = is_there || other.field == each.field;
    if (!is_there) types.fields.push_back(each);
  }
  return types;
}

http::Response as_json(const feedback::Code& code, const Rating& rating) {
  http::Response response = http::json(rating.revision == 1 ? 201 : 200, {});
  json::Writer writer(response.body);
  writer.object().member("code", code.text()).member("score", rating.score);
  writer.member("solved", to_text(rating.solved)).name("reasons").array();
  for (const Reason reason : rating.reasons) writer.text(to_text(reason));
  writer.end_array().member("text", rating.text);
  writer.member("again", to_text(rating.again)).member("believed", to_text(rating.believed));
  writer.member("first_at", to_iso(rating.first_at));
  writer.member("changed_at", to_iso(rating.changed_at)).end_object();
  return response;
}

}  // namespace

Result<http::Pending> rating_api(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now) {
  const auto code = feedback::Code::parse(request.path_text("code"));
  const auto citizen = people::machine_of(request);
  if (!code || !citizen) return no_such_case();
  // Whoever holds the secret is told why not; to everybody else the case is not there.
  const auto rated = open(read, *citizen, *code);
  if (!rated.ok())
    return rated.error().kind == ErrorKind::conflict ? rated.error() : no_such_case();
  auto sent = http::json_body(request, http::Body::needed);
  if (auto* refused = std::get_if<http::Response>(&sent))
    return http::Pending::answer(std::move(*refused));
  http::Members members(std::get<json::Document>(sent).root());
  const RateAct act{.citizen = *citizen,
                    .code = *code,
                    .given = {.score = members.number("score"),
                              .solved = read_yes(members, "solved"),
                              .reasons = members.texts("reasons"),
                              .text = members.text("text"),
                              .again = read_yes(members, "again"),
                              .believed = read_yes(members, "believed")},
                    .salts = ledger::draw(random),
                    .now = now};
  if (!members.errors().empty()) {
    const auto checked = check(act.given);
    const Error types = members.errors().take();
    return checked.ok() ? types : both(types, checked.error());
  }
  // Whoever does not know these questions, and corrects a score, takes back nothing that was said.
  const bool keeps_again = members.find("again").is_null(),
             keeps_believed = members.find("believed").is_null();
  return http::Pending::commit(
      [=](db::Write& write) -> Result<Rating> {
        RateAct whole = act;
        TRY(const auto held, open(write, act.citizen, act.code));
        if (const auto before = find(write, held.id)) {
          if (keeps_again) whole.given.again = to_text(before->again);
          if (keeps_believed) whole.given.believed = to_text(before->believed);
        }
        TRY([[maybe_unused]] const Done done, rate(write, whole));
        return *find(write, held.id);
      },
      [request, code = *code](const Result<Rating>& outcome, std::string_view) {
        return outcome.ok() ? as_json(code, outcome.value())
                            : http::error_response(request, outcome.error());
      });
}

}  // namespace ln::satisfaction
