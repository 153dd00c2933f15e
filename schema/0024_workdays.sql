-- The working calendar as data: what was changed over the law and the built-in tables.

-- One row for each day that somebody changed, in the order of the changes; the last one for a day
-- counts. Rows are only added: a day that is removed is one more row, of the kind 'plain'.
CREATE TABLE workdays_change (
  id          INTEGER PRIMARY KEY,              -- The revision of the calendar after this change.
  at          INTEGER NOT NULL,
  account_id  INTEGER NOT NULL,                 -- The administrator.
  day         INTEGER NOT NULL,                 -- As days since 1970-01-01.
  kind        TEXT    NOT NULL CHECK (kind = 'holiday' OR kind = 'swap_off' OR kind = 'comp_off'
                OR kind = 'makeup_work' OR kind = 'plain'),  -- plain: what its weekday says.
  name_vi     TEXT    NOT NULL DEFAULT '',
  name_en     TEXT    NOT NULL DEFAULT '',
  source      TEXT    NOT NULL                  -- The decree, or why it was removed.
) STRICT;

-- The revision of the calendar by which due_at was counted; 0: the built-in one.
ALTER TABLE feedback ADD COLUMN calendar_revision INTEGER NOT NULL DEFAULT 0;
-- When it was due before its deadline was put off, and how often that has happened.
ALTER TABLE feedback ADD COLUMN extended_from INTEGER;
ALTER TABLE feedback ADD COLUMN extension_count INTEGER NOT NULL DEFAULT 0;
