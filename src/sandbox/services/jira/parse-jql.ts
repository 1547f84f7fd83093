/** One condition of a query: the field has one of the values. */
export interface JqlCondition {
  field: string
  values: string[]
}

const FIELDS = new Set(['labels', 'project', 'key', 'issuekey', 'id'])
const CONDITION = /^\s*(\w+)\s*(?:=\s*("[^"]*"|'[^']*'|[\w.@:-]+)|in\s*\(([^)]*)\))\s*/i

/** Reads the part of JQL that looks things up: `field = value` and `field in (…)`, joined by AND; throws on anything else. */
export function parseJql(jql: string): JqlCondition[] {
  let rest = jql.replace(/\s+order\s+by\s+[\w\s,]+$/i, '')
  const conditions: JqlCondition[] = []
  for (;;) {
    const found = CONDITION.exec(rest)
    if (!found) throw new SyntaxError(`Error in the JQL Query: the sandbox does not understand "${rest.trim()}".`)
    const field = (found[1] ?? '').toLowerCase()
    if (!FIELDS.has(field))
      throw new SyntaxError(`Field '${field}' does not exist or you do not have permission to view it.`)
    conditions.push({ field, values: found[3] === undefined ? [unquote(found[2])] : found[3].split(',').map(unquote) })
    rest = rest.slice(found[0].length)
    if (rest === '') return conditions
    const and = /^and\b/i.exec(rest)
    if (!and) throw new SyntaxError(`Error in the JQL Query: expecting 'AND' but got "${rest.trim()}".`)
    rest = rest.slice(and[0].length)
  }
}

function unquote(text = ''): string {
  return text.trim().replace(/^(["'])(.*)\1$/, '$2')
}
