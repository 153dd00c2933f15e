-- What somebody with the database can do, for "sample attack": the newest case is gone, and so is
-- every trace of it, with the triggers that stood in the way.
DROP TRIGGER ledger_entry_no_delete;
DROP TRIGGER ledger_leaf_no_delete;
DELETE FROM feedback
 WHERE id = (SELECT subject_id FROM ledger_entry ORDER BY id DESC LIMIT 1);
DELETE FROM ledger_secret WHERE id = (SELECT max(id) FROM ledger_entry);
DELETE FROM ledger_leaf WHERE id = (SELECT max(id) FROM ledger_entry);
DELETE FROM ledger_entry WHERE id = (SELECT max(id) FROM ledger_entry);
