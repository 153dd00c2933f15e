-- Public facts: entries whose leaf says their payload in clear (core/ledger/ledger_public.h).

-- only sqlite
-- The list of words grows by one, in the way of 0009.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
'OR event = ''rekeyed'' OR event = ''erased''',
'OR event = ''rekeyed'' OR event = ''erased'' OR event = ''announced''')
WHERE type = 'table' AND name = 'ledger_entry';
PRAGMA writable_schema = RESET;
-- end only
-- only postgresql
ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_event_check;
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_event_check CHECK (event IN ('received',
  'accepted', 'assigned', 'transferred', 'asked', 'replied', 'extended', 'answered', 'promised',
  'declined', 'redirected', 'contested', 'rated', 'reopened', 'closed', 'lapsed', 'merged',
  'published', 'redacted', 'opened_identity', 'rekeyed', 'erased', 'announced')) NOT VALID;
-- end only
CREATE INDEX ledger_entry_by_announced ON ledger_entry (id) WHERE event = 'announced';
