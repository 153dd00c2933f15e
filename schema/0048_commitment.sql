-- What was promised to somebody and is kept in public (feature/commitment, decision 34).

CREATE TABLE commitment (
  id             INTEGER PRIMARY KEY NOT NULL,  -- Shown; without gaps, so that one taken away is seen.
  unit_id        INTEGER NOT NULL,              -- That owes it, and its place in the tree.
  unit_path      TEXT    NOT NULL,
  source         TEXT    NOT NULL CHECK (source = 'dialogue' OR source = 'desk'),
  source_id      INTEGER NOT NULL DEFAULT 0,    -- The session; 0: none.
  question_id    INTEGER NOT NULL DEFAULT 0,    -- The question it answers; 0: none.
  text           TEXT    NOT NULL,              -- In force.
  due_on         INTEGER NOT NULL,              -- The last day, in force.
  wording        INTEGER NOT NULL DEFAULT 1,    -- Number of the wording in force.
  state          TEXT    NOT NULL CHECK (state IN ('proposed','open','declared','kept','broken')),
  next_text      TEXT    NOT NULL DEFAULT '',   -- A change that waits for consent; empty: none.
  next_due_on    INTEGER,
  next_reason    TEXT    NOT NULL DEFAULT '',
  changed_count  INTEGER NOT NULL DEFAULT 0,    -- Changes that were consented to.
  evidence       TEXT    NOT NULL DEFAULT '',   -- What was done, as the unit told last.
  evidence_link  TEXT    NOT NULL DEFAULT '',
  declared_at    INTEGER,
  is_by_silence  INTEGER NOT NULL DEFAULT 0,    -- Kept because nobody objected.
  refused_count  INTEGER NOT NULL DEFAULT 0,    -- How often an asker said that it was not done.
  broken_at      INTEGER,                       -- The first time it was broken; stays.
  told_late_at   INTEGER,                       -- When the ledger was told that it is overdue.
  created_by     INTEGER NOT NULL,              -- Account.
  created_at     INTEGER NOT NULL,
  revision       INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX commitment_by_unit ON commitment (unit_path, id);
CREATE INDEX commitment_by_due ON commitment (state, due_on, id);
CREATE INDEX commitment_by_source ON commitment (source, source_id, id);

-- To whom it was promised: whoever holds the secret of a code. Not shown to anybody.
CREATE TABLE commitment_asker (
  id             INTEGER PRIMARY KEY NOT NULL,
  commitment_id  INTEGER NOT NULL,
  code           TEXT    NOT NULL,              -- Of their question, or one drawn for this promise.
  citizen_key    BLOB    NOT NULL,              -- Public half of the key made from the secret.
  said_wording   INTEGER NOT NULL DEFAULT 0,    -- The wording they said something of; 0: none yet.
  has_confirmed  INTEGER NOT NULL DEFAULT 0,    -- That wording, or one before with their consent.
  has_consented  INTEGER NOT NULL DEFAULT 0,    -- To the change that waits.
  has_chain      INTEGER NOT NULL DEFAULT 0,    -- The ledger knows their key.
  UNIQUE (commitment_id, code)
) STRICT;

-- What happened, each with its line of the ledger.
CREATE TABLE commitment_event (
  id             INTEGER PRIMARY KEY NOT NULL,
  commitment_id  INTEGER NOT NULL,
  at             INTEGER NOT NULL,
  what           TEXT    NOT NULL,
  party          TEXT    NOT NULL CHECK (party IN ('citizen','office','clock')),
  words          TEXT    NOT NULL DEFAULT '',
  due_on         INTEGER,                       -- Of the wording that was made or agreed.
  line           INTEGER NOT NULL
) STRICT;
CREATE INDEX commitment_event_by_commitment ON commitment_event (commitment_id, id);

-- only postgresql
-- Words leave no samples behind (decision 16).
ALTER TABLE commitment ALTER COLUMN text SET STATISTICS 0, ALTER COLUMN next_text SET STATISTICS 0,
  ALTER COLUMN next_reason SET STATISTICS 0, ALTER COLUMN evidence SET STATISTICS 0;
ALTER TABLE commitment_event ALTER COLUMN words SET STATISTICS 0;
-- end only
