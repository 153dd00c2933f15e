-- When an office is open, where it is not as everybody: eight to twelve and one to five.

-- For the unit and those below it that have no row of their own (engine/calendar/calendar_hours.h).
-- How it came to be so: settings_change, list 'hours'.
CREATE TABLE workdays_hours (
  unit_id INTEGER PRIMARY KEY NOT NULL,
  hours   TEXT    NOT NULL
) STRICT;

-- By which the dates of a case are counted: those of the office that got it; '' for the usual ones.
ALTER TABLE feedback ADD COLUMN hours TEXT NOT NULL DEFAULT '';
