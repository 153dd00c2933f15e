-- The protected channel: what happens to a protected case waits here and joins the ledger with the
-- batch of its hour (decision 18).

-- One row for each event that waits: all that its entry, its leaf and what opens it will be. Emptied
-- by the hourly job alone, in the transaction in which the lines join the log.
CREATE TABLE ledger_waiting (
  id           INTEGER PRIMARY KEY NOT NULL,
  due_at       INTEGER NOT NULL,              -- The full hour by which it stands in the log.
  event        TEXT    NOT NULL,
  subject_kind TEXT    NOT NULL,
  subject_id   INTEGER NOT NULL,
  seq          INTEGER NOT NULL CHECK (seq >= 0),
  party        TEXT    NOT NULL,
  actor_id     INTEGER,
  unit_id      INTEGER,
  payload      TEXT    NOT NULL,              -- Its time is `due_at`, and nothing finer.
  leaf         BLOB    NOT NULL,              -- 65 bytes.
  commit_salt  BLOB,                          -- NULL, as the two below, once the case was erased.
  body_salt    BLOB,
  case_key     BLOB                           -- seq 0 only.
) STRICT;
CREATE UNIQUE INDEX ledger_waiting_by_subject ON ledger_waiting (subject_kind, subject_id, seq);

-- One row for each hour whose batch has joined: another node, or a second turn, leaves it alone.
CREATE TABLE ledger_batch (
  due_at     INTEGER PRIMARY KEY NOT NULL,    -- The full hour.
  line_count INTEGER NOT NULL                 -- Dummies among them; anybody can count as much.
) STRICT;

-- NULL: joined at once. 0: joined with a batch. 1: a dummy of a batch, which no case stands behind.
ALTER TABLE ledger_secret ADD COLUMN is_dummy INTEGER;
CREATE INDEX ledger_secret_by_dummy ON ledger_secret (id) WHERE is_dummy IS NOT NULL;

-- only sqlite
CREATE TRIGGER ledger_batch_no_update BEFORE UPDATE ON ledger_batch
BEGIN SELECT RAISE(ABORT, 'ledger_batch is append-only'); END;
CREATE TRIGGER ledger_batch_no_delete BEFORE DELETE ON ledger_batch
BEGIN SELECT RAISE(ABORT, 'ledger_batch is append-only'); END;
-- end only
-- only postgresql
CREATE TRIGGER ledger_batch_no_change BEFORE UPDATE OR DELETE ON ledger_batch
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_batch_no_truncate BEFORE TRUNCATE ON ledger_batch
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_waiting_no_change BEFORE UPDATE OR DELETE ON ledger_waiting
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse_unless_erasure();
CREATE TRIGGER ledger_waiting_no_truncate BEFORE TRUNCATE ON ledger_waiting
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_unless_erasure();
ALTER TABLE ledger_waiting ALTER COLUMN commit_salt SET STATISTICS 0,
  ALTER COLUMN body_salt SET STATISTICS 0,
  ALTER COLUMN case_key SET STATISTICS 0,
  ALTER COLUMN leaf SET STATISTICS 0;
-- end only
