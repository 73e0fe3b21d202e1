-- What can have changed since an order was planned, checked under the account's lock: prices, limits of goods, the limit
-- of the day, points. Raises EM001 where the plan is stale; otherwise returns NULL or a refusal.
-- p_lines: [{goodsId, quantity, unitCentipoints, priceId, limitQuantity, limitSince}], ordered by goodsId.
CREATE FUNCTION check_order(
  p_community bigint, p_household uuid, p_lines jsonb, p_total bigint, p_day_max bigint, p_day_start timestamptz,
  p_now timestamptz,
  OUT code text, OUT params jsonb)
LANGUAGE plpgsql
AS $$
DECLARE
  v_line jsonb;
  v_price uuid;
  v_taken bigint;
  v_available bigint;
BEGIN
  SELECT balance - held INTO v_available FROM ledger_account
  WHERE community_id = p_community AND account_id = p_household AND closed_at IS NULL;
  IF NOT FOUND THEN
    code := 'ledger.account-closed'; params := '{}';
    RETURN;
  END IF;
  v_available := v_available - settle_expiry(p_community, p_household, p_now);
  FOR v_line IN SELECT jsonb_array_elements(p_lines) LOOP
    SELECT price_id INTO v_price FROM goods_price
    WHERE community_id = p_community AND goods_id = (v_line->>'goodsId')::uuid AND effective_from <= p_now
    ORDER BY effective_from DESC LIMIT 1;
    IF v_price IS DISTINCT FROM (v_line->>'priceId')::uuid THEN
      RAISE EXCEPTION 'stale plan' USING ERRCODE = 'EM001';
    END IF;
    IF v_line->>'limitQuantity' IS NOT NULL THEN
      v_taken := goods_taken(p_community, p_household, (v_line->>'goodsId')::uuid, (v_line->>'limitSince')::timestamptz);
      IF v_taken + (v_line->>'quantity')::integer > (v_line->>'limitQuantity')::integer THEN
        code := 'redemptions.limit-reached';
        params := jsonb_build_object('goodsId', v_line->>'goodsId', 'limit', (v_line->>'limitQuantity')::integer,
          'taken', v_taken, 'excess', v_taken + (v_line->>'quantity')::integer - (v_line->>'limitQuantity')::integer);
        RETURN;
      END IF;
    END IF;
  END LOOP;
  IF p_day_max IS NOT NULL AND redeemed_since(p_community, p_household, p_day_start) + p_total > p_day_max THEN
    code := 'redemptions.day-limit-reached';
    params := jsonb_build_object('limitCentipoints', p_day_max,
      'excessCentipoints', redeemed_since(p_community, p_household, p_day_start) + p_total - p_day_max);
    RETURN;
  END IF;
  IF v_available < p_total THEN
    code := 'redemptions.insufficient-points';
    params := jsonb_build_object('totalCentipoints', p_total, 'availableCentipoints', v_available,
      'missingCentipoints', p_total - v_available);
  END IF;
END
$$;
