-- A reorganisation is one dated event: on its day old units have ended (valid_to) and new ones begin
-- (valid_from), unit_succession says what became of which, and what is open moves along. The units are
-- dated rows, so they change at midnight by themselves; the moving is done by a job in small steps.
CREATE TABLE unit_reorganisation (
  id          INTEGER PRIMARY KEY,
  day         INTEGER NOT NULL UNIQUE,  -- First day of the new units, as days since 1970-01-01.
  name        TEXT    NOT NULL,         -- As people call it.
  source      TEXT    NOT NULL,         -- The legal text it follows.
  stage       TEXT    NOT NULL CHECK (stage IN ('planned','moving','done')),
  created_at  INTEGER NOT NULL,
  created_by  INTEGER,                  -- Account; NULL: by the command line.
  done_at     INTEGER,
  seen_id     INTEGER NOT NULL DEFAULT 0,  -- Last case the moving has looked at.
  CHECK ((stage = 'done') = (done_at IS NOT NULL))
) STRICT;

-- The order of the file: who is named first takes what nothing else decides. And the address rule:
-- streets and hamlets, separated by ';'; a case whose place names one of them goes here.
ALTER TABLE unit_succession ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE unit_succession ADD COLUMN words TEXT NOT NULL DEFAULT '';

-- Where each case went, one row for each event that moved it. Without words: what was written about
-- a place stands in the case alone.
CREATE TABLE feedback_move (
  feedback_id        INTEGER NOT NULL,
  reorganisation_id  INTEGER NOT NULL,
  from_unit_id       INTEGER NOT NULL,
  to_unit_id         INTEGER NOT NULL,
  is_certain         INTEGER NOT NULL,  -- 0: the default handles it, and a person has to say.
  settled_at         INTEGER,           -- When a person did.
  settled_by         INTEGER,
  PRIMARY KEY (feedback_id, reorganisation_id),
  CHECK ((settled_at IS NULL) = (settled_by IS NULL))
) STRICT;
CREATE INDEX feedback_move_by_undetermined ON feedback_move (reorganisation_id, feedback_id)
  WHERE is_certain = 0 AND settled_at IS NULL;
CREATE INDEX feedback_move_by_from ON feedback_move (from_unit_id);
