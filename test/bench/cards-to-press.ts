import { USER_IDS } from '../../src/sandbox/seed.ts'
import { actionIds } from '../../views/action-ids.ts'
import { encodeStepRef } from '../../views/references.ts'
import type { openKept } from '../chaos/kept.ts'
import { type OpenWorkplace, until } from '../support/workplace.ts'
import { payloadBody, sendWire, submissionOf } from '../support/workplace-wire.ts'
import type { Button } from './ask-away.ts'

const EACH = 50
/** Steps of the bench's graph that call a service at once, and are refused. */
const STEPS = 5
/** A step that has failed once has moved twice; one that asks has moved once. */
const FAILED = 2
const ASKS = 1

/** As many steps that have failed as approvals that are asked for; answers with the buttons of their cards. */
export async function cardsToPress(office: OpenWorkplace, kept: ReturnType<typeof openKept>): Promise<Button[]> {
  for (let number = 0; number < EACH / STEPS; number++) await start(office, 'bench', `refused-${number}`)
  for (let number = 0; number < EACH; number++) await start(office, 'bench-approval', `asked-${number}`)
  const failed = await until('all have failed', () => all(kept.entries('step.failed')), 30_000)
  const asked = await until('all are asked', () => all(kept.entries('step.waiting')), 30_000)
  const retries = failed.map((entry) => buttonOf(entry, { id: actionIds.retry, version: FAILED, user: USER_IDS.ops }))
  const approve = { id: actionIds.approve, version: ASKS, user: USER_IDS.manager }
  const approvals = asked.map((entry) => buttonOf(entry, approve))
  return retries.flatMap((retry, index) => [retry, ...approvals.slice(index, index + 1)])
}

type Entry = ReturnType<ReturnType<typeof openKept>['entries']>[number]

const all = (entries: Entry[]): Entry[] | false => entries.length >= EACH && entries

function buttonOf({ run, step }: Entry, about: { id: string; version: number; user: string }): Button {
  if (!run || !step) throw new Error('an entry without its run and step')
  const { id, version, user } = about
  return { action_id: id, block_id: 'b', value: encodeStepRef({ run, step, version }), user }
}

async function start(office: OpenWorkplace, workflow: string, id: string): Promise<void> {
  const view = { id: `V0${id}`, callback: 'start-run', metadata: JSON.stringify({ w: workflow, v: 1 }) }
  const values = {
    email: { type: 'email_text_input', value: `${id}@acme.example` },
    name: { type: 'plain_text_input', value: id },
  }
  await sendWire(office, { body: payloadBody(submissionOf(view, values)) })
}
