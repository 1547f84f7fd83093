import { z } from 'zod'
import type { Json, LookFirstOperation, ReadOperation } from '../../domain/operation.ts'
import { judgeJira } from './judge.ts'

const shared = { service: 'jira', judge: judgeJira } as const

const Issue = z.looseObject({ key: z.string(), self: z.string() })

export interface Ticket {
  key: string
  /** Where people look at it. */
  url: string
}

export interface NewTicket {
  summary: string
  /** In Atlassian's document format. */
  description: Json
  /** Unique to this ticket, without spaces: by it the ticket is found again. */
  label: string
}

/** Tickets with a label; Jira's index learns of a new one seconds to minutes later. */
export const issueSearch: ReadOperation<{ label: string }, { issues: Ticket[] }> = {
  ...shared,
  class: 'R',
  name: 'issue.search',
  title: 'look for the ticket',
  request: ({ label }) => ({
    method: 'POST',
    path: '/rest/api/3/search/jql',
    body: { jql: `labels = "${label}"`, fields: ['labels'], maxResults: 2 },
  }),
  answer: z
    .looseObject({ issues: z.array(Issue) })
    .transform(({ issues }) => ({ issues: issues.map((issue) => ticketOf(issue)) })),
}

/** Opens a ticket. Jira would open two, so the label is looked for before and after an unknown outcome. */
export const issueCreate: LookFirstOperation<NewTicket, Ticket> = {
  ...shared,
  class: 'L',
  name: 'issue.create',
  title: 'open the Jira ticket',
  request: ({ summary, description, label }, settings) => ({
    method: 'POST',
    path: '/rest/api/3/issue',
    body: {
      fields: {
        project: { key: settings.project ?? '' },
        issuetype: { name: settings.issueType ?? 'Task' },
        summary: oneLine(summary),
        description,
        labels: [label],
      },
    },
  }),
  answer: Issue.transform((issue) => ticketOf(issue)),
  naturalKey: ({ label }) => label,
  lookBeforeFirstWrite: true,
  indexLagMs: 60_000,
  async find({ label }, look) {
    const { issues } = await look(issueSearch, { label })
    const [ticket, another] = issues
    if (!ticket) return { kind: 'absent' }
    if (another)
      return { kind: 'cannot-tell', why: `Several tickets have the label ${label}: ${ticket.key}, ${another.key}.` }
    return { kind: 'found', output: ticket }
  },
}

/** Jira's own address of the API of an issue tells where its site is, also behind a path. */
function ticketOf({ key, self }: { key: string; self: string }): Ticket {
  const site = self.slice(0, Math.max(0, self.indexOf('/rest/api/')))
  return { key, url: `${site}/browse/${key}` }
}

const LONGEST_SUMMARY = 255

function oneLine(summary: string): string {
  const line = summary.replace(/\s+/g, ' ').trim()
  return line.length > LONGEST_SUMMARY ? `${line.slice(0, LONGEST_SUMMARY - 1)}…` : line
}
