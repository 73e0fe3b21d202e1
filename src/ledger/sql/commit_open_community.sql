-- The community's own accounts, made with the community.
CREATE FUNCTION commit_open_community(p_community bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_kind text;
BEGIN
  FOREACH v_kind IN ARRAY ARRAY['issuance', 'redemption', 'adjustment', 'opening', 'expiry', 'donation', 'clearing'] LOOP
    INSERT INTO ledger_account (community_id, account_id, kind, floor, opened_at)
    VALUES (p_community, system_account(v_kind), v_kind, 0, app_now());
  END LOOP;
END
$$;
