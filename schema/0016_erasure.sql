-- Erasure of a case: what was written is destroyed, that there was a case stays (decision 16).
ALTER TABLE feedback ADD COLUMN erased_at INTEGER;    -- From then on nothing of it can be read.
ALTER TABLE feedback ADD COLUMN erased_because TEXT CHECK (erased_because = 'by_sender'
  OR erased_because = 'requested' OR erased_because = 'purpose_done'
  OR erased_because = 'retention_over' OR erased_because = 'unlawful'
  OR erased_because = 'replayed');                    -- NULL as long as it was not erased.
-- For the public count: days and reasons, without a look at the rows.
CREATE INDEX feedback_by_erased ON feedback (erased_at, erased_because)
  WHERE erased_at IS NOT NULL;

-- What is still owed to an erasure. A row comes in the transaction of the erasure and goes when
-- nothing of the case can be read in the files any more, so that no crash leaves it half done.
CREATE TABLE feedback_erasure (
  feedback_id   INTEGER PRIMARY KEY NOT NULL,
  was_published INTEGER NOT NULL,             -- Its words may stand in the search index.
  destroyed_at  INTEGER                       -- Salts and keys are out of the tables since then.
) STRICT;

-- only postgresql
-- ANALYZE keeps samples of what stands in a column, outside the table, where no erasure reaches
-- them. These columns are never searched by, so there is nothing to lose. Naming the type again
-- drops the samples taken so far.
ALTER TABLE feedback ALTER COLUMN title TYPE TEXT,
  ALTER COLUMN title SET STATISTICS 0;
ALTER TABLE feedback ALTER COLUMN body TYPE TEXT,
  ALTER COLUMN body SET STATISTICS 0;
ALTER TABLE feedback ALTER COLUMN place TYPE TEXT,
  ALTER COLUMN place SET STATISTICS 0;
ALTER TABLE feedback ALTER COLUMN dossier TYPE TEXT,
  ALTER COLUMN dossier SET STATISTICS 0;
ALTER TABLE feedback ALTER COLUMN counter TYPE TEXT,
  ALTER COLUMN counter SET STATISTICS 0;
ALTER TABLE feedback ALTER COLUMN public_title TYPE TEXT,
  ALTER COLUMN public_title SET STATISTICS 0;
ALTER TABLE feedback ALTER COLUMN public_body TYPE TEXT,
  ALTER COLUMN public_body SET STATISTICS 0;
ALTER TABLE feedback_event ALTER COLUMN text TYPE TEXT,
  ALTER COLUMN text SET STATISTICS 0;
ALTER TABLE feedback_extra ALTER COLUMN answer TYPE TEXT,
  ALTER COLUMN answer SET STATISTICS 0;
ALTER TABLE feedback_contact ALTER COLUMN plain TYPE TEXT,
  ALTER COLUMN plain SET STATISTICS 0;
ALTER TABLE feedback_contact ALTER COLUMN sealed TYPE TEXT,
  ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE feedback_opening ALTER COLUMN reason TYPE TEXT,
  ALTER COLUMN reason SET STATISTICS 0;
ALTER TABLE satisfaction_rating ALTER COLUMN text TYPE TEXT,
  ALTER COLUMN text SET STATISTICS 0;
ALTER TABLE notice_outbox ALTER COLUMN address TYPE TEXT,
  ALTER COLUMN address SET STATISTICS 0;
ALTER TABLE notice_value ALTER COLUMN value TYPE TEXT,
  ALTER COLUMN value SET STATISTICS 0;
ALTER TABLE attachment ALTER COLUMN name TYPE TEXT,
  ALTER COLUMN name SET STATISTICS 0;
ALTER TABLE attachment_content ALTER COLUMN bytes SET STATISTICS 0;
ALTER TABLE attachment_content ALTER COLUMN thumbnail SET STATISTICS 0;
ALTER TABLE ledger_secret ALTER COLUMN commit_salt TYPE BYTEA,
  ALTER COLUMN commit_salt SET STATISTICS 0;
ALTER TABLE ledger_secret ALTER COLUMN body_salt TYPE BYTEA,
  ALTER COLUMN body_salt SET STATISTICS 0;
ALTER TABLE ledger_secret ALTER COLUMN case_key TYPE BYTEA,
  ALTER COLUMN case_key SET STATISTICS 0;
ALTER TABLE feedback_search ALTER COLUMN marked SET STATISTICS 0;
ALTER TABLE feedback_search ALTER COLUMN folded SET STATISTICS 0;
-- end only
