import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ReceivedMail } from '../../src/sandbox/mail/smtp-sink.ts'
import { startWorkplace, type Workplace } from '../../src/sandbox/start-workplace.ts'
import type { FaultOrder, SandboxEphemeral, SandboxMessage, SandboxView } from '../../src/sandbox/state.ts'
import { tempFolder } from './temp-folder.ts'

export type Account = 'ops' | 'teammate' | 'manager' | 'guest'

/** What the control API answers; looked into field by field. */
export interface Acted {
  http: number
  status?: number | null
  body?: unknown
  ms?: number
  error?: string
  hint?: string
  result?: string
  errors?: Record<string, string>
  view?: SandboxView
}

export interface Effect {
  kind: string
  key: string
  requestId: string
  at: string
  detail: Record<string, unknown>
}

export interface ServiceLog {
  requests: {
    id: string
    at: string
    method: string
    path: string
    query: string
    body: unknown
    status: number | null
    fault?: string
  }[]
  effects: Effect[]
}

type Service = 'google' | 'jira' | 'github' | 'salesforce' | 'gusto'

interface Options {
  rules: string
  latencyMs?: number
  env?: Record<string, string>
  /** Gets what goes by e-mail; without it alerts go by Slack alone. */
  onMail?: (mail: ReceivedMail) => void
}

/** So long may anything take on a machine that does other things as well. */
export const PATIENCE_MS = 60_000

/** Waits until `look` gives something; throws with `what` when it does not within `withinMs`. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  withinMs = PATIENCE_MS,
): Promise<T> {
  const endsAt = Date.now() + withinMs
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > endsAt) throw new Error(`not within ${withinMs} ms: ${what}`)
    await sleep(20)
  }
}

/** The same for a list: waits until there is anything in it. */
export const collected = <T>(what: string, look: () => Promise<T[]>): Promise<T[]> =>
  until(what, async () => {
    const found = await look()
    return found.length > 0 && found
  })

/** All that stands in a message, as one text. */
export const wordsOf = (message: { text: string; blocks: unknown[] }): string =>
  `${message.text}\n${JSON.stringify(message.blocks)}`

/** Slack, the services and Purser, each as it runs in earnest, and people to act in it. */
export async function openWorkplace({ rules, latencyMs = 5, env = {}, onMail }: Options) {
  const folder = tempFolder()
  const lines: string[] = []
  const rulesFile = join(folder.path, 'rules.yml')
  writeFileSync(rulesFile, rules)
  const place = await startWorkplace({
    folder: folder.path,
    port: 0,
    latencyMs,
    rulesFile,
    callsPerMinute: 60_000,
    patienceMs: PATIENCE_MS,
    env: { SLACK_POSTS_PER_MINUTE: '6000', SLACK_UPDATES_PER_MINUTE: '6000', JIRA_INDEX_LAG_SECONDS: '2', ...env },
    ...(onMail && { onMail }),
    onLine: (line) => lines.push(line),
  })
  const act = actor(place)
  return {
    ...act,
    ...services(place, act.control),
    place,
    folder: folder.path,
    data: join(folder.path, 'data'),
    /** What Purser printed. */
    lines,
    async [Symbol.asyncDispose]() {
      await place.close()
      folder[Symbol.dispose]()
    },
  }
}

export type OpenWorkplace = Awaited<ReturnType<typeof openWorkplace>>

function actor({ sandbox }: Workplace) {
  const control = async (path: string, body?: object, method = 'POST'): Promise<Acted> => {
    const response = await fetch(`${sandbox.url}/sandbox/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    })
    return { http: response.status, ...Object(await response.json()) }
  }
  const privately = async (user: Account, since: number): Promise<SandboxEphemeral | null> => {
    const { users, ephemerals } = await sandbox.state('general')
    const id = users.find(({ account }) => account === user)?.id
    return ephemerals.findLast((each) => each.user === id && Number(each.ts) * 1000 > since) ?? null
  }
  /** The window on top of somebody's screen, once it is filled in. */
  const filled = async (user: Account, title: string): Promise<SandboxView> =>
    await until(`${user} sees the window ${title}`, async () => {
      const { users, views } = await sandbox.state('general')
      const view = views[users.find(({ account }) => account === user)?.id ?? '']?.at(-1)
      const words = JSON.stringify(view?.view ?? {})
      return words.includes(title) && !words.includes('One moment') ? view : null
    })
  return {
    control,
    filled,
    slash: (user: Account, command: string, text = '', channel = 'general') =>
      control('slash', { user, channel, command, text, wait_ms: 4_000 }),
    submit: (user: Account, view: SandboxView, values: Record<string, unknown>) =>
      control('submit', { user, view_id: view.id, values }),
    click: (user: Account, at: object, actionId: string, more: object = {}) =>
      control('click', { user, ...at, action_id: actionId, wait_ms: 4_000, ...more }),
    state: (channel?: string) => sandbox.state(channel),
    async messages(channel: string): Promise<SandboxMessage[]> {
      const state = await sandbox.state(channel)
      return state.channels[0]?.messages ?? []
    },
    /** What somebody was told privately while `doing` it. */
    async toldPrivately(user: Account, doing: () => Promise<unknown>): Promise<SandboxEphemeral> {
      const since = Date.now() - 1
      await doing()
      return await until(`${user} is told something`, () => privately(user, since))
    },
  }
}

function services({ servicesUrl }: Workplace, control: (path: string, body?: object) => Promise<Acted>) {
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${servicesUrl}/control${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    return await response.json()
  }
  return {
    services: ask,
    break: (order: FaultOrder) => control('faults', order),
    mend: (service: string) => ask('DELETE', `/faults?service=${service}`),
    log: async (service: Service) => (await ask('GET', `/log/${service}`)) as ServiceLog,
    async effects(service: Service): Promise<string[]> {
      const { effects } = (await ask('GET', `/log/${service}`)) as ServiceLog
      return effects.map(({ kind, key }) => `${kind} ${key}`)
    },
  }
}
