-- The stored tree above the leaves, and which heads were shown to everybody.

-- Upper six layers of each complete subtree of 256^level leaves (engine/merkle/merkle_trunk.h). They
-- follow from the leaves: what they save is hashing, at a start and for each proof.
CREATE TABLE ledger_crown (
  level  INTEGER NOT NULL CHECK (level BETWEEN 1 AND 8),
  n      INTEGER NOT NULL CHECK (n >= 0),     -- Leaves n·256^level up to (n+1)·256^level.
  hashes BLOB    NOT NULL,                    -- 63 of 32 bytes: root, then layer by layer.
  PRIMARY KEY (level, n)
) STRICT;

-- Heads that were published: at fixed ticks and at each start, never when somebody spoke.
CREATE TABLE ledger_tick (
  at   INTEGER PRIMARY KEY NOT NULL,          -- The tick; the head is the newest signed until then.
  size INTEGER NOT NULL REFERENCES ledger_head (size)  -- Never less than that of the tick before.
) STRICT;

-- only sqlite
CREATE TRIGGER ledger_crown_no_update BEFORE UPDATE ON ledger_crown
BEGIN SELECT RAISE(ABORT, 'ledger_crown is append-only'); END;
CREATE TRIGGER ledger_crown_no_delete BEFORE DELETE ON ledger_crown
BEGIN SELECT RAISE(ABORT, 'ledger_crown is append-only'); END;
CREATE TRIGGER ledger_tick_no_update BEFORE UPDATE ON ledger_tick
BEGIN SELECT RAISE(ABORT, 'ledger_tick is append-only'); END;
CREATE TRIGGER ledger_tick_no_delete BEFORE DELETE ON ledger_tick
BEGIN SELECT RAISE(ABORT, 'ledger_tick is append-only'); END;
-- end only
