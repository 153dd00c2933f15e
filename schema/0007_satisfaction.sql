-- What citizens say of an answer: one rating a case, changeable for 30 days.

CREATE TABLE satisfaction_rating (
  feedback_id INTEGER PRIMARY KEY NOT NULL,
  unit_id     INTEGER NOT NULL,                 -- The office whose answer is rated.
  score       INTEGER NOT NULL CHECK (score BETWEEN 1 AND 5),
  solved      TEXT    NOT NULL CHECK (solved IN ('yes','partly','no')),
  reasons     TEXT    NOT NULL DEFAULT '',      -- Words of the list, separated by spaces.
  text        TEXT    NOT NULL DEFAULT '',
  sender      TEXT    NOT NULL CHECK (sender IN ('person','organisation','business')),
  entered_by  INTEGER,                          -- Clerk, when typed for the citizen: never in figures.
  first_at    INTEGER NOT NULL,
  changed_at  INTEGER NOT NULL,
  revision    INTEGER NOT NULL DEFAULT 1        -- Grows with each change.
) STRICT;
CREATE INDEX satisfaction_rating_by_unit ON satisfaction_rating (unit_id, first_at);
