-- Supervision (feature/supervision): programmes whose sample nobody can choose, findings that nobody
-- can edit, and advice that only a supervisor can call done (decision 35).

CREATE TABLE supervision (
  id           INTEGER PRIMARY KEY NOT NULL,
  unit_id      INTEGER NOT NULL,                 -- At whose top it stands,
  unit_path    TEXT    NOT NULL,                 -- and whose cases below are in the frame.
  title_vi     TEXT    NOT NULL,
  title_en     TEXT    NOT NULL DEFAULT '',
  subject      TEXT    NOT NULL,                 -- What is looked at, in the supervisor's words.
  from_day     INTEGER NOT NULL,                 -- Cases that came in from this day
  to_day       INTEGER NOT NULL,                 -- to this one.
  stage        TEXT    NOT NULL CHECK (stage IN ('announced','drawn','finished')),
  head_at      INTEGER NOT NULL,                 -- The first head published at this moment or later decides.
  frame_size   INTEGER NOT NULL CHECK (frame_size > 0),
  frame_hash   BLOB    NOT NULL,                 -- SHA-256 of the frame's text; stands in the ledger.
  created_by   INTEGER NOT NULL,                 -- Account.
  created_at   INTEGER NOT NULL,
  line         INTEGER NOT NULL,                 -- Of the ledger, as all below.
  head_size    INTEGER,                          -- The head that decided: its leaves,
  head_root    BLOB,                             -- its root,
  head_seen_at INTEGER,                          -- and when it was published.
  drawn_at     INTEGER,
  drawn_line   INTEGER,
  finished_at  INTEGER,
  finished_line INTEGER,
  CHECK ((stage = 'announced') = (head_size IS NULL)),
  CHECK ((stage = 'finished') = (finished_at IS NOT NULL))
) STRICT;
CREATE INDEX supervision_by_stage ON supervision (stage, head_at, id);

-- Of each stratum: how many items, and how many are drawn.
CREATE TABLE supervision_stratum (
  supervision_id INTEGER NOT NULL,
  position       INTEGER NOT NULL,
  word           TEXT    NOT NULL,
  size           INTEGER NOT NULL CHECK (size >= 0),
  count          INTEGER NOT NULL CHECK (count >= 0),
  PRIMARY KEY (supervision_id, position)
) STRICT;

-- The frame. What the public sees of an item is its number and its commitment.
CREATE TABLE supervision_item (
  supervision_id INTEGER NOT NULL,
  number         INTEGER NOT NULL,               -- From 1; of a stratum in an order that tells nothing.
  word           TEXT    NOT NULL,               -- Its stratum.
  feedback_id    INTEGER NOT NULL,
  commitment     BLOB    NOT NULL,               -- SHA-256(salt || the case's code).
  salt           BLOB    NOT NULL,               -- 32 bytes; none once the case was erased.
  PRIMARY KEY (supervision_id, number)
) STRICT;
CREATE INDEX supervision_item_by_feedback ON supervision_item (feedback_id);

CREATE TABLE supervision_drawn (
  supervision_id INTEGER NOT NULL,
  number         INTEGER NOT NULL,
  PRIMARY KEY (supervision_id, number)
) STRICT;

-- What a supervisor found. A later one of the same item stands beside the earlier and counts.
CREATE TABLE supervision_finding (
  supervision_id INTEGER NOT NULL,
  number         INTEGER NOT NULL,
  seq            INTEGER NOT NULL,               -- From 1.
  outcome        TEXT    NOT NULL CHECK (outcome IN ('in_order','flaw','breach','unclear')),
  note           TEXT    NOT NULL,               -- For supervisors; none once the case was erased.
  salt           BLOB    NOT NULL,               -- 32 bytes.
  hash           BLOB    NOT NULL,               -- SHA-256(salt || outcome || line feed || note).
  found_by       INTEGER NOT NULL,               -- Account.
  found_at       INTEGER NOT NULL,
  line           INTEGER NOT NULL,
  PRIMARY KEY (supervision_id, number, seq)
) STRICT;

-- What a unit is advised to do, in words that everybody reads.
CREATE TABLE supervision_advice (
  id             INTEGER PRIMARY KEY NOT NULL,
  supervision_id INTEGER NOT NULL,
  number         INTEGER NOT NULL,               -- From 1 in its programme.
  unit_id        INTEGER NOT NULL,
  unit_path      TEXT    NOT NULL,
  text           TEXT    NOT NULL,
  due_on         INTEGER NOT NULL,               -- The last day to answer; a return gives another.
  advised_by     INTEGER NOT NULL,               -- Account.
  advised_at     INTEGER NOT NULL,
  line           INTEGER NOT NULL,
  UNIQUE (supervision_id, number)
) STRICT;
CREATE INDEX supervision_advice_by_path ON supervision_advice (unit_path, id);

-- What was said to it: the unit's answer, and what the supervisor made of it.
CREATE TABLE supervision_reply (
  advice_id      INTEGER NOT NULL,
  seq            INTEGER NOT NULL,               -- From 1.
  kind           TEXT    NOT NULL CHECK (kind IN ('answered','returned','verified')),
  text           TEXT    NOT NULL,
  due_on         INTEGER NOT NULL,               -- Of a return the new day, of others the one in force.
  said_by        INTEGER NOT NULL,               -- Account.
  said_at        INTEGER NOT NULL,
  line           INTEGER NOT NULL,
  PRIMARY KEY (advice_id, seq)
) STRICT;

-- Nothing of it is changed or taken away: what was announced stays, what was drawn stays, and of what
-- was found only words go, when the case they are about is erased.
-- only sqlite
CREATE TRIGGER supervision_no_delete BEFORE DELETE ON supervision
BEGIN SELECT RAISE(ABORT, 'supervision is append-only'); END;
CREATE TRIGGER supervision_no_update BEFORE UPDATE ON supervision
WHEN NEW.id IS NOT OLD.id OR NEW.unit_id IS NOT OLD.unit_id OR NEW.unit_path IS NOT OLD.unit_path
  OR NEW.title_vi IS NOT OLD.title_vi OR NEW.title_en IS NOT OLD.title_en
  OR NEW.subject IS NOT OLD.subject OR NEW.from_day IS NOT OLD.from_day
  OR NEW.to_day IS NOT OLD.to_day OR NEW.head_at IS NOT OLD.head_at
  OR NEW.frame_size IS NOT OLD.frame_size OR NEW.frame_hash IS NOT OLD.frame_hash
  OR NEW.created_by IS NOT OLD.created_by OR NEW.created_at IS NOT OLD.created_at
  OR NEW.line IS NOT OLD.line OR OLD.stage = 'finished'
  OR (OLD.stage = 'drawn' AND (NEW.stage <> 'finished' OR NEW.head_size IS NOT OLD.head_size
    OR NEW.head_root IS NOT OLD.head_root OR NEW.head_seen_at IS NOT OLD.head_seen_at
    OR NEW.drawn_at IS NOT OLD.drawn_at OR NEW.drawn_line IS NOT OLD.drawn_line))
BEGIN SELECT RAISE(ABORT, 'supervision is append-only'); END;
CREATE TRIGGER supervision_stratum_no_delete BEFORE DELETE ON supervision_stratum
BEGIN SELECT RAISE(ABORT, 'supervision_stratum is append-only'); END;
CREATE TRIGGER supervision_stratum_no_update BEFORE UPDATE ON supervision_stratum
BEGIN SELECT RAISE(ABORT, 'supervision_stratum is append-only'); END;
CREATE TRIGGER supervision_item_no_delete BEFORE DELETE ON supervision_item
BEGIN SELECT RAISE(ABORT, 'supervision_item is append-only'); END;
CREATE TRIGGER supervision_item_no_update BEFORE UPDATE ON supervision_item
WHEN NEW.supervision_id IS NOT OLD.supervision_id OR NEW.number IS NOT OLD.number
  OR NEW.word IS NOT OLD.word OR NEW.feedback_id IS NOT OLD.feedback_id
  OR NEW.commitment IS NOT OLD.commitment OR (NEW.salt IS NOT OLD.salt AND length(NEW.salt) > 0)
BEGIN SELECT RAISE(ABORT, 'supervision_item is append-only'); END;
CREATE TRIGGER supervision_drawn_no_delete BEFORE DELETE ON supervision_drawn
BEGIN SELECT RAISE(ABORT, 'supervision_drawn is append-only'); END;
CREATE TRIGGER supervision_drawn_no_update BEFORE UPDATE ON supervision_drawn
BEGIN SELECT RAISE(ABORT, 'supervision_drawn is append-only'); END;
CREATE TRIGGER supervision_finding_no_delete BEFORE DELETE ON supervision_finding
BEGIN SELECT RAISE(ABORT, 'supervision_finding is append-only'); END;
CREATE TRIGGER supervision_finding_no_update BEFORE UPDATE ON supervision_finding
WHEN NEW.supervision_id IS NOT OLD.supervision_id OR NEW.number IS NOT OLD.number
  OR NEW.seq IS NOT OLD.seq OR NEW.outcome IS NOT OLD.outcome
  OR (NEW.note IS NOT OLD.note AND NEW.note <> '')
  OR (NEW.salt IS NOT OLD.salt AND length(NEW.salt) > 0)
  OR NEW.hash IS NOT OLD.hash OR NEW.found_by IS NOT OLD.found_by
  OR NEW.found_at IS NOT OLD.found_at OR NEW.line IS NOT OLD.line
BEGIN SELECT RAISE(ABORT, 'supervision_finding is append-only'); END;
CREATE TRIGGER supervision_advice_no_delete BEFORE DELETE ON supervision_advice
BEGIN SELECT RAISE(ABORT, 'supervision_advice is append-only'); END;
CREATE TRIGGER supervision_advice_no_update BEFORE UPDATE ON supervision_advice
BEGIN SELECT RAISE(ABORT, 'supervision_advice is append-only'); END;
CREATE TRIGGER supervision_reply_no_delete BEFORE DELETE ON supervision_reply
BEGIN SELECT RAISE(ABORT, 'supervision_reply is append-only'); END;
CREATE TRIGGER supervision_reply_no_update BEFORE UPDATE ON supervision_reply
BEGIN SELECT RAISE(ABORT, 'supervision_reply is append-only'); END;
-- end only
-- only postgresql
CREATE FUNCTION supervision_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.stage = 'announced' AND NEW.stage = 'drawn' THEN
    OLD.head_size := NEW.head_size; OLD.head_root := NEW.head_root;
    OLD.head_seen_at := NEW.head_seen_at; OLD.drawn_at := NEW.drawn_at;
    OLD.drawn_line := NEW.drawn_line;
  ELSIF OLD.stage = 'drawn' AND NEW.stage = 'finished' THEN
    OLD.finished_at := NEW.finished_at; OLD.finished_line := NEW.finished_line;
  ELSE
    RAISE EXCEPTION 'supervision is append-only';
  END IF;
  OLD.stage := NEW.stage;
  IF NEW IS DISTINCT FROM OLD THEN RAISE EXCEPTION 'supervision is append-only'; END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION supervision_item_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF length(NEW.salt) = 0 THEN OLD.salt := NEW.salt; END IF;
  IF NEW IS DISTINCT FROM OLD THEN RAISE EXCEPTION 'supervision_item is append-only'; END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION supervision_finding_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF length(NEW.salt) = 0 THEN OLD.salt := NEW.salt; END IF;
  IF NEW.note = '' THEN OLD.note := NEW.note; END IF;
  IF NEW IS DISTINCT FROM OLD THEN RAISE EXCEPTION 'supervision_finding is append-only'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER supervision_no_update BEFORE UPDATE ON supervision
  FOR EACH ROW EXECUTE FUNCTION supervision_keep();
CREATE TRIGGER supervision_item_no_update BEFORE UPDATE ON supervision_item
  FOR EACH ROW EXECUTE FUNCTION supervision_item_keep();
CREATE TRIGGER supervision_finding_no_update BEFORE UPDATE ON supervision_finding
  FOR EACH ROW EXECUTE FUNCTION supervision_finding_keep();
CREATE TRIGGER supervision_no_delete BEFORE DELETE ON supervision
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER supervision_item_no_delete BEFORE DELETE ON supervision_item
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER supervision_finding_no_delete BEFORE DELETE ON supervision_finding
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER supervision_stratum_no_change BEFORE UPDATE OR DELETE ON supervision_stratum
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER supervision_drawn_no_change BEFORE UPDATE OR DELETE ON supervision_drawn
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER supervision_advice_no_change BEFORE UPDATE OR DELETE ON supervision_advice
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER supervision_reply_no_change BEFORE UPDATE OR DELETE ON supervision_reply
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
-- Words leave no samples behind (decision 16).
ALTER TABLE supervision_finding ALTER COLUMN note SET STATISTICS 0;
-- end only
