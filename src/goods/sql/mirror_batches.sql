-- Makes, at the shop that receives, batches like those the transfer was drawn from: expiry date, origin and cost travel
-- with the pieces. Where fewer arrive than were sent, the longest lasting ones count as missing.
CREATE FUNCTION mirror_batches(
  p_community bigint, p_from uuid, p_to uuid, p_goods uuid, p_transfer uuid, p_quantity integer, p_movement uuid,
  p_now timestamptz)
RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  v_sent uuid;
  v_draw record;
  v_batch record;
  v_left integer := p_quantity;
  v_given integer;
BEGIN
  SELECT movement_id INTO v_sent FROM stock_movement
  WHERE community_id = p_community AND source_id = p_transfer AND site_id = p_from AND goods_id = p_goods
    AND kind = 'transfer-out';
  FOR v_draw IN
    SELECT d.batch_id, -d.delta AS quantity FROM batch_draw AS d
    WHERE d.community_id = p_community AND d.movement_id = v_sent
    ORDER BY (SELECT b.expires_on FROM stock_batch AS b
      WHERE b.community_id = p_community AND b.batch_id = d.batch_id) NULLS LAST, d.batch_id
  LOOP
    EXIT WHEN v_left = 0;
    SELECT expires_on, origin, supplier, unit_cost_fen INTO v_batch FROM stock_batch
    WHERE community_id = p_community AND batch_id = v_draw.batch_id;
    v_given := least(v_left, v_draw.quantity);
    PERFORM add_batch(p_community, p_to, p_goods, p_movement, new_id(), v_given, v_batch.expires_on, v_batch.origin,
      v_batch.supplier, v_batch.unit_cost_fen, p_now);
    v_left := v_left - v_given;
  END LOOP;
  IF v_left > 0 THEN
    RAISE EXCEPTION 'transfer was drawn from batches for % less', v_left USING ERRCODE = 'EM011';
  END IF;
END
$$;
