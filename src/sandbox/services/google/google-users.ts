import { z } from 'zod'
import { type Answer, type Ask, Refused, readBody } from '../fake.ts'
import { googleError, googleInvalid, googleNotFound } from './google-refusals.ts'

const Name = z.looseObject({ givenName: z.string().min(1), familyName: z.string().min(1) })
/** What both calls take besides what the first one demands; unknown fields are kept as they came. */
const changeable = {
  suspended: z.boolean().optional(),
  orgUnitPath: z.string().optional(),
  externalIds: z.array(z.record(z.string(), z.unknown())).optional(),
}
const NewUser = z.looseObject({
  primaryEmail: z.email(),
  name: Name,
  password: z.string().min(8).max(100),
  ...changeable,
})
const ChangedUser = z.looseObject({
  primaryEmail: z.email().optional(),
  name: Name.partial().optional(),
  ...changeable,
})

const StoredUser = z.looseObject({
  id: z.string(),
  primaryEmail: z.string(),
  name: z.looseObject({}),
  /** Former addresses; they still lead to the account. */
  aliases: z.array(z.string()).optional(),
})
type StoredUser = z.infer<typeof StoredUser>

interface WantedUser {
  [field: string]: unknown
  primaryEmail: string
  name: z.infer<typeof Name>
}

/** The accounts of a Google Workspace. */
export interface GoogleUsers {
  insert: (ask: Ask) => Answer
  get: (ask: Ask) => Answer
  patch: (ask: Ask) => Answer
  find: (userKey: string) => StoredUser | null
  snapshot: () => unknown
  restore: (saved: unknown) => void
  reset: () => void
}

/** A Workspace without accounts; an address is taken once and for all, whatever its case. */
export function createGoogleUsers(): GoogleUsers {
  const byEmail = new Map<string, StoredUser>()
  const byId = new Map<string, StoredUser>()

  const keep = (user: StoredUser) => {
    for (const address of [user.primaryEmail, ...(user.aliases ?? [])]) byEmail.set(address.toLowerCase(), user)
    byId.set(user.id, user)
  }
  const find = (key: string) => byEmail.get(key.toLowerCase()) ?? byId.get(key) ?? null
  const mustFind = (key: string) => {
    const user = find(key)
    if (!user) throw new Refused(googleNotFound('userKey'))
    return user
  }

  return {
    find,
    insert({ body, now }) {
      const { password: _, hashFunction: __, ...wanted } = readBody(NewUser, body, googleInvalid)
      if (byEmail.has(wanted.primaryEmail.toLowerCase())) throw new Refused(alreadyThere())
      const user = newUser(wanted, byId.size + 1, now)
      keep(user)
      const detail = { id: user.id, name: user.name.fullName, externalIds: wanted.externalIds ?? [] }
      return { status: 200, body: user, effects: [{ kind: 'user.created', key: user.primaryEmail, detail }] }
    },
    get: (ask) => ({ status: 200, body: mustFind(ask.param('userKey')) }),
    patch(ask) {
      const user = mustFind(ask.param('userKey'))
      const { password: _, hashFunction: __, ...change } = readBody(ChangedUser, ask.body, googleInvalid)
      const { primaryEmail = user.primaryEmail } = change
      const holder = byEmail.get(primaryEmail.toLowerCase())
      if (holder && holder.id !== user.id) throw new Refused(alreadyThere())
      const isMoved = primaryEmail.toLowerCase() !== user.primaryEmail.toLowerCase()
      const aliases = [...(user.aliases ?? []), ...(isMoved ? [user.primaryEmail] : [])]
      const name = { ...user.name, ...change.name }
      const changed = { ...user, ...change, primaryEmail, aliases, name, etag: etagOf(user.id, ask.now) }
      keep(StoredUser.parse(changed))
      return { status: 200, body: changed, effects: [{ kind: 'user.updated', key: user.primaryEmail, detail: change }] }
    },
    snapshot: () => [...byId.values()],
    restore(saved) {
      for (const user of z.array(StoredUser).parse(saved)) keep(user)
    },
    reset() {
      byEmail.clear()
      byId.clear()
    },
  }
}

function newUser(wanted: WantedUser, n: number, now: number) {
  const id = `1${String(n).padStart(20, '0')}`
  const { givenName, familyName } = wanted.name
  return {
    suspended: false,
    orgUnitPath: '/',
    ...wanted,
    kind: 'admin#directory#user',
    id,
    etag: etagOf(id, now),
    name: { fullName: `${givenName} ${familyName}`, ...wanted.name },
    isAdmin: false,
    isDelegatedAdmin: false,
    creationTime: new Date(now).toISOString(),
    agreedToTerms: false,
    archived: false,
    emails: [{ address: wanted.primaryEmail, primary: true }],
    customerId: 'C00acme00',
    isMailboxSetup: true,
    includeInGlobalAddressList: true,
  }
}

function alreadyThere(): Answer {
  return googleError({ status: 409, reason: 'duplicate', message: 'Entity already exists.' })
}

function etagOf(id: string, now: number): string {
  return `"${id}-${now.toString(36)}"`
}
