#include "app/policy.h"

#include "platform/file/file.h"

namespace ln::app {

std::optional<merkle::Policy> policy_in(const Arguments& given) {
  const auto path = given.find("policy");
  if (!path) return std::nullopt;
  const auto text = file::read_file(*path, merkle::Policy::text_size_max);
  if (!text) throw Misuse{{"cli.error.no_file"_t, {{"path", *path}}}};
  std::size_t line = 0;
  auto policy = merkle::Policy::parse(*text, &line);
  if (!policy)
    throw Misuse{{"cli.error.policy_line"_t, {{"line", std::to_string(line)}, {"path", *path}}}};
  return policy;
}

}  // namespace ln::app
