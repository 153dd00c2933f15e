-- An event that was announced and has not begun can be withdrawn: which units it opens and ends.
ALTER TABLE unit ADD COLUMN opened_in INTEGER;  -- unit_reorganisation; NULL: not by an event.
ALTER TABLE unit ADD COLUMN ended_in INTEGER;
