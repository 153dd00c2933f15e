-- How much of a question's support comes from one network (feature/dialogue, decision 57). Addresses
-- are not kept: a network is a hash under a key of the session, of what is a hash under a key of the
-- day already. Both columns below are emptied once the session takes no more support.
ALTER TABLE dialogue ADD COLUMN network_key BLOB;          -- 32 bytes, drawn with the first support.
ALTER TABLE dialogue_participant ADD COLUMN network BLOB;  -- 8 bytes; null: not known, or emptied.

-- What stays: how many supporters each of its networks has, of ten and more, the largest first, such as
-- '120 45'; and as how many all supporters count where questions stand in order.
ALTER TABLE dialogue_question ADD COLUMN support_networks TEXT NOT NULL DEFAULT '';
ALTER TABLE dialogue_question ADD COLUMN support_ranked INTEGER NOT NULL DEFAULT 0;
UPDATE dialogue_question SET support_ranked = support_count;

-- only postgresql
-- What is emptied leaves no samples behind (decision 16).
ALTER TABLE dialogue ALTER COLUMN network_key SET STATISTICS 0;
ALTER TABLE dialogue_participant ALTER COLUMN network SET STATISTICS 0;
-- end only
