-- Locks a shelf, opening it first where there is none, and says what is on it. Callers go by goods id (I-24) and read the
-- clock afterwards, so that the movements of a shelf carry instants in the order they happened in.
CREATE FUNCTION lock_shelf(p_community bigint, p_site uuid, p_goods uuid, OUT on_hand integer, OUT reserved integer)
LANGUAGE plpgsql
AS $$
BEGIN
  SELECT s.on_hand, s.reserved INTO on_hand, reserved FROM shelf AS s
  WHERE s.community_id = p_community AND s.site_id = p_site AND s.goods_id = p_goods FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    PERFORM open_shelf(p_community, p_site, p_goods);
    SELECT s.on_hand, s.reserved INTO on_hand, reserved FROM shelf AS s
    WHERE s.community_id = p_community AND s.site_id = p_site AND s.goods_id = p_goods FOR NO KEY UPDATE;
  END IF;
END
$$;
