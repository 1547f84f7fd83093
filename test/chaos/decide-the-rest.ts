import type { SandboxMessage } from '../../src/sandbox/state.ts'
import { actionIds } from '../../views/action-ids.ts'
import { type OpenWorkplace, until } from '../support/workplace.ts'
import type { openKept } from './kept.ts'

interface Decided {
  retried: number
  markedDone: number
  absent: number
}

/** The key of a card: `failure/<run>/<step>`. */
export const keyOf = (message: SandboxMessage): string => {
  const metadata = message.metadata as { event_payload?: { key?: string } } | null
  return metadata?.event_payload?.key ?? ''
}

/** People look at every card that asks for them, at the real state of the service, and press what fits; until all runs have ended. */
export async function decideTheRest(office: OpenWorkplace, kept: ReturnType<typeof openKept>): Promise<Decided> {
  const decided: Decided = { retried: 0, markedDone: 0, absent: 0 }
  await until(
    'all runs have ended and all cards are drawn',
    async () => {
      for (const card of await office.messages('ops-alerts')) await decide(office, card, decided)
      return kept.runs().every(({ ended }) => ended) && kept.staleCards() === 0
    },
    90_000,
  )
  return decided
}

async function decide(office: OpenWorkplace, card: SandboxMessage, decided: Decided): Promise<void> {
  const at = { channel: 'ops-alerts', ts: card.ts }
  if (card.text.includes('Failed: ')) {
    const clicked = await office.control('click', { user: 'ops', ...at, action_id: actionIds.retry })
    if (clicked.status === 200) decided.retried += 1
  }
  if (!card.text.includes('Outcome unknown: ')) return
  if (await isThere(office, card)) {
    await markDone(office, at)
    decided.markedDone += 1
  } else {
    await office.control('click', { user: 'ops', ...at, action_id: actionIds.retryAbsent })
    decided.absent += 1
  }
}

async function isThere(office: OpenWorkplace, card: SandboxMessage): Promise<boolean> {
  const [, run, step] = keyOf(card).split('/')
  const who = /[a-z]+-\d+/.exec(card.text.toLowerCase())?.[0] ?? `run ${run}`
  const made = async (service: 'gusto' | 'github' | 'google' | 'jira' | 'salesforce', kind: string) =>
    (await office.effects(service)).some((effect) => effect.startsWith(kind) && effect.includes(who))
  switch (step) {
    case 'payroll':
      // The record alone is half of it: the job is made by the retry, which finds the record.
      return false
    case 'github':
      return await made('github', 'invitation.created')
    case 'welcome':
      return (await office.messages(`welcome-${who}`)).some((message) => keyOf(message) === `welcome/${run}`)
    default:
      return false
  }
}

async function markDone(office: OpenWorkplace, at: object): Promise<void> {
  await office.click('ops', at, actionIds.markDone)
  const form = await office.filled('ops', 'What did you find?')
  const blocks = form.view.blocks as { type: string; block_id: string }[]
  const fields = blocks.filter(({ type, block_id: id }) => type === 'input' && id.startsWith('output.'))
  const outputs = Object.fromEntries(fields.map(({ block_id: id }) => [id, 'as found']))
  await office.submit('ops', form, { reason: 'It is there', ...outputs })
}
