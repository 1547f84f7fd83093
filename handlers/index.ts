import type { Handlers } from '../src/slack/app.ts'
import { approveClicked } from './buttons/approve-clicked.ts'
import { askAboutClicked } from './buttons/ask-about-clicked.ts'
import { auditDetailsClicked } from './buttons/audit-details-clicked.ts'
import { auditFileClicked } from './buttons/audit-file-clicked.ts'
import { auditForgetClicked } from './buttons/audit-forget-clicked.ts'
import { auditOpened } from './buttons/audit-opened.ts'
import { auditPageTurned } from './buttons/audit-page-turned.ts'
import { auditSaveClicked } from './buttons/audit-save-clicked.ts'
import { awayClicked } from './buttons/away-clicked.ts'
import { bulkStopped } from './buttons/bulk-stopped.ts'
import { cancelClicked } from './buttons/cancel-clicked.ts'
import { completeClicked } from './buttons/complete-clicked.ts'
import { debtClicked } from './buttons/debt-clicked.ts'
import { delegateClicked } from './buttons/delegate-clicked.ts'
import { dismissItemClicked } from './buttons/dismiss-item-clicked.ts'
import { editClicked } from './buttons/edit-clicked.ts'
import { escalateClicked } from './buttons/escalate-clicked.ts'
import { fieldChanged } from './buttons/field-changed.ts'
import { greetingClicked } from './buttons/greeting-clicked.ts'
import { holdClicked } from './buttons/hold-clicked.ts'
import { homeFiltered } from './buttons/home-filtered.ts'
import { markDoneClicked } from './buttons/mark-done-clicked.ts'
import { pauseRunClicked } from './buttons/pause-run-clicked.ts'
import { proposalClicked } from './buttons/proposal-clicked.ts'
import { reassignClicked } from './buttons/reassign-clicked.ts'
import { refuseClicked } from './buttons/refuse-clicked.ts'
import { remindChosen } from './buttons/remind-chosen.ts'
import { restartClicked } from './buttons/restart-clicked.ts'
import { resumeRunClicked } from './buttons/resume-run-clicked.ts'
import { retryClicked } from './buttons/retry-clicked.ts'
import { retryItemClicked } from './buttons/retry-item-clicked.ts'
import { showCardsClicked } from './buttons/show-cards-clicked.ts'
import { showCasesClicked } from './buttons/show-cases-clicked.ts'
import { showRunClicked } from './buttons/show-run-clicked.ts'
import { skipClicked } from './buttons/skip-clicked.ts'
import { startAfreshClicked } from './buttons/start-afresh-clicked.ts'
import { startClicked } from './buttons/start-clicked.ts'
import { stepMenuClicked } from './buttons/step-menu-clicked.ts'
import { takeOverClicked } from './buttons/take-over-clicked.ts'
import { useRulesClicked } from './buttons/use-rules-clicked.ts'
import { auditCommand } from './commands/audit-command.ts'
import { onboardCommand } from './commands/onboard-command.ts'
import { processCommand } from './commands/process-command.ts'
import { purserCommand } from './commands/purser-command.ts'
import { runCommand } from './commands/run-command.ts'
import { homeOpened } from './events/home-opened.ts'
import { joined } from './events/joined.ts'
import { said } from './events/said.ts'
import { awaySubmitted } from './modals/away-submitted.ts'
import { bulkRetrySubmitted } from './modals/bulk-retry-submitted.ts'
import { cancelSubmitted } from './modals/cancel-submitted.ts'
import { closeDebtSubmitted } from './modals/close-debt-submitted.ts'
import { completeSubmitted } from './modals/complete-submitted.ts'
import { delegateSubmitted } from './modals/delegate-submitted.ts'
import { dismissItemSubmitted } from './modals/dismiss-item-submitted.ts'
import { editSubmitted } from './modals/edit-submitted.ts'
import { escalateSubmitted } from './modals/escalate-submitted.ts'
import { handOverDebtSubmitted } from './modals/hand-over-debt-submitted.ts'
import { holdReasonSubmitted } from './modals/hold-reason-submitted.ts'
import { markDoneSubmitted } from './modals/mark-done-submitted.ts'
import { pauseRunSubmitted } from './modals/pause-run-submitted.ts'
import { reassignSubmitted } from './modals/reassign-submitted.ts'
import { refuseSubmitted } from './modals/refuse-submitted.ts'
import { restartSubmitted } from './modals/restart-submitted.ts'
import { saveQuerySubmitted } from './modals/save-query-submitted.ts'
import { skipSubmitted } from './modals/skip-submitted.ts'
import { startRunSubmitted } from './modals/start-run-submitted.ts'
import { startFromMessage } from './shortcuts/start-from-message.ts'

/** Everything that answers what Slack sends; each has a file of its own. */
export const handlers: Handlers = {
  commands: [onboardCommand, runCommand, processCommand, auditCommand, purserCommand],
  buttons: [
    retryClicked,
    skipClicked,
    escalateClicked,
    markDoneClicked,
    holdClicked,
    bulkStopped,
    approveClicked,
    refuseClicked,
    delegateClicked,
    completeClicked,
    reassignClicked,
    remindChosen,
    stepMenuClicked,
    cancelClicked,
    editClicked,
    takeOverClicked,
    proposalClicked,
    restartClicked,
    useRulesClicked,
    pauseRunClicked,
    resumeRunClicked,
    debtClicked,
    showRunClicked,
    retryItemClicked,
    dismissItemClicked,
    auditOpened,
    auditPageTurned,
    auditDetailsClicked,
    auditFileClicked,
    auditSaveClicked,
    auditForgetClicked,
    startClicked,
    startAfreshClicked,
    askAboutClicked,
    homeFiltered,
    showCardsClicked,
    showCasesClicked,
    fieldChanged,
    greetingClicked,
    awayClicked,
  ],
  modals: [
    editSubmitted,
    dismissItemSubmitted,
    restartSubmitted,
    closeDebtSubmitted,
    handOverDebtSubmitted,
    startRunSubmitted,
    skipSubmitted,
    escalateSubmitted,
    markDoneSubmitted,
    holdReasonSubmitted,
    bulkRetrySubmitted,
    refuseSubmitted,
    delegateSubmitted,
    completeSubmitted,
    reassignSubmitted,
    cancelSubmitted,
    pauseRunSubmitted,
    saveQuerySubmitted,
    awaySubmitted,
  ],
  shortcuts: [startFromMessage],
  said,
  homeOpened,
  joined,
}
