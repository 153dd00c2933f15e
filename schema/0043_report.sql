-- Periodic reports (feature/insight): asked for by somebody, made by the job, kept with their files.

CREATE TABLE insight_report (
  id          INTEGER NOT NULL PRIMARY KEY,
  unit_id     INTEGER NOT NULL,            -- With everything below it; the city is a unit too.
  span        TEXT    NOT NULL CHECK (span IN ('month','quarter','year','five_years')),
  first_day   INTEGER NOT NULL,            -- Of the period; its number.
  language    TEXT    NOT NULL CHECK (language IN ('vi','en')),
  state       TEXT    NOT NULL CHECK (state IN ('waiting','making','made','failed')),
  step        INTEGER NOT NULL DEFAULT 0,  -- So many of …
  step_count  INTEGER NOT NULL DEFAULT 0,  -- … so many steps are done; 0 until it was begun.
  try_count   INTEGER NOT NULL DEFAULT 0,  -- How often it was begun.
  asked_by    INTEGER NOT NULL,            -- The account.
  asked_at    INTEGER NOT NULL,
  alive_at    INTEGER,                     -- When the job last did a step of it.
  made_at     INTEGER,                     -- The figures are as of then.
  CHECK ((state = 'made') = (made_at IS NOT NULL))
) STRICT;
CREATE INDEX insight_report_by_state ON insight_report (state, id);

CREATE TABLE insight_report_file (
  report_id  INTEGER NOT NULL REFERENCES insight_report (id),
  format     TEXT    NOT NULL CHECK (format IN ('docx','xlsx','html')),
  sha256     TEXT    NOT NULL CHECK (length(sha256) = 64),  -- Of the bytes, hexadecimal.
  size       INTEGER NOT NULL CHECK (size > 0),
  bytes      BLOB    NOT NULL,
  PRIMARY KEY (report_id, format)
) STRICT;
