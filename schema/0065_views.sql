-- How often public pages were looked at, and what is said about a page (decision 45).

-- By day, for the last thirty days: kind and number of what was looked at, and how often. Nothing
-- about by whom: no address, no cookie, no time within the day.
CREATE TABLE views_day (
  kind       TEXT    NOT NULL CHECK (kind IN ('consultation','dialogue','project')),
  number     INTEGER NOT NULL,
  day        INTEGER NOT NULL,
  views      INTEGER NOT NULL,
  PRIMARY KEY (kind, number, day)
) STRICT;
CREATE INDEX views_day_by_day ON views_day (day, kind);

-- Since it has been counted.
CREATE TABLE views_total (
  kind       TEXT    NOT NULL CHECK (kind IN ('consultation','dialogue','project')),
  number     INTEGER NOT NULL,
  views      INTEGER NOT NULL,
  PRIMARY KEY (kind, number)
) STRICT;
CREATE INDEX views_total_by_views ON views_total (kind, views, number);

-- Of cases of all time; a page is told from ten views on.
CREATE INDEX feedback_by_views ON feedback (view_count, id)
  WHERE published_at IS NOT NULL AND about <> 'conduct' AND view_count >= 10;

-- About which page of ours a case was sent; its row goes with the words of the case.
CREATE TABLE feedback_page (
  feedback_id  INTEGER NOT NULL PRIMARY KEY,
  path         TEXT    NOT NULL            -- Public, without language: "/projects/3".
) STRICT;
CREATE INDEX feedback_page_by_path ON feedback_page (path, feedback_id);
