/** What the sandbox's page and its scripts see: the answer of `GET /sandbox/state`, sent again over `/sandbox/events` when it changes. */
export interface SandboxState {
  team: { id: string; name: string; domain: string }
  /** The app's own user, shown as the author of its messages. */
  app: { userId: string; botId: string; name: string }
  users: SandboxUser[]
  /** The user groups, as mentions name them. */
  groups: { id: string; handle: string }[]
  channels: SandboxChannel[]
  /** Messages that only one person sees; newest last. */
  ephemerals: SandboxEphemeral[]
  /** Open modals by user id, the top of the stack last. */
  views: Record<string, SandboxView[]>
  /** The published App Home by user id. */
  homes: Record<string, SandboxView>
  files: SandboxFile[]
  services: SandboxService[]
  /** What Purser sent by e-mail, newest last. */
  mails: SandboxMail[]
  /** What it told PagerDuty, newest last. */
  incidents: SandboxIncident[]
  /** The Purser process, when the sandbox was started beside one. */
  purser: { reachable: boolean; pid: number | null }
}

export interface SandboxUser {
  id: string
  /** How scripts name the account: `ops`, `teammate`, `manager`, `guest`. */
  account: string
  name: string
  title: string
  email: string
  isBot: boolean
  isGuest: boolean
}

export interface SandboxChannel {
  id: string
  name: string
  kind: 'channel' | 'private' | 'dm'
  topic: string
  archived: boolean
  /** Whoever made it, and when, in seconds since 1970; the channels that stand at the start have neither. */
  creator?: string
  created?: number
  /** User ids. */
  members: string[]
  /** Oldest first; thread replies stand inside their parent. */
  messages: SandboxMessage[]
}

export interface SandboxMessage {
  ts: string
  user: string
  text: string
  blocks: unknown[]
  editedAt: string | null
  metadata: unknown
  replies: SandboxMessage[]
}

export interface SandboxEphemeral {
  ts: string
  user: string
  channel: string
  threadTs: string | null
  text: string
  blocks: unknown[]
}

export interface SandboxView {
  id: string
  callbackId: string
  hash: string
  /** The view as Purser sent it: title, blocks, submit, close, private_metadata. */
  view: Record<string, unknown>
  /** Errors by block id, after a submission that was refused. */
  errors: Record<string, string>
}

export interface SandboxFile {
  id: string
  name: string
  title: string
  mimetype: string
  size: number
  user: string
  channel: string | null
  ts: string
  url: string
}

export interface SandboxService {
  /** `slack`, `google`, `jira`, `github`, `salesforce`, `gusto` */
  name: string
  title: string
  faults: ActiveFault[]
  requests: number
  effects: number
}

export interface SandboxMail {
  /** Milliseconds since 1970. */
  at: number
  from: string
  to: string[]
  subject: string
  text: string
}

/** What PagerDuty made of the events with one key. */
export interface SandboxIncident {
  key: string
  status: 'triggered' | 'acknowledged' | 'resolved'
  summary: string
  severity: string
  /** Milliseconds since 1970. */
  at: number
  resolvedAt: number | null
  events: number
  details: Record<string, unknown>
}

export type FaultKind = '503' | '429' | '401' | 'timeout' | 'reset' | 'lost-answer' | 'unanswered' | 'slow'

/** A fault as a script or the panel asks for it. It ends after `times` requests or `seconds`, whichever was given. */
export interface FaultOrder {
  service: string
  kind: FaultKind
  times?: number
  seconds?: number
  /** Only requests whose "METHOD /path" holds this text. */
  match?: string
  /** Seconds, sent as Retry-After with 429 and 503. */
  retry_after?: number
}

export interface ActiveFault extends FaultOrder {
  id: string
  /** How often it has struck. */
  fired: number
}
