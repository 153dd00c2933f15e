// Drives pages in process, through the same code as the server but without a socket.
//
//   test::Browser browser(world, router, site);
//   browser.get("/feedback/new");
//   browser.fill("Nội dung", "Đường hỏng").press("Tiếp tục");
//   CHECK(browser.shows("Kiểm tra lại"));
//
// It keeps cookies and follows redirections as a browser does, and ends the test when a page has
// one of HtmlPage::faults(): so each page test is also a test that the page can be used.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/http/http_reception.h"
#include "test/folder.h"
#include "test/html_page.h"
#include "test/world.h"

namespace ln::test {

class Browser {
 public:
  Browser(World& world, const http::Router& router, const html::Site& site);

  // An address as it stands in a link: "/en/register?q=đường". Follows redirections.
  Browser& get(const std::string& address);
  // A POST that no form of ours sends: raw body, chosen headers (names in lower case).
  Browser& post(const std::string& address,
                const std::string& content_type,
                const std::string& body,
                const std::vector<std::pair<std::string, std::string>>& headers = {});

  // The field with this label, or else with this name.
  Browser& fill(std::string_view label_or_name, const std::string& value);
  // The radio button, checkbox or option with this label; `name` when several fields offer it.
  Browser& choose(std::string_view label, std::string_view name = {});
  Browser& uncheck(std::string_view label);
  // A file for the file field with this label or name.
  Browser& attach(std::string_view label_or_name,
                  const std::string& file_name,
                  const std::string& bytes);
  // The button with this text (or one that contains it): sends its form as the page stands.
  Browser& press(std::string_view text);
  // The link with this text (or one that contains it).
  Browser& follow(std::string_view text);

  int status() const { return response_.status; }
  const std::string& body() const { return response_.body; }
  // The path and query of the page, after redirections.
  const std::string& address() const { return address_; }
  std::string header(std::string_view name) const;
  const HtmlPage& page() const { return *page_; }  // Precondition: the last answer was HTML.
  // Whether these words stand in the text of the page.
  bool shows(std::string_view words) const;
  std::string cookie(const std::string& name) const;
  void set_cookie(const std::string& name, const std::string& value) { cookies_[name] = value; }
  void forget_cookies() { cookies_.clear(); }
  // Called with the address and body of every answer: one test looks for secrets in all of them.
  std::function<void(const std::string& address, const http::Response&)> witness;

 private:
  struct File {
    std::string name;
    std::string bytes;
  };
  struct Body {
    std::string content_type;
    std::string bytes;
  };
  void send(std::string method,
            std::string address,
            const std::optional<Body>& body,
            const std::vector<std::pair<std::string, std::string>>& headers);
  http::Response exchange(const std::string& method,
                          const std::string& address,
                          const std::optional<Body>& body,
                          const std::vector<std::pair<std::string, std::string>>& headers);
  http::Response commit(http::Visit& visit, const http::Pending& pending);
  void take_cookies();
  void look();
  Element& field(std::string_view label_or_name);
  std::vector<std::pair<std::string, std::string>> values_of(const Element& form,
                                                             const Element& button) const;
  Body encoded(const Element& form, const Element& button) const;

  World* world_;
  http::Reception reception_;
  Folder folder_;
  http::UploadFolder uploads_;
  std::uint64_t serial_ = 0;
  std::map<std::string, std::string> cookies_;
  std::string address_;
  http::Response response_;
  std::optional<HtmlPage> page_;
  std::map<std::string, File> files_;  // by the name of their field
};

}  // namespace ln::test
