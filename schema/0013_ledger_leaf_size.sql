-- A leaf longer than an entry bundle can hold would make the log one that nobody can read to its end.
-- The longest that has a use, a public fact in clear, is far below 16 KiB.
-- only sqlite
CREATE TRIGGER ledger_leaf_size BEFORE INSERT ON ledger_leaf
WHEN length(NEW.leaf) NOT BETWEEN 1 AND 16384
BEGIN SELECT RAISE(ABORT, 'a leaf has 1 to 16384 bytes'); END;
-- end only
-- only postgresql
ALTER TABLE ledger_leaf ADD CONSTRAINT ledger_leaf_size
  CHECK (octet_length(leaf) BETWEEN 1 AND 16384) NOT VALID;
-- end only
