-- Days of reception follow a reorganisation, with everything that is owed of them; and the criteria of
-- emulation are changed from a day on (decision 48).

-- Who holds the day, reads its log and gives what is owed of it: the unit that announced it, and once
-- that has ended whoever took over. Past days stay under the unit that announced them.
ALTER TABLE reception ADD COLUMN keeper_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reception ADD COLUMN keeper_path TEXT NOT NULL DEFAULT '';
UPDATE reception SET keeper_id = unit_id, keeper_path = unit_path;
CREATE INDEX reception_by_keeper ON reception (keeper_id, starts_at, id);

-- Each time a day went to another unit, with its line of the ledger in clear. The last row counts.
CREATE TABLE reception_follow (
  id            INTEGER PRIMARY KEY NOT NULL,
  reception_id  INTEGER NOT NULL,
  at            INTEGER NOT NULL,
  from_id       INTEGER NOT NULL,             -- Unit.
  to_id         INTEGER NOT NULL,             -- Unit.
  starts_at     INTEGER NOT NULL,             -- As it was then.
  is_ahead      INTEGER NOT NULL CHECK (is_ahead IN (0,1)),    -- Not over: announced by `to_id` now.
  is_certain    INTEGER NOT NULL CHECK (is_certain IN (0,1)),  -- 0: a person has to say where to.
  settled_by    INTEGER NOT NULL DEFAULT 0,   -- Account of who said so; 0: the clock.
  line          INTEGER NOT NULL
) STRICT;
CREATE INDEX reception_follow_by_day ON reception_follow (reception_id, id);
CREATE INDEX reception_follow_open ON reception_follow (id) WHERE is_certain = 0;

-- What administrators made of the criteria, from the moment it holds. The newest row of a code that
-- had begun counts, unless what came with the program began later.
CREATE TABLE emulation_criterion_change (
  id           INTEGER PRIMARY KEY NOT NULL,
  code         TEXT    NOT NULL,
  from_at      INTEGER NOT NULL,
  is_in_force  INTEGER NOT NULL CHECK (is_in_force IN (0,1)),  -- 0: not looked at any more.
  name_vi      TEXT    NOT NULL,
  name_en      TEXT    NOT NULL,
  source       TEXT    NOT NULL
) STRICT;
CREATE INDEX emulation_criterion_change_by_code ON emulation_criterion_change (code, id);

-- only sqlite
CREATE TRIGGER emulation_criterion_change_no_delete BEFORE DELETE ON emulation_criterion_change
BEGIN SELECT RAISE(ABORT, 'emulation_criterion_change is append-only'); END;
CREATE TRIGGER emulation_criterion_change_no_update BEFORE UPDATE ON emulation_criterion_change
BEGIN SELECT RAISE(ABORT, 'emulation_criterion_change is append-only'); END;
CREATE TRIGGER reception_follow_no_delete BEFORE DELETE ON reception_follow
BEGIN SELECT RAISE(ABORT, 'reception_follow is append-only'); END;
CREATE TRIGGER reception_follow_no_update BEFORE UPDATE ON reception_follow
BEGIN SELECT RAISE(ABORT, 'reception_follow is append-only'); END;
-- end only
-- only postgresql
CREATE TRIGGER emulation_criterion_change_no_change BEFORE UPDATE OR DELETE
  ON emulation_criterion_change FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER reception_follow_no_change BEFORE UPDATE OR DELETE ON reception_follow
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
-- end only
