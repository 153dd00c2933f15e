-- What becomes of what was said of a draft: points, answers, objections, the decision.

-- One row of the synthesis table: a point that one comment or many make.
CREATE TABLE consultation_issue (
  id               INTEGER PRIMARY KEY NOT NULL,
  consultation_id  INTEGER NOT NULL,
  clause           TEXT    NOT NULL,             -- Key in the version read now, or 'all'; empty: gone.
  title            TEXT    NOT NULL,             -- What is asked for, in the desk's words.
  origin           TEXT    NOT NULL CHECK (origin IN ('hand','clause','campaign')),
  answer           TEXT    NOT NULL DEFAULT ''
    CHECK (answer IN ('','accepted','partly','declined','noted')),
  reason           TEXT    NOT NULL DEFAULT '',
  changed_clause   TEXT    NOT NULL DEFAULT '',  -- Where it was taken up, as clause is written.
  wording          TEXT    NOT NULL DEFAULT '',  -- The words as they are now.
  answered_by      INTEGER,                      -- Account.
  answered_at      INTEGER,                      -- NULL while it waits: not answered, or reopened.
  created_by       INTEGER NOT NULL,             -- Account.
  created_at       INTEGER NOT NULL,
  revision         INTEGER NOT NULL DEFAULT 1,
  CHECK (answered_at IS NULL OR answer <> '')
) STRICT;
CREATE INDEX consultation_issue_by_consultation ON consultation_issue (consultation_id, id);

ALTER TABLE consultation_comment ADD COLUMN issue_id INTEGER;  -- NULL: under no point yet.
CREATE INDEX consultation_comment_by_issue
  ON consultation_comment (consultation_id, issue_id, id);

-- Who put a comment under a point, and when: each time is kept.
CREATE TABLE consultation_placement (
  id            INTEGER PRIMARY KEY NOT NULL,
  comment_id    INTEGER NOT NULL,
  issue_id      INTEGER NOT NULL,
  is_suggested  INTEGER NOT NULL,                -- 1: grouped by the machine.
  placed_by     INTEGER NOT NULL,                -- Account.
  placed_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX consultation_placement_by_comment ON consultation_placement (comment_id, id);

-- "My point is not in it", once for each comment.
CREATE TABLE consultation_objection (
  comment_id       INTEGER PRIMARY KEY NOT NULL,
  consultation_id  INTEGER NOT NULL,
  issue_id         INTEGER NOT NULL,             -- The point as it was answered then.
  body             TEXT    NOT NULL,
  sent_at          INTEGER NOT NULL,
  reply            TEXT    NOT NULL DEFAULT '',
  replied_by       INTEGER,                      -- Account.
  replied_at       INTEGER,                      -- NULL while it is open.
  CHECK ((replied_at IS NULL) = (reply = ''))
) STRICT;
CREATE INDEX consultation_objection_by_consultation
  ON consultation_objection (consultation_id, replied_at);

CREATE TABLE consultation_decision (
  consultation_id  INTEGER PRIMARY KEY NOT NULL,
  version          INTEGER NOT NULL,             -- That was decided on.
  note             TEXT    NOT NULL,             -- What was decided.
  table_hash       BLOB    NOT NULL,             -- SHA-256 of the synthesis table as CSV.
  decided_by       INTEGER NOT NULL,             -- Account.
  decided_at       INTEGER NOT NULL,
  line             INTEGER NOT NULL,             -- Of the ledger: the version,
  table_line       INTEGER NOT NULL              -- and the table.
) STRICT;

-- Where the writer of a comment is told what became of it. Gone with the last letter.
CREATE TABLE consultation_contact (
  comment_id    INTEGER PRIMARY KEY NOT NULL,
  way           TEXT    NOT NULL CHECK (way IN ('mail','message')),
  address       TEXT    NOT NULL,
  link_hash     BLOB,                            -- SHA-256 of the token; NULL: used.
  link_until    INTEGER NOT NULL,
  asked_on      INTEGER NOT NULL,                -- The day of the last link, and
  asked_count   INTEGER NOT NULL,                -- how many there were on it.
  confirmed_at  INTEGER,
  told_at       INTEGER NOT NULL DEFAULT 0,      -- Of the answer that was told last,
  told_issue    INTEGER NOT NULL DEFAULT 0       -- and of which point it was.
) STRICT;
