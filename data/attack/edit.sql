-- What somebody with the database can do, for "sample attack": the newest case says something else,
-- and the private line of the ledger about it names a later due date.
DROP TRIGGER ledger_entry_no_update;
UPDATE feedback SET body = 'Mọi việc ở đây đều tốt, xin cảm ơn.'
 WHERE id = (SELECT subject_id FROM ledger_entry ORDER BY id DESC LIMIT 1);
UPDATE ledger_entry SET payload = replace(payload, '"due":"20', '"due":"29')
 WHERE id = (SELECT max(id) FROM ledger_entry);
