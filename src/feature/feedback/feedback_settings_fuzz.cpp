// Any bytes: no value of a topic, or one that is written back byte for byte.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "feature/feedback/feedback_store_settings.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const auto setting = ln::feedback::read_topic_value("delay", input);
  if (setting.ok()) CHECK(ln::feedback::value_of(setting.value()) == input);
  ln::feedback::TopicQuestion question{.form = ln::feedback::AnswerForm::day};
  (void)ln::feedback::wrong_with_answer(question, input);
  return 0;
}
