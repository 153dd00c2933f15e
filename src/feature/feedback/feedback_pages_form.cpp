#include "feature/feedback/feedback_pages_form.h"

#include <algorithm>

#include "core/attachment/attachment_prepare.h"
#include "core/attachment/attachment_store.h"
#include "feature/feedback/feedback_page.h"
#include "feature/feedback/feedback_pages_form_check.h"
#include "feature/feedback/feedback_pages_form_nature.h"
#include "feature/feedback/feedback_pages_form_steps.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::feedback {
namespace {

// What is wrong with the draft as a whole; null when it could be sent.
std::optional<Error> wrong_with(db::Read& read, const Draft& draft, Random& random, Instant now) {
  const auto prepared = prepare(read, draft.typed(false), random, now);
  return prepared.ok() ? std::nullopt : std::optional(prepared.error());
}

// Where to go on: what was left out or became wrong comes before the rest.
std::optional<Step> first_wrong(const std::vector<Step>& steps, const std::optional<Error>& wrong) {
  for (const Step step : steps)
    if (wrong_in(wrong, step)) return step;
  // Asked by a step which this draft leaves out, so its answer came with the address.
  if (wrong) return step_asking(wrong->fields.empty() ? "about" : wrong->fields.front().field);
  return std::nullopt;
}

// A draft that a QR code, an earlier case or a page of ours begins.
Draft begun_with(const http::Fields& from) {
  Draft draft;
  for (const char* name : {"unit", "counter", "procedure", "recurs_of"})
    if (from.text(name).size() <= 200) draft.set(name, from.text(name));
  if (may_be_about(from.text("page"))) draft.set("page", from.text("page"));
  if (from_word(all_kinds, from.text("kind"))) draft.set("kind", from.text("kind"));
  // The step that asks for the place is passed over when the place is known.
  if (!draft.text("unit").empty()) draft.set("from_qr", "yes");
  return draft;
}

// Saves the draft and goes on to `next`, or shows the step again with what is wrong in it.
http::Pending save_and_go(const http::Request& request,
                          StepShown shown,
                          std::string next,
                          Instant now,
                          bool is_new = false) {
  auto save = [draft = shown.draft, now, is_new](db::Write& write) -> Result<Done> {
    // Sent in another window meanwhile: it must not come back to life.
    if (!is_new && !find_draft(write, draft.token))
      return Error{ErrorKind::not_found, "feedback.form.gone_sent"_t};
    save_draft(write, draft.token, draft.answers, now);
    return Done{};
  };
  auto answer = [&request, shown = std::move(shown), next = std::move(next)](
                    const Result<Done>& done, std::string_view) {
    if (!done.ok()) return http::error_response(request, done.error());
    if (shown.error) return http::page(422, step_html(request.view, shown));
    return http::see_other(next);
  };
  return http::Pending::commit(std::move(save), std::move(answer));
}

std::string where_with_query(const Draft& draft, std::string_view query) {
  return std::string(html::Url::path(path_of(draft, Step::where)).with("q", query).view());
}

struct Files {
  std::vector<attachment::Prepared> fine{};
  FieldErrors errors{};
};

Result<Files> prepare_files(const http::Request& request, std::size_t already, Random& random) {
  Files files;
  for (const char* field : {"files", "recording"}) {
    auto got = attachment::prepare(request.uploads, field, already + files.fine.size(), random);
    if (got.ok()) {
      for (attachment::Prepared& file : std::move(got).value())
        files.fine.push_back(std::move(file));
      continue;
    }
    if (got.error().fields.empty()) return std::move(got).error();
    for (const FieldError& each : got.error().fields) files.errors.add(each.field, each.text);
  }
  return files;
}

// The files of the draft as they will be when this POST is done, for the page that is shown then.
void foresee(StepShown& shown, const Files& files, std::string_view removed, Instant now) {
  std::erase_if(shown.files, [&](const auto& file) { return file.token == removed; });
  for (const attachment::Prepared& file : files.fine)
    shown.files.push_back({.id = {},
                           .token = file.token,
                           .owner_kind = {},
                           .kind = file.kind,
                           .media_type = std::string(file.media_type),
                           .name = file.name,
                           .size = static_cast<std::int64_t>(file.bytes.size()),
                           .hash = {},
                           .visibility = attachment::Visibility::hidden,
                           .created_at = now,
                           .removed_at = {}});
}

}  // namespace

http::Response draft_gone(const html::View& view) {
  html::Fragment body =
      html::fill("<h1>{}</h1><p>{}</p><p>{}</p>", view("feedback.form.gone"_t),
                 view("feedback.form.gone_why"_t), view("feedback.form.gone_sent"_t));
  body.add(R"(<div class="actions">{}<a href="{}">{}</a></div>)",
           html::link_button(html::Url::in(view, "/feedback/new"),
                             {.text = view("feedback.form.begin_again"_t)}),
           html::Url::in(view, "/feedback/find"), view("feedback.find.title"_t));
  return http::page(
      404, html::page(view, {.title = view("feedback.form.gone"_t),
                             .here = "/feedback/new",
                             .body = html::columns({.body = std::move(body), .is_narrow = true}),
                             .is_unlisted = true}));
}

Result<http::Response> new_page(const http::Request& request, db::Read& read, Instant now) {
  const StepShown shown = gather_step(read, begun_with(request.query), Step::about, {}, now);
  return http::page(200, step_html(request.view, shown));
}

Result<http::Pending> begin_form(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now) {
  Draft draft = begun_with(request.form);
  take(draft, Step::about, request.form);
  StepShown shown = gather_step(read, draft, Step::about, {}, now);
  shown.error = wrong_in(wrong_with(read, draft, random, now), Step::about);
  // Nothing is kept before there is something to keep.
  if (shown.error) return http::Pending::answer(http::page(422, step_html(request.view, shown)));
  shown.draft.token = draw_draft_token(random);
  const std::string next =
      path_of(shown.draft, next_step(steps_of(read, shown.draft), Step::about));
  return save_and_go(request, std::move(shown), next, now, true);
}

Result<http::Response> step_get(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now) {
  const auto step = step_of(request.path_text("step"));
  auto draft = load_draft(read, request.path_text("draft"));
  const bool is_sending = request.path_text("step") == "send";
  if (!step && !is_sending) return Error{ErrorKind::not_found, "error.not_found.body"_t};
  if (!draft) return draft_gone(request.view);
  if (wants_to_hold(*draft) && (is_sending || *step > Step::nature))
    return http::see_other(hold_path(*draft));
  // Only the button sends; who asks for its address reads the answers once more.
  if (is_sending) return http::see_other(path_of(*draft, Step::check));
  if (*step == Step::check) {
    const auto wrong = wrong_with(read, *draft, random, now);
    if (const auto back = first_wrong(steps_of(read, *draft), wrong))
      return http::see_other(path_of(*draft, *back) + "?check=1");
    return http::page(200, check_html(request.view, gather_check(read, *draft, random, now)));
  }
  // Whoever comes by themselves sees the step too.
  if (*step == Step::nature && draft->text("suspected").empty()) draft->set("suspected", "self");
  StepShown shown = gather_step(read, *std::move(draft), *step, request.query.text("q"), now);
  // Sent here because something is left out, and not on the way through for the first time.
  if (request.query.has("check"))
    shown.error = wrong_in(wrong_with(read, shown.draft, random, now), *step);
  return http::page(200, step_html(request.view, shown));
}

Result<http::Pending> step_post(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now) {
  const auto step = step_of(request.path_text("step"));
  auto draft = load_draft(read, request.path_text("draft"));
  if (!step || *step == Step::check || *step == Step::story || *step == Step::nature)
    return Error{ErrorKind::not_found, "error.not_found.body"_t};
  if (!draft) return http::Pending::answer(draft_gone(request.view));
  take(*draft, *step, request.form);
  const std::string query(request.form.text("q"));
  StepShown shown = gather_step(read, *std::move(draft), *step, query, now);
  if (*step == Step::where && request.form.has("search") && !query.empty())
    return save_and_go(request, shown, where_with_query(shown.draft, query), now);
  shown.error = wrong_in(wrong_with(read, shown.draft, random, now), *step);
  const std::string next = path_of(shown.draft, next_step(shown.steps, *step));
  return save_and_go(request, std::move(shown), next, now);
}

Result<http::Pending> story_post(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now) {
  auto draft = load_draft(read, request.path_text("draft"));
  if (!draft) return http::Pending::answer(draft_gone(request.view));
  take(*draft, Step::story, request.form);
  note_suspicion(*draft, now);
  StepShown shown = gather_step(read, *std::move(draft), Step::story, {}, now);
  const std::string removed(request.form.text("remove"));
  const auto gone = std::ranges::find(shown.files, removed, &attachment::Attachment::token);
  const std::size_t kept = shown.files.size() - (gone == shown.files.end() ? 0U : 1U);
  TRY(Files files, prepare_files(request, kept, random));
  std::optional<attachment::AttachmentId> to_remove;
  if (gone != shown.files.end()) to_remove = gone->id;
  foresee(shown, files, removed, now);
  // Whoever removes a file is not done yet: what else is wrong is told when they go on.
  if (!to_remove) {
    if (const auto wrong = wrong_in(wrong_with(read, shown.draft, random, now), Step::story))
      for (const FieldError& each : wrong->fields) files.errors.add(each.field, each.text);
  }
  if (!files.errors.empty()) shown.error = files.errors.take();
  const std::string next =
      path_of(shown.draft, to_remove ? Step::story : next_step(shown.steps, Step::story));
  return http::Pending::commit(
      [draft = shown.draft, fine = std::move(files.fine), to_remove,
       now](db::Write& write) -> Result<Done> {
        if (!find_draft(write, draft.token))
          return Error{ErrorKind::not_found, "feedback.form.gone_sent"_t};
        const auto there = attachment::list(write, draft.owner());
        const auto others = std::ranges::count_if(
            there, [&](const auto& file) { return !file.removed_at && file.id != to_remove; });
        if (static_cast<std::size_t>(others) + fine.size() > attachment::count_max)
          return Error{ErrorKind::conflict, "attachment.error.too_many"_t};
        save_draft(write, draft.token, draft.answers, now);
        if (to_remove) attachment::remove(write, *to_remove, now);
        for (const attachment::Prepared& file : fine)
          attachment::store(write, draft.owner(), file, now);
        return Done{};
      },
      [&request, shown, next](const Result<Done>& done, std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        if (shown.error) return http::page(422, step_html(request.view, shown));
        return http::see_other(next);
      });
}

}  // namespace ln::feedback
