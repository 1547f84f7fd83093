import type { KnownBlock, ModalView, MrkdwnElement } from '@slack/types'
import type { EntryCore, EntryKind } from '../../src/domain/entry.ts'
import { actionIds, callbackIds } from '../action-ids.ts'
import { actions, button, context } from '../blocks.ts'
import type { DrawContext } from '../drawing.ts'
import { modal } from '../modals/modal.ts'
import { escaped, tame, tameLine } from '../outside-text.ts'
import { encodeEntryRef } from '../references.ts'
import { bold, day, labelled, lines, outside, paragraph, preformatted, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { inWords } from '../wording.ts'
import { actorName, entryWords } from './entry-words.ts'

/** What the ledger opened of an entry's body. */
type OpenedBody = { kind: 'open'; body: Record<string, unknown> } | { kind: 'none' } | { kind: 'erased' }

export interface OpenedEntry {
  core: EntryCore
  body: OpenedBody
}

const MOST_PARTS = 8
const MOST_CHARACTERS = 2_900
/** Characters of a field in two columns, its title and what says that it was cut left out. */
const MOST_IN_FIELD = 1_600

/** An entry whole: what was sent and answered, in what time, under which key. `other` is its counterpart in the same try. */
export function auditDetailsModal(entry: OpenedEntry, other: OpenedEntry | null, ctx: DrawContext): ModalView {
  const inOrder = [entry, ...(other ? [other] : [])].sort((a, b) => a.core.at - b.core.at)
  const [sent, came] = inOrder
  const bodies =
    sent && came && sent.body.kind === 'open' && came.body.kind === 'open'
      ? sideBySide(sent.body.body, came.body.body)
      : inOrder.flatMap((each) => bodyBlocks(each, inOrder.length > 1))
  const says = texts.auditDetails
  const hidden = JSON.stringify(inOrder.map((each) => each.body)).includes('[hidden')
  return modal({
    title: says.title,
    callback: callbackIds.notice,
    blocks: [
      lines([
        [bold(entryWords(entry.core, ctx), 250)],
        says.by(outside(actorName(entry.core.actor, ctx)), day(entry.core.at)),
      ]),
      ...bodies,
      actions([button({ text: says.sendAsFile, action: actionIds.auditFile, value: encodeEntryRef(entry.core.id) })]),
      ...(hidden ? [context(says.hidden)] : []),
      numbers(inOrder.map(({ core }) => core)),
    ],
  })
}

/** Request and answer beside each other, part by part; a narrow screen shows them under one another. */
function sideBySide(sent: Record<string, unknown>, came: Record<string, unknown>): KnownBlock[] {
  const parts = [...new Set([...Object.keys(sent), ...Object.keys(came)])].sort(
    (one, other) => place(one) - place(other),
  )
  return parts.slice(0, MOST_PARTS).flatMap((name): KnownBlock[] => {
    const [request, answer] = [sent[name], came[name]]
    if (request !== undefined && answer !== undefined) {
      const fields = [codeField(partTitle(name, 'request'), request), codeField(partTitle(name, 'answer'), answer)]
      return [{ type: 'section', fields }]
    }
    const title = partTitle(name, answer === undefined ? 'request' : 'answer')
    return [paragraph(bold(title)), preformatted(pretty(request ?? answer), MOST_CHARACTERS)]
  })
}

/** A part in a fixed width, under its name; nothing in it is markup, and backticks do not end it. */
function codeField(name: string, value: unknown): MrkdwnElement {
  const title = `*${escaped(tameLine(name, 60)).replaceAll('*', '∗')}*`
  const whole = tame(pretty(value), MOST_IN_FIELD).replaceAll('`', 'ˋ')
  let shown = whole
  while (escaped(shown).length > MOST_IN_FIELD) shown = tame(shown, Math.floor(shown.length * 0.8))
  const isCut = shown.length < pretty(value).length
  const rest = isCut && shown !== '—' ? `\n${texts.auditDetails.cut}` : ''
  return { type: 'mrkdwn', text: `${title}\n\`\`\`${escaped(shown)}\`\`\`${rest}`, verbatim: true }
}

function bodyBlocks({ core, body }: OpenedEntry, several: boolean): KnownBlock[] {
  const { erased, erasedOf, noContents, moreParts } = texts.auditDetails
  if (body.kind === 'erased') return [paragraph(several ? erasedOf(core.kind) : erased)]
  if (body.kind === 'none') return several ? [] : [paragraph(noContents)]
  const parts = Object.entries(body.body).sort(([one], [other]) => place(one) - place(other))
  const side = SIDES[core.kind]
  const shown = parts.slice(0, MOST_PARTS)
  const more = parts.length - shown.length
  return [
    ...shown.flatMap(([name, value]) => [
      paragraph(bold(partTitle(name, side))),
      preformatted(pretty(value), MOST_CHARACTERS),
    ]),
    ...(more > 0 ? [context(moreParts(more))] : []),
  ]
}

/** A try has two entries with parts of the same names: what was sent, and what came back. */
const SIDES: Partial<Record<EntryKind, Side>> = { 'call.intended': 'request', 'call.answered': 'answer' }

type Side = 'request' | 'answer'

function partTitle(name: string, side: Side | undefined): string {
  const says = texts.auditDetails
  const part = says.parts[name] ?? inWords(name).toLowerCase()
  return side === undefined ? inWords(part) : says[side](part)
}

/** What somebody looks for stands before the headers. */
const place = (name: string): number => (name === 'headers' ? 2 : name === 'body' ? 1 : 0)

function pretty(value: unknown): string {
  if (typeof value === 'string') return value
  return JSON.stringify(value, null, 2) ?? '—'
}

/** What identifies entries to an auditor: what they share once, and what differs side by side. */
function numbers(cores: readonly EntryCore[]): KnownBlock {
  const facts = cores.map(factsOf)
  const names = [...new Set(facts.flatMap((each) => each.map(([name]) => name)))]
  const points = names.map((name): Words => {
    const values = new Set(facts.flatMap((each) => each.filter(([known]) => known === name).map(([, value]) => value)))
    return [outside(`${name}: ${[...values].join(' · ')}`, 360)]
  })
  return labelled(texts.auditDetails.ofRecord, { points: points.slice(0, 30) })
}

function factsOf(core: EntryCore): [string, string][] {
  const called = texts.auditDetails.facts
  const known: [string, string | number | undefined][] = [
    [called.kind, core.kind],
    [called.entry, core.id],
    [called.run, core.run],
    [called.step, core.step],
    [called.attempt, core.attempt],
    [called.call, core.call],
    [called.try, core.try],
    [called.class, core.class],
    [called.address, core.url === undefined ? undefined : `${core.method ?? ''} ${core.url}`.trim()],
    [called.key, core.key],
    [called.digest, core.digest],
    ...Object.entries(core.facts ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
  ]
  return known.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as [string, string]]))
}
