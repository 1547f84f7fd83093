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
import { day, outside, paragraph, preformatted, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { dateToken } from '../times.ts'
import { count } from '../wording.ts'
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
}

export const WITHOUT_LOOKS = 'Purser’s own looks that found a service well are left out: actor:purser:probe shows them.'

/** A page of ledger entries, newest first. */
export function auditPage(page: AuditPage, ctx: DrawContext): Drawing {
  const shown = page.entries.slice(0, ENTRIES_A_PAGE)
  const head: Words = ['Ledger: ', outside(page.query || 'everything', 300)]
  const found = `${summary(page, shown.length)}${page.leavesOutLooks ? ` ${WITHOUT_LOOKS}` : ''}`
  const blocks: KnownBlock[] = [
    header(`🔎 Ledger: ${page.query || 'everything'}`),
    context(found),
    ...shown.map((core) => entryBlock(core, page, ctx)),
    ...pageButtons(page),
  ]
  const told = shown.map(
    (core): Words => [
      day(core.at),
      ': ',
      outside(entryWords(core, ctx), 200),
      ' · ',
      outside(footnote(core, page, ctx), 200),
    ],
  )
  return { blocks, text: fallbackText([head, [found], ...told]) }
}

function summary({ before, next, complete }: AuditPage, shown: number): string {
  const cutShort = complete ? '' : ' The search took long and stopped here; Older goes on with it.'
  if (shown === 0 && !complete) return `Nothing found so far.${cutShort}`
  if (shown === 0)
    return before === null
      ? 'No entry matches. Try fewer words, or look further back, as with since:90d.'
      : 'No older entry matches.'
  const found = before === null ? count(shown, 'entry', 'entries') : count(shown, 'older entry', 'older entries')
  return `${found}, newest first${next === null ? '; there are none before these' : ''}.${cutShort}`
}

function entryBlock(core: EntryCore, page: AuditPage, ctx: DrawContext): KnownBlock {
  const words = tameLine(entryWords(core, ctx), 120)
  const details = button({
    text: 'Details',
    action: actionIds.auditDetails,
    value: encodeEntryRef(core.id),
    label: `Details: ${words}`,
  })
  const below = `${dateToken(core.at, 'second')} · ${escaped(tameLine(footnote(core, page, ctx), 130))}`
  return { type: 'section', text: markup(`*${escaped(words)}*\n${below}`), accessory: details }
}

function footnote(core: EntryCore, page: AuditPage, ctx: DrawContext): string {
  const parts = [
    `by ${actorName(core.actor, ctx)}`,
    stepOf(core, page),
    core.try !== undefined && core.try > 1 ? `try ${core.try}` : '',
    core.run ? `run ${shortId(core.run)}` : '',
  ]
  return parts.filter(Boolean).join(' · ')
}

/** `GitHub membership`; its key where the process is not known any more. */
function stepOf({ run, step }: EntryCore, { outlines }: AuditPage): string {
  if (step === undefined) return ''
  const outline = run && outlines.get(run)
  return outline ? stepTitle(outline, step) : `step ${step}`
}

function pageButtons({ query, before, next }: AuditPage): KnownBlock[] {
  const save = encodeAuditRef({ query, before: null })
  const newest = before === null ? null : encodeAuditRef({ query, before: null })
  const older = next === null ? null : encodeAuditRef({ query, before: next })
  const buttons: Button[] = [
    ...(newest === null ? [] : [button({ text: '◂ Newest', action: actionIds.newestAudit, value: newest })]),
    ...(older === null ? [] : [button({ text: 'Older ▸', action: actionIds.olderAudit, value: older })]),
    ...(query === '' || save === null ? [] : [button({ text: 'Save…', action: actionIds.saveAudit, value: save })]),
  ]
  if (buttons.length > 0) return [actions(buttons)]
  return next === null ? [] : [context('This query is too long to turn its pages: narrow it with until:.')]
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

export const badAuditQuery = (mistake: AuditMistake): Drawing => badQuery(mistake, '/audit')

/** Shows where a query goes wrong, and one that works. */
export function badQuery({ query, at, length, message, example }: AuditMistake, command: string): Drawing {
  const says: Words = ['This query cannot be read: ', outside(message, 400)]
  const suggestion: Words = ['For example: ', outside(`${command} ${example}`, 300)]
  const blocks = [
    paragraph(...says),
    preformatted(pointed({ query, at, length }, command), 400),
    paragraph(...suggestion),
  ]
  return { blocks, text: fallbackText([says, [outside(query, 300)], suggestion]) }
}

/** The query with a line of carets under the mistake; of a long one, the part around it. */
function pointed({ query, at, length }: Pick<AuditMistake, 'query' | 'at' | 'length'>, command: string): string {
  const flat = query.toWellFormed().replace(/[\s\p{Cc}\p{Cf}]/gu, ' ')
  const from = Math.max(0, at - SHOWN_BEFORE)
  const lead = from > 0 ? '… ' : ''
  const part = flat.slice(from, at + Math.max(length, 1) + SHOWN_AFTER).slice(0, SHOWN_BEFORE + 100)
  const carets = '^'.repeat(Math.min(Math.max(length, 1), 60))
  return `${command} ${lead}${part}\n${' '.repeat(command.length + 1 + lead.length + (at - from))}${carets}`
}
