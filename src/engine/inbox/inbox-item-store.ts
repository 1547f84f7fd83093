import type { Store } from '../../../db/store.ts'
import type { Clock } from '../../clock.ts'
import { type Actor, actorText } from '../../domain/actor.ts'
import type { EntryDraft } from '../../domain/entry.ts'
import type { Ids } from '../../domain/ids.ts'
import { InboxSecret, type Why } from '../../domain/inbox-content.ts'
import type { InboxItem, InboxStatus } from '../../domain/inbox-item.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { SubjectKeys } from '../../secrets/subject-keys.ts'
import type { Came, Receipt } from './inbox.ts'

export interface ItemPorts {
  store: Store
  ledger: Pick<Ledger, 'entry'>
  keys: SubjectKeys
  clock: Clock
  ids: Ids
}

/** States in which nothing more becomes of an item. */
const SETTLED = new Set<InboxStatus>(['taken', 'ignored', 'dismissed'])

/** Puts it on disk with its entry, under a key of its own; the entry's id is the item's. */
export async function insertItem(ports: ItemPorts, came: Came): Promise<Receipt> {
  const { store, ledger, keys, clock, ids } = ports
  const [at, owner, id] = [clock.now(), ids.subject(), ids.entry()]
  await keys.ensure([came.team, owner])
  const { team, source, type, content } = came
  const event = plainId(keys, came)
  const item: InboxItem = {
    ...{ id, team, source, event, type, status: 'new', code: null, match: null, run: null, owner },
    ...{ receivedAt: at, settledAt: null, version: 1, sealed: seal(keys, owner, { content, why: null }) },
  }
  const entry = ledger.entry({
    ...{ id, at, team, kind: 'webhook.received', actor: actorText(came.by), subjects: [owner] },
    ...{ facts: { source, event, ...(type === null ? {} : { type }) }, body: { ...content } },
  })
  const outcome = await store.commit({ at, entries: [entry], inbox: [{ kind: 'insert', item }] })
  if (outcome.kind !== 'committed' && outcome.kind !== 'seen') throw new Error(`${source} ${id}: ${outcome.kind}`)
  return outcome.kind === 'seen' ? { kind: 'seen' } : { kind: 'new', item: id }
}

/** A name from outside, as it may be kept unencrypted: a plain word, or else its fingerprint. */
function plainId(keys: Pick<SubjectKeys, 'fingerprint'>, { team, source, event }: Came): string {
  if (/^[\w.:=-]{1,200}$/.test(event)) return event
  const print = keys.fingerprint(team, `${source}\n${event}`)
  if (print === null) throw new Error(`the key of ${team} is gone`)
  return print
}

interface ItemChange {
  status: InboxStatus
  code?: string | null
  match?: string | null
  run?: InboxItem['run']
  why?: Why | null
}

/** The item as it is to be; what it said goes with its settling, as the ledger has it. */
export function changedItem(ports: Pick<ItemPorts, 'keys' | 'clock'>, item: InboxItem, change: ItemChange): InboxItem {
  const { why, ...parts } = change
  const next = { ...item, ...parts, version: item.version + 1 }
  if (SETTLED.has(change.status)) return { ...next, settledAt: ports.clock.now(), sealed: Buffer.alloc(0) }
  const secret = why === undefined ? null : openItem(ports.keys, item)
  return secret ? { ...next, sealed: seal(ports.keys, item.owner, { ...secret, why: why ?? null }) } : next
}

/** Commits it with its entry; null when somebody else dealt with it first. */
export async function updateItem(
  ports: ItemPorts,
  item: InboxItem,
  { by, kind, body, ...change }: ItemChange & { by: Actor; kind: EntryDraft['kind']; body?: EntryDraft['body'] },
): Promise<InboxItem | null> {
  const { store, ledger, clock, ids } = ports
  const at = clock.now()
  const next = changedItem(ports, item, change)
  const entry = ledger.entry({
    ...{ id: ids.entry(), at, team: item.team, kind, actor: actorText(by), subjects: [item.owner] },
    ...(next.run ? { run: next.run } : {}),
    facts: { item: item.id, source: item.source, ...(next.code === null ? {} : { code: next.code }) },
    ...(body ? { body } : {}),
  })
  const write = { kind: 'update', item: next, expected: item.version } as const
  const outcome = await store.commit({ at, entries: [entry], inbox: [write] })
  return outcome.kind === 'committed' ? next : null
}

/** Null when it is settled, or its key was erased. */
export function openItem(keys: Pick<SubjectKeys, 'openState'>, item: InboxItem): InboxSecret | null {
  if (item.sealed.length === 0) return null
  const bytes = keys.openState(item.owner, item.sealed)
  return bytes && InboxSecret.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
}

const seal = (keys: Pick<SubjectKeys, 'sealState'>, owner: string, secret: InboxSecret): Uint8Array<ArrayBuffer> =>
  new Uint8Array(keys.sealState(owner, Buffer.from(JSON.stringify(secret))))
