-- What open data tells of cases and ratings (docs/decisions/0031): each of them once, in a class of
-- at least five that look the same. A class never changes; how its members fare is told by the week.
CREATE TABLE insight_class (
  id        INTEGER NOT NULL PRIMARY KEY,
  what      TEXT    NOT NULL CHECK (what = 'case' OR what = 'rating'),
  unit_id   INTEGER NOT NULL,             -- Who had it when it was told first.
  from_day  INTEGER NOT NULL,             -- A Monday, as days since 1970-01-01.
  to_day    INTEGER NOT NULL,             -- A Sunday.
  topic_id  INTEGER,                      -- NULL: not told.
  sender    TEXT    NOT NULL DEFAULT '',  -- '': not told.
  CHECK (to_day > from_day)
) STRICT;
CREATE INDEX insight_class_by_unit ON insight_class (unit_id, what, to_day);
CREATE INDEX insight_class_by_day ON insight_class (to_day);

CREATE TABLE insight_member (
  what         TEXT    NOT NULL,
  feedback_id  INTEGER NOT NULL,
  class_id     INTEGER NOT NULL,
  outcome      INTEGER NOT NULL,          -- Of a case: bits of insight::Outcome; of a rating: the score.
  PRIMARY KEY (what, feedback_id)
) STRICT;
CREATE INDEX insight_member_by_class ON insight_member (class_id, outcome);

-- Weeks whose classes are made.
CREATE TABLE insight_week (
  to_day      INTEGER NOT NULL PRIMARY KEY,  -- Its Sunday.
  counted_at  INTEGER NOT NULL
) STRICT;
