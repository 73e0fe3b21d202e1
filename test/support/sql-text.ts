/** Small letters, without comments, quoted text and double quotes: what is left can be searched for words. */
export function bareSql(sql: string): string {
  return sql
    .replaceAll(/--[^\n]*/g, ' ')
    .replaceAll(/\/\*.*?\*\//gs, ' ')
    .replaceAll(/\bE?'(?:[^']|'')*'|'(?:[^']|'')*'/g, `''`)
    .replaceAll('"', '')
    .toLowerCase();
}

/** Words, numbers, parameters and single signs of {@link bareSql}. */
export function sqlTokens(bare: string): string[] {
  return bare.match(/[a-z_][a-z0-9_$]*|\$?\d+|''|\S/g) ?? [];
}

/**
 * The statements of a PL/pgSQL block: cut at semicolons and at the words after which PL/pgSQL begins a new one. The query
 * of a FOR loop is a statement of its own; `THEN` and `ELSE` of a CASE expression cut nothing.
 */
export function plpgsqlStatements(body: string): string[] {
  const statements: string[][] = [[]];
  let caseDepth = 0;
  for (const token of sqlTokens(bareSql(body))) {
    if (token === 'case') caseDepth += 1;
    const isInCase = caseDepth > 0;
    if (token === 'end' && isInCase) caseDepth -= 1;
    const cuts = token === ';' || token === 'loop' || (!isInCase && ['then', 'else', 'begin'].includes(token));
    if (cuts) statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.filter((tokens) => tokens.length > 0).map((tokens) => tokens.join(' '));
}
