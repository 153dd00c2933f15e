-- The queue of an office in its order: each unit is a stretch of the index, by the date that counts.
DROP INDEX feedback_by_open_unit;
CREATE INDEX feedback_by_open_unit ON feedback (unit_path, (CASE WHEN state = 'promised'
    AND promised_on IS NOT NULL THEN promised_on * 86400000 + 36000000 WHEN state = 'asked'
    THEN due_at + 604800000 ELSE due_at END),
  id, state, about, officer_id, object_path, due_at, promised_on)
  WHERE state <> 'answered' AND state <> 'declined' AND state <> 'redirected'
    AND state <> 'closed';
