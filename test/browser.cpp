#include "test/browser.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <future>

namespace ln::test {
namespace {

constexpr int redirections_max = 5;

std::string encoded_text(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
        c == '.' || c == '_') {
      out += c;
    } else if (c == ' ') {
      out += '+';
    } else if (c == '\n') {
      out += "%0D%0A";  // As browsers send the lines of a textarea.
    } else {
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
  return out;
}

bool is_html(const http::Response& response) {
  return response.content_type.starts_with("text/html") && !response.body.empty();
}

std::string as_text(std::string_view view) { return std::string(view); }

void set(Element& element, const std::string& name, const std::string& value) {
  std::erase_if(element.attributes, [&](const auto& each) { return each.first == name; });
  element.attributes.emplace_back(name, value);
}
void unset(Element& element, std::string_view name) {
  std::erase_if(element.attributes, [&](const auto& each) { return each.first == name; });
}

// The element of `fits` whose text is `words`, or else the first whose text contains them.
template <class Fits>
Element* find_by_text(HtmlPage& page, std::string_view words, Fits fits) {
  Element* partly = nullptr;
  for (Element& element : page.elements) {
    if (!fits(element)) continue;
    const std::string text = element.tag == "input" && element.attribute("type") == "submit"
                                 ? as_text(element.attribute("value"))
                                 : page.text_of(element);
    if (text == words || element.attribute("aria-label") == words) return &element;
    if (partly == nullptr && text.find(words) != std::string::npos) partly = &element;
  }
  return partly;
}

bool is_choice(const Element& element) {
  const std::string_view type = element.attribute("type");
  return element.tag == "input" && (type == "radio" || type == "checkbox");
}

}  // namespace

Browser::Browser(World& world, const http::Router& router, const html::Site& site)
    : world_(&world),
      reception_({.form_key = "the key of the test", .rate_limit = false, .rates = {}},
                 router,
                 world.random,
                 site),
      uploads_((folder_.path / "uploads").string()) {}

Browser& Browser::get(const std::string& address) {
  send("GET", address, std::nullopt, {});
  return *this;
}

Browser& Browser::post(const std::string& address,
                       const std::string& content_type,
                       const std::string& body,
                       const std::vector<std::pair<std::string, std::string>>& headers) {
  send("POST", address, Body{content_type, body}, headers);
  return *this;
}

void Browser::send(std::string method,
                   std::string address,
                   const std::optional<Body>& body,
                   const std::vector<std::pair<std::string, std::string>>& headers) {
  std::optional<Body> sent = body;
  for (int i = 0;; ++i) {
    if (i > redirections_max) FAIL("redirected in a circle at " << address);
    address = address.substr(0, address.find('#'));
    response_ = exchange(method, address, sent, headers);
    address_ = address;
    take_cookies();
    if (witness) witness(address_, response_);
    const std::string location = header("Location");
    if (response_.status != 303 || location.empty()) break;
    if (!location.starts_with('/')) FAIL("redirected away from the site, to " << location);
    method = "GET";
    address = location;
    sent.reset();
  }
  look();
}

http::Response Browser::exchange(const std::string& method,
                                 const std::string& address,
                                 const std::optional<Body>& body,
                                 const std::vector<std::pair<std::string, std::string>>& headers) {
  http::Visit visit;
  visit.request.headers = headers;
  visit.request.headers.emplace_back("host", "test");
  std::string cookies;
  for (const auto& [name, value] : cookies_) cookies += name + "=" + value + "; ";
  if (!cookies.empty()) visit.request.headers.emplace_back("cookie", cookies);
  if (body) visit.request.headers.emplace_back("content-type", body->content_type);
  reception_.greet(visit, method, address, ++serial_, world_->now);
  if (visit.asset != nullptr) {
    http::Response response = http::page(200, as_text(visit.asset->plain));
    response.content_type = visit.asset->content_type;
    return response;
  }
  const bool sends = visit.route != nullptr && visit.request.method != http::Method::get;
  if (sends && !visit.ready) {
    http::BodyReader reader(visit, uploads_);
    auto refused = body ? reader.feed(body->bytes) : std::nullopt;
    if (!refused) refused = reader.finish();
    if (refused) reception_.refuse(visit, *refused);
    reception_.admit(visit);
  }
  http::Response response;
  if (visit.ready) {
    response = *std::move(visit.ready);
  } else {
    auto prepared =
        world_->read([&](db::Read& read) -> std::variant<http::Response, http::Pending> {
          const http::Surroundings with{&read, &world_->random, world_->now};
          if (!sends) return reception_.read(visit, with);
          return reception_.prepare(visit, with);
        });
    response = std::holds_alternative<http::Response>(prepared)
                   ? std::get<http::Response>(std::move(prepared))
                   : commit(visit, std::get<http::Pending>(prepared));
  }
  // Cookies and the language of redirections are settled on the way out, as lines of the head.
  const std::string type = response.content_type;
  const http::Reply reply = reception_.dress(visit, std::move(response));
  http::Response dressed;
  dressed.status = reply.status;
  dressed.content_type = type;
  dressed.body = std::string(reply.body());
  for (std::size_t at = 0; at < reply.head.size();) {
    const std::size_t end = reply.head.find("\r\n", at), colon = reply.head.find(": ", at);
    dressed.headers.emplace_back(reply.head.substr(at, colon - at),
                                 reply.head.substr(colon + 2, end - colon - 2));
    at = end + 2;
  }
  return dressed;
}

http::Response Browser::commit(http::Visit& visit, const http::Pending& pending) {
  std::promise<std::pair<std::exception_ptr, db::Seal>> done;
  db::Job job{[&](db::Write& write) { return pending.work()(write); },
              [&](std::exception_ptr failure, const db::Seal& seal) {
                done.set_value({std::move(failure), seal});
              }};
  if (!world_->database.submit(std::move(job))) return reception_.busy(visit);
  const auto [failure, seal] = done.get_future().get();
  return reception_.finish(visit, pending, failure, seal ? std::string_view(*seal) : "");
}

void Browser::take_cookies() {
  for (const auto& [name, value] : response_.headers) {
    if (name != "Set-Cookie") continue;
    const std::size_t equals = value.find('=');
    const std::string key = value.substr(0, equals);
    if (value.find("Max-Age=0") != std::string::npos)
      cookies_.erase(key);
    else
      cookies_[key] = value.substr(equals + 1, value.find(';') - equals - 1);
  }
}

void Browser::look() {
  page_.reset();
  files_.clear();
  if (!is_html(response_)) return;
  page_.emplace(response_.body);
  auto faults = page_->faults();
  // A policy of the page's own names the hash of what stands in it; test/e2e looks whether it runs.
  const bool allows_itself = std::ranges::any_of(response_.headers, [](const auto& header) {
    return header.first == "Content-Security-Policy" &&
           header.second.find("script-src 'sha256-") != std::string::npos;
  });
  if (allows_itself) std::erase(faults, HtmlPage::fault_inline);
  if (faults.empty()) return;
  std::string all;
  for (const std::string& fault : faults) all += "\n  " + fault;
  FAIL(address_ << " has faults:" << all);
}

Element& Browser::field(std::string_view label_or_name) {
  if (!page_) FAIL("there is no page to look for " << as_text(label_or_name));
  Element* named = nullptr;
  for (Element& element : page_->elements) {
    const bool fits = element.tag == "textarea" || element.tag == "select" ||
                      (element.tag == "input" && element.attribute("type") != "hidden");
    if (!fits) continue;
    if (page_->label_of(element) == label_or_name) return element;
    if (element.attribute("name") == label_or_name) named = &element;
  }
  if (named == nullptr) FAIL("no field of " << address_ << " is " << as_text(label_or_name));
  return *named;
}

Browser& Browser::fill(std::string_view label_or_name, const std::string& value) {
  Element& found = field(label_or_name);
  if (is_choice(found)) FAIL("choose(), not fill(): " << as_text(label_or_name));
  set(found, "value", value);
  set(found, "data-filled", "");
  return *this;
}

Browser& Browser::attach(std::string_view label_or_name,
                         const std::string& file_name,
                         const std::string& bytes) {
  const Element& found = field(label_or_name);
  if (found.attribute("type") != "file") FAIL("no file goes into " << as_text(label_or_name));
  files_[as_text(found.attribute("name"))] = {file_name, bytes};
  return *this;
}

Browser& Browser::choose(std::string_view label, std::string_view name) {
  if (!page_) FAIL("there is no page to choose on");
  for (Element& element : page_->elements) {
    if (element.tag == "option" && page_->text_of(element) == label) {
      Element& select = const_cast<Element&>(*page_->within(element, "select"));
      if (!name.empty() && select.attribute("name") != name) continue;
      set(select, "value", as_text(element.attribute("value")));
      set(select, "data-filled", "");
      return *this;
    }
    if (!is_choice(element) || page_->label_of(element) != label) continue;
    if (!name.empty() && element.attribute("name") != name) continue;
    if (element.attribute("type") == "radio")
      for (Element& other : page_->elements)
        if (is_choice(other) && other.attribute("name") == element.attribute("name"))
          unset(other, "checked");
    set(element, "checked", "");
    return *this;
  }
  FAIL("nothing on " << address_ << " offers " << as_text(label));
  return *this;
}

Browser& Browser::uncheck(std::string_view label) {
  unset(field(label), "checked");
  return *this;
}

// What a browser sends for the form when `button` is pressed.
std::vector<std::pair<std::string, std::string>> Browser::values_of(const Element& form,
                                                                    const Element& button) const {
  std::vector<std::pair<std::string, std::string>> values;
  for (const Element& element : page_->elements) {
    const std::string name = as_text(element.attribute("name"));
    if (name.empty() || page_->within(element, "form") != &form || element.has("disabled"))
      continue;
    const std::string_view type = element.attribute("type");
    const std::string value = as_text(element.attribute("value"));
    if (element.tag == "textarea") {
      std::string text =
          page_->plain.substr(element.text_begin, element.text_end - element.text_begin);
      if (text.starts_with('\n')) text.erase(0, 1);
      if (text.ends_with(' ')) text.pop_back();  // The space HtmlPage puts around blocks.
      values.emplace_back(name, element.has("data-filled") ? value : text);
    } else if (element.tag == "select") {
      std::string chosen = value;
      bool first = true;
      for (const Element& option : page_->elements) {
        if (element.has("data-filled") || option.tag != "option") continue;
        if (page_->within(option, "select") != &element) continue;
        if (first || option.has("selected")) chosen = as_text(option.attribute("value"));
        first = false;
      }
      values.emplace_back(name, chosen);
    } else if (element.tag == "input" && type != "submit" && type != "file") {
      if (is_choice(element) && !element.has("checked")) continue;
      values.emplace_back(name, is_choice(element) && !element.has("value") ? "on" : value);
    } else if (&element == &button) {
      values.emplace_back(name, value);
    }
  }
  return values;
}

Browser::Body Browser::encoded(const Element& form, const Element& button) const {
  Body body;
  const auto values = values_of(form, button);
  if (form.attribute("enctype") != "multipart/form-data") {
    body.content_type = "application/x-www-form-urlencoded";
    for (const auto& [name, value] : values)
      body.bytes += encoded_text(name) + "=" + encoded_text(value) + "&";
    return body;
  }
  const std::string boundary = "--------the-boundary-of-the-test";
  body.content_type = "multipart/form-data; boundary=" + boundary;
  const auto part = [&](const std::string& name, const std::string& more, const std::string& data) {
    body.bytes += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"" +
                  more + "\r\n\r\n" + data + "\r\n";
  };
  for (const auto& [name, value] : values) part(name, "", value);
  for (const auto& [name, file] : files_)
    part(name, "; filename=\"" + file.name + "\"\r\nContent-Type: application/octet-stream",
         file.bytes);
  body.bytes += "--" + boundary + "--\r\n";
  return body;
}

Browser& Browser::press(std::string_view text) {
  if (!page_) FAIL("there is no page with a button");
  const Element* button = find_by_text(*page_, text, [](const Element& element) {
    return element.tag == "button" ||
           (element.tag == "input" && element.attribute("type") == "submit");
  });
  if (button == nullptr) FAIL("no button of " << address_ << " says " << as_text(text));
  const Element* form = page_->within(*button, "form");
  if (form == nullptr) FAIL("the button " << as_text(text) << " is in no form");
  const std::string_view action =
      button->has("formaction") ? button->attribute("formaction") : form->attribute("action");
  std::string target = action.empty() ? address_ : as_text(action);
  const Body body = encoded(*form, *button);
  if (form->attribute("method") == "post") {
    send("POST", target, body, {});
  } else {
    target = target.substr(0, target.find('?'));
    send("GET", target + "?" + body.bytes.substr(0, body.bytes.rfind('&')), std::nullopt, {});
  }
  return *this;
}

Browser& Browser::follow(std::string_view text) {
  if (!page_) FAIL("there is no page with links");
  const Element* link = find_by_text(*page_, text, [](const Element& element) {
    return element.tag == "a" && element.has("href");
  });
  if (link == nullptr) FAIL("no link of " << address_ << " says " << as_text(text));
  return get(as_text(link->attribute("href")));
}

std::string Browser::header(std::string_view name) const {
  for (const auto& [key, value] : response_.headers)
    if (http::equal_ignoring_case(key, name)) return value;
  return "";
}

bool Browser::shows(std::string_view words) const {
  return page_ && page_->text().find(words) != std::string::npos;
}

std::string Browser::cookie(const std::string& name) const {
  const auto found = cookies_.find(name);
  return found == cookies_.end() ? "" : found->second;
}

}  // namespace ln::test
