-- Complaints and denunciations in the legal sense, which are no feedback: their text is kept, its
-- sender has a receipt and is told the lawful way, and nobody handles it here (decision 26).

-- Sent as such by its sender. No address and no name: none is asked, so that none can be found.
CREATE TABLE feedback_held (
  id           INTEGER PRIMARY KEY NOT NULL,
  code         TEXT    NOT NULL UNIQUE,     -- As that of a case.
  citizen_key  BLOB    NOT NULL,            -- Public half of the key made from the secret.
  sort         TEXT    NOT NULL CHECK (sort = 'complaint' OR sort = 'denunciation'),
  title        TEXT    NOT NULL,
  body         TEXT    NOT NULL,            -- As written (NFC); never changed.
  place        TEXT    NOT NULL DEFAULT '',
  unit_id      INTEGER,                     -- Whose decision or whose people; NULL when none was named.
  happened_on  INTEGER,                     -- Day; NULL when not said.
  language     TEXT    NOT NULL CHECK (language = 'vi' OR language = 'en'),
  received_at  INTEGER NOT NULL,            -- The hour that had begun.
  erased_at    INTEGER,                     -- Since then there are no words and files any more.
  destroyed_at INTEGER,                     -- Since then nothing opens its lines of the ledger.
  is_scrubbed  INTEGER NOT NULL DEFAULT 0   -- 1: no trace is left in the files.
) STRICT;
CREATE INDEX feedback_held_by_received ON feedback_held (received_at);

-- Each time the ombudsman reads such a text: logged, and told to the sender on their page.
CREATE TABLE feedback_held_reading (
  id         INTEGER PRIMARY KEY NOT NULL,
  code       TEXT    NOT NULL,              -- Of the held text, or of the case that was found to be one.
  account_id INTEGER NOT NULL,
  reason     TEXT    NOT NULL,
  at         INTEGER NOT NULL               -- The hour that had begun.
) STRICT;
CREATE INDEX feedback_held_reading_by_code ON feedback_held_reading (code, id);

-- A case that an office found to be one; NULL for all others. It is nobody's to see any more.
ALTER TABLE feedback ADD COLUMN held_as TEXT
  CHECK (held_as = 'complaint' OR held_as = 'denunciation');
CREATE INDEX feedback_by_held ON feedback (id) WHERE held_as IS NOT NULL;

-- only postgresql
-- Words leave no samples behind (decision 16).
ALTER TABLE feedback_held ALTER COLUMN title SET STATISTICS 0,
  ALTER COLUMN body SET STATISTICS 0,
  ALTER COLUMN place SET STATISTICS 0;
ALTER TABLE feedback_held_reading ALTER COLUMN reason SET STATISTICS 0;
-- end only
