-- The third wall of the ledger on PostgreSQL; on SQLite it came with 0003 and 0008. The functions lie in the
-- city's own schema, so that nothing reaches across.
-- only postgresql
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

-- Salts and case keys go by an erasure only, which says so inside its transaction.
CREATE FUNCTION ledger_refuse_unless_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('langnghe.erasure', true), '') <> 'on' THEN
    RAISE EXCEPTION 'only an erasure changes %', TG_TABLE_NAME;
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;

CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE OR DELETE ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_leaf_no_change BEFORE UPDATE OR DELETE ON ledger_leaf
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_head_no_change BEFORE UPDATE OR DELETE ON ledger_head
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_secret_no_change BEFORE UPDATE OR DELETE ON ledger_secret
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse_unless_erasure();
CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_leaf_no_truncate BEFORE TRUNCATE ON ledger_leaf
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_head_no_truncate BEFORE TRUNCATE ON ledger_head
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_secret_no_truncate BEFORE TRUNCATE ON ledger_secret
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_unless_erasure();
CREATE TRIGGER ledger_crown_no_change BEFORE UPDATE OR DELETE ON ledger_crown
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_crown_no_truncate BEFORE TRUNCATE ON ledger_crown
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_tick_no_change BEFORE UPDATE OR DELETE ON ledger_tick
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_tick_no_truncate BEFORE TRUNCATE ON ledger_tick
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
-- end only
