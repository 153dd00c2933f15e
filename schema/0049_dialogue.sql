-- Dialogues: leaders sit with people until there is agreement (feature/dialogue, decision 34).

CREATE TABLE dialogue (
  id             INTEGER PRIMARY KEY NOT NULL,
  unit_id        INTEGER NOT NULL,              -- That invites, and its place in the tree.
  unit_path      TEXT    NOT NULL,
  topic_vi       TEXT    NOT NULL,
  topic_en       TEXT    NOT NULL DEFAULT '',
  summary        TEXT    NOT NULL,
  leader         TEXT    NOT NULL,              -- Who answers: name and office.
  place          TEXT    NOT NULL,
  stream         TEXT    NOT NULL DEFAULT '',   -- Where it can be watched; empty: nowhere.
  closes_at      INTEGER NOT NULL,              -- Until then questions are taken in advance.
  starts_at      INTEGER NOT NULL,
  stage          TEXT    NOT NULL
                 CHECK (stage IN ('announced','live','ended','approved','cancelled')),
  minutes        INTEGER NOT NULL DEFAULT 0,    -- Number of the minutes proposed last; 0: none.
  created_by     INTEGER NOT NULL,              -- Account.
  created_at     INTEGER NOT NULL,
  revision       INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX dialogue_by_stage ON dialogue (stage, starts_at, id);
CREATE INDEX dialogue_by_unit ON dialogue (unit_path, id);

CREATE TABLE dialogue_question (
  id              INTEGER PRIMARY KEY NOT NULL,
  dialogue_id     INTEGER NOT NULL,
  code            TEXT    NOT NULL UNIQUE,      -- As that of a case; shown as DT-7K2M-9QPR.
  citizen_key     BLOB    NOT NULL,             -- Public half of the key made from the secret.
  body            TEXT    NOT NULL,             -- As asked (NFC); empty once withdrawn.
  language        TEXT    NOT NULL CHECK (language = 'vi' OR language = 'en'),
  way             TEXT    NOT NULL CHECK (way = 'online' OR way = 'hall'),
  wants_to_speak  INTEGER NOT NULL DEFAULT 0,   -- Comes and asks it aloud.
  state           TEXT    NOT NULL CHECK (state IN ('shown','hidden','withdrawn')),
  reason          TEXT    NOT NULL DEFAULT '',  -- Why it is hidden; a word of the list.
  merged_into     INTEGER NOT NULL DEFAULT 0,   -- The question it was joined to; 0: none.
  turn            TEXT    NOT NULL CHECK (turn IN ('waiting','now','answered')),
  answer          TEXT    NOT NULL DEFAULT '',
  answered_at     INTEGER,
  support_count   INTEGER NOT NULL DEFAULT 0,
  taken_by        INTEGER NOT NULL DEFAULT 0,   -- Account of who typed it in the hall; 0: nobody.
  asked_at        INTEGER NOT NULL,
  revision        INTEGER NOT NULL DEFAULT 1,
  CHECK ((state = 'hidden') = (reason <> ''))
) STRICT;
CREATE INDEX dialogue_question_by_dialogue ON dialogue_question (dialogue_id, merged_into, id);

-- Who takes part from one browser, as in a consultation: a number drawn anew for each session.
CREATE TABLE dialogue_participant (
  id           INTEGER PRIMARY KEY NOT NULL,
  dialogue_id  INTEGER NOT NULL,
  mark         BLOB    NOT NULL,                -- SHA-256 of the browser's token and the session.
  UNIQUE (dialogue_id, mark)
) STRICT;

CREATE TABLE dialogue_support (
  question_id     INTEGER NOT NULL,
  participant_id  INTEGER NOT NULL,
  PRIMARY KEY (question_id, participant_id)
) STRICT;

-- Minutes as they were proposed; none is ever changed, another one takes the next number.
CREATE TABLE dialogue_minutes (
  dialogue_id    INTEGER NOT NULL,
  number         INTEGER NOT NULL,
  text           TEXT    NOT NULL,
  proposed_at    INTEGER NOT NULL,
  contest_until  INTEGER NOT NULL,              -- The last day on which an asker may contest.
  approved_at    INTEGER,
  PRIMARY KEY (dialogue_id, number)
) STRICT;

CREATE TABLE dialogue_contest (
  id           INTEGER PRIMARY KEY NOT NULL,
  dialogue_id  INTEGER NOT NULL,
  number       INTEGER NOT NULL,                -- Of the minutes.
  question_id  INTEGER NOT NULL,                -- Whose asker contests.
  body         TEXT    NOT NULL,
  contested_at INTEGER NOT NULL,
  line         INTEGER NOT NULL,
  answer       TEXT    NOT NULL DEFAULT '',
  answered_at  INTEGER,
  UNIQUE (dialogue_id, number, question_id)
) STRICT;

-- What happened to the session, each with its line of the ledger.
CREATE TABLE dialogue_event (
  id           INTEGER PRIMARY KEY NOT NULL,
  dialogue_id  INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  what         TEXT    NOT NULL,
  words        TEXT    NOT NULL DEFAULT '',
  line         INTEGER NOT NULL
) STRICT;
CREATE INDEX dialogue_event_by_dialogue ON dialogue_event (dialogue_id, id);

-- only postgresql
-- Words leave no samples behind (decision 16).
ALTER TABLE dialogue_question ALTER COLUMN body SET STATISTICS 0, ALTER COLUMN answer SET STATISTICS 0;
ALTER TABLE dialogue_minutes ALTER COLUMN text SET STATISTICS 0;
ALTER TABLE dialogue_contest ALTER COLUMN body SET STATISTICS 0, ALTER COLUMN answer SET STATISTICS 0;
-- end only
