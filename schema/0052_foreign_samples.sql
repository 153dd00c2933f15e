-- What another system calls a case leaves no samples behind either (decision 16); naming its type
-- again takes those away that were taken.
-- only postgresql
ALTER TABLE feedback_foreign ALTER COLUMN code TYPE TEXT, ALTER COLUMN state TYPE TEXT;
ALTER TABLE feedback_foreign ALTER COLUMN code SET STATISTICS 0,
  ALTER COLUMN state SET STATISTICS 0;
-- end only
