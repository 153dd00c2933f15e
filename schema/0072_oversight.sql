-- Signs of formality in all rooms, the reply of the inspected, social criticism, and two terms of
-- decisions by households (decision 52).

-- What stands behind a signal of a room: a dialogue, a programme, a disclosure, a model; its kind says
-- which. `why` is a word of insight::Hollow.
CREATE TABLE insight_signal_object (
  signal_id  INTEGER NOT NULL,
  object_id  INTEGER NOT NULL,
  why        TEXT    NOT NULL,
  PRIMARY KEY (signal_id, object_id)
) STRICT;

-- 1: it was written when the form said that the head of the unit will read it. Notes of before were
-- written for supervisors alone and stay so.
ALTER TABLE supervision_finding ADD COLUMN unit_reads INTEGER NOT NULL DEFAULT 0;
-- The unit that handled the case when it was found; 0: no unit reads it.
ALTER TABLE supervision_finding ADD COLUMN unit_id INTEGER NOT NULL DEFAULT 0;

-- The one reply of the unit to a finding, beside it.
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
-- only sqlite
CREATE TRIGGER supervision_finding_keeps_reader BEFORE UPDATE ON supervision_finding
WHEN NEW.unit_reads IS NOT OLD.unit_reads OR NEW.unit_id IS NOT OLD.unit_id
BEGIN SELECT RAISE(ABORT, 'supervision_finding is append-only'); END;
CREATE TRIGGER supervision_finding_reply_no_delete BEFORE DELETE ON supervision_finding_reply
BEGIN SELECT RAISE(ABORT, 'supervision_finding_reply is append-only'); END;
CREATE TRIGGER supervision_finding_reply_no_update BEFORE UPDATE ON supervision_finding_reply
WHEN NEW.supervision_id IS NOT OLD.supervision_id OR NEW.number IS NOT OLD.number
  OR NEW.seq IS NOT OLD.seq OR (NEW.text IS NOT OLD.text AND NEW.text <> '')
  OR (NEW.salt IS NOT OLD.salt AND length(NEW.salt) > 0)
  OR NEW.hash IS NOT OLD.hash OR NEW.said_by IS NOT OLD.said_by
  OR NEW.said_at IS NOT OLD.said_at OR NEW.line IS NOT OLD.line
BEGIN SELECT RAISE(ABORT, 'supervision_finding_reply is append-only'); END;
-- end only
-- only postgresql
CREATE FUNCTION supervision_finding_reply_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF length(NEW.salt) = 0 THEN OLD.salt := NEW.salt; END IF;
  IF NEW.text = '' THEN OLD.text := NEW.text; END IF;
  IF NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'supervision_finding_reply is append-only';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER supervision_finding_reply_no_update BEFORE UPDATE ON supervision_finding_reply
  FOR EACH ROW EXECUTE FUNCTION supervision_finding_reply_keep();
CREATE TRIGGER supervision_finding_reply_no_delete BEFORE DELETE ON supervision_finding_reply
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
-- Words leave no samples behind (decision 16).
ALTER TABLE supervision_finding_reply ALTER COLUMN text SET STATISTICS 0;
-- end only

-- What a body is asked for: its view, or the social criticism that is the Front's and its members'.
ALTER TABLE consultation_invitation ADD COLUMN kind TEXT NOT NULL DEFAULT 'view'
  CHECK (kind = 'view' OR kind = 'social_criticism');

-- What the rule said when the decision was announced: days for which the draft stands to be read
-- before, and working days after the count within which the file is handed in; 0: it says nothing.
ALTER TABLE ballot ADD COLUMN posted_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ballot ADD COLUMN file_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ballot ADD COLUMN terms_source TEXT NOT NULL DEFAULT '';
-- Where the draft stands since when: a disclosure or a consultation of the platform.
ALTER TABLE ballot ADD COLUMN posted_room TEXT NOT NULL DEFAULT ''
  CHECK (posted_room = '' OR posted_room = 'disclosure' OR posted_room = 'consultation');
ALTER TABLE ballot ADD COLUMN posted_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ballot ADD COLUMN posted_on INTEGER;  -- The day in Vietnam; without a room the unit says it.
