-- Bodies whose view is asked for by name, with a day of their own; and who drafts the answer to a point
-- (feature/consultation, decision 38).

CREATE TABLE consultation_invitation (
  source_id        INTEGER PRIMARY KEY NOT NULL, -- Its row in consultation_source, of kind 'invited'.
  consultation_id  INTEGER NOT NULL,
  code             TEXT    NOT NULL UNIQUE,      -- As that of a comment.
  citizen_key      BLOB    NOT NULL,             -- Public half of the key made from the secret.
  due_on           INTEGER NOT NULL,             -- The last day to reply in time.
  replied_at       INTEGER,                      -- Of the first reply; NULL: none yet.
  revision         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX consultation_invitation_by_consultation
  ON consultation_invitation (consultation_id, source_id);

ALTER TABLE consultation_issue ADD COLUMN drafter_id INTEGER;  -- Account; NULL: nobody's.
CREATE INDEX consultation_issue_by_drafter ON consultation_issue (drafter_id, id)
  WHERE drafter_id IS NOT NULL;

-- What a drafter would answer: the head of the unit reads it in the form and gives the answer.
CREATE TABLE consultation_proposal (
  issue_id     INTEGER PRIMARY KEY NOT NULL,
  drafter_id   INTEGER NOT NULL,                 -- Account.
  answer       TEXT    NOT NULL CHECK (answer IN ('accepted','partly','declined','noted')),
  reason       TEXT    NOT NULL DEFAULT '',
  clause       TEXT    NOT NULL DEFAULT '',
  wording      TEXT    NOT NULL DEFAULT '',
  title        TEXT    NOT NULL DEFAULT '',
  proposed_at  INTEGER NOT NULL
) STRICT;

-- Everything of a decided consultation as one bundle, in volumes that are zip files.
CREATE TABLE consultation_archive (
  consultation_id  INTEGER PRIMARY KEY NOT NULL,
  manifest         TEXT    NOT NULL,             -- Names, sizes and hashes of all files.
  volumes          INTEGER NOT NULL,
  made_at          INTEGER NOT NULL,
  line             INTEGER NOT NULL              -- Of the ledger: the hash of the manifest.
) STRICT;
CREATE TABLE consultation_archive_volume (
  consultation_id  INTEGER NOT NULL,
  number           INTEGER NOT NULL,             -- From 1.
  bytes            BLOB    NOT NULL,
  PRIMARY KEY (consultation_id, number)
) STRICT;

-- Whether somebody agreed that their answers are published as a row without a name.
ALTER TABLE consultation_participant ADD COLUMN shares INTEGER NOT NULL DEFAULT 0;
-- only postgresql
-- Words leave no samples behind (decision 16).
ALTER TABLE consultation_proposal ALTER COLUMN reason SET STATISTICS 0,
  ALTER COLUMN wording SET STATISTICS 0, ALTER COLUMN title SET STATISTICS 0;
-- end only
