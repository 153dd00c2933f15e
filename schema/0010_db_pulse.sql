-- Written again every few seconds, so that a server knows that it can write (platform/db/pulse.h).
CREATE TABLE db_pulse (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  at INTEGER NOT NULL
) STRICT;
