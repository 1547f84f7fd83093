import { z } from 'zod'
import { type Answer, type Ask, isKnownName, Refused, readBody } from '../fake.ts'
import { googleError, googleInvalid, googleNotFound } from './google-refusals.ts'
import type { GoogleUsers } from './google-users.ts'

const NewMember = z.looseObject({
  email: z.email(),
  role: z.enum(['MEMBER', 'MANAGER', 'OWNER']).default('MEMBER'),
})

const StoredMember = z.object({
  kind: z.string(),
  etag: z.string(),
  id: z.string(),
  email: z.string(),
  role: z.string(),
  type: z.string(),
  status: z.string(),
})
type StoredMember = z.infer<typeof StoredMember>

const Saved = z.array(z.tuple([z.string(), z.array(StoredMember)]))

/** Who belongs to which group. */
export interface GoogleMembers {
  insert: (ask: Ask) => Answer
  get: (ask: Ask) => Answer
  remove: (ask: Ask) => Answer
  /** The next `times` inserts answer that the account is not ready yet. */
  holdUp: (times: number) => void
  snapshot: () => unknown
  restore: (saved: unknown) => void
  reset: () => void
}

/** Groups that are there as soon as somebody names them. */
export function createGoogleMembers(users: GoogleUsers): GoogleMembers {
  const groups = new Map<string, Map<string, StoredMember>>()
  let notReady = 0

  const membersOf = (groupKey: string) => {
    if (!isKnownName(groupKey)) throw new Refused(googleNotFound('groupKey'))
    const members = groups.get(groupKey.toLowerCase()) ?? new Map<string, StoredMember>()
    groups.set(groupKey.toLowerCase(), members)
    return members
  }

  const mustFind = (ask: Ask) => {
    const key = ask.param('memberKey')
    const members = membersOf(ask.param('groupKey'))
    const member = key.includes('@')
      ? members.get(key.toLowerCase())
      : [...members.values()].find((each) => each.id === key)
    if (!member) throw new Refused(googleNotFound('memberKey'))
    return { member, members }
  }

  return {
    insert(ask) {
      const groupKey = ask.param('groupKey')
      const members = membersOf(groupKey)
      const { email, role } = readBody(NewMember, ask.body, googleInvalid)
      if (notReady > 0) {
        notReady -= 1
        throw new Refused(
          googleError({ status: 412, reason: 'conditionNotMet', message: 'User creation is not complete.' }),
        )
      }
      const user = users.find(email)
      if (!user && domainOf(email) === domainOf(groupKey)) throw new Refused(googleNotFound('memberKey'))
      if (members.has(email.toLowerCase())) {
        throw new Refused(googleError({ status: 409, reason: 'duplicate', message: 'Member already exists.' }))
      }
      const id = user?.id ?? `2${String(members.size + 1).padStart(20, '0')}`
      const member = {
        kind: 'admin#directory#member',
        etag: `"${id}-${role}"`,
        id,
        email,
        role,
        type: 'USER',
        status: 'ACTIVE',
      }
      members.set(email.toLowerCase(), member)
      const key = `${groupKey.toLowerCase()}/${email.toLowerCase()}`
      return { status: 200, body: member, effects: [{ kind: 'member.added', key, detail: { role } }] }
    },
    get: (ask) => ({ status: 200, body: mustFind(ask).member }),
    remove(ask) {
      const { member, members } = mustFind(ask)
      members.delete(member.email.toLowerCase())
      const key = `${ask.param('groupKey').toLowerCase()}/${member.email.toLowerCase()}`
      return { status: 204, effects: [{ kind: 'member.removed', key, detail: {} }] }
    },
    holdUp(times) {
      notReady = times
    },
    snapshot: () => [...groups].map(([group, members]) => [group, [...members.values()]]),
    restore(saved) {
      for (const [group, members] of Saved.parse(saved)) {
        groups.set(group, new Map(members.map((member) => [member.email.toLowerCase(), member])))
      }
    },
    reset() {
      groups.clear()
      notReady = 0
    },
  }
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}
