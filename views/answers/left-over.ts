import type { EntryCore } from '../../src/domain/entry.ts'
import { actionIds } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import { runStatus } from '../cards/run-status.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { encodeRunRef } from '../references.ts'
import { bold, lines, moment, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { entryWords } from './entry-words.ts'
import type { RunInAnswer } from './status-answer.ts'

export interface NotCarriedOut {
  /** `done`: it was carried out before the stop, or by the same person since. */
  kind: 'too-late' | 'done'
  pressed: string | null
  at: number
  /** What the ledger holds under their name right behind it. */
  noted: EntryCore | null
  /** The run that it was about, when they may see it. */
  shown: RunInAnswer | null
}

/** Somebody did something that Purser does not carry out: it could not in time, or it is done. */
export function notCarriedOut({ kind, pressed, at, noted, shown }: NotCarriedOut, ctx: DrawContext): Drawing {
  const { youDid, notDone, maybeDone, isDone, now } = texts.leftOver
  const you = youDid(pressed === null ? null : bold(pressed, 80), moment(at, ctx.now))
  const tells = kind === 'done' ? isDone : maybeDone
  const says = noted ? tells(you, entryWords(noted, ctx), moment(noted.at, ctx.now)) : notDone(you)
  const stands: Words[] = shown ? [[bold(shown.run.subject.label)], now(runStatus(shown.run, shown.outline, ctx))] : []
  const again = shown
    ? [actions([button({ text: texts.words.show, action: actionIds.showRun, value: encodeRunRef(shown.run.id) })])]
    : []
  const all = [says, ...stands]
  return { blocks: [lines(all), ...again], text: fallbackText(all) }
}

/** The answer to a question that was asked long before. */
export function askedEarlier({ blocks, text }: Drawing, { at, now }: { at: number; now: number }): Drawing {
  const says = texts.leftOver.askedEarlier(moment(at, now))
  return { blocks: [paragraph(...says), ...blocks], text: `${fallbackText([says])}\n${text}` }
}
