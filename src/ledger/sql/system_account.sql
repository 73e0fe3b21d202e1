-- The community's own accounts carry fixed ids, so that no posting has to look them up. They keep no running balance.
CREATE FUNCTION system_account(p_kind text) RETURNS uuid
LANGUAGE sql IMMUTABLE
AS $$
  SELECT CASE p_kind
    WHEN 'issuance' THEN '00000000-0000-7000-8000-000000000001'::uuid
    WHEN 'redemption' THEN '00000000-0000-7000-8000-000000000002'::uuid
    WHEN 'adjustment' THEN '00000000-0000-7000-8000-000000000003'::uuid
    WHEN 'opening' THEN '00000000-0000-7000-8000-000000000004'::uuid
    WHEN 'expiry' THEN '00000000-0000-7000-8000-000000000005'::uuid
    WHEN 'donation' THEN '00000000-0000-7000-8000-000000000006'::uuid
    WHEN 'clearing' THEN '00000000-0000-7000-8000-000000000007'::uuid
  END
$$;
