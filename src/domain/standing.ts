import type { StandIn } from './absence.ts'
import type { Actor } from './actor.ts'
import type { UserId } from './ids.ts'
import type { Decision, Run, Step } from './run.ts'
import { type ApprovalWait, type Asked, type TaskWait, union } from './wait.ts'

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
  /** Who stood in for them, or they for whom, has approved: a voice counts once. */
  | 'spoken-for'

/** Whether somebody may approve, refuse or hand over: rules are those of the run, groups those of today. */
export function approverStanding(about: { run: Run; step: Step; wait: ApprovalWait }, who: Answerer): Standing {
  const { run, step, wait } = about
  const { decisions } = step
  const { user } = who.actor
  if (!wait.selfApproval && isOwn(run, who)) return 'own-run'
  if (decisions.some(({ kind, by }) => kind === 'approve' && isUser(by, user))) return 'approved-already'
  const voice = lastHandOver(step, user)
  if (voice) {
    if (!isUser(voice.to, user)) return 'handed-over'
    const giver = voice.by.kind === 'person' ? voice.by.user : undefined
    const isSpent = isGiven(step, user) || (voice.for ? !holdsVoice(step, voice.for) : giver && isGivenFor(step, giver))
    return isSpent ? 'spoken-for' : 'may'
  }
  if (isAsked(wait.asked, who)) return holdsVoice(step, user) ? 'may' : 'spoken-for'
  const places = placesOf(wait, who)
  if (places.length === 0) return 'not-asked'
  return places.some((each) => holdsVoice(step, each.for)) ? 'may' : 'spoken-for'
}

/** In whose place somebody answers who is not asked in their own right; undefined when they are. */
export function speaksFor(step: Step, wait: ApprovalWait, who: Answerer): UserId | undefined {
  const voice = lastHandOver(step, who.actor.user)
  if (voice) return voice.for
  if (isAsked(wait.asked, who)) return undefined
  return placesOf(wait, who).find((each) => holdsVoice(step, each.for))?.for
}

/** Whether somebody may mark a task done or hand it over. */
export const assigneeStanding = (wait: TaskWait, who: Answerer): Standing =>
  isAsked(wait.asked, who) || placesOf(wait, who).length > 0 ? 'may' : 'not-asked'

const placesOf = ({ standIns = [] }: Pick<TaskWait, 'standIns'>, who: Answerer): StandIn[] =>
  standIns.filter(({ asked }) => isAsked(asked, who))

const lastHandOver = ({ decisions }: Step, user: UserId): Decision | undefined =>
  decisions.findLast((each) => each.kind === 'delegate' && (isUser(each.by, user) || isUser(each.to, user)))

/** Whether somebody's voice is still to be given, and theirs: who is away keeps it until who stands in has used it. */
function holdsVoice(step: Step, user: UserId): boolean {
  if (isGiven(step, user)) return false
  const handed = lastHandOver(step, user)
  return !handed || isUser(handed.to, user)
}

const isGiven = (step: Step, user: UserId): boolean =>
  approvalsIn(step).some(({ by }) => isUser(by, user)) || isGivenFor(step, user)

const isGivenFor = (step: Step, user: UserId): boolean => approvalsIn(step).some((each) => each.for === user)

/** Those who have approved so far, oldest first. */
export const approvalsIn = (step: Step): Decision[] => step.decisions.filter(({ kind }) => kind === 'approve')

/** An approval that has been given, wholly or by some: what it was given for must not change behind it. */
export const approvalGiven = ({ steps }: Run): Step | undefined =>
  steps.find(
    (step) =>
      step.wait?.kind === 'approval' &&
      (step.status === 'succeeded' || (step.status === 'waiting' && approvalsIn(step).length > 0)),
  )

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

/** Those whose own answer is waited for, whether they are there or not; null when nobody is asked. */
export function holders(step: Step): Asked | null {
  const { wait, decisions } = step
  if (wait?.kind === 'task') return wait.asked
  if (wait?.kind !== 'approval') return null
  const heard = decisions.flatMap(({ kind, by, for: of }) => {
    if (kind !== 'approve' && kind !== 'delegate') return []
    return [...(by.kind === 'person' ? [by.user] : []), ...(of ? [of] : [])]
  })
  const users = wait.asked.users.filter((user) => !heard.includes(user))
  return { ...wait.asked, users: [...new Set([...users, ...delegatesIn(step)])] }
}

/** Whose answer a step waits for now: in the place of those who are away, who stands in for them. */
export function stillAsked(step: Step): Asked | null {
  const asked = holders(step)
  const { wait } = step
  if (asked === null || wait === null || !('asked' in wait)) return null
  const standIns = (wait.standIns ?? []).filter((each) => wait.kind === 'task' || holdsVoice(step, each.for))
  const away = standIns.filter(({ over }) => !over)
  const there: Asked = {
    ...asked,
    people: asked.people.filter((email) => !away.some((each) => each.email === email)),
    users: asked.users.filter((user) => !away.some((each) => each.for === user)),
  }
  return standIns.map((each) => each.asked).reduce(union, there)
}

/** Whether somebody is among these. */
export const isAsked = (asked: Asked, { actor, email, groups }: Answerer): boolean =>
  asked.users.includes(actor.user) ||
  (email !== null && asked.people.includes(email.toLowerCase())) ||
  asked.groups.some(({ key }) => groups.includes(key))

/** Whom a subject's key names: it may hold more than one of them. */
export const namesOf = (key: string): string[] => key.split(/\s+/)

/** Who asked for a run may not approve it, nor whom it is about; a subject's key may hold more than who it is. */
export function isOwn(
  { startedBy, alsoBy = [], subject }: Run,
  { actor, email }: Pick<Answerer, 'actor' | 'email'>,
): boolean {
  const names = namesOf(subject.key)
  const isSubject = names.includes(actor.user.toLowerCase()) || (email !== null && names.includes(email.toLowerCase()))
  return [startedBy, ...alsoBy].some((by) => isUser(by, actor.user)) || isSubject
}

const isUser = (actor: Actor | undefined, user: UserId): boolean => actor?.kind === 'person' && actor.user === user
