-- From how many available pieces down a shelf counts as low; 0 raises no alert.
CREATE FUNCTION commit_shelf_alert(p_community bigint, p_site uuid, p_goods uuid, p_low_stock_at integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM open_shelf(p_community, p_site, p_goods);
  UPDATE shelf SET low_stock_at = p_low_stock_at
  WHERE community_id = p_community AND site_id = p_site AND goods_id = p_goods;
END
$$;
