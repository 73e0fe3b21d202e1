-- True where goods of this cost may be received or written off by two people only. A community without settings trusts
-- nobody alone.
CREATE FUNCTION needs_second_person(p_community bigint, p_cost_fen bigint) RETURNS boolean
LANGUAGE plpgsql
AS $$
DECLARE
  v_limit bigint;
BEGIN
  SELECT receipt_approval_fen INTO v_limit FROM community_settings WHERE community_id = p_community;
  RETURN p_cost_fen > coalesce(v_limit, 0);
END
$$;
