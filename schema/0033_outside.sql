-- What is told of a sender or of a case to somebody outside: to an authority that orders it.

-- An order by which an authority asked for what is kept secret, and what was done about it. One row
-- for each order and case; never changed, never taken out. The public log counts each.
CREATE TABLE feedback_disclosure (
  id           INTEGER PRIMARY KEY,
  at           INTEGER NOT NULL,              -- When it was written down.
  account_id   INTEGER NOT NULL,              -- The ombudsman who did.
  authority    TEXT    NOT NULL,              -- feedback_disclosure.h
  outcome      TEXT    NOT NULL,              -- "refused", "partly", "given"
  ordered_on   INTEGER NOT NULL,              -- Day of the order.
  order_number TEXT    NOT NULL,
  basis        TEXT    NOT NULL,              -- The law it names, and why this was the answer.
  feedback_id  INTEGER NOT NULL DEFAULT 0,    -- 0: no one case.
  silent_until INTEGER,                       -- Day up to which the order forbids telling the sender.
  CHECK (outcome = 'refused' OR outcome = 'partly' OR outcome = 'given')
) STRICT;
CREATE INDEX feedback_disclosure_by_feedback ON feedback_disclosure (feedback_id)
  WHERE feedback_id <> 0;

-- Somebody outside who is asked about a case by a link that is good for one answer: a body that has
-- no account here, or who is complained about and may say their side.
CREATE TABLE feedback_invitation (
  id           INTEGER PRIMARY KEY,
  feedback_id  INTEGER NOT NULL,
  purpose      TEXT    NOT NULL CHECK (purpose = 'body' OR purpose = 'named'),
  link_hash    BLOB    NOT NULL,              -- SHA-256 of what stands in the link.
  addressee    TEXT    NOT NULL,
  text         TEXT    NOT NULL,              -- What they are told and asked; never the sender's words
                                              -- by themselves.
  officer_id   INTEGER NOT NULL,
  at           INTEGER NOT NULL,              -- Of a protected case the hour alone.
  expires_at   INTEGER NOT NULL,
  withdrawn_at INTEGER,
  answered_at  INTEGER,
  answer       TEXT    NOT NULL DEFAULT '',
  released_at  INTEGER,                       -- From when on the answer stands beside the office's.
  CHECK (answered_at IS NOT NULL OR released_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX feedback_invitation_by_link ON feedback_invitation (link_hash);
CREATE INDEX feedback_invitation_by_feedback ON feedback_invitation (feedback_id, id);

-- only postgresql
ALTER TABLE feedback_invitation ALTER COLUMN text SET STATISTICS 0,
  ALTER COLUMN addressee SET STATISTICS 0, ALTER COLUMN answer SET STATISTICS 0;
ALTER TABLE feedback_disclosure ALTER COLUMN basis SET STATISTICS 0;
-- end only
