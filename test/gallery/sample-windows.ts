import type { HomeView, ModalView } from '@slack/types'
import { z } from 'zod'
import type { Absence } from '../../src/domain/absence.ts'
import { dueThings } from '../../src/domain/due-things.ts'
import { BulkId, UserId } from '../../src/domain/ids.ts'
import type { Step } from '../../src/domain/run.ts'
import { auditDetailsModal } from '../../views/answers/audit-details-modal.ts'
import { busyAtField } from '../../views/answers/busy-at-field.ts'
import { heldAtStart } from '../../views/answers/held-at-start.ts'
import { noticeModal } from '../../views/answers/notice-modal.ts'
import { guestRefused, notAllowed } from '../../views/answers/private.ts'
import { refusalHome } from '../../views/answers/refusal-home.ts'
import { allOf } from '../../views/answers/some-of.ts'
import { startIntro } from '../../views/answers/start-list.ts'
import { EVERYTHING } from '../../views/home/home-filter.ts'
import { type HomeModel, homeView } from '../../views/home/home-view.ts'
import { asProposal } from '../../views/modals/as-proposal.ts'
import { awayModal } from '../../views/modals/away-modal.ts'
import { bulkRetryModal } from '../../views/modals/bulk-retry-modal.ts'
import { cancelModal } from '../../views/modals/cancel-modal.ts'
import { completeModal } from '../../views/modals/complete-modal.ts'
import { closeDebtModal, handOverDebtModal } from '../../views/modals/debt-modals.ts'
import { dismissModal } from '../../views/modals/dismiss-modal.ts'
import { editModal } from '../../views/modals/edit-modal.ts'
import { escalateModal } from '../../views/modals/escalate-modal.ts'
import { filledIn } from '../../views/modals/filled-in.ts'
import { delegateModal, reassignModal } from '../../views/modals/hand-over-modal.ts'
import { holdReasonModal } from '../../views/modals/hold-reason-modal.ts'
import { markDoneModal } from '../../views/modals/mark-done-modal.ts'
import { loadingModal } from '../../views/modals/modal.ts'
import { pauseRunModal } from '../../views/modals/pause-run-modal.ts'
import { refuseModal } from '../../views/modals/refuse-modal.ts'
import { restartModal } from '../../views/modals/restart-modal.ts'
import { runModal } from '../../views/modals/run-modal.ts'
import { saveQueryModal } from '../../views/modals/save-query-modal.ts'
import { skipModal } from '../../views/modals/skip-modal.ts'
import { startChoice } from '../../views/modals/start-choice.ts'
import { startRunModal } from '../../views/modals/start-run-modal.ts'
import { employeeOnboarding } from '../../workflows/employee-onboarding.ts'
import { EquipmentRequest } from '../../workflows/equipment-order.ts'
import { approvalStates, output, runOf, subjectOf, taskStates } from '../views/sample-asks.ts'
import { answered, intended } from '../views/sample-entries.ts'
import { call, done, entryId, key, minutes, outline, sampleRun, tim } from '../views/sample-run.ts'
import { runWith, stepStates } from '../views/sample-states.ts'
import { health } from './sample-answers.ts'
import { holdId, holds, pause } from './sample-holds.ts'
import { everyRun, found, moreRuns, named, plain, stepOf, undoing } from './sample-runs.ts'

const input = { name: 'Jane Doe', workEmail: 'jane@acme.example', role: 'sales', employmentType: 'contractor' }
const { title, version } = employeeOnboarding
const form = () => ({
  workflow: { name: 'employee-onboarding', version, title },
  schema: employeeOnboarding.input,
  intro: startIntro({ runs: '#onboarding', alerts: '#ops-alerts' }),
  channel: 'C0',
})
const quote = {
  ...{ id: 'F0QUOTE', name: 'quote.pdf', size: 48_213, mimetype: 'application/pdf' },
  permalink: 'https://acme.slack.example/files/U0/F0QUOTE/quote.pdf',
}
const failed = stepOf('failed')
const done1 = { ...done('google-account'), used: ['name', 'workEmail'] } as Step
const about = { run: { ...runWith(failed), input, steps: [done1, ...runWith(failed).steps.slice(1)] }, step: failed }
const inModal = { ...about, outline: undoing }
const asked = subjectOf(approvalStates.asked as Step)
const task = subjectOf(taskStates.asked as Step)
const Output = z.object({ login: z.string(), seats: z.number(), remark: z.string().optional() })
const debt = { ...found('owed'), debt: { step: key('github-org'), owner: tim, due: minutes(90), reason: 'Not yet.' } }
const members = Object.values(stepStates)
  .slice(0, 4)
  .map((step) => ({ run: runWith(step), outline, step }))
const partly = sampleRun(
  [
    { ...done('google-account'), calls: [call({ outcome: 'done' })] } as Step,
    { ...stepOf('trying'), calls: [call({ outcome: 'done' })] } as Step,
  ],
  { status: 'running' },
)

const decisions = (): Record<string, ModalView> => ({
  skip: skipModal(inModal, minutes(9_000)),
  'skip: with what was written before': filledIn(
    skipModal(inModal, minutes(9_000)),
    { reason: 'A borrowed account will do until Monday.' },
    minutes(5),
  ),
  escalate: escalateModal(inModal),
  'mark done, nothing asked': markDoneModal(inModal, null),
  'mark done': markDoneModal(inModal, Output),
  edit: editModal(inModal, employeeOnboarding.input),
  restart: restartModal({ ...inModal, schema: employeeOnboarding.input, version: 2, rules: 9 }),
  'cancel, with an undo plan': cancelModal(partly, undoing),
  'cancel, as a proposal': asProposal(cancelModal(partly, undoing)),
  'cancel, nothing can be undone': cancelModal(about.run, outline),
  'cancel, nothing done': cancelModal(
    sampleRun([
      { ...done('google-account'), status: 'not-needed', because: 'rule' },
      { ...done('payroll'), status: 'not-needed', because: 'rule' },
    ] as Step[]),
    outline,
  ),
  pause: pauseRunModal(about.run, undoing),
  'stop undoing': cancelModal((moreRuns.cancelling as { run: typeof partly }).run, undoing),
  refuse: refuseModal(asked),
  delegate: delegateModal(asked),
  reassign: reassignModal(task),
  complete: completeModal(task, output),
  'close a debt': closeDebtModal(debt, plain),
  away: awayModal(),
  'hand a debt over': handOverDebtModal(debt, plain),
  'close an incident': holdReasonModal({ hold: holdId, kind: 'close' }),
  'escalate an incident': holdReasonModal({ hold: holdId, kind: 'escalate' }),
  'cancel what waits': holdReasonModal({ hold: holdId, kind: 'cancel-all' }),
  dismiss: dismissModal({ id: entryId(1), source: 'docusign', receivedAt: minutes(1) }),
  'bulk retry': bulkRetryModal({
    ...{ id: BulkId.parse(entryId(900)), filter: 'service:github since:2h', members, more: 12, held: 2, notAllowed: 3 },
    asking: [{ ...found('unknown'), step: stepOf('unknown') }],
    askingCount: 14,
  }),
})

const others = (): Record<string, ModalView> => ({
  start: startRunModal(form()),
  'start, filled in, busy': startRunModal({
    ...form(),
    initial: input,
    note: { field: 'workEmail', blocks: busyAtField(named('begun'), 'Olga Ops') },
  }),
  'start, while something is paused': startRunModal({ ...form(), held: heldAtStart([pause], plain) }),
  'start, with files, filled in from before': startRunModal({
    ...form(),
    schema: EquipmentRequest,
    initial: { name: 'Jane Doe', item: 'laptop' },
    writtenAt: minutes(0),
  }),
  'edit, with files': editModal({ ...inModal, run: { ...about.run, input: { quote: [quote] } } }, EquipmentRequest),
  'start choice': startChoice([
    { name: 'employee-onboarding', title: 'Employee onboarding', initial: {} },
    { name: 'equipment-request', title: 'Equipment request', initial: {} },
  ]),
  'a run': runModal(found('failed'), plain),
  'a run, over': runModal(found('owed'), plain),
  'ledger entry': auditDetailsModal(answered, intended, plain),
  'ledger entry, long': auditDetailsModal(
    {
      ...answered,
      body: {
        kind: 'open',
        body: {
          headers: { 'content-type': 'application/json', 'x-github-request-id': '9D1C:3F2A:11' },
          body: { message: 'x'.repeat(400), documentation_url: `https://docs.github.example/${'rest/'.repeat(30)}` },
        },
      },
    },
    { ...intended, body: { kind: 'open', body: { headers: { accept: 'application/json' }, body: { a: [1, 2, 3] } } } },
    plain,
  ),
  'ledger entry, erased': auditDetailsModal({ ...answered, body: { kind: 'erased' } }, null, plain),
  'save a query': saveQueryModal('service:github status:>=400'),
  loading: loadingModal('Employee onboarding'),
  notice: noticeModal('Not yours', notAllowed({ what: 'skip a step', who: 'Ops' })),
})

const nothing: HomeModel = {
  ...{
    needsYou: allOf([]),
    asks: [],
    stuck: allOf([]),
    inFlight: allOf([]),
    held: [],
    due: [],
    canStart: [],
    workflows: [],
    services: [],
  },
  finishedThisWeek: { count: 0, medianMs: null, succeeded: 0, refused: 0 },
  filter: EVERYTHING,
}
const workflows = [
  { name: 'employee-onboarding', title: 'Employee onboarding' },
  { name: 'client-onboarding', title: 'Client onboarding' },
  { name: 'equipment-request', title: 'Equipment request' },
]
const asks = [approvalStates.half, taskStates.overdue].map((step, version) => ({
  ...{ run: runOf(step as Step), outline: undoing, step: { ...(step as Step), version } },
}))

const away: Absence = { user: UserId.parse('U0OLGA'), why: 'said', until: minutes(4_000), to: null }

const homes = (): Record<string, HomeView> => ({
  'home: nothing': homeView(nothing, plain),
  'home: ops': homeView(
    {
      ...{
        needsYou: allOf([found('failed'), found('unknown')]),
        asks,
        stuck: allOf([]),
        canStart: workflows,
        workflows,
      },
      inFlight: { first: Array.from({ length: 8 }, (_, at) => everyRun[at % 3] ?? found('begun')), count: 14 },
      due: everyRun.flatMap((each) => dueThings(each.run).map((thing) => ({ ...each, thing }))),
      held: Object.values(holds).slice(0, 2),
      finishedThisWeek: { count: 12, medianMs: 200_000, succeeded: 10, refused: 1 },
      services: health,
      filter: EVERYTHING,
    },
    plain,
  ),
  'home: cards astray': homeView(
    { ...nothing, astray: [{ channel: '#ops-alerts', why: 'Purser is not in the channel', count: 3, elsewhere: 2 }] },
    plain,
  ),
  'home: away': homeView({ ...nothing, away: { absence: away, says: ['Mona is asked in your place.'] } }, plain),
  'home: manager, filtered': homeView(
    {
      ...nothing,
      stuck: allOf([found('failed')]),
      workflows,
      filter: { ...EVERYTHING, whose: 'people', state: 'blocked' },
    },
    plain,
  ),
  'home: refused': refusalHome(guestRefused()),
})

/** Every window and every Home. */
export const sampleViews = (): Record<string, ModalView | HomeView> => ({ ...decisions(), ...others(), ...homes() })
