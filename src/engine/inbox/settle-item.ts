import type { Actor } from '../../domain/actor.ts'
import type { InboxItem } from '../../domain/inbox-item.ts'
import type { RulesBook } from '../../rules/rules.ts'
import type { RunningEngine } from '../create-engine.ts'
import type { StartAnswer } from '../decisions.ts'
import { matcher } from '../event-wait.ts'
import { type ItemPorts, openItem, updateItem } from './inbox-item-store.ts'
import { type Route, routeItem, type Stuck, stuck } from './route-item.ts'

export interface SettlePorts extends ItemPorts {
  engine: Pick<RunningEngine, 'start' | 'give'>
  rules: Pick<RulesBook, 'current'>
}

/** Who did it, for the ledger: the hook, or the client. */
export const senderOf = ({ source }: Pick<InboxItem, 'source'>): Actor =>
  source.startsWith('api:')
    ? { kind: 'machine', part: 'api', name: source.slice('api:'.length) }
    : { kind: 'machine', part: 'hook', name: source }

/** Does with a new item what the rules say; null when nothing could be done now and it stays new. */
export async function settleNew(ports: SettlePorts, item: InboxItem): Promise<InboxItem | null> {
  const by = senderOf(item)
  const secret = openItem(ports.keys, item)
  if (!secret)
    return await updateItem(ports, item, { status: 'dismissed', code: 'erased', by, kind: 'inbox.dismissed' })
  const route: Route = routeItem(item.source, secret.content, ports.rules.current())
  switch (route.kind) {
    case 'ignore':
      return await updateItem(ports, item, { status: 'ignored', by, kind: 'inbox.ignored' })
    case 'stuck':
      return await stick(ports, item, route)
    case 'deliver': {
      const match = matcher(ports.keys, item.team)(route.event, route.key)
      return await updateItem(ports, item, { status: 'kept', code: route.event, match, by, kind: 'inbox.kept' })
    }
    case 'start':
      return await begin(ports, item, route)
  }
}

/** Nothing can be done with it until somebody looks. */
export const stick = (ports: ItemPorts, item: InboxItem, { code, why }: Stuck): Promise<InboxItem | null> =>
  updateItem(ports, item, {
    ...{ status: 'stuck', code, why, by: senderOf(item), kind: 'inbox.stuck' },
    body: { ...why },
  })

async function begin(
  ports: SettlePorts,
  item: InboxItem,
  { workflow, input }: Extract<Route, { kind: 'start' }>,
): Promise<InboxItem | null> {
  const actor = senderOf(item)
  const startKey = `inbox/${item.source}/${item.event}`
  const answer = await ports.engine.start({ team: item.team, workflow, input, actor, startKey })
  if (answer.kind === 'started' || answer.kind === 'already-started') {
    const taken = { status: 'taken', code: 'started', run: answer.run.id } as const
    return await updateItem(ports, item, { ...taken, by: actor, kind: 'inbox.taken' })
  }
  const reason = notBegun(answer, workflow)
  return reason && (await stick(ports, item, reason))
}

/** Why a run did not begin; null when it only has to wait. */
function notBegun(
  answer: Extract<StartAnswer, { kind: 'subject-busy' | 'invalid' | 'refused' }>,
  workflow: string,
): Stuck | null {
  switch (answer.kind) {
    case 'subject-busy':
      return stuck(
        'subject-busy',
        `${workflow} is under way for ${answer.run.subject.label} already.`,
        'Try it again once that run has ended; or dismiss it, when that run is what was meant.',
      )
    case 'invalid':
      return stuck(
        'input-not-valid',
        `${workflow} does not take what came: ${Object.entries(answer.errors)
          .map(([field, message]) => `${field}: ${message}`)
          .join(' · ')}`,
        'Correct input under hooks in the rules file and try it again; or start the process by hand and dismiss it.',
      )
    case 'refused':
      return answer.code === 'paused' ? null : stuck(answer.code, answer.message, answer.hint)
  }
}
