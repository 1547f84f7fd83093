import type { TeamId } from '../../domain/ids.ts'
import type { Awaited, InboxItem } from '../../domain/inbox-item.ts'
import type { PostAnswer } from '../live-runs.ts'
import { changedItem, openItem, updateItem } from './inbox-item-store.ts'
import { routeItem, type Stuck, stuck } from './route-item.ts'
import { type SettlePorts, senderOf, stick } from './settle-item.ts'

/**
 * Gives what is kept to every step that waits for it, the oldest first. The item is settled with the last of them, in
 * the commit of that run: what a stop leaves in between is found as still kept, and given to those that still wait.
 */
export async function deliverKept(ports: SettlePorts, team: TeamId, match: string): Promise<void> {
  for (const item of await ports.store.keptFor(team, match)) {
    const waiting = await ports.store.awaiting(team, match)
    if (waiting.length === 0) return
    await deliverTo(ports, item, waiting)
  }
}

async function deliverTo(ports: SettlePorts, item: InboxItem, waiting: readonly Awaited[]): Promise<void> {
  const secret = openItem(ports.keys, item)
  const by = senderOf(item)
  if (!secret) {
    await updateItem(ports, item, { status: 'dismissed', code: 'erased', by, kind: 'inbox.dismissed' })
    return
  }
  const route = routeItem(item.source, secret.content, ports.rules.current())
  if (route.kind !== 'deliver') {
    await stick(ports, item, route.kind === 'stuck' ? route : otherwise(item))
    return
  }
  let present = item
  for (const [index, step] of waiting.entries()) {
    const isLast = index === waiting.length - 1
    const next = changedItem(ports, present, { status: isLast ? 'taken' : 'kept', code: route.event, run: step.run })
    const answer = await give(ports, { item: present, next, step, route })
    if (answer.kind === 'changed') present = next
    if (answer.kind !== 'refused') continue
    await stick(ports, present, stuck(answer.code, answer.message, answer.hint))
    return
  }
  // The last of them had gone on by itself.
  if (present !== item && present.status === 'kept') {
    await updateItem(ports, present, { status: 'taken', by, kind: 'inbox.taken' })
  }
}

const give = (
  ports: SettlePorts,
  to: { item: InboxItem; next: InboxItem; step: Awaited; route: { event: string; key: string; payload: unknown } },
): Promise<PostAnswer> =>
  ports.engine.give({
    team: to.item.team,
    run: to.step.run,
    event: {
      ...{ kind: 'event-came', step: to.step.step, item: to.item.id, by: senderOf(to.item) },
      ...{ event: to.route.event, key: to.route.key, payload: to.route.payload },
      inbox: { kind: 'update', item: to.next, expected: to.item.version },
    },
  })

const otherwise = ({ source }: InboxItem): Stuck =>
  stuck(
    'rules-changed',
    `It came as an event, and the rules file now says something else of what ${source} sends.`,
    'Try it again: it is dealt with by the rules of today.',
  )
