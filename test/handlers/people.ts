import type { Person } from '../../src/domain/actor.ts'
import { RetryLater } from '../../src/domain/errors.ts'
import { type TeamId, UserId } from '../../src/domain/ids.ts'
import type { Directory } from '../../src/slack/directory.ts'
import { OTHER_TEAM, TEAM } from '../support/test-ids.ts'

const person = (name: string, groups: readonly string[], parts: Partial<Person> = {}): Person => ({
  team: TEAM,
  user: UserId.parse(`U0${name.split(' ', 1).join().toUpperCase()}`),
  name,
  email: `${name.split(' ', 1).join().toLowerCase()}@acme.example`,
  timeZone: 'Europe/Berlin',
  groups,
  isGuest: false,
  isDeactivated: false,
  ...parts,
})

export const OLGA = person('Olga Ops', ['ops'])
export const TIM = person('Tim Teammate', ['teammates'])
export const MAYA = person('Maya Manager', ['managers'])
export const NED = person('Ned Newcomer', [])
export const GUS = person('Gus Guest', ['ops'], { isGuest: true })
/** Of another workspace, with the same rights there. */
export const OTTO = person('Otto Other', ['ops'], { team: OTHER_TEAM })
const PEOPLE = [OTTO, OLGA, TIM, MAYA, NED, GUS]

export function fakeDirectory(fresh: { is: boolean }): Directory {
  return {
    person: async (team, user) => PEOPLE.find((each) => each.team === team && each.user === user) ?? null,
    isFresh: () => fresh.is,
    named: async (_team, name) =>
      PEOPLE.filter((each) => each.name.toLowerCase().split(' ').includes(name)).map(({ user }) => user),
    learn: async () => true,
    reach: async (_team, { users }) => users.map((user) => ({ kind: 'user', user })),
    nameOf: (actor) =>
      actor.kind === 'machine' ? 'Purser' : (PEOPLE.find(({ user }) => user === actor.user)?.name ?? 'somebody'),
  }
}

const SILENT = { code: 'no-answer', message: 'Slack does not answer.', hint: 'It is asked again.' }

/** What the look for absences reads of these people. */
export function slackPeople() {
  /** What Slack says otherwise of somebody; null: it does not answer. */
  const otherwise = new Map<UserId, Partial<Person> | null>()
  const people = {
    people: async (_team: TeamId, users: readonly UserId[]) => {
      if ([...otherwise.values()].includes(null)) throw new RetryLater(SILENT)
      return PEOPLE.filter(({ user }) => users.includes(user)).map((each) => ({ ...each, ...otherwise.get(each.user) }))
    },
    byAddress: async (_team: TeamId, email: string) => PEOPLE.find((each) => each.email === email)?.user ?? null,
    membersOf: async (_team: TeamId, group: string) =>
      PEOPLE.filter(({ groups, team }) => team === TEAM && groups.includes(group)).map(({ user }) => user),
  }
  return { people, otherwise }
}
