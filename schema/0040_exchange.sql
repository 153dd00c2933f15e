-- Cases of another system, brought in as a file (feature/feedback/feedback_foreign).

-- Another system, and how its file is read. Changed by an administrator alone, as list "source" of the
-- settings.
CREATE TABLE feedback_source (
  code   TEXT PRIMARY KEY NOT NULL,        -- "ihanoi"
  value  TEXT NOT NULL                     -- docs/formats/settings.md
) STRICT;

-- The case there of a case here. An erasure empties code and state; the fingerprint stays, so that the
-- same file does not bring the words in again.
CREATE TABLE feedback_foreign (
  feedback_id  INTEGER PRIMARY KEY NOT NULL,
  source       TEXT    NOT NULL,
  code         TEXT,                       -- The other system's; NULL of a protected or erased case.
  fingerprint  BLOB    NOT NULL UNIQUE,    -- SHA-256 of source, line feed, code.
  state        TEXT    NOT NULL DEFAULT '',  -- In the other system's words, when it was brought in.
  stated_at    INTEGER NOT NULL            -- Received there, by its word; the clock runs from here.
) STRICT;
CREATE INDEX feedback_foreign_by_code ON feedback_foreign (code);
