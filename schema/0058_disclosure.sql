-- What a commune has to disclose: due, posted, read, asked (feature/disclosure, decision 39).

CREATE TABLE disclosure (
  id              INTEGER PRIMARY KEY NOT NULL,
  unit_id         INTEGER NOT NULL,             -- The commune, and its place in the tree.
  unit_path       TEXT    NOT NULL,
  item            TEXT    NOT NULL,             -- Code in data/disclosure/items.csv.
  title           TEXT    NOT NULL,             -- Which plan, which project.
  decided_on      INTEGER NOT NULL,             -- Day from which the term counts.
  working_days    INTEGER NOT NULL,             -- The term, and where it is written,
  source          TEXT    NOT NULL,             -- when it became due.
  due_at          INTEGER NOT NULL,             -- End of the last working day.
  posts           INTEGER NOT NULL DEFAULT 0,   -- Also those that nobody can read here.
  first_posted_at INTEGER,                      -- So that anybody can read it; NULL: not yet.
  views           INTEGER NOT NULL DEFAULT 0,   -- Times its page was opened; nothing about by whom.
  created_by      INTEGER NOT NULL,             -- Account.
  created_at      INTEGER NOT NULL,
  line            INTEGER NOT NULL,
  CHECK (posts > 0 OR first_posted_at IS NULL)
) STRICT;
CREATE INDEX disclosure_by_unit ON disclosure (unit_path, due_at, id);

-- Postings as they were made; none is changed, another one takes the next number.
CREATE TABLE disclosure_post (
  disclosure_id  INTEGER NOT NULL,
  number         INTEGER NOT NULL,
  body           TEXT    NOT NULL DEFAULT '',
  link           TEXT    NOT NULL DEFAULT '',
  place          TEXT    NOT NULL DEFAULT '',   -- Where it hangs; alone, nobody can read it here.
  posted_by      INTEGER NOT NULL,
  posted_at      INTEGER NOT NULL,
  line           INTEGER NOT NULL,
  PRIMARY KEY (disclosure_id, number)
) STRICT;

CREATE TABLE disclosure_question (
  id             INTEGER PRIMARY KEY NOT NULL,
  disclosure_id  INTEGER NOT NULL,
  code           TEXT    NOT NULL UNIQUE,       -- Shown as CK-7K2M-9QPR.
  citizen_key    BLOB    NOT NULL,              -- Public half of the key made from the secret.
  body           TEXT    NOT NULL,              -- As asked (NFC); empty once withdrawn.
  state          TEXT    NOT NULL CHECK (state IN ('shown','hidden','withdrawn')),
  reason         TEXT    NOT NULL DEFAULT '',   -- Why it is hidden; a word of the list.
  asked_at       INTEGER NOT NULL,
  answer         TEXT    NOT NULL DEFAULT '',
  answered_at    INTEGER,
  revision       INTEGER NOT NULL DEFAULT 1,
  CHECK ((state = 'hidden') = (reason <> ''))
) STRICT;
CREATE INDEX disclosure_question_by_item ON disclosure_question (disclosure_id, id);

-- only postgresql
-- Words leave no samples behind (decision 16).
ALTER TABLE disclosure_question ALTER COLUMN body SET STATISTICS 0, ALTER COLUMN answer SET STATISTICS 0;
-- end only
