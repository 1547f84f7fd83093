import type { Store } from '../../db/store.ts'
import { type BoardSubject, boardCard } from '../../views/cards/board-card.ts'
import { digestCard } from '../../views/cards/digest-card.ts'
import type { DrawContext, Drawing } from '../../views/drawing.ts'
import type { Mention } from '../../views/rich-text.ts'
import type { Clock } from '../clock.ts'
import { type Card, isRunCard, type OtherCard, type RunCard } from '../domain/card.ts'
import type { Run } from '../domain/run.ts'
import type { Asked } from '../domain/wait.ts'
import type { Engine } from '../engine/decisions.ts'
import { goneWorkflow, type WorkflowDefinition } from '../engine/define-workflow.ts'
import type { RulesBook } from '../rules/rules.ts'
import { readDigest } from './digest/read-digest.ts'
import type { Directory } from './directory.ts'
import { actorsIn, drawCard, mentionedOn } from './draw-card.ts'
import { unknownToSlack } from './reach.ts'
import { type Growth, showAlert } from './show-alert.ts'
import { showBulk } from './show-bulk.ts'
import { showHold } from './show-hold.ts'
import type { About } from './surface.ts'

/** Milliseconds for which a card waits for the names on it: a failure is told without them rather than late. */
const NAMES_MS = 2_000

export interface ShowPorts {
  store: Store
  engine: Engine
  rules: RulesBook
  workflows: readonly WorkflowDefinition[]
  directory: Directory
  clock: Clock
  context(): DrawContext
}

/** What a card shows at this moment. */
export interface Shown {
  /** Null: there is nothing to show any more. */
  drawing: Drawing | null
  /** Whether everybody on it could be named. */
  hasNames: boolean
  about: About
  /** Before which it cannot have been posted, in milliseconds since 1970. */
  since: number
  run: Run | null
  /** When what it tells began, where that is said by no step; in milliseconds since 1970. */
  origin: number | null
  /** How many things it tells for the first time, where that may be more than one. */
  tells?: number
  /** Of those, what came since the second path told of it. */
  grown?: Growth
}

/** Draws a card from the present state; null when what it is about was erased. */
export function showCard(ports: ShowPorts, card: Card): Promise<Shown | null> {
  return isRunCard(card) ? showRunCard(ports, card) : showOtherCard(ports, card)
}

async function showRunCard(ports: ShowPorts, card: RunCard): Promise<Shown | null> {
  const found = await runOf(ports, card)
  if (!found) return null
  const { run, definition } = found
  const { hasNames, asked } = await learnInTime(ports, run, mentionedOn(card, run))
  const today = ports.rules.current()
  // A run whose rules cannot be read any more is held back, and its cards have to say so.
  const rules = run.heldBack ? today : await ports.rules.at(run.rules)
  const policy = (step: string) => rules.policy(run.workflow, step)
  const drawing = drawCard(card, { run, definition, policy, today: today.version, asked }, ports.context())
  return { drawing, hasNames, about: aboutRun(card, run), since: run.startedAt, run, origin: null }
}

async function showOtherCard(ports: ShowPorts, card: OtherCard): Promise<Shown | null> {
  switch (card.kind) {
    case 'alert': {
      const shown = await showAlert(ports, card)
      if (!shown) return null
      const { alert, drawing, subjects, run, origin, tells, grown } = shown
      const about = run ? aboutRun(card, run) : { team: card.team, subjects, run: null, step: null }
      return { drawing, hasNames: true, about, since: alert.raisedAt, run, origin, tells, grown }
    }
    case 'board':
      return await showBoard(ports, card)
    case 'digest':
      return await showDigest(ports, card)
    case 'hold':
      return await showHold(ports, card)
    case 'bulk':
      return await showBulk(ports, card)
  }
}

/** Runs on a board, and how many are counted at all. */
const MOST_ON_BOARD = 20
const MOST_COUNTED = 1_000

async function showBoard(ports: ShowPorts, card: OtherCard): Promise<Shown> {
  const live = await ports.store.liveRunsIn(card.team, card.channel, MOST_COUNTED + 1)
  const shown: BoardSubject['shown'][number][] = []
  for (const id of live.slice(0, MOST_ON_BOARD)) {
    const found = await runOf(ports, { team: card.team, run: id })
    if (found) shown.push({ run: found.run, outline: found.definition.outline })
  }
  const subject = { shown, count: Math.min(live.length, MOST_COUNTED), andMore: live.length > MOST_COUNTED }
  const subjects = shown.map(({ run }) => run.subject.id)
  const about = { team: card.team, subjects, run: null, step: null }
  const drawing = boardCard(subject, ports.context())
  return { drawing, hasNames: true, about, since: card.staleSince ?? 0, run: null, origin: null }
}

async function showDigest(ports: ShowPorts, card: OtherCard): Promise<Shown> {
  const rules = ports.rules.current()
  const of = (workflow: string): boolean => rules.channel('alerts', workflow) === card.channel
  const subject = await readDigest(ports, { team: card.team, day: card.about, of })
  const told = [...subject.stuck.first, ...subject.overdue, ...subject.owed]
  const hasNames = await ports.directory.learn(told.flatMap(({ run }) => actorsIn(run)))
  const subjects = [...new Set(told.map(({ run }) => run.subject.id))]
  const about = { team: card.team, subjects, run: null, step: null }
  const drawing = digestCard(subject, ports.context())
  return { drawing, hasNames, about, since: card.staleSince ?? 0, run: null, origin: null }
}

async function runOf(
  { engine, workflows }: ShowPorts,
  card: Pick<Card, 'team' | 'run'>,
): Promise<{ run: Run; definition: WorkflowDefinition } | null> {
  const run = card.run === null ? null : await engine.run(card.team, card.run)
  if (!run) return null
  return { run, definition: workflows.find((each) => each.name === run.workflow) ?? goneWorkflow(run) }
}

const aboutRun = (card: Card, run: Run): About => ({
  team: run.team,
  subjects: [run.subject.id],
  run: run.id,
  step: card.step,
})

interface Learnt {
  hasNames: boolean
  asked: readonly Mention[]
}

/** Names and mentions; where Slack could not be asked in time who somebody is, the card is drawn once more. */
async function learnInTime({ directory, clock }: ShowPorts, run: Run, whom: Asked | null): Promise<Learnt> {
  const enough = new AbortController()
  const nobody: Learnt = { hasNames: false, asked: whom ? unknownToSlack(whom) : [] }
  const tooLong = clock.sleep(NAMES_MS, enough.signal).then(
    () => nobody,
    () => nobody,
  )
  const all = Promise.all([directory.learn(actorsIn(run)), whom ? directory.reach(run.team, whom) : []])
  const learnt = await Promise.race([all.then(([hasNames, asked]): Learnt => ({ hasNames, asked })), tooLong])
  enough.abort()
  return learnt
}
