#include "app/commands.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <vector>

#include "app/cli.h"
#include "app/cli_console.h"
#include "app/version.h"
#include "base/check.h"
#include "platform/i18n/i18n.h"

namespace ln::app {
namespace {

constexpr Option data{"data", "DIR", "cli.option.data"_t};
constexpr Option database{"db", "postgresql://…", "cli.option.db"_t};
constexpr Option schema{"schema", "NAME", "cli.option.schema"_t};
constexpr Option second{"second", "FILE", "cli.option.second"_t};
constexpr Option language{"lang", "vi|en", "cli.option.lang"_t};

constexpr Option serve_options[] = {
    data,
    database,
    schema,
    second,
    {"listen", "127.0.0.1:8080", "cli.option.listen"_t},
    {"base-url", "URL", "cli.option.base_url"_t},
    {"origin", "NAME", "cli.option.origin"_t},
    {"behind-proxy", "yes|no", "cli.option.behind_proxy"_t},
    {"rate-limit", "on|off", "cli.option.rate_limit"_t},
    {"threads", "N", "cli.option.threads"_t},
    {"ledger-tick", "MINUTES", "cli.option.ledger_tick"_t},
    {"policy", "FILE", "cli.option.serve_policy"_t},
    {"slow-ms", "MS", "cli.option.slow_ms"_t},
    {"clock", "FILE", "cli.option.clock"_t},
    {"metrics-token", "FILE", "cli.option.metrics_token"_t},
    {"backup-to", "DIR", "cli.option.backup_to"_t},
    {"backup-every", "HOURS", "cli.option.backup_every"_t},
    {"backup-keep", "N", "cli.option.backup_keep"_t},
    {"mail", "smtp://HOST:587", "cli.option.mail"_t},
    {"mail-from", "ADDRESS", "cli.option.mail_from"_t},
    {"mail-user", "NAME", "cli.option.mail_user"_t},
    {"mail-password", "FILE", "cli.option.mail_password"_t},
    {"message-hook", "URL", "cli.option.message_hook"_t},
    {"message-key", "FILE", "cli.option.message_key"_t},
};

constexpr Option sample_options[] = {
    data,
    database,
    schema,
    {"cases", "N", "cli.option.cases"_t},
    {"seed", "N", "cli.option.seed"_t},
    {"now", "2026-11-23T02:00:00Z", "cli.option.now"_t},
    {"only", "ATTACK", "cli.option.only"_t},
};

constexpr Option user_options[] = {
    data,
    database,
    schema,
    {"name", "NAME", "cli.option.name"_t},
    {"role", "ROLE", "cli.option.role"_t},
    {"unit", "CODE", "cli.option.unit"_t},
    {"language", "vi|en", "cli.option.language"_t},
    {"generate", "", "cli.option.generate"_t},
    {"key", "PUBLIC_KEY", "cli.option.holder_key"_t},
};

constexpr Option unseal_options[] = {
    {"key", "FILE", "cli.option.unseal_key"_t},
    {"no-passphrase", "", "cli.option.no_passphrase"_t},
};

constexpr Option verify_options[] = {
    data,
    database,
    schema,
    second,
    {"policy", "FILE", "cli.option.policy"_t},
    {"text", "FILE", "cli.option.text"_t},
    {"counted", "FILE", "cli.option.counted"_t},
    {"late", "RECEIPT", "cli.option.late"_t},
    {"answer", "RECEIPT", "cli.option.answer"_t},
    {"receipt", "RECEIPT", "cli.option.promised"_t},
    {"now", "2026-11-23T02:00:00Z", "cli.option.late_now"_t},
};

constexpr Option witness_options[] = {
    {"data", "DIR", "cli.option.witness_data"_t},
    {"name", "NAME", "cli.option.witness_name"_t},
    {"log", "VKEY|FILE", "cli.option.witness_log"_t},
    {"key", "FILE", "cli.option.witness_key"_t},
    {"state", "FILE", "cli.option.witness_state"_t},
    {"listen", "127.0.0.1:8081", "cli.option.listen"_t},
    {"behind-proxy", "yes|no", "cli.option.behind_proxy"_t},
    {"rate-limit", "on|off", "cli.option.rate_limit"_t},
};

constexpr Option backup_options[] = {
    data,
    database,
    schema,
    {"to", "DIR", "cli.option.backup_to"_t},
    {"keep", "N", "cli.option.backup_keep"_t},
    {"check", "FILE", "cli.option.backup_check"_t},
};

constexpr Option restore_options[] = {
    data,
    database,
    schema,
    second,
    {"from", "FILE|DIR", "cli.option.restore_from"_t},
    {"key", "FILE", "cli.option.restore_key"_t},
    {"head", "FILE", "cli.option.restore_head"_t},
    {"nothing-newer", "", "cli.option.nothing_newer"_t},
    {"new-origin", "NAME", "cli.option.new_origin"_t},
};

constexpr Option erasures_options[] = {
    data,
    database,
    schema,
    {"replay", "FILE", "cli.option.replay"_t},
};

constexpr Option reorganise_options[] = {
    data,
    database,
    schema,
    {"date", "2027-01-01", "cli.option.reorganise_date"_t},
    {"units", "FILE", "cli.option.reorganise_units"_t},
    {"mapping", "FILE", "cli.option.reorganise_mapping"_t},
    {"source", "TEXT", "cli.option.reorganise_source"_t},
    {"name", "TEXT", "cli.option.reorganise_name"_t},
    {"preview", "", "cli.option.reorganise_preview"_t},
};

constexpr Option triage_options[] = {
    {"model", "FILE", "cli.option.triage_model"_t},
};

constexpr Option opinion_options[] = {
    {"comments", "FILE", "cli.option.opinion_comments"_t},
    {"out", "FILE.json", "cli.option.opinion_out"_t},
    {"people", "FILE.csv", "cli.option.opinion_people"_t},
    {"mode", "exact|polis", "cli.option.opinion_mode"_t},
    {"most", "N", "cli.option.opinion_most"_t},
    {"threads", "N", "cli.option.opinion_threads"_t},
};

constexpr Option campaigns_options[] = {
    {"templates", "", "cli.option.campaigns_templates"_t},
    {"out", "FILE", "cli.option.campaigns_out"_t},
    {"threads", "N", "cli.option.campaigns_threads"_t},
};

constexpr Option export_options[] = {
    data,
    database,
    schema,
    {"out", "FOLDER", "cli.option.export_out"_t},
    {"before", "FOLDER", "cli.option.export_before"_t},
};

constexpr Option recompute_options[] = {
    {"from", "FOLDER", "cli.option.recompute_from"_t},
    {"log", "FOLDER", "cli.option.recompute_log"_t},
};

constexpr Option doctor_options[] = {
    data,
    database,
    schema,
    second,
    {"listen", "127.0.0.1:8080", "cli.option.doctor_listen"_t},
    {"base-url", "URL", "cli.option.base_url"_t},
    {"backup-to", "DIR", "cli.option.doctor_backups"_t},
    {"mail", "smtp://HOST:587", "cli.option.mail"_t},
    {"mail-from", "ADDRESS", "cli.option.mail_from"_t},
    {"mail-user", "NAME", "cli.option.mail_user"_t},
    {"mail-password", "FILE", "cli.option.mail_password"_t},
    {"quick", "", "cli.option.quick"_t},
    {"json", "", "cli.option.json"_t},
    language,
};

constexpr Command all[] = {
    {"serve", cli_serve, "--data DIR", "cli.about.serve"_t, serve_options},
    {"sample", cli_sample, "hanoi --data DIR | attack [--data DIR]", "cli.about.sample"_t,
     sample_options},
    {"user", cli_user, "add|reset|list|grant|revoke|disable|enable|holder … --data DIR",
     "cli.about.user"_t, user_options},
    {"unseal", cli_unseal, "new-key FILE | peel --key FILE IN OUT", "cli.about.unseal"_t,
     unseal_options},
    {"verify", cli_verify,
     "--data DIR | RECEIPT.tlog-proof | CODE.promise | --late RECEIPT | --counted FILE",
     "cli.about.verify"_t, verify_options},
    {"witness", cli_witness, "--data DIR --name NAME --log VKEY", "cli.about.witness"_t,
     witness_options},
    {"backup", cli_backup, "--data DIR --to DIR", "cli.about.backup"_t, backup_options},
    {"restore", cli_restore, "--from FILE --data DIR --key FILE", "cli.about.restore"_t,
     restore_options},
    {"erasures", cli_erasures, "--data DIR", "cli.about.erasures"_t, erasures_options},
    {"reorganise", cli_reorganise,
     "--data DIR --date DAY --units FILE --mapping FILE --source TEXT", "cli.about.reorganise"_t,
     reorganise_options},
    {"triage", cli_triage, "train [FILE.csv] | eval FILE.csv | predict [TEXT] --model FILE",
     "cli.about.triage"_t, triage_options},
    {"opinion", cli_opinion, "VOTES.csv", "cli.about.opinion"_t, opinion_options},
    {"campaigns", cli_campaigns, "COMMENTS.jsonl|COMMENTS.csv", "cli.about.campaigns"_t,
     campaigns_options},
    {"doctor", cli_doctor, "--data DIR", "cli.about.doctor"_t, doctor_options},
    {"export", cli_export, "--data DIR --out FOLDER", "cli.about.export"_t, export_options},
    {"recompute", cli_recompute, "--from FOLDER [--log FOLDER]", "cli.about.recompute"_t,
     recompute_options},
};

// Cut into lines of at most `columns` characters, each begun with `indent` spaces.
std::string wrapped(std::string_view text, std::size_t indent) {
  constexpr std::size_t columns = 78;
  std::string made, line;
  std::size_t chars = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto letters = static_cast<std::size_t>(
        std::ranges::count_if(word, [](char c) { return (c & 0xC0) != 0x80; }));
    if (!line.empty() && indent + chars + 1 + letters > columns) {
      made += std::string(indent, ' ') + line + "\n";
      line.clear();
      chars = 0;
    }
    line += (line.empty() ? "" : " ") + std::string(word);
    chars += letters + (line.empty() ? 0 : 1);
  }
  return made + std::string(indent, ' ') + line + "\n";
}

int say_misuse(const Misuse& misuse, std::string_view command) {
  const Console console = standard_console();
  const std::string before = command.empty() ? "" : " " + std::string(command);
  std::fprintf(
      stderr, "langnghe%s: %s\n%s\n", before.c_str(), misuse.said.in(console.voice).c_str(),
      console.voice("cli.see_help"_t, {{"command", "langnghe" + before + " --help"}}).c_str());
  return exit_usage;
}

}  // namespace

std::span<const Command> commands() { return all; }

const Command* find_command(std::string_view name) {
  const auto* const found = std::ranges::find(all, name, &Command::name);
  return found == std::end(all) ? nullptr : found;
}

std::span<const Option> options_of(std::string_view command) {
  const Command* found = find_command(command);
  CHECK(found != nullptr);
  return found->options;
}

std::string help(const i18n::Voice& voice) {
  std::string text = std::string(voice("cli.title"_t)) + "\n\n";
  for (const Command& each : all) {
    text += "  langnghe " + std::string(each.name) + " " + std::string(each.usage) + "\n";
    text += wrapped(voice(each.about), 6);
  }
  return text + "\n" + voice("cli.see_help"_t, {{"command", "langnghe COMMAND --help"}}) + "\n";
}

std::string help(const Command& command, const i18n::Voice& voice) {
  std::string text =
      "langnghe " + std::string(command.name) + " " + std::string(command.usage) + "\n\n";
  text += wrapped(voice(command.about), 0) + "\n";
  for (const Option& option : command.options) {
    text += "  --" + std::string(option.name);
    text += (option.value.empty() ? "" : " ") + std::string(option.value) + "\n";
    text += wrapped(voice(option.meaning), 6);
  }
  return text;
}

int run_command(std::span<const std::string_view> words) {
  const i18n::Voice voice = standard_console().voice;
  const auto asks_help = [](std::string_view word) { return word == "--help" || word == "-h"; };
  if (words.empty() || asks_help(words[0]) || words[0] == "help") {
    const Command* about = words.size() > 1 ? find_command(words[1]) : nullptr;
    std::fputs((about != nullptr ? help(*about, voice) : help(voice)).c_str(), stdout);
    return words.empty() ? exit_usage : exit_done;
  }
  if (words[0] == "--version" || words[0] == "version") {
    std::printf("langnghe %s\n", std::string(version()).c_str());
    return exit_done;
  }
  const Command* command = find_command(words[0]);
  if (command == nullptr) {
    std::vector<std::string_view> names = {"help", "version"};
    for (const Command& each : all) names.push_back(each.name);
    const std::string_view near = nearest(words[0], names);
    if (near.empty())
      return say_misuse({{"cli.error.unknown_command"_t, {{"word", std::string(words[0])}}}}, "");
    return say_misuse({{"cli.error.misspelt_command"_t,
                        {{"word", std::string(words[0])}, {"nearest", std::string(near)}}}},
                      "");
  }
  if (std::ranges::any_of(words.subspan(1), asks_help)) {
    std::fputs(help(*command, voice).c_str(), stdout);
    return exit_done;
  }
  try {
    return command->run(words.subspan(1));
  } catch (const Misuse& misuse) {
    return say_misuse(misuse, command->name);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "langnghe %s: %s\n", std::string(command->name).c_str(), failure.what());
    return exit_refused;
  }
}

}  // namespace ln::app
