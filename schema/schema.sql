-- The whole schema as the migrations make it, for reading. Written by ./dev schema.

CREATE TABLE attachment (
  id             INTEGER PRIMARY KEY,
  token          TEXT    NOT NULL UNIQUE CHECK (length(token) = 32),  -- Random; stands in its URL.
  owner_kind     TEXT    NOT NULL CHECK (length(owner_kind) BETWEEN 1 AND 40),
  owner_id       INTEGER NOT NULL,            -- A row of the room named by owner_kind.
  kind           TEXT    NOT NULL CHECK (kind IN ('picture','document','audio')),
  media_type     TEXT    NOT NULL,            -- From our list, never what the sender claimed.
  name           TEXT    NOT NULL,            -- As shown; empty once removed.
  size           INTEGER NOT NULL CHECK (size > 0),  -- Bytes of what is kept.
  hash           BLOB    NOT NULL CHECK (length(hash) = 32),  -- SHA-256 of what is kept.
  width          INTEGER NOT NULL DEFAULT 0,  -- Of a picture, in pixels; 0 for the others.
  height         INTEGER NOT NULL DEFAULT 0,
  visibility     TEXT    NOT NULL CHECK (visibility IN ('hidden','published')),
  created_at     INTEGER NOT NULL,
  removed_at     INTEGER,                     -- From then on the bytes and the name are gone.
  CHECK (removed_at IS NULL OR (visibility = 'hidden' AND name = ''))
) STRICT;

CREATE INDEX attachment_by_created_at ON attachment (owner_kind, created_at);

CREATE INDEX attachment_by_owner ON attachment (owner_kind, owner_id, id);

CREATE TABLE attachment_content (
  attachment_id  INTEGER PRIMARY KEY REFERENCES attachment (id),
  bytes          BLOB    NOT NULL,
  thumbnail      BLOB                         -- A small picture; NULL for documents and audio.
) STRICT;

CREATE TABLE ballot (
  id             INTEGER PRIMARY KEY NOT NULL,
  unit_id        INTEGER NOT NULL,              -- The commune, and its place in the tree.
  unit_path      TEXT    NOT NULL,
  area           TEXT    NOT NULL,              -- Village or residential group that decides.
  title_vi       TEXT    NOT NULL,
  title_en       TEXT    NOT NULL DEFAULT '',
  summary        TEXT    NOT NULL,
  rule           TEXT    NOT NULL,              -- Code in data/ballot/rules.csv, and what it said
  needs_part     INTEGER NOT NULL,              -- when the decision was announced.
  needs_whole    INTEGER NOT NULL,
  is_above       INTEGER NOT NULL,              -- 1: more than the part; 0: the part or more.
  quorum_part    INTEGER NOT NULL,
  quorum_whole   INTEGER NOT NULL,
  source         TEXT    NOT NULL,
  opens_at       INTEGER NOT NULL,
  closes_at      INTEGER NOT NULL,
  stage          TEXT    NOT NULL CHECK (stage IN ('announced','counted','cancelled')),
  households     INTEGER NOT NULL,              -- All of the area, whether they vote or not.
  text_hash      BLOB    NOT NULL,              -- SHA-256 of what was announced.
  created_by     INTEGER NOT NULL,              -- Account.
  created_at     INTEGER NOT NULL,
  line           INTEGER NOT NULL,
  reason         TEXT    NOT NULL DEFAULT '',   -- Why it was cancelled.
  voted          INTEGER,                       -- Ballots in the box, once counted.
  box_hash       BLOB,                          -- SHA-256 of the box as it is given out.
  counted_at     INTEGER,
  counted_line   INTEGER,
  is_mixed       INTEGER NOT NULL DEFAULT 0,    -- Nothing in the files tells who voted when.
  revision       INTEGER NOT NULL DEFAULT 1,
  handed_in      INTEGER NOT NULL DEFAULT 0,    -- Slips given for paper, once counted.
  is_sorted      INTEGER NOT NULL DEFAULT 0, posted_days INTEGER NOT NULL DEFAULT 0, file_days INTEGER NOT NULL DEFAULT 0, terms_source TEXT NOT NULL DEFAULT '', posted_room TEXT NOT NULL DEFAULT ''
  CHECK (posted_room = '' OR posted_room = 'disclosure' OR posted_room = 'consultation'), posted_id INTEGER NOT NULL DEFAULT 0, posted_on INTEGER,    -- Closed, and the rows were written anew.
  CHECK ((stage = 'counted') = (box_hash IS NOT NULL))
) STRICT;

CREATE INDEX ballot_by_stage ON ballot (stage, closes_at, id);

CREATE TABLE ballot_event (
  id         INTEGER PRIMARY KEY NOT NULL,
  ballot_id  INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  what       TEXT    NOT NULL,
  words      TEXT    NOT NULL DEFAULT '',
  line       INTEGER NOT NULL
) STRICT;

CREATE INDEX ballot_event_by_ballot ON ballot_event (ballot_id, id);

CREATE TABLE ballot_household (
  id          INTEGER PRIMARY KEY NOT NULL,
  ballot_id   INTEGER NOT NULL,
  number      TEXT    NOT NULL,
  way         TEXT    NOT NULL CHECK (way IN ('none','online','paper','removed')),
  objects     INTEGER NOT NULL DEFAULT 0,       -- Says that somebody else used its slip.
  UNIQUE (ballot_id, number)
) STRICT;

CREATE TABLE ballot_option (
  ballot_id  INTEGER NOT NULL,
  question   INTEGER NOT NULL,
  number     INTEGER NOT NULL,
  text_vi    TEXT    NOT NULL,
  text_en    TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (ballot_id, question, number)
) STRICT;

CREATE TABLE ballot_question (
  ballot_id  INTEGER NOT NULL,
  number     INTEGER NOT NULL,
  text_vi    TEXT    NOT NULL,
  text_en    TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (ballot_id, number)
) STRICT;

CREATE TABLE ballot_slip (
  id            INTEGER PRIMARY KEY NOT NULL,
  ballot_id     INTEGER NOT NULL,
  household_id  INTEGER NOT NULL,
  code          TEXT    NOT NULL UNIQUE,        -- Shown as BP-7K2M-9QPR.
  citizen_key   BLOB    NOT NULL,               -- Public half of the key made from the secret.
  is_valid      INTEGER NOT NULL DEFAULT 1      -- 0: another slip was printed in its place.
) STRICT;

CREATE INDEX ballot_slip_by_household ON ballot_slip (household_id, id);

CREATE TABLE ballot_tally (
  ballot_id   INTEGER NOT NULL,
  account_id  INTEGER NOT NULL,
  counts      TEXT    NOT NULL,
  PRIMARY KEY (ballot_id, account_id)
) STRICT;

CREATE TABLE ballot_vote (
  ballot_id  INTEGER NOT NULL,
  question   INTEGER NOT NULL,
  mark       TEXT    NOT NULL,
  choice     INTEGER NOT NULL,                  -- 0: blank or spoiled.
  PRIMARY KEY (ballot_id, question, mark)
) STRICT, WITHOUT ROWID;

CREATE TABLE commitment (
  id             INTEGER PRIMARY KEY NOT NULL,  -- Shown; without gaps, so that one taken away is seen.
  unit_id        INTEGER NOT NULL,              -- That owes it, and its place in the tree.
  unit_path      TEXT    NOT NULL,
  source         TEXT    NOT NULL CHECK (source = 'dialogue' OR source = 'desk'),
  source_id      INTEGER NOT NULL DEFAULT 0,    -- The session; 0: none.
  question_id    INTEGER NOT NULL DEFAULT 0,    -- The question it answers; 0: none.
  text           TEXT    NOT NULL,              -- In force.
  due_on         INTEGER NOT NULL,              -- The last day, in force.
  wording        INTEGER NOT NULL DEFAULT 1,    -- Number of the wording in force.
  state          TEXT    NOT NULL CHECK (state IN ('proposed','open','declared','kept','broken')),
  next_text      TEXT    NOT NULL DEFAULT '',   -- A change that waits for consent; empty: none.
  next_due_on    INTEGER,
  next_reason    TEXT    NOT NULL DEFAULT '',
  changed_count  INTEGER NOT NULL DEFAULT 0,    -- Changes that were consented to.
  evidence       TEXT    NOT NULL DEFAULT '',   -- What was done, as the unit told last.
  evidence_link  TEXT    NOT NULL DEFAULT '',
  declared_at    INTEGER,
  is_by_silence  INTEGER NOT NULL DEFAULT 0,    -- Kept because nobody objected.
  refused_count  INTEGER NOT NULL DEFAULT 0,    -- How often an asker said that it was not done.
  broken_at      INTEGER,                       -- The first time it was broken; stays.
  told_late_at   INTEGER,                       -- When the ledger was told that it is overdue.
  created_by     INTEGER NOT NULL,              -- Account.
  created_at     INTEGER NOT NULL,
  revision       INTEGER NOT NULL DEFAULT 1
, origin TEXT NOT NULL DEFAULT ''
  CHECK (origin IN ('','feedback','consultation')), origin_id INTEGER NOT NULL DEFAULT 0, origin_part INTEGER NOT NULL DEFAULT 0, is_gone INTEGER NOT NULL DEFAULT 0 CHECK (is_gone IN (0,1))) STRICT;

CREATE INDEX commitment_by_due ON commitment (state, due_on, id);

CREATE INDEX commitment_by_origin ON commitment (origin, origin_id, origin_part) WHERE origin <> '';

CREATE INDEX commitment_by_source ON commitment (source, source_id, id);

CREATE INDEX commitment_by_unit ON commitment (unit_path, id);

CREATE UNIQUE INDEX commitment_once ON commitment (origin_id, origin_part) WHERE origin = 'feedback';

CREATE TABLE commitment_asker (
  id             INTEGER PRIMARY KEY NOT NULL,
  commitment_id  INTEGER NOT NULL,
  code           TEXT    NOT NULL,              -- Of their question, or one drawn for this promise.
  citizen_key    BLOB    NOT NULL,              -- Public half of the key made from the secret.
  said_wording   INTEGER NOT NULL DEFAULT 0,    -- The wording they said something of; 0: none yet.
  has_confirmed  INTEGER NOT NULL DEFAULT 0,    -- That wording, or one before with their consent.
  has_consented  INTEGER NOT NULL DEFAULT 0,    -- To the change that waits.
  has_chain      INTEGER NOT NULL DEFAULT 0,    -- The ledger knows their key.
  UNIQUE (commitment_id, code)
) STRICT;

CREATE INDEX commitment_asker_by_code ON commitment_asker (code);

CREATE TABLE commitment_event (
  id             INTEGER PRIMARY KEY NOT NULL,
  commitment_id  INTEGER NOT NULL,
  at             INTEGER NOT NULL,
  what           TEXT    NOT NULL,
  party          TEXT    NOT NULL CHECK (party IN ('citizen','office','clock')),
  words          TEXT    NOT NULL DEFAULT '',
  due_on         INTEGER,                       -- Of the wording that was made or agreed.
  line           INTEGER NOT NULL
) STRICT;

CREATE INDEX commitment_event_by_commitment ON commitment_event (commitment_id, id);

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
, is_tallied INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX consultation_by_stage ON consultation (stage, closes_on, id);

CREATE TABLE consultation_archive (
  consultation_id  INTEGER PRIMARY KEY NOT NULL,
  manifest         TEXT    NOT NULL,             -- Names, sizes and hashes of all files.
  volumes          INTEGER NOT NULL,
  made_at          INTEGER NOT NULL,
  line             INTEGER NOT NULL              -- Of the ledger: the hash of the manifest.
, base INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE consultation_archive_volume (
  consultation_id  INTEGER NOT NULL,
  number           INTEGER NOT NULL,             -- From 1.
  bytes            BLOB    NOT NULL,
  PRIMARY KEY (consultation_id, number)
) STRICT;

CREATE TABLE consultation_clause_map (
  consultation_id  INTEGER NOT NULL,
  clause           TEXT    NOT NULL,             -- Key of the article in the version read now.
  votes            INTEGER NOT NULL,             -- From so many votes.
  drawn_at         INTEGER NOT NULL,
  json             TEXT    NOT NULL,
  PRIMARY KEY (consultation_id, clause)
) STRICT;

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
  revision         INTEGER NOT NULL DEFAULT 1, issue_id INTEGER, channel TEXT NOT NULL DEFAULT 'site'
  CHECK (channel IN ('site','imported','invited')), source_id INTEGER, said_by TEXT NOT NULL DEFAULT '',
  CHECK ((state = 'hidden') = (reason <> ''))
) STRICT;

CREATE INDEX consultation_comment_by_body
  ON consultation_comment (consultation_id, issue_id, said_by)
  WHERE channel = 'invited';

CREATE INDEX consultation_comment_by_clause
  ON consultation_comment (consultation_id, clause_now, id);

CREATE INDEX consultation_comment_by_consultation ON consultation_comment (consultation_id, id);

CREATE INDEX consultation_comment_by_issue
  ON consultation_comment (consultation_id, issue_id, id);

CREATE INDEX consultation_comment_by_source ON consultation_comment (source_id, id)
  WHERE source_id IS NOT NULL;

CREATE INDEX consultation_comment_by_support
  ON consultation_comment (consultation_id, clause_now, support_count, id)
  WHERE state = 'shown';

CREATE TABLE consultation_contact (
  comment_id    INTEGER PRIMARY KEY NOT NULL,
  way           TEXT    NOT NULL CHECK (way IN ('mail','message')),
  address       TEXT    NOT NULL,
  link_hash     BLOB,                            -- SHA-256 of the token; NULL: used.
  link_until    INTEGER NOT NULL,
  asked_on      INTEGER NOT NULL,                -- The day of the last link, and
  asked_count   INTEGER NOT NULL,                -- how many there were on it.
  confirmed_at  INTEGER,
  told_at       INTEGER NOT NULL DEFAULT 0,      -- Of the answer that was told last,
  told_issue    INTEGER NOT NULL DEFAULT 0       -- and of which point it was.
) STRICT;

CREATE TABLE consultation_decision (
  consultation_id  INTEGER PRIMARY KEY NOT NULL,
  version          INTEGER NOT NULL,             -- That was decided on.
  note             TEXT    NOT NULL,             -- What was decided.
  table_hash       BLOB    NOT NULL,             -- SHA-256 of the synthesis table as CSV.
  decided_by       INTEGER NOT NULL,             -- Account.
  decided_at       INTEGER NOT NULL,
  line             INTEGER NOT NULL,             -- Of the ledger: the version,
  table_line       INTEGER NOT NULL              -- and the table.
) STRICT;

CREATE TABLE consultation_grouping (
  consultation_id  INTEGER PRIMARY KEY NOT NULL,
  asked_by         INTEGER NOT NULL,             -- Account.
  asked_at         INTEGER NOT NULL,
  step             TEXT    NOT NULL
    CHECK (step IN ('waiting','reading','letters','templates','own_text','placing','done')),
  percent          INTEGER NOT NULL DEFAULT 0,   -- Of this step.
  seen_at          INTEGER,                      -- When the job last said so; NULL: not begun.
  comments         INTEGER NOT NULL DEFAULT 0,   -- Looked at.
  placed           INTEGER NOT NULL DEFAULT 0,
  ended_at         INTEGER, is_failed INTEGER NOT NULL DEFAULT 0,
  CHECK ((step = 'done') = (ended_at IS NOT NULL))
) STRICT;

CREATE TABLE consultation_imported (
  comment_id       INTEGER PRIMARY KEY NOT NULL,
  consultation_id  INTEGER NOT NULL,
  line             INTEGER NOT NULL,             -- In what was read; 0: typed by itself.
  author           TEXT    NOT NULL DEFAULT '',  -- Who said it, as the source names them.
  likeness         BLOB    NOT NULL              -- SHA-256 of place, words and author: finds what
                                                 -- is imported twice; none once it is gone.
) STRICT;

CREATE INDEX consultation_imported_by_likeness
  ON consultation_imported (consultation_id, likeness);

CREATE TABLE consultation_invitation (
  source_id        INTEGER PRIMARY KEY NOT NULL, -- Its row in consultation_source, of kind 'invited'.
  consultation_id  INTEGER NOT NULL,
  code             TEXT    NOT NULL UNIQUE,      -- As that of a comment.
  citizen_key      BLOB    NOT NULL,             -- Public half of the key made from the secret.
  due_on           INTEGER NOT NULL,             -- The last day to reply in time.
  replied_at       INTEGER,                      -- Of the first reply; NULL: none yet.
  revision         INTEGER NOT NULL DEFAULT 1
, withdrawn_at INTEGER, withdrawn_by INTEGER, withdrawn_reason TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL DEFAULT 'view'
  CHECK (kind = 'view' OR kind = 'social_criticism')) STRICT;

CREATE INDEX consultation_invitation_by_consultation
  ON consultation_invitation (consultation_id, source_id);

CREATE TABLE consultation_issue (
  id               INTEGER PRIMARY KEY NOT NULL,
  consultation_id  INTEGER NOT NULL,
  clause           TEXT    NOT NULL,             -- Key in the version read now, or 'all'; empty: gone.
  title            TEXT    NOT NULL,             -- What is asked for, in the desk's words.
  origin           TEXT    NOT NULL CHECK (origin IN ('hand','clause','campaign')),
  answer           TEXT    NOT NULL DEFAULT ''
    CHECK (answer IN ('','accepted','partly','declined','noted')),
  reason           TEXT    NOT NULL DEFAULT '',
  changed_clause   TEXT    NOT NULL DEFAULT '',  -- Where it was taken up, as clause is written.
  wording          TEXT    NOT NULL DEFAULT '',  -- The words as they are now.
  answered_by      INTEGER,                      -- Account.
  answered_at      INTEGER,                      -- NULL while it waits: not answered, or reopened.
  created_by       INTEGER NOT NULL,             -- Account.
  created_at       INTEGER NOT NULL,
  revision         INTEGER NOT NULL DEFAULT 1, drafter_id INTEGER,
  CHECK (answered_at IS NULL OR answer <> '')
) STRICT;

CREATE INDEX consultation_issue_by_consultation ON consultation_issue (consultation_id, id);

CREATE INDEX consultation_issue_by_drafter ON consultation_issue (drafter_id, id)
  WHERE drafter_id IS NOT NULL;

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

CREATE TABLE consultation_letter (
  issue_id         INTEGER PRIMARY KEY NOT NULL,
  consultation_id  INTEGER NOT NULL,
  kind             TEXT    NOT NULL CHECK (kind IN ('','exact','edited','merged')),  -- '': none.
  parts            TEXT    NOT NULL DEFAULT '',  -- Fixed words and slots (consultation_letter.h).
  members          INTEGER NOT NULL DEFAULT 0,   -- Comments that were read, …
  fitting          INTEGER NOT NULL DEFAULT 0,   -- … and those of them without words of their own.
  title            TEXT    NOT NULL DEFAULT '',  -- That the machine gave the point last.
  is_stale         INTEGER NOT NULL DEFAULT 1,   -- 1: a comment came, went or changed since; above:
                                                 -- drawn by whoever reads it, nothing changed so far.
  read_at          INTEGER,
  not_before       INTEGER                       -- When it may be read again; NULL: at once.
, others INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX consultation_letter_by_consultation ON consultation_letter (consultation_id, issue_id);

CREATE INDEX consultation_letter_stale ON consultation_letter (issue_id) WHERE is_stale <> 0;

CREATE TABLE consultation_letter_member (
  comment_id  INTEGER PRIMARY KEY NOT NULL,
  issue_id    INTEGER NOT NULL,
  own         TEXT    NOT NULL                   -- "12-40 55-90": bytes of the body.
) STRICT;

CREATE INDEX consultation_letter_member_by_issue
  ON consultation_letter_member (issue_id, comment_id);

CREATE TABLE consultation_map (
  consultation_id  INTEGER PRIMARY KEY NOT NULL,
  votes            INTEGER NOT NULL,             -- From so many votes, by so many statements.
  statements       INTEGER NOT NULL,
  drawn_at         INTEGER NOT NULL,
  json             TEXT    NOT NULL
) STRICT;

CREATE TABLE consultation_objection (
  comment_id       INTEGER PRIMARY KEY NOT NULL,
  consultation_id  INTEGER NOT NULL,
  issue_id         INTEGER NOT NULL,             -- The point as it was answered then.
  body             TEXT    NOT NULL,
  sent_at          INTEGER NOT NULL,
  reply            TEXT    NOT NULL DEFAULT '',
  replied_by       INTEGER,                      -- Account.
  replied_at       INTEGER,                      -- NULL while it is open.
  CHECK ((replied_at IS NULL) = (reply = ''))
) STRICT;

CREATE INDEX consultation_objection_by_consultation
  ON consultation_objection (consultation_id, replied_at);

CREATE TABLE consultation_participant (
  id               INTEGER PRIMARY KEY NOT NULL,
  consultation_id  INTEGER NOT NULL,
  mark             BLOB    NOT NULL, shares INTEGER NOT NULL DEFAULT 0,             -- SHA-256 of the browser's token and the consultation.
  UNIQUE (consultation_id, mark)
) STRICT;

CREATE TABLE consultation_placement (
  id            INTEGER PRIMARY KEY NOT NULL,
  comment_id    INTEGER NOT NULL,
  issue_id      INTEGER NOT NULL,
  is_suggested  INTEGER NOT NULL,                -- 1: grouped by the machine.
  placed_by     INTEGER NOT NULL,                -- Account.
  placed_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX consultation_placement_by_comment ON consultation_placement (comment_id, id);

CREATE TABLE consultation_proposal (
  issue_id     INTEGER PRIMARY KEY NOT NULL,
  drafter_id   INTEGER NOT NULL,                 -- Account.
  answer       TEXT    NOT NULL CHECK (answer IN ('accepted','partly','declined','noted')),
  reason       TEXT    NOT NULL DEFAULT '',
  clause       TEXT    NOT NULL DEFAULT '',
  wording      TEXT    NOT NULL DEFAULT '',
  title        TEXT    NOT NULL DEFAULT '',
  proposed_at  INTEGER NOT NULL
) STRICT;

-- text index consultation_search

CREATE TABLE consultation_search_progress (
  id          INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
  comment_id  INTEGER NOT NULL,
  owed        INTEGER NOT NULL DEFAULT 0         -- Texts were taken out: the index is written anew.
) STRICT;

CREATE TABLE consultation_source (
  id               INTEGER PRIMARY KEY NOT NULL,
  consultation_id  INTEGER NOT NULL,
  kind             TEXT    NOT NULL CHECK (kind IN ('letter','sheet','minutes','invited')),
  name             TEXT    NOT NULL,             -- What everybody reads: whose minutes, which body.
  reference        TEXT    NOT NULL DEFAULT '',  -- The number it is filed under.
  received_on      INTEGER NOT NULL,             -- The day; of an invited body that of the invitation.
  received_by      TEXT    NOT NULL DEFAULT '',  -- Who took it in.
  added_by         INTEGER NOT NULL,             -- Account.
  added_at         INTEGER NOT NULL
) STRICT;

CREATE INDEX consultation_source_by_consultation ON consultation_source (consultation_id, id);

CREATE TABLE consultation_statement (
  id               INTEGER PRIMARY KEY NOT NULL,
  consultation_id  INTEGER NOT NULL,
  clause           TEXT    NOT NULL DEFAULT '',  -- Key in the version read now; empty: of the whole.
  text             TEXT    NOT NULL,
  is_on            INTEGER NOT NULL DEFAULT 1    -- 0: not asked any more, and left out of the map.
) STRICT;

CREATE INDEX consultation_statement_by_consultation ON consultation_statement (consultation_id, id);

CREATE TABLE consultation_support (
  comment_id      INTEGER NOT NULL,
  participant_id  INTEGER NOT NULL,
  PRIMARY KEY (comment_id, participant_id)
) STRICT;

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

CREATE TABLE consultation_token_holder (
  consultation_id  INTEGER NOT NULL,
  mark             BLOB    NOT NULL,            -- Of a cookie that is for this draft alone.
  PRIMARY KEY (consultation_id, mark)
) STRICT, WITHOUT ROWID;

CREATE TABLE consultation_token_issued (
  consultation_id  INTEGER NOT NULL,
  account_id       INTEGER NOT NULL,
  blinded          BLOB    NOT NULL,            -- SHA-256 of what was signed: that alone again.
  PRIMARY KEY (consultation_id, account_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE consultation_token_key (
  consultation_id  INTEGER PRIMARY KEY NOT NULL,
  audience_id      INTEGER NOT NULL,            -- The unit whose people the draft is for, and its
  audience_path    TEXT    NOT NULL,            -- place in the tree: they and all below.
  audience_count   INTEGER NOT NULL,            -- Accounts with a role there when it was opened.
  public_key       BLOB    NOT NULL,            -- SubjectPublicKeyInfo.
  private_key      BLOB,                        -- RSAPrivateKey; NULL once nothing is given any more.
  line             INTEGER NOT NULL,            -- Of the ledger, with the hash of the public key.
  printed_count    INTEGER NOT NULL DEFAULT 0,  -- Slips, said in the ledger with each printing.
  issued_count     INTEGER,                     -- Once it is closed: how many were given, and
  spent_count      INTEGER,                     -- spent, and how many comments came by token.
  said_count       INTEGER,                     -- The rows below go then.
  is_scrubbed      INTEGER NOT NULL DEFAULT 0,  -- The private key is in no file any more.
  CHECK ((private_key IS NULL) = (spent_count IS NOT NULL)),
  CHECK ((spent_count IS NULL) = (said_count IS NULL)),
  CHECK (is_scrubbed = 0 OR private_key IS NULL)
) STRICT;

CREATE TABLE consultation_token_slip (
  consultation_id  INTEGER NOT NULL,
  hash             BLOB    NOT NULL,            -- SHA-256 of the letters on it.
  PRIMARY KEY (hash, consultation_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE consultation_token_spent (
  consultation_id  INTEGER NOT NULL,
  hash             BLOB    NOT NULL,            -- Of a slip, or SHA-256 of a token's message.
  PRIMARY KEY (consultation_id, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE consultation_undone (
  id               INTEGER PRIMARY KEY NOT NULL,
  consultation_id  INTEGER NOT NULL,
  issue_id         INTEGER NOT NULL,
  comments         INTEGER NOT NULL,
  undone_by        INTEGER NOT NULL,             -- Account.
  undone_at        INTEGER NOT NULL
) STRICT;

CREATE INDEX consultation_undone_by_consultation ON consultation_undone (consultation_id, id);

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

CREATE TABLE consultation_vote (
  consultation_id  INTEGER NOT NULL,
  participant_id   INTEGER NOT NULL,
  statement_id     INTEGER NOT NULL,
  said             INTEGER NOT NULL CHECK (said BETWEEN -1 AND 1),
  PRIMARY KEY (participant_id, statement_id)
) STRICT;

CREATE INDEX consultation_vote_by_consultation ON consultation_vote (consultation_id, statement_id);

CREATE TABLE db_once (
  key_hash   BLOB    NOT NULL PRIMARY KEY,  -- Made from the idempotency key, which is not stored.
  sealed     BLOB    NOT NULL,              -- Nonce and secretbox; opens with that key only.
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX db_once_by_created_at ON db_once (created_at);

CREATE TABLE db_pulse (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  at INTEGER NOT NULL
) STRICT;

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
, network_key BLOB) STRICT;

CREATE INDEX dialogue_by_stage ON dialogue (stage, starts_at, id);

CREATE INDEX dialogue_by_unit ON dialogue (unit_path, id);

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

CREATE TABLE dialogue_event (
  id           INTEGER PRIMARY KEY NOT NULL,
  dialogue_id  INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  what         TEXT    NOT NULL,
  words        TEXT    NOT NULL DEFAULT '',
  line         INTEGER NOT NULL
) STRICT;

CREATE INDEX dialogue_event_by_dialogue ON dialogue_event (dialogue_id, id);

CREATE TABLE dialogue_minutes (
  dialogue_id    INTEGER NOT NULL,
  number         INTEGER NOT NULL,
  text           TEXT    NOT NULL,
  proposed_at    INTEGER NOT NULL,
  contest_until  INTEGER NOT NULL,              -- The last day on which an asker may contest.
  approved_at    INTEGER,
  PRIMARY KEY (dialogue_id, number)
) STRICT;

CREATE TABLE dialogue_participant (
  id           INTEGER PRIMARY KEY NOT NULL,
  dialogue_id  INTEGER NOT NULL,
  mark         BLOB    NOT NULL, network BLOB,                -- SHA-256 of the browser's token and the session.
  UNIQUE (dialogue_id, mark)
) STRICT;

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
  revision        INTEGER NOT NULL DEFAULT 1, support_networks TEXT NOT NULL DEFAULT '', support_ranked INTEGER NOT NULL DEFAULT 0,
  CHECK ((state = 'hidden') = (reason <> ''))
) STRICT;

CREATE INDEX dialogue_question_by_dialogue ON dialogue_question (dialogue_id, merged_into, id);

CREATE TABLE dialogue_support (
  question_id     INTEGER NOT NULL,
  participant_id  INTEGER NOT NULL,
  PRIMARY KEY (question_id, participant_id)
) STRICT;

CREATE TABLE disclosure (
  id              INTEGER PRIMARY KEY NOT NULL,
  unit_id         INTEGER NOT NULL,             -- The commune, and its place in the tree.
  unit_path       TEXT    NOT NULL,
  item            TEXT    NOT NULL,             -- Code in data/disclosure/items.csv.
  title           TEXT    NOT NULL,             -- Which plan, which project.
  decided_on      INTEGER NOT NULL,             -- Day from which the term counts.
  working_days    INTEGER NOT NULL,             -- The term, and where it is written,
  source          TEXT    NOT NULL,             -- when it became due.
  due_at          INTEGER NOT NULL,             -- End of the last working day.
  posts           INTEGER NOT NULL DEFAULT 0,   -- Also those that nobody can read here.
  first_posted_at INTEGER,                      -- So that anybody can read it; NULL: not yet.
  views           INTEGER NOT NULL DEFAULT 0,   -- Times its page was opened; nothing about by whom.
  created_by      INTEGER NOT NULL,             -- Account.
  created_at      INTEGER NOT NULL,
  line            INTEGER NOT NULL,
  CHECK (posts > 0 OR first_posted_at IS NULL)
) STRICT;

CREATE INDEX disclosure_by_unit ON disclosure (unit_path, due_at, id);

CREATE TABLE disclosure_post (
  disclosure_id  INTEGER NOT NULL,
  number         INTEGER NOT NULL,
  body           TEXT    NOT NULL DEFAULT '',
  link           TEXT    NOT NULL DEFAULT '',
  place          TEXT    NOT NULL DEFAULT '',   -- Where it hangs; alone, nobody can read it here.
  posted_by      INTEGER NOT NULL,
  posted_at      INTEGER NOT NULL,
  line           INTEGER NOT NULL,
  PRIMARY KEY (disclosure_id, number)
) STRICT;

CREATE TABLE disclosure_question (
  id             INTEGER PRIMARY KEY NOT NULL,
  disclosure_id  INTEGER NOT NULL,
  code           TEXT    NOT NULL UNIQUE,       -- Shown as CK-7K2M-9QPR.
  citizen_key    BLOB    NOT NULL,              -- Public half of the key made from the secret.
  body           TEXT    NOT NULL,              -- As asked (NFC); empty once withdrawn.
  state          TEXT    NOT NULL CHECK (state IN ('shown','hidden','withdrawn')),
  reason         TEXT    NOT NULL DEFAULT '',   -- Why it is hidden; a word of the list.
  asked_at       INTEGER NOT NULL,
  answer         TEXT    NOT NULL DEFAULT '',
  answered_at    INTEGER,
  revision       INTEGER NOT NULL DEFAULT 1,
  CHECK ((state = 'hidden') = (reason <> ''))
) STRICT;

CREATE INDEX disclosure_question_by_item ON disclosure_question (disclosure_id, id);

CREATE TABLE emulation_claim (
  model_id            INTEGER PRIMARY KEY NOT NULL,
  before_part         INTEGER NOT NULL,
  before_whole        INTEGER NOT NULL,
  after_part          INTEGER NOT NULL,
  after_whole         INTEGER NOT NULL,
  city_before_part    INTEGER NOT NULL,      -- Of all other units in the same days.
  city_before_whole   INTEGER NOT NULL,
  city_after_part     INTEGER NOT NULL,
  city_after_whole    INTEGER NOT NULL,
  ledger_size         INTEGER NOT NULL       -- So many lines there were when it was counted.
) STRICT;

CREATE TRIGGER emulation_claim_no_delete BEFORE DELETE ON emulation_claim
BEGIN SELECT RAISE(ABORT, 'emulation_claim is append-only'); END;

CREATE TRIGGER emulation_claim_no_update BEFORE UPDATE ON emulation_claim
BEGIN SELECT RAISE(ABORT, 'emulation_claim is append-only'); END;

CREATE TABLE emulation_claim_line (
  model_id  INTEGER NOT NULL,
  line      INTEGER NOT NULL,
  PRIMARY KEY (model_id, line)
) STRICT;

CREATE TRIGGER emulation_claim_line_no_delete BEFORE DELETE ON emulation_claim_line
BEGIN SELECT RAISE(ABORT, 'emulation_claim_line is append-only'); END;

CREATE TRIGGER emulation_claim_line_no_update BEFORE UPDATE ON emulation_claim_line
BEGIN SELECT RAISE(ABORT, 'emulation_claim_line is append-only'); END;

CREATE TABLE emulation_criterion (
  code       TEXT    NOT NULL,
  from_day   INTEGER NOT NULL,
  to_day     INTEGER,                        -- The last day; NULL: still in force.
  name_vi    TEXT    NOT NULL,
  name_en    TEXT    NOT NULL,
  source     TEXT    NOT NULL,
  PRIMARY KEY (code, from_day)
) STRICT;

CREATE TABLE emulation_criterion_change (
  id           INTEGER PRIMARY KEY NOT NULL,
  code         TEXT    NOT NULL,
  from_at      INTEGER NOT NULL,
  is_in_force  INTEGER NOT NULL CHECK (is_in_force IN (0,1)),  -- 0: not looked at any more.
  name_vi      TEXT    NOT NULL,
  name_en      TEXT    NOT NULL,
  source       TEXT    NOT NULL
) STRICT;

CREATE INDEX emulation_criterion_change_by_code ON emulation_criterion_change (code, id);

CREATE TRIGGER emulation_criterion_change_no_delete BEFORE DELETE ON emulation_criterion_change
BEGIN SELECT RAISE(ABORT, 'emulation_criterion_change is append-only'); END;

CREATE TRIGGER emulation_criterion_change_no_update BEFORE UPDATE ON emulation_criterion_change
BEGIN SELECT RAISE(ABORT, 'emulation_criterion_change is append-only'); END;

CREATE TABLE emulation_event (
  model_id  INTEGER NOT NULL,
  seq       INTEGER NOT NULL,                -- From 1.
  kind      TEXT    NOT NULL
            CHECK (kind IN ('registered','claimed','confirmed','refuted','replied')),
  text      TEXT    NOT NULL,
  said_by   INTEGER NOT NULL,                -- Account.
  said_at   INTEGER NOT NULL,
  line      INTEGER NOT NULL,
  PRIMARY KEY (model_id, seq)
) STRICT;

CREATE TRIGGER emulation_event_no_delete BEFORE DELETE ON emulation_event
BEGIN SELECT RAISE(ABORT, 'emulation_event is append-only'); END;

CREATE TRIGGER emulation_event_no_update BEFORE UPDATE ON emulation_event
BEGIN SELECT RAISE(ABORT, 'emulation_event is append-only'); END;

CREATE TABLE emulation_model (
  id             INTEGER PRIMARY KEY NOT NULL,
  unit_id        INTEGER NOT NULL,           -- That claims, and its place in the tree.
  unit_path      TEXT    NOT NULL,
  field          TEXT    NOT NULL CHECK (field IN ('economy','society','defence','politics')),
  name_vi        TEXT    NOT NULL,
  name_en        TEXT    NOT NULL DEFAULT '',
  task           TEXT    NOT NULL,           -- The professional task it is tied to.
  place          TEXT    NOT NULL,
  launched_by    TEXT    NOT NULL,           -- The body it is registered with.
  metric         TEXT    NOT NULL CHECK (metric IN ('on_time','satisfied','solved','reopened')),
  begins_on      INTEGER NOT NULL,           -- The first day of the model.
  days           INTEGER NOT NULL,           -- So many before it, and so many from it on, are compared.
  adopted_from   INTEGER NOT NULL DEFAULT 0, -- The model it takes up; 0: none.
  registered_by  INTEGER NOT NULL,           -- Account.
  registered_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX emulation_model_by_adopted ON emulation_model (adopted_from, id);

CREATE INDEX emulation_model_by_unit ON emulation_model (unit_path, id);

CREATE TRIGGER emulation_model_no_delete BEFORE DELETE ON emulation_model
BEGIN SELECT RAISE(ABORT, 'emulation_model is append-only'); END;

CREATE TRIGGER emulation_model_no_update BEFORE UPDATE ON emulation_model
BEGIN SELECT RAISE(ABORT, 'emulation_model is append-only'); END;

CREATE TABLE feedback (
  id               INTEGER PRIMARY KEY,
  code             TEXT    NOT NULL UNIQUE,     -- Eight characters without 0, 1, I and O.
  citizen_key      BLOB    NOT NULL,            -- Public half of the key made from the secret.
  kind             TEXT    NOT NULL CHECK (kind = 'report' OR kind = 'suggestion' OR kind = 'proposal' OR kind = 'praise'),
  sender           TEXT    NOT NULL CHECK (sender = 'person' OR sender = 'organisation' OR sender = 'business'),
  about            TEXT    NOT NULL CHECK (about = 'procedure' OR about = 'conduct' OR about = 'policy' OR about = 'place'),
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
  state            TEXT    NOT NULL CHECK (state = 'received' OR state = 'accepted'
                     OR state = 'assigned' OR state = 'asked' OR state = 'answered'
                     OR state = 'promised' OR state = 'declined' OR state = 'redirected'
                     OR state = 'reopened' OR state = 'closed'),
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
  revision         INTEGER NOT NULL DEFAULT 1, erased_at INTEGER, erased_because TEXT CHECK (erased_because = 'by_sender'
  OR erased_because = 'requested' OR erased_because = 'purpose_done'
  OR erased_because = 'retention_over' OR erased_because = 'unlawful'
  OR erased_because = 'replayed'), calendar_revision INTEGER NOT NULL DEFAULT 0, extended_from INTEGER, extension_count INTEGER NOT NULL DEFAULT 0, held_as TEXT
  CHECK (held_as = 'complaint' OR held_as = 'denunciation'), urgent_at INTEGER, hours TEXT NOT NULL DEFAULT '', lat INTEGER, lon INTEGER,  -- Grows by one with each change of this row.
  CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
  CHECK ((state = 'asked') = (asked_at IS NOT NULL)),
  CHECK (about <> 'conduct' OR object_unit_id IS NULL OR unit_id <> object_unit_id)
) STRICT;

CREATE INDEX feedback_by_answered ON feedback (last_answered_at) WHERE state = 'answered';

CREATE INDEX feedback_by_erased ON feedback (erased_at, erased_because)
  WHERE erased_at IS NOT NULL;

CREATE INDEX feedback_by_held ON feedback (id) WHERE held_as IS NOT NULL;

CREATE INDEX feedback_by_officer ON feedback (officer_id, (CASE WHEN state = 'promised'
    AND promised_on IS NOT NULL THEN promised_on * 86400000 + 36000000 WHEN state = 'asked'
    THEN due_at + 604800000 ELSE due_at END),
  id, unit_path, state, about, object_path, due_at, promised_on)
  WHERE officer_id IS NOT NULL AND state <> 'answered' AND state <> 'declined' AND state <> 'redirected'
    AND state <> 'closed';

CREATE INDEX feedback_by_officer_answered ON feedback (officer_id, last_answered_at)
  WHERE officer_id IS NOT NULL;

CREATE INDEX feedback_by_open ON feedback (state, (CASE WHEN state = 'promised' AND promised_on IS NOT NULL
    THEN promised_on * 86400000 + 36000000 WHEN state = 'asked' THEN due_at + 604800000
    ELSE due_at END),
  id, unit_path, about, officer_id, object_path, due_at, promised_on)
  WHERE state <> 'answered' AND state <> 'declined' AND state <> 'redirected'
    AND state <> 'closed';

CREATE INDEX feedback_by_open_nobody ON feedback ((CASE WHEN state = 'promised'
    AND promised_on IS NOT NULL THEN promised_on * 86400000 + 36000000 WHEN state = 'asked'
    THEN due_at + 604800000 ELSE due_at END),
  id, unit_path, state, about, object_path, due_at, promised_on)
  WHERE officer_id IS NULL AND state <> 'answered' AND state <> 'declined'
    AND state <> 'redirected' AND state <> 'closed';

CREATE INDEX feedback_by_open_topic ON feedback (topic_id, (CASE WHEN state = 'promised'
    AND promised_on IS NOT NULL THEN promised_on * 86400000 + 36000000 WHEN state = 'asked'
    THEN due_at + 604800000 ELSE due_at END),
  id, unit_path, state, about, officer_id, object_path, due_at, promised_on)
  WHERE topic_id IS NOT NULL AND state <> 'answered' AND state <> 'declined'
    AND state <> 'redirected' AND state <> 'closed';

CREATE INDEX feedback_by_open_unit ON feedback (unit_path, (CASE WHEN state = 'promised'
    AND promised_on IS NOT NULL THEN promised_on * 86400000 + 36000000 WHEN state = 'asked'
    THEN due_at + 604800000 ELSE due_at END),
  id, state, about, officer_id, object_path, due_at, promised_on)
  WHERE state <> 'answered' AND state <> 'declined' AND state <> 'redirected'
    AND state <> 'closed';

CREATE INDEX feedback_by_open_urgent ON feedback ((CASE WHEN state = 'promised'
    AND promised_on IS NOT NULL THEN promised_on * 86400000 + 36000000 WHEN state = 'asked'
    THEN due_at + 604800000 ELSE due_at END),
  id, unit_path, state, about, officer_id, object_path, due_at, promised_on)
  WHERE urgent_at IS NOT NULL AND state <> 'answered' AND state <> 'declined'
    AND state <> 'redirected' AND state <> 'closed';

CREATE INDEX feedback_by_over_unit ON feedback (unit_path, id, about, officer_id, object_path)
  WHERE state <> 'received' AND state <> 'accepted' AND state <> 'assigned'
    AND state <> 'asked' AND state <> 'promised' AND state <> 'reopened';

CREATE INDEX feedback_by_published ON feedback (id, unit_path) WHERE published_at IS NOT NULL;

CREATE INDEX feedback_by_published_unit ON feedback (unit_path, id, about, kind, state)
  WHERE published_at IS NOT NULL;

CREATE INDEX feedback_by_published_words ON feedback (about, kind, state, id, unit_path)
  WHERE published_at IS NOT NULL;

CREATE INDEX feedback_by_received
  ON feedback (received_at, unit_id, sender, state, answered_at, first_due_at, due_at,
               reopen_count, closed_by, about, is_protected, entered_by);

CREATE INDEX feedback_by_recurs ON feedback (recurs_of) WHERE recurs_of IS NOT NULL;

CREATE INDEX feedback_by_solved ON feedback (closed_at, id)
  WHERE published_at IS NOT NULL AND closed_by = 'citizen' AND about <> 'conduct';

CREATE INDEX feedback_by_viewed ON feedback (published_at, view_count, id)
  WHERE published_at IS NOT NULL AND about <> 'conduct' AND view_count > 0;

CREATE INDEX feedback_by_views ON feedback (view_count, id)
  WHERE published_at IS NOT NULL AND about <> 'conduct' AND view_count >= 10;

CREATE INDEX feedback_left_out ON feedback (id, is_protected)
  WHERE about = 'conduct' OR is_protected = 1;

CREATE TABLE feedback_absence (
  id            INTEGER PRIMARY KEY,
  account_id    INTEGER NOT NULL,
  substitute_id INTEGER NOT NULL,
  first_day     INTEGER NOT NULL,
  last_day      INTEGER NOT NULL,             -- Still away on it.
  at            INTEGER NOT NULL,
  ended_at      INTEGER,                      -- Taken back, or ended early.
  handed_at     INTEGER,                      -- When what they had in hand went to the substitute.
  CHECK (account_id <> substitute_id),
  CHECK (first_day <= last_day)
) STRICT;

CREATE INDEX feedback_absence_by_account ON feedback_absence (account_id, last_day);

CREATE TABLE feedback_band (
  band        INTEGER NOT NULL,
  feedback_id INTEGER NOT NULL,
  PRIMARY KEY (band, feedback_id)
) STRICT;

CREATE INDEX feedback_band_by_feedback ON feedback_band (feedback_id);

CREATE TABLE feedback_contact (
  feedback_id INTEGER PRIMARY KEY NOT NULL,
  plain       TEXT,
  sealed      TEXT, confirmed_at INTEGER,                             -- docs/formats/sealed.md
  CHECK ((plain IS NULL) = (sealed IS NOT NULL))
) STRICT;

CREATE TABLE feedback_disclosure (
  id           INTEGER PRIMARY KEY,
  at           INTEGER NOT NULL,              -- When it was written down.
  account_id   INTEGER NOT NULL,              -- The ombudsman who did.
  authority    TEXT    NOT NULL,              -- feedback_disclosure.h
  outcome      TEXT    NOT NULL,              -- "refused", "partly", "given"
  ordered_on   INTEGER NOT NULL,              -- Day of the order.
  order_number TEXT    NOT NULL,
  basis        TEXT    NOT NULL,              -- The law it names, and why this was the answer.
  feedback_id  INTEGER NOT NULL DEFAULT 0,    -- 0: no one case.
  silent_until INTEGER,                       -- Day up to which the order forbids telling the sender.
  CHECK (outcome = 'refused' OR outcome = 'partly' OR outcome = 'given')
) STRICT;

CREATE INDEX feedback_disclosure_by_feedback ON feedback_disclosure (feedback_id)
  WHERE feedback_id <> 0;

CREATE TABLE feedback_dispute (
  id            INTEGER PRIMARY KEY,
  feedback_id   INTEGER NOT NULL,
  at            INTEGER NOT NULL,  -- Of a protected case the hour alone.
  by_unit_id    INTEGER NOT NULL,  -- Has the case, and keeps it until it is decided.
  with_unit_id  INTEGER NOT NULL,  -- Had it before and passed it on.
  above_unit_id INTEGER NOT NULL,  -- Decides.
  above_path    TEXT    NOT NULL,
  decided_at    INTEGER,
  decided_unit_id INTEGER,
  CHECK ((decided_at IS NULL) = (decided_unit_id IS NULL))
) STRICT;

CREATE INDEX feedback_dispute_by_feedback ON feedback_dispute (feedback_id, id);

CREATE INDEX feedback_dispute_by_path ON feedback_dispute (above_path, id) WHERE decided_at IS NULL;

CREATE UNIQUE INDEX feedback_dispute_open ON feedback_dispute (feedback_id) WHERE decided_at IS NULL;

CREATE TABLE feedback_draft (
  key_hash   BLOB    PRIMARY KEY NOT NULL,
  sealed     BLOB    NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE feedback_erasure (
  feedback_id   INTEGER PRIMARY KEY NOT NULL,
  was_published INTEGER NOT NULL,             -- Its words may stand in the search index.
  destroyed_at  INTEGER                       -- Salts and keys are out of the tables since then.
) STRICT;

CREATE TABLE feedback_escalation (
  id            INTEGER PRIMARY KEY,
  feedback_id   INTEGER NOT NULL,
  rung          INTEGER NOT NULL,
  due_at        INTEGER NOT NULL,  -- The date that was missed; a new date has rungs of its own.
  at            INTEGER NOT NULL,  -- Of a protected case the hour alone.
  from_unit_id  INTEGER NOT NULL,  -- The office that was late.
  to_unit_id    INTEGER NOT NULL,
  to_path       TEXT    NOT NULL,
  UNIQUE (feedback_id, rung, due_at)
) STRICT;

CREATE INDEX feedback_escalation_by_from ON feedback_escalation (from_unit_id, at);

CREATE INDEX feedback_escalation_by_path ON feedback_escalation (to_path, rung, id);

CREATE TABLE feedback_event (
  id            INTEGER PRIMARY KEY,
  feedback_id   INTEGER NOT NULL,
  event         TEXT    NOT NULL,               -- Word of the ledger, or 'noted' (internal note).
  at            INTEGER NOT NULL,
  party         TEXT    NOT NULL CHECK (party = 'citizen' OR party = 'office' OR party = 'supervisor'
                  OR party = 'clock'),
  officer_id    INTEGER,                        -- Who acted, for the office's own record.
  unit_id       INTEGER,                        -- The office that acted, or that it went to.
  text          TEXT    NOT NULL DEFAULT '',    -- Answer, question, reply, reason in words.
  reason        TEXT    NOT NULL DEFAULT '',    -- Word of a list: why declined, outcome, closed_by.
  day           INTEGER,                        -- Date promised, when there is one.
  audience      TEXT    NOT NULL CHECK (audience = 'public' OR audience = 'holder' OR audience = 'staff'),
  ledger_index  INTEGER                         -- NULL for internal notes, which are not in the log.
) STRICT;

CREATE INDEX feedback_event_by_feedback ON feedback_event (feedback_id, id);

CREATE TABLE feedback_extra (
  feedback_id   INTEGER NOT NULL,
  question_code TEXT    NOT NULL,
  answer        TEXT    NOT NULL, question_vi TEXT NOT NULL DEFAULT '', question_en TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (feedback_id, question_code)
) STRICT;

CREATE TABLE feedback_filter (
  id         INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL,                -- Who saved it.
  unit_id    INTEGER,                         -- For everybody in this unit; NULL: for who saved it.
  name       TEXT    NOT NULL,
  query      TEXT    NOT NULL,                -- Of the address of the queue.
  at         INTEGER NOT NULL
) STRICT;

CREATE INDEX feedback_filter_by_account ON feedback_filter (account_id, id);

CREATE INDEX feedback_filter_by_unit ON feedback_filter (unit_id, id) WHERE unit_id IS NOT NULL;

CREATE TABLE feedback_foreign (
  feedback_id  INTEGER PRIMARY KEY NOT NULL,
  source       TEXT    NOT NULL,
  code         TEXT,                       -- The other system's; NULL of a protected or erased case.
  fingerprint  BLOB    NOT NULL UNIQUE,    -- SHA-256 of source, line feed, code.
  state        TEXT    NOT NULL DEFAULT '',  -- In the other system's words, when it was brought in.
  stated_at    INTEGER NOT NULL            -- Received there, by its word; the clock runs from here.
) STRICT;

CREATE INDEX feedback_foreign_by_code ON feedback_foreign (code);

CREATE INDEX feedback_foreign_by_source ON feedback_foreign (source, feedback_id);

CREATE TABLE feedback_held (
  id           INTEGER PRIMARY KEY NOT NULL,
  code         TEXT    NOT NULL UNIQUE,     -- As that of a case.
  citizen_key  BLOB    NOT NULL,            -- Public half of the key made from the secret.
  sort         TEXT    NOT NULL CHECK (sort = 'complaint' OR sort = 'denunciation'),
  title        TEXT    NOT NULL,
  body         TEXT    NOT NULL,            -- As written (NFC); never changed.
  place        TEXT    NOT NULL DEFAULT '',
  unit_id      INTEGER,                     -- Whose decision or whose people; NULL when none was named.
  happened_on  INTEGER,                     -- Day; NULL when not said.
  language     TEXT    NOT NULL CHECK (language = 'vi' OR language = 'en'),
  received_at  INTEGER NOT NULL,            -- The hour that had begun.
  erased_at    INTEGER,                     -- Since then there are no words and files any more.
  destroyed_at INTEGER,                     -- Since then nothing opens its lines of the ledger.
  is_scrubbed  INTEGER NOT NULL DEFAULT 0   -- 1: no trace is left in the files.
, erased_because TEXT CHECK (erased_because = 'by_sender'
  OR erased_because = 'retention_over' OR erased_because = 'replayed')) STRICT;

CREATE INDEX feedback_held_by_received ON feedback_held (received_at);

CREATE TABLE feedback_held_reading (
  id         INTEGER PRIMARY KEY NOT NULL,
  code       TEXT    NOT NULL,              -- Of the held text, or of the case that was found to be one.
  account_id INTEGER NOT NULL,
  reason     TEXT    NOT NULL,
  at         INTEGER NOT NULL               -- The hour that had begun.
) STRICT;

CREATE INDEX feedback_held_reading_by_code ON feedback_held_reading (code, id);

CREATE TABLE feedback_intake (
  feedback_id   INTEGER PRIMARY KEY NOT NULL,
  channel       TEXT    NOT NULL CHECK (channel = 'counter' OR channel = 'phone' OR channel = 'letter'
                                        OR channel = 'voice' OR channel = 'paper'),
  stated_on     INTEGER,                    -- Day it was said or written on, by the clerk's word.
  stated_at     INTEGER,                    -- The same to the minute, kept by a browser without a
                                            -- network; never of a protected case.
  correct_until INTEGER NOT NULL,           -- Until then its sender may put right what was typed.
  corrected_at  INTEGER,                    -- Of a protected case the hour alone.
  first_body    TEXT    NOT NULL DEFAULT '' -- What the clerk had typed, once it was corrected.
) STRICT;

CREATE TABLE feedback_invitation (
  id           INTEGER PRIMARY KEY,
  feedback_id  INTEGER NOT NULL,
  purpose      TEXT    NOT NULL CHECK (purpose = 'body' OR purpose = 'named'),
  link_hash    BLOB    NOT NULL,              -- SHA-256 of what stands in the link.
  addressee    TEXT    NOT NULL,
  text         TEXT    NOT NULL,              -- What they are told and asked; never the sender's words
                                              -- by themselves.
  officer_id   INTEGER NOT NULL,
  at           INTEGER NOT NULL,              -- Of a protected case the hour alone.
  expires_at   INTEGER NOT NULL,
  withdrawn_at INTEGER,
  answered_at  INTEGER,
  answer       TEXT    NOT NULL DEFAULT '',
  released_at  INTEGER,                       -- From when on the answer stands beside the office's.
  CHECK (answered_at IS NOT NULL OR released_at IS NULL)
) STRICT;

CREATE INDEX feedback_invitation_by_feedback ON feedback_invitation (feedback_id, id);

CREATE UNIQUE INDEX feedback_invitation_by_link ON feedback_invitation (link_hash);

CREATE TABLE feedback_link (
  feedback_id INTEGER PRIMARY KEY NOT NULL,
  purpose     TEXT    NOT NULL CHECK (purpose = 'confirm' OR purpose = 'recover'),
  token_hash  BLOB    UNIQUE,               -- SHA-256 of what stands in the link; NULL once it was used.
  expires_at  INTEGER NOT NULL,
  day         INTEGER NOT NULL,             -- The day of the newest link,
  count       INTEGER NOT NULL              -- and the links asked for on it.
) STRICT;

CREATE TABLE feedback_merge (
  feedback_id INTEGER PRIMARY KEY NOT NULL,
  into_id     INTEGER NOT NULL,               -- The case that is worked on.
  at          INTEGER NOT NULL,
  officer_id  INTEGER,                        -- Who put them together; NULL: who sent it.
  CHECK (feedback_id <> into_id)
) STRICT;

CREATE INDEX feedback_merge_by_into ON feedback_merge (into_id);

CREATE TABLE feedback_model (
  kind          TEXT    PRIMARY KEY NOT NULL, -- 'topic'
  bytes         BLOB    NOT NULL,
  trained_at    INTEGER NOT NULL,
  example_count INTEGER NOT NULL              -- Handled cases among what it learned from.
) STRICT;

CREATE TABLE feedback_moderation (
  id           INTEGER PRIMARY KEY,
  feedback_id  INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  unit_id      INTEGER NOT NULL,             -- That handled the case then.
  what         TEXT    NOT NULL CHECK (what IN ('text','picture')),
  change       TEXT    NOT NULL CHECK (change IN ('hidden','shown','reworded','withdrawn','contested')),
  kinds        TEXT    NOT NULL DEFAULT '',  -- Marks of the text by kind, "phone:2 person:1"; "box:3".
  reason       TEXT    NOT NULL              -- Of the list; none when the sender contests.
    CHECK (reason IN ('privacy','safety','secrecy','insult','forbidden','mistake','')),
  picture      INTEGER NOT NULL DEFAULT 0,   -- The picture as it was sent; 0: the text.
  boxes        TEXT    NOT NULL DEFAULT '',  -- Where it was covered, in percent.
  CHECK ((reason = '') = (change = 'contested')),
  CHECK ((what = 'picture') = (picture <> 0))
) STRICT;

CREATE INDEX feedback_moderation_by_case ON feedback_moderation (feedback_id, id);

CREATE TABLE feedback_move (
  feedback_id        INTEGER NOT NULL,
  reorganisation_id  INTEGER NOT NULL,
  from_unit_id       INTEGER NOT NULL,
  to_unit_id         INTEGER NOT NULL,
  is_certain         INTEGER NOT NULL,  -- 0: the default handles it, and a person has to say.
  settled_at         INTEGER,           -- When a person did.
  settled_by         INTEGER,
  PRIMARY KEY (feedback_id, reorganisation_id),
  CHECK ((settled_at IS NULL) = (settled_by IS NULL))
) STRICT;

CREATE INDEX feedback_move_by_from ON feedback_move (from_unit_id);

CREATE INDEX feedback_move_by_undetermined ON feedback_move (reorganisation_id, feedback_id)
  WHERE is_certain = 0 AND settled_at IS NULL;

CREATE TABLE feedback_opening (
  id          INTEGER PRIMARY KEY,
  feedback_id INTEGER NOT NULL,
  account_id  INTEGER NOT NULL,
  reason      TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  until       INTEGER NOT NULL                  -- The ciphertext is shown no longer than this.
) STRICT;

CREATE TABLE feedback_page (
  feedback_id  INTEGER NOT NULL PRIMARY KEY,
  path         TEXT    NOT NULL            -- Public, without language: "/projects/3".
) STRICT;

CREATE INDEX feedback_page_by_path ON feedback_page (path, feedback_id);

CREATE TABLE feedback_paper (
  code        TEXT    PRIMARY KEY NOT NULL,
  batch_id    INTEGER NOT NULL,
  citizen_key BLOB    NOT NULL CHECK (length(citizen_key) = 32),
  used_on     INTEGER                       -- Day it was typed in; then there is a case of this code.
) STRICT;

CREATE INDEX feedback_paper_by_batch ON feedback_paper (batch_id, used_on);

CREATE TABLE feedback_paper_batch (
  id           INTEGER PRIMARY KEY,
  about        TEXT    NOT NULL CHECK (about = 'procedure' OR about = 'conduct' OR about = 'policy'
                                       OR about = 'place'),
  unit_id      INTEGER NOT NULL,            -- For which they were printed.
  unit_path    TEXT    NOT NULL,
  printed_by   INTEGER NOT NULL,
  printed_at   INTEGER NOT NULL,
  form_count   INTEGER NOT NULL CHECK (form_count > 0),
  expires_on   INTEGER NOT NULL,            -- Last day on which a form may be typed in.
  withdrawn_at INTEGER,
  withdrawn_by INTEGER,
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;

CREATE TABLE feedback_part (
  feedback_id INTEGER PRIMARY KEY NOT NULL,   -- The part.
  letter_id   INTEGER NOT NULL,               -- The case it was taken from, never a part itself.
  number      INTEGER NOT NULL,               -- Within the letter, from 2: what stayed there is 1.
  made_at     INTEGER NOT NULL,
  made_by     INTEGER NOT NULL,               -- Account.
  undone_at   INTEGER,                        -- Put back before anybody worked on it.
  CHECK (feedback_id <> letter_id)
) STRICT;

CREATE UNIQUE INDEX feedback_part_by_letter ON feedback_part (letter_id, number);

CREATE TABLE feedback_practice (
  unit_id      INTEGER PRIMARY KEY NOT NULL,
  needs_second INTEGER NOT NULL DEFAULT 0,    -- 1: a second officer reads an answer before it goes out.
  changed_at   INTEGER NOT NULL,
  changed_by   INTEGER NOT NULL
) STRICT;

CREATE TABLE feedback_pressure (
  id           INTEGER PRIMARY KEY,
  feedback_id  INTEGER NOT NULL,
  round        INTEGER NOT NULL CHECK (round = 7 OR round = 30 OR round = 90),  -- Days after sending.
  asked_at     INTEGER NOT NULL,
  answered_at  INTEGER,                     -- Of a protected case the hour alone.
  answer       TEXT CHECK (answer = 'none' OR answer = 'pressed' OR answer = 'unsaid'),
  text         TEXT    NOT NULL DEFAULT '', -- What happened, in the sender's words.
  taken_up_at  INTEGER,                     -- A supervisor has seen to it.
  taken_up_by  INTEGER,
  UNIQUE (feedback_id, round),
  CHECK ((answered_at IS NULL) = (answer IS NULL)),
  CHECK ((taken_up_at IS NULL) = (taken_up_by IS NULL))
) STRICT;

CREATE INDEX feedback_pressure_by_answer ON feedback_pressure (id) WHERE answer = 'pressed';

CREATE TABLE feedback_progress (
  job      TEXT    PRIMARY KEY NOT NULL,
  entry_id INTEGER NOT NULL
) STRICT;

CREATE TABLE feedback_question (
  topic_code  TEXT    NOT NULL,
  code        TEXT    NOT NULL,
  text_vi     TEXT    NOT NULL,
  text_en     TEXT    NOT NULL,
  position    INTEGER NOT NULL DEFAULT 0, form TEXT NOT NULL DEFAULT 'text'
  CHECK (form = 'text' OR form = 'number' OR form = 'day' OR form = 'choice'), is_required INTEGER NOT NULL DEFAULT 0, choices_vi TEXT NOT NULL DEFAULT '', choices_en TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (topic_code, code)
) STRICT;

CREATE TABLE feedback_review (
  feedback_id INTEGER PRIMARY KEY NOT NULL,
  unit_id     INTEGER NOT NULL,               -- Who handled the case then; elsewhere it waits no more.
  author_id   INTEGER NOT NULL,
  text        TEXT    NOT NULL,
  outcome     TEXT    NOT NULL,
  evidence    TEXT    NOT NULL DEFAULT '',
  at          INTEGER NOT NULL,               -- Of a protected case the hour alone.
  is_returned INTEGER NOT NULL DEFAULT 0,
  reader_id   INTEGER,                        -- Who gave it back.
  note        TEXT    NOT NULL DEFAULT '', task TEXT NOT NULL DEFAULT 'answer'
  CHECK (task = 'answer' OR task = 'promise' OR task = 'decline' OR task = 'redirect'), promised_on INTEGER, reason TEXT, where_to TEXT NOT NULL DEFAULT '',    -- Why.
  CHECK ((is_returned = 1) = (reader_id IS NOT NULL))
) STRICT;

CREATE TABLE feedback_rule (
  id         INTEGER PRIMARY KEY,
  position   INTEGER NOT NULL,
  name       TEXT    NOT NULL,
  about      TEXT    NOT NULL DEFAULT '',     -- Word; empty: any.
  topic_code TEXT    NOT NULL DEFAULT '',     -- Empty: any, also none.
  place_unit TEXT    NOT NULL DEFAULT '',     -- Code of the unit named; empty: any, also none.
  words      TEXT    NOT NULL DEFAULT '',     -- Parted by commas; one of them stands in the text.
  to_unit    TEXT    NOT NULL DEFAULT '',     -- Code; empty: stays.
  to_topic   TEXT    NOT NULL DEFAULT '',     -- Code; empty: stays.
  is_on      INTEGER NOT NULL DEFAULT 0,
  changed_at INTEGER NOT NULL,
  changed_by INTEGER NOT NULL
) STRICT;

-- text index feedback_search

CREATE TABLE feedback_source (
  code   TEXT PRIMARY KEY NOT NULL,        -- "ihanoi"
  value  TEXT NOT NULL                     -- docs/formats/settings.md
) STRICT;

CREATE TABLE feedback_template (
  id         INTEGER PRIMARY KEY,
  unit_id    INTEGER NOT NULL,                -- For the cases of this unit and of those below it.
  name       TEXT    NOT NULL,
  text       TEXT    NOT NULL,
  changed_at INTEGER NOT NULL,
  changed_by INTEGER NOT NULL
) STRICT;

CREATE INDEX feedback_template_by_unit ON feedback_template (unit_id, id);

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
, urgent_kind TEXT NOT NULL DEFAULT 'working_hours'
  CHECK (urgent_kind = 'working_hours' OR urgent_kind = 'working_days'
         OR urgent_kind = 'calendar_days'), urgent_count INTEGER NOT NULL DEFAULT 4
  CHECK (urgent_count >= 1 AND urgent_count <= 365)) STRICT;

CREATE TABLE insight_class (
  id        INTEGER NOT NULL PRIMARY KEY,
  what      TEXT    NOT NULL CHECK (what = 'case' OR what = 'rating'),
  unit_id   INTEGER NOT NULL,             -- Who had it when it was told first.
  from_day  INTEGER NOT NULL,             -- A Monday, as days since 1970-01-01.
  to_day    INTEGER NOT NULL,             -- A Sunday.
  topic_id  INTEGER,                      -- NULL: not told.
  sender    TEXT    NOT NULL DEFAULT '',  -- '': not told.
  CHECK (to_day > from_day)
) STRICT;

CREATE INDEX insight_class_by_day ON insight_class (to_day);

CREATE INDEX insight_class_by_unit ON insight_class (unit_id, what, to_day);

CREATE TABLE insight_member (
  what         TEXT    NOT NULL,
  feedback_id  INTEGER NOT NULL,
  class_id     INTEGER NOT NULL,
  outcome      INTEGER NOT NULL,          -- Of a case: bits of insight::Outcome; of a rating: the score.
  PRIMARY KEY (what, feedback_id)
) STRICT;

CREATE INDEX insight_member_by_class ON insight_member (class_id, outcome);

CREATE TABLE insight_report (
  id          INTEGER NOT NULL PRIMARY KEY,
  unit_id     INTEGER NOT NULL,            -- With everything below it; the city is a unit too.
  span        TEXT    NOT NULL CHECK (span IN ('month','quarter','year','five_years')),
  first_day   INTEGER NOT NULL,            -- Of the period; its number.
  language    TEXT    NOT NULL CHECK (language IN ('vi','en')),
  state       TEXT    NOT NULL CHECK (state IN ('waiting','making','made','failed')),
  step        INTEGER NOT NULL DEFAULT 0,  -- So many of …
  step_count  INTEGER NOT NULL DEFAULT 0,  -- … so many steps are done; 0 until it was begun.
  try_count   INTEGER NOT NULL DEFAULT 0,  -- How often it was begun.
  asked_by    INTEGER NOT NULL,            -- The account.
  asked_at    INTEGER NOT NULL,
  alive_at    INTEGER,                     -- When the job last did a step of it.
  made_at     INTEGER,                     -- The figures are as of then.
  CHECK ((state = 'made') = (made_at IS NOT NULL))
) STRICT;

CREATE INDEX insight_report_by_state ON insight_report (state, id);

CREATE TABLE insight_report_file (
  report_id  INTEGER NOT NULL REFERENCES insight_report (id),
  format     TEXT    NOT NULL CHECK (format IN ('docx','xlsx','html')),
  sha256     TEXT    NOT NULL CHECK (length(sha256) = 64),  -- Of the bytes, hexadecimal.
  size       INTEGER NOT NULL CHECK (size > 0),
  bytes      BLOB    NOT NULL,
  PRIMARY KEY (report_id, format)
) STRICT;

CREATE TABLE insight_signal (
  id         INTEGER NOT NULL PRIMARY KEY,
  unit_id    INTEGER NOT NULL,
  unit_path  TEXT    NOT NULL,
  month      INTEGER NOT NULL,   -- Its first day, as days since 1970-01-01.
  kind       TEXT    NOT NULL,   -- insight::Formality
  part       INTEGER NOT NULL,   -- So many …
  whole      INTEGER NOT NULL,   -- … of so many; what they are says the kind.
  observed   INTEGER NOT NULL,   -- Millionths, as are the next three.
  expected   INTEGER NOT NULL,
  size_min   INTEGER NOT NULL,   -- From where it mattered on that day.
  p_value    INTEGER NOT NULL,
  found_at   INTEGER NOT NULL,
  UNIQUE (month, unit_id, kind)
) STRICT;

CREATE INDEX insight_signal_by_path ON insight_signal (unit_path, month);

CREATE TABLE insight_signal_case (
  signal_id    INTEGER NOT NULL,
  feedback_id  INTEGER NOT NULL,
  PRIMARY KEY (signal_id, feedback_id)
) STRICT;

CREATE TABLE insight_signal_dispute (
  id            INTEGER NOT NULL PRIMARY KEY,
  signal_id     INTEGER NOT NULL UNIQUE,  -- One each.
  account_id    INTEGER NOT NULL,         -- The head who disputes.
  at            INTEGER NOT NULL,
  text          TEXT    NOT NULL,
  decision      TEXT    CHECK (decision = 'stands' OR decision = 'explained'),
  decided_by    INTEGER,                  -- The supervisor.
  decided_at    INTEGER,
  decided_text  TEXT    NOT NULL DEFAULT '',
  CHECK ((decision IS NULL) = (decided_at IS NULL)),
  CHECK ((decision IS NULL) = (decided_by IS NULL))
) STRICT;

CREATE TABLE insight_signal_month (
  month       INTEGER NOT NULL PRIMARY KEY,
  unit_count  INTEGER NOT NULL,  -- So many units were looked at.
  counted_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE insight_signal_object (
  signal_id  INTEGER NOT NULL,
  object_id  INTEGER NOT NULL,
  why        TEXT    NOT NULL,
  PRIMARY KEY (signal_id, object_id)
) STRICT;

CREATE TABLE insight_signal_rule (
  kind        TEXT    NOT NULL PRIMARY KEY,
  is_on       INTEGER NOT NULL,  -- 0: not looked for.
  threshold   INTEGER NOT NULL,  -- Minutes, times or per cent, as the kind says.
  part_min    INTEGER NOT NULL,  -- Cases from which it matters.
  level       INTEGER NOT NULL CHECK (level BETWEEN 1 AND 50000),  -- Chance, in millionths.
  changed_at  INTEGER NOT NULL,
  changed_by  INTEGER NOT NULL
) STRICT;

CREATE TABLE insight_week (
  to_day      INTEGER NOT NULL PRIMARY KEY,  -- Its Sunday.
  counted_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE ledger_batch (
  due_at     INTEGER PRIMARY KEY NOT NULL,    -- The full hour.
  line_count INTEGER NOT NULL                 -- Dummies among them; anybody can count as much.
) STRICT;

CREATE TRIGGER ledger_batch_no_delete BEFORE DELETE ON ledger_batch
BEGIN SELECT RAISE(ABORT, 'ledger_batch is append-only'); END;

CREATE TRIGGER ledger_batch_no_update BEFORE UPDATE ON ledger_batch
BEGIN SELECT RAISE(ABORT, 'ledger_batch is append-only'); END;

CREATE TABLE ledger_cosignature (
  at      INTEGER NOT NULL REFERENCES ledger_tick (at),
  witness TEXT    NOT NULL,                   -- Its public key, as C2SP writes it.
  size    INTEGER NOT NULL REFERENCES ledger_head (size),  -- Of the head of that tick.
  seen_at INTEGER NOT NULL,                   -- When the witness says that it saw the head.
  line    TEXT    NOT NULL,                   -- The signature line, with its line feed.
  PRIMARY KEY (at, witness)
) STRICT;

CREATE INDEX ledger_cosignature_by_size ON ledger_cosignature (size, witness, at);

CREATE INDEX ledger_cosignature_by_witness ON ledger_cosignature (witness, at);

CREATE TRIGGER ledger_cosignature_no_delete BEFORE DELETE ON ledger_cosignature
BEGIN SELECT RAISE(ABORT, 'ledger_cosignature is append-only'); END;

CREATE TRIGGER ledger_cosignature_no_update BEFORE UPDATE ON ledger_cosignature
BEGIN SELECT RAISE(ABORT, 'ledger_cosignature is append-only'); END;

CREATE TABLE ledger_crown (
  level  INTEGER NOT NULL CHECK (level BETWEEN 1 AND 8),
  n      INTEGER NOT NULL CHECK (n >= 0),     -- Leaves n·256^level up to (n+1)·256^level.
  hashes BLOB    NOT NULL,                    -- 63 of 32 bytes: root, then layer by layer.
  PRIMARY KEY (level, n)
) STRICT;

CREATE TRIGGER ledger_crown_no_delete BEFORE DELETE ON ledger_crown
BEGIN SELECT RAISE(ABORT, 'ledger_crown is append-only'); END;

CREATE TRIGGER ledger_crown_no_update BEFORE UPDATE ON ledger_crown
BEGIN SELECT RAISE(ABORT, 'ledger_crown is append-only'); END;

CREATE TABLE ledger_entry (
  id           INTEGER PRIMARY KEY NOT NULL,  -- Of its leaf: the leaf's index + 1.
  at           INTEGER NOT NULL,
  event        TEXT    NOT NULL CHECK (event = 'received' OR event = 'accepted'
                 OR event = 'assigned' OR event = 'transferred' OR event = 'asked'
                 OR event = 'replied' OR event = 'extended' OR event = 'answered'
                 OR event = 'promised' OR event = 'declined' OR event = 'redirected'
                 OR event = 'contested' OR event = 'rated' OR event = 'reopened'
                 OR event = 'closed' OR event = 'lapsed' OR event = 'merged'
                 OR event = 'published' OR event = 'redacted' OR event = 'opened_identity'
                 OR event = 'rekeyed' OR event = 'erased' OR event = 'announced'),
  subject_kind TEXT    NOT NULL,              -- The table of what it happened to: 'feedback'.
  subject_id   INTEGER NOT NULL,
  seq          INTEGER NOT NULL CHECK (seq >= 0),  -- Within the subject, from 0 without a gap.
  party        TEXT    NOT NULL CHECK (party = 'citizen' OR party = 'office'
                 OR party = 'supervisor' OR party = 'clock'),
  actor_id     INTEGER,                       -- Account of who acted; NULL for citizens and clocks.
  unit_id      INTEGER,                       -- The office that acted, or that it went to.
  payload      TEXT    NOT NULL,              -- Canonical JSON; what the leaf commits to.
  CHECK (event <> 'received' OR seq = 0)
) STRICT;

CREATE INDEX ledger_entry_by_announced ON ledger_entry (id) WHERE event = 'announced';

CREATE UNIQUE INDEX ledger_entry_by_subject ON ledger_entry (subject_kind, subject_id, seq);

CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END;

CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END;

CREATE TABLE ledger_head (
  size INTEGER PRIMARY KEY NOT NULL,          -- Leaves in the tree.
  root BLOB    NOT NULL,                      -- 32 bytes.
  note TEXT    NOT NULL,                      -- The signed checkpoint.
  at   INTEGER NOT NULL                       -- Never less than that of the head before.
) STRICT;

CREATE INDEX ledger_head_by_at ON ledger_head (at);

CREATE TRIGGER ledger_head_no_delete BEFORE DELETE ON ledger_head
BEGIN SELECT RAISE(ABORT, 'ledger_head is append-only'); END;

CREATE TRIGGER ledger_head_no_update BEFORE UPDATE ON ledger_head
BEGIN SELECT RAISE(ABORT, 'ledger_head is append-only'); END;

CREATE TABLE ledger_leaf (
  id   INTEGER PRIMARY KEY NOT NULL,          -- Index in the tree + 1; no gaps.
  leaf BLOB    NOT NULL                       -- 65 bytes beginning 0x01 for an event of a case.
) STRICT;

CREATE TRIGGER ledger_leaf_no_delete BEFORE DELETE ON ledger_leaf
BEGIN SELECT RAISE(ABORT, 'ledger_leaf is append-only'); END;

CREATE TRIGGER ledger_leaf_no_update BEFORE UPDATE ON ledger_leaf
BEGIN SELECT RAISE(ABORT, 'ledger_leaf is append-only'); END;

CREATE TRIGGER ledger_leaf_size BEFORE INSERT ON ledger_leaf
WHEN length(NEW.leaf) NOT BETWEEN 1 AND 16384
BEGIN SELECT RAISE(ABORT, 'a leaf has 1 to 16384 bytes'); END;

CREATE TABLE ledger_log (
  id        INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
  origin    TEXT    NOT NULL,
  vkey      TEXT    NOT NULL,                 -- The public key, as C2SP writes it.
  opened_at INTEGER NOT NULL                  -- When the program that signs last started.
) STRICT;

CREATE TABLE ledger_policy (
  id     INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
  policy TEXT    NOT NULL                     -- C2SP tlog-policy.
) STRICT;

CREATE TABLE ledger_secret (
  id          INTEGER PRIMARY KEY NOT NULL,   -- Of the entry.
  commit_salt BLOB    NOT NULL,               -- 64 bytes, hides the payload.
  body_salt   BLOB    NOT NULL,               -- 32 bytes, hides the text and the files.
  case_key    BLOB                            -- 32 bytes, tags all events of the subject; seq 0 only.
, is_dummy INTEGER) STRICT;

CREATE INDEX ledger_secret_by_dummy ON ledger_secret (id) WHERE is_dummy IS NOT NULL;

CREATE TABLE ledger_sum (
  fact_id     INTEGER NOT NULL,               -- Of the entry in ledger_entry that says the root.
  unit        TEXT    NOT NULL,               -- Its code as it stands in the fact, or *.
  figure      TEXT    NOT NULL,
  n           INTEGER NOT NULL CHECK (n >= 0),-- Leaves n·1024 up to (n+1)·1024.
  first_label BLOB    NOT NULL CHECK (length(first_label) = 32),
  labels      BLOB    NOT NULL CHECK (length(labels) BETWEEN 32 AND 32768),  -- 32 bytes each, ascending.
  root        BLOB    NOT NULL CHECK (length(root) = 32),  -- Of the subtree of these.
  PRIMARY KEY (unit, figure, fact_id, n)
) STRICT;

CREATE INDEX ledger_sum_by_fact ON ledger_sum (fact_id);

CREATE TRIGGER ledger_sum_no_delete BEFORE DELETE ON ledger_sum
BEGIN SELECT RAISE(ABORT, 'ledger_sum is append-only'); END;

CREATE TRIGGER ledger_sum_no_update BEFORE UPDATE ON ledger_sum
BEGIN SELECT RAISE(ABORT, 'ledger_sum is append-only'); END;

CREATE TABLE ledger_tick (
  at   INTEGER PRIMARY KEY NOT NULL,          -- The tick; the head is the newest signed until then.
  size INTEGER NOT NULL REFERENCES ledger_head (size)  -- Never less than that of the tick before.
) STRICT;

CREATE TRIGGER ledger_tick_no_delete BEFORE DELETE ON ledger_tick
BEGIN SELECT RAISE(ABORT, 'ledger_tick is append-only'); END;

CREATE TRIGGER ledger_tick_no_update BEFORE UPDATE ON ledger_tick
BEGIN SELECT RAISE(ABORT, 'ledger_tick is append-only'); END;

CREATE TABLE ledger_waiting (
  id           INTEGER PRIMARY KEY NOT NULL,
  due_at       INTEGER NOT NULL,              -- The full hour by which it stands in the log.
  event        TEXT    NOT NULL,
  subject_kind TEXT    NOT NULL,
  subject_id   INTEGER NOT NULL,
  seq          INTEGER NOT NULL CHECK (seq >= 0),
  party        TEXT    NOT NULL,
  actor_id     INTEGER,
  unit_id      INTEGER,
  payload      TEXT    NOT NULL,              -- Its time is `due_at`, and nothing finer.
  leaf         BLOB    NOT NULL,              -- 65 bytes.
  commit_salt  BLOB,                          -- NULL, as the two below, once the case was erased.
  body_salt    BLOB,
  case_key     BLOB                           -- seq 0 only.
) STRICT;

CREATE UNIQUE INDEX ledger_waiting_by_subject ON ledger_waiting (subject_kind, subject_id, seq);

CREATE TABLE notice_outbox (
  id             INTEGER PRIMARY KEY,
  kind           TEXT    NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),  -- "feedback.answered"
  to_kind        TEXT    NOT NULL CHECK (to_kind IN ('citizen','staff')),
  to_account_id  INTEGER,                     -- Who of the staff; NULL for citizens.
  address        TEXT    NOT NULL DEFAULT '', -- Where to send; empty: told on the page alone.
  subject_kind   TEXT    NOT NULL CHECK (length(subject_kind) BETWEEN 1 AND 40),
  subject_id     INTEGER NOT NULL,            -- A row of the room named by subject_kind.
  text_key       TEXT    NOT NULL CHECK (length(text_key) BETWEEN 1 AND 100),
  language       TEXT    NOT NULL CHECK (language IN ('vi','en')),
  created_at     INTEGER NOT NULL,
  due_at         INTEGER NOT NULL,            -- Not to be sent, or sent again, before.
  attempts       INTEGER NOT NULL DEFAULT 0,  -- How often sending has failed.
  sent_at        INTEGER,                     -- It left for the address, which is then empty.
  seen_at        INTEGER, way TEXT NOT NULL DEFAULT 'mail'
  CHECK (way = 'mail' OR way = 'message'), holes TEXT NOT NULL DEFAULT '', link TEXT NOT NULL DEFAULT '',                     -- The staff member has opened their list since.
  CHECK ((to_account_id IS NOT NULL) = (to_kind = 'staff')),
  CHECK (sent_at IS NULL OR address = '')
) STRICT;

CREATE INDEX notice_outbox_by_account ON notice_outbox (to_account_id, id);

CREATE INDEX notice_outbox_by_subject ON notice_outbox (subject_kind, subject_id, id);

CREATE INDEX notice_outbox_waiting ON notice_outbox (due_at) WHERE address <> '';

CREATE TABLE notice_reader (
  subject_kind  TEXT    NOT NULL CHECK (length(subject_kind) BETWEEN 1 AND 40),
  subject_id    INTEGER NOT NULL,
  key           BLOB    NOT NULL UNIQUE CHECK (length(key) = 16),  -- In the link by which to choose.
  pace          TEXT    NOT NULL CHECK (pace = 'each' OR pace = 'daily' OR pace = 'none'),
  address       TEXT    NOT NULL DEFAULT '',  -- Of the staff; a citizen's lies with the case.
  told_on       INTEGER,                      -- The day of the last digest of a member of the staff.
  PRIMARY KEY (subject_kind, subject_id)
) STRICT;

CREATE TABLE people_account (
  id             INTEGER PRIMARY KEY,
  login          TEXT    NOT NULL UNIQUE CHECK (length(login) BETWEEN 2 AND 40),  -- Lower case.
  name           TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  password_hash  TEXT    NOT NULL,  -- Argon2id with its salt and cost, "$argon2id$v=19$…".
  language       TEXT    NOT NULL CHECK (language IN ('vi','en')),
  created_at     INTEGER NOT NULL,
  disabled_at    INTEGER            -- No sign-in from then on; the row stays for what they did.
) STRICT;

CREATE TABLE people_attempt (
  login_hash    BLOB    PRIMARY KEY CHECK (length(login_hash) = 32),
  failed_count  INTEGER NOT NULL CHECK (failed_count > 0),
  failed_at     INTEGER NOT NULL,
  locked_until  INTEGER             -- NULL while below the limit.
) STRICT;

CREATE INDEX people_attempt_by_failed ON people_attempt (failed_at);

CREATE TABLE people_holder (
  id            INTEGER PRIMARY KEY,
  slot          TEXT    NOT NULL CHECK (slot IN ('A','B','C')),
  name          TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  public_key    BLOB    NOT NULL CHECK (length(public_key) = 32),
  installed_at  INTEGER NOT NULL,
  retired_at    INTEGER
) STRICT;

CREATE UNIQUE INDEX people_holder_in_force ON people_holder (slot) WHERE retired_at IS NULL;

CREATE TABLE people_link (
  account_id  INTEGER PRIMARY KEY NOT NULL,
  link_hash   BLOB    NOT NULL UNIQUE,     -- SHA-256 of the token in the link, which is nowhere kept.
  reason      TEXT    NOT NULL,            -- Of the administrator who had it made.
  expires_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE people_role (
  id          INTEGER PRIMARY KEY,
  account_id  INTEGER NOT NULL REFERENCES people_account (id),
  role        TEXT    NOT NULL CHECK (role IN ('clerk','triage','handler','head','ombudsman',
                                               'supervisor','administrator')),
  unit_id     INTEGER NOT NULL,     -- A unit; units are made after people.
  granted_at  INTEGER NOT NULL,
  revoked_at  INTEGER,
  CHECK (revoked_at IS NULL OR revoked_at >= granted_at)
) STRICT;

CREATE INDEX people_role_by_unit ON people_role (unit_id, role);

CREATE UNIQUE INDEX people_role_in_force ON people_role (account_id, role, unit_id)
  WHERE revoked_at IS NULL;

CREATE TABLE people_session (
  token_hash  BLOB    PRIMARY KEY CHECK (length(token_hash) = 32),
  account_id  INTEGER NOT NULL REFERENCES people_account (id),
  created_at  INTEGER NOT NULL,
  seen_at     INTEGER NOT NULL,     -- Kept up by a job each minute, not by every request.
  expires_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX people_session_by_account ON people_session (account_id);

CREATE INDEX people_session_by_expires ON people_session (expires_at);

CREATE TABLE project (
  id          INTEGER PRIMARY KEY NOT NULL,
  unit_id     INTEGER NOT NULL,              -- That answers, and its place in the tree.
  unit_path   TEXT    NOT NULL,
  name_vi     TEXT    NOT NULL,
  name_en     TEXT    NOT NULL DEFAULT '',
  summary     TEXT    NOT NULL,
  created_by  INTEGER NOT NULL,              -- Account.
  created_at  INTEGER NOT NULL,
  revision    INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX project_by_unit ON project (unit_path, id);

CREATE TABLE project_correction (
  question_id        INTEGER PRIMARY KEY NOT NULL,
  line_id            INTEGER NOT NULL,
  area_before        INTEGER NOT NULL,
  land_before        TEXT    NOT NULL,
  price_before       INTEGER NOT NULL,
  structures_before  INTEGER NOT NULL,
  support_before     INTEGER NOT NULL,
  area_after         INTEGER NOT NULL,
  land_after         TEXT    NOT NULL,
  price_after        INTEGER NOT NULL,
  structures_after   INTEGER NOT NULL,
  support_after      INTEGER NOT NULL
) STRICT;

CREATE INDEX project_correction_by_line ON project_correction (line_id, question_id);

CREATE TABLE project_erasure (
  household_id  INTEGER PRIMARY KEY NOT NULL,
  destroyed_at  INTEGER
) STRICT;

CREATE TABLE project_household (
  id           INTEGER PRIMARY KEY NOT NULL,
  project_id   INTEGER NOT NULL,
  code         TEXT    NOT NULL UNIQUE,      -- As that of a case; shown as GP-7K2M-9QPR.
  citizen_key  BLOB    NOT NULL,             -- Public half of the key made from the secret.
  number       TEXT    NOT NULL,             -- What the office calls it.
  holder       TEXT    NOT NULL,
  address      TEXT    NOT NULL,
  imported_at  INTEGER NOT NULL,
  imported_by  INTEGER NOT NULL,             -- Account; it reads no question of the project.
  is_own       INTEGER NOT NULL DEFAULT 0 CHECK (is_own IN (0,1)),  -- 1: no letter held its secret.
  erased_at    INTEGER,
  revision     INTEGER NOT NULL DEFAULT 1
, reissue_id INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX project_household_by_project ON project_household (project_id, number);

CREATE TABLE project_item (
  project_id    INTEGER NOT NULL,
  number        INTEGER NOT NULL,            -- From 1.
  kind          TEXT    NOT NULL CHECK (kind IN ('decision','plan','prices','notice')),
  document      TEXT    NOT NULL,            -- "1207/QĐ-UBND".
  title         TEXT    NOT NULL,
  text          TEXT    NOT NULL,
  dated_on      INTEGER NOT NULL,
  published_by  INTEGER NOT NULL,            -- Account.
  published_at  INTEGER NOT NULL,
  line          INTEGER NOT NULL,            -- Of the ledger.
  PRIMARY KEY (project_id, number)
) STRICT;

CREATE TRIGGER project_item_no_delete BEFORE DELETE ON project_item
BEGIN SELECT RAISE(ABORT, 'project_item is append-only'); END;

CREATE TRIGGER project_item_no_update BEFORE UPDATE ON project_item
BEGIN SELECT RAISE(ABORT, 'project_item is append-only'); END;

CREATE TABLE project_line (
  id            INTEGER PRIMARY KEY NOT NULL,
  household_id  INTEGER NOT NULL,
  seq           INTEGER NOT NULL,            -- From 1.
  parcel        TEXT    NOT NULL,
  area          INTEGER NOT NULL,            -- Hundredths of a square metre.
  land_code     TEXT    NOT NULL,
  land_name     TEXT    NOT NULL,
  price         INTEGER NOT NULL,            -- Dong for a square metre, of the table then in force.
  structures    INTEGER NOT NULL,            -- Dong.
  support       INTEGER NOT NULL,            -- Dong.
  revision      INTEGER NOT NULL DEFAULT 1,
  UNIQUE (household_id, seq)
) STRICT;

CREATE TABLE project_price (
  project_id  INTEGER NOT NULL,
  number      INTEGER NOT NULL,              -- Of the item.
  code        TEXT    NOT NULL,              -- Of the kind of land: "ONT".
  name        TEXT    NOT NULL,
  price       INTEGER NOT NULL CHECK (price > 0),  -- Dong for a square metre.
  PRIMARY KEY (project_id, number, code)
) STRICT;

CREATE TRIGGER project_price_no_delete BEFORE DELETE ON project_price
BEGIN SELECT RAISE(ABORT, 'project_price is append-only'); END;

CREATE TRIGGER project_price_no_update BEFORE UPDATE ON project_price
BEGIN SELECT RAISE(ABORT, 'project_price is append-only'); END;

CREATE TABLE project_question (
  id            INTEGER PRIMARY KEY NOT NULL,
  code          TEXT    NOT NULL UNIQUE,     -- Drawn: a number would tell how many there are.
  project_id    INTEGER NOT NULL,
  household_id  INTEGER NOT NULL,
  line_id       INTEGER NOT NULL,            -- 0: the whole file.
  round         INTEGER NOT NULL,
  previous_id   INTEGER NOT NULL,            -- The question whose answer is not accepted; 0: none.
  body          TEXT    NOT NULL,
  asked_at      INTEGER NOT NULL,
  due_at        INTEGER NOT NULL,
  line          INTEGER NOT NULL,            -- Of the ledger, as below.
  outcome       TEXT    NOT NULL DEFAULT '' CHECK (outcome IN ('','explained','remedied','erased')),
  answer        TEXT    NOT NULL DEFAULT '',
  answered_by   INTEGER NOT NULL DEFAULT 0,  -- Account.
  answered_at   INTEGER,
  answer_line   INTEGER, reissue_id INTEGER NOT NULL DEFAULT 0,
  CHECK ((answered_at IS NULL) = (outcome = ''))
) STRICT;

CREATE INDEX project_question_by_household ON project_question (household_id, id);

CREATE INDEX project_question_by_round ON project_question (project_id, round, household_id);

CREATE INDEX project_question_waiting ON project_question (project_id, due_at)
  WHERE answered_at IS NULL;

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

CREATE TABLE project_round (
  project_id   INTEGER NOT NULL,
  number       INTEGER NOT NULL,             -- From 1.
  opened_at    INTEGER NOT NULL,
  asks_until   INTEGER NOT NULL,             -- The last day on which a household may ask.
  opened_line  INTEGER NOT NULL,
  closed_at    INTEGER,
  closed_line  INTEGER,
  raised       INTEGER,                      -- Households that asked,
  remedied     INTEGER,                      -- and those of which a line was put right.
  PRIMARY KEY (project_id, number)
) STRICT;

CREATE TABLE reception (
  id            INTEGER PRIMARY KEY NOT NULL,
  unit_id       INTEGER NOT NULL,             -- That receives, and its place in the tree.
  unit_path     TEXT    NOT NULL,
  receiver      TEXT    NOT NULL,             -- The office of whoever receives, not a name.
  place         TEXT    NOT NULL,
  starts_at     INTEGER NOT NULL,
  turn_minutes  INTEGER NOT NULL CHECK (turn_minutes BETWEEN 5 AND 120),
  places        INTEGER NOT NULL CHECK (places BETWEEN 1 AND 60),
  state         TEXT    NOT NULL CHECK (state IN ('announced','held','cancelled')),
  moved_count   INTEGER NOT NULL DEFAULT 0,
  created_by    INTEGER NOT NULL,             -- Account.
  created_at    INTEGER NOT NULL,
  revision      INTEGER NOT NULL DEFAULT 1
, keeper_id INTEGER NOT NULL DEFAULT 0, keeper_path TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX reception_by_keeper ON reception (keeper_id, starts_at, id);

CREATE INDEX reception_by_start ON reception (starts_at, id);

CREATE INDEX reception_by_unit ON reception (unit_path, starts_at, id);

CREATE INDEX reception_by_unit_id ON reception (unit_id, starts_at, id);

CREATE TABLE reception_contest (
  turn_id       INTEGER PRIMARY KEY NOT NULL,
  above_path    TEXT    NOT NULL,             -- Path of the unit that decides.
  contested_at  INTEGER NOT NULL,
  due_at        INTEGER NOT NULL,
  ruling        TEXT    NOT NULL DEFAULT '' CHECK (ruling IN ('','stands','again','erased')),
  ruled_at      INTEGER,
  CHECK ((ruled_at IS NULL) = (ruling = ''))
) STRICT;

CREATE INDEX reception_contest_open ON reception_contest (above_path, due_at)
  WHERE ruled_at IS NULL;

CREATE TABLE reception_entry (
  turn_id        INTEGER NOT NULL,
  number         INTEGER NOT NULL,            -- From 1.
  presence       TEXT    NOT NULL CHECK (presence = 'came' OR presence = 'missed'),
  sort           TEXT    NOT NULL DEFAULT ''
                 CHECK (sort IN ('','report','request','complaint','denunciation')),
  outcome        TEXT    NOT NULL DEFAULT ''
                 CHECK (outcome IN ('','answered','written','passed','promised','case','lawful')),
  written_by     INTEGER NOT NULL,            -- Account.
  written_at     INTEGER NOT NULL,
  line           INTEGER NOT NULL,
  PRIMARY KEY (turn_id, number),
  CHECK ((presence = 'came') = (outcome <> ''))
) STRICT;

CREATE INDEX reception_entry_by_account ON reception_entry (written_by, turn_id);

CREATE TRIGGER reception_entry_no_delete BEFORE DELETE ON reception_entry
BEGIN SELECT RAISE(ABORT, 'reception_entry is append-only'); END;

CREATE TRIGGER reception_entry_no_update BEFORE UPDATE ON reception_entry
BEGIN SELECT RAISE(ABORT, 'reception_entry is append-only'); END;

CREATE TABLE reception_erasure (
  turn_id       INTEGER PRIMARY KEY NOT NULL,
  destroyed_at  INTEGER
) STRICT;

CREATE TABLE reception_event (
  id            INTEGER PRIMARY KEY NOT NULL,
  reception_id  INTEGER NOT NULL,
  at            INTEGER NOT NULL,
  what          TEXT    NOT NULL CHECK (what IN ('announced','moved','cancelled','held')),
  starts_at     INTEGER NOT NULL,             -- As it is from then on.
  words         TEXT    NOT NULL DEFAULT '',  -- Why it was moved or cancelled.
  line          INTEGER NOT NULL
) STRICT;

CREATE INDEX reception_event_by_day ON reception_event (reception_id, id);

CREATE TRIGGER reception_event_no_delete BEFORE DELETE ON reception_event
BEGIN SELECT RAISE(ABORT, 'reception_event is append-only'); END;

CREATE TRIGGER reception_event_no_update BEFORE UPDATE ON reception_event
BEGIN SELECT RAISE(ABORT, 'reception_event is append-only'); END;

CREATE TABLE reception_follow (
  id            INTEGER PRIMARY KEY NOT NULL,
  reception_id  INTEGER NOT NULL,
  at            INTEGER NOT NULL,
  from_id       INTEGER NOT NULL,             -- Unit.
  to_id         INTEGER NOT NULL,             -- Unit.
  starts_at     INTEGER NOT NULL,             -- As it was then.
  is_ahead      INTEGER NOT NULL CHECK (is_ahead IN (0,1)),    -- Not over: announced by `to_id` now.
  is_certain    INTEGER NOT NULL CHECK (is_certain IN (0,1)),  -- 0: a person has to say where to.
  settled_by    INTEGER NOT NULL DEFAULT 0,   -- Account of who said so; 0: the clock.
  line          INTEGER NOT NULL
) STRICT;

CREATE INDEX reception_follow_by_day ON reception_follow (reception_id, id);

CREATE INDEX reception_follow_open ON reception_follow (id) WHERE is_certain = 0;

CREATE TRIGGER reception_follow_no_delete BEFORE DELETE ON reception_follow
BEGIN SELECT RAISE(ABORT, 'reception_follow is append-only'); END;

CREATE TRIGGER reception_follow_no_update BEFORE UPDATE ON reception_follow
BEGIN SELECT RAISE(ABORT, 'reception_follow is append-only'); END;

CREATE TABLE reception_link (
  turn_id        INTEGER NOT NULL,
  number         INTEGER NOT NULL,            -- Of the entry.
  passed_to      INTEGER NOT NULL,            -- Unit; 0: none.
  commitment_id  INTEGER NOT NULL,
  case_id        INTEGER NOT NULL,
  PRIMARY KEY (turn_id, number)
) STRICT;

CREATE TABLE reception_turn (
  id            INTEGER PRIMARY KEY NOT NULL,
  reception_id  INTEGER NOT NULL,
  slot          INTEGER NOT NULL CHECK (slot >= 1),  -- Its place in the row of turns.
  code          TEXT    NOT NULL UNIQUE,      -- As that of a case; shown as TD-7K2M-9QPR.
  citizen_key   BLOB    NOT NULL,             -- Public half of the key made from the secret.
  about         TEXT    NOT NULL,
  name          TEXT    NOT NULL,             -- What to call them by; empty: not said.
  contact       TEXT    NOT NULL,             -- Empty: none was left.
  language      TEXT    NOT NULL CHECK (language = 'vi' OR language = 'en'),
  way           TEXT    NOT NULL CHECK (way IN ('person','online','company')),
  is_walk_in    INTEGER NOT NULL DEFAULT 0 CHECK (is_walk_in IN (0,1)),
  case_id       INTEGER NOT NULL DEFAULT 0,   -- The case they showed the secret of; 0: none.
  state         TEXT    NOT NULL CHECK (state IN ('booked','cancelled','came','missed')),
  came_at       INTEGER,                      -- When the log first said so.
  due_at        INTEGER,                      -- A written result is owed until then; NULL: none.
  results       INTEGER NOT NULL DEFAULT 0,   -- Written so far.
  is_late       INTEGER NOT NULL DEFAULT 0 CHECK (is_late IN (0,1)),  -- The first was.
  words_until   INTEGER,                      -- When its words go; NULL: not before the result.
  booked_by     INTEGER NOT NULL DEFAULT 0,   -- Account of who took it in; 0: nobody.
  booked_at     INTEGER NOT NULL,
  line          INTEGER NOT NULL DEFAULT 0,   -- Of the ledger.
  erased_at     INTEGER,
  revision      INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE UNIQUE INDEX reception_turn_by_slot ON reception_turn (reception_id, slot)
  WHERE state <> 'cancelled';

CREATE INDEX reception_turn_by_words ON reception_turn (words_until, id)
  WHERE words_until IS NOT NULL;

CREATE INDEX reception_turn_owed ON reception_turn (due_at, id) WHERE due_at IS NOT NULL;

CREATE TABLE reception_words (
  turn_id     INTEGER NOT NULL,
  what        TEXT    NOT NULL CHECK (what IN ('summary','result','contest','ruling')),
  number      INTEGER NOT NULL,               -- Of the entry or the result; 1 for the others.
  body        TEXT    NOT NULL,
  written_by  INTEGER NOT NULL,               -- Account; 0: whoever holds the turn.
  written_at  INTEGER NOT NULL,
  line        INTEGER NOT NULL,
  PRIMARY KEY (turn_id, what, number)
) STRICT;

CREATE TRIGGER reception_words_no_update BEFORE UPDATE ON reception_words
BEGIN SELECT RAISE(ABORT, 'reception_words are not changed'); END;

CREATE TABLE satisfaction_rating (
  feedback_id INTEGER PRIMARY KEY NOT NULL,
  unit_id     INTEGER NOT NULL,                 -- The office whose answer is rated.
  score       INTEGER NOT NULL CHECK (score BETWEEN 1 AND 5),
  solved      TEXT    NOT NULL CHECK (solved IN ('yes','partly','no')),
  reasons     TEXT    NOT NULL DEFAULT '',      -- Words of the list, separated by spaces.
  text        TEXT    NOT NULL DEFAULT '',
  sender      TEXT    NOT NULL CHECK (sender IN ('person','organisation','business')),
  entered_by  INTEGER,                          -- Clerk, when typed for the citizen: never in figures.
  first_at    INTEGER NOT NULL,
  changed_at  INTEGER NOT NULL,
  revision    INTEGER NOT NULL DEFAULT 1        -- Grows with each change.
, again TEXT NOT NULL DEFAULT ''
  CHECK (again = '' OR again = 'yes' OR again = 'no'), believed TEXT NOT NULL DEFAULT ''
  CHECK (believed = '' OR believed = 'yes' OR believed = 'no')) STRICT;

CREATE INDEX satisfaction_rating_by_first
  ON satisfaction_rating (first_at, unit_id, score, feedback_id, entered_by);

CREATE INDEX satisfaction_rating_by_unit ON satisfaction_rating (unit_id, first_at);

CREATE TABLE schema_migration (
  number     INTEGER NOT NULL PRIMARY KEY,
  name       TEXT    NOT NULL,
  hash       TEXT    NOT NULL,  -- SHA-256 of the file, in hexadecimal.
  applied_at INTEGER NOT NULL
) STRICT;

CREATE TABLE settings_change (
  id            INTEGER PRIMARY KEY,
  at            INTEGER NOT NULL,
  account_id    INTEGER NOT NULL,            -- The administrator.
  list          TEXT    NOT NULL,            -- "topic"
  code          TEXT    NOT NULL,            -- Which entry of the list.
  before        TEXT    NOT NULL,            -- Its value as it was; '' when there was none.
  after         TEXT    NOT NULL,            -- docs/formats/settings.md
  valid_from    INTEGER NOT NULL,            -- Day, as days since 1970-01-01.
  reason        TEXT    NOT NULL,
  undoes        INTEGER,                     -- The change this one takes back.
  applied_at    INTEGER,                     -- NULL: waits for its day.
  withdrawn_at  INTEGER                      -- Taken back before its day came.
) STRICT;

CREATE INDEX settings_change_by_code ON settings_change (list, code, id);

CREATE INDEX settings_change_waiting ON settings_change (valid_from)
  WHERE applied_at IS NULL AND withdrawn_at IS NULL;

CREATE TABLE settings_picture (
  hash        TEXT    PRIMARY KEY NOT NULL CHECK (length(hash) = 64),  -- Hexadecimal.
  media_type  TEXT    NOT NULL,
  bytes       BLOB    NOT NULL,            -- As the sandbox wrote them anew.
  width       INTEGER NOT NULL CHECK (width > 0),
  height      INTEGER NOT NULL CHECK (height > 0),
  created_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE supervision (
  id           INTEGER PRIMARY KEY NOT NULL,
  unit_id      INTEGER NOT NULL,                 -- At whose top it stands,
  unit_path    TEXT    NOT NULL,                 -- and whose cases below are in the frame.
  title_vi     TEXT    NOT NULL,
  title_en     TEXT    NOT NULL DEFAULT '',
  subject      TEXT    NOT NULL,                 -- What is looked at, in the supervisor's words.
  from_day     INTEGER NOT NULL,                 -- Cases that came in from this day
  to_day       INTEGER NOT NULL,                 -- to this one.
  stage        TEXT    NOT NULL CHECK (stage IN ('announced','drawn','finished')),
  head_at      INTEGER NOT NULL,                 -- The first head published at this moment or later decides.
  frame_size   INTEGER NOT NULL CHECK (frame_size > 0),
  frame_hash   BLOB    NOT NULL,                 -- SHA-256 of the frame's text; stands in the ledger.
  created_by   INTEGER NOT NULL,                 -- Account.
  created_at   INTEGER NOT NULL,
  line         INTEGER NOT NULL,                 -- Of the ledger, as all below.
  head_size    INTEGER,                          -- The head that decided: its leaves,
  head_root    BLOB,                             -- its root,
  head_seen_at INTEGER,                          -- and when it was published.
  drawn_at     INTEGER,
  drawn_line   INTEGER,
  finished_at  INTEGER,
  finished_line INTEGER,
  CHECK ((stage = 'announced') = (head_size IS NULL)),
  CHECK ((stage = 'finished') = (finished_at IS NOT NULL))
) STRICT;

CREATE INDEX supervision_by_stage ON supervision (stage, head_at, id);

CREATE TRIGGER supervision_no_delete BEFORE DELETE ON supervision
BEGIN SELECT RAISE(ABORT, 'supervision is append-only'); END;

CREATE TRIGGER supervision_no_update BEFORE UPDATE ON supervision
WHEN NEW.id IS NOT OLD.id OR NEW.unit_id IS NOT OLD.unit_id OR NEW.unit_path IS NOT OLD.unit_path
  OR NEW.title_vi IS NOT OLD.title_vi OR NEW.title_en IS NOT OLD.title_en
  OR NEW.subject IS NOT OLD.subject OR NEW.from_day IS NOT OLD.from_day
  OR NEW.to_day IS NOT OLD.to_day OR NEW.head_at IS NOT OLD.head_at
  OR NEW.frame_size IS NOT OLD.frame_size OR NEW.frame_hash IS NOT OLD.frame_hash
  OR NEW.created_by IS NOT OLD.created_by OR NEW.created_at IS NOT OLD.created_at
  OR NEW.line IS NOT OLD.line OR OLD.stage = 'finished'
  OR (OLD.stage = 'drawn' AND (NEW.stage <> 'finished' OR NEW.head_size IS NOT OLD.head_size
    OR NEW.head_root IS NOT OLD.head_root OR NEW.head_seen_at IS NOT OLD.head_seen_at
    OR NEW.drawn_at IS NOT OLD.drawn_at OR NEW.drawn_line IS NOT OLD.drawn_line))
BEGIN SELECT RAISE(ABORT, 'supervision is append-only'); END;

CREATE TABLE supervision_advice (
  id             INTEGER PRIMARY KEY NOT NULL,
  supervision_id INTEGER NOT NULL,
  number         INTEGER NOT NULL,               -- From 1 in its programme.
  unit_id        INTEGER NOT NULL,
  unit_path      TEXT    NOT NULL,
  text           TEXT    NOT NULL,
  due_on         INTEGER NOT NULL,               -- The last day to answer; a return gives another.
  advised_by     INTEGER NOT NULL,               -- Account.
  advised_at     INTEGER NOT NULL,
  line           INTEGER NOT NULL,
  UNIQUE (supervision_id, number)
) STRICT;

CREATE INDEX supervision_advice_by_path ON supervision_advice (unit_path, id);

CREATE TRIGGER supervision_advice_no_delete BEFORE DELETE ON supervision_advice
BEGIN SELECT RAISE(ABORT, 'supervision_advice is append-only'); END;

CREATE TRIGGER supervision_advice_no_update BEFORE UPDATE ON supervision_advice
BEGIN SELECT RAISE(ABORT, 'supervision_advice is append-only'); END;

CREATE TABLE supervision_drawn (
  supervision_id INTEGER NOT NULL,
  number         INTEGER NOT NULL,
  PRIMARY KEY (supervision_id, number)
) STRICT;

CREATE TRIGGER supervision_drawn_no_delete BEFORE DELETE ON supervision_drawn
BEGIN SELECT RAISE(ABORT, 'supervision_drawn is append-only'); END;

CREATE TRIGGER supervision_drawn_no_update BEFORE UPDATE ON supervision_drawn
BEGIN SELECT RAISE(ABORT, 'supervision_drawn is append-only'); END;

CREATE TABLE supervision_finding (
  supervision_id INTEGER NOT NULL,
  number         INTEGER NOT NULL,
  seq            INTEGER NOT NULL,               -- From 1.
  outcome        TEXT    NOT NULL CHECK (outcome IN ('in_order','flaw','breach','unclear')),
  note           TEXT    NOT NULL,               -- For supervisors; none once the case was erased.
  salt           BLOB    NOT NULL,               -- 32 bytes.
  hash           BLOB    NOT NULL,               -- SHA-256(salt || outcome || line feed || note).
  found_by       INTEGER NOT NULL,               -- Account.
  found_at       INTEGER NOT NULL,
  line           INTEGER NOT NULL, unit_reads INTEGER NOT NULL DEFAULT 0, unit_id INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (supervision_id, number, seq)
) STRICT;

CREATE TRIGGER supervision_finding_keeps_reader BEFORE UPDATE ON supervision_finding
WHEN NEW.unit_reads IS NOT OLD.unit_reads OR NEW.unit_id IS NOT OLD.unit_id
BEGIN SELECT RAISE(ABORT, 'supervision_finding is append-only'); END;

CREATE TRIGGER supervision_finding_no_delete BEFORE DELETE ON supervision_finding
BEGIN SELECT RAISE(ABORT, 'supervision_finding is append-only'); END;

CREATE TRIGGER supervision_finding_no_update BEFORE UPDATE ON supervision_finding
WHEN NEW.supervision_id IS NOT OLD.supervision_id OR NEW.number IS NOT OLD.number
  OR NEW.seq IS NOT OLD.seq OR NEW.outcome IS NOT OLD.outcome
  OR (NEW.note IS NOT OLD.note AND NEW.note <> '')
  OR (NEW.salt IS NOT OLD.salt AND length(NEW.salt) > 0)
  OR NEW.hash IS NOT OLD.hash OR NEW.found_by IS NOT OLD.found_by
  OR NEW.found_at IS NOT OLD.found_at OR NEW.line IS NOT OLD.line
BEGIN SELECT RAISE(ABORT, 'supervision_finding is append-only'); END;

CREATE TABLE supervision_finding_reply (
  supervision_id INTEGER NOT NULL,
  number         INTEGER NOT NULL,
  seq            INTEGER NOT NULL,               -- Of the finding it replies to.
  text           TEXT    NOT NULL,               -- None once the case was erased, as the salt.
  salt           BLOB    NOT NULL,               -- 32 bytes.
  hash           BLOB    NOT NULL,               -- SHA-256(salt || text).
  said_by        INTEGER NOT NULL,               -- Account.
  said_at        INTEGER NOT NULL,
  line           INTEGER NOT NULL,               -- Of the ledger.
  PRIMARY KEY (supervision_id, number, seq)
) STRICT;

CREATE TRIGGER supervision_finding_reply_no_delete BEFORE DELETE ON supervision_finding_reply
BEGIN SELECT RAISE(ABORT, 'supervision_finding_reply is append-only'); END;

CREATE TRIGGER supervision_finding_reply_no_update BEFORE UPDATE ON supervision_finding_reply
WHEN NEW.supervision_id IS NOT OLD.supervision_id OR NEW.number IS NOT OLD.number
  OR NEW.seq IS NOT OLD.seq OR (NEW.text IS NOT OLD.text AND NEW.text <> '')
  OR (NEW.salt IS NOT OLD.salt AND length(NEW.salt) > 0)
  OR NEW.hash IS NOT OLD.hash OR NEW.said_by IS NOT OLD.said_by
  OR NEW.said_at IS NOT OLD.said_at OR NEW.line IS NOT OLD.line
BEGIN SELECT RAISE(ABORT, 'supervision_finding_reply is append-only'); END;

CREATE TABLE supervision_item (
  supervision_id INTEGER NOT NULL,
  number         INTEGER NOT NULL,               -- From 1; of a stratum in an order that tells nothing.
  word           TEXT    NOT NULL,               -- Its stratum.
  feedback_id    INTEGER NOT NULL,
  commitment     BLOB    NOT NULL,               -- SHA-256(salt || the case's code).
  salt           BLOB    NOT NULL,               -- 32 bytes; none once the case was erased.
  PRIMARY KEY (supervision_id, number)
) STRICT;

CREATE INDEX supervision_item_by_feedback ON supervision_item (feedback_id);

CREATE TRIGGER supervision_item_no_delete BEFORE DELETE ON supervision_item
BEGIN SELECT RAISE(ABORT, 'supervision_item is append-only'); END;

CREATE TRIGGER supervision_item_no_update BEFORE UPDATE ON supervision_item
WHEN NEW.supervision_id IS NOT OLD.supervision_id OR NEW.number IS NOT OLD.number
  OR NEW.word IS NOT OLD.word OR NEW.feedback_id IS NOT OLD.feedback_id
  OR NEW.commitment IS NOT OLD.commitment OR (NEW.salt IS NOT OLD.salt AND length(NEW.salt) > 0)
BEGIN SELECT RAISE(ABORT, 'supervision_item is append-only'); END;

CREATE TABLE supervision_reply (
  advice_id      INTEGER NOT NULL,
  seq            INTEGER NOT NULL,               -- From 1.
  kind           TEXT    NOT NULL CHECK (kind IN ('answered','returned','verified')),
  text           TEXT    NOT NULL,
  due_on         INTEGER NOT NULL,               -- Of a return the new day, of others the one in force.
  said_by        INTEGER NOT NULL,               -- Account.
  said_at        INTEGER NOT NULL,
  line           INTEGER NOT NULL,
  PRIMARY KEY (advice_id, seq)
) STRICT;

CREATE TRIGGER supervision_reply_no_delete BEFORE DELETE ON supervision_reply
BEGIN SELECT RAISE(ABORT, 'supervision_reply is append-only'); END;

CREATE TRIGGER supervision_reply_no_update BEFORE UPDATE ON supervision_reply
BEGIN SELECT RAISE(ABORT, 'supervision_reply is append-only'); END;

CREATE TABLE supervision_stratum (
  supervision_id INTEGER NOT NULL,
  position       INTEGER NOT NULL,
  word           TEXT    NOT NULL,
  size           INTEGER NOT NULL CHECK (size >= 0),
  count          INTEGER NOT NULL CHECK (count >= 0),
  PRIMARY KEY (supervision_id, position)
) STRICT;

CREATE TRIGGER supervision_stratum_no_delete BEFORE DELETE ON supervision_stratum
BEGIN SELECT RAISE(ABORT, 'supervision_stratum is append-only'); END;

CREATE TRIGGER supervision_stratum_no_update BEFORE UPDATE ON supervision_stratum
BEGIN SELECT RAISE(ABORT, 'supervision_stratum is append-only'); END;

CREATE TABLE survey (
  id           INTEGER PRIMARY KEY NOT NULL,
  unit_id      INTEGER NOT NULL,                 -- That is judged, and its place in the tree.
  unit_path    TEXT    NOT NULL,
  procedure    TEXT    NOT NULL DEFAULT '',      -- Its code; empty: the unit as a whole.
  form_id      INTEGER NOT NULL,
  title_vi     TEXT    NOT NULL,
  title_en     TEXT    NOT NULL DEFAULT '',
  frame        TEXT    NOT NULL,                 -- What is numbered: "Hồ sơ trả kết quả quý III".
  opens_on     INTEGER NOT NULL,
  closes_on    INTEGER NOT NULL,                 -- The last day.
  plan         TEXT    NOT NULL CHECK (plan IN ('census','random','clusters')),
  frame_size   INTEGER NOT NULL CHECK (frame_size > 0),
  sample_size  INTEGER NOT NULL CHECK (sample_size > 0),
  has_kiosk    INTEGER NOT NULL DEFAULT 0,
  has_link     INTEGER NOT NULL DEFAULT 0,
  stage        TEXT    NOT NULL CHECK (stage IN ('announced','open','closed')),
  head_at      INTEGER,                          -- The first head from then on draws; null: nothing is drawn.
  plan_hash    BLOB    NOT NULL,                 -- SHA-256 of the plan's text; stands in the ledger.
  created_by   INTEGER NOT NULL,                 -- Account.
  created_at   INTEGER NOT NULL,
  line         INTEGER NOT NULL,                 -- Of the ledger, as below.
  head_size    INTEGER,                          -- The head that drew: its leaves
  head_root    BLOB,                             -- and its root.
  closed_at    INTEGER,
  closed_line  INTEGER,
  result_hash  BLOB,                             -- SHA-256 of the counts as they are published.
  CHECK ((stage = 'closed') = (closed_at IS NOT NULL))
) STRICT;

CREATE INDEX survey_by_stage ON survey (stage, closes_on, id);

CREATE TRIGGER survey_no_delete BEFORE DELETE ON survey
BEGIN SELECT RAISE(ABORT, 'survey is append-only'); END;

CREATE TRIGGER survey_no_update BEFORE UPDATE ON survey
WHEN NEW.id IS NOT OLD.id OR NEW.unit_id IS NOT OLD.unit_id OR NEW.unit_path IS NOT OLD.unit_path
  OR NEW.procedure IS NOT OLD.procedure OR NEW.form_id IS NOT OLD.form_id
  OR NEW.title_vi IS NOT OLD.title_vi OR NEW.title_en IS NOT OLD.title_en
  OR NEW.frame IS NOT OLD.frame OR NEW.opens_on IS NOT OLD.opens_on
  OR NEW.closes_on IS NOT OLD.closes_on OR NEW.plan IS NOT OLD.plan
  OR NEW.frame_size IS NOT OLD.frame_size OR NEW.sample_size IS NOT OLD.sample_size
  OR NEW.has_kiosk IS NOT OLD.has_kiosk OR NEW.has_link IS NOT OLD.has_link
  OR NEW.head_at IS NOT OLD.head_at OR NEW.plan_hash IS NOT OLD.plan_hash
  OR NEW.created_by IS NOT OLD.created_by OR NEW.created_at IS NOT OLD.created_at
  OR NEW.line IS NOT OLD.line OR OLD.stage = 'closed'
  OR (OLD.stage = 'open' AND (NEW.stage <> 'closed' OR NEW.head_size IS NOT OLD.head_size
    OR NEW.head_root IS NOT OLD.head_root))
BEGIN SELECT RAISE(ABORT, 'survey is append-only'); END;

CREATE TABLE survey_answer (
  id          INTEGER PRIMARY KEY NOT NULL,
  survey_id   INTEGER NOT NULL,
  way         TEXT    NOT NULL CHECK (way IN ('slip','kiosk','link','clerk')),
  party       TEXT    NOT NULL CHECK (party IN ('person','organisation','business')),
  cluster     INTEGER NOT NULL,
  score       INTEGER CHECK (score BETWEEN 0 AND 10000),  -- By the form's formula; null: too little was answered.
  answered_at INTEGER NOT NULL,
  changed_at  INTEGER,
  revision    INTEGER NOT NULL DEFAULT 1,
  entered_by  INTEGER,                           -- The account that typed it in.
  line        INTEGER NOT NULL,                  -- Of the ledger.
  nonce       BLOB    NOT NULL                   -- 32 bytes of what the line was told (statement_of).
) STRICT;

CREATE INDEX survey_answer_by_survey ON survey_answer (survey_id, way, answered_at);

CREATE TRIGGER survey_answer_no_delete BEFORE DELETE ON survey_answer
WHEN EXISTS (SELECT 1 FROM survey s WHERE s.id = OLD.survey_id AND s.stage <> 'closed')
BEGIN SELECT RAISE(ABORT, 'survey_answer is append-only'); END;

CREATE TABLE survey_cluster (
  survey_id INTEGER NOT NULL,
  number    INTEGER NOT NULL,                    -- From 1.
  name      TEXT    NOT NULL,
  size      INTEGER NOT NULL CHECK (size > 0),   -- How many of it are asked, once it is drawn.
  is_drawn  INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (survey_id, number)
) STRICT;

CREATE TABLE survey_count (
  survey_id INTEGER NOT NULL,
  way       TEXT    NOT NULL,
  question  TEXT    NOT NULL,
  cluster   INTEGER NOT NULL,
  value     INTEGER NOT NULL,
  people    INTEGER NOT NULL,                    -- Who answered so.
  PRIMARY KEY (survey_id, way, question, cluster, value)
) STRICT;

CREATE TRIGGER survey_count_no_delete BEFORE DELETE ON survey_count
BEGIN SELECT RAISE(ABORT, 'survey_count is append-only'); END;

CREATE TRIGGER survey_count_no_update BEFORE UPDATE ON survey_count
BEGIN SELECT RAISE(ABORT, 'survey_count is append-only'); END;

CREATE TABLE survey_draft (
  id         INTEGER PRIMARY KEY NOT NULL,
  code       TEXT    NOT NULL UNIQUE,            -- Of the form.
  body       TEXT    NOT NULL,                   -- As a form's file; empty: there is no draft now.
  base       INTEGER NOT NULL,                   -- The version it began from; 0: a new form.
  revision   INTEGER NOT NULL DEFAULT 1,
  changed_by INTEGER NOT NULL,                   -- Account.
  changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE survey_drawn (
  survey_id INTEGER NOT NULL,
  number    INTEGER NOT NULL,
  PRIMARY KEY (survey_id, number)
) STRICT;

CREATE TRIGGER survey_drawn_no_delete BEFORE DELETE ON survey_drawn
BEGIN SELECT RAISE(ABORT, 'survey_drawn is append-only'); END;

CREATE TRIGGER survey_drawn_no_update BEFORE UPDATE ON survey_drawn
BEGIN SELECT RAISE(ABORT, 'survey_drawn is append-only'); END;

CREATE TABLE survey_form (
  id         INTEGER PRIMARY KEY NOT NULL,
  code       TEXT    NOT NULL,
  version    INTEGER NOT NULL CHECK (version > 0),
  body       TEXT    NOT NULL,                   -- The file, as data/forms holds it.
  hash       BLOB    NOT NULL,                   -- SHA-256 of the body.
  created_by INTEGER NOT NULL,                   -- Account; 0: came with the program.
  created_at INTEGER NOT NULL,
  UNIQUE (code, version)
) STRICT;

CREATE TRIGGER survey_form_no_delete BEFORE DELETE ON survey_form
BEGIN SELECT RAISE(ABORT, 'survey_form is append-only'); END;

CREATE TRIGGER survey_form_no_update BEFORE UPDATE ON survey_form
BEGIN SELECT RAISE(ABORT, 'survey_form is append-only'); END;

CREATE TABLE survey_rush (
  survey_id        INTEGER PRIMARY KEY NOT NULL,
  most_in_a_minute INTEGER NOT NULL,             -- Answers and changes by slip, of one cluster.
  in_office_hours  INTEGER NOT NULL,
  answers          INTEGER NOT NULL              -- By slip.
) STRICT;

CREATE TABLE survey_score (
  survey_id INTEGER NOT NULL,
  way       TEXT    NOT NULL,
  party     TEXT    NOT NULL,
  cluster   INTEGER NOT NULL,
  answers   INTEGER NOT NULL,
  scored    INTEGER NOT NULL,                    -- Answers with a score, and of these
  total     INTEGER NOT NULL,                    -- their sum
  squares   INTEGER NOT NULL,                    -- and the sum of their squares.
  changed   INTEGER NOT NULL,                    -- Answers that their slips changed.
  PRIMARY KEY (survey_id, way, party, cluster)
) STRICT;

CREATE TRIGGER survey_score_no_delete BEFORE DELETE ON survey_score
BEGIN SELECT RAISE(ABORT, 'survey_score is append-only'); END;

CREATE TRIGGER survey_score_no_update BEFORE UPDATE ON survey_score
BEGIN SELECT RAISE(ABORT, 'survey_score is append-only'); END;

CREATE TABLE survey_slip (
  id         INTEGER PRIMARY KEY NOT NULL,
  survey_id  INTEGER NOT NULL,
  cluster    INTEGER NOT NULL,                   -- Its number; 0: there are none.
  hash       BLOB    NOT NULL UNIQUE,            -- SHA-256 of its secret, which is kept nowhere.
  printed_by INTEGER NOT NULL,                   -- Account.
  printed_at INTEGER NOT NULL,
  is_used    INTEGER NOT NULL DEFAULT 0,
  answer_id  INTEGER                             -- None once the survey is over.
) STRICT;

CREATE INDEX survey_slip_by_survey ON survey_slip (survey_id, cluster);

CREATE TRIGGER survey_slip_no_delete BEFORE DELETE ON survey_slip
BEGIN SELECT RAISE(ABORT, 'survey_slip is append-only'); END;

CREATE TABLE survey_text (
  answer_id INTEGER NOT NULL,
  question  TEXT    NOT NULL,
  words     TEXT    NOT NULL,
  PRIMARY KEY (answer_id, question)
) STRICT;

CREATE TABLE survey_value (
  answer_id INTEGER NOT NULL,
  question  TEXT    NOT NULL,                    -- Its code in the form.
  value     INTEGER NOT NULL,
  PRIMARY KEY (answer_id, question)
) STRICT;

CREATE TABLE unit (
  id          INTEGER PRIMARY KEY,
  code        TEXT    NOT NULL CHECK (length(code) BETWEEN 1 AND 64),  -- Leading zeros count.
  valid_from  INTEGER NOT NULL,            -- First day, as days since 1970-01-01.
  valid_to    INTEGER,                     -- Last day; NULL while it exists.
  name        TEXT    NOT NULL,            -- With its type: "Phường Ba Đình". NFC.
  name_en     TEXT    NOT NULL DEFAULT '', -- Where an English name is in use; otherwise empty.
  kind        TEXT    NOT NULL CHECK (kind IN ('city','district','commune','department','division',
                                               'counter','organisation')),
  type        TEXT    NOT NULL,            -- The Vietnamese word for what it is: Phường, Xã, Sở …
  parent_id   INTEGER REFERENCES unit (id),  -- The unit above; NULL for the city.
  path        TEXT    NOT NULL,            -- Ids from the city down to this one: "/1/57/903/".
  sort_key    TEXT    NOT NULL,            -- Vietnamese order of the name without its type.
  marked      TEXT    NOT NULL,            -- Search key of the name with diacritics.
  folded      TEXT    NOT NULL, opened_in INTEGER, ended_in INTEGER,            -- Search key of the name without diacritics.
  UNIQUE (code, valid_from),
  CHECK (valid_to IS NULL OR valid_to >= valid_from),
  CHECK ((parent_id IS NULL) = (kind = 'city'))
) STRICT;

CREATE INDEX unit_by_kind ON unit (kind, sort_key);

CREATE INDEX unit_by_parent ON unit (parent_id, sort_key);

CREATE INDEX unit_by_path ON unit (path);

CREATE TABLE unit_area (
  unit_id  INTEGER PRIMARY KEY NOT NULL REFERENCES unit (id),
  south    INTEGER NOT NULL,  -- The box around it, in millionths of a degree.
  west     INTEGER NOT NULL,
  north    INTEGER NOT NULL,
  east     INTEGER NOT NULL,
  area     TEXT    NOT NULL   -- Rings of points, as engine/geo reads them.
) STRICT;

CREATE INDEX unit_area_by_south ON unit_area (south, north);

CREATE TABLE unit_contact (
  unit_id  INTEGER PRIMARY KEY NOT NULL,
  address  TEXT    NOT NULL DEFAULT '',
  phone    TEXT    NOT NULL DEFAULT '',
  email    TEXT    NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE unit_desk (
  unit_id  INTEGER NOT NULL REFERENCES unit (id),
  number   INTEGER NOT NULL CHECK (number > 0),
  name     TEXT    NOT NULL,
  PRIMARY KEY (unit_id, number)
) STRICT;

CREATE TABLE unit_hours (
  unit_id  INTEGER NOT NULL REFERENCES unit (id),
  weekday  INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),   -- 1 is Monday.
  opens    INTEGER NOT NULL CHECK (opens BETWEEN 0 AND 1439),  -- Minutes after midnight in Vietnam.
  closes   INTEGER NOT NULL CHECK (closes > opens AND closes <= 1440),
  PRIMARY KEY (unit_id, weekday, opens)
) STRICT;

CREATE TABLE unit_procedure (
  id            INTEGER PRIMARY KEY,
  code          TEXT    NOT NULL CHECK (length(code) BETWEEN 1 AND 64),
  valid_from    INTEGER NOT NULL,
  valid_to      INTEGER,
  name          TEXT    NOT NULL,
  name_en       TEXT    NOT NULL DEFAULT '',
  field         TEXT    NOT NULL,          -- Lĩnh vực, as people know it: "Hộ tịch".
  handler_kind  TEXT    CHECK (handler_kind IN ('city','district','commune')),
  handler_code  TEXT,                      -- Code of the one unit, read at the day in question.
  time_count    INTEGER CHECK (time_count > 0),  -- The legal time; NULL when the law sets none.
  time_kind     TEXT    NOT NULL
                        CHECK (time_kind IN ('working_hour','working_day','calendar_day','none')),
  fee_dong      INTEGER CHECK (fee_dong >= 0),   -- NULL when it depends; then fee_note says on what.
  fee_note      TEXT    NOT NULL DEFAULT '',
  source        TEXT    NOT NULL,          -- Where this row comes from.
  sort_key      TEXT    NOT NULL,
  marked        TEXT    NOT NULL,
  folded        TEXT    NOT NULL,
  UNIQUE (code, valid_from),
  CHECK (valid_to IS NULL OR valid_to >= valid_from),
  CHECK ((handler_kind IS NULL) <> (handler_code IS NULL)),
  CHECK ((time_count IS NULL) = (time_kind = 'none'))
) STRICT;

CREATE INDEX unit_procedure_by_field ON unit_procedure (field, sort_key);

CREATE TABLE unit_reorganisation (
  id          INTEGER PRIMARY KEY,
  day         INTEGER NOT NULL UNIQUE,  -- First day of the new units, as days since 1970-01-01.
  name        TEXT    NOT NULL,         -- As people call it.
  source      TEXT    NOT NULL,         -- The legal text it follows.
  stage       TEXT    NOT NULL CHECK (stage IN ('planned','moving','done')),
  created_at  INTEGER NOT NULL,
  created_by  INTEGER,                  -- Account; NULL: by the command line.
  done_at     INTEGER,
  seen_id     INTEGER NOT NULL DEFAULT 0,  -- Last case the moving has looked at.
  CHECK ((stage = 'done') = (done_at IS NOT NULL))
) STRICT;

CREATE TABLE unit_succession (
  old_unit_id  INTEGER NOT NULL REFERENCES unit (id),
  new_unit_id  INTEGER NOT NULL REFERENCES unit (id),
  relation     TEXT    NOT NULL CHECK (relation IN ('full','partial','keep','renamed')),
  note         TEXT    NOT NULL, position INTEGER NOT NULL DEFAULT 0, words TEXT NOT NULL DEFAULT '',           -- In the words of the source.
  PRIMARY KEY (old_unit_id, new_unit_id)
) STRICT;

CREATE INDEX unit_succession_by_new ON unit_succession (new_unit_id);

CREATE TABLE views_day (
  kind       TEXT    NOT NULL CHECK (kind IN ('consultation','dialogue','project')),
  number     INTEGER NOT NULL,
  day        INTEGER NOT NULL,
  views      INTEGER NOT NULL,
  PRIMARY KEY (kind, number, day)
) STRICT;

CREATE INDEX views_day_by_day ON views_day (day, kind);

CREATE TABLE views_total (
  kind       TEXT    NOT NULL CHECK (kind IN ('consultation','dialogue','project')),
  number     INTEGER NOT NULL,
  views      INTEGER NOT NULL,
  PRIMARY KEY (kind, number)
) STRICT;

CREATE INDEX views_total_by_views ON views_total (kind, views, number);

CREATE TABLE workdays_change (
  id          INTEGER PRIMARY KEY,              -- The revision of the calendar after this change.
  at          INTEGER NOT NULL,
  account_id  INTEGER NOT NULL,                 -- The administrator.
  day         INTEGER NOT NULL,                 -- As days since 1970-01-01.
  kind        TEXT    NOT NULL CHECK (kind = 'holiday' OR kind = 'swap_off' OR kind = 'comp_off'
                OR kind = 'makeup_work' OR kind = 'plain'),  -- plain: what its weekday says.
  name_vi     TEXT    NOT NULL DEFAULT '',
  name_en     TEXT    NOT NULL DEFAULT '',
  source      TEXT    NOT NULL                  -- The decree, or why it was removed.
) STRICT;

CREATE TABLE workdays_hours (
  unit_id INTEGER PRIMARY KEY NOT NULL,
  hours   TEXT    NOT NULL
) STRICT;
