-- What cannot wait: danger, an accident, a flood. A topic says how long it may take then, and a case
-- when it was found to be so.

ALTER TABLE feedback ADD COLUMN urgent_at INTEGER;   -- Of a protected case the hour alone.
-- Counted from there; four working hours where nobody set it otherwise.
ALTER TABLE feedback_topic ADD COLUMN urgent_kind TEXT NOT NULL DEFAULT 'working_hours'
  CHECK (urgent_kind = 'working_hours' OR urgent_kind = 'working_days'
         OR urgent_kind = 'calendar_days');
ALTER TABLE feedback_topic ADD COLUMN urgent_count INTEGER NOT NULL DEFAULT 4
  CHECK (urgent_count >= 1 AND urgent_count <= 365);
