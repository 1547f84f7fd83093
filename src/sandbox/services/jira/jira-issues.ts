import { z } from 'zod'
import { type Answer, type Ask, isKnownName, Refused, readBody } from '../fake.ts'
import { jiraError, jiraInvalid } from './jira-refusals.ts'
import { type JqlCondition, parseJql } from './parse-jql.ts'

const NewIssue = z.looseObject({
  fields: z.looseObject({
    project: z.union([z.looseObject({ key: z.string() }), z.looseObject({ id: z.string() })]),
    issuetype: z.union([z.looseObject({ name: z.string() }), z.looseObject({ id: z.string() })]),
    summary: z.string().min(1).max(255),
    labels: z.array(z.string().regex(/^\S{1,255}$/, 'The label contains spaces, which is invalid.')).default([]),
  }),
})

const Search = z.object({
  jql: z.string().min(1),
  fields: z.array(z.string()).default([]),
  maxResults: z.coerce.number().int().min(1).max(5000).default(50),
  nextPageToken: z.string().optional(),
  reconcileIssues: z.array(z.coerce.number()).default([]),
})

const StoredIssue = z.object({
  id: z.string(),
  key: z.string(),
  project: z.string(),
  labels: z.array(z.string()),
  createdAt: z.number(),
  fields: z.record(z.string(), z.unknown()),
})
type StoredIssue = z.infer<typeof StoredIssue>

/** The issues of a Jira site, and a search whose index comes after them. */
export interface JiraIssues {
  create: (ask: Ask) => Answer
  get: (ask: Ask) => Answer
  search: (ask: Ask) => Answer
  searchByPost: (ask: Ask) => Answer
  /** How long a new issue is missing from searches, in ms. */
  setIndexLag: (ms: number) => void
  snapshot: () => unknown
  restore: (saved: unknown) => void
  reset: () => void
}

/** A site without issues, whose index lags by `usualLagMs`. */
export function createJiraIssues(usualLagMs: number): JiraIssues {
  const byKey = new Map<string, StoredIssue>()
  const byLabel = new Map<string, StoredIssue[]>()
  const inProject = new Map<string, number>()
  let indexLagMs = usualLagMs

  const keep = (issue: StoredIssue) => {
    byKey.set(issue.key, issue)
    inProject.set(issue.project, (inProject.get(issue.project) ?? 0) + 1)
    for (const label of issue.labels) {
      const labelled = byLabel.get(label) ?? []
      byLabel.set(label, labelled)
      labelled.push(issue)
    }
  }
  const candidates = (conditions: JqlCondition[]) => {
    const labelled = conditions
      .filter(({ field, values }) => field === 'labels' && values.length === 1)
      .map(({ values }) => byLabel.get(values[0] ?? '') ?? [])
      .sort((one, other) => one.length - other.length)
    return labelled[0] ?? [...byKey.values()]
  }
  const find = (given: unknown, { now, base }: Ask): Answer => {
    const asked = readBody(Search, given, jiraInvalid)
    const conditions = readJql(asked.jql)
    const indexed = (issue: StoredIssue) =>
      issue.createdAt + indexLagMs <= now || asked.reconcileIssues.includes(Number(issue.id))
    const found = candidates(conditions).filter((issue) => indexed(issue) && meets(issue, conditions))
    const start = Number(asked.nextPageToken ?? 0)
    const end = start + asked.maxResults
    const issues = found.slice(start, end).map((issue) => searchBean(issue, asked.fields, base))
    const isLast = end >= found.length
    return { status: 200, body: isLast ? { isLast, issues } : { isLast, issues, nextPageToken: String(end) } }
  }

  return {
    create({ body, now, base }) {
      const { fields } = readBody(NewIssue, body, jiraInvalid)
      const project = 'key' in fields.project ? String(fields.project.key) : `P${fields.project.id}`
      if (!isKnownName(project)) throw new Refused(jiraInvalid('project', 'valid project is required'))
      const key = `${project}-${(inProject.get(project) ?? 0) + 1}`
      const issue = { id: String(10_000 + byKey.size + 1), key, project, labels: fields.labels, createdAt: now, fields }
      keep(issue)
      const same = `${project}: ${fields.summary} [${fields.labels.join(' ')}]`
      const effects = [{ kind: 'issue.created', key: same, detail: { key, labels: fields.labels } }]
      return { status: 201, body: { id: issue.id, key, self: selfOf(issue, base) }, effects }
    },
    get(ask) {
      const wanted = ask.param('issueIdOrKey')
      const isId = /^\d+$/.test(wanted)
      const issue = isId ? [...byKey.values()].find(({ id }) => id === wanted) : byKey.get(wanted.toUpperCase())
      if (!issue) throw new Refused(jiraError(404, 'Issue does not exist or you do not have permission to see it.'))
      return { status: 200, body: issueBean(issue, ask.base) }
    },
    search: (ask) => find(fromQuery(ask.query), ask),
    searchByPost: (ask) => find(ask.body, ask),
    setIndexLag(ms) {
      indexLagMs = ms
    },
    snapshot: () => [...byKey.values()],
    restore(saved) {
      for (const issue of z.array(StoredIssue).parse(saved)) keep(issue)
    },
    reset() {
      byKey.clear()
      byLabel.clear()
      inProject.clear()
      indexLagMs = usualLagMs
    },
  }
}

function fromQuery(query: URLSearchParams) {
  const list = (name: string) => query.getAll(name).flatMap((each) => each.split(','))
  const single = ['jql', 'maxResults', 'nextPageToken'].filter((name) => query.has(name))
  return {
    ...Object.fromEntries(single.map((name) => [name, query.get(name)])),
    fields: list('fields'),
    reconcileIssues: list('reconcileIssues'),
  }
}

function readJql(jql: string): JqlCondition[] {
  try {
    return parseJql(jql)
  } catch (error) {
    throw new Refused(jiraError(400, error instanceof Error ? error.message : 'Error in the JQL Query'))
  }
}

function meets(issue: StoredIssue, conditions: JqlCondition[]): boolean {
  return conditions.every(({ field, values }) => {
    if (field === 'labels') return values.some((value) => issue.labels.includes(value))
    if (field === 'project') return values.some((value) => value.toUpperCase() === issue.project.toUpperCase())
    return values.some((value) => value.toUpperCase() === issue.key.toUpperCase() || value === issue.id)
  })
}

function selfOf(issue: StoredIssue, base: string): string {
  return `${base}/rest/api/3/issue/${issue.id}`
}

function issueBean(issue: StoredIssue, base: string) {
  const created = new Date(issue.createdAt).toISOString().replace('Z', '+0000')
  const status = { name: 'To Do', statusCategory: { key: 'new', name: 'To Do' } }
  const fields = { ...issue.fields, status, created, updated: created }
  return { expand: 'renderedFields,names,schema', id: issue.id, self: selfOf(issue, base), key: issue.key, fields }
}

/** Without fields a search answers ids and nothing else. */
function searchBean(issue: StoredIssue, wanted: string[], base: string) {
  if (wanted.length === 0 || (wanted.length === 1 && wanted[0] === 'id')) return { id: issue.id }
  const bean = issueBean(issue, base)
  if (wanted.some((name) => name === '*all' || name === '*navigable')) return bean
  return { ...bean, fields: Object.fromEntries(Object.entries(bean.fields).filter(([name]) => wanted.includes(name))) }
}
