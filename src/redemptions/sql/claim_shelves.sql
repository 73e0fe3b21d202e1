-- Takes goods off the shelves (p_reserve false) or sets them aside (true), shelf by shelf in the order of goods id, each
-- with its guard in the UPDATE. Where one is short, what was taken is put back and every shortage is listed:
-- [{goodsId, availableQuantity, missingQuantity}]; NULL where all is there.
CREATE FUNCTION claim_shelves(p_community bigint, p_site uuid, p_lines jsonb, p_reserve boolean, p_today date)
RETURNS jsonb
LANGUAGE plpgsql
AS $$
DECLARE
  v_line jsonb;
  v_goods uuid;
  v_quantity integer;
  v_available integer;
  v_claimed integer := 0;
  v_short jsonb := '[]';
BEGIN
  FOR v_line IN SELECT jsonb_array_elements(p_lines) LOOP
    v_goods := (v_line->>'goodsId')::uuid;
    v_quantity := (v_line->>'quantity')::integer;
    UPDATE shelf SET
      on_hand = on_hand - CASE WHEN p_reserve THEN 0 ELSE v_quantity END,
      reserved = reserved + CASE WHEN p_reserve THEN v_quantity ELSE 0 END
    WHERE community_id = p_community AND site_id = p_site AND goods_id = v_goods
      AND on_hand - reserved >= v_quantity
      AND unexpired_stock(p_community, p_site, v_goods, p_today) - reserved >= v_quantity;
    EXIT WHEN NOT FOUND;
    v_claimed := v_claimed + 1;
  END LOOP;
  IF v_claimed = jsonb_array_length(p_lines) THEN
    RETURN NULL;
  END IF;
  FOR v_line IN SELECT jsonb_array_elements(p_lines) LOOP
    v_goods := (v_line->>'goodsId')::uuid;
    v_quantity := (v_line->>'quantity')::integer;
    IF v_claimed > 0 THEN
      UPDATE shelf SET
        on_hand = on_hand + CASE WHEN p_reserve THEN 0 ELSE v_quantity END,
        reserved = reserved - CASE WHEN p_reserve THEN v_quantity ELSE 0 END
      WHERE community_id = p_community AND site_id = p_site AND goods_id = v_goods;
      v_claimed := v_claimed - 1;
    ELSE
      SELECT least(on_hand, unexpired_stock(p_community, p_site, v_goods, p_today)) - reserved INTO v_available
      FROM shelf WHERE community_id = p_community AND site_id = p_site AND goods_id = v_goods;
      v_available := greatest(0, coalesce(v_available, 0));
      IF v_available < v_quantity THEN
        v_short := v_short || jsonb_build_object('goodsId', v_goods, 'availableQuantity', v_available,
          'missingQuantity', v_quantity - v_available);
      END IF;
    END IF;
  END LOOP;
  RETURN v_short;
END
$$;
