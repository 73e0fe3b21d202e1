-- Puts returned goods back into the batches their line was drawn from, the longest lasting first (they were drawn last).
CREATE FUNCTION put_back_stock(p_community bigint, p_quantity integer, p_movement uuid, p_line uuid) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  v_drawn record;
  v_left integer := p_quantity;
  v_given integer;
BEGIN
  FOR v_drawn IN
    SELECT batch_id, -sum(delta)::integer AS still_out FROM batch_draw
    WHERE community_id = p_community AND redemption_line_id = p_line
    GROUP BY batch_id HAVING sum(delta) < 0 ORDER BY batch_id DESC
  LOOP
    v_given := least(v_left, v_drawn.still_out);
    UPDATE stock_batch SET remaining = remaining + v_given
    WHERE community_id = p_community AND batch_id = v_drawn.batch_id;
    INSERT INTO batch_draw (community_id, movement_id, batch_id, delta, redemption_line_id)
    VALUES (p_community, p_movement, v_drawn.batch_id, v_given, p_line);
    v_left := v_left - v_given;
    EXIT WHEN v_left = 0;
  END LOOP;
  IF v_left > 0 THEN
    RAISE EXCEPTION 'line was drawn from batches for % less', v_left USING ERRCODE = 'EM011';
  END IF;
END
$$;
