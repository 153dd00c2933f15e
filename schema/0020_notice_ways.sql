-- How a notice leaves the house, and what its reader wants.
ALTER TABLE notice_outbox ADD COLUMN way TEXT NOT NULL DEFAULT 'mail'
  CHECK (way = 'mail' OR way = 'message');            -- E-mail, or a short message to a phone.
-- The values for the holes of the sentence, a line "name=value" each: one row to write instead of
-- five. Nothing was ever queued before this migration, so the old table holds nothing.
ALTER TABLE notice_outbox ADD COLUMN holes TEXT NOT NULL DEFAULT '';
DROP TABLE notice_value;

-- What somebody wants to be told about one subject: a citizen about their case, a member of the
-- staff (subject 'people_account') about their work. Made when the first notice leaves.
CREATE TABLE notice_reader (
  subject_kind  TEXT    NOT NULL CHECK (length(subject_kind) BETWEEN 1 AND 40),
  subject_id    INTEGER NOT NULL,
  key           BLOB    NOT NULL UNIQUE CHECK (length(key) = 16),  -- In the link by which to choose.
  pace          TEXT    NOT NULL CHECK (pace = 'each' OR pace = 'daily' OR pace = 'none'),
  address       TEXT    NOT NULL DEFAULT '',  -- Of the staff; a citizen's lies with the case.
  told_on       INTEGER,                      -- The day of the last digest of a member of the staff.
  PRIMARY KEY (subject_kind, subject_id)
) STRICT;
-- only postgresql
-- Addresses leave no samples behind (decision 16).
ALTER TABLE notice_reader ALTER COLUMN address TYPE TEXT,
  ALTER COLUMN address SET STATISTICS 0;
ALTER TABLE notice_outbox ALTER COLUMN holes TYPE TEXT,
  ALTER COLUMN holes SET STATISTICS 0;
-- end only
