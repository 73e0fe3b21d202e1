-- Pieces of a good that a household has taken since an instant, less what it returned, plus what it has reserved and not
-- yet fetched. Read when planning and again under the account's lock.
CREATE FUNCTION goods_taken(p_community bigint, p_household uuid, p_goods uuid, p_since timestamptz) RETURNS bigint
LANGUAGE sql STABLE
AS $$
  SELECT coalesce((
      SELECT sum(l.quantity - coalesce((
        SELECT max(r.returned_after) FROM redemption_return_line AS r
        WHERE r.community_id = p_community AND r.line_id = l.line_id), 0))
      FROM redemption_line AS l
      WHERE l.community_id = p_community AND l.household_id = p_household AND l.goods_id = p_goods
        AND l.recorded_at >= p_since), 0)
    + coalesce((
      SELECT sum(v.quantity)
      FROM reservation AS o
      JOIN reservation_line AS v ON v.community_id = p_community AND v.reservation_id = o.reservation_id
      WHERE o.community_id = p_community AND o.household_id = p_household AND v.goods_id = p_goods
        AND NOT EXISTS (SELECT 1 FROM reservation_end AS e
          WHERE e.community_id = p_community AND e.reservation_id = o.reservation_id)), 0)
$$;
