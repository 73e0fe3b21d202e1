-- Takes goods off the shelves (p_reserve false) or sets them aside (true). The shelves are locked in the order of goods id
-- and looked at first, so that nothing has to be put back where one is short. Returns every shortage,
-- [{goodsId, availableQuantity, missingQuantity}], or NULL where all is there.
CREATE FUNCTION claim_shelves(p_community bigint, p_site uuid, p_lines jsonb, p_reserve boolean, p_today date)
RETURNS jsonb
LANGUAGE plpgsql
AS $$
DECLARE
  v_line jsonb;
  v_shelf record;
  v_available integer;
  v_quantity integer;
  v_short jsonb := '[]';
BEGIN
  FOR v_line IN SELECT jsonb_array_elements(p_lines) LOOP
    SELECT on_hand, reserved INTO v_shelf FROM shelf
    WHERE community_id = p_community AND site_id = p_site AND goods_id = (v_line->>'goodsId')::uuid
    FOR NO KEY UPDATE;
    v_available := least(v_shelf.on_hand, unexpired_stock(p_community, p_site, (v_line->>'goodsId')::uuid, p_today))
      - v_shelf.reserved;
    v_available := greatest(0, coalesce(v_available, 0));
    v_quantity := (v_line->>'quantity')::integer;
    IF v_available < v_quantity THEN
      v_short := v_short || jsonb_build_object('goodsId', v_line->>'goodsId', 'availableQuantity', v_available,
        'missingQuantity', v_quantity - v_available);
    END IF;
  END LOOP;
  IF v_short <> '[]' THEN
    RETURN v_short;
  END IF;
  FOR v_line IN SELECT jsonb_array_elements(p_lines) LOOP
    v_quantity := (v_line->>'quantity')::integer;
    UPDATE shelf SET
      on_hand = on_hand - CASE WHEN p_reserve THEN 0 ELSE v_quantity END,
      reserved = reserved + CASE WHEN p_reserve THEN v_quantity ELSE 0 END
    WHERE community_id = p_community AND site_id = p_site AND goods_id = (v_line->>'goodsId')::uuid;
  END LOOP;
  RETURN NULL;
END
$$;
