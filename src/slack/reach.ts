import { bold, type Mention } from '../../views/rich-text.ts'
import type { UserId } from '../domain/ids.ts'
import type { Asked } from '../domain/wait.ts'
import type { GroupRule } from '../rules/rules.ts'

interface Lookup {
  rules: readonly GroupRule[]
  /** Slack's id of a user group; null when the workspace has none of that handle. */
  userGroup(handle: string): Promise<string | null>
  user(email: string): Promise<UserId | null>
}

/** Those who are asked as mentions, each once; what Slack does not know stands as a name. */
export async function reach({ users, groups, people }: Asked, lookup: Lookup): Promise<Mention[]> {
  const ofGroups = groups.map((group) => groupMentions(group, lookup))
  const ofPeople = people.map((email) => personMention(email, lookup))
  const found = await Promise.all([...ofGroups, ...ofPeople.map(async (each) => [await each])])
  return once([...users.map((user): Mention => ({ kind: 'user', user })), ...found.flat()])
}

/** The same without Slack: nobody is told, and everybody can read who is meant. */
export const unknownToSlack = ({ users, groups, people }: Asked): Mention[] => [
  ...users.map((user): Mention => ({ kind: 'user', user })),
  ...[...groups.map(({ title }) => title), ...people].map(named),
]

/** A group of the rules is its user groups, and the people whom it names by address. */
async function groupMentions(group: Asked['groups'][number], lookup: Lookup): Promise<Mention[]> {
  const rule = lookup.rules.find(({ key }) => key === group.key)
  const userGroups = await Promise.all(
    (rule?.userGroups ?? []).map(async (handle): Promise<Mention[]> => {
      const id = await lookup.userGroup(handle).catch(() => null)
      return id === null ? [] : [{ kind: 'usergroup', id, name: group.title }]
    }),
  )
  const people = await Promise.all((rule?.people ?? []).map((email) => personMention(email, lookup)))
  const all = [...userGroups.flat(), ...people]
  return all.length > 0 ? all : [named(group.title)]
}

async function personMention(email: string, lookup: Lookup): Promise<Mention> {
  const user = await lookup.user(email).catch(() => null)
  return user === null ? named(email) : { kind: 'user', user }
}

const named = (text: string): Mention => bold(text, 80)

function once(all: readonly Mention[]): Mention[] {
  const seen = new Map(all.map((each) => [JSON.stringify(each), each]))
  return [...seen.values()]
}
