-- Drafts that concern those who work here: one-time tokens that say "a civil servant" and not which
-- (feature/consultation, decision 46). That somebody was given a token, that a token was spent, which
-- browser takes part by one and what was said are tables without a common column, and none but the
-- last holds a time.

-- Of a draft that takes comments by token.
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

-- Rows lie in the order of the accounts and of the hashes, never in that in which they came. When
-- the draft closes they are counted and deleted.
-- only sqlite
CREATE TABLE consultation_token_issued (
  consultation_id  INTEGER NOT NULL,
  account_id       INTEGER NOT NULL,
  blinded          BLOB    NOT NULL,            -- SHA-256 of what was signed: that alone again.
  PRIMARY KEY (consultation_id, account_id)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE consultation_token_holder (
  consultation_id  INTEGER NOT NULL,
  mark             BLOB    NOT NULL,            -- Of a cookie that is for this draft alone.
  PRIMARY KEY (consultation_id, mark)
) STRICT, WITHOUT ROWID;
-- end only
-- only postgresql
CREATE TABLE consultation_token_issued (
  consultation_id  INTEGER NOT NULL,
  account_id       INTEGER NOT NULL,
  blinded          BLOB    NOT NULL,            -- SHA-256 of what was signed: that alone again.
  PRIMARY KEY (consultation_id, account_id)
) STRICT;
CREATE TABLE consultation_token_slip (
  consultation_id  INTEGER NOT NULL,
  hash             BLOB    NOT NULL,            -- SHA-256 of the letters on it.
  PRIMARY KEY (hash, consultation_id)
) STRICT;
CREATE TABLE consultation_token_spent (
  consultation_id  INTEGER NOT NULL,
  hash             BLOB    NOT NULL,            -- Of a slip, or SHA-256 of a token's message.
  PRIMARY KEY (consultation_id, hash)
) STRICT;
CREATE TABLE consultation_token_holder (
  consultation_id  INTEGER NOT NULL,
  mark             BLOB    NOT NULL,            -- Of a cookie that is for this draft alone.
  PRIMARY KEY (consultation_id, mark)
) STRICT;
-- ANALYZE would keep samples of who took and what was spent, which outlive the rows (decision 16).
ALTER TABLE consultation_token_issued ALTER COLUMN consultation_id SET STATISTICS 0,
  ALTER COLUMN account_id SET STATISTICS 0, ALTER COLUMN blinded SET STATISTICS 0;
ALTER TABLE consultation_token_slip ALTER COLUMN consultation_id SET STATISTICS 0,
  ALTER COLUMN hash SET STATISTICS 0;
ALTER TABLE consultation_token_spent ALTER COLUMN consultation_id SET STATISTICS 0,
  ALTER COLUMN hash SET STATISTICS 0;
ALTER TABLE consultation_token_holder ALTER COLUMN consultation_id SET STATISTICS 0,
  ALTER COLUMN mark SET STATISTICS 0;
ALTER TABLE consultation_token_key ALTER COLUMN private_key SET STATISTICS 0;
-- end only
