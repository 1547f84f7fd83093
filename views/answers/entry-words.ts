import { Actor } from '../../src/domain/actor.ts'
import type { EntryCore } from '../../src/domain/entry.ts'
import type { DrawContext } from '../drawing.ts'
import { texts } from '../texts/index.ts'
import { duration } from '../times.ts'

/** What an entry says in a line: `📥 Answered · GitHub org-invitation.create · 201 · 412 ms` */
export function entryWords(core: EntryCore, ctx: DrawContext): string {
  const call = core.service ? [ctx.service(core.service), core.operation].filter(Boolean).join(' ') : ''
  const status = core.status === undefined ? '' : `${core.status}`
  const took = core.duration === undefined ? '' : milliseconds(core.duration)
  return [texts.entries.kinds[core.kind], call, status, took].filter(Boolean).join(' · ')
}

const milliseconds = (ms: number): string => (ms < 1_000 ? texts.entries.milliseconds(ms) : duration(ms))

/** The name behind an entry's actor: `slack:T…/U…`, `purser:engine` or `purser:hook/contracts`; the text itself when it is neither. */
export function actorName(text: string, ctx: DrawContext): string {
  const [origin, rest = ''] = text.split(':', 2)
  const [first = '', second] = rest.split('/', 2)
  const machine = { kind: origin === 'purser' ? 'machine' : '', part: first, ...(second ? { name: second } : {}) }
  const parsed = Actor.safeParse(origin === 'slack' ? { kind: 'person', team: first, user: second } : machine)
  return parsed.success ? ctx.name(parsed.data) : text
}
