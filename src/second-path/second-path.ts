import { createHash } from 'node:crypto'
import { alertMail, resolvedMail } from '../../views/mails/alert-mail.ts'
import type { Clock } from '../clock.ts'
import { actorText } from '../domain/actor.ts'
import type { Card } from '../domain/card.ts'
import type { EntryDraft } from '../domain/entry.ts'
import type { TeamId } from '../domain/ids.ts'
import { createTrueAges, type TrueAges } from '../domain/true-ages.ts'
import type { PaintPorts } from '../slack/paint-card.ts'
import { isPressing, type OpenAlert, overdueAlerts, settledAlerts } from './open-alerts.ts'
import { mayLeave } from './pace-messages.ts'
import { createPaths, type PathSettings, type Paths } from './paths.ts'
import { toldLately } from './told-lately.ts'

/** Milliseconds between two looks. */
const LOOK_EVERY_MS = 5_000
/** That alerts are over is said at most once a minute: it can wait. */
const END_EVERY_MS = 60_000
/** Milliseconds until a message is tried again that no path took, doubled up to the longest. */
const FIRST_PAUSE_MS = 10_000
const LONGEST_PAUSE_MS = 300_000
/** An alert that is overdue for so long, and a look that takes so long, show that this path is stuck. */
const STUCK_AFTER_MS = 120_000

export interface SecondPathOptions extends PaintPorts, PathSettings {
  team: TeamId
  /** True while a restored Purser stands still. */
  paused(): boolean
}

export interface SecondPath {
  start(): void
  stop(): Promise<void>
  /** Why alerts reach nobody, where they do not; for the watchdog. */
  trouble(): string | null
}

/** Tells of alerts that Slack did not accept in time, by e-mail and PagerDuty; and when they are over. */
export function createSecondPath(options: SecondPathOptions): SecondPath {
  const { clock } = options
  const paths = createPaths(options)
  const ages = createTrueAges(clock)
  let stopTimer = (): void => undefined
  let looking: Promise<void> = Promise.resolve()
  let stopped = false
  let notBefore = Number.NEGATIVE_INFINITY
  let endNotBefore = Number.NEGATIVE_INFINITY
  let failures = 0
  let endFailures = 0
  const health = createHealth(clock)

  const look = async (): Promise<void> => {
    if (options.paused()) return
    ages.look()
    const overdue = await overdueAlerts(options, ages)
    if (overdue.length === 0) health.untoldSince = null
    else health.untoldSince ??= clock.elapsed()
    if (clock.elapsed() < notBefore) return
    const settled = clock.elapsed() < endNotBefore ? [] : await settledAlerts(options)
    const isDue = overdue.length > 0 && (await mayTell(options, { overdue, ages }))
    if (!isDue && settled.length === 0) return
    const told = !isDue || (await tell(options, paths, overdue))
    const ended = settled.length === 0 || (await end(options, paths, settled))
    if (isDue && told) health.untoldSince = null
    failures = told ? 0 : failures + 1
    if (failures > 0) notBefore = clock.elapsed() + pauseAfter(failures)
    // That an alert is over can wait; that it cannot be said holds up no other alert.
    if (settled.length === 0) return
    endFailures = ended ? 0 : endFailures + 1
    endNotBefore = clock.elapsed() + (ended ? END_EVERY_MS : pauseAfter(endFailures))
  }

  const next = (): void => {
    if (stopped) return
    stopTimer = clock.after(LOOK_EVERY_MS, () => {
      health.lookingSince = clock.elapsed()
      // What goes wrong here is said in the log, and to the watchdog by being stuck: it raises no alert of its own.
      looking = look()
        .catch(options.onError)
        .finally(() => {
          health.lookingSince = null
          next()
        })
    })
  }

  return {
    start: next,
    async stop() {
      stopped = true
      stopTimer()
      await looking
    },
    trouble: health.trouble,
  }
}

/** Whether a message may leave: at its pace; or beside it for a cause that people do not know, before its 60 s are over. */
async function mayTell(
  { store, team, clock }: SecondPathOptions,
  { overdue, ages }: { overdue: readonly OpenAlert[]; ages: TrueAges },
): Promise<boolean> {
  const now = clock.now()
  const { messages, causes, begun } = await toldLately({ store, team, now })
  const isNews = (alert: OpenAlert): boolean =>
    alert.card.told === null && !causes.has(alert.cause) && !begun.has(keyOf(alert))
  return mayLeave(messages, now) || overdue.some((alert) => isNews(alert) && isPressing(alert, ages))
}

const pauseAfter = (failures: number): number => Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1))

function createHealth(clock: Clock) {
  const health = {
    /** Of the elapsed time; null between two looks. */
    lookingSince: null as number | null,
    /** Since when an alert is overdue that no path took, of the elapsed time. */
    untoldSince: null as number | null,
    trouble: (): string | null => {
      const { lookingSince, untoldSince } = health
      if (untoldSince !== null && clock.elapsed() - untoldSince > STUCK_AFTER_MS) {
        return 'alerts wait that neither Slack nor the second path takes'
      }
      const hangs = lookingSince !== null && clock.elapsed() - lookingSince > STUCK_AFTER_MS
      return hangs ? 'the second path hangs' : null
    },
  }
  return health
}

/** The same alerts have the same key: after a restart before it was noted they are sent once more, as the same. */
const keyOf = ({ card }: OpenAlert): string =>
  `purser/${createHash('sha256')
    .update([card.team, card.id, card.staleSince, ...(card.told ? [card.told.key] : [])].join('/'))
    .digest('hex')
    .slice(0, 24)}`

async function tell(options: SecondPathOptions, paths: Paths, overdue: readonly OpenAlert[]): Promise<boolean> {
  const { clock, store, ledger, team } = options
  const [first] = overdue
  if (!first) return true
  const key = keyOf(first)
  const alerts = overdue.map(({ card, since, shown }) => ({ since, text: shown.drawing?.text ?? '', told: card.told }))
  const why = overdue.map(({ card }) => card.undeliverable).find((reason) => reason !== null) ?? null
  const about = { team, subjects: [...new Set(overdue.flatMap(({ shown }) => shown.about.subjects))] }
  const took = await paths.tell({
    key,
    about,
    mail: (trouble) => alertMail({ alerts, now: clock.now(), why, trouble }),
    since: first.since,
    replaces: await replacedKeys(options, overdue),
  })
  if (took.length === 0) return false
  const at = clock.now()
  await store.commit({
    at,
    entries: overdue.map((alert) => ledger.entry(toldEntry(options, alert, { took, key }))),
    told: overdue.map(({ card, shown }) => ({
      ...{ team: card.team, id: card.id },
      told: { at, key, things: shown.tells ?? 1, mark: card.revision },
    })),
  })
  return true
}

/** Keys of what is told again, by another message: but for those that stand for other cards, too. */
async function replacedKeys({ store }: SecondPathOptions, overdue: readonly OpenAlert[]): Promise<string[]> {
  const again = new Set(overdue.map(({ card }) => card.id))
  const keys = new Set(overdue.flatMap(({ card }) => card.told?.key ?? []))
  if (keys.size === 0) return []
  const others = (await store.astrayCards(Number.MAX_SAFE_INTEGER)).filter(({ id }) => !again.has(id))
  for (const { told } of others) if (told) keys.delete(told.key)
  return [...keys]
}

function toldEntry(
  { ids, clock }: SecondPathOptions,
  { card, since, shown, cause }: OpenAlert,
  { took, key }: { took: readonly string[]; key: string },
): EntryDraft {
  const { about, tells = 1 } = shown
  const many = { ...(tells > 1 ? { things: tells } : {}), ...(card.told ? { again: true } : {}) }
  return {
    ...{ id: ids.entry(), at: clock.now(), team: card.team, kind: 'alert.told' },
    actor: actorText({ kind: 'machine', part: 'alerts' }),
    subjects: [...about.subjects],
    key,
    ...(about.run ? { run: about.run } : {}),
    ...(card.step ? { step: card.step } : {}),
    facts: { card: card.kind, ms: Math.max(0, clock.now() - since), by: took.join('+'), cause, ...many },
  }
}

/** PagerDuty's alert ends when the last card that it stands for is settled; the mail names those that are. */
async function end(
  options: SecondPathOptions,
  paths: Paths,
  settled: Awaited<ReturnType<typeof settledAlerts>>,
): Promise<boolean> {
  const { store, clock, team } = options
  const ended = new Set(settled.map(({ card }) => card.id))
  const still = (await store.astrayCards(Number.MAX_SAFE_INTEGER)).filter((card) => card.told && !ended.has(card.id))
  const open = new Set(still.map(({ told }) => told?.key))
  const keys = [...new Set(settled.flatMap(({ card }) => card.told?.key ?? []))]
  const about = { team, subjects: [...new Set(settled.flatMap(({ shown }) => shown?.about.subjects ?? []))] }
  const mail = resolvedMail(settled.map(({ shown }) => ({ text: shown?.drawing?.text ?? null })))
  const took = await paths.end({ keys: keys.filter((key) => !open.has(key)), about, mail, answers: keys[0] ?? '' })
  if (!took) return false
  const over = settled.map(({ card }: { card: Card }) => ({ team: card.team, id: card.id, told: null }))
  await store.commit({ at: clock.now(), entries: [], told: over })
  return true
}
