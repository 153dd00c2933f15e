-- What citizens tell us and what becomes of it.

CREATE TABLE feedback_topic (
  id             INTEGER PRIMARY KEY,
  code           TEXT    NOT NULL UNIQUE,       -- Stands in URLs and the API: "birth-delay".
  parent_code    TEXT,                          -- NULL at the top of the tree.
  about          TEXT    NOT NULL CHECK (about IN ('procedure','conduct','policy','place')),
  name_vi        TEXT    NOT NULL,
  name_en        TEXT    NOT NULL,
  hint_vi        TEXT    NOT NULL DEFAULT '',
  hint_en        TEXT    NOT NULL DEFAULT '',
  deadline_kind  TEXT    NOT NULL CHECK (deadline_kind IN
                   ('working_hours','working_days','calendar_days')),
  deadline_count INTEGER NOT NULL CHECK (deadline_count BETWEEN 1 AND 365),
  is_smallest    INTEGER NOT NULL DEFAULT 0,    -- 1: a "smallest matter" with its own short limit.
  unit_code      TEXT,                          -- Default unit; NULL: the one the citizen names.
  position       INTEGER NOT NULL DEFAULT 0,    -- Order among its sisters.
  valid_to       INTEGER                        -- Day from which it is no longer offered; NULL: is.
) STRICT;

CREATE TABLE feedback_question (
  topic_code  TEXT    NOT NULL,
  code        TEXT    NOT NULL,
  text_vi     TEXT    NOT NULL,
  text_en     TEXT    NOT NULL,
  position    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (topic_code, code)
) STRICT;

CREATE TABLE feedback (
  id               INTEGER PRIMARY KEY,
  code             TEXT    NOT NULL UNIQUE,     -- Eight characters without 0, 1, I and O.
  citizen_key      BLOB    NOT NULL,            -- Public half of the key made from the secret.
  kind             TEXT    NOT NULL CHECK (kind IN ('report','suggestion','proposal','praise')),
  sender           TEXT    NOT NULL CHECK (sender IN ('person','organisation','business')),
  about            TEXT    NOT NULL CHECK (about IN ('procedure','conduct','policy','place')),
  topic_id         INTEGER,
  unit_id          INTEGER NOT NULL,            -- Who handles it now.
  unit_path        TEXT    NOT NULL,            -- Path of unit_id, for subtree queries.
  object_unit_id   INTEGER,                     -- Whom it is about; NULL when none was named.
  object_path      TEXT,                        -- Path of object_unit_id.
  procedure_id     INTEGER,
  counter          TEXT    NOT NULL DEFAULT '', -- Desk where it happened, from the QR code.
  dossier          TEXT    NOT NULL DEFAULT '', -- Dossier number, when the citizen gave one.
  place            TEXT    NOT NULL DEFAULT '', -- Where, in the citizen's words.
  happened_on      INTEGER,                     -- Day; NULL when not said.
  title            TEXT    NOT NULL,            -- The citizen's, or the beginning of the body.
  body             TEXT    NOT NULL,            -- As written (NFC); never changed.
  is_public        INTEGER NOT NULL,            -- The citizen chose publication.
  is_protected     INTEGER NOT NULL,            -- Sealed identity, secret page, routed above.
  language         TEXT    NOT NULL CHECK (language IN ('vi','en')),
  state            TEXT    NOT NULL CHECK (state IN ('received','accepted','assigned','asked',
                     'answered','promised','declined','redirected','reopened','closed')),
  officer_id       INTEGER,                     -- Who handles it in person; NULL: nobody yet.
  received_at      INTEGER NOT NULL,
  due_at           INTEGER NOT NULL,            -- When the answer is due now.
  first_due_at     INTEGER NOT NULL,            -- When it was due at first; never changed.
  accepted_at      INTEGER,                     -- When an office first took it up.
  answered_at      INTEGER,                     -- First answer; kept when the case is reopened.
  last_answered_at INTEGER,                     -- Latest answer; silence counts from here.
  asked_at         INTEGER,                     -- Start of the running pause; NULL: clock runs.
  ask_count        INTEGER NOT NULL DEFAULT 0,  -- One pause a case.
  promised_on      INTEGER,                     -- Day by which the promise is to be kept.
  closed_at        INTEGER,
  closed_by        TEXT CHECK (closed_by IN ('citizen','silence')),
  reopen_count     INTEGER NOT NULL DEFAULT 0,
  contest_count    INTEGER NOT NULL DEFAULT 0,
  transfer_count   INTEGER NOT NULL DEFAULT 0,
  recurs_of        INTEGER,                     -- The earlier case this one happens again after.
  recurrence       INTEGER NOT NULL DEFAULT 1,  -- 1: first time, 7: for the seventh time.
  entered_by       INTEGER,                     -- Clerk who typed it for the citizen.
  published_at     INTEGER,                     -- When a person released the public text.
  public_title     TEXT    NOT NULL DEFAULT '',
  public_body      TEXT    NOT NULL DEFAULT '',
  view_count       INTEGER NOT NULL DEFAULT 0,  -- Of the public page; gathered by a job.
  revision         INTEGER NOT NULL DEFAULT 1,  -- Grows by one with each change of this row.
  CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
  CHECK ((state = 'asked') = (asked_at IS NOT NULL)),
  CHECK (about <> 'conduct' OR object_unit_id IS NULL OR unit_id <> object_unit_id)
) STRICT;
CREATE INDEX feedback_by_unit ON feedback (unit_path, state, due_at);
CREATE INDEX feedback_by_state ON feedback (state, last_answered_at);
CREATE INDEX feedback_by_published ON feedback (id) WHERE published_at IS NOT NULL;
CREATE INDEX feedback_by_received ON feedback (received_at);
CREATE INDEX feedback_by_recurs ON feedback (recurs_of) WHERE recurs_of IS NOT NULL;

-- The timeline people read. The ledger holds the fingerprints of these texts; the texts themselves
-- stand here, where they can be erased.
CREATE TABLE feedback_event (
  id            INTEGER PRIMARY KEY,
  feedback_id   INTEGER NOT NULL,
  event         TEXT    NOT NULL,               -- Word of the ledger, or 'noted' (internal note).
  at            INTEGER NOT NULL,
  party         TEXT    NOT NULL CHECK (party IN ('citizen','office','supervisor','clock')),
  officer_id    INTEGER,                        -- Who acted, for the office's own record.
  unit_id       INTEGER,                        -- The office that acted, or that it went to.
  text          TEXT    NOT NULL DEFAULT '',    -- Answer, question, reply, reason in words.
  reason        TEXT    NOT NULL DEFAULT '',    -- Word of a list: why declined, outcome, closed_by.
  day           INTEGER,                        -- Date promised, when there is one.
  audience      TEXT    NOT NULL CHECK (audience IN ('public','holder','staff')),
  ledger_index  INTEGER                         -- NULL for internal notes, which are not in the log.
) STRICT;
CREATE INDEX feedback_event_by_feedback ON feedback_event (feedback_id, id);

-- Answers to a topic's extra questions.
CREATE TABLE feedback_extra (
  feedback_id   INTEGER NOT NULL,
  question_code TEXT    NOT NULL,
  answer        TEXT    NOT NULL,
  PRIMARY KEY (feedback_id, question_code)
) STRICT;

-- How to reach the sender. `plain` only for cases that are not protected; protected ones are sealed
-- to pairs of three holders whose private keys are not on the server.
CREATE TABLE feedback_contact (
  feedback_id INTEGER PRIMARY KEY NOT NULL,
  plain       TEXT,
  sealed      TEXT,                             -- docs/formats/sealed.md
  CHECK ((plain IS NULL) = (sealed IS NOT NULL))
) STRICT;

-- Each time the ombudsman takes out a sealed identity: logged, and told to the citizen.
CREATE TABLE feedback_opening (
  id          INTEGER PRIMARY KEY,
  feedback_id INTEGER NOT NULL,
  account_id  INTEGER NOT NULL,
  reason      TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  until       INTEGER NOT NULL                  -- The ciphertext is shown no longer than this.
) STRICT;

-- What a citizen has typed and not sent yet. The key is in their URL alone: the row cannot be read
-- from the database. Removed on sending and after a day.
CREATE TABLE feedback_draft (
  key_hash   BLOB    PRIMARY KEY NOT NULL,
  sealed     BLOB    NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

-- How far the jobs of this room have read the ledger.
CREATE TABLE feedback_progress (
  job      TEXT    PRIMARY KEY NOT NULL,
  entry_id INTEGER NOT NULL
) STRICT;

-- text index feedback_search
