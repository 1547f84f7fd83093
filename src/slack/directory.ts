import type { Clock } from '../clock.ts'
import { groupList, groupMembers, type SlackMember, userInfo, userList } from '../connectors/slack/people.ts'
import type { Actor, Person } from '../domain/actor.ts'
import { RetryLater } from '../domain/errors.ts'
import { type TeamId, UserId } from '../domain/ids.ts'
import type { Operation } from '../domain/operation.ts'
import type { Egress } from '../egress/scope.ts'
import type { GroupRule } from '../rules/rules.ts'

/** Milliseconds for which somebody's rights may be a little old. */
const FRESH_MS = 60_000

/** Who is in the workspace and in which groups of the rules file. */
export interface Directory {
  /** Somebody with their groups, at most 60 s old; null when the workspace does not know them. Throws when Slack does not answer. */
  person(team: TeamId, user: UserId): Promise<Person | null>
  /** Whether `person` answers without asking Slack. */
  isFresh(team: TeamId): boolean
  /** Makes the names of these people known to `nameOf`. */
  learn(actors: readonly Actor[]): Promise<void>
  /** A name for cards; what is not known yet is said to be so. */
  nameOf(actor: Actor): string
}

interface Synced {
  at: number
  members: Map<string, SlackMember>
  /** User ids by handle of their user group. */
  groups: Map<string, ReadonlySet<string>>
}

interface Options {
  egress: Egress
  clock: Clock
  groups(): readonly GroupRule[]
}

export function createDirectory(options: Options): Directory {
  const synced = new Map<TeamId, Synced>()
  const syncing = new Map<TeamId, Promise<Synced>>()
  const names = new Map<string, string>()

  const isFresh = (team: TeamId): boolean => {
    const at = synced.get(team)?.at
    return at !== undefined && options.clock.now() - at < FRESH_MS
  }

  const sync = (team: TeamId): Promise<Synced> => {
    const running = syncing.get(team)
    if (running) return running
    const fresh = readWorkspace(options, team)
      .then((read) => {
        synced.set(team, read)
        for (const member of read.members.values()) names.set(`${team}/${member.id}`, member.name)
        return read
      })
      .finally(() => syncing.delete(team))
    syncing.set(team, fresh)
    return fresh
  }

  const current = async (team: TeamId): Promise<Synced> => {
    const known = synced.get(team)
    return known && isFresh(team) ? known : await sync(team)
  }

  return {
    isFresh,
    async person(team, user) {
      const read = await current(team)
      const member = read.members.get(user) ?? (await memberById(options, team, user))
      return member ? personOf({ team, member, read, rules: options.groups() }) : null
    },
    async learn(actors) {
      const unknown = actors.filter((actor) => actor.kind === 'person' && !names.has(`${actor.team}/${actor.user}`))
      const teams = new Set(unknown.flatMap((actor) => (actor.kind === 'person' ? [actor.team] : [])))
      // A card without a name is better than no card.
      await Promise.allSettled([...teams].map(sync))
    },
    nameOf: (actor) =>
      actor.kind === 'machine' ? 'Purser' : (names.get(`${actor.team}/${actor.user}`) ?? `somebody (${actor.user})`),
  }
}

function personOf(about: { team: TeamId; member: SlackMember; read: Synced; rules: readonly GroupRule[] }): Person {
  const { team, member, read, rules } = about
  const email = member.email?.toLowerCase() ?? null
  const belongs = (rule: GroupRule): boolean =>
    rule.userGroups.some((handle) => read.groups.get(handle)?.has(member.id)) ||
    (email !== null && rule.people.some((each) => each.toLowerCase() === email))
  return {
    team,
    user: UserId.parse(member.id),
    name: member.name,
    email,
    timeZone: member.timeZone,
    groups: rules.filter(belongs).map((rule) => rule.key),
    isGuest: member.isGuest || (member.team !== null && member.team !== team),
    isDeactivated: member.isDeactivated,
  }
}

async function readWorkspace(options: Options, team: TeamId): Promise<Synced> {
  const at = options.clock.now()
  const wanted = new Set(options.groups().flatMap((rule) => rule.userGroups))
  const [members, groups] = await Promise.all([
    readMembers(options, team),
    wanted.size === 0 ? new Map<string, ReadonlySet<string>>() : readGroups(options, team, wanted),
  ])
  return { at, members, groups }
}

async function readMembers(options: Options, team: TeamId): Promise<Map<string, SlackMember>> {
  const members = new Map<string, SlackMember>()
  let cursor = ''
  do {
    const page = await ask(options, team, userList, { cursor })
    for (const member of page.members) members.set(member.id, member)
    cursor = page.cursor
  } while (cursor !== '')
  return members
}

async function readGroups(
  options: Options,
  team: TeamId,
  wanted: ReadonlySet<string>,
): Promise<Map<string, ReadonlySet<string>>> {
  const all = await ask(options, team, groupList, {})
  const read = all
    .filter((group) => wanted.has(group.handle))
    .map(
      async ({ id, handle }): Promise<[string, ReadonlySet<string>]> => [
        handle,
        new Set(await ask(options, team, groupMembers, { group: id })),
      ],
    )
  return new Map(await Promise.all(read))
}

async function memberById(options: Options, team: TeamId, user: UserId): Promise<SlackMember | null> {
  try {
    return await ask(options, team, userInfo, { user })
  } catch (error) {
    if (error instanceof RetryLater) throw error
    return null
  }
}

function ask<I, O>({ egress }: Options, team: TeamId, operation: Operation<I, O>, input: I): Promise<O> {
  return egress.call({
    operation,
    input,
    scope: {
      team,
      actor: { kind: 'machine', part: 'directory' },
      subjects: [],
      urgent: true,
      tries: { tries: 2, withinMs: 5_000, firstDelayMs: 300 },
    },
  })
}
