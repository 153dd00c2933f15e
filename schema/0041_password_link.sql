-- Links with which somebody sets the password of their own account (core/settings). One of an account
-- at a time; a password that is set takes it away.
CREATE TABLE people_link (
  account_id  INTEGER PRIMARY KEY NOT NULL,
  link_hash   BLOB    NOT NULL UNIQUE,     -- SHA-256 of the token in the link, which is nowhere kept.
  reason      TEXT    NOT NULL,            -- Of the administrator who had it made.
  expires_at  INTEGER NOT NULL
) STRICT;
