-- Decisions by households: one household, one vote, secret (feature/ballot, decision 39).

CREATE TABLE ballot (
  id             INTEGER PRIMARY KEY NOT NULL,
  unit_id        INTEGER NOT NULL,              -- The commune, and its place in the tree.
  unit_path      TEXT    NOT NULL,
  area           TEXT    NOT NULL,              -- Village or residential group that decides.
  title_vi       TEXT    NOT NULL,
  title_en       TEXT    NOT NULL DEFAULT '',
  summary        TEXT    NOT NULL,
  rule           TEXT    NOT NULL,              -- Code in data/ballot/rules.csv, and what it said
  needs_part     INTEGER NOT NULL,              -- when the decision was announced.
  needs_whole    INTEGER NOT NULL,
  is_above       INTEGER NOT NULL,              -- 1: more than the part; 0: the part or more.
  quorum_part    INTEGER NOT NULL,
  quorum_whole   INTEGER NOT NULL,
  source         TEXT    NOT NULL,
  opens_at       INTEGER NOT NULL,
  closes_at      INTEGER NOT NULL,
  stage          TEXT    NOT NULL CHECK (stage IN ('announced','counted','cancelled')),
  households     INTEGER NOT NULL,              -- All of the area, whether they vote or not.
  text_hash      BLOB    NOT NULL,              -- SHA-256 of what was announced.
  created_by     INTEGER NOT NULL,              -- Account.
  created_at     INTEGER NOT NULL,
  line           INTEGER NOT NULL,
  reason         TEXT    NOT NULL DEFAULT '',   -- Why it was cancelled.
  voted          INTEGER,                       -- Ballots in the box, once counted.
  box_hash       BLOB,                          -- SHA-256 of the box as it is given out.
  counted_at     INTEGER,
  counted_line   INTEGER,
  is_mixed       INTEGER NOT NULL DEFAULT 0,    -- Nothing in the files tells who voted when.
  revision       INTEGER NOT NULL DEFAULT 1,
  handed_in      INTEGER NOT NULL DEFAULT 0,    -- Slips given for paper, once counted.
  is_sorted      INTEGER NOT NULL DEFAULT 0,    -- Closed, and the rows were written anew.
  CHECK ((stage = 'counted') = (box_hash IS NOT NULL))
) STRICT;
CREATE INDEX ballot_by_stage ON ballot (stage, closes_at, id);

CREATE TABLE ballot_question (
  ballot_id  INTEGER NOT NULL,
  number     INTEGER NOT NULL,
  text_vi    TEXT    NOT NULL,
  text_en    TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (ballot_id, number)
) STRICT;

CREATE TABLE ballot_option (
  ballot_id  INTEGER NOT NULL,
  question   INTEGER NOT NULL,
  number     INTEGER NOT NULL,
  text_vi    TEXT    NOT NULL,
  text_en    TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (ballot_id, question, number)
) STRICT;

-- Who may vote: a number on the list of the area, never a name. That it has voted, never what or
-- when.
CREATE TABLE ballot_household (
  id          INTEGER PRIMARY KEY NOT NULL,
  ballot_id   INTEGER NOT NULL,
  number      TEXT    NOT NULL,
  way         TEXT    NOT NULL CHECK (way IN ('none','online','paper','removed')),
  objects     INTEGER NOT NULL DEFAULT 0,       -- Says that somebody else used its slip.
  UNIQUE (ballot_id, number)
) STRICT;

CREATE TABLE ballot_slip (
  id            INTEGER PRIMARY KEY NOT NULL,
  ballot_id     INTEGER NOT NULL,
  household_id  INTEGER NOT NULL,
  code          TEXT    NOT NULL UNIQUE,        -- Shown as BP-7K2M-9QPR.
  citizen_key   BLOB    NOT NULL,               -- Public half of the key made from the secret.
  is_valid      INTEGER NOT NULL DEFAULT 1      -- 0: another slip was printed in its place.
) STRICT;
CREATE INDEX ballot_slip_by_household ON ballot_slip (household_id, id);

-- The box. A ballot bears a mark drawn for it alone: nothing here leads to a household. Rows lie in
-- the order of the marks and not in that of voting: on SQLite always, on PostgreSQL from the count on.
-- only sqlite
CREATE TABLE ballot_vote (
  ballot_id  INTEGER NOT NULL,
  question   INTEGER NOT NULL,
  mark       TEXT    NOT NULL,
  choice     INTEGER NOT NULL,                  -- 0: blank or spoiled.
  PRIMARY KEY (ballot_id, question, mark)
) STRICT, WITHOUT ROWID;
-- end only
-- only postgresql
CREATE TABLE ballot_vote (
  ballot_id  INTEGER NOT NULL,
  question   INTEGER NOT NULL,
  mark       TEXT    NOT NULL,
  choice     INTEGER NOT NULL,                  -- 0: blank or spoiled.
  PRIMARY KEY (ballot_id, question, mark)
) STRICT;
-- end only

-- The paper ballots as each of those who counted typed them; kept only until two agree.
CREATE TABLE ballot_tally (
  ballot_id   INTEGER NOT NULL,
  account_id  INTEGER NOT NULL,
  counts      TEXT    NOT NULL,
  PRIMARY KEY (ballot_id, account_id)
) STRICT;

-- What the office did, each with its line of the ledger.
CREATE TABLE ballot_event (
  id         INTEGER PRIMARY KEY NOT NULL,
  ballot_id  INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  what       TEXT    NOT NULL,
  words      TEXT    NOT NULL DEFAULT '',
  line       INTEGER NOT NULL
) STRICT;
CREATE INDEX ballot_event_by_ballot ON ballot_event (ballot_id, id);
