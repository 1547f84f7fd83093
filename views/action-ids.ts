/** `action_id` of everything that can be pressed; one handler each. */
export const actionIds = {
  retry: 'step.retry',
  retryAbsent: 'step.retry-absent',
  skip: 'step.skip',
  escalate: 'step.escalate',
  markDone: 'step.mark-done',
  stepMenu: 'step.menu',
  edit: 'step.edit',
  /** From here on by today's rules. */
  retryToday: 'step.retry-today',
  takeOver: 'step.take-over',
  confirm: 'proposal.confirm',
  withdraw: 'proposal.withdraw',
  approve: 'step.approve',
  refuse: 'step.refuse',
  delegate: 'step.delegate',
  complete: 'step.complete',
  /** When somebody wants to be reminded of what they are asked. */
  remind: 'step.remind',
  reassign: 'step.reassign',
  cancelRun: 'run.cancel',
  showRun: 'run.show',
  restartRun: 'run.restart',
  startAfresh: 'run.start-afresh',
  useRules: 'run.use-rules',
  pauseRun: 'run.pause',
  resumeRun: 'run.resume',
  closeDebt: 'debt.close',
  handOverDebt: 'debt.hand-over',
  stopBulk: 'bulk.stop',
  /** All that an alert stands for. */
  showCases: 'alert.cases',
  /** Of what came from outside. */
  retryItem: 'inbox.retry',
  dismissItem: 'inbox.dismiss',
  resumeHold: 'hold.resume',
  probeHold: 'hold.probe',
  releaseOne: 'hold.release-one',
  releaseAll: 'hold.release-all',
  escalateHold: 'hold.escalate',
  closeHold: 'hold.close',
  cancelHeld: 'hold.cancel-all',
  /** Shows calls in an answer of its own. */
  openAudit: 'audit.open',
  /** Turns the page of the answer that it stands on. */
  olderAudit: 'audit.older',
  newestAudit: 'audit.newest',
  auditDetails: 'audit.details',
  auditFile: 'audit.file',
  saveAudit: 'audit.save',
  forgetAudit: 'audit.forget',
  /** Somebody says that they are away, or back. */
  sayAway: 'away.open',
  sayBack: 'away.back',
  greetStart: 'greet.start',
  greetStuck: 'greet.stuck',
  greetHelp: 'greet.help',
  /** Cards that Slack had not taken. */
  showCards: 'cards.try-again',
  homeWhose: 'home.whose',
  homeWorkflow: 'home.workflow',
  homeState: 'home.state',
  homeNewer: 'home.newer',
  homeOlder: 'home.older',
} as const

/** What the greeting in a new channel offers. */
export const greetActions = /^greet\.(?:start|stuck|help)$/

/** What changes which runs the Home lists. */
export const homeActions = /^home\.(?:whose|workflow|state|newer|older)$/

/** Buttons that open a form; several stand in one block, so that each has a number: `run.start.0`. */
export const startRunActions = /^run\.start\.\d+$/
export const startRunAction = (index: number): string => `run.start.${index}`

/** Buttons that show entries; where several stand in one block, each has a number: `audit.open.1`. */
export const openAuditActions = /^audit\.open(\.\d+)?$/

/** Answers the question again about the run that was meant: `ask.about.0`. */
export const askAboutActions = /^ask\.about\.\d+$/
export const askAboutAction = (index: number): string => `ask.about.${index}`

/** Buttons that show a run; where several stand in one block, each has a number: `run.show.1`. */
export const showRunActions = /^run\.show(\.\d+)?$/
export const showRunAction = (index: number): string => `${actionIds.showRun}.${index}`

/** Every field of a form; only those tell of a change on which others depend. */
export const fieldAction = 'value'

/** `callback_id` of shortcuts; `manifest.yml` names them to Slack. */
export const shortcutIds = { startFromMessage: 'start-from-message' } as const

/** `callback_id` of every modal; one handler each. */
export const callbackIds = {
  startRun: 'start-run',
  skip: 'skip-step',
  escalate: 'escalate-step',
  markDone: 'mark-done',
  refuse: 'refuse-step',
  delegate: 'delegate-step',
  complete: 'complete-step',
  reassign: 'reassign-step',
  cancelRun: 'cancel-run',
  edit: 'edit-step',
  restartRun: 'restart-run',
  closeDebt: 'close-debt',
  handOverDebt: 'hand-over-debt',
  bulkRetry: 'bulk-retry',
  dismissItem: 'dismiss-item',
  saveQuery: 'save-query',
  holdReason: 'hold-reason',
  pauseRun: 'pause-run',
  sayAway: 'say-away',
  /** Modals that only tell something. */
  notice: 'notice',
} as const
