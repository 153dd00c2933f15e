-- Counts of comments that each act keeps in its own transaction, so that no page counts the comments
-- of a draft, and what its lists are read by (feature/consultation, decision 49).

-- By the clause as it is numbered now. A comment by token counts as one without a name, as it does
-- wherever single clauses are told of (decision 46). A row may come down to nothing and stays.
CREATE TABLE consultation_tally (
  consultation_id  INTEGER NOT NULL,
  clause           TEXT    NOT NULL,             -- As consultation_comment.clause_now.
  strength         TEXT    NOT NULL,
  state            TEXT    NOT NULL,
  channel          TEXT    NOT NULL,
  comments         INTEGER NOT NULL,
  with_wording     INTEGER NOT NULL,             -- Of these, how many propose words.
  PRIMARY KEY (consultation_id, clause, strength, state, channel)
) STRICT;

-- By the point under which they stand.
CREATE TABLE consultation_issue_tally (
  consultation_id  INTEGER NOT NULL,
  issue_id         INTEGER NOT NULL,             -- 0: under none yet.
  strength         TEXT    NOT NULL,
  state            TEXT    NOT NULL,
  channel          TEXT    NOT NULL,
  comments         INTEGER NOT NULL,
  supports         INTEGER NOT NULL,
  PRIMARY KEY (consultation_id, issue_id, strength, state, channel)
) STRICT;

-- 0: its comments came before the two tables; a job counts them once, and until then they are
-- counted by whoever asks.
ALTER TABLE consultation ADD COLUMN is_tallied INTEGER NOT NULL DEFAULT 0;

-- What is shown of a clause, the most supported first.
CREATE INDEX consultation_comment_by_support
  ON consultation_comment (consultation_id, clause_now, support_count, id)
  WHERE state = 'shown';

-- Which invited bodies stand behind a point.
CREATE INDEX consultation_comment_by_body
  ON consultation_comment (consultation_id, issue_id, said_by)
  WHERE channel = 'invited';

-- The volume n of an archive has the number base + n: each making has numbers of its own, and only
-- that whose manifest came about is given out.
ALTER TABLE consultation_archive ADD COLUMN base INTEGER NOT NULL DEFAULT 0;
