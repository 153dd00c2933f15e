// One walk through every page and API answer as every role, looking for words that were planted in
// cases. Who may read which word is a table below; everything else fails, and so does a route that
// nobody has told how to walk.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/notice/notice_letter.h"
#include "core/notice/notice_store.h"
#include "core/people/people_seal.h"
#include "feature/feedback/feedback_actions_held.h"
#include "feature/feedback/feedback_jobs.h"
#include "test/city.h"

namespace ln::test {
namespace {

using feedback::Typed;
using people::Role;

// Somebody at a browser: where they work, and as what.
struct Reader {
  std::string login;  // empty: nobody is signed in
  Role role = Role::clerk;
  std::string unit;
};

// Words that stand nowhere but in one field of one case.
const std::vector<std::string> markers = {
    "protbody",    "prottitle",  "protcontact", "privbody",   "privtitle",  "privcontact",
    "waitbody",    "waittitle",  "openraw",     "openbody",   "conbody",    "contitle",
    "concontact",  "topbody",    "toptitle",    "topcontact", "turnbody",   "turntitle",
    "turncontact", "turnpublic", "heldbody",    "heldtitle",  "heldcontact"};

struct Planted : City {
  std::map<std::string, Sent> cases;
  std::vector<Reader> readers;

  Planted() {
    for (const char* unit : {"P1", "Q1", "P2", "01", "thanh-tra"})
      for (const Role role : {Role::clerk, Role::triage, Role::handler, Role::head})
        readers.push_back({std::string(people::to_text(role)) + "-" + lower(unit), role, unit});
    for (const Role role : {Role::ombudsman, Role::supervisor, Role::administrator})
      readers.push_back({std::string(people::to_text(role)), role, "01"});
    for (const Reader& reader : readers) add_staff(reader.login, reader.role, reader.unit);
    readers.push_back({});
    write([&](db::Write& w) {
      for (const char slot : {'A', 'B', 'C'}) {
        const auto pair = people::make_key_pair(random);
        REQUIRE(
            people::install_holder(w, {slot, std::string("Holder ") + slot, pair.public_key}, now)
                .ok());
      }
    });
    // Conduct of the ward: the city handles it.
    cases.emplace("guarded", send(typed("conduct", "P1", "prot")));
    cases.emplace("private", send(typed("procedure", "P1", "priv")));
    Typed later = typed("place", "P1", "wait");
    later.is_public = true;
    later.contact.clear();
    cases.emplace("waiting", send(later));
    later.title = "openraw";
    later.body = "openraw số 0912 345 678";
    publish(cases.emplace("open", send(later)).first->second);
    Typed named = typed("conduct", "P1", "con");
    named.is_protected = false;
    cases.emplace("conduct", send(named));
    // Conduct of the city itself: its inspectorate handles it, although it stands below the city.
    cases.emplace("above", send(typed("conduct", "01", "top")));
    // As if each had been written to: whoever got hold of the link of a letter learns nothing more.
    write([&](db::Write& w) {
      for (const auto& [name, sent] : cases)
        notice::ensure_reader(w, {"feedback", sent.feedback.id.value}, key_of(sent));
    });
    plant_held();
  }

  // A complaint that an office found among feedback, published before; and one sent as such.
  void plant_held() {
    Typed found = typed("place", "P1", "turn");
    found.is_public = true;
    const Sent& turned = cases.emplace("turned", send(found)).first->second;
    publish(turned, "turnpublic");
    const feedback::OfficerAct act{.officer = officer("head-p1"),
                                   .code = turned.feedback.code,
                                   .revision = current(turned).revision,
                                   .salts = ledger::draw(random),
                                   .now = now};
    REQUIRE(write([&](db::Write& w) {
              return feedback::decline(w, act, feedback::DeclineReason::complaint,
                                       "Đây là khiếu nại theo luật, xin gửi đúng nơi tiếp nhận.");
            }).ok());
    const auto prepared = read([&](db::Read& r) {
      return feedback::prepare_held(r, typed("conduct", "P1", "held"), petition::Sort::denunciation,
                                    random, now);
    });
    REQUIRE(prepared.ok());
    const auto held =
        write([&](db::Write& w) { return feedback::submit_held(w, prepared.value(), now); });
    REQUIRE(held.ok());
    cases.emplace("held", Sent{{.code = held.value().held.code}, prepared.value().secret});
  }

  static notice::ReaderKey key_of(const Sent& sent) {
    return {static_cast<std::uint8_t>(sent.feedback.id.value)};
  }
  static std::string lower(std::string text) {
    for (char& c : text) c = c == 'P' ? 'p' : c == 'Q' ? 'q' : c;
    return text;
  }
  static Typed typed(const char* about, const char* unit, const std::string& word) {
    Typed made;
    made.about = about;
    made.unit = unit;
    made.title = word + "title";
    made.body = "Chuyện là thế này: " + word + "body.";
    made.contact = word + "contact";
    return made;
  }
  void publish(const Sent& sent, const std::string& text = "openbody đã che số") {
    const feedback::OfficerAct act{.officer = officer("head-p1"),
                                   .code = sent.feedback.code,
                                   .revision = current(sent).revision,
                                   .salts = ledger::draw(random),
                                   .now = now};
    REQUIRE(write([&](db::Write& w) { return feedback::publish(w, act, "Đèn đường", text); }).ok());
    feedback::index_published(database);
  }
  const feedback::Code& code(const std::string& name) const { return cases.at(name).feedback.code; }
};

// What a hole of a pattern may stand for. A route with a hole that is not here fails the walk: say
// here how it is walked.
std::vector<std::string> values_of(const Planted& city, const std::string& hole) {
  if (hole == "code") {
    std::vector<std::string> codes;
    for (const auto& [name, sent] : city.cases) codes.push_back(sent.feedback.code.text());
    codes.insert(codes.end(), {"22222222", "P1", "01"});
    return codes;
  }
  if (hole == "key") {
    std::vector<std::string> keys;
    for (const auto& [name, sent] : city.cases)
      keys.push_back(notice::shown_key(Planted::key_of(sent)));
    return keys;
  }
  static const std::map<std::string, std::vector<std::string>> others = {
      {"batch", {"1"}},
      {"line", {"0", "1", "7"}},
      {"figure", {"received", "overdue"}},
      {"level", {"0", "entries"}},
      {"a", {"000", "000.p"}},
      {"b", {"1"}},
      {"c", {"1"}},
      {"d", {"1"}},
      {"token", {"none"}},
      {"fact", {"0", "1"}},
      {"clause", {"d1", "all", "gone"}},
      {"draft", {"none"}},
      {"step", {"what", "where", "story", "nature", "contact", "check"}},
      {"valid_from", {"1970-01-01"}},
      {"number", {"1"}},
      {"topic", {"new", "delay", "none"}},
      {"criterion", {"new", "creative", "none"}},
      {"source", {"new", "none"}},
      {"id", {"1", "2"}},
      {"file", {"none"}},
      {"question", {"polite", "none"}},
      {"night", {"2026-11-22"}},
      {"act", {"accept", "reopen", "reply", "contest", "unhide"}},
      {"task",
       {"accept", "assign", "transfer", "ask", "note", "answer", "promise", "extend", "decline",
        "redirect", "publish", "classify", "merge", "split", "hurry"}},
  };
  const auto found = others.find(hole);
  return found == others.end() ? std::vector<std::string>{} : found->second;
}

// All addresses of a pattern.
std::vector<std::string> addresses_of(const Planted& city, std::string_view pattern) {
  std::vector<std::string> all = {""};
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t open = std::min(pattern.find('{', at), pattern.size());
    for (std::string& each : all) each += pattern.substr(at, open - at);
    if (open == pattern.size()) break;
    const std::size_t close = pattern.find('}', open);
    const std::string_view hole = pattern.substr(open + 1, close - open - 1);
    const auto values = values_of(city, std::string(hole.substr(0, hole.find(':'))));
    if (values.empty()) FAIL("no value for {" << hole << "} of " << pattern);
    std::vector<std::string> longer;
    for (const std::string& each : all)
      for (const std::string& value : values) longer.push_back(each + value);
    all = std::move(longer);
    at = close + 1;
  }
  return all;
}

// Lists also answer to questions; a search that finds a hidden case tells of it.
std::vector<std::string> questions_of(const Planted& city, const std::string& address) {
  std::vector<std::string> all = {address};
  if (address == "/staff/bulk")
    for (const char* task : {"assign", "accept", "transfer", "merge"}) {
      all.push_back(address + "?do=" + task + "&all=1");
      all.push_back(address + "?do=" + task + "&all=1&q=guarded");
      for (const auto& [name, sent] : city.cases)
        all.push_back(address + "?do=" + task + "&case=" + sent.feedback.code.text());
    }
  const bool is_list = address == "/register" || address == "/staff" ||
                       address == "/api/v1/feedback" || address == "/";
  if (!is_list) return all;
  for (const std::string& word : markers) all.push_back(address + "?q=" + word);
  for (const char* tab : {"overdue", "soon", "asked", "reopened", "over"})
    all.push_back(address + "?tab=" + tab);
  for (const char* about : {"conduct", "place", "procedure"})
    all.push_back(address + "?about=" + about);
  all.push_back(address + "?unit=P1");
  all.push_back(address + "?q=" + city.code("guarded").text());
  return all;
}

// Those words that the answers to one reader held, and the protected codes they named by
// themselves.
struct Seen {
  std::set<std::string> words;
  std::set<std::string> codes;
};

Seen walk(Planted& city, const Reader& reader) {
  Browser browser(city, city.router, city.site);
  if (!reader.login.empty())
    browser.set_cookie(std::string(people::session_cookie), "token-of-" + reader.login);
  Seen seen;
  browser.witness = [&](const std::string& address, const http::Response& response) {
    std::string all = response.body;
    for (const auto& [name, value] : response.headers) all += "\n" + name + ": " + value;
    for (const std::string& word : markers) {
      // A search repeats what was searched for; that tells nothing.
      const bool is_echo = address.find(word) != std::string::npos;
      if (!is_echo && all.find(word) != std::string::npos) seen.words.insert(word);
    }
    for (const char* name : {"above", "conduct", "guarded", "held", "turned"}) {
      const feedback::Code& code = city.code(name);
      const bool is_echo = address.find(code.text()) != std::string::npos;
      const bool is_named =
          all.find(code.text()) != std::string::npos || all.find(code.shown()) != std::string::npos;
      if (!is_echo && is_named) seen.codes.insert(name);
    }
  };
  for (const http::Route& route : city.router.routes()) {
    if (route.method != http::Method::get || route.pattern.starts_with("/live/")) continue;
    for (const std::string& plain : addresses_of(city, route.pattern))
      for (const std::string& address : questions_of(city, plain)) browser.get(address);
  }
  return seen;
}

// All that one reader is answered, pages and files, where ?q= asks for `word` wherever it may.
std::map<std::string, std::string> answers_to(Planted& city,
                                              const std::string& login,
                                              const std::string& word = {}) {
  Browser browser(city, city.router, city.site);
  if (!login.empty()) browser.set_cookie(std::string(people::session_cookie), "token-of-" + login);
  std::map<std::string, std::string> all;
  for (const http::Route& route : city.router.routes()) {
    if (route.method != http::Method::get || route.pattern.starts_with("/live/")) continue;
    for (const std::string& plain : addresses_of(city, route.pattern)) {
      const std::string address = word.empty() ? plain : plain + "?q=" + word;
      browser.get(address);
      all[address] = browser.body();
    }
  }
  return all;
}

// Two cases of one sender, who left the same contact with both.
struct OneSender : Planted {
  OneSender() {
    Typed twin = typed("place", "P1", "twin");
    twin.contact = "privcontact";
    cases.emplace("twin", send(twin));
  }
  bool names(const std::string& answer, const std::string& which) const {
    return answer.find(code(which).text()) != std::string::npos ||
           answer.find(code(which).shown()) != std::string::npos;
  }
};

const std::vector<std::string> telling_logins = {"",           "head-p1",      "handler-p1",
                                                 "head-01",    "triage-01",    "ombudsman",
                                                 "supervisor", "administrator"};

std::string joined(const std::set<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : " ") + word;
  return all;
}

}  // namespace

TEST_CASE("nobody reads what is not for them, on any page and in any answer") {
  // Who reads what. Texts of the ward's cases: those who work in the ward or above it. Conduct of
  // the ward: the city alone; of the city: its inspectorate alone. Contact: the head of the very
  // unit that handles an unprotected case. What was published: everybody, and in the words that
  // were released.
  const std::string ward = "openbody openraw privbody privtitle waitbody waittitle";
  const std::string city =
      "conbody contitle openbody openraw privbody privtitle protbody "
      "prottitle waitbody waittitle";
  std::map<std::string, std::string> words;
  for (const char* role : {"clerk", "triage", "handler", "head"}) {
    words[std::string(role) + "-p1"] = ward;
    words[std::string(role) + "-01"] = city;
    words[std::string(role) + "-thanh-tra"] = "openbody topbody toptitle";
  }
  words["head-p1"] = "openbody openraw privbody privcontact privtitle waitbody waittitle";
  words["head-01"] =
      "conbody concontact contitle openbody openraw privbody privtitle protbody "
      "prottitle waitbody waittitle";

  Planted planted;
  for (const Reader& reader : planted.readers) {
    CAPTURE(reader.login);
    const Seen seen = walk(planted, reader);
    const auto found = words.find(reader.login);
    CHECK(joined(seen.words) == (found == words.end() ? "openbody" : found->second));
    const bool is_of_city = reader.unit == "01" && reader.role <= Role::head;
    // Who can take out a sealed identity sees which cases have one, and no word of them.
    std::string codes = is_of_city ? "conduct guarded" : "";
    if (reader.unit == "thanh-tra") codes = "above";
    if (reader.role == Role::ombudsman) codes = "above guarded held turned";
    CHECK(joined(seen.codes) == codes);
  }
}

TEST_CASE("a protected case is answered like one that does not exist") {
  Planted planted;
  Browser browser(planted, planted.router, planted.site);
  for (const char* name : {"guarded", "held", "turned"}) {
    const std::string code = planted.code(name).text();
    const auto answer_to = [&](const std::string& pattern, const std::string& with) {
      std::string address = pattern;
      address.replace(address.find("{code}"), 6, with);
      browser.get(address);
      std::string body = browser.body();
      // The code is repeated as people read it, too.
      for (const std::string& echo : {with, feedback::Code::parse(with)->shown()})
        for (std::size_t at; (at = body.find(echo)) != std::string::npos;)
          body.erase(at, echo.size());
      // What differs with each request: its id, and the token of a form.
      for (const std::string mark : {"\"request\":\"", "name=\"csrf\" value=\""})
        if (const std::size_t at = body.find(mark); at != std::string::npos)
          body.erase(at + mark.size(),
                     body.find_first_of("\"<", at + mark.size()) - at - mark.size());
      return std::to_string(browser.status()) + " " + body;
    };
    for (const http::Route& route : planted.router.routes()) {
      const std::string pattern(route.pattern);
      if (route.method != http::Method::get || pattern.find("/feedback/{code}") == pattern.npos ||
          pattern.find('{') != pattern.rfind('{'))
        continue;
      CAPTURE(pattern);
      CHECK(answer_to(pattern, code) == answer_to(pattern, "22222222"));
    }
  }
}

TEST_CASE("no search finds a case by how to reach its sender") {
  OneSender city;
  std::size_t found_by_text = 0;
  for (const std::string& login : telling_logins) {
    CAPTURE(login);
    for (const auto& [address, answer] : answers_to(city, login, "privcontact")) {
      CAPTURE(address);
      // An address that holds a code names it, and so does a list that does not search at all.
      const std::string path = address.substr(0, address.find('?'));
      if (path.find('/' + city.code("private").text()) != std::string::npos ||
          path.find('/' + city.code("twin").text()) != std::string::npos)
        continue;
      CHECK_FALSE(city.names(answer, "private"));
      CHECK_FALSE(city.names(answer, "twin"));
    }
    for (const auto& [address, answer] : answers_to(city, login, "privbody"))
      found_by_text += address.starts_with("/staff?") && city.names(answer, "private") ? 1U : 0U;
  }
  CHECK(found_by_text == 4);  // what the case says is found by who works on it
}

TEST_CASE("no page that tells how to reach a sender names another of their cases") {
  OneSender city;
  std::size_t told = 0;
  for (const std::string& login : telling_logins)
    for (const auto& [address, answer] : answers_to(city, login)) {
      if (answer.find("privcontact") == std::string::npos) continue;
      CAPTURE(login);
      CAPTURE(address);
      ++told;
      CHECK_FALSE((city.names(answer, "private") && city.names(answer, "twin")));
    }
  CHECK(told > 0);
}

TEST_CASE("no answer holds how to reach two senders") {
  OneSender city;
  std::size_t told = 0;
  for (const std::string& login : telling_logins)
    for (const auto& [address, answer] : answers_to(city, login)) {
      std::size_t senders = 0;
      for (const std::string& word : markers)
        senders += word.ends_with("contact") && answer.find(word) != std::string::npos ? 1U : 0U;
      CAPTURE(login);
      CAPTURE(address);
      CHECK(senders <= 1);
      told += senders;
    }
  CHECK(told > 0);
}

}  // namespace ln::test
