-- What stands under the point of a letter and is no such letter is counted apart, and a grouping that
-- broke off says so (feature/consultation, decision 50).
ALTER TABLE consultation_letter ADD COLUMN others INTEGER NOT NULL DEFAULT 0;
ALTER TABLE consultation_grouping ADD COLUMN is_failed INTEGER NOT NULL DEFAULT 0;

-- Until now the others were counted among the senders: each letter is read once more.
UPDATE consultation_letter SET is_stale = 1, not_before = NULL;
