-- Citizen reception: who receives when, who comes, what was said and what is owed for it
-- (feature/reception, decision 41).

CREATE TABLE reception (
  id            INTEGER PRIMARY KEY NOT NULL,
  unit_id       INTEGER NOT NULL,             -- That receives, and its place in the tree.
  unit_path     TEXT    NOT NULL,
  receiver      TEXT    NOT NULL,             -- The office of whoever receives, not a name.
  place         TEXT    NOT NULL,
  starts_at     INTEGER NOT NULL,
  turn_minutes  INTEGER NOT NULL CHECK (turn_minutes BETWEEN 5 AND 120),
  places        INTEGER NOT NULL CHECK (places BETWEEN 1 AND 60),
  state         TEXT    NOT NULL CHECK (state IN ('announced','held','cancelled')),
  moved_count   INTEGER NOT NULL DEFAULT 0,
  created_by    INTEGER NOT NULL,             -- Account.
  created_at    INTEGER NOT NULL,
  revision      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX reception_by_start ON reception (starts_at, id);
CREATE INDEX reception_by_unit ON reception (unit_path, starts_at, id);
CREATE INDEX reception_by_unit_id ON reception (unit_id, starts_at, id);

-- What happened to the day, each with its line of the ledger in clear.
CREATE TABLE reception_event (
  id            INTEGER PRIMARY KEY NOT NULL,
  reception_id  INTEGER NOT NULL,
  at            INTEGER NOT NULL,
  what          TEXT    NOT NULL CHECK (what IN ('announced','moved','cancelled','held')),
  starts_at     INTEGER NOT NULL,             -- As it is from then on.
  words         TEXT    NOT NULL DEFAULT '',  -- Why it was moved or cancelled.
  line          INTEGER NOT NULL
) STRICT;
CREATE INDEX reception_event_by_day ON reception_event (reception_id, id);

-- A turn. What its holder wrote is empty once it was erased.
CREATE TABLE reception_turn (
  id            INTEGER PRIMARY KEY NOT NULL,
  reception_id  INTEGER NOT NULL,
  slot          INTEGER NOT NULL CHECK (slot >= 1),  -- Its place in the row of turns.
  code          TEXT    NOT NULL UNIQUE,      -- As that of a case; shown as TD-7K2M-9QPR.
  citizen_key   BLOB    NOT NULL,             -- Public half of the key made from the secret.
  about         TEXT    NOT NULL,
  name          TEXT    NOT NULL,             -- What to call them by; empty: not said.
  contact       TEXT    NOT NULL,             -- Empty: none was left.
  language      TEXT    NOT NULL CHECK (language = 'vi' OR language = 'en'),
  way           TEXT    NOT NULL CHECK (way IN ('person','online','company')),
  is_walk_in    INTEGER NOT NULL DEFAULT 0 CHECK (is_walk_in IN (0,1)),
  case_id       INTEGER NOT NULL DEFAULT 0,   -- The case they showed the secret of; 0: none.
  state         TEXT    NOT NULL CHECK (state IN ('booked','cancelled','came','missed')),
  came_at       INTEGER,                      -- When the log first said so.
  due_at        INTEGER,                      -- A written result is owed until then; NULL: none.
  results       INTEGER NOT NULL DEFAULT 0,   -- Written so far.
  is_late       INTEGER NOT NULL DEFAULT 0 CHECK (is_late IN (0,1)),  -- The first was.
  words_until   INTEGER,                      -- When its words go; NULL: not before the result.
  booked_by     INTEGER NOT NULL DEFAULT 0,   -- Account of who took it in; 0: nobody.
  booked_at     INTEGER NOT NULL,
  line          INTEGER NOT NULL DEFAULT 0,   -- Of the ledger.
  erased_at     INTEGER,
  revision      INTEGER NOT NULL DEFAULT 1
) STRICT;
-- Nobody sits on somebody else's place; what was given back is free.
CREATE UNIQUE INDEX reception_turn_by_slot ON reception_turn (reception_id, slot)
  WHERE state <> 'cancelled';
CREATE INDEX reception_turn_owed ON reception_turn (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX reception_turn_by_words ON reception_turn (words_until, id)
  WHERE words_until IS NOT NULL;

-- The log. A correction is another entry; none is changed.
CREATE TABLE reception_entry (
  turn_id        INTEGER NOT NULL,
  number         INTEGER NOT NULL,            -- From 1.
  presence       TEXT    NOT NULL CHECK (presence = 'came' OR presence = 'missed'),
  sort           TEXT    NOT NULL DEFAULT ''
                 CHECK (sort IN ('','report','request','complaint','denunciation')),
  outcome        TEXT    NOT NULL DEFAULT ''
                 CHECK (outcome IN ('','answered','written','passed','promised','case','lawful')),
  written_by     INTEGER NOT NULL,            -- Account.
  written_at     INTEGER NOT NULL,
  line           INTEGER NOT NULL,
  PRIMARY KEY (turn_id, number),
  CHECK ((presence = 'came') = (outcome <> ''))
) STRICT;
CREATE INDEX reception_entry_by_account ON reception_entry (written_by, turn_id);

-- What an entry leads to; goes with the words of the turn.
CREATE TABLE reception_link (
  turn_id        INTEGER NOT NULL,
  number         INTEGER NOT NULL,            -- Of the entry.
  passed_to      INTEGER NOT NULL,            -- Unit; 0: none.
  commitment_id  INTEGER NOT NULL,
  case_id        INTEGER NOT NULL,
  PRIMARY KEY (turn_id, number)
) STRICT;

-- What was written about a turn: what was said (of an entry), the written results, what was said
-- against one and what the unit above decided. Goes with the words of the turn.
CREATE TABLE reception_words (
  turn_id     INTEGER NOT NULL,
  what        TEXT    NOT NULL CHECK (what IN ('summary','result','contest','ruling')),
  number      INTEGER NOT NULL,               -- Of the entry or the result; 1 for the others.
  body        TEXT    NOT NULL,
  written_by  INTEGER NOT NULL,               -- Account; 0: whoever holds the turn.
  written_at  INTEGER NOT NULL,
  line        INTEGER NOT NULL,
  PRIMARY KEY (turn_id, what, number)
) STRICT;

-- What was said against a result: once for each turn, for whoever stands above.
CREATE TABLE reception_contest (
  turn_id       INTEGER PRIMARY KEY NOT NULL,
  above_path    TEXT    NOT NULL,             -- Path of the unit that decides.
  contested_at  INTEGER NOT NULL,
  due_at        INTEGER NOT NULL,
  ruling        TEXT    NOT NULL DEFAULT '' CHECK (ruling IN ('','stands','again','erased')),
  ruled_at      INTEGER,
  CHECK ((ruled_at IS NULL) = (ruling = ''))
) STRICT;
CREATE INDEX reception_contest_open ON reception_contest (above_path, due_at)
  WHERE ruled_at IS NULL;

-- What an erasure still owes: what opens its lines of the ledger, and then the files.
CREATE TABLE reception_erasure (
  turn_id       INTEGER PRIMARY KEY NOT NULL,
  destroyed_at  INTEGER
) STRICT;

-- only sqlite
CREATE TRIGGER reception_entry_no_delete BEFORE DELETE ON reception_entry
BEGIN SELECT RAISE(ABORT, 'reception_entry is append-only'); END;
CREATE TRIGGER reception_entry_no_update BEFORE UPDATE ON reception_entry
BEGIN SELECT RAISE(ABORT, 'reception_entry is append-only'); END;
CREATE TRIGGER reception_words_no_update BEFORE UPDATE ON reception_words
BEGIN SELECT RAISE(ABORT, 'reception_words are not changed'); END;
CREATE TRIGGER reception_event_no_delete BEFORE DELETE ON reception_event
BEGIN SELECT RAISE(ABORT, 'reception_event is append-only'); END;
CREATE TRIGGER reception_event_no_update BEFORE UPDATE ON reception_event
BEGIN SELECT RAISE(ABORT, 'reception_event is append-only'); END;
-- end only
-- only postgresql
CREATE TRIGGER reception_entry_no_change BEFORE UPDATE OR DELETE ON reception_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER reception_words_no_update BEFORE UPDATE ON reception_words
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER reception_event_no_change BEFORE UPDATE OR DELETE ON reception_event
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
-- Words leave no samples behind (decision 16).
ALTER TABLE reception_turn ALTER COLUMN about SET STATISTICS 0,
  ALTER COLUMN name SET STATISTICS 0, ALTER COLUMN contact SET STATISTICS 0;
ALTER TABLE reception_words ALTER COLUMN body SET STATISTICS 0;
-- end only
