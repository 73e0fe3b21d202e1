-- Makes the shelf of a good in a shop, empty, where there is none yet: a lock on a missing row would lock nothing.
CREATE FUNCTION open_shelf(p_community bigint, p_site uuid, p_goods uuid) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
  INSERT INTO shelf (community_id, site_id, goods_id, on_hand, reserved, low_stock_at)
  VALUES (p_community, p_site, p_goods, 0, 0, 0)
  ON CONFLICT (community_id, site_id, goods_id) DO NOTHING;
END
$$;
