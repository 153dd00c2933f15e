-- The whole schema as the migrations make it, for reading. Written by ./dev schema.

CREATE TABLE db_once (
  key_hash   BLOB    NOT NULL PRIMARY KEY,  -- Made from the idempotency key, which is not stored.
  sealed     BLOB    NOT NULL,              -- Nonce and secretbox; opens with that key only.
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX db_once_by_created_at ON db_once (created_at);

CREATE TABLE schema_migration (
  number     INTEGER NOT NULL PRIMARY KEY,
  name       TEXT    NOT NULL,
  hash       TEXT    NOT NULL,  -- SHA-256 of the file, in hexadecimal.
  applied_at INTEGER NOT NULL
) STRICT;
