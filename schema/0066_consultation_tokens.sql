-- Drafts that concern those who work here: one-time tokens that say "a civil servant" and not which
-- (feature/consultation, decision 46). That somebody was given a token, that a token was spent and
-- what was said are tables that share nothing, and none of them holds a time.

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
  spent_count      INTEGER,                     -- spent. The rows below go then.
  is_scrubbed      INTEGER NOT NULL DEFAULT 0,  -- The private key is in no file any more.
  CHECK ((private_key IS NULL) = (spent_count IS NOT NULL)),
  CHECK (is_scrubbed = 0 OR private_key IS NULL)
) STRICT;

-- Rows lie in the order of the accounts and of the hashes, never in that in which they came. When
-- the draft closes they are counted and deleted.
-- only sqlite
CREATE TABLE consultation_token_issued (
  consultation_id  INTEGER NOT NULL,
  account_id       INTEGER NOT NULL,
  PRIMARY KEY (consultation_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE consultation_token_slip (
  consultation_id  INTEGER NOT NULL,
  hash             BLOB    NOT NULL,            -- SHA-256 of the draft and the letters on it.
  PRIMARY KEY (consultation_id, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE consultation_token_spent (
  consultation_id  INTEGER NOT NULL,
  hash             BLOB    NOT NULL,            -- Of a slip, or SHA-256 of a token's message.
  PRIMARY KEY (consultation_id, hash)
) STRICT, WITHOUT ROWID;
-- end only
-- only postgresql
CREATE TABLE consultation_token_issued (
  consultation_id  INTEGER NOT NULL,
  account_id       INTEGER NOT NULL,
  PRIMARY KEY (consultation_id, account_id)
) STRICT;
CREATE TABLE consultation_token_slip (
  consultation_id  INTEGER NOT NULL,
  hash             BLOB    NOT NULL,            -- SHA-256 of the draft and the letters on it.
  PRIMARY KEY (consultation_id, hash)
) STRICT;
CREATE TABLE consultation_token_spent (
  consultation_id  INTEGER NOT NULL,
  hash             BLOB    NOT NULL,            -- Of a slip, or SHA-256 of a token's message.
  PRIMARY KEY (consultation_id, hash)
) STRICT;
-- end only

-- 1: takes part by a token; nothing says by which.
ALTER TABLE consultation_participant ADD COLUMN by_token INTEGER NOT NULL DEFAULT 0;
