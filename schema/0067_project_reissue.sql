-- A letter of a household that was lost and is printed again (feature/project, decision 47). It begins
-- to work only after some working days, so that who holds the earlier secret can stop it.

CREATE TABLE project_reissue (
  id            INTEGER PRIMARY KEY NOT NULL,
  project_id    INTEGER NOT NULL,
  household_id  INTEGER NOT NULL,
  citizen_key   BLOB    NOT NULL,            -- Public half of the key made from the new secret.
  reason        TEXT    NOT NULL,            -- As the office wrote it; empty once the file was erased.
  asked_by      INTEGER NOT NULL,            -- Account; it reads no question of the project.
  asked_at      INTEGER NOT NULL,
  works_at      INTEGER NOT NULL,            -- Not before.
  line          INTEGER NOT NULL,            -- Of the ledger, that it was asked for.
  state         TEXT    NOT NULL DEFAULT 'waiting'
                CHECK (state IN ('waiting','stopped','in_force','taken_back','erased')),
  settled_at    INTEGER,                     -- Since when it is in this state.
  CHECK ((settled_at IS NULL) = (state = 'waiting'))
) STRICT;
CREATE INDEX project_reissue_by_household ON project_reissue (household_id, id);
CREATE INDEX project_reissue_by_project ON project_reissue (project_id, asked_by);
CREATE INDEX project_reissue_waiting ON project_reissue (works_at) WHERE state = 'waiting';

-- The letter in force, and the one by which a question was asked; 0: the first. Who holds a later
-- letter reads nothing that was asked by an earlier one.
ALTER TABLE project_household ADD COLUMN reissue_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE project_question ADD COLUMN reissue_id INTEGER NOT NULL DEFAULT 0;

-- only postgresql
ALTER TABLE project_reissue ALTER COLUMN reason SET STATISTICS 0;
-- end only
