import type { BoundCall } from '../../domain/operation.ts'
import { itemOf } from '../item-of.ts'
import { documentOf, type Part } from './adf.ts'
import { issueCreate, type Ticket } from './issues.ts'
import { type RemovedUser, removeUser } from './remove-user.ts'
import { userCreate } from './users.ts'

interface WantedTicket {
  summary: string
  description: readonly Part[]
  /** Unique to this ticket: a second call with it finds the first one's. */
  label: string
}

export interface JiraClient {
  /** Gives somebody access to the site, by default to Jira itself (`jira-software`). */
  ensureUser(user: { email: string; products?: readonly string[] }): Promise<{ accountId: string }>
  /** Takes away the access that a run gave; a person is asked where it may have been there before. */
  removeUser(user: RemovedUser): Promise<void>
  openTicket(ticket: WantedTicket): Promise<Ticket>
}

const USUAL_PRODUCTS = ['jira-software']

/** The client over one step's calls. */
export function createJiraClient(call: BoundCall): JiraClient {
  return {
    ensureUser: ({ email, products = USUAL_PRODUCTS }) => call(userCreate, { email, products }),
    removeUser: (user) => removeUser(call, user),
    openTicket: ({ summary, description, label }) =>
      call(issueCreate, { summary, description: documentOf(description), label: labelOf(label) }, itemOf(label)),
  }
}

/** Labels hold no spaces, and quotes would end the query that looks for one. */
function labelOf(text: string): string {
  return text.replace(/[^\w.:-]+/g, '-').slice(0, 255)
}
