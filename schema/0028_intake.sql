-- Taking in for others: at a counter, on the phone, from a letter, a recording or a paper form.

-- A case that a clerk typed for somebody (feedback.entered_by says who).
CREATE TABLE feedback_intake (
  feedback_id   INTEGER PRIMARY KEY NOT NULL,
  channel       TEXT    NOT NULL CHECK (channel = 'counter' OR channel = 'phone' OR channel = 'letter'
                                        OR channel = 'voice' OR channel = 'paper'),
  stated_on     INTEGER,                    -- Day it was said or written on, by the clerk's word.
  stated_at     INTEGER,                    -- The same to the minute, kept by a browser without a
                                            -- network; never of a protected case.
  correct_until INTEGER NOT NULL,           -- Until then its sender may put right what was typed.
  corrected_at  INTEGER,                    -- Of a protected case the hour alone.
  first_body    TEXT    NOT NULL DEFAULT '' -- What the clerk had typed, once it was corrected.
) STRICT;
-- only postgresql
ALTER TABLE feedback_intake ALTER COLUMN first_body TYPE TEXT,
  ALTER COLUMN first_body SET STATISTICS 0;
-- end only

-- Paper forms that were printed together. A form is no case before somebody has typed it in.
CREATE TABLE feedback_paper_batch (
  id           INTEGER PRIMARY KEY,
  about        TEXT    NOT NULL CHECK (about = 'procedure' OR about = 'conduct' OR about = 'policy'
                                       OR about = 'place'),
  unit_id      INTEGER NOT NULL,            -- For which they were printed.
  unit_path    TEXT    NOT NULL,
  printed_by   INTEGER NOT NULL,
  printed_at   INTEGER NOT NULL,
  form_count   INTEGER NOT NULL CHECK (form_count > 0),
  expires_on   INTEGER NOT NULL,            -- Last day on which a form may be typed in.
  withdrawn_at INTEGER,
  withdrawn_by INTEGER,
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;

-- Each form of them: its code, and the public half of the secret that stands on the strip its writer
-- keeps. The secret itself is on that strip only.
CREATE TABLE feedback_paper (
  code        TEXT    PRIMARY KEY NOT NULL,
  batch_id    INTEGER NOT NULL,
  citizen_key BLOB    NOT NULL CHECK (length(citizen_key) = 32),
  used_on     INTEGER                       -- Day it was typed in; then there is a case of this code.
) STRICT;
CREATE INDEX feedback_paper_by_batch ON feedback_paper (batch_id, used_on);
