-- Drafts on which everybody may comment, clause by clause (feature/consultation).

CREATE TABLE consultation (
  id           INTEGER PRIMARY KEY NOT NULL,
  unit_id      INTEGER NOT NULL,                 -- That drafts, and its place in the tree.
  unit_path    TEXT    NOT NULL,
  kind         TEXT    NOT NULL,                 -- Of data/consultation/periods.csv.
  title_vi     TEXT    NOT NULL,
  title_en     TEXT    NOT NULL DEFAULT '',
  summary_vi   TEXT    NOT NULL,
  summary_en   TEXT    NOT NULL DEFAULT '',
  stage        TEXT    NOT NULL CHECK (stage IN ('editing','open','closed')),
  version      INTEGER NOT NULL DEFAULT 0,       -- That everybody reads; 0: none yet.
  opened_at    INTEGER,
  closes_on    INTEGER,                          -- The last day.
  closed_at    INTEGER,
  created_by   INTEGER NOT NULL,                 -- Account.
  created_at   INTEGER NOT NULL,
  revision     INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX consultation_by_stage ON consultation (stage, closes_on, id);

-- Each version as it was kept: paragraphs, each ended by a line feed. A published one never changes.
CREATE TABLE consultation_version (
  consultation_id  INTEGER NOT NULL,
  number           INTEGER NOT NULL,
  text             TEXT    NOT NULL,
  hash             BLOB    NOT NULL,             -- SHA-256 of the text.
  note             TEXT    NOT NULL DEFAULT '',  -- What is new, in the editor's words.
  created_at       INTEGER NOT NULL,
  published_at     INTEGER,                      -- NULL: only its editors read it.
  line             INTEGER,                      -- Of the ledger.
  PRIMARY KEY (consultation_id, number)
) STRICT;

-- Who takes part from one browser: a number that is drawn anew for each consultation, without times.
CREATE TABLE consultation_participant (
  id               INTEGER PRIMARY KEY NOT NULL,
  consultation_id  INTEGER NOT NULL,
  mark             BLOB    NOT NULL,             -- SHA-256 of the browser's token and the consultation.
  UNIQUE (consultation_id, mark)
) STRICT;

-- What was said of a clause.
CREATE TABLE consultation_comment (
  id               INTEGER PRIMARY KEY NOT NULL,
  consultation_id  INTEGER NOT NULL,
  code             TEXT    NOT NULL UNIQUE,      -- As that of a case; shown as GY-XXXX-XXXX.
  citizen_key      BLOB    NOT NULL,             -- Public half of the key made from the secret.
  version          INTEGER NOT NULL,             -- That its writer read.
  clause           TEXT    NOT NULL,             -- Key in that version.
  clause_now       TEXT    NOT NULL,             -- Key in the version that is read now; empty: gone.
  body             TEXT    NOT NULL,             -- As written (NFC); empty once withdrawn.
  wording          TEXT    NOT NULL DEFAULT '',  -- Proposed instead of the clause's words.
  strength         TEXT    NOT NULL CHECK (strength IN ('anonymous','email','signed_in','verified')),
  language         TEXT    NOT NULL CHECK (language IN ('vi','en')),
  state            TEXT    NOT NULL CHECK (state IN ('shown','hidden','withdrawn')),
  reason           TEXT    NOT NULL DEFAULT '',  -- Why it is hidden; a word of the list.
  support_count    INTEGER NOT NULL DEFAULT 0,
  sent_at          INTEGER NOT NULL,
  changed_at       INTEGER NOT NULL,
  revision         INTEGER NOT NULL DEFAULT 1,
  CHECK ((state = 'hidden') = (reason <> ''))
) STRICT;
CREATE INDEX consultation_comment_by_clause
  ON consultation_comment (consultation_id, clause_now, id);

CREATE TABLE consultation_support (
  comment_id      INTEGER NOT NULL,
  participant_id  INTEGER NOT NULL,
  PRIMARY KEY (comment_id, participant_id)
) STRICT;

-- Short sentences drawn from comments, to agree or disagree with.
CREATE TABLE consultation_statement (
  id               INTEGER PRIMARY KEY NOT NULL,
  consultation_id  INTEGER NOT NULL,
  clause           TEXT    NOT NULL DEFAULT '',  -- Key in the version read now; empty: of the whole.
  text             TEXT    NOT NULL,
  is_on            INTEGER NOT NULL DEFAULT 1    -- 0: not asked any more, and left out of the map.
) STRICT;
CREATE INDEX consultation_statement_by_consultation ON consultation_statement (consultation_id, id);

CREATE TABLE consultation_vote (
  consultation_id  INTEGER NOT NULL,
  participant_id   INTEGER NOT NULL,
  statement_id     INTEGER NOT NULL,
  said             INTEGER NOT NULL CHECK (said BETWEEN -1 AND 1),
  PRIMARY KEY (participant_id, statement_id)
) STRICT;
CREATE INDEX consultation_vote_by_consultation ON consultation_vote (consultation_id, statement_id);

-- The newest opinion map of each consultation, as its page reads it.
CREATE TABLE consultation_map (
  consultation_id  INTEGER PRIMARY KEY NOT NULL,
  votes            INTEGER NOT NULL,             -- From so many votes, by so many statements.
  statements       INTEGER NOT NULL,
  drawn_at         INTEGER NOT NULL,
  json             TEXT    NOT NULL
) STRICT;

-- only postgresql
-- Words leave no samples behind (decision 16).
ALTER TABLE consultation_comment ALTER COLUMN body SET STATISTICS 0,
  ALTER COLUMN wording SET STATISTICS 0;
-- end only
