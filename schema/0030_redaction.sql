-- Each time something of a public case was hidden, taken down or shown again: of what kind and why, never
-- what, nor by whom. A row outlives the words of its case and says nothing about anybody.
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
