-- Drafts of survey forms: the next version in the making, at most one of each form.

-- The row stays when its draft was put into use or thrown away, so that its revision counts on: what
-- somebody still has open in a browser is then seen to be old.
CREATE TABLE survey_draft (
  id         INTEGER PRIMARY KEY NOT NULL,
  code       TEXT    NOT NULL UNIQUE,            -- Of the form.
  body       TEXT    NOT NULL,                   -- As a form's file; empty: there is no draft now.
  base       INTEGER NOT NULL,                   -- The version it began from; 0: a new form.
  revision   INTEGER NOT NULL DEFAULT 1,
  changed_by INTEGER NOT NULL,                   -- Account.
  changed_at INTEGER NOT NULL
) STRICT;
