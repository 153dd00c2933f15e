-- Trust, said beside a rating and never needed for it: would they report again, did they believe the
-- answer (decision 56). An empty text is somebody who did not say.
ALTER TABLE satisfaction_rating ADD COLUMN again TEXT NOT NULL DEFAULT ''
  CHECK (again = '' OR again = 'yes' OR again = 'no');
ALTER TABLE satisfaction_rating ADD COLUMN believed TEXT NOT NULL DEFAULT ''
  CHECK (believed = '' OR believed = 'yes' OR believed = 'no');
