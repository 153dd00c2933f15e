#include "app/sample_accounts.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "core/people/people.h"
#include "platform/i18n/i18n.h"

namespace ln::app {
namespace {

constexpr i18n::Voice voice_vi{i18n::Language::vi}, voice_en{i18n::Language::en};

std::string both(TextKey key) {
  return std::string(voice_vi(key)) + " / " + std::string(voice_en(key));
}

TextKey key_of(people::Role role) {
  switch (role) {
    case people::Role::clerk: return "people.role.clerk"_t;
    case people::Role::triage: return "people.role.triage"_t;
    case people::Role::handler: return "people.role.handler"_t;
    case people::Role::head: return "people.role.head"_t;
    case people::Role::ombudsman: return "people.role.ombudsman"_t;
    case people::Role::supervisor: return "people.role.supervisor"_t;
    case people::Role::administrator: return "people.role.administrator"_t;
  }
  return {};
}

using Cells = std::array<std::string, 3>;

// Columns as wide as their widest cell, counted in characters.
std::string table(const std::vector<Cells>& lines) {
  std::array<std::size_t, 3> width{};
  for (const Cells& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i)
      width[i] = std::max(width[i], count_chars(line[i]));
  std::string out;
  for (const Cells& line : lines) {
    out += " ";
    for (std::size_t i = 0; i < line.size(); ++i) {
      out += " " + line[i];
      if (i + 1 < line.size()) out.append(width[i] + 2 - count_chars(line[i]), ' ');
    }
    out += '\n';
  }
  return out;
}

}  // namespace

std::string accounts_text(const SampleMade& made) {
  std::string out = both("sample.accounts.title"_t) + "\n";
  for (const i18n::Voice& voice : {voice_vi, voice_en})
    out += std::string(voice("sample.accounts.lead"_t)) + "\n";
  out += "\n" + both("sample.accounts.password"_t) + ":  " + std::string(sample_password) + "\n\n";
  std::vector<Cells> people = {{both("sample.accounts.login"_t), both("sample.accounts.role"_t),
                                both("sample.accounts.unit"_t)}};
  for (const SampleLogin& each : made.logins)
    people.push_back({each.login, both(key_of(each.role)), each.unit + " (" + each.name + ")"});
  out += table(people) + "  /staff/sign-in\n\n";
  std::vector<Cells> cases = {{both("sample.accounts.case"_t), both("sample.accounts.code"_t),
                               both("sample.accounts.secret"_t)}};
  for (const SampleExample& each : made.examples)
    cases.push_back({both(each.what), each.code, each.secret});
  return out + table(cases) + "\n" + both("sample.accounts.holders"_t) + "\n";
}

}  // namespace ln::app
