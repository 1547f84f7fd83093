import type { Button, KnownBlock } from '@slack/types'
import type { EntryCore } from '../../src/domain/entry.ts'
import { type EntryId, type RunId, shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import { actionIds } from '../action-ids.ts'
import { actions, button, context, header, markup } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { escaped, tameLine } from '../outside-text.ts'
import { encodeAuditRef, encodeEntryRef } from '../references.ts'
import { day, outside, paragraph, typed, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { dateToken } from '../times.ts'
import { actorName, entryWords } from './entry-words.ts'

/** Entries that a page shows. */
export const ENTRIES_A_PAGE = 9

export interface AuditPage {
  /** As typed; travels with the page's buttons. */
  query: string
  entries: readonly EntryCore[]
  /** By which process their runs go, where that is known. */
  outlines: ReadonlyMap<RunId, WorkflowOutline>
  /** What this page goes on behind; null on the newest one. */
  before: EntryId | null
  /** Where the next older page goes on; null when there is none. */
  next: EntryId | null
  /** False when the search was cut short by its time limit. */
  complete: boolean
  /** Whether Purser's own looks at services, of which it was not asked, may have been among them. */
  leavesOutLooks: boolean
  /** Entries that match and only say that Purser showed its own cards; there may be more where they are not all. */
  paintingLeftOut?: { entries: number; isAll: boolean } | null | undefined
}

/** A page of ledger entries, newest first. */
export function auditPage(page: AuditPage, ctx: DrawContext): Drawing {
  const shown = page.entries.slice(0, ENTRIES_A_PAGE)
  const says = texts.audit
  const query = page.query || says.everything
  const found = [
    summary(page, shown.length),
    ...(page.paintingLeftOut ? [says.paintingLeftOut(page.paintingLeftOut)] : []),
    ...(page.leavesOutLooks ? [says.looksLeftOut] : []),
  ].join(' ')
  const blocks: KnownBlock[] = [
    header(says.title(query)),
    context(found),
    ...shown.map((core) => entryBlock(core, page, ctx)),
    ...pageButtons(page),
  ]
  const told = shown.map((core) =>
    says.entryAt({
      at: day(core.at),
      says: outside(entryWords(core, ctx), 200),
      more: outside(footnote(core, page, ctx), 200),
    }),
  )
  return { blocks, text: fallbackText([says.ledgerFor(outside(query, 300)), [found], ...told]) }
}

function summary({ before, next, complete }: AuditPage, shown: number): string {
  const { nothingYet, noneMatches, noOlderMatches, found } = texts.audit
  if (shown === 0 && !complete) return nothingYet
  if (shown === 0) return before === null ? noneMatches : noOlderMatches
  return found({ entries: shown, isOlder: before !== null, isLast: next === null, isCutShort: !complete })
}

function entryBlock(core: EntryCore, page: AuditPage, ctx: DrawContext): KnownBlock {
  const words = tameLine(entryWords(core, ctx), 120)
  const details = button({
    text: texts.audit.details,
    action: actionIds.auditDetails,
    value: encodeEntryRef(core.id),
    label: texts.audit.detailsOf(words),
  })
  const below = `${dateToken(core.at, 'second')} · ${escaped(tameLine(footnote(core, page, ctx), 130))}`
  return { type: 'section', text: markup(`*${escaped(words)}*\n${below}`), accessory: details }
}

function footnote(core: EntryCore, page: AuditPage, ctx: DrawContext): string {
  const parts = [
    texts.audit.by(actorName(core.actor, ctx)),
    stepOf(core, page),
    core.try !== undefined && core.try > 1 ? texts.audit.attempt(core.try) : '',
    core.run ? texts.words.run(shortId(core.run)) : '',
  ]
  return parts.filter(Boolean).join(' · ')
}

/** `GitHub membership`; its key where the process is not known any more. */
function stepOf({ run, step }: EntryCore, { outlines }: AuditPage): string {
  if (step === undefined) return ''
  const outline = run && outlines.get(run)
  return outline ? stepTitle(outline, step) : texts.audit.step(step)
}

function pageButtons({ query, before, next }: AuditPage): KnownBlock[] {
  const says = texts.audit
  const save = encodeAuditRef({ query, before: null })
  const newest = before === null ? null : encodeAuditRef({ query, before: null })
  const older = next === null ? null : encodeAuditRef({ query, before: next })
  const buttons: Button[] = [
    ...(newest === null ? [] : [button({ text: says.newest, action: actionIds.newestAudit, value: newest })]),
    ...(older === null ? [] : [button({ text: says.older, action: actionIds.olderAudit, value: older })]),
    ...(query === '' || save === null ? [] : [button({ text: says.save, action: actionIds.saveAudit, value: save })]),
  ]
  if (buttons.length > 0) return [actions(buttons)]
  return next === null ? [] : [context(says.tooLongToTurn)]
}

export interface AuditMistake {
  query: string
  /** Where the mistake begins, counted from 0, and how long it is. */
  at: number
  length: number
  message: string
  example: string
}

const SHOWN_BEFORE = 40
const SHOWN_AFTER = 30
const MOST_MARKED = 60

export const badAuditQuery = (mistake: AuditMistake): Drawing => badQuery(mistake, '/audit')

/** Shows where a query goes wrong, and one that works. */
export function badQuery({ query, at, length, message, example }: AuditMistake, command: string): Drawing {
  const says = texts.audit.cannotBeRead(outside(message, 400))
  const suggestion = texts.words.forExample(outside(`${command} ${example}`, 300))
  const blocks = [paragraph(...says), paragraph(...pointed({ query, at, length }, command)), paragraph(...suggestion)]
  return { blocks, text: fallbackText([says, [outside(query, 300)], suggestion]) }
}

/** The query as it was typed, the mistake set off; of a long one, the part around it. */
function pointed({ query, at, length }: Pick<AuditMistake, 'query' | 'at' | 'length'>, command: string): Words {
  const flat = query.toWellFormed().replace(/[\s\p{Cc}\p{Cf}]/gu, ' ')
  const from = Math.max(0, at - SHOWN_BEFORE)
  const to = at + Math.min(Math.max(length, 1), MOST_MARKED)
  const before = `${command} ${from > 0 ? texts.audit.cutBefore : ''}${flat.slice(from, at)}`
  // What is missing at the end has no words of its own.
  const marked = flat.slice(at, to).trim() || texts.audit.missingHere
  return [...spaced(before), typed(marked, 100), ...spaced(flat.slice(to, to + SHOWN_AFTER))]
}

/** With the space at its ends, which what is beside it needs. */
function spaced(text: string): Words {
  const space = (at: RegExp): Words => (at.test(text) ? [' '] : [])
  return text.trim() === '' ? space(/ /) : [...space(/^ /), outside(text, 150), ...space(/ $/)]
}
