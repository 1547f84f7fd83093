import type { KnownBlock, ModalView } from '@slack/types'
import type { Store } from '../../db/store.ts'
import type { DrawContext } from '../../views/drawing.ts'
import type { Clock } from '../clock.ts'
import type { Ids } from '../domain/ids.ts'
import type { Engine } from '../engine/decisions.ts'
import type { WorkflowDefinition } from '../engine/define-workflow.ts'
import type { Inbox } from '../engine/inbox/inbox.ts'
import type { AuditReader } from '../ledger/create-audit-reader.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { MakePacket } from '../ledger/packet/packet-in-thread.ts'
import type { VerifyLedger } from '../ledger/verify/verify-in-thread.ts'
import type { RulesBook } from '../rules/rules.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import type { Absences } from './absence/keep-absences.ts'
import type { Asker } from './authorize.ts'
import type { Directory } from './directory.ts'
import type { HomeScreens } from './home/home-screens.ts'
import type { Snoozes } from './keep-snoozes.ts'
import type { Painter } from './painter.ts'
import type { PrivatePlace, Surface } from './surface.ts'

/** All that handlers may use; each takes what it needs of it. */
export interface HandlerPorts {
  engine: Engine
  /** What came from outside and waits for somebody. */
  inbox: Pick<Inbox, 'list' | 'tryAgain' | 'dismiss'>
  store: Store
  ledger: Ledger
  keys: Pick<SubjectKeys, 'sealState' | 'openState' | 'erasures'>
  audit: AuditReader
  /** Evidence packets, and whether the ledger is as it was written; both in threads of their own. */
  packets: MakePacket
  verify: VerifyLedger
  rules: RulesBook
  /** Who is away, and what they say of it. */
  absences: Absences
  /** What people want to be reminded of. */
  snoozes: Snoozes
  directory: Directory
  surface: Surface
  home: HomeScreens
  /** Cards that Slack had not taken. */
  painter: Pick<Painter, 'tryAgain'>
  workflows: readonly WorkflowDefinition[]
  clock: Clock
  ids: Ids
  /** Titles of services by name. */
  services: ReadonlyMap<string, string>
}

/** Somebody who asked for something, and where a private answer reaches them. */
export interface Asked extends Asker {
  place: PrivatePlace
}

export interface CommandCall extends Asked {
  text: string
  triggerId: string
}

export interface CommandHandler {
  /** `/onboard` */
  command: string
  handle(call: CommandCall, ports: HandlerPorts): Promise<void>
}

export interface ButtonPress extends Asked {
  /** The pressed element as Slack sent it. */
  action: unknown
  /** A button's value. */
  value: string | null
  triggerId: string
  /** The window or Home that it stands in, when it does. */
  view: PressedView | null
}

export interface PressedView {
  type: 'modal' | 'home'
  id: string
  blocks?: unknown
  /** Changes with each change of the view. */
  hash: string
  metadata: string
  /** What is entered and chosen in it, as Slack sent it. */
  values: unknown
}

export interface ButtonHandler {
  action: string | RegExp
  /** What was entered in a form is not kept with the press: nobody could erase it. */
  isEntry?: true
  handle(press: ButtonPress, ports: HandlerPorts): Promise<void>
}

export interface Submission extends Asked {
  viewId: string
  /** The window's blocks as they stood, with what its fields began with. */
  blocks?: unknown
  /** Entered values, as Slack sent them. */
  values: unknown
  metadata: string
}

export type SubmissionAnswer =
  /** `after`: what is done once Slack has its answer. */
  | { kind: 'close'; after?: () => Promise<void> }
  /** By block id. */
  | { kind: 'errors'; errors: Record<string, string> }
  | { kind: 'update'; view: ModalView }

export interface ModalHandler {
  callback: string
  /** Answers within three seconds: what it decided is on disk by then. */
  handle(submission: Submission, ports: HandlerPorts): Promise<SubmissionAnswer>
  /** Ways back to what was entered, for when it could not be carried out. */
  draft?(submission: Submission, ports: HandlerPorts): KnownBlock[]
  /** Keeps what stood in the window when it was closed without being sent; else that is kept by the window. */
  closed?(closing: Submission, ports: HandlerPorts): Promise<void>
}

export interface ShortcutCall extends Asked {
  triggerId: string
  /** The message on which it was used, as its author wrote it. */
  text: string
}

export interface ShortcutHandler {
  callback: string
  handle(call: ShortcutCall, ports: HandlerPorts): Promise<void>
}

/** Something said to Purser: a mention, or a direct message. */
export interface Said extends Asked {
  text: string
  channel: string
  ts: string
  /** The thread to answer in; null in direct messages. */
  threadTs: string | null
}

/** Purser was invited to a channel; asked by whoever invited it. */
export interface Joined extends Asked {
  channel: string
}

/** Somebody opened their App Home. */
export type HomeOpened = Asked

/** What views need to know, for one answer. */
export const drawContext = (
  ports: Pick<HandlerPorts, 'directory' | 'clock' | 'services'> &
    Partial<Pick<HandlerPorts, 'engine' | 'workflows' | 'rules'>>,
): DrawContext => ({
  name: (actor) => ports.directory.nameOf(actor),
  service: (name) => ports.services.get(name) ?? name,
  workflow: (name) => ports.workflows?.find((each) => each.name === name)?.title ?? name,
  hold: (id) => ports.engine?.holds.known(id) ?? null,
  mayResume: (workflow) => ports.rules?.current().whoMay('pause', workflow) ?? '',
  now: ports.clock.now(),
})
