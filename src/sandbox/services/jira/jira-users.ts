import { z } from 'zod'
import { type Answer, type Ask, isKnownName, numberOf, Refused, readBody, uuidOf } from '../fake.ts'
import { SANDBOX_ACCESS } from '../tokens.ts'
import { jiraError, jiraInvalid } from './jira-refusals.ts'

const NewUser = z.looseObject({
  emailAddress: z.email(),
  products: z.array(z.enum(['jira-core', 'jira-servicedesk', 'jira-product-discovery', 'jira-software'])),
})
const GroupMember = z.looseObject({ accountId: z.string().min(1) })

const StoredUser = z.object({
  accountId: z.string(),
  emailAddress: z.string(),
  displayName: z.string(),
  products: z.array(z.string()),
})
type StoredUser = z.infer<typeof StoredUser>

const Saved = z.object({
  made: z.int().default(0),
  users: z.array(StoredUser),
  groups: z.array(z.tuple([z.string(), z.array(z.string())])),
})

/** The people of a Jira site and the groups they are in. */
export interface JiraUsers {
  create: (ask: Ask) => Answer
  search: (ask: Ask) => Answer
  /** Whoever asks. */
  myself: (ask: Ask) => Answer
  addToGroup: (ask: Ask) => Answer
  get: (ask: Ask) => Answer
  remove: (ask: Ask) => Answer
  snapshot: () => unknown
  restore: (saved: unknown) => void
  reset: () => void
}

/** A site without people. */
export function createJiraUsers(): JiraUsers {
  const byEmail = new Map<string, StoredUser>()
  const byAccount = new Map<string, StoredUser>()
  const groups = new Map<string, Set<string>>()
  let made = 0

  const keep = (user: StoredUser) => {
    byEmail.set(user.emailAddress.toLowerCase(), user)
    byAccount.set(user.accountId, user)
  }

  return {
    create({ body, base }) {
      const { emailAddress, products } = readBody(NewUser, body, jiraInvalid)
      const known = byEmail.get(emailAddress.toLowerCase())
      if (known && known.products.length === 0) {
        throw new Refused(
          jiraError(400, `A user with the email address ${emailAddress} exists without access to Jira.`),
        )
      }
      if (known) return { status: 201, body: userBean(known, base) }
      made += 1
      const accountId = `712020:${uuidOf(1, made)}`
      const user = { accountId, emailAddress, displayName: emailAddress.split('@')[0] ?? emailAddress, products }
      keep(user)
      const effects = [{ kind: 'user.created', key: emailAddress.toLowerCase(), detail: { accountId, products } }]
      return { status: 201, body: userBean(user, base), effects }
    },
    myself: ({ base }) => ({ status: 200, body: userBean(PURSER, base) }),
    search({ query, base }) {
      const wanted = query.get('query')?.toLowerCase()
      const accountId = query.get('accountId')
      if (wanted === undefined && accountId === null) {
        throw new Refused(jiraError(400, 'The accountId, query or property parameter must be provided.'))
      }
      const exact = accountId === null ? byEmail.get(wanted ?? '') : byAccount.get(accountId)
      const found = exact ? [exact] : accountId === null ? matching(byEmail, wanted ?? '') : []
      const start = whole(query.get('startAt'), 0)
      const page = found.slice(start, start + whole(query.get('maxResults'), 50))
      return { status: 200, body: page.map((user) => userBean(user, base)) }
    },
    get({ query, base }) {
      const user = byAccount.get(query.get('accountId') ?? '')
      if (!user) throw new Refused(noSuchUser(query))
      const expand = (query.get('expand') ?? '').split(',')
      const roles = expand.includes('applicationRoles') ? { applicationRoles: rolesOf(user) } : {}
      return { status: 200, body: { ...userBean(user, base), ...roles } }
    },
    remove({ query }) {
      const user = byAccount.get(query.get('accountId') ?? '')
      if (!user) throw new Refused(noSuchUser(query))
      byAccount.delete(user.accountId)
      byEmail.delete(user.emailAddress.toLowerCase())
      for (const members of groups.values()) members.delete(user.accountId)
      const effects = [
        { kind: 'user.removed', key: user.emailAddress.toLowerCase(), detail: { accountId: user.accountId } },
      ]
      return { status: 204, effects }
    },
    addToGroup({ query, body, base }) {
      const name = query.get('groupname') ?? query.get('groupId')
      if (name === null) throw new Refused(jiraError(400, 'groupname or groupId must be provided.'))
      const { accountId } = readBody(GroupMember, body, jiraInvalid)
      if (!isKnownName(name)) throw new Refused(jiraError(404, `The group '${name}' does not exist.`))
      if (!byAccount.has(accountId)) throw new Refused(jiraError(404, `The user '${accountId}' does not exist.`))
      const members = groups.get(name) ?? new Set<string>()
      groups.set(name, members)
      const effects = members.has(accountId)
        ? []
        : [{ kind: 'group-member.added', key: `${name}/${accountId}`, detail: { group: name } }]
      members.add(accountId)
      const self = `${base}/rest/api/3/group?groupname=${encodeURIComponent(name)}`
      return { status: 201, body: { name, groupId: uuidOf(2, numberOf(name)), self }, effects }
    },
    snapshot: () => ({
      made,
      users: [...byAccount.values()],
      groups: [...groups].map(([name, members]) => [name, [...members]]),
    }),
    restore(saved) {
      const state = Saved.parse(saved)
      made = state.made
      for (const user of state.users) keep(user)
      for (const [name, members] of state.groups) groups.set(name, new Set(members))
    },
    reset() {
      made = 0
      byEmail.clear()
      byAccount.clear()
      groups.clear()
    },
  }
}

/** Jira finds by the beginning of a word in the name or the address. */
function matching(byEmail: Map<string, StoredUser>, wanted: string): StoredUser[] {
  if (wanted.includes('@'))
    return [...byEmail.values()].filter((user) => user.emailAddress.toLowerCase().startsWith(wanted))
  return [...byEmail.values()].filter((user) =>
    `${user.displayName} ${user.emailAddress}`
      .toLowerCase()
      .split(/[\s.@_-]+/)
      .some((word) => word.startsWith(wanted)),
  )
}

const PURSER: StoredUser = {
  accountId: `712020:${uuidOf(1, 0)}`,
  emailAddress: SANDBOX_ACCESS.jira.email,
  displayName: 'Purser',
  products: ['jira-software'],
}

const noSuchUser = (query: URLSearchParams): Answer =>
  jiraError(404, `The user with the account ID '${query.get('accountId') ?? ''}' does not exist.`)

const rolesOf = ({ products }: StoredUser) => ({
  size: products.length,
  items: products.map((key) => ({ key, name: key })),
})

function userBean(user: StoredUser, base: string) {
  const avatar = (size: number) => `${base}/avatar/${encodeURIComponent(user.accountId)}?size=${size}`
  return {
    self: `${base}/rest/api/3/user?accountId=${encodeURIComponent(user.accountId)}`,
    accountId: user.accountId,
    accountType: 'atlassian',
    emailAddress: user.emailAddress,
    displayName: user.displayName,
    active: true,
    avatarUrls: { '16x16': avatar(16), '24x24': avatar(24), '32x32': avatar(32), '48x48': avatar(48) },
    timeZone: 'Etc/UTC',
  }
}

function whole(text: string | null, otherwise: number): number {
  const number = Number(text ?? otherwise)
  return Number.isInteger(number) && number >= 0 ? number : otherwise
}
