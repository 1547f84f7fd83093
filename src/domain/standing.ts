import type { Actor } from './actor.ts'
import type { UserId } from './ids.ts'
import type { Decision, Run, Step } from './run.ts'
import type { ApprovalWait, Asked, TaskWait } from './wait.ts'

/** Somebody who answers, with what the directory says of them at this moment. */
export interface Answerer {
  actor: Extract<Actor, { kind: 'person' }>
  email: string | null
  /** Keys of groups in the rules file. */
  groups: readonly string[]
}

/** Whether somebody may answer in a step that waits for people, and if not, why. */
export type Standing =
  | 'may'
  /** They are not among those who are asked. */
  | 'not-asked'
  /** They started the run, or it is about them. */
  | 'own-run'
  | 'approved-already'
  /** Their voice is with somebody else. */
  | 'handed-over'

/** Whether somebody may approve, refuse or hand over: rules are those of the run, groups those of today. */
export function approverStanding(about: { run: Run; step: Step; wait: ApprovalWait }, who: Answerer): Standing {
  const { run, step, wait } = about
  const { decisions } = step
  const { user } = who.actor
  if (!wait.selfApproval && isOwn(run, who)) return 'own-run'
  if (decisions.some(({ kind, by }) => kind === 'approve' && isUser(by, user))) return 'approved-already'
  const voice = decisions.findLast(
    (each) => each.kind === 'delegate' && (isUser(each.by, user) || isUser(each.to, user)),
  )
  if (voice) return isUser(voice.to, user) ? 'may' : 'handed-over'
  return isAsked(wait.asked, who) ? 'may' : 'not-asked'
}

/** Whether somebody may mark a task done or hand it over. */
export const assigneeStanding = (wait: TaskWait, who: Answerer): Standing =>
  isAsked(wait.asked, who) ? 'may' : 'not-asked'

/** Those who have approved so far, oldest first. */
export const approvalsIn = (step: Step): Decision[] => step.decisions.filter(({ kind }) => kind === 'approve')

/** People who hold a voice that was handed to them and have not used it. */
function delegatesIn({ decisions }: Step): UserId[] {
  const holders = decisions.flatMap(({ kind, to }) => (kind === 'delegate' && to?.kind === 'person' ? [to.user] : []))
  return [...new Set(holders)].filter((user) => {
    const last = decisions.findLast(
      ({ kind, by, to }) =>
        (kind === 'delegate' && (isUser(by, user) || isUser(to, user))) || (kind === 'approve' && isUser(by, user)),
    )
    return last?.kind === 'delegate' && isUser(last.to, user)
  })
}

/** Whose answer an approval still waits for; null when it asks nobody. */
export function stillAsked(step: Step): Asked | null {
  const { wait, decisions } = step
  if (wait?.kind === 'task') return wait.asked
  if (wait?.kind !== 'approval') return null
  const heard = decisions.flatMap(({ kind, by }) =>
    (kind === 'approve' || kind === 'delegate') && by.kind === 'person' ? [by.user] : [],
  )
  const users = wait.asked.users.filter((user) => !heard.includes(user))
  return { ...wait.asked, users: [...new Set([...users, ...delegatesIn(step)])] }
}

const isAsked = (asked: Asked, { actor, email, groups }: Answerer): boolean =>
  asked.users.includes(actor.user) ||
  (email !== null && asked.people.includes(email.toLowerCase())) ||
  asked.groups.some(({ key }) => groups.includes(key))

/** Whom a subject's key names: it may hold more than one of them. */
export const namesOf = (key: string): string[] => key.split(/\s+/)

/** Who started a run may not approve it, nor whom it is about; a subject's key may hold more than who it is. */
export function isOwn({ startedBy, subject }: Run, { actor, email }: Pick<Answerer, 'actor' | 'email'>): boolean {
  const names = namesOf(subject.key)
  const isSubject = names.includes(actor.user.toLowerCase()) || (email !== null && names.includes(email.toLowerCase()))
  return isUser(startedBy, actor.user) || isSubject
}

const isUser = (actor: Actor | undefined, user: UserId): boolean => actor?.kind === 'person' && actor.user === user
