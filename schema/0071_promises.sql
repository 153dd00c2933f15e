-- What is promised in an answer to a case, or for a point of a draft, is a commitment as well
-- (feature/commitment, decision 51). Where `origin` is not empty it says where the promise was made, and
-- `source` is 'desk'.
ALTER TABLE commitment ADD COLUMN origin TEXT NOT NULL DEFAULT ''
  CHECK (origin IN ('','feedback','consultation'));
ALTER TABLE commitment ADD COLUMN origin_id INTEGER NOT NULL DEFAULT 0;    -- The case, or the draft.
ALTER TABLE commitment ADD COLUMN origin_part INTEGER NOT NULL DEFAULT 0;  -- The event that promised, or the point.
CREATE INDEX commitment_by_origin ON commitment (origin, origin_id, origin_part) WHERE origin <> '';
-- The case became one of which nothing is told, or was erased before its day: in no list and no number.
ALTER TABLE commitment ADD COLUMN is_gone INTEGER NOT NULL DEFAULT 0 CHECK (is_gone IN (0,1));
-- What was promised in one letter is counted once.
CREATE UNIQUE INDEX commitment_once ON commitment (origin_id, origin_part) WHERE origin = 'feedback';
-- Whose promises they are, when a case has a new secret or is erased.
CREATE INDEX commitment_asker_by_code ON commitment_asker (code);
