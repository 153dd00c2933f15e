-- The monthly trees of sums (decision 19): what a case's holder is shown to see that it was counted.

-- Up to 1,024 leaves of the tree of one unit and figure in one monthly fact. A label is a hash under
-- the key of a case: once that is erased, nobody can say whose it was, and the tree stays whole.
CREATE TABLE ledger_sum (
  fact_id     INTEGER NOT NULL,               -- Of the entry in ledger_entry that says the root.
  unit        TEXT    NOT NULL,               -- Its code as it stands in the fact, or *.
  figure      TEXT    NOT NULL,
  n           INTEGER NOT NULL CHECK (n >= 0),-- Leaves n·1024 up to (n+1)·1024.
  first_label BLOB    NOT NULL CHECK (length(first_label) = 32),
  labels      BLOB    NOT NULL CHECK (length(labels) BETWEEN 32 AND 32768),  -- 32 bytes each, ascending.
  root        BLOB    NOT NULL CHECK (length(root) = 32),  -- Of the subtree of these.
  PRIMARY KEY (unit, figure, fact_id, n)
) STRICT;
CREATE INDEX ledger_sum_by_fact ON ledger_sum (fact_id);

-- only sqlite
CREATE TRIGGER ledger_sum_no_update BEFORE UPDATE ON ledger_sum
BEGIN SELECT RAISE(ABORT, 'ledger_sum is append-only'); END;
CREATE TRIGGER ledger_sum_no_delete BEFORE DELETE ON ledger_sum
BEGIN SELECT RAISE(ABORT, 'ledger_sum is append-only'); END;
-- end only
-- only postgresql
CREATE TRIGGER ledger_sum_no_change BEFORE UPDATE OR DELETE ON ledger_sum
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_sum_no_truncate BEFORE TRUNCATE ON ledger_sum
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
-- end only
