import { z } from 'zod'
import { BulkId, EntryId, HoldId, RunId, StepKey, shortId } from '../src/domain/ids.ts'
import { limits } from './limits.ts'
import { withoutStamp } from './window-stamp.ts'

/** The step that a button was drawn for, and its version at that time. */
export interface StepRef {
  run: RunId
  step: StepKey
  version: number
}

/** A page of the ledger: the query as typed, and the entry that it goes on behind. */
export interface AuditRef {
  query: string
  before: EntryId | null
}

export const encodeStepRef = (ref: StepRef): string =>
  JSON.stringify({ r: ref.run, s: ref.step, v: ref.version } satisfies z.input<typeof StepRefValue>)
const StepRefValue = z.strictObject({ r: RunId, s: StepKey, v: z.int().nonnegative() })

/** Reads a step's button value or modal metadata; null when it is none of ours. */
export const decodeStepRef = decoder(StepRefValue, ({ r, s, v }): StepRef => ({ run: r, step: s, version: v }))

export const encodeRunRef = (run: RunId): string => JSON.stringify({ r: run })

/** Reads a run's button value or modal metadata; null when it is none of ours. */
export const decodeRunRef = decoder(z.strictObject({ r: RunId }), ({ r }) => r)

/** What somebody proposed about a run, or a step of it. */
export const encodeProposalRef = (run: RunId, proposal: EntryId): string => JSON.stringify({ r: run, p: proposal })

/** Reads which proposal is confirmed or withdrawn; null when it is none of ours. */
export const decodeProposalRef = decoder(z.strictObject({ r: RunId, p: EntryId }), ({ r, p }) => ({
  run: r,
  proposal: p,
}))

/** What a skipped step left. */
export const encodeDebtRef = (run: RunId, step: StepKey): string => JSON.stringify({ r: run, d: step })

/** Reads which debt is meant; null when it is none of ours. */
export const decodeDebtRef = decoder(z.strictObject({ r: RunId, d: StepKey }), ({ r, d }) => ({ run: r, step: d }))

/** A form's run and the version of the definition that it was drawn from. */
export const encodeRestartRef = (run: RunId, version: number): string => JSON.stringify({ r: run, v: version })

/** Reads which run a form restarts; null when it is none of ours. */
export const decodeRestartRef = decoder(z.strictObject({ r: RunId, v: z.int() }), ({ r, v }) => ({
  run: r,
  version: v,
}))
export const encodeBulkRef = (bulk: BulkId): string => JSON.stringify({ b: bulk })

/** Reads which bulk retry is meant; null when it is none of ours. */
export const decodeBulkRef = decoder(z.strictObject({ b: BulkId }), ({ b }) => b)

export const encodeHoldRef = (hold: HoldId): string => JSON.stringify({ h: hold })

/** Reads which hold a button is about; null when it is none of ours. */
const decodeHoldRef = decoder(z.strictObject({ h: HoldId }), ({ h }) => h)

const HoldKindPressed = z.enum(['resume', 'probe', 'release-one', 'release-all', 'escalate', 'close', 'cancel-all'])

/** What somebody wants done about a hold. */
export interface HoldWish {
  hold: HoldId
  kind: z.infer<typeof HoldKindPressed>
}

export const encodeHoldWish = ({ hold, kind }: HoldWish): string => JSON.stringify({ h: hold, k: kind })

/** Reads what a form decides about a hold; null when it is none of ours. */
export const decodeHoldWish = decoder(
  z.strictObject({ h: HoldId, k: HoldKindPressed }),
  ({ h, k }): HoldWish => ({ hold: h, kind: k }),
)

/** The buttons on the card of a hold: `hold.resume` */
export const holdActions = /^hold\.[a-z-]+$/

const HoldPress = z.object({ action_id: z.string().startsWith('hold.'), value: z.string() })

/** Reads a button of such a card; null when it is none of ours. */
export function decodeHoldPress(action: unknown): HoldWish | null {
  const press = HoldPress.safeParse(action).data
  const kind = HoldKindPressed.safeParse(press?.action_id.slice('hold.'.length)).data
  const hold = press && decodeHoldRef(press.value)
  return kind && hold ? { hold, kind } : null
}

export const encodeEntryRef = (entry: string): string => JSON.stringify({ e: entry })

/** Reads which entry's details are wanted; null when it is none of ours. */
export const decodeEntryRef = decoder(z.strictObject({ e: EntryId }), ({ e }) => e)

/** Something that came from outside. */
export const encodeItemRef = (item: string): string => JSON.stringify({ i: item })

/** Reads which item is meant; null when it is none of ours. */
export const decodeItemRef = decoder(z.strictObject({ i: EntryId }), ({ i }) => i)

/** Which alert, and how much of what it stands for was shown. */
export interface CasesRef {
  alert: string
  skip: number
}

export const encodeCasesRef = ({ alert, skip }: CasesRef): string => JSON.stringify({ a: alert, k: skip })

/** Reads which things of which alert are to be shown; null when it is none of ours. */
export const decodeCasesRef = decoder(
  z.strictObject({ a: z.string().min(1).max(240), k: z.int().nonnegative() }),
  ({ a, k }): CasesRef => ({ alert: a, skip: k }),
)

export const encodeSavedRef = (name: string): string => JSON.stringify({ n: name })

/** Reads which saved query is meant; null when it is none of ours. */
export const decodeSavedRef = decoder(z.strictObject({ n: z.string().min(1).max(40) }), ({ n }) => n)

/** A workflow to start, and what is known already of its form, by field. */
export interface WorkflowRef {
  workflow: string
  initial: Readonly<Record<string, unknown>>
}

/** Values that are too long to travel in a button are left out, the longest first. `stamp`: of whence they are. */
export function encodeWorkflowRef(name: string, initial: WorkflowRef['initial'] = {}, stamp = ''): string {
  const kept = Object.entries(initial).sort(([, a], [, b]) => lengthOf(a) - lengthOf(b))
  for (;;) {
    const value = JSON.stringify({ w: name, ...(kept.length > 0 ? { i: Object.fromEntries(kept) } : {}) }) + stamp
    if (kept.length === 0 || value.length <= limits.buttonValue) return value
    kept.pop()
  }
}

const lengthOf = (value: unknown): number => JSON.stringify(value)?.length ?? 0

/** Reads which workflow a start button is for; null when it is none of ours. */
export const decodeWorkflowRef = decoder(
  z.strictObject({ w: z.string().min(1).max(200), i: z.record(z.string(), z.unknown()).default({}) }),
  ({ w, i }): WorkflowRef => ({ workflow: w, initial: i }),
)

/** A question about one run, asked again with the run that was meant. */
export interface AskRef {
  kind: 'status' | 'why' | 'waits' | 'when' | 'who' | 'did'
  /** Of `who`. */
  deed: string | null
  /** The time that was named. */
  span?: { since: number; until: number } | null
  run: RunId
}

const AskRefValue = z.strictObject({
  k: z.enum(['status', 'why', 'waits', 'when', 'who', 'did']),
  d: z.string().max(40).nullable(),
  t: z.tuple([z.int(), z.int()]).optional(),
  r: RunId,
})

export const encodeAskRef = ({ kind, deed, span, run }: AskRef): string =>
  JSON.stringify({ k: kind, d: deed, ...(span ? { t: [span.since, span.until] } : {}), r: run })

/** Reads which question is asked about which run; null when it is none of ours. */
export const decodeAskRef = decoder(
  AskRefValue,
  ({ k, d, t, r }): AskRef => ({ kind: k, deed: d, span: t ? { since: t[0], until: t[1] } : null, run: r }),
)

/** The value of a button that shows entries; null when the query is too long to travel in one. */
export function encodeAuditRef(ref: AuditRef): string | null {
  const value = JSON.stringify({ q: ref.query, b: ref.before })
  return value.length <= limits.buttonValue ? value : null
}

/** The workflow that a form starts, as it was when the form was drawn. */
export interface StartRef {
  workflow: string
  version: number
  /** Where it was asked for, and where it is answered that it has begun; null without a channel. */
  channel: string | null
}

export const encodeStartRef = (ref: StartRef): string =>
  JSON.stringify({ w: ref.workflow, v: ref.version, c: ref.channel })

/** Reads which workflow a submitted form starts; null when it is none of ours. */
export const decodeStartRef = decoder(
  z.strictObject({ w: z.string().min(1).max(200), v: z.int(), c: z.string().nullable().default(null) }),
  ({ w, v, c }): StartRef => ({ workflow: w, version: v, channel: c }),
)

/** The value of a button that shows the calls of a run, or of one of its steps. */
export function encodeCallsRef(run: RunId, step?: StepKey): string {
  const query = step === undefined ? `run:${shortId(run)}` : `run:${shortId(run)} step:${step}`
  return JSON.stringify({ q: query, b: null })
}

/** Reads a page button; null when it is none of ours. */
export const decodeAuditRef = decoder(
  z.strictObject({ q: z.string(), b: EntryId.nullable() }),
  ({ q, b }): AuditRef => ({ query: q, before: b }),
)

const MenuChoice = z.enum(['edit', 'retry-today', 'mark-done', 'calls', 'pause', 'resume', 'cancel'])
export type MenuChoice = z.infer<typeof MenuChoice>

/**
 * Block id of a step's buttons. An option's value holds 75 characters, too few for a step's key, so that the menu
 * beside them says only what was chosen, and the block says of which step. Null when the key is too long even for that.
 */
export function stepBlockId(ref: StepRef): string | null {
  const id = `${ref.run}.${ref.version}.${ref.step}`
  return id.length <= limits.blockId ? id : null
}

const MenuPress = z.object({ block_id: z.string(), selected_option: z.object({ value: MenuChoice }) })

/** Reads a choice from a step's menu; null when it is none of ours. */
export function decodeStepMenu(action: unknown): { choice: MenuChoice; ref: StepRef } | null {
  const press = MenuPress.safeParse(action)
  const ref = press.success ? refOfBlock(press.data.block_id) : null
  return press.success && ref ? { choice: press.data.selected_option.value, ref } : null
}

/** When somebody wants to be reminded of what they are asked. */
export const RemindChoice = z.enum(['hours', 'tomorrow', 'monday'])
export type RemindChoice = z.infer<typeof RemindChoice>

const RemindPress = z.object({ block_id: z.string(), selected_option: z.object({ value: RemindChoice }) })

/** Reads a choice from that menu; null when it is none of ours. */
export function decodeRemind(action: unknown): { choice: RemindChoice; ref: StepRef } | null {
  const press = RemindPress.safeParse(action)
  const ref = press.success ? refOfBlock(press.data.block_id) : null
  return press.success && ref ? { choice: press.data.selected_option.value, ref } : null
}

function refOfBlock(id: string): StepRef | null {
  const [run, version, ...step] = id.split('.')
  const ref = StepRefValue.safeParse({ r: run, s: step.join('.'), v: Number(version || Number.NaN) })
  if (!ref.success) return null
  const { r, s, v } = ref.data
  return { run: r, step: s, version: v }
}

function decoder<In, Out>(schema: z.ZodType<In>, toRef: (value: In) => Out): (value: unknown) => Out | null {
  return (value) => {
    if (typeof value !== 'string') return null
    const parsed = schema.safeParse(asJson(withoutStamp(value)))
    return parsed.success ? toRef(parsed.data) : null
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
