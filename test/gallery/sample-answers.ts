import { type EntryCore, EntryKind } from '../../src/domain/entry.ts'
import type { InboxItem } from '../../src/domain/inbox-item.ts'
import type { Run, Step } from '../../src/domain/run.ts'
import { alertStats } from '../../views/answers/alert-stats.ts'
import { answerAboutRun } from '../../views/answers/answer-about-run.ts'
import { astrayTriedAgain, withAstray } from '../../views/answers/astray-list.ts'
import { entryFileSent, exportBegun, exportEmpty, exportSent } from '../../views/answers/audit-exported.ts'
import { auditHelp } from '../../views/answers/audit-help.ts'
import { packetBegun, packetNeedsAll, packetSent } from '../../views/answers/audit-packet.ts'
import { auditPage, badAuditQuery, badQuery, ENTRIES_A_PAGE } from '../../views/answers/audit-page.ts'
import { savedList } from '../../views/answers/audit-saved.ts'
import { verifyBegun, verifyVerdict } from '../../views/answers/audit-verified.ts'
import { bulkList, bulkOver, draftGone, nothingToRetry } from '../../views/answers/bulk-answers.ts'
import { debtList } from '../../views/answers/debt-list.ts'
import { greeting } from '../../views/answers/greeting.ts'
import { help, unknownCommand } from '../../views/answers/help.ts'
import {
  holdTooLate,
  notPaused,
  pausedAlready,
  pausedNow,
  resumedNow,
  runPausedNow,
  runResumedNow,
  withPauseHelp,
} from '../../views/answers/hold-answers.ts'
import { itemGone, itemSettled, itemStillOpen } from '../../views/answers/inbox-answers.ts'
import { inboxList } from '../../views/answers/inbox-list.ts'
import { needsYou } from '../../views/answers/needs-you.ts'
import { notAskedHere } from '../../views/answers/not-asked.ts'
import { notUnderstood } from '../../views/answers/not-understood.ts'
import { pausedAnswer } from '../../views/answers/paused-answer.ts'
import {
  alreadyStarted,
  buttonForgotten,
  foreignWorkspace,
  guestRefused,
  noSuchRun,
  notAllowed,
  proposed,
  refused,
  started,
  subjectBusy,
  tooLate,
  wentWrong,
} from '../../views/answers/private.ts'
import { rulesAnswer } from '../../views/answers/rules-answer.ts'
import { runList } from '../../views/answers/run-list.ts'
import { servicesAnswer } from '../../views/answers/services-answer.ts'
import { allOf } from '../../views/answers/some-of.ts'
import { startList } from '../../views/answers/start-list.ts'
import { statusAnswer } from '../../views/answers/status-answer.ts'
import { stuckList } from '../../views/answers/stuck-list.ts'
import { waitsAnswer } from '../../views/answers/waits-answer.ts'
import { whenAnswer } from '../../views/answers/when-answer.ts'
import { whichRun } from '../../views/answers/which-run.ts'
import { whyAnswer } from '../../views/answers/why-answer.ts'
import { windowOver, windowOverTyped } from '../../views/answers/window-over.ts'
import { approvalStates, runOf, taskStates } from '../views/sample-asks.ts'
import { entry } from '../views/sample-entries.ts'
import { decision, entryId, key, minutes, olga, runId, sampleRun, tim } from '../views/sample-run.ts'
import type { Drawings } from './sample-cards.ts'
import { bulks, holds, pause } from './sample-holds.ts'
import { aboutPeople } from './sample-people.ts'
import { everyRun, found, moreRuns, named, paused, plain, stepOf, underPause, undoing } from './sample-runs.ts'
import { aboutAlerts, noAlerts } from './sample-storms.ts'
import { aboutTimes } from './sample-times.ts'

const debt = { step: key('github-org'), owner: tim, due: minutes(90), reason: 'Not before Monday.' }
const asks = [approvalStates.asked, taskStates.asked].map((step, version) => ({
  run: runOf(step as Step),
  outline: undoing,
  step: { ...(step as Step), version },
  ...(version === 0 ? { remindAt: minutes(60) } : {}),
}))
export const health = [
  { service: 'github', title: 'GitHub', state: 'down', detail: '503 since 10:01', at: minutes(61), runs: [runId] },
  { service: 'gusto', title: 'Gusto', state: 'up', detail: null, at: minutes(61), runs: [] },
] as const
const question = { kind: 'why', deed: null } as const

const questions = (): Drawings => ({
  'status: one': statusAnswer({ asked: 'Jane', found: [found('failed')] }, plain),
  'status: owed': statusAnswer({ asked: 'Jane', found: [found('owed')] }, plain),
  'status: several': statusAnswer({ asked: 'Jane', found: everyRun }, plain),
  'why: stuck': whyAnswer(found('failed'), plain),
  'why: nothing': whyAnswer(found('succeeded'), plain),
  waits: waitsAnswer({ run: runOf(approvalStates.half as Step), outline: undoing }, plain),
  'when: under way': whenAnswer(found('retrying'), { runs: 9, medianMs: 200_000 }, plain),
  'when: over': whenAnswer(found('succeeded'), { runs: 9, medianMs: 200_000 }, plain),
  services: servicesAnswer(health, { unknown: null, all: [] }, plain),
  'services: unknown': servicesAnswer([], { unknown: 'Zendesk', all: ['GitHub', 'Gusto'] }, plain),
  'which: near': whichRun({ asked: 'Jame', question, candidates: everyRun.slice(0, 3), found: false }),
  'which: none': whichRun({ asked: 'Jame', question, candidates: [], found: false }),
  'needs you: asks': needsYou({ asks, blocked: allOf([found('failed')]) }, plain),
  'needs you: none': needsYou({ asks: [], blocked: allOf([]) }, plain),
  'list: stuck': stuckList(allOf([found('failed'), found('unknown')]), [], plain),
  'list: stuck, and held': stuckList(allOf([]), Object.values(holds).slice(3, 4), plain),
  'list: none': runList('in-flight', allOf([]), plain),
  'not understood': notUnderstood('sing a song'),
  'not understood: somebody named': notUnderstood('delete Jane', everyRun.slice(0, 2)),
  'paused: none': pausedAnswer({ holds: [], runs: allOf([]) }, plain),
  paused: pausedAnswer({ holds: Object.values(holds), runs: allOf([found('failed')]) }, plain),
  'about a run': answerAboutRun(found('begun'), { says: [['Nothing of it is owed.']] }, plain),
})

const entries = [
  { ...plainEntry(9, 'decision.retry'), actor: 'slack:T0ACME000/U0TIM' },
  entry(8, { kind: 'call.answered', status: 503, try: 2, duration: 1_950 }),
  entry(7, { kind: 'call.intended', status: undefined, duration: undefined }),
  { ...plainEntry(6, 'run.started'), actor: 'slack:T0ACME000/U0OPS' },
]
const mistake = {
  ...{ query: 'jane servce:github since:24h', at: 5, length: 6, example: 'service:github' },
  message: 'No key “servce”: did you mean service?',
}
const ok = { findings: [], wrong: 0, sealed: 1_234, unsealed: 12, archived: 0, held: { anchored: 3, stored: 40 } }
/** A page of every nine kinds of entries that there are. */
const everyKind = (): Drawings => {
  const kinds = EntryKind.options.map((kind, at) =>
    kind.startsWith('call.') ? entry(at, { kind }) : plainEntry(at, kind),
  )
  const pages = Array.from({ length: Math.ceil(kinds.length / ENTRIES_A_PAGE) }, (_, page) =>
    kinds.slice(page * ENTRIES_A_PAGE, (page + 1) * ENTRIES_A_PAGE),
  )
  return Object.fromEntries(
    pages.map((all, at) => [
      `audit: kinds ${at + 1}`,
      auditPage(
        { query: '', entries: all, outlines, before: null, next: null, complete: true, leavesOutLooks: true },
        plain,
      ),
    ]),
  )
}
/** One that is not of a call. */
function plainEntry(at: number, kind: EntryKind): EntryCore {
  const { v, id, team, at: when, actor, subjects, run: of, step } = entry(at)
  return { v, id, team, at: when, kind, actor, subjects, run: of, step }
}

const outlines = new Map([[runId, undoing]])
const ledger = (): Drawings => ({
  'audit: page': auditPage(
    {
      query: 'jane service:github',
      entries,
      outlines,
      before: null,
      next: entryId(1),
      complete: true,
      leavesOutLooks: false,
      paintingLeftOut: { entries: 214, isAll: true },
    },
    plain,
  ),
  ...everyKind(),
  'audit: none': auditPage(
    { query: 'jane', entries: [], outlines, before: null, next: null, complete: true, leavesOutLooks: true },
    plain,
  ),
  'audit: bad query': badAuditQuery(mistake),
  'retry: bad query': badQuery(mistake, '/purser retry'),
  'audit: help': auditHelp({
    filters: ['jane', 'service:github', 'status:>=400', 'actor:@name', 'kind:decision', 'since:24h'],
    services: ['github', 'google', 'gusto', 'jira', 'salesforce', 'slack'],
  }),
  'audit: saved': savedList([{ name: 'github-errors', query: 'service:github status:>=400' }]),
  'audit: nothing saved': savedList([]),
  'audit: export begun': exportBegun(),
  'audit: export empty': exportEmpty(),
  'audit: export sent': exportSent({ entries: 412, cut: true }),
  'audit: file sent': entryFileSent(),
  'audit: packet begun': packetBegun('jane@acme.example'),
  'audit: packet refused': packetNeedsAll('Auditors'),
  'audit: packet sent': packetSent({ entries: 412, runs: 3 }),
  'audit: verify begun': verifyBegun(),
  'audit: verified': verifyVerdict(ok),
  'audit: changed': verifyVerdict({
    ...ok,
    wrong: 3,
    findings: [{ leaf: 77, entry: entryId(77), says: 'its bytes are not those that were sealed' }],
  }),
})

const { hold } = holds['incident, over'] as { hold: typeof pause }
const item = (parts: Partial<InboxItem>): InboxItem => ({
  ...{ id: entryId(1), team: sampleRun([]).team, source: 'docusign', event: 'e-1', type: 'envelope-completed' },
  ...{ status: 'stuck', code: 'not-in-what-came', match: null, run: null, owner: sampleRun([]).subject.id },
  ...{ receivedAt: minutes(1), settledAt: null, version: 1, sealed: new Uint8Array() },
  ...parts,
})
const why = {
  message: 'What docusign sent lacks “data.envelopeId”, by which the rules file finds the run.',
  hint: 'Mend the hook in the rules file, or have the sender send it, then try again.',
}
const preview = {
  members: [],
  more: 0,
  held: 2,
  notAllowed: 3,
  asking: [{ ...found('unknown'), step: stepOf('unknown') }],
  askingCount: 1,
}

const lists = (): Drawings => ({
  'debts: some': debtList(
    [
      { ...found('owed'), debt },
      { ...found('owed'), debt: { ...debt, due: minutes(2) } },
    ],
    plain,
  ),
  'debts: none': debtList([], plain),
  'inbox: some': inboxList(
    [
      { item: item({}), why },
      { item: item({ status: 'kept', code: 'contract-signed' }), why: null },
      { item: item({ status: 'new' }), why: null },
    ],
    20,
  ),
  'inbox: none': inboxList([], 0),
  'inbox: settled': itemSettled(item({ status: 'taken', run: runId })),
  'inbox: still open': itemStillOpen(item({}), why),
  'inbox: gone': itemGone(item({ status: 'dismissed' })),
  'bulk: list': bulkList(Object.values(bulks), plain),
  'bulk: no list': bulkList([], plain),
  'bulk: over': bulkOver(bulks.ended as NonNullable<typeof bulks.ended>),
  'bulk: draft gone': draftGone(),
  'bulk: nothing to retry': nothingToRetry(preview, ['service:github', 'since:2h']),
  ...aboutAlerts(health),
  'cards astray': withAstray(alertStats(noAlerts), [
    { channel: '#ops-alerts', why: 'Purser is not in the channel', count: 3, elsewhere: 2 },
  ]),
  'cards tried again': astrayTriedAgain(3),
  'cards tried again: none': astrayTriedAgain(0),
  'start list': startList([
    { name: 'employee-onboarding', title: 'Employee onboarding' },
    { name: 'equipment-request', title: 'Equipment request' },
  ]),
})

const mistakes = [
  {
    ...{ file: 'rules.yml', line: 71, message: 'there is no group “manager”' },
    suggestion: 'did you mean managers?',
  },
]

const everything = {
  mayStart: ['Employee onboarding', 'Client onboarding'],
  ...{ maySee: true, mayAudit: true, mayRetry: true, mayPause: true },
}
const nothing = { mayStart: [], maySee: false, mayAudit: false, mayRetry: false, mayPause: false }
const proposal = {
  ...{ id: entryId(900), by: tim, at: minutes(11), expiresAt: minutes(24 * 60) },
  decision: { kind: 'cancel', reason: 'She withdrew.' },
} as const
const run: Run = named('failed')
const asked = { run: runOf(approvalStates.asked as Step), step: approvalStates.asked as Step }

const privately = (): Drawings => ({
  'not allowed': notAllowed({ what: 'skip a step of Employee onboarding', who: 'Ops or Teammates' }),
  'too late, a person': tooLate({ run, by: decision('retry'), status: 'running' }, plain),
  'too late, by itself': tooLate({ run, by: null, status: 'backing-off' }, plain),
  proposed: proposed({ proposal, run }),
  refused: refused({ message: 'No such step.', hint: 'Open the run with /process.' }),
  'foreign workspace': foreignWorkspace(),
  'guest refused': guestRefused(),
  'no such run': noSuchRun('abc'),
  'went wrong': wentWrong('k3f9'),
  started: started(named('begun'), '#onboarding', plain),
  'already started': alreadyStarted(named('begun')),
  'subject busy': subjectBusy({ run: named('begun'), startedBy: olga }, plain),
  'button forgotten': buttonForgotten(),
  'window over: a command': windowOverTyped('/purser retry service:github'),
  'window over': windowOver({ action: 'start.0', value: '{}' }),
  greeting: greeting(),
  'help: all': help(everything),
  'help: nothing': help(nothing),
  'unknown command': unknownCommand('dance', nothing),
  'hold: too late': holdTooLate(hold, null, plain),
  'hold: paused now': pausedNow(pause, plain),
  'hold: paused already': pausedAlready(pause, plain),
  'hold: resumed': resumedNow(pause, plain),
  'hold: not paused': notPaused(),
  'paused, and how to pause': withPauseHelp(
    pausedAnswer({ holds: Object.values(holds).slice(0, 1), runs: allOf([]) }, plain),
  ),
  'hold: run paused': runPausedNow({ ...named('begun'), paused }, plain),
  'hold: run resumed': runResumedNow(named('begun')),
  'started, held': started(moreRuns['held by a pause']?.run ?? named('begun'), '#onboarding', underPause),
  'spoken for': notAskedHere(asked, 'spoken-for', plain),
  'not asked': notAskedHere(asked, 'not-asked', plain),
  'own run': notAskedHere(asked, 'own-run', plain),
  'approved already': notAskedHere(asked, 'approved-already', plain),
  'handed over': notAskedHere(asked, 'handed-over', plain),
  'rules: as the file says': rulesAnswer({ version: 9, since: minutes(-600), problems: [] }),
  'rules: the file has mistakes': rulesAnswer({ version: 9, since: minutes(-600), problems: mistakes }),
})

/** Every answer that somebody can get. */
export const sampleAnswers = (): Drawings => ({
  ...questions(),
  ...aboutTimes(),
  ...ledger(),
  ...lists(),
  ...privately(),
  ...aboutPeople(asks[1]),
})
