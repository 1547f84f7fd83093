import { z } from 'zod'
import { PersonNeeded } from '../../domain/errors.ts'
import type {
  Found,
  HttpResponse,
  Look,
  LookFirstOperation,
  ReadOperation,
  UpsertOperation,
  Verdict,
} from '../../domain/operation.ts'
import { judgeJira } from './judge.ts'

const shared = { service: 'jira', judge: judgeJira } as const
const ADMIN = 'https://admin.atlassian.com (the site > Users)'

const Hit = z.looseObject({ accountId: z.string(), emailAddress: z.string().nullish() })
const Page = z.array(z.looseObject({ emailAddress: z.string().nullish() }))

export interface JiraUser {
  accountId: string
}

/** People whose name or address begins so; only those with the address, or with a hidden one, stay in the ledger. */
export const userSearch: ReadOperation<{ email: string }, z.infer<typeof Hit>[]> = {
  ...shared,
  class: 'R',
  name: 'user.search',
  title: 'look for the person in Jira',
  request: ({ email }) => ({ method: 'GET', path: '/rest/api/3/user/search', query: { query: email, maxResults: 50 } }),
  answer: z.array(Hit),
  keep(body, { email }) {
    const page = Page.safeParse(body).data
    return page ? page.filter(({ emailAddress }) => !emailAddress || isSame(emailAddress, email)) : body
  },
}

const Role = z.looseObject({ key: z.string() })
const Account = z
  .looseObject({
    accountId: z.string(),
    applicationRoles: z.looseObject({ items: z.array(Role) }).transform(({ items }) => items.map(({ key }) => key)),
  })
  .transform(({ accountId, applicationRoles }) => ({ accountId, products: applicationRoles }))
export type JiraAccount = z.infer<typeof Account>

/** Somebody's account on the site and the products that they may use; null when they have none. */
export const userGet: ReadOperation<JiraUser, JiraAccount | null> = {
  ...shared,
  class: 'R',
  name: 'user.get',
  title: 'look up what they may use in Jira',
  request: ({ accountId }) => ({
    method: 'GET',
    path: '/rest/api/3/user',
    query: { accountId, expand: 'applicationRoles' },
  }),
  answer: z.union([Account, z.looseObject({ errorMessages: z.array(z.string()) }).transform(() => null)]),
  judge: absenceIsAnAnswer,
}

export interface NewUser {
  email: string
  products: readonly string[]
}

/**
 * Gives somebody access to the site. Jira answers the same when they have it already: so they are looked for first, as
 * what was there before is not to be taken back.
 */
export const userCreate: LookFirstOperation<NewUser, JiraUser> = {
  ...shared,
  class: 'L',
  name: 'user.create',
  title: 'give access to Jira',
  request: ({ email, products }) => ({
    method: 'POST',
    path: '/rest/api/3/user',
    body: { emailAddress: email, products },
  }),
  answer: z.looseObject({ accountId: z.string() }).transform(({ accountId }) => ({ accountId })),
  judge: judgeNewUser,
  naturalKey: ({ email }) => email.toLowerCase(),
  lookBeforeFirstWrite: true,
  // A request that was cut off may still be carried out for a moment.
  indexLagMs: 5_000,
  async find({ email, products }, look): Promise<Found<JiraUser>> {
    const account = await accountOf(email, look)
    // Whoever has no access yet is refused by the write itself, with the way out.
    if (!account || account.products.length === 0) return { kind: 'absent' }
    const missing = products.filter((product) => !account.products.includes(product))
    if (missing.length > 0) throw lacksProducts(missing)
    return { kind: 'found', output: { accountId: account.accountId } }
  },
}

/** The account of an address, and what it may use; null when there is none. Throws PersonNeeded where Jira hides addresses. */
export async function accountOf(email: string, look: Look): Promise<JiraAccount | null> {
  const hits = await look(userSearch, { email })
  const same = hits.find(({ emailAddress }) => emailAddress && isSame(emailAddress, email))
  if (same) return await look(userGet, { accountId: same.accountId })
  if (hits.some(({ emailAddress }) => !emailAddress)) throw addressHidden()
  return null
}

/** Removes somebody from the site: their Atlassian account stays theirs. Null is also the answer when they are gone. */
export const userRemove: UpsertOperation<JiraUser, null> = {
  ...shared,
  class: 'U',
  name: 'user.remove',
  title: 'remove from Jira',
  request: ({ accountId }) => ({ method: 'DELETE', path: '/rest/api/3/user', query: { accountId } }),
  answer: z.unknown().transform(() => null),
  judge: judgeRemoval,
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

function absenceIsAnAnswer(response: HttpResponse): Verdict | null {
  return response.status === 404 ? { kind: 'done' } : judgeJira(response)
}

/** Jira answers 400 to an account that exists without access, and offers no call that would give it. */
function judgeNewUser(response: HttpResponse): Verdict | null {
  const verdict = judgeJira(response)
  if (response.status !== 400 || verdict?.kind !== 'permanent') return verdict
  const hint = `If they have an Atlassian account without access, give it at ${ADMIN}, then mark this step done.`
  return { ...verdict, hint }
}

/** Jira removes people for administrators of the site alone, and refuses some of them. */
function judgeRemoval(response: HttpResponse): Verdict | null {
  const verdict = absenceIsAnAnswer(response)
  if (verdict?.kind !== 'permanent' || ![400, 403].includes(response.status)) return verdict
  const hint = `Remove them at ${ADMIN}, then mark this step done. Purser can when the account of JIRA_EMAIL is a site administrator.`
  return { ...verdict, hint }
}

const lacksProducts = (missing: readonly string[]): PersonNeeded =>
  new PersonNeeded({
    code: 'jira-product-missing',
    message: `They have access to Jira already, but not to ${missing.join(', ')}, and Jira offers no call that would add it.`,
    hint: `Give them access at ${ADMIN}, then retry.`,
  })

const addressHidden = (): PersonNeeded =>
  new PersonNeeded({
    code: 'jira-address-hidden',
    message: 'Jira shows somebody for this address and hides their own, so that nobody can tell whether it is they.',
    hint: `Look at ${ADMIN}, do by hand what this step is for, then mark it done.`,
  })
