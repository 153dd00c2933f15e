-- Letters that many sent, kept as data; the grouping that the desk asked for; and what a person took
-- apart again (feature/consultation, decision 50).

-- Of the last grouping that was asked for. A job does it; whoever looks reads how far it is.
CREATE TABLE consultation_grouping (
  consultation_id  INTEGER PRIMARY KEY NOT NULL,
  asked_by         INTEGER NOT NULL,             -- Account.
  asked_at         INTEGER NOT NULL,
  step             TEXT    NOT NULL
    CHECK (step IN ('waiting','reading','letters','templates','own_text','placing','done')),
  percent          INTEGER NOT NULL DEFAULT 0,   -- Of this step.
  seen_at          INTEGER,                      -- When the job last said so; NULL: not begun.
  comments         INTEGER NOT NULL DEFAULT 0,   -- Looked at.
  placed           INTEGER NOT NULL DEFAULT 0,
  ended_at         INTEGER,
  CHECK ((step = 'done') = (ended_at IS NOT NULL))
) STRICT;

-- The letter behind a point, as it was read out of the comments that stand under it. It holds only
-- words that at least five of them have in common.
CREATE TABLE consultation_letter (
  issue_id         INTEGER PRIMARY KEY NOT NULL,
  consultation_id  INTEGER NOT NULL,
  kind             TEXT    NOT NULL CHECK (kind IN ('','exact','edited','merged')),  -- '': none.
  parts            TEXT    NOT NULL DEFAULT '',  -- Fixed words and slots (consultation_letter.h).
  members          INTEGER NOT NULL DEFAULT 0,   -- Comments that were read, …
  fitting          INTEGER NOT NULL DEFAULT 0,   -- … and those of them without words of their own.
  title            TEXT    NOT NULL DEFAULT '',  -- That the machine gave the point last.
  is_stale         INTEGER NOT NULL DEFAULT 1,   -- 1: a comment came, went or changed since; above:
                                                 -- drawn by whoever reads it, nothing changed so far.
  read_at          INTEGER,
  not_before       INTEGER                       -- When it may be read again; NULL: at once.
) STRICT;
CREATE INDEX consultation_letter_by_consultation ON consultation_letter (consultation_id, issue_id);
CREATE INDEX consultation_letter_stale ON consultation_letter (issue_id) WHERE is_stale <> 0;

-- What of a comment is not the letter it stands with; no row when there is nothing. The row goes when
-- its words change.
CREATE TABLE consultation_letter_member (
  comment_id  INTEGER PRIMARY KEY NOT NULL,
  issue_id    INTEGER NOT NULL,
  own         TEXT    NOT NULL                   -- "12-40 55-90": bytes of the body.
) STRICT;
CREATE INDEX consultation_letter_member_by_issue
  ON consultation_letter_member (issue_id, comment_id);

-- That a person took apart what the machine had put under a point. The machine puts no comment
-- anywhere a second time, so what is loose since waits for a person.
CREATE TABLE consultation_undone (
  id               INTEGER PRIMARY KEY NOT NULL,
  consultation_id  INTEGER NOT NULL,
  issue_id         INTEGER NOT NULL,
  comments         INTEGER NOT NULL,
  undone_by        INTEGER NOT NULL,             -- Account.
  undone_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX consultation_undone_by_consultation ON consultation_undone (consultation_id, id);
