-- A new batch, filled by a movement that has been written.
CREATE FUNCTION add_batch(
  p_community bigint, p_site uuid, p_goods uuid, p_movement uuid, p_batch uuid, p_quantity integer, p_expires_on date,
  p_origin text, p_supplier text, p_unit_cost_fen bigint, p_now timestamptz)
RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
  INSERT INTO stock_batch (community_id, batch_id, site_id, goods_id, expires_on, origin, supplier, unit_cost_fen,
    remaining, received_at)
  VALUES (p_community, p_batch, p_site, p_goods, p_expires_on, p_origin, p_supplier, p_unit_cost_fen, p_quantity, p_now);
  INSERT INTO batch_draw (community_id, movement_id, batch_id, delta)
  VALUES (p_community, p_movement, p_batch, p_quantity);
END
$$;
