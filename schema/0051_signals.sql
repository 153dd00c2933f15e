-- Signals of formality (feature/insight): what a month's arithmetic found, the cases behind it, what
-- is said against it, and by which thresholds it was looked for.

CREATE TABLE insight_signal (
  id         INTEGER NOT NULL PRIMARY KEY,
  unit_id    INTEGER NOT NULL,
  unit_path  TEXT    NOT NULL,
  month      INTEGER NOT NULL,   -- Its first day, as days since 1970-01-01.
  kind       TEXT    NOT NULL,   -- insight::Formality
  part       INTEGER NOT NULL,   -- So many …
  whole      INTEGER NOT NULL,   -- … of so many; what they are says the kind.
  observed   INTEGER NOT NULL,   -- Millionths, as are the next three.
  expected   INTEGER NOT NULL,
  size_min   INTEGER NOT NULL,   -- From where it mattered on that day.
  p_value    INTEGER NOT NULL,
  found_at   INTEGER NOT NULL,
  UNIQUE (month, unit_id, kind)
) STRICT;
CREATE INDEX insight_signal_by_path ON insight_signal (unit_path, month);

CREATE TABLE insight_signal_case (
  signal_id    INTEGER NOT NULL,
  feedback_id  INTEGER NOT NULL,
  PRIMARY KEY (signal_id, feedback_id)
) STRICT;

CREATE TABLE insight_signal_month (
  month       INTEGER NOT NULL PRIMARY KEY,
  unit_count  INTEGER NOT NULL,  -- So many units were looked at.
  counted_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE insight_signal_dispute (
  id            INTEGER NOT NULL PRIMARY KEY,
  signal_id     INTEGER NOT NULL UNIQUE,  -- One each.
  account_id    INTEGER NOT NULL,         -- The head who disputes.
  at            INTEGER NOT NULL,
  text          TEXT    NOT NULL,
  decision      TEXT    CHECK (decision = 'stands' OR decision = 'explained'),
  decided_by    INTEGER,                  -- The supervisor.
  decided_at    INTEGER,
  decided_text  TEXT    NOT NULL DEFAULT '',
  CHECK ((decision IS NULL) = (decided_at IS NULL)),
  CHECK ((decision IS NULL) = (decided_by IS NULL))
) STRICT;

CREATE TABLE insight_signal_rule (
  kind        TEXT    NOT NULL PRIMARY KEY,
  is_on       INTEGER NOT NULL,  -- 0: not looked for.
  threshold   INTEGER NOT NULL,  -- Minutes, times or per cent, as the kind says.
  part_min    INTEGER NOT NULL,  -- Cases from which it matters.
  level       INTEGER NOT NULL CHECK (level BETWEEN 1 AND 50000),  -- Chance, in millionths.
  changed_at  INTEGER NOT NULL,
  changed_by  INTEGER NOT NULL
) STRICT;
