-- Maps of single articles, the search through comments, and invitations that were taken back
-- (feature/consultation, decision 43).

-- The newest opinion map of an article with enough statements, as its page reads it. One whose
-- statements changed is not shown before it is drawn anew.
CREATE TABLE consultation_clause_map (
  consultation_id  INTEGER NOT NULL,
  clause           TEXT    NOT NULL,             -- Key of the article in the version read now.
  votes            INTEGER NOT NULL,             -- From so many votes.
  drawn_at         INTEGER NOT NULL,
  json             TEXT    NOT NULL,
  PRIMARY KEY (consultation_id, clause)
) STRICT;

-- Comments of one draft, the newest first.
CREATE INDEX consultation_comment_by_consultation ON consultation_comment (consultation_id, id);

-- Words of comments that are shown, by the id of the comment; filled by a job.
-- text index consultation_search

-- Up to which comment the index was filled; one row.
CREATE TABLE consultation_search_progress (
  id          INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
  comment_id  INTEGER NOT NULL,
  owed        INTEGER NOT NULL DEFAULT 0         -- Texts were taken out: the index is written anew.
) STRICT;

ALTER TABLE consultation_invitation ADD COLUMN withdrawn_at INTEGER;  -- NULL: it stands.
ALTER TABLE consultation_invitation ADD COLUMN withdrawn_by INTEGER;  -- Account.
-- Why, for everybody and for the body.
ALTER TABLE consultation_invitation ADD COLUMN withdrawn_reason TEXT NOT NULL DEFAULT '';
