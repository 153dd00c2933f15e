-- Triage: what a machine may suggest, and a person decides.

-- Bands of public cases whose words are looked for again: two texts that are much alike share at
-- least one (engine/text/text_similar.h). Of what was sent in the last ninety days; a job writes and
-- forgets them. Never of what is protected, private, or about conduct.
CREATE TABLE feedback_band (
  band        INTEGER NOT NULL,
  feedback_id INTEGER NOT NULL,
  PRIMARY KEY (band, feedback_id)
) STRICT;
CREATE INDEX feedback_band_by_feedback ON feedback_band (feedback_id);

-- Cases that were put with another, which is answered for all of them; each stays a case of its own.
CREATE TABLE feedback_merge (
  feedback_id INTEGER PRIMARY KEY NOT NULL,
  into_id     INTEGER NOT NULL,               -- The case that is worked on.
  at          INTEGER NOT NULL,
  officer_id  INTEGER,                        -- Who put them together; NULL: who sent it.
  CHECK (feedback_id <> into_id)
) STRICT;
CREATE INDEX feedback_merge_by_into ON feedback_merge (into_id);

-- What was learned from handled cases (docs/formats/triage.md).
CREATE TABLE feedback_model (
  kind          TEXT    PRIMARY KEY NOT NULL, -- 'topic'
  bytes         BLOB    NOT NULL,
  trained_at    INTEGER NOT NULL,
  example_count INTEGER NOT NULL              -- Handled cases among what it learned from.
) STRICT;

-- Where a case goes: the first rule that fits, in their order. A rule names a unit or a topic, and
-- nothing else: it cannot decline, hide or delay.
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
