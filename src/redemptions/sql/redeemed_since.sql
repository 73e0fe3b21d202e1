-- Centipoints a household has redeemed since an instant, less what it was given back for returns of these redemptions.
CREATE FUNCTION redeemed_since(p_community bigint, p_household uuid, p_since timestamptz) RETURNS bigint
LANGUAGE sql STABLE
AS $$
  SELECT coalesce(sum(d.total_centipoints - coalesce((
      SELECT sum(r.total_centipoints) FROM redemption_return AS r
      WHERE r.community_id = p_community AND r.redemption_id = d.redemption_id), 0)), 0)::bigint
  FROM redemption AS d
  WHERE d.community_id = p_community AND d.household_id = p_household AND d.recorded_at >= p_since
$$;
