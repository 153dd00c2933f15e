-- What an administrator sets in the browser besides topics: how an office is reached, and pictures for
-- the emblem (core/settings).

-- How people reach an office. No row: nothing was said yet.
CREATE TABLE unit_contact (
  unit_id  INTEGER PRIMARY KEY NOT NULL,
  address  TEXT    NOT NULL DEFAULT '',
  phone    TEXT    NOT NULL DEFAULT '',
  email    TEXT    NOT NULL DEFAULT ''
) STRICT;

-- Pictures that were or are the emblem, by the SHA-256 of their bytes; never taken out, so that the
-- one before can be put back.
CREATE TABLE settings_picture (
  hash        TEXT    PRIMARY KEY NOT NULL CHECK (length(hash) = 64),  -- Hexadecimal.
  media_type  TEXT    NOT NULL,
  bytes       BLOB    NOT NULL,            -- As the sandbox wrote them anew.
  width       INTEGER NOT NULL CHECK (width > 0),
  height      INTEGER NOT NULL CHECK (height > 0),
  created_at  INTEGER NOT NULL
) STRICT;
