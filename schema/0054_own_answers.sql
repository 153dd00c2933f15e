-- What one officer answered: for their mirror.
CREATE INDEX feedback_by_officer_answered ON feedback (officer_id, last_answered_at)
  WHERE officer_id IS NOT NULL;
