-- A new secret for whoever lost theirs, by a link to the contact that the sender confirmed
-- (decision 30).
ALTER TABLE feedback_contact ADD COLUMN confirmed_at INTEGER;  -- The holder of the secret gets what is sent there.

-- One row for each case for which a link was asked: the newest link, and how many today.
CREATE TABLE feedback_link (
  feedback_id INTEGER PRIMARY KEY NOT NULL,
  purpose     TEXT    NOT NULL CHECK (purpose = 'confirm' OR purpose = 'recover'),
  token_hash  BLOB    UNIQUE,               -- SHA-256 of what stands in the link; NULL once it was used.
  expires_at  INTEGER NOT NULL,
  day         INTEGER NOT NULL,             -- The day of the newest link,
  count       INTEGER NOT NULL              -- and the links asked for on it.
) STRICT;

-- A way in for the reader of this letter alone. It is forgotten together with the address.
ALTER TABLE notice_outbox ADD COLUMN link TEXT NOT NULL DEFAULT '';
-- only postgresql
ALTER TABLE notice_outbox ALTER COLUMN link SET STATISTICS 0;
-- end only
