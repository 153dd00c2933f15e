-- Whether anybody pressed the sender of a case about conduct, or of a protected one: asked after 7, 30
-- and 90 days. No office reads it, and it is no event of the case.
CREATE TABLE feedback_pressure (
  id           INTEGER PRIMARY KEY,
  feedback_id  INTEGER NOT NULL,
  round        INTEGER NOT NULL CHECK (round = 7 OR round = 30 OR round = 90),  -- Days after sending.
  asked_at     INTEGER NOT NULL,
  answered_at  INTEGER,                     -- Of a protected case the hour alone.
  answer       TEXT CHECK (answer = 'none' OR answer = 'pressed' OR answer = 'unsaid'),
  text         TEXT    NOT NULL DEFAULT '', -- What happened, in the sender's words.
  taken_up_at  INTEGER,                     -- A supervisor has seen to it.
  taken_up_by  INTEGER,
  UNIQUE (feedback_id, round),
  CHECK ((answered_at IS NULL) = (answer IS NULL)),
  CHECK ((taken_up_at IS NULL) = (taken_up_by IS NULL))
) STRICT;
CREATE INDEX feedback_pressure_by_answer ON feedback_pressure (id) WHERE answer = 'pressed';
-- only postgresql
ALTER TABLE feedback_pressure ALTER COLUMN text TYPE TEXT,
  ALTER COLUMN text SET STATISTICS 0;
-- end only
