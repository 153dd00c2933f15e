-- "Dân vận khéo" models (feature/emulation, decision 40): what will be measured is said before, the
-- platform measures, a supervisor decides. Nothing of it is ever changed or taken away.

-- What a model is looked at by, dated: a later row with the same code takes the place of the earlier.
CREATE TABLE emulation_criterion (
  code       TEXT    NOT NULL,
  from_day   INTEGER NOT NULL,
  to_day     INTEGER,                        -- The last day; NULL: still in force.
  name_vi    TEXT    NOT NULL,
  name_en    TEXT    NOT NULL,
  source     TEXT    NOT NULL,
  PRIMARY KEY (code, from_day)
) STRICT;

CREATE TABLE emulation_model (
  id             INTEGER PRIMARY KEY NOT NULL,
  unit_id        INTEGER NOT NULL,           -- That claims, and its place in the tree.
  unit_path      TEXT    NOT NULL,
  field          TEXT    NOT NULL CHECK (field IN ('economy','society','defence','politics')),
  name_vi        TEXT    NOT NULL,
  name_en        TEXT    NOT NULL DEFAULT '',
  task           TEXT    NOT NULL,           -- The professional task it is tied to.
  place          TEXT    NOT NULL,
  launched_by    TEXT    NOT NULL,           -- The body it is registered with.
  metric         TEXT    NOT NULL CHECK (metric IN ('on_time','satisfied','solved','reopened')),
  begins_on      INTEGER NOT NULL,           -- The first day of the model.
  days           INTEGER NOT NULL,           -- So many before it, and so many from it on, are compared.
  adopted_from   INTEGER NOT NULL DEFAULT 0, -- The model it takes up; 0: none.
  registered_by  INTEGER NOT NULL,           -- Account.
  registered_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX emulation_model_by_unit ON emulation_model (unit_path, id);
CREATE INDEX emulation_model_by_adopted ON emulation_model (adopted_from, id);

-- What happened to a model, each with its line of the ledger: registered, claimed, confirmed, refuted,
-- replied.
CREATE TABLE emulation_event (
  model_id  INTEGER NOT NULL,
  seq       INTEGER NOT NULL,                -- From 1.
  kind      TEXT    NOT NULL
            CHECK (kind IN ('registered','claimed','confirmed','refuted','replied')),
  text      TEXT    NOT NULL,
  said_by   INTEGER NOT NULL,                -- Account.
  said_at   INTEGER NOT NULL,
  line      INTEGER NOT NULL,
  PRIMARY KEY (model_id, seq)
) STRICT;

-- The figures of the one claim of a model, as they were counted when it was made. 0 of 0: withheld, too
-- few cases; what they were is not kept.
CREATE TABLE emulation_claim (
  model_id            INTEGER PRIMARY KEY NOT NULL,
  before_part         INTEGER NOT NULL,
  before_whole        INTEGER NOT NULL,
  after_part          INTEGER NOT NULL,
  after_whole         INTEGER NOT NULL,
  city_before_part    INTEGER NOT NULL,      -- Of all other units in the same days.
  city_before_whole   INTEGER NOT NULL,
  city_after_part     INTEGER NOT NULL,
  city_after_whole    INTEGER NOT NULL,
  ledger_size         INTEGER NOT NULL       -- So many lines there were when it was counted.
) STRICT;

-- The lines of the ledger that a claim points at.
CREATE TABLE emulation_claim_line (
  model_id  INTEGER NOT NULL,
  line      INTEGER NOT NULL,
  PRIMARY KEY (model_id, line)
) STRICT;

-- only sqlite
CREATE TRIGGER emulation_model_no_delete BEFORE DELETE ON emulation_model
BEGIN SELECT RAISE(ABORT, 'emulation_model is append-only'); END;
CREATE TRIGGER emulation_model_no_update BEFORE UPDATE ON emulation_model
BEGIN SELECT RAISE(ABORT, 'emulation_model is append-only'); END;
CREATE TRIGGER emulation_event_no_delete BEFORE DELETE ON emulation_event
BEGIN SELECT RAISE(ABORT, 'emulation_event is append-only'); END;
CREATE TRIGGER emulation_event_no_update BEFORE UPDATE ON emulation_event
BEGIN SELECT RAISE(ABORT, 'emulation_event is append-only'); END;
CREATE TRIGGER emulation_claim_no_delete BEFORE DELETE ON emulation_claim
BEGIN SELECT RAISE(ABORT, 'emulation_claim is append-only'); END;
CREATE TRIGGER emulation_claim_no_update BEFORE UPDATE ON emulation_claim
BEGIN SELECT RAISE(ABORT, 'emulation_claim is append-only'); END;
CREATE TRIGGER emulation_claim_line_no_delete BEFORE DELETE ON emulation_claim_line
BEGIN SELECT RAISE(ABORT, 'emulation_claim_line is append-only'); END;
CREATE TRIGGER emulation_claim_line_no_update BEFORE UPDATE ON emulation_claim_line
BEGIN SELECT RAISE(ABORT, 'emulation_claim_line is append-only'); END;
-- end only
-- only postgresql
CREATE TRIGGER emulation_model_no_change BEFORE UPDATE OR DELETE ON emulation_model
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER emulation_event_no_change BEFORE UPDATE OR DELETE ON emulation_event
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER emulation_claim_no_change BEFORE UPDATE OR DELETE ON emulation_claim
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER emulation_claim_line_no_change BEFORE UPDATE OR DELETE ON emulation_claim_line
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
-- end only
