-- Pieces that a stocktake found: they join the batch that came last, or a new one that cost nothing and never expires.
CREATE FUNCTION place_surplus(
  p_community bigint, p_site uuid, p_goods uuid, p_quantity integer, p_movement uuid, p_now timestamptz)
RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  v_batch uuid;
BEGIN
  SELECT batch_id INTO v_batch FROM stock_batch
  WHERE community_id = p_community AND site_id = p_site AND goods_id = p_goods
  ORDER BY received_at DESC, batch_id DESC LIMIT 1;
  IF NOT FOUND THEN
    PERFORM add_batch(p_community, p_site, p_goods, p_movement, new_id(), p_quantity, NULL, 'bought', '', 0, p_now);
    RETURN;
  END IF;
  UPDATE stock_batch SET remaining = remaining + p_quantity WHERE community_id = p_community AND batch_id = v_batch;
  INSERT INTO batch_draw (community_id, movement_id, batch_id, delta)
  VALUES (p_community, p_movement, v_batch, p_quantity);
END
$$;
