-- A new overdraft floor of the community, on every household account. Refused by CHECK where a balance is below it.
-- Account by account in the order of ids, like everybody who locks more than one.
CREATE FUNCTION commit_floor(p_community bigint, p_floor bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_account uuid;
BEGIN
  FOR v_account IN
    SELECT account_id FROM ledger_account
    WHERE community_id = p_community AND kind = 'household' AND floor <> p_floor ORDER BY account_id
  LOOP
    UPDATE ledger_account SET floor = p_floor WHERE community_id = p_community AND account_id = v_account;
  END LOOP;
END
$$;
