import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { HistoryLine } from '../../src/domain/history-line.ts'
import type { Step } from '../../src/domain/run.ts'
import { needsYou } from '../../views/answers/needs-you.ts'
import { notAskedHere } from '../../views/answers/not-asked.ts'
import { allOf } from '../../views/answers/some-of.ts'
import { statusAnswer } from '../../views/answers/status-answer.ts'
import { waitsAnswer } from '../../views/answers/waits-answer.ts'
import { whenAnswer } from '../../views/answers/when-answer.ts'
import { approvalCard } from '../../views/cards/approval-card.ts'
import { nudge } from '../../views/cards/nudge.ts'
import { runCard } from '../../views/cards/run-card.ts'
import { taskCard } from '../../views/cards/task-card.ts'
import { EVERYTHING } from '../../views/home/home-filter.ts'
import { homeView } from '../../views/home/home-view.ts'
import { decodeStepRef } from '../../views/references.ts'
import { elementTypes, expectMessage, expectView, pressable, wordsOf } from './drawn.ts'
import { approval, approvalStates, mentions, runOf, subjectOf, task, taskStates, timeStep } from './sample-asks.ts'
import { base, ctx, done, key, minutes, olga, outline, runId, tim } from './sample-run.ts'

const state = (states: Record<string, Step>, name: string): Step => states[name] ?? done('github-org')
const approvalOf = (name: string) => approvalCard(subjectOf(state(approvalStates, name)), waitOf(name), ctx)
const waitOf = (name: string) => {
  const { wait } = state(approvalStates, name)
  return wait?.kind === 'approval' ? wait : approval
}
const taskOf = (name: string) => {
  const step = state(taskStates, name)
  return taskCard(subjectOf(step), step.wait?.kind === 'task' ? step.wait : task, ctx)
}

/** When whoever is asked can be reminded. */
const LATER = ['⋯ 🔔 Remind me in 2 hours', '⋯ 🔔 Remind me tomorrow at 9', '⋯ 🔔 Remind me on Monday at 9']

describe('the card of an approval', () => {
  const cases: [string, string[]][] = [
    [
      'asked',
      [
        'Approval needed: GitHub membership',
        'Asked for by Olga Ops',
        'What? Laptop',
        'Manager: Tim Teammate',
        'Needed on: 30 November 2026',
        'Urgent: Yes',
        'Who decides',
        'or ann@acme.example. 0 of 2 approvals so far.',
        'Nobody approves what they have started themselves',
        'If it is not decided by',
        'it counts as refused',
        'Managers may decide too',
      ],
    ],
    ['half', ['1 of 2 approvals so far', 'Approved by Tim Teammate at 10:12 UTC']],
    [
      'away',
      [
        'Asked of Mona Manager while Tim Teammate is away until',
        '(by the rules). Tim Teammate may still answer.',
        'is back; Mona Manager, asked meanwhile, may still answer',
        'Approved by Olga Ops in the place of Tim Teammate',
      ],
    ],
    ['outOfReach', ['Too many of those who may decide are away or gone']],
    ['handedOver', ['Handed over by Tim Teammate to Olga Ops at 10:12 UTC: I am away.']],
    ['endless', ['0 of 1 approval so far']],
    ['escalated', ['Ticket OPS-12']],
    ['approved', ['Approved: GitHub membership', 'by 2 people: ✅ Approved by Tim Teammate', 'How it ended']],
    ['passed', ['Passed without an answer', 'as the rules say']],
    ['refused', ['Refused: GitHub membership', 'Refused by Tim Teammate at 10:13 UTC: There is a spare one.']],
    ['expired', ['Not approved in time', 'Counted as refused', 'Not enough people answered in time.']],
    ['cancelled', ['No longer needed', 'The run was cancelled']],
  ]

  test.each(cases)('says what matters when %s, in a message that Slack takes', (name, words) => {
    const card = approvalOf(name)
    expectMessage(card)
    for (const word of words) expect(wordsOf(card.blocks)).toContain(word)
    expect(card.text).toContain('Jane Doe')
  })

  test('knows every state that there is a sample of', () => {
    expect(cases.map(([name]) => name).sort()).toEqual(Object.keys(approvalStates).sort())
  })

  test('can be pressed while it is open and by the version it was drawn for, and not any more after', () => {
    const card = approvalOf('half')
    expect(pressable(card.blocks)).toEqual(['Approve', 'Refuse…', 'Hand over…', ...LATER])
    const buttons = card.blocks.find((block) => block.type === 'actions')
    const [first] = buttons?.type === 'actions' ? buttons.elements : []
    const value = first?.type === 'button' ? first.value : null
    expect(decodeStepRef(value)).toEqual({ run: runId, step: 'github-org', version: 3 })
    for (const name of ['approved', 'passed', 'refused', 'expired', 'cancelled']) {
      expect(pressable(approvalOf(name).blocks)).toEqual([])
    }
  })

  test('mentions each who is asked once, while it is open, in its blocks as in its text', () => {
    const open = approvalOf('asked')
    expect(elementTypes(open.blocks).filter((type) => type.startsWith('user'))).toEqual(['user', 'usergroup'])
    expect(open.text).toContain('<@U0TIM>, <!subteam^S0OPS> or ann@acme.example')
    expect(elementTypes(approvalOf('approved').blocks)).not.toContain('user')
  })

  test('does not leave a form’s many and long fields out in silence, nor break for them', () => {
    const fields = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`field${at}`, z.string()]))
    const values = Object.fromEntries(Object.keys(fields).map((name) => [name, '<!channel> '.repeat(100)]))
    const subject = subjectOf(state(approvalStates, 'asked'))
    const card = approvalCard(
      { ...subject, input: z.object(fields), run: { ...subject.run, input: values } },
      approval,
      ctx,
    )
    expectMessage(card)
    expect(wordsOf(card.blocks)).toContain('and 20 more')
    expect(card.text).not.toContain('<!channel>')
  })
})

describe('the card of a task', () => {
  const cases: [string, string[]][] = [
    ['asked', ['To do: GitHub membership', 'Order a laptop for Jane Doe.', 'What? Laptop', 'Who does it', ', by ']],
    ['overdue', ['Overdue: GitHub membership', 'It was due']],
    ['away', ['while Tim Teammate is not in the workspace any more']],
    ['outOfReach', ['All who are asked are away or gone']],
    ['endless', ['Who does it']],
    ['handedOver', ['Handed over by Tim Teammate to Olga Ops']],
    ['done', ['Done: GitHub membership', 'Done by Tim Teammate at 10:13 UTC', 'Order number: A-77']],
    ['skipped', ['Skipped: GitHub membership', 'She has one.', 'Still owed by Tim Teammate']],
    ['cancelled', ['No longer needed', 'The run was cancelled']],
  ]

  test.each(cases)('says what matters when %s, in a message that Slack takes', (name, words) => {
    const card = taskOf(name)
    expectMessage(card)
    for (const word of words) expect(wordsOf(card.blocks)).toContain(word)
  })

  test('knows every state that there is a sample of, and offers just what can be done', () => {
    expect(cases.map(([name]) => name).sort()).toEqual(Object.keys(taskStates).sort())
    expect(pressable(taskOf('overdue').blocks)).toEqual(['Done…', 'Hand over…', 'Skip…', ...LATER])
    for (const name of ['done', 'skipped', 'cancelled']) expect(pressable(taskOf(name).blocks)).toEqual([])
  })
})

describe('a line that mentions people', () => {
  const line = (kind: HistoryLine['kind'], parts: Partial<HistoryLine> = {}): HistoryLine => ({
    at: minutes(24 * 60),
    kind,
    step: key('github-org'),
    by: tim,
    text: null,
    ...parts,
  })
  const drawn = (step: Step, about: HistoryLine) => nudge(about, { run: runOf(step), outline, asked: mentions }, ctx)

  test.each([
    ['reminded', 'GitHub membership has been waiting for you for 1 day. It can be decided until'],
    ['widened', 'nobody has decided on GitHub membership for 1 day, so that you may now too.'],
    ['delegate', 'Tim Teammate hands the decision on GitHub membership over to you: away.'],
  ] as const)('tells of %s', (kind, words) => {
    const drawing = drawn(
      state(approvalStates, 'asked'),
      line(kind, kind === 'delegate' ? { to: olga, text: 'away' } : {}),
    )
    if (!drawing) throw new Error('nothing is drawn')
    expectMessage(drawing)
    expect(wordsOf(drawing.blocks)).toContain(words)
    expect(elementTypes(drawing.blocks).filter((type) => type === 'user')).toHaveLength(1)
  })

  test.each([
    ['overdue', 'GitHub membership is overdue.'],
    ['reassign', 'Tim Teammate hands GitHub membership over to you.'],
    ['reminded', 'Due '],
  ] as const)('tells of a task that is %s', (kind, words) => {
    const step = state(taskStates, kind === 'overdue' ? 'overdue' : 'asked')
    expect(wordsOf(drawn(step, line(kind))?.blocks)).toContain(words)
  })

  test('is not drawn for what is settled: nobody is called for nothing', () => {
    expect(drawn(state(approvalStates, 'approved'), line('reminded'))).toBeNull()
  })
})

const NO_RUNS = { runs: 0, medianMs: null }

describe('a run that waits', () => {
  const shown = (step: Step) => wordsOf(runCard(runOf(step), outline, ctx).blocks)

  test.each([
    [state(approvalStates, 'half'), 'waits for Ops or ann@acme.example: 1 of 2 approvals, asked at 10:00 UTC'],
    [state(approvalStates, 'handedOver'), 'waits for Olga Ops, Ops or ann@acme.example'],
    [state(taskStates, 'asked'), 'is to be done by Tim Teammate, Ops or ann@acme.example, due'],
    [state(taskStates, 'overdue'), 'overdue since'],
    [timeStep, 'waits until'],
    [state(approvalStates, 'refused'), 'refused by Tim Teammate at 10:13 UTC: There is a spare one.'],
    [state(approvalStates, 'expired'), 'not given at 10:13 UTC'],
    [state(approvalStates, 'approved'), 'approved by Tim Teammate and Olga Ops'],
    [state(approvalStates, 'passed'), 'passed at 10:13 UTC, as the rules say'],
    [state(taskStates, 'done'), 'done by Tim Teammate at 10:13 UTC'],
  ])('says for whom or until when: %#', (step, words) => {
    expectMessage(runCard(runOf(step), outline, ctx))
    expect(shown(step)).toContain(words)
  })

  test('names the refusal at every step that does not happen for it', () => {
    const behind: Step = { ...base('team-access'), status: 'not-needed', at: minutes(13), because: key('github-org') }
    const run = runOf(state(approvalStates, 'refused'))
    const steps = run.steps.map((step) => (step.key === behind.key ? behind : step))
    expect(wordsOf(runCard({ ...run, steps }, outline, ctx).blocks)).toContain(
      'not done: GitHub membership was refused',
    )
  })

  test('tells whoever asks whom it waits for', () => {
    const run = runOf(state(approvalStates, 'asked'))
    const answer = statusAnswer({ asked: 'Jane', found: [{ run, outline }] }, ctx)
    expectMessage(answer)
    expect(wordsOf(answer.blocks)).toContain('GitHub membership · waits for Tim Teammate')
    const told = [answer, waitsAnswer({ run, outline }, ctx), whenAnswer({ run, outline }, NO_RUNS, ctx)]
    for (const words of told.flatMap(({ blocks, text }) => [wordsOf(blocks), text])) {
      expect(words.split('waits for Tim Teammate')).toHaveLength(2)
    }
  })
})

describe('what needs somebody', () => {
  const asks = [state(approvalStates, 'asked'), state(taskStates, 'asked')].map((step, version) => ({
    run: runOf(step),
    outline,
    step: { ...step, version },
  }))

  test('stands in the App Home with its buttons, and is counted', () => {
    const model = {
      needsYou: allOf([]),
      asks,
      stuck: allOf([]),
      inFlight: allOf([]),
      canStart: [],
      services: [],
      filter: EVERYTHING,
      held: [],
      due: [],
      workflows: [],
    }
    const finishedThisWeek = { count: 3, medianMs: 1_000, succeeded: 1, refused: 2 }
    const home = homeView({ ...model, finishedThisWeek }, ctx)
    expectView(home)
    expect(wordsOf(home.blocks)).toContain('Needs you: 2 decisions')
    expect(wordsOf(home.blocks)).toContain('100% succeeded (1 of 1). 2 were refused.')
    expect(pressable(home.blocks)).toEqual([
      'Approve',
      'Refuse…',
      'Hand over…',
      ...LATER,
      'Done…',
      'Hand over…',
      'Skip…',
      ...LATER,
      'I am away…',
    ])
    const many = Array.from({ length: 60 }, (_, at) =>
      asks.map((ask) => ({ ...ask, step: { ...ask.step, version: 10 * at + ask.step.version } })),
    ).flat()
    expectView({ ...homeView({ ...model, asks: many.slice(0, 1), finishedThisWeek }, ctx) })
    expect(wordsOf(homeView({ ...model, asks: many, finishedThisWeek }, ctx).blocks)).toContain('and 114 more')
  })

  test('is answered to whoever asks', () => {
    const answer = needsYou({ asks, blocked: allOf([]) }, ctx)
    expectMessage(answer)
    expect(wordsOf(answer.blocks)).toContain('2 things wait for your answer.')
    expect(wordsOf(needsYou({ asks: [], blocked: allOf([]) }, ctx).blocks)).toContain('Nothing needs you')
  })

  test.each([
    ['not-asked', 'Tim Teammate, Ops or ann@acme.example may answer'],
    ['own-run', 'what you have started or changed yourself'],
    ['approved-already', 'There are 0 of 2 approvals so far'],
    ['handed-over', 'You have handed this over'],
  ] as const)('is refused with who may: %s', (standing, words) => {
    const step = state(approvalStates, 'asked')
    const drawing = notAskedHere({ run: runOf(step), step }, standing, ctx)
    expectMessage(drawing)
    expect(wordsOf(drawing.blocks)).toContain(words)
  })
})
