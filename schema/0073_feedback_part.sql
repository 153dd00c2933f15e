-- A letter that names two matters for two offices: each part is a case of its own, with its own
-- office, date and answer, and one letter keeps them together for whoever sent it.
CREATE TABLE feedback_part (
  feedback_id INTEGER PRIMARY KEY NOT NULL,   -- The part.
  letter_id   INTEGER NOT NULL,               -- The case it was taken from, never a part itself.
  number      INTEGER NOT NULL,               -- Within the letter, from 2: what stayed there is 1.
  made_at     INTEGER NOT NULL,
  made_by     INTEGER NOT NULL,               -- Account.
  undone_at   INTEGER,                        -- Put back before anybody worked on it.
  CHECK (feedback_id <> letter_id)
) STRICT;
CREATE UNIQUE INDEX feedback_part_by_letter ON feedback_part (letter_id, number);

-- The queue by what an officer narrows it to, each in the order of the queue.
CREATE INDEX feedback_by_open_nobody ON feedback ((CASE WHEN state = 'promised'
    AND promised_on IS NOT NULL THEN promised_on * 86400000 + 36000000 WHEN state = 'asked'
    THEN due_at + 604800000 ELSE due_at END),
  id, unit_path, state, about, object_path, due_at, promised_on)
  WHERE officer_id IS NULL AND state <> 'answered' AND state <> 'declined'
    AND state <> 'redirected' AND state <> 'closed';
CREATE INDEX feedback_by_open_topic ON feedback (topic_id, (CASE WHEN state = 'promised'
    AND promised_on IS NOT NULL THEN promised_on * 86400000 + 36000000 WHEN state = 'asked'
    THEN due_at + 604800000 ELSE due_at END),
  id, unit_path, state, about, officer_id, object_path, due_at, promised_on)
  WHERE topic_id IS NOT NULL AND state <> 'answered' AND state <> 'declined'
    AND state <> 'redirected' AND state <> 'closed';
CREATE INDEX feedback_by_open_urgent ON feedback ((CASE WHEN state = 'promised'
    AND promised_on IS NOT NULL THEN promised_on * 86400000 + 36000000 WHEN state = 'asked'
    THEN due_at + 604800000 ELSE due_at END),
  id, unit_path, state, about, officer_id, object_path, due_at, promised_on)
  WHERE urgent_at IS NOT NULL AND state <> 'answered' AND state <> 'declined'
    AND state <> 'redirected' AND state <> 'closed';
CREATE INDEX feedback_foreign_by_source ON feedback_foreign (source, feedback_id);
