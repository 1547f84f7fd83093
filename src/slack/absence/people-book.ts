import type { Person } from '../../domain/actor.ts'
import { PurserError } from '../../domain/errors.ts'
import type { TeamId, UserId } from '../../domain/ids.ts'
import type { WholeDirectory } from '../directory.ts'
import type { Matters } from './who-matters.ts'

/** Larger groups are taken to have somebody who is there. */
const MOST_MEMBERS = 20

interface Options {
  directory: Pick<WholeDirectory, 'people' | 'byAddress' | 'membersOf'>
  team: TeamId
}

/** What Slack last said of those who matter: where it does not answer, that goes on counting. */
export function createPeopleBook({ directory, team }: Options) {
  const people = new Map<UserId, Person>()
  const users = new Map<string, UserId>()
  const groups = new Map<string, readonly UserId[]>()

  const groupsOf = async (wanted: readonly string[]): Promise<void> => {
    for (const key of wanted) {
      const members = await directory.membersOf(team, key)
      if (members.length > 0 && members.length <= MOST_MEMBERS) groups.set(key, members)
      else groups.delete(key)
    }
  }

  const addressesOf = async (wanted: readonly string[]): Promise<void> => {
    for (const email of wanted) {
      const user = await directory.byAddress(team, email)
      if (user) users.set(email, user)
    }
  }

  const peopleOf = async (wanted: readonly UserId[]): Promise<void> => {
    for (const person of await directory.people(team, wanted)) {
      people.set(person.user, person)
      if (person.email) users.set(person.email, person.user)
    }
  }

  return {
    known: { people, users, groups },
    /** Reads what is not known yet, or everything `again`; false when Slack did not answer about some. */
    async learn(all: readonly Matters[], { again }: { again: boolean }): Promise<boolean> {
      const pick = <T>(of: (matters: Matters) => Iterable<T>, known: ReadonlyMap<T, unknown>): T[] =>
        [...new Set(all.flatMap((each) => [...of(each)]))].filter((each) => again || !known.has(each))
      const answered = [
        await isAnswered(() => groupsOf(pick(({ groups: keys }) => keys, groups))),
        await isAnswered(() => addressesOf(pick(({ emails }) => emails, users))),
      ]
      const members = [...groups.values()].flat()
      const wanted = new Set([...pick((each) => each.users, people), ...members, ...users.values()])
      const unknown = [...wanted].filter((user) => again || !people.has(user))
      return [...answered, unknown.length === 0 || (await isAnswered(() => peopleOf(unknown)))].every(Boolean)
    },
  }
}

/** What Slack does not answer is asked again later. */
async function isAnswered(read: () => Promise<void>): Promise<boolean> {
  try {
    await read()
    return true
  } catch (error) {
    if (!(error instanceof PurserError)) throw error
    return false
  }
}
