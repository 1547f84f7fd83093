export interface SoqlQuery {
  fields: string[]
  object: string
  conditions: { field: string; value: string | boolean | null }[]
  limit: number
}

const QUERY =
  /^\s*select\s+([\w\s,]+?)\s+from\s+(\w+)(?:\s+where\s+(.+?))?(?:\s+order\s+by\s+[\w\s,]+?)?(?:\s+limit\s+(\d+))?\s*$/is
const CONDITION = /^\s*(\w+)\s*=\s*('(?:[^'\\]|\\.)*'|true|false|null)\s*/i

/** Reads `SELECT … FROM … WHERE a = 'x' AND b = 'y' LIMIT n`; throws on SOQL beyond that. */
export function parseSoql(soql: string): SoqlQuery {
  const found = QUERY.exec(soql)
  if (!found) throw new SyntaxError(`unexpected token: the sandbox does not understand "${soql}"`)
  return {
    fields: (found[1] ?? '').split(',').map((field) => field.trim()),
    object: found[2] ?? '',
    conditions: parseConditions(found[3] ?? ''),
    limit: Number(found[4] ?? 2000),
  }
}

function parseConditions(text: string): SoqlQuery['conditions'] {
  const conditions: SoqlQuery['conditions'] = []
  let rest = text
  while (rest.trim() !== '') {
    const found = CONDITION.exec(rest)
    if (!found) throw new SyntaxError(`unexpected token: the sandbox does not understand "${rest}"`)
    conditions.push({ field: found[1] ?? '', value: literal(found[2] ?? '') })
    rest = rest.slice(found[0].length)
    if (rest === '') break
    if (!/^and\s+\S/i.test(rest)) throw new SyntaxError(`unexpected token: "${rest}"`)
    rest = rest.slice(3)
  }
  return conditions
}

function literal(text: string): string | boolean | null {
  if (text.startsWith("'")) return text.slice(1, -1).replace(/\\(.)/g, '$1')
  return text.toLowerCase() === 'null' ? null : text.toLowerCase() === 'true'
}
