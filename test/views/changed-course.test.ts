import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Bulk, BulkOutcome } from '../../src/domain/bulk.ts'
import type { HeldBack } from '../../src/domain/held-back.ts'
import type { Proposable, Proposal } from '../../src/domain/proposal.ts'
import type { Run, Step } from '../../src/domain/run.ts'
import { bulkList, bulkOver, draftGone, nothingToRetry } from '../../views/answers/bulk-answers.ts'
import { debtList } from '../../views/answers/debt-list.ts'
import { approvalCard } from '../../views/cards/approval-card.ts'
import { bulkCard } from '../../views/cards/bulk-card.ts'
import { failureCard } from '../../views/cards/failure-card.ts'
import { heldCard } from '../../views/cards/held-card.ts'
import { runCard } from '../../views/cards/run-card.ts'
import { taskCard } from '../../views/cards/task-card.ts'
import { bulkRetryModal } from '../../views/modals/bulk-retry-modal.ts'
import { closeDebtModal, handOverDebtModal } from '../../views/modals/debt-modals.ts'
import { editModal } from '../../views/modals/edit-modal.ts'
import { restartModal } from '../../views/modals/restart-modal.ts'
import { expectMessage, expectView, pressable, wordsOf } from './drawn.ts'
import { approval, approvalStates, subjectOf, task, taskStates } from './sample-asks.ts'
import { ctx, entryId, key, minutes, outline, policy, runId, sampleRun, T0, tim } from './sample-run.ts'
import { runStates, runWith, stepStates } from './sample-states.ts'

/** Longer than anything that Slack takes whole, with what it would read as markup. */
const LONG = '<!channel> *Ünïcödé* & _more_ '.repeat(60)

const about = { step: key('github-org'), stepVersion: 1 }
const decisions: Proposable[] = [
  { kind: 'retry', ...about, provenAbsent: false },
  { kind: 'retry', ...about, provenAbsent: true },
  { kind: 'edit', ...about, input: {}, reason: LONG },
  { kind: 'skip', ...about, reason: LONG },
  { kind: 'mark-done', ...about, reason: LONG, output: {} },
]
const ofRun: Proposable[] = [
  { kind: 'cancel', reason: LONG },
  { kind: 'restart', reason: LONG, input: {} },
]
const proposed = (decision: Proposable): Proposal => ({
  ...{ id: entryId(900), by: tim, at: minutes(11), expiresAt: minutes(60), decision },
})
const withProposal = (run: Run, decision: Proposable): Run => ({ ...run, proposals: [proposed(decision)] })

const skip: Proposable = { kind: 'skip', ...about, reason: 'She has one.' }

describe('what somebody proposed for a second person', () => {
  const ask = (step: Step, decision: Proposable) => {
    const subject = subjectOf(step)
    const shown = { ...subject, run: withProposal(subject.run, decision) }
    return step.wait?.kind === 'approval' ? approvalCard(shown, approval, ctx) : taskCard(shown, task, ctx)
  }

  test('stands on the card of a task with its reason, to be confirmed or withdrawn', () => {
    const card = ask(taskStates.asked as Step, skip)
    expect(wordsOf(card.blocks)).toMatch(/Waits for a second person.*proposes to skip this step.*She has one\./s)
    expect(card.text).toContain('proposes to skip this step')
    expect(pressable(card.blocks).slice(0, 5)).toEqual(['Confirm', 'Withdraw', 'Done…', 'Hand over…', 'Skip…'])
  })

  test('has the one button that stands out on its card', () => {
    const run = withProposal(runWith(stepStates.failed as Step), skip)
    const step = run.steps.find((each) => each.status === 'failed') as Step
    const ofWhole = withProposal(runWith(stepStates.failed as Step), { kind: 'cancel', reason: 'She withdrew.' })
    const heldBack = { since: minutes(5), code: 'rules-gone' as const, message: 'x', version: 2, shape: 'x' }
    const cards = [
      ask(taskStates.asked as Step, skip),
      ask(approvalStates.asked as Step, skip),
      failureCard({ run, step, outline, policy, rules: { today: 9 } }, ctx),
      heldCard({ ...ofWhole, status: 'held', heldBack }, outline, ctx),
      runCard(
        { ...ofWhole, paused: { by: tim, at: minutes(2), until: null, reason: 'x', entry: entryId(901) } },
        outline,
        ctx,
      ),
    ]
    for (const { blocks } of cards) {
      const buttons = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []))
      const standOut = buttons.filter((each) => each.type === 'button' && each.style === 'primary')
      expect(standOut.map(wordsOf)).toEqual(['Confirm'])
    }
  })

  test('stands on no card of something that is settled', () => {
    for (const name of ['done', 'skipped', 'cancelled']) {
      expect(pressable(ask(taskStates[name] as Step, skip).blocks)).toEqual([])
    }
  })

  test.each(Object.entries({ ...approvalStates, ...taskStates }))(
    'fits on the card of what is asked: %s',
    (_, step) => {
      for (const decision of decisions) expectMessage(ask(step, decision))
    },
  )

  test.each(Object.entries(stepStates))('fits on the card of a step: %s', (_, step) => {
    for (const decision of decisions) {
      const run = withProposal(runWith(step), decision)
      expectMessage(failureCard({ run, step, outline, policy, rules: { today: 9 } }, ctx))
    }
  })

  test.each(Object.entries(runStates))('fits on the card of a run: %s', (_, run) => {
    for (const decision of ofRun) expectMessage(runCard(withProposal(run, decision), outline, ctx))
  })
})

describe('the card of a run that is held back', () => {
  const codes: HeldBack['code'][] = ['definition-changed', 'workflow-gone', 'rules-gone']
  test.each(codes)('fits, whatever the run is like: %s', (code) => {
    for (const run of Object.values(runStates)) {
      const heldBack = { since: minutes(5), code, message: LONG, version: 2, shape: 'x' }
      const held: Run = { ...run, status: 'held', heldBack, subject: { ...run.subject, label: LONG } }
      expectMessage(heldCard(held, outline, ctx))
      for (const decision of ofRun) expectMessage(heldCard(withProposal(held, decision), outline, ctx))
      expectMessage(heldCard({ ...run, heldBack: null }, outline, ctx))
    }
  })
})

describe('what is owed', () => {
  const debt = { step: key('github-org'), owner: tim, due: minutes(60), reason: LONG }
  const run = { ...runWith(stepStates.skipped as Step), subject: { ...sampleRun([]).subject, label: LONG } }
  const shown = { run, debt, outline: { ...outline, title: LONG } }

  test('fits in its list and in its windows', () => {
    for (const many of [0, 1, 12, 200]) expectMessage(debtList(Array(many).fill(shown), ctx))
    expectView(closeDebtModal(shown, ctx))
    expectView(handOverDebtModal(shown, ctx))
  })
})

describe('the windows of a decision', () => {
  const schema = z.object({ name: z.string().meta({ title: LONG }), role: z.enum(['a', 'b']), urgent: z.boolean() })
  test.each(Object.entries(stepStates))('fit: %s', (_, step) => {
    const run = { ...runWith(step), input: { name: LONG, role: 'a', urgent: true } }
    expectView(editModal({ run, step, outline }, schema))
    expectView(restartModal({ run, outline, schema, version: 2, rules: 9 }))
  })
})

describe('a bulk retry', () => {
  const id = '01932c00-0000-7000-8000-0000000000aa'
  const bulk = (outcomes: readonly BulkOutcome[], parts: Partial<Bulk> = {}): Bulk =>
    Bulk.parse({
      ...{
        id,
        team: sampleRun([]).team,
        version: 3,
        status: 'running',
        name: 'GitHub outage',
        filter: 'service:github',
      },
      ...{ by: tim, perMinute: 20, since: T0, nextAt: T0, leftOut: 2, stopped: null, endedAt: null },
      members: outcomes.map((outcome) => ({ run: runId, workflow: 'a', step: 'github-org', version: 1, outcome })),
      ...parts,
    })
  const many = (amount: number, outcome: BulkOutcome): BulkOutcome[] => Array<BulkOutcome>(amount).fill(outcome)
  const run = runWith(stepStates.failed as Step)
  const runs = [{ run: { ...run, subject: { ...run.subject, label: LONG } }, outline }]

  test('tells how far it is and what did not go well, in its words and in its text', () => {
    const outcomes = [
      ...many(32, 'succeeded'),
      ...many(2, 'failed-again'),
      ...many(3, 'decided'),
      ...many(43, 'waiting'),
    ]
    const card = bulkCard({ bulk: bulk(outcomes), runs }, ctx)
    for (const words of [wordsOf(card.blocks), card.text]) {
      expect(words).toContain('Bulk retry “GitHub outage”: 34 of 80 retried')
      expect(words).toContain('34 of 80 retried, 2 failed again, 3 were decided by others. 32 succeeded')
      expect(words).toContain('43 still to be retried')
      expect(words).toContain('2 steps left out')
    }
    expect(pressable(card.blocks)).toEqual(['Stop'])
  })

  test('has no Stop when all had their turn', () => {
    for (const outcome of BulkOutcome.options.filter((each) => each !== 'waiting')) {
      expect(pressable(bulkCard({ bulk: bulk([outcome]), runs }, ctx).blocks)).toEqual([])
    }
  })

  test('fits, whatever came of hundreds', () => {
    const all = bulk(
      BulkOutcome.options.flatMap((outcome) => many(60, outcome)),
      { name: LONG, filter: LONG },
    )
    for (const shown of [
      all,
      { ...all, status: 'ended', endedAt: minutes(90), stopped: { by: tim, at: minutes(9) } } as Bulk,
    ]) {
      expectMessage(bulkCard({ bulk: shown, runs }, ctx))
      expectMessage(bulkCard({ bulk: shown, runs: [] }, ctx))
      expectMessage(bulkList(Array(10).fill(shown), ctx))
      expectMessage(bulkOver(shown))
    }
    expectMessage(draftGone())
  })

  test('fits in its window, with every state of a step', () => {
    const retries = Object.values(stepStates).map((step) => ({ ...runs[0], run: runWith(step), outline, step }))
    const preview = {
      members: Array(20).fill(retries).flat(),
      asking: Array(20).fill(retries).flat(),
      askingCount: 9_000,
      more: 9,
      held: 1,
      notAllowed: 3,
    }
    expectView(bulkRetryModal({ ...preview, id: bulk([]).id, filter: LONG }))
    expectView(
      bulkRetryModal({
        members: retries.slice(0, 1),
        asking: [],
        askingCount: 0,
        more: 0,
        held: 2,
        notAllowed: 0,
        id: bulk([]).id,
        filter: '',
      }),
    )
    expectMessage(nothingToRetry({ ...preview, members: [] }, ['service:github', 'since:2h']))
  })
})
