// One request coming off the wire, for server.cpp alone: Beast checks the grammar, we keep what we
// need without its containers.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/http_parse.h"
#include "platform/http/http_reception.h"

namespace ln::http {

class RequestParser final : public boost::beast::http::basic_parser<true> {
 public:
  using ErrorCode = boost::beast::error_code;
  using Text = boost::beast::string_view;

  RequestParser(Request& request, std::size_t head_max) : request_(&request) {
    header_limit(static_cast<std::uint32_t>(head_max));
    body_limit(boost::none);  // BodyReader counts: the limit belongs to the route.
  }

  const std::string& method() const { return method_; }
  const std::string& target() const { return target_; }
  int version() const { return version_; }
  bool has_body() const { return chunked() || content_length().value_or(0) > 0; }
  bool expects_continue() const {
    return version_ == 11 && equal_ignoring_case(request_->header("expect"), "100-continue");
  }
  // What Beast lets pass and we do not: requests whose end or host two servers could see
  // differently.
  bool is_ambiguous() const {
    std::size_t hosts = 0;
    bool coded = false;
    for (const auto& [name, value] : request_->headers) {
      hosts += name == "host" ? 1 : 0;
      coded = coded || name == "transfer-encoding";
    }
    if (coded && (version_ < 11 || !chunked())) return true;
    if (coded && !equal_ignoring_case(request_->header("transfer-encoding"), "chunked"))
      return true;
    return hosts > 1 || (hosts == 0 && version_ == 11);
  }

  // Where the body goes. Set before the body is parsed.
  void set_reader(BodyReader& reader) { reader_ = &reader; }
  const std::optional<Refusal>& refusal() const { return refusal_; }

 private:
  void on_request_impl(
      boost::beast::http::verb, Text method, Text target, int version, ErrorCode& ec) override {
    method_ = method;
    target_ = target;
    version_ = version;
    ec = {};
  }
  void on_response_impl(int, Text, int, ErrorCode&) override {}
  void on_field_impl(boost::beast::http::field, Text name, Text value, ErrorCode& ec) override {
    ec = {};
    if (in_body_) return;  // Trailers of a chunked body.
    request_->headers.emplace_back(lower_ascii({name.data(), name.size()}), value);
  }
  void on_header_impl(ErrorCode& ec) override { ec = {}; }
  void on_body_init_impl(boost::optional<std::uint64_t> const&, ErrorCode& ec) override {
    in_body_ = true;
    ec = {};
  }
  std::size_t on_body_impl(Text bytes, ErrorCode& ec) override { return take(bytes, ec); }
  // A chunk that says it is larger than the rest of what the route takes is not waited for.
  void on_chunk_header_impl(std::uint64_t size, Text, ErrorCode& ec) override {
    ec = {};
    refusal_ = reader_->announce(size);
    if (refusal_) ec = boost::beast::http::error::body_limit;
  }
  std::size_t on_chunk_body_impl(std::uint64_t, Text bytes, ErrorCode& ec) override {
    return take(bytes, ec);
  }
  void on_finish_impl(ErrorCode& ec) override { ec = {}; }

  std::size_t take(Text bytes, ErrorCode& ec) {
    ec = {};
    refusal_ = reader_->feed({bytes.data(), bytes.size()});
    if (refusal_) ec = boost::beast::http::error::body_limit;
    return bytes.size();
  }

  Request* request_;
  std::string method_;
  std::string target_;
  int version_ = 11;
  bool in_body_ = false;
  BodyReader* reader_ = nullptr;
  std::optional<Refusal> refusal_;
};

}  // namespace ln::http
