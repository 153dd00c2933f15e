// Rows of topics as an administrator sets them, and of answers with the questions as they were
// asked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "feature/feedback/feedback_settings.h"
#include "feature/feedback/feedback_store.h"
#include "platform/db/db.h"

namespace ln::feedback {

// The value, in the canonical form of RFC 8785: one setting has one text.
std::string value_of(const TopicSetting& setting);
// Reads a value back. Refuses (invalid) what value_of does not write, byte for byte. What it says
// is not judged: a topic that is older than a rule can be put back.
Result<TopicSetting> read_topic_value(std::string_view code, std::string_view value);

// In the order of the tree, also those that are switched off; without their questions.
std::vector<TopicSetting> every_topic(db::Read& read);
std::vector<TopicQuestion> topic_questions(db::Read& read, std::string_view topic_code);

// All but what the topic is about, and its questions; one that is not offered is so from `today`
// on. A topic that is none yet is made, behind the others.
void save_topic(db::Write& write, const TopicSetting& setting, Day today);

// An answer with the question as it was asked. The words are empty in a case that is older than
// their keeping.
struct Extra {
  std::string code{}, answer{}, question_vi{}, question_en{};
};
std::vector<Extra> asked_of(db::Read& read, FeedbackId id);
// As asked, or as it is asked now; empty when neither is known.
std::string_view question_of(const Extra& extra, const std::vector<Question>& now, bool in_english);

}  // namespace ln::feedback
