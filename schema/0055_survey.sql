-- Surveys (feature/survey): forms that never change, slips that name nobody, answers that whoever is
-- judged cannot make, and figures with what they are worth (decision 37).

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

-- People who are asked together: a street, a counter. Without clusters each stands for themselves.
CREATE TABLE survey_cluster (
  survey_id INTEGER NOT NULL,
  number    INTEGER NOT NULL,                    -- From 1.
  name      TEXT    NOT NULL,
  size      INTEGER NOT NULL CHECK (size > 0),   -- How many of it are asked, once it is drawn.
  is_drawn  INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (survey_id, number)
) STRICT;

-- Numbers of the frame that were drawn.
CREATE TABLE survey_drawn (
  survey_id INTEGER NOT NULL,
  number    INTEGER NOT NULL,
  PRIMARY KEY (survey_id, number)
) STRICT;

-- Slips that were printed. A slip says of which survey and cluster it is, and never whose.
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

CREATE TABLE survey_value (
  answer_id INTEGER NOT NULL,
  question  TEXT    NOT NULL,                    -- Its code in the form.
  value     INTEGER NOT NULL,
  PRIMARY KEY (answer_id, question)
) STRICT;

-- What people wrote. Nothing of it is published, and all of it goes when the survey is over.
CREATE TABLE survey_text (
  answer_id INTEGER NOT NULL,
  question  TEXT    NOT NULL,
  words     TEXT    NOT NULL,
  PRIMARY KEY (answer_id, question)
) STRICT;

-- What is kept of a survey that is over; its answers are deleted, since the ledger keeps for each a
-- key that the secret of its slip gives.
CREATE TABLE survey_count (
  survey_id INTEGER NOT NULL,
  way       TEXT    NOT NULL,
  question  TEXT    NOT NULL,
  cluster   INTEGER NOT NULL,
  value     INTEGER NOT NULL,
  people    INTEGER NOT NULL,                    -- Who answered so.
  PRIMARY KEY (survey_id, way, question, cluster, value)
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
CREATE TABLE survey_rush (
  survey_id        INTEGER PRIMARY KEY NOT NULL,
  most_in_a_minute INTEGER NOT NULL,             -- Answers and changes by slip, of one cluster.
  in_office_hours  INTEGER NOT NULL,
  answers          INTEGER NOT NULL              -- By slip.
) STRICT;

-- A form never changes, and of a survey only how far it is.
-- only sqlite
CREATE TRIGGER survey_form_no_update BEFORE UPDATE ON survey_form
BEGIN SELECT RAISE(ABORT, 'survey_form is append-only'); END;
CREATE TRIGGER survey_form_no_delete BEFORE DELETE ON survey_form
BEGIN SELECT RAISE(ABORT, 'survey_form is append-only'); END;
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
CREATE TRIGGER survey_drawn_no_update BEFORE UPDATE ON survey_drawn
BEGIN SELECT RAISE(ABORT, 'survey_drawn is append-only'); END;
CREATE TRIGGER survey_drawn_no_delete BEFORE DELETE ON survey_drawn
BEGIN SELECT RAISE(ABORT, 'survey_drawn is append-only'); END;
CREATE TRIGGER survey_answer_no_delete BEFORE DELETE ON survey_answer
WHEN EXISTS (SELECT 1 FROM survey s WHERE s.id = OLD.survey_id AND s.stage <> 'closed')
BEGIN SELECT RAISE(ABORT, 'survey_answer is append-only'); END;
CREATE TRIGGER survey_count_no_update BEFORE UPDATE ON survey_count
BEGIN SELECT RAISE(ABORT, 'survey_count is append-only'); END;
CREATE TRIGGER survey_count_no_delete BEFORE DELETE ON survey_count
BEGIN SELECT RAISE(ABORT, 'survey_count is append-only'); END;
CREATE TRIGGER survey_score_no_update BEFORE UPDATE ON survey_score
BEGIN SELECT RAISE(ABORT, 'survey_score is append-only'); END;
CREATE TRIGGER survey_score_no_delete BEFORE DELETE ON survey_score
BEGIN SELECT RAISE(ABORT, 'survey_score is append-only'); END;
CREATE TRIGGER survey_slip_no_delete BEFORE DELETE ON survey_slip
BEGIN SELECT RAISE(ABORT, 'survey_slip is append-only'); END;
-- end only
-- only postgresql
CREATE FUNCTION survey_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.stage = 'announced' AND NEW.stage = 'open' THEN
    OLD.head_size := NEW.head_size; OLD.head_root := NEW.head_root;
  ELSIF OLD.stage = 'open' AND NEW.stage = 'closed' THEN
    OLD.closed_at := NEW.closed_at; OLD.closed_line := NEW.closed_line;
    OLD.result_hash := NEW.result_hash;
  ELSE
    RAISE EXCEPTION 'survey is append-only';
  END IF;
  OLD.stage := NEW.stage;
  IF NEW IS DISTINCT FROM OLD THEN RAISE EXCEPTION 'survey is append-only'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER survey_no_update BEFORE UPDATE ON survey
  FOR EACH ROW EXECUTE FUNCTION survey_keep();
CREATE TRIGGER survey_no_delete BEFORE DELETE ON survey
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER survey_form_no_change BEFORE UPDATE OR DELETE ON survey_form
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER survey_drawn_no_change BEFORE UPDATE OR DELETE ON survey_drawn
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE FUNCTION survey_answer_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM survey s WHERE s.id = OLD.survey_id AND s.stage <> 'closed') THEN
    RAISE EXCEPTION 'survey_answer is append-only';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER survey_answer_no_delete BEFORE DELETE ON survey_answer
  FOR EACH ROW EXECUTE FUNCTION survey_answer_keep();
CREATE TRIGGER survey_count_no_change BEFORE UPDATE OR DELETE ON survey_count
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER survey_score_no_change BEFORE UPDATE OR DELETE ON survey_score
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER survey_slip_no_delete BEFORE DELETE ON survey_slip
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
-- Words leave no samples behind (decision 16).
ALTER TABLE survey_text ALTER COLUMN words SET STATISTICS 0;
ALTER TABLE survey_answer ALTER COLUMN nonce SET STATISTICS 0;
-- end only
