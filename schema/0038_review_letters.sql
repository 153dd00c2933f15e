-- Promises and refusals wait for a second reader as answers do. `outcome` is empty for those.
ALTER TABLE feedback_review ADD COLUMN task TEXT NOT NULL DEFAULT 'answer'
  CHECK (task = 'answer' OR task = 'promise' OR task = 'decline' OR task = 'redirect');
ALTER TABLE feedback_review ADD COLUMN promised_on INTEGER;      -- Of a promise: the day.
ALTER TABLE feedback_review ADD COLUMN reason TEXT;              -- Of what is declined, as in the case.
ALTER TABLE feedback_review ADD COLUMN where_to TEXT NOT NULL DEFAULT '';  -- Of what is redirected.
-- only postgresql
ALTER TABLE feedback_review ALTER COLUMN where_to SET STATISTICS 0;
-- end only
