import { absences } from './absences.ts'
import { alertCard } from './alert-card.ts'
import { alertStorms } from './alert-storms.ts'
import { askAnswers } from './ask-answers.ts'
import { askCards } from './ask-cards.ts'
import { audit } from './audit.ts'
import { auditDetails } from './audit-details.ts'
import { auditFiles } from './audit-files.ts'
import { auditHelp } from './audit-help.ts'
import { bulkAnswers } from './bulk-answers.ts'
import { bulkCard } from './bulk-card.ts'
import { bulkWindow } from './bulk-window.ts'
import { checkpoints } from './checkpoints.ts'
import { commands } from './commands.ts'
import { debtWindows } from './debt-windows.ts'
import { decisions } from './decisions.ts'
import { deeds } from './deeds.ts'
import { delivery } from './delivery.ts'
import { digestAndBoard } from './digest-and-board.ts'
import { endings } from './endings.ts'
import { entries } from './entries.ts'
import { failureCard } from './failure-card.ts'
import { formDrafts } from './form-drafts.ts'
import { held } from './held.ts'
import { heldBackCard } from './held-back-card.ts'
import { help } from './help.ts'
import { history } from './history.ts'
import { holdAnswers } from './hold-answers.ts'
import { holdCard } from './hold-card.ts'
import { holdWindows } from './hold-windows.ts'
import { home } from './home.ts'
import { inbox } from './inbox.ts'
import { inboxAnswers } from './inbox-answers.ts'
import { ledgerQuestions } from './ledger-questions.ts'
import { leftOver } from './left-over.ts'
import { lists } from './lists.ts'
import { mails } from './mails.ts'
import { names } from './names.ts'
import { otherWindows } from './other-windows.ts'
import { privateAnswers } from './private-answers.ts'
import { proposals } from './proposals.ts'
import { questions } from './questions.ts'
import { retryFilter } from './retry-filter.ts'
import { rulesAnswer } from './rules-answer.ts'
import { runAnswers } from './run-answers.ts'
import { runCard } from './run-card.ts'
import { runStatus } from './run-status.ts'
import { runWindows } from './run-windows.ts'
import { safeRetry } from './safe-retry.ts'
import { services } from './services.ts'
import { startWindows } from './start-windows.ts'
import { stepStates } from './step-states.ts'
import { stepWindows } from './step-windows.ts'
import { times } from './times.ts'
import { watchdog } from './watchdog.ts'
import { windows } from './windows.ts'
import { words } from './words.ts'

/** What Purser says, in English. */
export const en = {
  absences,
  alertCard,
  alertStorms,
  askAnswers,
  askCards,
  audit,
  auditDetails,
  auditFiles,
  auditHelp,
  bulkAnswers,
  bulkCard,
  bulkWindow,
  checkpoints,
  commands,
  debtWindows,
  decisions,
  deeds,
  delivery,
  digestAndBoard,
  endings,
  entries,
  failureCard,
  formDrafts,
  held,
  heldBackCard,
  help,
  history,
  holdAnswers,
  holdCard,
  holdWindows,
  home,
  inbox,
  inboxAnswers,
  ledgerQuestions,
  leftOver,
  lists,
  mails,
  names,
  otherWindows,
  privateAnswers,
  proposals,
  questions,
  retryFilter,
  rulesAnswer,
  runAnswers,
  runCard,
  runStatus,
  runWindows,
  safeRetry,
  services,
  startWindows,
  stepStates,
  stepWindows,
  times,
  watchdog,
  windows,
  words,
}
