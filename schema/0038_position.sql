-- Where on the map: of a case what its sender marked, of a unit its territory.
ALTER TABLE feedback ADD COLUMN lat INTEGER;  -- Millionths of a degree; both or neither.
ALTER TABLE feedback ADD COLUMN lon INTEGER;

CREATE TABLE unit_area (
  unit_id  INTEGER PRIMARY KEY NOT NULL REFERENCES unit (id),
  south    INTEGER NOT NULL,  -- The box around it, in millionths of a degree.
  west     INTEGER NOT NULL,
  north    INTEGER NOT NULL,
  east     INTEGER NOT NULL,
  area     TEXT    NOT NULL   -- Rings of points, as engine/geo reads them.
) STRICT;
CREATE INDEX unit_area_by_south ON unit_area (south, north);
