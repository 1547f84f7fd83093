import { machineName } from '../../views/machine-name.ts'
import type { Mention } from '../../views/rich-text.ts'
import { texts } from '../../views/texts/index.ts'
import type { Clock } from '../clock.ts'
import {
  groupList,
  groupMembers,
  type SlackMember,
  userByEmail,
  userInfo,
  userList,
} from '../connectors/slack/people.ts'
import type { Actor, Person } from '../domain/actor.ts'
import { PermanentFailure } from '../domain/errors.ts'
import { type TeamId, UserId } from '../domain/ids.ts'
import type { Operation } from '../domain/operation.ts'
import type { Asked } from '../domain/wait.ts'
import type { Egress } from '../egress/scope.ts'
import type { GroupRule } from '../rules/rules.ts'
import { reach } from './reach.ts'
import type { Refusals } from './refusals.ts'

/** Milliseconds for which somebody's rights may be a little old. */
const FRESH_MS = 60_000

/** More people than these are read with everybody else, in pages. */
const MOST_ONE_BY_ONE = 20

/** Every workspace has it, and nobody has that address. */
const ALWAYS_THERE = 'USLACKBOT'
const NOBODY = 'nobody@purser.invalid'

/** Who is in the workspace and in which groups of the rules file. */
export interface Directory {
  /** Somebody with their groups, at most 60 s old; null when the workspace does not know them. Throws when Slack does not answer. */
  person(team: TeamId, user: UserId): Promise<Person | null>
  /** Whether `person` answers without asking Slack. */
  isFresh(team: TeamId, user: UserId): boolean
  /** People of that name: their whole name, or one of its words. Reads the workspace, so that it is slow where that is large. */
  named(team: TeamId, name: string): Promise<UserId[]>
  /** Makes the names of these people known to `nameOf`; false when Slack could not be asked about some. */
  learn(actors: readonly Actor[]): Promise<boolean>
  /** Those who are asked, each once, as Slack can mention them; by name alone where it does not know or does not answer. */
  reach(team: TeamId, asked: Asked): Promise<Mention[]>
  /** A name for cards; what is not known yet is said to be so. */
  nameOf(actor: Actor): string
}

/** The same, with what only the look for absences asks. */
export interface WholeDirectory extends Directory {
  /** Somebody by their address; null when the workspace does not know them. Throws when Slack does not answer. */
  byAddress(team: TeamId, email: string): Promise<UserId | null>
  /** These people as they are now: one by one, or with everybody where they are many. Throws when Slack does not answer. */
  people(team: TeamId, users: readonly UserId[]): Promise<Person[]>
  /** Makes one read of each kind that is used, and keeps nothing; false when Slack did not answer to all of them. */
  check(team: TeamId): Promise<boolean>
  /** Who is in a group of the rules file, each once. Throws when Slack does not answer. */
  membersOf(team: TeamId, group: string): Promise<UserId[]>
}

interface Known<T> {
  at: number
  value: Promise<T>
}

interface Options {
  egress: Egress
  clock: Clock
  groups(): readonly GroupRule[]
  /** Told what came of each read. */
  refusals?: Pick<Refusals, 'heard'>
}

/** User groups by handle: Slack's id of it, and who is in it by id. */
type Groups = ReadonlyMap<string, { id: string; members: ReadonlySet<string> }>

/** Asks Slack about those who act, not about everybody: a large workspace is as quick as a small one. */
export function createDirectory(options: Options): WholeDirectory {
  const members = new Map<string, Known<SlackMember | null>>()
  const groups = new Map<TeamId, Known<Groups>>()
  const everybody = new Map<TeamId, Known<SlackMember[]>>()
  const names = new Map<string, string>()
  const addresses = new Map<string, Known<UserId | null>>()

  const fresh = <T>(known: Known<T> | undefined): known is Known<T> =>
    known !== undefined && options.clock.now() - known.at < FRESH_MS

  /** What is known and fresh; else asks, once for all who want to know. A failure is forgotten at once. */
  const ask = <K, T>(cache: Map<K, Known<T>>, key: K, read: () => Promise<T>): Promise<T> => {
    const known = cache.get(key)
    if (fresh(known)) return known.value
    const asked = { at: options.clock.now(), value: read() }
    cache.set(key, asked)
    asked.value.catch(() => {
      if (cache.get(key) === asked) cache.delete(key)
    })
    return asked.value
  }

  const memberOf = (team: TeamId, user: UserId): Promise<SlackMember | null> =>
    ask(members, `${team}/${user}`, async () => {
      const member = await readMember(options, team, user)
      if (member) names.set(`${team}/${user}`, member.name)
      return member
    })

  const groupsOf = (team: TeamId): Promise<Groups> => ask(groups, team, () => readGroups(options, team))
  const byAddress = (team: TeamId, email: string): Promise<UserId | null> =>
    ask(addresses, `${team}/${email}`, async () => {
      const found = await call(options, team, { operation: userByEmail, input: { email } })
      return found ? UserId.parse(found.id) : null
    })

  return {
    isFresh: (team, user) => fresh(groups.get(team)) && fresh(members.get(`${team}/${user}`)),
    async person(team, user) {
      const [member, inGroups] = await Promise.all([memberOf(team, user), groupsOf(team)])
      return member ? personOf({ team, member, groups: inGroups, rules: options.groups() }) : null
    },
    async named(team, name) {
      const wanted = plain(name)
      const all = await ask(everybody, team, () => readEverybody(options, team))
      return all
        .filter((member) => plain(member.name) === wanted || plain(member.name).split(' ').includes(wanted))
        .map((member) => UserId.parse(member.id))
    },
    async learn(actors) {
      const unknown = actors.flatMap((actor) =>
        actor.kind === 'person' && !names.has(`${actor.team}/${actor.user}`) ? [memberOf(actor.team, actor.user)] : [],
      )
      // A card without a name is better than no card.
      const asked = await Promise.allSettled(unknown)
      return asked.every(({ status }) => status === 'fulfilled')
    },
    byAddress,
    async check(team) {
      const usesGroups = options.groups().some(({ userGroups }) => userGroups.length > 0)
      const reads = [
        call(options, team, { operation: userInfo, input: { user: ALWAYS_THERE } }),
        call(options, team, { operation: userByEmail, input: { email: NOBODY } }),
        ...(usesGroups ? [call(options, team, { operation: groupList, input: {} })] : []),
      ]
      const made = await Promise.allSettled(reads)
      return made.every((each) => each.status === 'fulfilled' || each.reason instanceof PermanentFailure)
    },
    async people(team, users) {
      const inGroups = await groupsOf(team)
      const all =
        users.length <= MOST_ONE_BY_ONE
          ? await Promise.all(users.map((user) => memberOf(team, user)))
          : (await ask(everybody, team, () => readEverybody(options, team))).filter(({ id }) =>
              users.some((user) => user === id),
            )
      const found = all.filter((member) => member !== null)
      return found.map((member) => personOf({ team, member, groups: inGroups, rules: options.groups() }))
    },
    async membersOf(team, key) {
      const rule = options.groups().find((each) => each.key === key)
      const inGroups = await groupsOf(team)
      const people = await Promise.all((rule?.people ?? []).map((email) => byAddress(team, email)))
      const members = (rule?.userGroups ?? []).flatMap((handle) => [...(inGroups.get(handle)?.members ?? [])])
      return [...new Set([...members.map((id) => UserId.parse(id)), ...people.filter((user) => user !== null)])]
    },
    reach: (team, asked) =>
      reach(asked, {
        rules: options.groups(),
        userGroup: async (handle) => (await groupsOf(team)).get(handle)?.id ?? null,
        user: (email) => byAddress(team, email),
      }),
    nameOf: (actor) =>
      actor.kind === 'machine'
        ? machineName(actor)
        : (names.get(`${actor.team}/${actor.user}`) ?? texts.names.somebody(actor.user)),
  }
}

function personOf(about: { team: TeamId; member: SlackMember; groups: Groups; rules: readonly GroupRule[] }): Person {
  const { team, member, groups, rules } = about
  const email = member.email?.toLowerCase() ?? null
  const belongs = (rule: GroupRule): boolean =>
    rule.userGroups.some((handle) => groups.get(handle)?.members.has(member.id)) ||
    (email !== null && rule.people.some((each) => each.toLowerCase() === email))
  return {
    team,
    user: UserId.parse(member.id),
    name: member.name,
    email,
    timeZone: member.timeZone,
    groups: rules.filter(belongs).map((rule) => rule.key),
    // A bot decides nothing either.
    isGuest: member.isGuest || member.isBot || (member.team !== null && member.team !== team),
    isDeactivated: member.isDeactivated,
    status: { emoji: member.status.emoji, until: member.status.until > 0 ? member.status.until * 1_000 : null },
  }
}

async function readGroups(options: Options, team: TeamId): Promise<Groups> {
  const wanted = new Set(options.groups().flatMap((rule) => rule.userGroups))
  if (wanted.size === 0) return new Map()
  const all = await call(options, team, { operation: groupList, input: {} })
  const read = all
    .filter((group) => wanted.has(group.handle))
    .map(
      async ({ id, handle }): Promise<[string, { id: string; members: ReadonlySet<string> }]> => [
        handle,
        { id, members: new Set(await call(options, team, { operation: groupMembers, input: { group: id } })) },
      ],
    )
  return new Map(await Promise.all(read))
}

/** Case and accents make no difference between names. */
const plain = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()

async function readEverybody(options: Options, team: TeamId): Promise<SlackMember[]> {
  const members: SlackMember[] = []
  let cursor = ''
  do {
    const page = await call(options, team, { operation: userList, input: { cursor } })
    members.push(...page.members)
    cursor = page.cursor
  } while (cursor !== '')
  return members
}

/** Null for somebody whom the workspace does not know. */
async function readMember(options: Options, team: TeamId, user: UserId): Promise<SlackMember | null> {
  try {
    return await call(options, team, { operation: userInfo, input: { user } })
  } catch (error) {
    if (error instanceof PermanentFailure && error.code === 'user-not-found') return null
    throw error
  }
}

async function call<I, O>(
  { egress, refusals }: Options,
  team: TeamId,
  ask: { operation: Operation<I, O>; input: I },
): Promise<O> {
  try {
    const answer = await egress.call({
      ...ask,
      scope: {
        team,
        actor: { kind: 'machine', part: 'directory' },
        subjects: [],
        urgent: true,
        tries: { tries: 2, withinMs: 5_000, firstDelayMs: 300 },
      },
    })
    refusals?.heard(ask.operation, null)
    return answer
  } catch (error) {
    refusals?.heard(ask.operation, error)
    throw error
  }
}
