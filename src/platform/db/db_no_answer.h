// The database server is there, or was, and says nothing: its machine is stopped or its network
// swallows what is sent. As opposed to one that refuses connections, which says so at once.
#pragma once

#include "platform/db/db.h"

namespace ln::db {

// Thrown instead of a Failure (lost) that is known to come from silence. The connection is given
// up, so that what was asked of it is never answered late.
class NoAnswer : public Failure {
 public:
  NoAnswer() : Failure("PostgreSQL does not answer", Kind::lost) {}
};

}  // namespace ln::db
