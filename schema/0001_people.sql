-- People who work here: accounts, what each may do where, and who is signed in. Citizens have no
-- account.
CREATE TABLE people_account (
  id             INTEGER PRIMARY KEY,
  login          TEXT    NOT NULL UNIQUE CHECK (length(login) BETWEEN 2 AND 40),  -- Lower case.
  name           TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  password_hash  TEXT    NOT NULL,  -- Argon2id with its salt and cost, "$argon2id$v=19$…".
  language       TEXT    NOT NULL CHECK (language IN ('vi','en')),
  created_at     INTEGER NOT NULL,
  disabled_at    INTEGER            -- No sign-in from then on; the row stays for what they did.
) STRICT;

-- A role holds for its unit and everything below it, until it is revoked. Rows are never deleted:
-- who could do what, and when, must be answerable years later.
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
CREATE UNIQUE INDEX people_role_in_force ON people_role (account_id, role, unit_id)
  WHERE revoked_at IS NULL;
CREATE INDEX people_role_by_unit ON people_role (unit_id, role);

-- Who is signed in. The cookie holds the token; here stands only its SHA-256, so that a copy of the
-- database signs nobody in.
CREATE TABLE people_session (
  token_hash  BLOB    PRIMARY KEY CHECK (length(token_hash) = 32),
  account_id  INTEGER NOT NULL REFERENCES people_account (id),
  created_at  INTEGER NOT NULL,
  seen_at     INTEGER NOT NULL,     -- Kept up by a job each minute, not by every request.
  expires_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX people_session_by_account ON people_session (account_id);
CREATE INDEX people_session_by_expires ON people_session (expires_at);

-- Failed sign-ins by what was typed as login, so that a login that does not exist is locked exactly
-- like one that does. Hashed, because people type their password into the wrong field.
CREATE TABLE people_attempt (
  login_hash    BLOB    PRIMARY KEY CHECK (length(login_hash) = 32),
  failed_count  INTEGER NOT NULL CHECK (failed_count > 0),
  failed_at     INTEGER NOT NULL,
  locked_until  INTEGER             -- NULL while below the limit.
) STRICT;
CREATE INDEX people_attempt_by_failed ON people_attempt (failed_at);

-- The three who hold the keys to protected identities. Only public keys: the private halves never
-- exist on this machine. A replaced holder stays, retired, because older identities are sealed to
-- the old key.
CREATE TABLE people_holder (
  id            INTEGER PRIMARY KEY,
  slot          TEXT    NOT NULL CHECK (slot IN ('A','B','C')),
  name          TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  public_key    BLOB    NOT NULL CHECK (length(public_key) = 32),
  installed_at  INTEGER NOT NULL,
  retired_at    INTEGER
) STRICT;
CREATE UNIQUE INDEX people_holder_in_force ON people_holder (slot) WHERE retired_at IS NULL;
