-- Changes that an administrator makes to the city's lists: dated, with a reason, and never taken out.

-- One row for each change; taking one back is one more row. The public log says each (core/settings).
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

-- What an answer to an extra question may be.
ALTER TABLE feedback_question ADD COLUMN form TEXT NOT NULL DEFAULT 'text'
  CHECK (form = 'text' OR form = 'number' OR form = 'day' OR form = 'choice');
ALTER TABLE feedback_question ADD COLUMN is_required INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feedback_question ADD COLUMN choices_vi TEXT NOT NULL DEFAULT '';  -- One a line.
ALTER TABLE feedback_question ADD COLUMN choices_en TEXT NOT NULL DEFAULT '';

-- The question as it was asked; '' in cases that are older than this.
ALTER TABLE feedback_extra ADD COLUMN question_vi TEXT NOT NULL DEFAULT '';
ALTER TABLE feedback_extra ADD COLUMN question_en TEXT NOT NULL DEFAULT '';
