import { randomBytes } from 'node:crypto'
import type { SandboxChannel, SandboxUser } from './state.ts'

export const TEAM = { id: 'T0ACME000', name: 'Acme', domain: 'acme' }

/** The app as installed in the workspace. */
export const APP = { id: 'A0PURSER00', userId: 'U0PURSER00', botId: 'B0PURSER00', name: 'Purser' }

/** The only token that the sandbox's Slack accepts. */
export const BOT_TOKEN = 'xoxb-sandbox-purser'

/** What the workspace's owner granted to the app on installing it. */
export const SCOPES = [
  'app_mentions:read',
  'channels:history',
  'channels:join',
  'channels:manage',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'groups:write',
  'im:history',
  'im:read',
  'im:write',
  'metadata.message:read',
  'usergroups:read',
  'users:read',
  'users:read.email',
]

export const USER_IDS = { ops: 'U0OLGA0000', teammate: 'U0TIM00000', manager: 'U0MONA0000', guest: 'U0GUS00000' }

export const CHANNEL_IDS = {
  onboarding: 'C0ONBOARD0',
  opsAlerts: 'C0OPSALERT',
  general: 'C0GENERAL0',
  ledger: 'C0LEDGER00',
}

/** A signing secret of this run alone, as Slack would show it on the app's page. */
export function makeSigningSecret(): string {
  return randomBytes(16).toString('hex')
}

/** The people of the workspace and the app's own user. */
export function seedUsers(): SandboxUser[] {
  const person = (account: keyof typeof USER_IDS, name: string, title: string): SandboxUser => ({
    id: USER_IDS[account],
    account,
    name,
    title,
    email: `${account}@acme.example`,
    isBot: false,
    isGuest: account === 'guest',
  })
  return [
    person('ops', 'Olga Ops', 'Operations'),
    person('teammate', 'Tim Teammate', 'People team'),
    person('manager', 'Mona Manager', 'Head of Engineering'),
    person('guest', 'Gus Guest', 'Contractor'),
    { id: APP.userId, account: 'purser', name: APP.name, title: 'App', email: '', isBot: true, isGuest: false },
  ]
}

/** The channels that stand at the start, Purser being a member of each. */
export function seedChannels(): Omit<SandboxChannel, 'messages'>[] {
  const staff = [USER_IDS.ops, USER_IDS.teammate, USER_IDS.manager, APP.userId]
  const channel = (id: string, name: string, topic: string, members: string[]) => ({
    id,
    name,
    kind: 'channel' as const,
    topic,
    archived: false,
    members,
  })
  return [
    channel(CHANNEL_IDS.onboarding, 'onboarding', 'New people and new clients', [...staff, USER_IDS.guest]),
    channel(CHANNEL_IDS.opsAlerts, 'ops-alerts', 'What needs a hand', staff),
    channel(CHANNEL_IDS.general, 'general', 'All of Acme', [...staff, USER_IDS.guest]),
    channel(CHANNEL_IDS.ledger, 'purser-ledger', 'Signed checkpoints of the ledger', staff),
  ]
}

export interface UserGroup {
  id: string
  handle: string
  name: string
  users: string[]
}

/** The user groups; rules name people by them. */
export const USER_GROUPS: UserGroup[] = [
  { id: 'S0OPS00000', handle: 'ops', name: 'Operations', users: [USER_IDS.ops] },
  { id: 'S0TEAMMATE', handle: 'teammates', name: 'Teammates', users: [USER_IDS.teammate, USER_IDS.ops] },
  { id: 'S0MANAGERS', handle: 'managers', name: 'Managers', users: [USER_IDS.manager] },
]
