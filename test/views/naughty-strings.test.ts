import { describe, expect, test } from 'vitest'
import { dueThings } from '../../src/domain/due-things.ts'
import type { Decision, Run, Step } from '../../src/domain/run.ts'
import { auditDetailsModal } from '../../views/answers/audit-details-modal.ts'
import { auditPage, badAuditQuery } from '../../views/answers/audit-page.ts'
import { didAnswer } from '../../views/answers/did-answer.ts'
import { dueList } from '../../views/answers/due-list.ts'
import { unknownCommand } from '../../views/answers/help.ts'
import { noSuchRun, notAllowed, refused, started, subjectBusy, tooLate } from '../../views/answers/private.ts'
import { servicesAnswer } from '../../views/answers/services-answer.ts'
import { allOf } from '../../views/answers/some-of.ts'
import { type RunInAnswer, statusAnswer } from '../../views/answers/status-answer.ts'
import { tallyAnswer } from '../../views/answers/tally-answer.ts'
import { waitsAnswer } from '../../views/answers/waits-answer.ts'
import { whenAnswer } from '../../views/answers/when-answer.ts'
import { whichRun } from '../../views/answers/which-run.ts'
import { whoAnswer } from '../../views/answers/who-answer.ts'
import { whyAnswer } from '../../views/answers/why-answer.ts'
import { failureCard } from '../../views/cards/failure-card.ts'
import { note } from '../../views/cards/note.ts'
import { runCard } from '../../views/cards/run-card.ts'
import type { DrawContext, Drawing } from '../../views/drawing.ts'
import { homeView } from '../../views/home/home-view.ts'
import { cancelModal } from '../../views/modals/cancel-modal.ts'
import { escalateModal } from '../../views/modals/escalate-modal.ts'
import { markDoneModal } from '../../views/modals/mark-done-modal.ts'
import { loadingModal } from '../../views/modals/modal.ts'
import { runModal } from '../../views/modals/run-modal.ts'
import { skipModal } from '../../views/modals/skip-modal.ts'
import { elementTypes, expectMessage, expectView, markupIn, wordsOf } from './drawn.ts'
import { entry } from './sample-entries.ts'
import { ctx, decision, engine, key, minutes, outline, policy, tim } from './sample-run.ts'
import { runStates, runWith, stepStates } from './sample-states.ts'

const NAUGHTY: Record<string, string> = {
  long: 'The server said: '.repeat(600),
  'long, all to be escaped': '<&>'.repeat(3_500),
  'emoji joined by thousands': '👩‍👩‍👧‍👦'.repeat(1_000),
  'marks upon marks': `Z${'\u0351'.repeat(10_000)}`,
  'right to left': '‮ evil \u2067שלום\u202e gnol si siht',
  channel: '<!channel> <!here> <!everyone>',
  mention: '<@U0TIM> <#C0GENERAL> <!subteam^S0OPS>',
  link: '<https://evil.example|Click> https://evil.example http://evil.example',
  markdown: '*bold* _it_ ~no~ `code` ```block``` > quote\n• list',
  escapes: '&lt;!channel&gt; &amp;lt;',
  'nothing to see': '\u200b\u200d\ufeff\u2060',
  empty: '',
  blanks: '  \n\t ',
  'control characters': 'a\u0000b\u0007c\u001b[31md\u0085e',
  'half a character': '\ud83d and \udc00',
  json: '{"type":"section"}',
  date: '<!date^0^{date}|never>',
}

/** Every text from outside replaced by the naughty one: names, labels, messages, hints, reasons, titles, keys of tickets. */
function spoiled<T>(value: T, text: string): T {
  const OUTSIDE = new Set([
    'message',
    'hint',
    'reason',
    'text',
    'label',
    'title',
    'code',
    'operation',
    'service',
    'key_',
    'url',
  ])
  const walk = (node: unknown, name: string): unknown => {
    if (Array.isArray(node)) return node.map((each) => walk(each, name))
    if (typeof node === 'string') return OUTSIDE.has(name) ? text : node
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).map(([each, inner]) => [each, walk(inner, each)]))
  }
  return walk(value, '') as T
}

function messagesWith(text: string): Drawing[] {
  const bad: DrawContext = { ...ctx, name: () => text, service: () => text }
  const graph = spoiled(outline, text)
  const steps = Object.values(stepStates).map((step) => spoiled(step, text))
  const runs = Object.values(runStates).map((run) => spoiled(run, text))
  const first = runs[0] as Run
  const many = Array<Decision>(20).fill(spoiled(decision('retry', { reason: 'x' }), text))
  const crowded = { ...(steps[2] as Step), decisions: many }
  const core = entry(1, { operation: text, service: text, actor: text, status: 500, url: text })
  return [
    ...runs.map((run) => runCard(run, graph, bad)),
    ...[...steps, crowded].map((step) =>
      failureCard({ run: spoiled(runWith(step), text), step, outline: graph, policy }, bad),
    ),
    ...(['step-failed', 'retry', 'skip', 'cancel', 'started'] as const).map((kind) =>
      note({ at: minutes(1), kind, step: key('github-org'), by: tim, text }, { run: first, outline: graph }, bad),
    ),
    ...runs.map((run) => statusAnswer({ asked: text, found: [{ run, outline: graph }] }, bad)),
    statusAnswer({ asked: text, found: Array(30).fill({ run: runs[3], outline: graph }) }, bad),
    ...runs.flatMap((run) => answersAbout({ run, outline: graph }, bad)),
    whichRun({
      asked: text,
      question: { kind: 'why', deed: null },
      candidates: runs.slice(0, 5).map((run) => ({ run, outline: graph })),
      found: false,
    }),
    tallyAnswer({ ...TALLY, names: Array(10).fill(text), title: text }, bad),
    servicesAnswer([{ service: text, title: text, state: 'down', detail: text, at: 1, runs: [first.id] }], ALL, bad),
    servicesAnswer([], { unknown: text, all: [text, text] }, bad),
    auditPage(
      {
        query: text,
        entries: Array(30).fill(core),
        outlines: new Map([[first.id, graph]]),
        before: core.id,
        next: core.id,
        complete: true,
        leavesOutLooks: true,
      },
      bad,
    ),
    badAuditQuery({ query: text, at: Math.floor(text.length / 2), length: text.length, message: text, example: text }),
    notAllowed({ what: text, who: text }),
    refused({ message: text, hint: text }),
    noSuchRun(text),
    started(first, text, ctx),
    tooLate({ run: first, by: decision('skip'), status: text }, bad),
    subjectBusy({ run: first, startedBy: engine }, bad),
    unknownCommand(text, { mayStart: [text, text], maySee: true, mayAudit: true, mayRetry: true, mayPause: true }),
  ]
}

const TALLY = { since: 0, until: minutes(9), started: 3, ended: 3, succeeded: 1, refused: 1, medianMs: 9_000 }
const ALL = { unknown: null, all: [] }

/** What is answered about one run, whatever was asked. */
const answersAbout = (found: RunInAnswer, bad: DrawContext): Drawing[] => [
  whyAnswer(found, bad),
  waitsAnswer(found, bad),
  whenAnswer(found, { runs: 3, medianMs: 60_000 }, bad),
  ...(['start', 'approve', 'skip', 'retry', 'cancel'] as const).map((deed) =>
    whoAnswer(found, { deed, span: null }, bad),
  ),
  didAnswer([found], { since: 0, until: minutes(900) }, bad),
  didAnswer([found, found], { since: 0, until: minutes(900) }, bad),
  dueList('late', { all: dueThings(found.run).map((thing) => ({ ...found, thing })), span: null }, bad),
]

function viewsWith(text: string): { type: string; blocks: unknown }[] {
  const bad: DrawContext = { ...ctx, name: () => text, service: () => text }
  const graph = spoiled(outline, text)
  const step = spoiled(stepStates.failed as Step, text)
  const run = spoiled(runWith(step), text)
  const about = { run, step, outline: graph }
  const found = { run, outline: graph }
  const opened = {
    core: entry(1, { operation: text, facts: { note: text } }),
    body: { kind: 'open' as const, body: { [text]: text, more: { text } } },
  }
  return [
    skipModal(about, 0),
    escalateModal(about),
    markDoneModal(about, null),
    cancelModal(run, graph),
    runModal(found, bad),
    loadingModal(text),
    auditDetailsModal(opened, opened, bad),
    homeView(
      {
        needsYou: allOf(Array(30).fill(found)),
        stuck: allOf(Array(30).fill(found)),
        inFlight: allOf(Array(8).fill(found)),
        asks: [],
        finishedThisWeek: { count: 1, medianMs: 1, succeeded: 1, refused: 0 },
        canStart: Array(30).fill({ name: 'x', title: text }),
        services: Array(30).fill({ service: text, title: text, state: 'down', detail: text, runs: [] }),
        filter: { whose: 'mine', workflow: text.slice(0, 200), state: 'blocked', page: 1 },
        held: [],
        due: Array(30).fill({ ...found, thing: { kind: 'debt', step: step.key, at: 0 } }),
        workflows: Array(30).fill({ name: text, title: text }),
      },
      bad,
    ),
  ]
}

/** What is left of Slack's markup when our own times and links are taken out. */
const foreign = (markup: string): string =>
  markup
    .replace(/<!date\^\d+\^[^|<>]+\|[0-9: -]+(UTC)?>/g, '')
    .replace(/<https:\/\/acme\.example\/[^|<>]+\|[^<>]*>/g, '')

describe.each(Object.entries(NAUGHTY))('text from outside: %s', (_name, text) => {
  test('never breaks a message, and never mentions or links', () => {
    const messages = messagesWith(text)
    expect(messages.length).toBeGreaterThan(45)
    for (const message of messages) {
      expectMessage(message)
      for (const markup of [message.text, ...markupIn(message.blocks)]) {
        expect(foreign(markup)).not.toMatch(/[<>]/)
      }
      const types = elementTypes(message.blocks)
      for (const type of ['user', 'usergroup', 'channel', 'broadcast', 'link']) expect(types).not.toContain(type)
      expect(JSON.stringify(message).isWellFormed()).toBe(true)
    }
  })

  test('never breaks a modal or the App Home, and never mentions or links', () => {
    for (const view of viewsWith(text)) {
      expectView(view)
      for (const markup of markupIn(view.blocks)) expect(foreign(markup)).not.toMatch(/[<>]/)
      for (const type of ['user', 'usergroup', 'channel', 'broadcast', 'link'])
        expect(elementTypes(view)).not.toContain(type)
    }
  })

  test('turns nothing around and hides nothing', () => {
    const said = [...messagesWith(text), ...viewsWith(text)].map(({ blocks }) => wordsOf(blocks)).join('\n')
    expect(said).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\ufeff]|(?![\n\t])\p{Cc}/u)
  })
})
