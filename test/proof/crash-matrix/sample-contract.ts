import { z } from 'zod'
import { slack } from '../../../src/connectors/index.ts'
import type { Run } from '../../../src/domain/run.ts'
import { optional, workflow } from '../../../src/engine/define-workflow.ts'
import type { EventRule } from '../../../src/rules/rules.ts'
import type { Letter } from '../support/post-office.ts'

const input = z.object({ email: z.email(), name: z.string() })
const Signed = z.object({ value: z.number() })
const key = ({ input: { email } }: { input: z.infer<typeof input> }) => email

/** What waits for others: two things that come, one that never does, and a word about all of them. */
export const contract = workflow(
  {
    name: 'sample-contract',
    version: 1,
    title: 'A contract',
    input,
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ step, approval, event }) => {
    const agreed = approval('agreed', { title: 'Agreement' })
    const briefed = event('briefed', {
      title: 'The brief',
      event: 'brief-written',
      after: [agreed],
      key,
      payload: Signed,
    })
    const signed = event('signed', {
      title: 'Signed',
      event: 'contract-signed',
      after: [briefed],
      key,
      payload: Signed,
    })
    const reply = event('reply', { title: 'A reply', event: 'reply-came', after: [agreed], key, payload: Signed })
    step('tell', {
      title: 'Say so',
      needs: [briefed, signed, optional(reply)],
      uses: [slack],
      output: z.object({ channel: z.string(), ts: z.string() }),
      run: ({ use, run, from }) =>
        use(slack).postMessage({
          channel: '#ops-alerts',
          // What was said is part of the name: a message about anything else is another one.
          key: `told/${run.id}/${from(briefed).value}/${from(signed).value}/${from(optional(reply))?.value ?? 'none'}`,
          notBefore: run.startedAt,
          text: 'It is signed.',
        }),
    })
  },
)

/** A reply that has not come in two hours is done without. */
export const contractEvent = (name: string): EventRule => ({
  expectedAfterMs: 1_800_000,
  deadline: name === 'reply-came' ? { afterMs: 7_200_000, outcome: 'not-needed' } : null,
  earlyMs: 0,
})

const is = (run: Run, step: string, ...statuses: string[]): boolean =>
  run.steps.some((each) => each.key === step && statuses.includes(each.status))
const letter = (id: string, event: string, value: unknown, when: Letter['when']): Letter => ({
  ...{ id, event, payload: { value }, when },
  key: ({ subject }) => subject.key,
})

/** Before anybody waits for it, not as it has to be, as it has to be, once more, and when all is over. */
export const contractLetters: readonly Letter[] = [
  letter('early', 'brief-written', 1, () => true),
  letter('early', 'brief-written', 1, () => true),
  letter('wrong', 'contract-signed', 'a lot', (run) => is(run, 'signed', 'waiting')),
  letter('right', 'contract-signed', 2, (run) => is(run, 'signed', 'waiting', 'succeeded')),
  letter('right', 'contract-signed', 2, (run) => is(run, 'signed', 'succeeded')),
  letter('second', 'contract-signed', 3, (run) => is(run, 'signed', 'succeeded')),
  letter('too-late', 'reply-came', 4, (run) => is(run, 'reply', 'not-needed')),
]
