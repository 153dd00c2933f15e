-- What people are to be told, written in the transaction of what happened, so that neither is ever
-- without the other. A notice is a sentence by its key and the values for its holes.
CREATE TABLE notice_outbox (
  id             INTEGER PRIMARY KEY,
  kind           TEXT    NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),  -- "feedback.answered"
  to_kind        TEXT    NOT NULL CHECK (to_kind IN ('citizen','staff')),
  to_account_id  INTEGER,                     -- Who of the staff; NULL for citizens.
  address        TEXT    NOT NULL DEFAULT '', -- Where to send; empty: told on the page alone.
  subject_kind   TEXT    NOT NULL CHECK (length(subject_kind) BETWEEN 1 AND 40),
  subject_id     INTEGER NOT NULL,            -- A row of the room named by subject_kind.
  text_key       TEXT    NOT NULL CHECK (length(text_key) BETWEEN 1 AND 100),
  language       TEXT    NOT NULL CHECK (language IN ('vi','en')),
  created_at     INTEGER NOT NULL,
  due_at         INTEGER NOT NULL,            -- Not to be sent, or sent again, before.
  attempts       INTEGER NOT NULL DEFAULT 0,  -- How often sending has failed.
  sent_at        INTEGER,                     -- It left for the address, which is then empty.
  seen_at        INTEGER,                     -- The staff member has opened their list since.
  CHECK ((to_account_id IS NOT NULL) = (to_kind = 'staff')),
  CHECK (sent_at IS NULL OR address = '')
) STRICT;
CREATE INDEX notice_outbox_by_subject ON notice_outbox (subject_kind, subject_id, id);
CREATE INDEX notice_outbox_by_account ON notice_outbox (to_account_id, id);
CREATE INDEX notice_outbox_waiting ON notice_outbox (due_at) WHERE address <> '';

-- The values for the holes of the sentence.
CREATE TABLE notice_value (
  notice_id  INTEGER NOT NULL REFERENCES notice_outbox (id),
  name       TEXT    NOT NULL,
  value      TEXT    NOT NULL,
  PRIMARY KEY (notice_id, name)
) STRICT;
