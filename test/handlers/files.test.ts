import { expect, test } from 'vitest'
import { z } from 'zod'
import { files } from '../../src/domain/file-ref.ts'
import type { Step } from '../../src/domain/run.ts'
import { workflow } from '../../src/engine/define-workflow.ts'
import { drawContext } from '../../src/slack/handler.ts'
import { approvalCard } from '../../views/cards/approval-card.ts'
import { taskCard } from '../../views/cards/task-card.ts'
import { EquipmentRequest } from '../../workflows/equipment-order.ts'
import { MAYA, OLGA, openHandlers } from './open-handlers.ts'

const evidence = z.object({ invoice: files({ most: 1, types: ['pdf'] }).meta({ title: 'Invoice' }) })
const buying = workflow(
  {
    name: 'employee-onboarding',
    version: 1,
    title: 'Buying',
    input: EquipmentRequest,
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ approval, task }) => {
    approval('ok', { title: 'Approval' })
    task('order', { title: 'Order it', instructions: () => 'Order it.', evidence })
  },
)
const answers = {
  ...{ name: 'Jane Doe', email: 'jane@acme.example', item: 'laptop', reason: 'She starts on Monday.' },
  ...{ neededOn: '2027-01-05', timeZone: 'Europe/Berlin', manager: MAYA.user },
}
const file = (name: string) => ({
  ...{ id: 'F0', name, size: 1_200, mimetype: 'application/pdf' },
  permalink: `https://acme.slack.example/files/U0/F0/${name}`,
})
const quote = file('quote.pdf')
const linked = ({ name, permalink }: typeof quote) => JSON.stringify({ type: 'link', url: permalink, text: name })

type At = Awaited<ReturnType<typeof openHandlers>>

const start = async (at: At, chosen: readonly object[]) => {
  await at.slash('/run', 'employee-onboarding', OLGA)
  return await at.submit({ ...answers, quote: chosen }, OLGA)
}

/** The run that was started, with what its cards are drawn from. */
async function asking(at: At, key: string) {
  const [row] = await at.store.runs({ team: OLGA.team }, 10)
  const run = row && (await at.engine.run(OLGA.team, row.id))
  if (!run) throw new Error('no run')
  const step: Step = await at.step(run, key)
  return { run, step, outline: buying.outline, input: buying.input, output: evidence, asked: [] }
}

test('files of a start form are checked at their field', async () => {
  await using at = await openHandlers({ workflows: [buying] })
  const errors = async (chosen: readonly object[]) => await start(at, chosen)
  expect(await errors([file('quote.exe')])).toEqual({
    kind: 'errors',
    errors: { quote: 'quote.exe is none of: pdf, png, jpg, jpeg.' },
  })
  expect(await errors([quote, quote, quote, quote])).toEqual({ kind: 'errors', errors: { quote: 'At most 3 files.' } })
  expect(await at.store.runs({ team: OLGA.team }, 10)).toEqual([])
})

test('a run keeps where its files are, and the approval’s card links to them by name', async () => {
  await using at = await openHandlers({ workflows: [buying] })
  expect(await start(at, [{ ...quote, url_private: 'https://files.example/secret' }])).toEqual({ kind: 'close' })
  const subject = await asking(at, 'ok')
  expect(subject.run.input).toMatchObject({ quote: [quote] })
  expect(JSON.stringify(subject.run)).not.toContain('files.example')
  if (subject.step.wait?.kind !== 'approval') throw new Error('nobody is asked')
  const card = approvalCard(subject, subject.step.wait, drawContext(at.ports))
  expect(JSON.stringify(card.blocks)).toContain(linked(quote))
})

test('whoever does a task gives files as evidence, and its card links to them', async () => {
  await using at = await openHandlers({ workflows: [buying] })
  await start(at, [])
  const card = async () => {
    const subject = await asking(at, 'order')
    if (subject.step.wait?.kind !== 'task') throw new Error('nobody is asked')
    return taskCard(subject, subject.step.wait, drawContext(at.ports)).blocks
  }
  await at.click(await card(), 'Done…', OLGA)
  const wrong = await at.submit({ invoice: [file('invoice.docx')] }, OLGA)
  expect(wrong).toEqual({ kind: 'errors', errors: { invoice: 'invoice.docx is none of: pdf.' } })
  const invoice = file('invoice.pdf')
  expect(await at.submit({ invoice: [invoice] }, OLGA)).toEqual({ kind: 'close' })
  const { step } = await asking(at, 'order')
  expect(step).toMatchObject({ status: 'succeeded', output: { invoice: [invoice] } })
  expect(JSON.stringify(await card())).toContain(linked(invoice))
})
