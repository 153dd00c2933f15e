// Bodies that were invited: at the desk, for everybody, and for the body with its letter.
//
//   GET  /consultations/{id}/invited                 who was asked, who replied, who is late
//   GET  /consultations/invitations/{code}           the body's own page, by its secret
//   POST /consultations/invitations/{code}/{act}     open, close
//   POST /consultations/invitations/{code}/reply     sends a reply
//   GET  /consultations/invitations/{code}/files/{token}   a file of one of its replies
//   GET  /staff/consultations/{id}/invitations       those invited, and the form
//   POST /staff/consultations/{id}/invitations       invites, and shows the letter once
//   GET  /staff/consultations/{id}/invitations/{number}    one of them
//   POST /staff/consultations/{id}/invitations/{number}    a letter with a new secret
//   GET  /staff/consultations/{id}/invitations/{number}/files/{token}   a file of its replies
//   POST /staff/consultations/{id}/invitations/{number}/withdraw        takes it back
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::consultation {

Result<http::Response> invited_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> reply_page(const http::Request& request,
                                  db::Read& read,
                                  Random& random,
                                  Instant now);
Result<http::Pending> reply_form_post(const http::Request& request,
                                      db::Read& read,
                                      Random& random,
                                      Instant now);
// A reply, with files: an address of its own, which takes more.
Result<http::Pending> reply_post(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now);
// A file of a reply, for the body that sent it.
Result<http::Response> reply_file(const http::Request& request, db::Read& read);

namespace staff {

Result<http::Response> invitations_page(const http::Request& request,
                                        db::Read& read,
                                        people::Officer officer,
                                        Random& random,
                                        Instant now);
Result<http::Pending> invitations_post(const http::Request& request,
                                       db::Read& read,
                                       people::Officer officer,
                                       Random& random,
                                       Instant now);
// One body: what it replied, with the files, and how its invitation is taken back.
Result<http::Response> invitation_page(const http::Request& request,
                                       db::Read& read,
                                       people::Officer officer,
                                       Random& random,
                                       Instant now);
Result<http::Response> invitation_file(const http::Request& request,
                                       db::Read& read,
                                       people::Officer officer,
                                       Random& random,
                                       Instant now);
Result<http::Pending> withdrawal_post(const http::Request& request,
                                      db::Read& read,
                                      people::Officer officer,
                                      Random& random,
                                      Instant now);
Result<http::Pending> invitation_post(const http::Request& request,
                                      db::Read& read,
                                      people::Officer officer,
                                      Random& random,
                                      Instant now);

}  // namespace staff
}  // namespace ln::consultation
