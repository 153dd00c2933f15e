// Pages for people: what is coming, what is asked, what was answered and promised.
//
//   GET  /dialogues                             coming and past sessions
//   GET  /dialogues/{id}                        one: promises not kept, questions, answers
//   GET  /dialogues/{id}/ask                    the form to ask in advance or now
//   POST /dialogues/{id}/ask                    asks: code, secret and receipt
//   POST /dialogues/{id}/support                supports a question
//   GET  /dialogues/{id}/queue                  who is asked now and next; ?renew=1: loads again
//   GET  /live/dialogues/{id}                   the same as events, for its figures
//   GET  /dialogues/{id}/minutes                the minutes and what was said against them
//   GET  /dialogues/{id}/print                  everything on paper, for the hall
//   GET  /dialogues/questions/{code}            one's own question, by its secret
//   POST /dialogues/questions/{code}/{act}      open, withdraw, separate, contest, close
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::dialogue {

Result<http::Response> list_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> session_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> queue_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> queue_stream(const http::Request& request);
Result<http::Response> minutes_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> print_page(const http::Request& request, db::Read& read, Instant now);

Result<http::Response> ask_page(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now);
Result<http::Pending> ask_post(const http::Request& request,
                               db::Read& read,
                               Random& random,
                               Instant now);
Result<http::Pending> support_post(const http::Request& request,
                                   db::Read& read,
                                   Random& random,
                                   Instant now);

Result<http::Response> own_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> own_receipt(const http::Request& request, db::Read& read);
Result<http::Pending> own_post(const http::Request& request,
                               db::Read& read,
                               Random& random,
                               Instant now);

}  // namespace ln::dialogue
