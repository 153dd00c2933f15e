-- Files that people send with their words. They lie in the database, because the nodes of a city
-- share no disk.
CREATE TABLE attachment (
  id             INTEGER PRIMARY KEY,
  token          TEXT    NOT NULL UNIQUE CHECK (length(token) = 32),  -- Random; stands in its URL.
  owner_kind     TEXT    NOT NULL CHECK (length(owner_kind) BETWEEN 1 AND 40),
  owner_id       INTEGER NOT NULL,            -- A row of the room named by owner_kind.
  kind           TEXT    NOT NULL CHECK (kind IN ('picture','document','audio')),
  media_type     TEXT    NOT NULL,            -- From our list, never what the sender claimed.
  name           TEXT    NOT NULL,            -- As shown; empty once removed.
  size           INTEGER NOT NULL CHECK (size > 0),  -- Bytes of what is kept.
  hash           BLOB    NOT NULL CHECK (length(hash) = 32),  -- SHA-256 of what is kept.
  width          INTEGER NOT NULL DEFAULT 0,  -- Of a picture, in pixels; 0 for the others.
  height         INTEGER NOT NULL DEFAULT 0,
  visibility     TEXT    NOT NULL CHECK (visibility IN ('hidden','published')),
  created_at     INTEGER NOT NULL,
  removed_at     INTEGER,                     -- From then on the bytes and the name are gone.
  CHECK (removed_at IS NULL OR (visibility = 'hidden' AND name = ''))
) STRICT;
CREATE INDEX attachment_by_owner ON attachment (owner_kind, owner_id, id);
CREATE INDEX attachment_by_created_at ON attachment (owner_kind, created_at);

-- The bytes, apart, so that a change of the row above does not write them again.
CREATE TABLE attachment_content (
  attachment_id  INTEGER PRIMARY KEY REFERENCES attachment (id),
  bytes          BLOB    NOT NULL,
  thumbnail      BLOB                         -- A small picture; NULL for documents and audio.
) STRICT;
