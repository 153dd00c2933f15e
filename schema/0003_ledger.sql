-- The ledger: what happened (private spine), what the public can check (opaque leaves), what opens
-- a leaf (erasable), and the signed heads. docs/formats/ledger.md gives the bytes.

-- The private spine: one row for each event of a case, for ever. Others read it from where they left
-- off. Ids grow; a number is missing where a leaf belongs to no entry.
CREATE TABLE ledger_entry (
  id           INTEGER PRIMARY KEY NOT NULL,  -- Of its leaf: the leaf's index + 1.
  at           INTEGER NOT NULL,
  event        TEXT    NOT NULL CHECK (event IN ('received', 'accepted', 'assigned', 'transferred',
                 'asked', 'replied', 'extended', 'answered', 'promised', 'declined', 'redirected',
                 'contested', 'rated', 'reopened', 'closed', 'lapsed', 'merged', 'published',
                 'redacted', 'opened_identity', 'rekeyed', 'erased')),
  subject_kind TEXT    NOT NULL,              -- The table of what it happened to: 'feedback'.
  subject_id   INTEGER NOT NULL,
  seq          INTEGER NOT NULL CHECK (seq >= 0),  -- Within the subject, from 0 without a gap.
  party        TEXT    NOT NULL CHECK (party IN ('citizen', 'office', 'supervisor', 'clock')),
  actor_id     INTEGER,                       -- Account of who acted; NULL for citizens and clocks.
  unit_id      INTEGER,                       -- The office that acted, or that it went to.
  payload      TEXT    NOT NULL,              -- Canonical JSON; what the leaf commits to.
  CHECK (event <> 'received' OR seq = 0)
) STRICT;
-- No two events of a case can claim one place in it.
CREATE UNIQUE INDEX ledger_entry_by_subject ON ledger_entry (subject_kind, subject_id, seq);

-- The public log. To whoever has no receipt each row is random bytes.
CREATE TABLE ledger_leaf (
  id   INTEGER PRIMARY KEY NOT NULL,          -- Index in the tree + 1; no gaps.
  leaf BLOB    NOT NULL                       -- 65 bytes beginning 0x01 for an event of a case.
) STRICT;

-- What opens a leaf. The only part of the ledger that may be taken away, by a logged erasure.
CREATE TABLE ledger_secret (
  id          INTEGER PRIMARY KEY NOT NULL,   -- Of the entry.
  commit_salt BLOB    NOT NULL,               -- 64 bytes, hides the payload.
  body_salt   BLOB    NOT NULL,               -- 32 bytes, hides the text and the files.
  case_key    BLOB                            -- 32 bytes, tags all events of the subject; seq 0 only.
) STRICT;

-- Each head that was signed: one for each batch that added leaves, and one for the empty log.
CREATE TABLE ledger_head (
  size INTEGER PRIMARY KEY NOT NULL,          -- Leaves in the tree.
  root BLOB    NOT NULL,                      -- 32 bytes.
  note TEXT    NOT NULL,                      -- The signed checkpoint.
  at   INTEGER NOT NULL                       -- Never less than that of the head before.
) STRICT;
CREATE INDEX ledger_head_by_at ON ledger_head (at);

-- Whose log this is. One row.
CREATE TABLE ledger_log (
  id        INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
  origin    TEXT    NOT NULL,
  vkey      TEXT    NOT NULL,                 -- The public key, as C2SP writes it.
  opened_at INTEGER NOT NULL                  -- When the program that signs last started.
) STRICT;

-- The third wall: whatever the code and the connection let through, these rows stay as they are.
-- only sqlite
CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END;
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END;
CREATE TRIGGER ledger_leaf_no_update BEFORE UPDATE ON ledger_leaf
BEGIN SELECT RAISE(ABORT, 'ledger_leaf is append-only'); END;
CREATE TRIGGER ledger_leaf_no_delete BEFORE DELETE ON ledger_leaf
BEGIN SELECT RAISE(ABORT, 'ledger_leaf is append-only'); END;
CREATE TRIGGER ledger_head_no_update BEFORE UPDATE ON ledger_head
BEGIN SELECT RAISE(ABORT, 'ledger_head is append-only'); END;
CREATE TRIGGER ledger_head_no_delete BEFORE DELETE ON ledger_head
BEGIN SELECT RAISE(ABORT, 'ledger_head is append-only'); END;
-- end only
