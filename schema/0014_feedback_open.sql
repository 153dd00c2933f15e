-- The queue of a whole city judges each case it passes; with what it judges by in the index it reads
-- no row that it does not show.
DROP INDEX feedback_by_open;
CREATE INDEX feedback_by_open ON feedback (state, (CASE WHEN state = 'promised' AND promised_on IS NOT NULL
    THEN promised_on * 86400000 + 36000000 WHEN state = 'asked' THEN due_at + 604800000
    ELSE due_at END),
  id, unit_path, about, officer_id, object_path, due_at, promised_on)
  WHERE state <> 'answered' AND state <> 'declined' AND state <> 'redirected'
    AND state <> 'closed';
