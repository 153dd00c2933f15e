-- Outcomes of what may be sent only once (platform/db/once.h). Rows go after a while.
CREATE TABLE db_once (
  key_hash   BLOB    NOT NULL PRIMARY KEY,  -- Made from the idempotency key, which is not stored.
  sealed     BLOB    NOT NULL,              -- Nonce and secretbox; opens with that key only.
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX db_once_by_created_at ON db_once (created_at);
