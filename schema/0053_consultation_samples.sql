-- Words of senders and how to reach them leave no samples behind (decision 16).
-- only postgresql
ALTER TABLE consultation_contact ALTER COLUMN address SET STATISTICS 0;
ALTER TABLE consultation_objection ALTER COLUMN body SET STATISTICS 0,
  ALTER COLUMN reply SET STATISTICS 0;
ALTER TABLE consultation_issue ALTER COLUMN title SET STATISTICS 0,
  ALTER COLUMN reason SET STATISTICS 0,
  ALTER COLUMN wording SET STATISTICS 0;
-- end only
