-- Indexes for the lists of cases. Each statement of a list walks one of these in its own order and
-- stops when the page is full; what it leaves out it judges from the index alone. They hold only
-- the rows a list can show, so that sending a report touches few of them. Their conditions are said
-- as comparisons: for a list of words SQLite builds a temporary index with each row that is written.

-- The public register: of one office, and by words of its filters.
DROP INDEX feedback_by_published;
CREATE INDEX feedback_by_published ON feedback (id, unit_path) WHERE published_at IS NOT NULL;
CREATE INDEX feedback_by_published_unit ON feedback (unit_path, id, about, kind, state)
  WHERE published_at IS NOT NULL;
CREATE INDEX feedback_by_published_words ON feedback (about, kind, state, id, unit_path)
  WHERE published_at IS NOT NULL;
-- What was solved last, and what was looked at most among what was published lately.
CREATE INDEX feedback_by_solved ON feedback (closed_at, id)
  WHERE published_at IS NOT NULL AND closed_by = 'citizen' AND about <> 'conduct';
CREATE INDEX feedback_by_viewed ON feedback (published_at, view_count, id)
  WHERE published_at IS NOT NULL AND about <> 'conduct' AND view_count > 0;

-- The queue: what is open, of one office and of a whole city by the date that counts, and of one
-- officer. The date is that of queued_at() in feedback_store_lists.h.
DROP INDEX feedback_by_unit;
CREATE INDEX feedback_by_open_unit
  ON feedback (unit_path, id, state, about, officer_id, object_path, due_at, promised_on)
  WHERE state <> 'answered' AND state <> 'declined' AND state <> 'redirected'
    AND state <> 'closed';
CREATE INDEX feedback_by_open ON feedback (state, (CASE WHEN state = 'promised' AND promised_on IS NOT NULL
    THEN promised_on * 86400000 + 36000000 WHEN state = 'asked' THEN due_at + 604800000
    ELSE due_at END),
  id, unit_path)
  WHERE state <> 'answered' AND state <> 'declined' AND state <> 'redirected'
    AND state <> 'closed';
CREATE INDEX feedback_by_officer ON feedback (officer_id, (CASE WHEN state = 'promised'
    AND promised_on IS NOT NULL THEN promised_on * 86400000 + 36000000 WHEN state = 'asked'
    THEN due_at + 604800000 ELSE due_at END),
  id, unit_path, state, about, object_path, due_at, promised_on)
  WHERE officer_id IS NOT NULL AND state <> 'answered' AND state <> 'declined' AND state <> 'redirected'
    AND state <> 'closed';
-- What is over, of one office, newest first.
CREATE INDEX feedback_by_over_unit ON feedback (unit_path, id, about, officer_id, object_path)
  WHERE state <> 'received' AND state <> 'accepted' AND state <> 'assigned'
    AND state <> 'asked' AND state <> 'promised' AND state <> 'reopened';

-- Figures are counted from these alone: every case by the day it was received, ratings by the day
-- they were first given, and what no figure may count. The last one also finds protected cases.
DROP INDEX feedback_by_received;
CREATE INDEX feedback_by_received
  ON feedback (received_at, unit_id, sender, state, answered_at, first_due_at, due_at,
               reopen_count, closed_by, about, is_protected, entered_by);
CREATE INDEX feedback_left_out ON feedback (id, is_protected)
  WHERE about = 'conduct' OR is_protected = 1;
CREATE INDEX satisfaction_rating_by_first
  ON satisfaction_rating (first_at, unit_id, score, feedback_id, entered_by);

-- Silence is counted from here; those who were asked are found as what is open.
DROP INDEX feedback_by_state;
CREATE INDEX feedback_by_answered ON feedback (last_answered_at) WHERE state = 'answered';
