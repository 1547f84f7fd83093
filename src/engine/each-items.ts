import { PermanentFailure } from '../domain/errors.ts'
import { type Item, itemsOf, type Run, type Step, type StepIn, settled } from '../domain/run.ts'
import { toStepFailure } from '../domain/step-failure.ts'
import { itemKey } from '../domain/step-key.ts'
import type { EachResult } from './call-spec.ts'
import type { EachStep } from './define-workflow.ts'
import { carried, type Draft } from './draft-change.ts'
import { failStep } from './fail-step.ts'
import { knownTo } from './known.ts'
import { newStep } from './new-step.ts'

/** A run is one row; a longer list belongs into runs of its own. */
const MOST_ITEMS = 1_000

/** Freezes the list and makes every item a step; what is no list is a failure of the step. */
export function openEach(draft: Draft, definition: EachStep): void {
  const { run, context } = draft
  const { key } = definition
  let items: Item[]
  try {
    items = frozen(definition, definition.items(knownTo(run, context.rules)))
  } catch (error) {
    failStep(draft, key, toStepFailure(error))
    return
  }
  const { now } = context
  draft.put({ ...carried(draft.step(key)), wait: { kind: 'items', since: now }, status: 'waiting', startedAt: now })
  const place = run.steps.findIndex((step) => step.key === key) + 1
  run.steps = run.steps.toSpliced(
    place,
    0,
    ...items.map((item, index): Step => ({ ...newStep(itemKey(key, index + 1)), item })),
  )
  draft.entry({
    kind: 'step.waiting',
    step: key,
    facts: { for: 'items', items: items.length },
    body: { items: items.map((item) => item.key) },
  })
}

function frozen(definition: EachStep, list: unknown): Item[] {
  if (!Array.isArray(list)) throw unusable(definition, 'not-a-list', 'what it is to go through is not a list')
  if (list.length > MOST_ITEMS) {
    throw unusable(definition, 'list-too-long', `its list has ${list.length} items, and ${MOST_ITEMS} are the most`)
  }
  const items = list.map((each, index): Item => {
    const value = definition.item.safeParse(each)
    if (!value.success) {
      const issue = value.error.issues[0]
      const where = [index + 1, ...(issue?.path ?? [])].join('.')
      throw unusable(definition, 'item-does-not-fit', `item ${where} does not fit: ${issue?.message ?? ''}`)
    }
    return { ...definition.nameOf(value.data), value: value.data }
  })
  const twice = items.find(({ key }, index) => items.findIndex((other) => other.key === key) !== index)
  if (twice) throw unusable(definition, 'item-twice', `its list has “${twice.key}” twice`)
  return items
}

const unusable = ({ title }: EachStep, code: string, why: string): PermanentFailure =>
  new PermanentFailure({
    code,
    message: `${title}: ${why}. Nothing was done for any of them.`,
    hint: 'Cancel the run and start it anew with the right list; or skip the step, or mark it done.',
  })

/** Which items may begin now, within the concurrency: those that were tried before go first. */
export function nextItems({ key, concurrency }: EachStep, run: Run, now: number): Step[] {
  const items = itemsOf(run, key)
  // One that is held keeps its place, so that no more of them begin at once when it is let go.
  const free = concurrency - items.filter(({ status }) => status === 'running' || status === 'held').length
  if (free <= 0) return []
  const due = items.filter((each) => each.status === 'backing-off' && each.resumeAt <= now)
  const pending = items.filter(({ status }) => status === 'pending')
  const [again, fresh] = [pending.filter(isRepeated), pending.filter((each) => !isRepeated(each))]
  return [...due, ...again, ...fresh].slice(0, free)
}

const isRepeated = ({ attempts }: Step): boolean => attempts > 0

/** Settles an `each` when all of its items are; false while some are not. */
export function settleEach(draft: Draft, step: StepIn<'waiting'>): boolean {
  const items = itemsOf(draft.run, step.key)
  if (!items.every(settled)) return false
  if (step.alerted) draft.markFailure(step.key)
  const output: EachResult<unknown> = items.flatMap((each) =>
    each.item ? [{ key: each.item.key, ...(each.status === 'succeeded' ? { result: each.output } : {}) }] : [],
  )
  const at = draft.context.now
  draft.put({ ...carried(step), status: 'succeeded', startedAt: step.startedAt, at, output, markedBy: null })
  const done = items.filter(({ status }) => status === 'succeeded').length
  draft.entry({ kind: 'step.succeeded', step: step.key, facts: { items: items.length, done } })
  return true
}
