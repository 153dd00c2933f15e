-- Projects with households that lose land (feature/project, decision 40). Nothing here says who agrees:
-- a household asks or does not ask.

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

-- What was published: decisions, the plan, the table of prices. None is ever changed.
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

CREATE TABLE project_price (
  project_id  INTEGER NOT NULL,
  number      INTEGER NOT NULL,              -- Of the item.
  code        TEXT    NOT NULL,              -- Of the kind of land: "ONT".
  name        TEXT    NOT NULL,
  price       INTEGER NOT NULL CHECK (price > 0),  -- Dong for a square metre.
  PRIMARY KEY (project_id, number, code)
) STRICT;

-- A round of questions. What is printed of it is counted once, when it is closed; NULL is withheld.
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

-- A household with its file. Its words are empty once it was erased.
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
) STRICT;
CREATE INDEX project_household_by_project ON project_household (project_id, number);

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
  answer_line   INTEGER,
  CHECK ((answered_at IS NULL) = (outcome = ''))
) STRICT;
CREATE INDEX project_question_by_household ON project_question (household_id, id);
CREATE INDEX project_question_waiting ON project_question (project_id, due_at)
  WHERE answered_at IS NULL;
CREATE INDEX project_question_by_round ON project_question (project_id, round, household_id);

-- A line before and after it was put right, by the answer to a question.
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

-- What an erasure still owes: what opens its lines of the ledger, and then the files.
CREATE TABLE project_erasure (
  household_id  INTEGER PRIMARY KEY NOT NULL,
  destroyed_at  INTEGER
) STRICT;

-- What was published stays as it was published.
-- only sqlite
CREATE TRIGGER project_item_no_delete BEFORE DELETE ON project_item
BEGIN SELECT RAISE(ABORT, 'project_item is append-only'); END;
CREATE TRIGGER project_item_no_update BEFORE UPDATE ON project_item
BEGIN SELECT RAISE(ABORT, 'project_item is append-only'); END;
CREATE TRIGGER project_price_no_delete BEFORE DELETE ON project_price
BEGIN SELECT RAISE(ABORT, 'project_price is append-only'); END;
CREATE TRIGGER project_price_no_update BEFORE UPDATE ON project_price
BEGIN SELECT RAISE(ABORT, 'project_price is append-only'); END;
-- end only
-- only postgresql
CREATE TRIGGER project_item_no_change BEFORE UPDATE OR DELETE ON project_item
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER project_price_no_change BEFORE UPDATE OR DELETE ON project_price
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
-- Words of a household leave no samples behind (decision 16).
ALTER TABLE project_household ALTER COLUMN number SET STATISTICS 0,
  ALTER COLUMN holder SET STATISTICS 0, ALTER COLUMN address SET STATISTICS 0;
ALTER TABLE project_line ALTER COLUMN parcel SET STATISTICS 0, ALTER COLUMN area SET STATISTICS 0,
  ALTER COLUMN structures SET STATISTICS 0, ALTER COLUMN support SET STATISTICS 0;
ALTER TABLE project_question ALTER COLUMN body SET STATISTICS 0,
  ALTER COLUMN answer SET STATISTICS 0;
ALTER TABLE project_correction ALTER COLUMN area_before SET STATISTICS 0,
  ALTER COLUMN area_after SET STATISTICS 0, ALTER COLUMN structures_before SET STATISTICS 0,
  ALTER COLUMN structures_after SET STATISTICS 0, ALTER COLUMN support_before SET STATISTICS 0,
  ALTER COLUMN support_after SET STATISTICS 0;
-- end only
