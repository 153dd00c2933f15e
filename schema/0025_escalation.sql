-- Before whom a case was put because its office let a date pass (data/escalation.csv).
CREATE TABLE feedback_escalation (
  id            INTEGER PRIMARY KEY,
  feedback_id   INTEGER NOT NULL,
  rung          INTEGER NOT NULL,
  due_at        INTEGER NOT NULL,  -- The date that was missed; a new date has rungs of its own.
  at            INTEGER NOT NULL,  -- Of a protected case the hour alone.
  from_unit_id  INTEGER NOT NULL,  -- The office that was late.
  to_unit_id    INTEGER NOT NULL,
  to_path       TEXT    NOT NULL,
  UNIQUE (feedback_id, rung, due_at)
) STRICT;
CREATE INDEX feedback_escalation_by_path ON feedback_escalation (to_path, rung, id);
CREATE INDEX feedback_escalation_by_from ON feedback_escalation (from_unit_id, at);
