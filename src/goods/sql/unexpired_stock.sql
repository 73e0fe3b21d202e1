-- Pieces of a shelf that may still be handed out today: not past their date, reserved ones included.
-- VOLATILE: whoever asks has just waited for the shelf's lock and must see what was committed meanwhile.
CREATE FUNCTION unexpired_stock(p_community bigint, p_site uuid, p_goods uuid, p_today date) RETURNS integer
LANGUAGE sql VOLATILE
AS $$
  SELECT coalesce(sum(remaining), 0)::integer FROM stock_batch
  WHERE community_id = p_community AND site_id = p_site AND goods_id = p_goods AND remaining > 0
    AND (expires_on IS NULL OR expires_on >= p_today)
$$;
