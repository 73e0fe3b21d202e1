-- What the pieces of a movement have cost, in fen, whichever way they went.
CREATE FUNCTION movement_cost(p_community bigint, p_movement uuid) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
  v_draw record;
  v_unit_cost bigint;
  v_cost bigint := 0;
BEGIN
  FOR v_draw IN
    SELECT batch_id, delta FROM batch_draw WHERE community_id = p_community AND movement_id = p_movement
  LOOP
    SELECT unit_cost_fen INTO v_unit_cost FROM stock_batch
    WHERE community_id = p_community AND batch_id = v_draw.batch_id;
    v_cost := v_cost + abs(v_draw.delta) * v_unit_cost;
  END LOOP;
  RETURN v_cost;
END
$$;
