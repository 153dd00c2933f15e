-- Comments that did not come by this site: letters, spreadsheets, minutes of meetings, and replies of
-- bodies that were invited (feature/consultation, decision 38).

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

-- Each comment has one home: how it came, and from where.
ALTER TABLE consultation_comment ADD COLUMN channel TEXT NOT NULL DEFAULT 'site'
  CHECK (channel IN ('site','imported','invited'));
ALTER TABLE consultation_comment ADD COLUMN source_id INTEGER;           -- NULL: by this site.
ALTER TABLE consultation_comment ADD COLUMN said_by TEXT NOT NULL DEFAULT '';  -- Its source's name.
CREATE INDEX consultation_comment_by_source ON consultation_comment (source_id, id)
  WHERE source_id IS NOT NULL;

-- What the desk alone reads of an imported comment. Gone when it is withdrawn or hidden for privacy.
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
-- only postgresql
-- Words leave no samples behind (decision 16).
ALTER TABLE consultation_imported ALTER COLUMN author SET STATISTICS 0,
  ALTER COLUMN likeness SET STATISTICS 0;
-- end only
