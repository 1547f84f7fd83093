import { actorText } from '../../src/domain/actor.ts'
import type { EntryCore } from '../../src/domain/entry.ts'
import type { RunId } from '../../src/domain/ids.ts'
import { drawContext, type HandlerPorts } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { type NotCarriedOut, notCarriedOut } from '../../views/answers/left-over.ts'
import { decodeRemind, decodeRunRef, decodeStepMenu, decodeStepRef } from '../../views/references.ts'
import { aboutRun, actorOf } from '../answer.ts'
import { runAtHand } from '../run-at-hand.ts'
import { type Kept, type LeftOver, nameOf } from './kept.ts'

/** Milliseconds behind a click within which its handler would have entered what it did. */
const DONE_WITHIN_MS = 60_000

/** Tells whoever did it that it is not carried out so late, what they did by the ledger, and how it stands now. */
export async function tellTooLate(ports: HandlerPorts, left: LeftOver): Promise<void> {
  await whisperOf(ports, left, { kind: 'too-late', noted: await notedOf(ports, left) })
}

/** Tells whoever did it that it was carried out, by the entry that shows it, and how it stands now. */
export async function tellDone(ports: HandlerPorts, left: LeftOver, noted: EntryCore): Promise<void> {
  await whisperOf(ports, left, { kind: 'done', noted })
}

async function whisperOf(
  ports: HandlerPorts,
  { asked, kept, at }: LeftOver,
  came: Pick<NotCarriedOut, 'kind' | 'noted'>,
): Promise<void> {
  const id = runOf(kept)
  const found = id === null ? null : await runAtHand(ports, asked, { id, action: 'see' })
  const shown = found?.ok ? { run: found.found.run, outline: found.found.definition.outline } : null
  const told = { ...came, pressed: nameOf(kept), at, shown }
  const about = shown ? aboutRun(shown.run) : nobody(asked.team)
  await ports.surface.whisper(asked.place, notCarriedOut(told, drawContext(ports)), { about })
}

/** What the ledger holds under their name from right behind it: then it may have been carried out before the stop. */
async function notedOf({ store }: HandlerPorts, { asked, at }: LeftOver): Promise<EntryCore | null> {
  const filter = { team: asked.team, actor: actorText(actorOf(asked)), since: at, until: at + DONE_WITHIN_MS }
  const entries = await store.entries(filter, null, MOST_ENTRIES)
  return entries.map(({ core }) => core).findLast(({ kind }) => !ONLY_ASKED.test(kind)) ?? null
}

const MOST_ENTRIES = 50
const ONLY_ASKED = /^(click|command|submission|event|call|card|ledger|decision\.refused)(\.|$)/

function runOf(kept: Kept): RunId | null {
  if (kept.kind !== 'click') return null
  const { action } = kept
  const step = decodeStepRef(action.value) ?? decodeStepMenu(action)?.ref ?? decodeRemind(action)?.ref
  return step?.run ?? decodeRunRef(action.value)
}
