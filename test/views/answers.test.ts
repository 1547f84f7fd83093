import { describe, expect, test } from 'vitest'
import { type DueThing, dueThings } from '../../src/domain/due-things.ts'
import type { Decision, Run } from '../../src/domain/run.ts'
import { auditDetailsModal } from '../../views/answers/audit-details-modal.ts'
import { type AuditPage, auditPage, badAuditQuery, ENTRIES_A_PAGE } from '../../views/answers/audit-page.ts'
import { help, unknownCommand } from '../../views/answers/help.ts'
import {
  alreadyStarted,
  buttonForgotten,
  foreignWorkspace,
  guestRefused,
  noSuchRun,
  notAllowed,
  refused,
  started,
  subjectBusy,
  tooLate,
  wentWrong,
} from '../../views/answers/private.ts'
import { allOf } from '../../views/answers/some-of.ts'
import { statusAnswer } from '../../views/answers/status-answer.ts'
import { whichRun } from '../../views/answers/which-run.ts'
import type { Drawing } from '../../views/drawing.ts'
import { EVERYTHING } from '../../views/home/home-filter.ts'
import { type HomeModel, homeView } from '../../views/home/home-view.ts'
import { decodeAuditRef } from '../../views/references.ts'
import { expectMessage, expectView, pressable, setOff, wordsOf } from './drawn.ts'
import { answered, entry, intended } from './sample-entries.ts'
import { ctx, decision, entryId, olga, outline, runId, sampleRun } from './sample-run.ts'
import { runStates } from './sample-states.ts'

const runs = Object.values(runStates).map((run) => ({ run, outline }))
const named = (name: string): Run => runStates[name] ?? sampleRun([])

function expectWords(drawing: Drawing, ...words: string[]): void {
  expectMessage(drawing)
  for (const word of words) expect(wordsOf(drawing.blocks)).toContain(word)
}

describe('the answer to “how is it going?”', () => {
  const ask = (found: typeof runs) => statusAnswer({ asked: 'Jane', found }, ctx)

  test('shows one run in detail, with what it waits for and where that is known from', () => {
    expectWords(
      ask([{ run: named('failed'), outline }]),
      'Needs somebody',
      'What it waits for',
      'GitHub membership failed at 10:10 UTC: somebody has to retry, skip or escalate it',
      'done in 1.2 s',
      'run 3f9a2b1c',
    )
    expectWords(ask([{ run: named('unknown'), outline }]), 'somebody has to look and decide')
    expectWords(ask([{ run: named('retrying'), outline }]), 'retrying at 10:05 UTC')
    expectWords(ask([{ run: named('owed'), outline }]), 'Still owed', 'Tim Teammate')
  })

  test('is a message that Slack takes for every run, and for many', () => {
    for (const each of runs) expectMessage(ask([each]))
    const many = ask([...runs, ...runs, ...runs])
    expectWords(many, '27 runs match “Jane”', 'And 17 older ones')
    expect(pressable(many.blocks)).toEqual(Array(10).fill('Show'))
  })

  test('asks back with a button each when several could be meant, or none', () => {
    const question = { kind: 'why', deed: null } as const
    const near = whichRun({ asked: 'Jame', question, candidates: runs.slice(0, 2), found: false })
    expectWords(near, 'Nothing is known about “Jame”', 'Did you mean')
    expect(pressable(near.blocks)).toHaveLength(2)
    expectWords(whichRun({ asked: '', question, candidates: runs.slice(0, 9), found: true }), 'Which one do you mean?')
    expectWords(whichRun({ asked: 'Jame', question, candidates: [], found: false }), 'Ask with a name')
  })
})

describe('a page of the ledger', () => {
  const page = (parts: Partial<AuditPage> = {}): AuditPage => ({
    query: 'service:github',
    entries: Array.from({ length: ENTRIES_A_PAGE }, (_, at) => entry(at + 1)),
    outlines: new Map([[runId, outline]]),
    before: null,
    next: entryId(1),
    complete: true,
    leavesOutLooks: false,
    ...parts,
  })
  const pageOf = (drawing: Drawing, text: string): unknown => {
    const found = drawing.blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []))
    const button = found.find((each) => each.type === 'button' && each.text.text === text)
    return button?.type === 'button' ? decodeAuditRef(button.value) : undefined
  }

  test('tells each entry’s time, call, answer, cause and step, with a button for details', () => {
    const drawing = auditPage(page(), ctx)
    expectWords(
      drawing,
      'GitHub org-invitation.create · 201 · 412 ms',
      'by Purser · GitHub membership',
      'service:github',
    )
    expect(pressable(drawing.blocks).filter((text) => text === 'Details')).toHaveLength(ENTRIES_A_PAGE)
    expect(drawing.text).toContain('412 ms')
  })

  test('names people behind clicks and decisions', () => {
    const clicked = entry(1, { kind: 'decision.retry', actor: 'slack:T0ACME000/U0TIM', try: 2 })
    expectWords(auditPage(page({ entries: [clicked] }), ctx), 'Retry decided', 'by Tim Teammate', 'try 2')
    const gone = auditPage(page({ outlines: new Map() }), ctx)
    expectWords(gone, 'by Purser · step github-org')
    const odd = entry(1, { actor: 'somebody else' })
    expectWords(auditPage(page({ entries: [odd] }), ctx), 'by somebody else')
  })

  test('goes on to older entries and back to the newest', () => {
    const first = auditPage(page(), ctx)
    expect(pageOf(first, 'Older ▸')).toEqual({ query: 'service:github', before: entryId(1) })
    expect(pageOf(first, '◂ Newest')).toBeUndefined()
    const last = auditPage(page({ before: entryId(9), next: null }), ctx)
    expect(pageOf(last, '◂ Newest')).toEqual({ query: 'service:github', before: null })
    expect(pageOf(last, 'Older ▸')).toBeUndefined()
    expectWords(last, 'there are none before these')
  })

  test('says when nothing matches, when the search was cut short, and when the query cannot travel', () => {
    expectWords(auditPage(page({ entries: [], next: null }), ctx), 'No entry matches')
    expectWords(auditPage(page({ entries: [], complete: false }), ctx), 'Nothing found so far', 'Older goes on')
    expectWords(auditPage(page({ query: 'x'.repeat(3_000) }), ctx), 'too long to turn its pages')
  })

  test('points at the mistake in a query', () => {
    const query = 'jane servce:github since:24h'
    const drawing = badAuditQuery({
      query,
      at: 5,
      length: 6,
      message: 'No key “servce”: did you mean service?',
      example: 'service:github',
    })
    expectWords(drawing, 'did you mean service?', '/audit service:github')
    expect(wordsOf(drawing.blocks[1])).toBe('/audit jane servce:github since:24h')
    expect(setOff(drawing.blocks)).toEqual(['servce'])
  })

  test('points at the mistake also far inside a long query, and at its end', () => {
    const query = `${'word '.repeat(100)}servce:github${' word'.repeat(100)}`
    expect(setOff(badAuditQuery({ query, at: 500, length: 6, message: 'm', example: 'e' }).blocks)).toEqual(['servce'])
    expect(setOff(badAuditQuery({ query: 'a:', at: 2, length: 0, message: 'm', example: 'e' }).blocks)).toEqual(['?'])
    expectMessage(badAuditQuery({ query: '', at: 0, length: 0, message: 'm', example: 'e' }))
  })
})

describe('an entry’s details', () => {
  test('show request and answer in their order, the numbers, and what hidden means', () => {
    const view = auditDetailsModal(answered, intended, ctx)
    expectView(view)
    const said = wordsOf(view.blocks)
    expect(said.indexOf('"role": "direct_member"')).toBeGreaterThan(-1)
    expect(said.indexOf('"login": "jane"')).toBeGreaterThan(said.indexOf('"role": "direct_member"'))
    for (const word of [
      'marks a secret',
      'c2hhMjU2',
      'POST https://api.github.com/orgs/{org}/invitations',
      'github.org-invitation.create/0',
    ]) {
      expect(said).toContain(word)
    }
  })

  test('stand beside each other, cut to a column, and no backtick ends the fixed width', () => {
    const long = { text: `\`\`\` <!channel> ${'x'.repeat(10_000)}` }
    const both = auditDetailsModal(
      { ...answered, body: { kind: 'open', body: { body: long } } },
      { ...intended, body: { kind: 'open', body: { body: { login: 'jane' } } } },
      ctx,
    )
    expectView(both)
    const sections = both.blocks as { fields?: { text: string }[] }[]
    const columns = sections.find(({ fields }) => fields)?.fields
    expect(columns?.[1]?.text.match(/```/g)).toHaveLength(2)
    expect(columns?.[1]?.text).toContain('&lt;!channel&gt;')
    expect(columns?.[1]?.text).toContain('the file holds all of it')
  })

  test('say when contents were erased, and when there are none', () => {
    const erased = auditDetailsModal({ ...answered, body: { kind: 'erased' } }, null, ctx)
    expectView(erased)
    expect(wordsOf(erased.blocks)).toContain('erased with the person')
    const none = auditDetailsModal({ ...answered, body: { kind: 'none' } }, null, ctx)
    expect(wordsOf(none.blocks)).toContain('no contents')
    expect(wordsOf(none.blocks)).not.toContain('marks a secret')
  })

  test('are cut to what a view takes', () => {
    const body = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`part${at}`, { text: 'é'.repeat(20_000) }]))
    const view = auditDetailsModal({ core: entry(1), body: { kind: 'open', body } }, null, ctx)
    expectView(view)
    expect(wordsOf(view.blocks)).toContain('42 more parts')
  })
})

describe('answers to one person', () => {
  const first: Decision = decision('retry')
  test.each<[string, Drawing, string[]]>([
    [
      'not allowed',
      notAllowed({ what: 'skip a step of Employee onboarding', who: 'Ops or Teammates' }),
      ['You may not skip', 'Ops or Teammates may.'],
    ],
    [
      'too late after a person',
      tooLate({ run: named('failed'), by: first, status: 'running' }, ctx),
      ['Tim Teammate retried it at', 'It is now running', 'Jane Doe'],
    ],
    [
      'too late after a machine',
      tooLate({ run: named('failed'), by: null, status: 'backing-off' }, ctx),
      ['moved on since', 'being retried by itself'],
    ],
    ['refused', refused({ message: 'No such step.', hint: 'Open it with /process.' }), ['No such step.', 'Open it']],
    ['a button of former times', buttonForgotten(), ['button']],
    ['another workspace', foreignWorkspace(), ['another workspace']],
    ['a guest', guestRefused(), ['Guests may not']],
    ['no such run', noSuchRun('abc'), ['No such run is known: abc']],
    ['an error of ours', wentWrong('k3f9'), ['k3f9', 'nothing you typed is at fault']],
    ['started', started(named('begun'), '#onboarding', ctx), ['Started for Jane Doe', '#onboarding']],
    ['already started', alreadyStarted(named('begun')), ['Nothing was done twice']],
    [
      'busy',
      subjectBusy({ run: named('begun'), startedBy: olga }, ctx),
      ['is not finished yet', 'Olga Ops', '/process 3f9a2b1c'],
    ],
  ])('are clear: %s', (_name, drawing, words) => {
    expectWords(drawing, ...words)
  })

  test('help shows only what one may do', () => {
    const all = help({
      mayStart: ['Employee onboarding'],
      maySee: true,
      mayAudit: true,
      mayRetry: true,
      mayPause: true,
    })
    expectWords(all, '/run', '/process', '/audit', 'what is stuck?')
    const few = help({ mayStart: [], maySee: true, mayAudit: false, mayRetry: false, mayPause: false })
    expectMessage(few)
    expect(wordsOf(few.blocks)).not.toMatch(/\/audit|\/run/)
    expectWords(
      unknownCommand('dance', { mayStart: [], maySee: false, mayAudit: false, mayRetry: false, mayPause: false }),
      'There is no “dance”',
      '/purser',
    )
  })
})

describe('the App Home', () => {
  const model: HomeModel = {
    needsYou: allOf([{ run: named('failed'), outline }]),
    stuck: allOf([{ run: named('unknown'), outline }]),
    inFlight: allOf([{ run: named('begun'), outline }]),
    asks: [],
    finishedThisWeek: { count: 12, medianMs: 200_000, succeeded: 11, refused: 0 },
    canStart: [
      { name: 'employee-onboarding', title: 'Employee onboarding' },
      { name: 'claim', title: 'Claim' },
    ],
    services: [
      { service: 'github', title: 'GitHub', state: 'down', detail: '503 since 10:01', at: 1_793_610_000_000, runs: [] },
      { service: 'gusto', title: 'Gusto', state: 'up', detail: null, at: 1_793_610_000_000, runs: [] },
    ],
    filter: EVERYTHING,
    ...{ held: [], due: [] },
    workflows: [{ name: 'employee-onboarding', title: 'Employee onboarding' }],
  }

  test('shows what needs me, what is stuck, what is under way, and the week', () => {
    const view = homeView(model, ctx)
    expectView(view)
    const said = wordsOf(view.blocks)
    for (const word of [
      'Needs you: 1 decision',
      'Stuck, with others',
      '2 of 5 steps finished',
      '12 runs finished, half of them within 3 min 20 s',
      '92% succeeded',
      'GitHub · 🔴 down: 503',
    ]) {
      expect(said).toContain(word)
    }
    expect(pressable(view.blocks).slice(0, 2)).toEqual(['Employee onboarding', 'Claim'])
  })

  test('is calm when there is nothing, and stays within a view when there is very much', () => {
    const empty = homeView(
      {
        needsYou: allOf([]),
        stuck: allOf([]),
        inFlight: allOf([]),
        asks: [],
        finishedThisWeek: { count: 0, medianMs: null, succeeded: 0, refused: 0 },
        canStart: [],
        services: [],
        filter: EVERYTHING,
        ...{ held: [], due: [] },
        workflows: [],
      },
      ctx,
    )
    expectView(empty)
    expect(wordsOf(empty.blocks)).toContain('Nothing needs you right now')
    const some = { run: named('failed'), outline }
    const many = { first: Array(8).fill(some), count: 60 }
    const starts = Array.from({ length: 40 }, (_, at) => ({ name: `w-${at}`, title: `Workflow ${at}` }))
    const late = { run: named('owed'), outline, thing: dueThings(named('owed'))[0] as DueThing }
    const full = homeView(
      { ...model, needsYou: many, stuck: many, inFlight: many, canStart: starts, due: Array(40).fill(late) },
      ctx,
    )
    expectView(full)
    expect(wordsOf(full.blocks)).toContain('and 52 more')
  })
})
