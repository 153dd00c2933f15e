-- What makes the daily work of staff lighter: saved filters, texts with holes, a second reader, and
-- leave.

-- How a unit works. No row: as everybody does.
CREATE TABLE feedback_practice (
  unit_id      INTEGER PRIMARY KEY NOT NULL,
  needs_second INTEGER NOT NULL DEFAULT 0,    -- 1: a second officer reads an answer before it goes out.
  changed_at   INTEGER NOT NULL,
  changed_by   INTEGER NOT NULL
) STRICT;

-- An answer that waits for its second reader, or came back from there. No row: nothing waits.
CREATE TABLE feedback_review (
  feedback_id INTEGER PRIMARY KEY NOT NULL,
  unit_id     INTEGER NOT NULL,               -- Who handled the case then; elsewhere it waits no more.
  author_id   INTEGER NOT NULL,
  text        TEXT    NOT NULL,
  outcome     TEXT    NOT NULL,
  evidence    TEXT    NOT NULL DEFAULT '',
  at          INTEGER NOT NULL,               -- Of a protected case the hour alone.
  is_returned INTEGER NOT NULL DEFAULT 0,
  reader_id   INTEGER,                        -- Who gave it back.
  note        TEXT    NOT NULL DEFAULT '',    -- Why.
  CHECK ((is_returned = 1) = (reader_id IS NOT NULL))
) STRICT;

-- Texts that an office begins its letters with. `text` has holes such as {code}.
CREATE TABLE feedback_template (
  id         INTEGER PRIMARY KEY,
  unit_id    INTEGER NOT NULL,                -- For the cases of this unit and of those below it.
  name       TEXT    NOT NULL,
  text       TEXT    NOT NULL,
  changed_at INTEGER NOT NULL,
  changed_by INTEGER NOT NULL
) STRICT;
CREATE INDEX feedback_template_by_unit ON feedback_template (unit_id, id);

-- Filters of the queue under a name.
CREATE TABLE feedback_filter (
  id         INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL,                -- Who saved it.
  unit_id    INTEGER,                         -- For everybody in this unit; NULL: for who saved it.
  name       TEXT    NOT NULL,
  query      TEXT    NOT NULL,                -- Of the address of the queue.
  at         INTEGER NOT NULL
) STRICT;
CREATE INDEX feedback_filter_by_account ON feedback_filter (account_id, id);
CREATE INDEX feedback_filter_by_unit ON feedback_filter (unit_id, id) WHERE unit_id IS NOT NULL;

-- Who is away, and who stands in.
CREATE TABLE feedback_absence (
  id            INTEGER PRIMARY KEY,
  account_id    INTEGER NOT NULL,
  substitute_id INTEGER NOT NULL,
  first_day     INTEGER NOT NULL,
  last_day      INTEGER NOT NULL,             -- Still away on it.
  at            INTEGER NOT NULL,
  ended_at      INTEGER,                      -- Taken back, or ended early.
  handed_at     INTEGER,                      -- When what they had in hand went to the substitute.
  CHECK (account_id <> substitute_id),
  CHECK (first_day <= last_day)
) STRICT;
CREATE INDEX feedback_absence_by_account ON feedback_absence (account_id, last_day);

-- only postgresql
ALTER TABLE feedback_review ALTER COLUMN text SET STATISTICS 0,
  ALTER COLUMN evidence SET STATISTICS 0, ALTER COLUMN note SET STATISTICS 0;
-- end only
