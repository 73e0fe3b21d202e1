-- Draws goods from the batches of a shelf for one movement: first expiring first out, goods already past their date last.
-- The caller holds the shelf's row lock and has lowered on_hand; the movement row exists. Σ draws = the movement's delta.
CREATE FUNCTION take_stock(
  p_community bigint, p_site uuid, p_goods uuid, p_quantity integer, p_movement uuid, p_line uuid, p_today date)
RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  v_batch record;
  v_left integer := p_quantity;
  v_taken integer;
BEGIN
  FOR v_batch IN
    SELECT batch_id, remaining FROM stock_batch
    WHERE community_id = p_community AND site_id = p_site AND goods_id = p_goods AND remaining > 0
    ORDER BY coalesce(expires_on < p_today, false), expires_on NULLS LAST, batch_id
  LOOP
    v_taken := least(v_left, v_batch.remaining);
    UPDATE stock_batch SET remaining = remaining - v_taken
    WHERE community_id = p_community AND batch_id = v_batch.batch_id;
    INSERT INTO batch_draw (community_id, movement_id, batch_id, delta, redemption_line_id)
    VALUES (p_community, p_movement, v_batch.batch_id, -v_taken, p_line);
    v_left := v_left - v_taken;
    EXIT WHEN v_left = 0;
  END LOOP;
  IF v_left > 0 THEN
    RAISE EXCEPTION 'batches hold % less than the shelf', v_left USING ERRCODE = 'EM011';
  END IF;
END
$$;
