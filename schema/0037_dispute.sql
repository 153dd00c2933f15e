-- Two offices of which each says that a matter is the other's: whoever stands above both decides.
CREATE TABLE feedback_dispute (
  id            INTEGER PRIMARY KEY,
  feedback_id   INTEGER NOT NULL,
  at            INTEGER NOT NULL,  -- Of a protected case the hour alone.
  by_unit_id    INTEGER NOT NULL,  -- Has the case, and keeps it until it is decided.
  with_unit_id  INTEGER NOT NULL,  -- Had it before and passed it on.
  above_unit_id INTEGER NOT NULL,  -- Decides.
  above_path    TEXT    NOT NULL,
  decided_at    INTEGER,
  decided_unit_id INTEGER,
  CHECK ((decided_at IS NULL) = (decided_unit_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX feedback_dispute_open ON feedback_dispute (feedback_id) WHERE decided_at IS NULL;
CREATE INDEX feedback_dispute_by_feedback ON feedback_dispute (feedback_id, id);
CREATE INDEX feedback_dispute_by_path ON feedback_dispute (above_path, id) WHERE decided_at IS NULL;
