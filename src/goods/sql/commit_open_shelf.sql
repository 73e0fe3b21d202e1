-- Opens a shelf in the transaction that makes the good or the shop. Opening it twice is opening it once.
CREATE FUNCTION commit_open_shelf(p_community bigint, p_site uuid, p_goods uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM open_shelf(p_community, p_site, p_goods);
END
$$;
