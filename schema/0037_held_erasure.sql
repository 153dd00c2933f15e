-- Why a held text was erased, so that the list of erasures can be replayed on a backup (decision 16).
-- NULL as long as it was not, and for what was erased before this migration.
ALTER TABLE feedback_held ADD COLUMN erased_because TEXT CHECK (erased_because = 'by_sender'
  OR erased_because = 'retention_over' OR erased_because = 'replayed');
