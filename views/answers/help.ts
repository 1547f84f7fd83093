import type { KnownBlock } from '@slack/types'
import { context, header } from '../blocks.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { labelled, outside, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { listed } from '../wording.ts'

/** What the asker may do; help shows nothing else. */
export interface HelpSubject {
  /** Titles of the workflows that they may start. */
  maySee: boolean
  mayStart: readonly string[]
  mayAudit: boolean
  mayRetry: boolean
  mayPause: boolean
}

/** `/purser`: what one can do here, as far as the asker may. */
export function help(subject: HelpSubject): Drawing {
  const says = texts.help
  const points = commands(subject)
  const questions = says.questions.map((question): Words => [question])
  const blocks: KnownBlock[] = [
    header(says.title),
    paragraph(says.whatItIs),
    ...(points.length > 0 ? [labelled(says.commands, { points })] : [context(says.noCommands)]),
    ...(subject.maySee ? [labelled(says.orAsk, { points: questions })] : []),
    context(says.whenAStepFails),
  ]
  return { blocks, text: fallbackText([[says.title], ...points]) }
}

function commands({ mayStart, maySee, mayAudit, mayRetry, mayPause }: HelpSubject): Words[] {
  const says = texts.help
  return [
    ...(mayStart.length > 0 ? says.starting(outside(listed(mayStart, 6), 300)) : []),
    ...(maySee ? says.seeing() : []),
    ...(mayAudit ? says.auditing() : []),
    ...says.forEverybody(),
    ...(maySee ? says.seeingMany() : []),
    ...(mayRetry ? says.retrying() : []),
    ...(mayStart.length > 0 ? says.receiving() : []),
    ...(mayPause ? says.pausing() : []),
    says.thisHelp(),
  ]
}

/** An unknown word after `/purser`, and what there is instead. */
export function unknownCommand(typed: string, subject: HelpSubject): Drawing {
  const says = texts.help.noSuchCommand(outside(texts.words.quoted(typed), 100))
  const shown = help(subject)
  return { blocks: [paragraph(...says), ...shown.blocks], text: `${fallbackText([says])}\n${shown.text}` }
}
