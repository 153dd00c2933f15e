-- The whole schema as the migrations make it, for reading. Written by ./dev schema.

CREATE TABLE db_once (
  key_hash   BLOB    NOT NULL PRIMARY KEY,  -- Made from the idempotency key, which is not stored.
  sealed     BLOB    NOT NULL,              -- Nonce and secretbox; opens with that key only.
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX db_once_by_created_at ON db_once (created_at);

CREATE TABLE schema_migration (
  number     INTEGER NOT NULL PRIMARY KEY,
  name       TEXT    NOT NULL,
  hash       TEXT    NOT NULL,  -- SHA-256 of the file, in hexadecimal.
  applied_at INTEGER NOT NULL
) STRICT;

CREATE TABLE unit (
  id          INTEGER PRIMARY KEY,
  code        TEXT    NOT NULL CHECK (length(code) BETWEEN 1 AND 64),  -- Leading zeros count.
  valid_from  INTEGER NOT NULL,            -- First day, as days since 1970-01-01.
  valid_to    INTEGER,                     -- Last day; NULL while it exists.
  name        TEXT    NOT NULL,            -- With its type: "Phường Ba Đình". NFC.
  name_en     TEXT    NOT NULL DEFAULT '', -- Where an English name is in use; otherwise empty.
  kind        TEXT    NOT NULL CHECK (kind IN ('city','district','commune','department','division',
                                               'counter','organisation')),
  type        TEXT    NOT NULL,            -- The Vietnamese word for what it is: Phường, Xã, Sở …
  parent_id   INTEGER REFERENCES unit (id),  -- The unit above; NULL for the city.
  path        TEXT    NOT NULL,            -- Ids from the city down to this one: "/1/57/903/".
  sort_key    TEXT    NOT NULL,            -- Vietnamese order of the name without its type.
  marked      TEXT    NOT NULL,            -- Search key of the name with diacritics.
  folded      TEXT    NOT NULL,            -- Search key of the name without diacritics.
  UNIQUE (code, valid_from),
  CHECK (valid_to IS NULL OR valid_to >= valid_from),
  CHECK ((parent_id IS NULL) = (kind = 'city'))
) STRICT;

CREATE INDEX unit_by_kind ON unit (kind, sort_key);

CREATE INDEX unit_by_parent ON unit (parent_id, sort_key);

CREATE INDEX unit_by_path ON unit (path);

CREATE TABLE unit_desk (
  unit_id  INTEGER NOT NULL REFERENCES unit (id),
  number   INTEGER NOT NULL CHECK (number > 0),
  name     TEXT    NOT NULL,
  PRIMARY KEY (unit_id, number)
) STRICT;

CREATE TABLE unit_hours (
  unit_id  INTEGER NOT NULL REFERENCES unit (id),
  weekday  INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),   -- 1 is Monday.
  opens    INTEGER NOT NULL CHECK (opens BETWEEN 0 AND 1439),  -- Minutes after midnight in Vietnam.
  closes   INTEGER NOT NULL CHECK (closes > opens AND closes <= 1440),
  PRIMARY KEY (unit_id, weekday, opens)
) STRICT;

CREATE TABLE unit_procedure (
  id            INTEGER PRIMARY KEY,
  code          TEXT    NOT NULL CHECK (length(code) BETWEEN 1 AND 64),
  valid_from    INTEGER NOT NULL,
  valid_to      INTEGER,
  name          TEXT    NOT NULL,
  name_en       TEXT    NOT NULL DEFAULT '',
  field         TEXT    NOT NULL,          -- Lĩnh vực, as people know it: "Hộ tịch".
  handler_kind  TEXT    CHECK (handler_kind IN ('city','district','commune')),
  handler_code  TEXT,                      -- Code of the one unit, read at the day in question.
  time_count    INTEGER CHECK (time_count > 0),  -- The legal time; NULL when the law sets none.
  time_kind     TEXT    NOT NULL
                        CHECK (time_kind IN ('working_hour','working_day','calendar_day','none')),
  fee_dong      INTEGER CHECK (fee_dong >= 0),   -- NULL when it depends; then fee_note says on what.
  fee_note      TEXT    NOT NULL DEFAULT '',
  source        TEXT    NOT NULL,          -- Where this row comes from.
  sort_key      TEXT    NOT NULL,
  marked        TEXT    NOT NULL,
  folded        TEXT    NOT NULL,
  UNIQUE (code, valid_from),
  CHECK (valid_to IS NULL OR valid_to >= valid_from),
  CHECK ((handler_kind IS NULL) <> (handler_code IS NULL)),
  CHECK ((time_count IS NULL) = (time_kind = 'none'))
) STRICT;

CREATE INDEX unit_procedure_by_field ON unit_procedure (field, sort_key);

CREATE TABLE unit_succession (
  old_unit_id  INTEGER NOT NULL REFERENCES unit (id),
  new_unit_id  INTEGER NOT NULL REFERENCES unit (id),
  relation     TEXT    NOT NULL CHECK (relation IN ('full','partial','keep','renamed')),
  note         TEXT    NOT NULL,           -- In the words of the source.
  PRIMARY KEY (old_unit_id, new_unit_id)
) STRICT;

CREATE INDEX unit_succession_by_new ON unit_succession (new_unit_id);
