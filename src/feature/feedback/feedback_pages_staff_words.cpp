#include "feature/feedback/feedback_pages_staff_words.h"

#include <algorithm>
#include <vector>

#include "core/attachment/attachment_pages.h"
#include "core/attachment/attachment_store.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_staff.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_part.h"
#include "feature/feedback/feedback_store_settings.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/http_range.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;

// The letter whose files an officer sees with this part; null for what is no part, and for a
// protected one.
std::optional<FeedbackId> letter_with_files(db::Read& read, const Feedback& feedback) {
  if (feedback.is_protected) return std::nullopt;
  const auto part = part_of(read, feedback.id);
  return part ? std::optional(part->letter) : std::nullopt;
}

}  // namespace

Fragment case_file_list(const View& view,
                        db::Read& read,
                        const Feedback& feedback,
                        std::string_view owner_kind) {
  auto files = attachment::list(read, {owner_kind, feedback.id.value});
  if (const auto letter =
          owner_kind == "feedback" ? letter_with_files(read, feedback) : std::nullopt)
    for (attachment::Attachment& each : attachment::list(read, {owner_kind, letter->value}))
      files.push_back(std::move(each));
  if (files.empty()) return {};
  const bool has_closed = std::ranges::any_of(files, [](const attachment::Attachment& file) {
    return file.kind != attachment::Kind::picture && !file.removed_at;
  });
  Fragment out = html::fill(R"(<ul class="files">{}</ul>)", [&](Fragment& list) {
    for (const attachment::Attachment& file : files) {
      if (file.removed_at) {
        list.add("<li>{}</li>", view("feedback.staff.file_removed"_t));
        continue;
      }
      const Url url = Url::in(view, "/staff/feedback/", feedback.code.text(), "/files/",
                              std::string_view(file.token));
      list.add(R"(<li><a href="{}">{}{} ({})</a>{}</li>)", url,
               html::icon(file.kind == attachment::Kind::picture ? "image" : "paperclip"),
               file.name, view.voice.bytes(file.size), attachment::player(file, url));
    }
  });
  if (has_closed)
    out.add(R"(<p class="small muted">{}</p>)", view("feedback.staff.files_closed"_t));
  return out;
}

Fragment case_words(const View& view, db::Read& read, const Feedback& feedback) {
  if (feedback.erased_at && feedback.erased_because)
    return html::note(
        {.heading = view("feedback.erased.title"_t),
         .body = html::fill("<p>{}</p><p>{}</p>", view(key_of(*feedback.erased_because)),
                            view("feedback.erased.office"_t))});
  Fragment out;
  out.add(R"(<h2 class="h-m">{}</h2><div class="quote" lang="{}">{}</div>{})",
          view("feedback.staff.citizen_wrote"_t), feedback.in_english ? "en" : "vi",
          html::paragraphs(feedback.body), case_file_list(view, read, feedback, "feedback"));
  const auto extras = asked_of(read, feedback.id);
  if (extras.empty()) return out;
  const auto topic = find_topic(read, feedback.topic);
  const auto questions = questions_of(read, topic ? topic->code : std::string());
  std::vector<html::Fact> facts;
  for (const Extra& extra : extras)
    if (const std::string_view question =
            question_of(extra, questions, view.voice.language() == i18n::Language::en);
        !question.empty())
      facts.push_back({question, html::fill("{}", extra.answer)});
  out += html::facts(facts, true);
  return out;
}

Result<http::Response> case_file(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer) {
  TRY(const Feedback feedback, visible_case(read, officer, request.path_text("code")));
  const auto file = attachment::find(read, request.path_text("token"));
  const auto letter = letter_with_files(read, feedback);
  const bool is_of_letter =
      file && letter && file->owner_id == letter->value && file->owner_kind == "feedback";
  const bool is_ours = file && file->owner_id == feedback.id.value &&
                       (file->owner_kind == "feedback" || file->owner_kind == "feedback_answer" ||
                        file->owner_kind == "feedback_review");
  auto response = is_ours || is_of_letter
                      ? attachment::file_response(read, *file, attachment::Part::whole)
                      : std::nullopt;
  if (!response) return Error{ErrorKind::not_found, "feedback.error.no_such_file"_t};
  return http::part_of(request, *std::move(response));
}

}  // namespace ln::feedback::staff
