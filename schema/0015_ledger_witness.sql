-- What witnesses have signed of the published heads, and whom this city asks.

-- The policy that serve was started with: everybody is shown it. One row, or none.
CREATE TABLE ledger_policy (
  id     INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
  policy TEXT    NOT NULL                     -- C2SP tlog-policy.
) STRICT;

-- A cosignature of a published head: at most one of each witness and tick.
CREATE TABLE ledger_cosignature (
  at      INTEGER NOT NULL REFERENCES ledger_tick (at),
  witness TEXT    NOT NULL,                   -- Its public key, as C2SP writes it.
  size    INTEGER NOT NULL REFERENCES ledger_head (size),  -- Of the head of that tick.
  seen_at INTEGER NOT NULL,                   -- When the witness says that it saw the head.
  line    TEXT    NOT NULL,                   -- The signature line, with its line feed.
  PRIMARY KEY (at, witness)
) STRICT;
CREATE INDEX ledger_cosignature_by_size ON ledger_cosignature (size, witness, at);
CREATE INDEX ledger_cosignature_by_witness ON ledger_cosignature (witness, at);

-- only sqlite
CREATE TRIGGER ledger_cosignature_no_update BEFORE UPDATE ON ledger_cosignature
BEGIN SELECT RAISE(ABORT, 'ledger_cosignature is append-only'); END;
CREATE TRIGGER ledger_cosignature_no_delete BEFORE DELETE ON ledger_cosignature
BEGIN SELECT RAISE(ABORT, 'ledger_cosignature is append-only'); END;
-- end only
-- only postgresql
CREATE TRIGGER ledger_cosignature_no_change BEFORE UPDATE OR DELETE ON ledger_cosignature
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_cosignature_no_truncate BEFORE TRUNCATE ON ledger_cosignature
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
-- end only
