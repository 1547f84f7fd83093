import { createHmac } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { z } from 'zod'
import type { InboxItem } from '../../src/domain/inbox-item.ts'
import { type WorkflowDefinition, workflow } from '../../src/engine/define-workflow.ts'
import { createInbox } from '../../src/engine/inbox/create-inbox.ts'
import type { Inbox } from '../../src/engine/inbox/inbox.ts'
import { createDoors, type Doors } from '../../src/ingress/doors.ts'
import type { Reply } from '../../src/ingress/reply.ts'
import { createLog } from '../../src/log.ts'
import { evaluateRules } from '../../src/rules/evaluate.ts'
import { loadRules, problemsInWords } from '../../src/rules/load.ts'
import type { Rules } from '../../src/rules/rules.ts'
import { openEngine } from '../engine/open-engine.ts'
import { vendor } from '../engine/scripted-egress.ts'
import { JANE, TEAM } from '../support/test-ids.ts'
import { testLedger } from '../support/test-ledger.ts'
import { settle } from '../support/turns.ts'
import { rulesWithoutHooks } from '../support/workplace-rules.ts'

const Signed = z.object({ signedAt: z.string() })
const about = (contract: string) => ({ key: contract, label: 'Acme Ltd' })

/** Waits until its contract is signed, then opens the account. */
const clientOnboarding = workflow(
  {
    name: 'client-onboarding',
    version: 1,
    title: 'Client onboarding',
    input: z.object({ contract: z.string() }),
    subject: ({ contract }) => about(contract),
  },
  ({ step, event }) => {
    const signed = event('signed', {
      title: 'Contract signed',
      event: 'contract-signed',
      key: ({ input }) => input.contract,
      payload: Signed,
    })
    step('account', {
      title: 'Open the account',
      after: [signed],
      uses: [vendor],
      output: z.object({ id: z.string() }),
      run: ({ use }) => use(vendor).make(),
    })
  },
)

/** Another process that the same contract holds up. */
const clientBilling = workflow(
  {
    name: 'client-billing',
    version: 1,
    title: 'Client billing',
    input: z.object({ contract: z.string() }),
    subject: ({ contract }) => about(contract),
  },
  ({ event }) => {
    event('signed', { title: 'Signed', event: 'contract-signed', key: ({ input }) => input.contract, payload: Signed })
  },
)

const onboarding = workflow(
  {
    name: 'employee-onboarding',
    version: 1,
    title: 'Employee onboarding',
    input: z.object({ name: z.string().min(1), email: z.email() }),
    subject: ({ name, email }) => ({ key: email, label: name }),
  },
  ({ step }) => {
    const output = z.object({ id: z.string() })
    step('account', { title: 'Create the account', uses: [vendor], output, run: ({ use }) => use(vendor).make() })
  },
)

const HOOKS = `hooks:
  contracts:
    signature: standard-webhooks
    on:
      - when: body.type == "contract.signed"
        deliver: contract-signed
        key: body.data.contract
        payload: { signedAt: body.data.signed_at }
      - when: body.type == "person.hired"
        start: employee-onboarding
        input: { name: body.data.name, email: body.data.email }
      - when: body.type == "ping"
        ignore: true
  payments:
    signature: stripe
    on: [{ ignore: true }]
  code-host:
    signature: github
    on: [{ ignore: true }]
  unset:
    signature: github
    on: [{ ignore: true }]
api:
  hr-platform: { start: [employee-onboarding], see: [employee-onboarding], deliver: [contract-signed] }
`

export const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const SECRETS: Readonly<Record<string, readonly string[]>> = {
  contracts: [SECRET, 'whsec_c2Vjb25kLXNlY3JldC1vZi1jb250cmFjdHM='],
  payments: ['whsec_payments'],
  'code-host': ['of the code host'],
}

const CLIENTS = [
  { name: 'hr-platform', token: 'token-of-the-hr-platform' },
  { name: 'unknown', token: 'token-of-somebody-else' },
]

function rulesWith(sections: string) {
  const loaded = loadRules({ file: 'rules.yml', text: `${rulesWithoutHooks()}${sections}`, frame: null })
  if (!loaded.ok) throw new Error(problemsInWords(loaded.problems))
  return evaluateRules(loaded.rules, 1)
}

interface Sent {
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer
  /** Whence it comes. */
  from?: string
}

/** The doors over a real inbox, engine and store; requests are made by hand, so that no port is needed. */
export async function openDoors({
  sections = HOOKS,
  start = true,
  shipped = null,
  metricsToken = null,
}: {
  sections?: string
  start?: boolean
  /** In place of the samples: a workflow of the index, with all of its rules. */
  shipped?: { workflow: WorkflowDefinition; rules: Rules } | null
  metricsToken?: string | null
} = {}) {
  const at = await openEngine(shipped ?? { workflow: clientOnboarding, others: [clientBilling, onboarding] })
  const { hook, hooks, api, event, version } = shipped?.rules ?? rulesWith(sections)
  at.rules.now = { ...at.rules.now, hook, hooks, api, ...(shipped ? { event, version } : {}) }
  const log = createLog({ level: 'silent', clock: at.clock, scrubText: (text) => text })
  const ledger = testLedger({ store: at.store, keys: at.keys, clock: at.clock })
  const rules = { current: () => at.rules.now }
  const open = (): { inbox: Inbox; doors: Doors } => {
    const inbox = createInbox({
      ...{ store: at.store, ledger, keys: at.keys, clock: at.clock, ids: at.ids, engine: at.engine(), rules },
      onError: (error) => at.errors.push(error),
    })
    const secretsOf = (source: string) => SECRETS[source] ?? []
    const doors = createDoors({
      ...{ rules, inbox, secretsOf, clock: at.clock, log, team: TEAM, store: at.store, engine: at.engine() },
      ...{ clients: CLIENTS, metricsToken, waiting: () => ({ vendor: 2 }), commits: () => 7 },
    })
    return { inbox, doors }
  }
  let now = open()
  at.told.awaiting = (begun) => now.inbox.onAwaiting(begun)
  if (start) await now.inbox.start()
  let count = 0

  const opened = {
    at,
    inbox: () => now.inbox,
    /** The process is gone, and another one takes over. */
    async restart() {
      void now.inbox.stop()
      await at.crash()
      now = open()
      await now.inbox.start()
      await settle()
    },
    async send(path: string, { method = 'POST', headers = {}, body = '', from = '127.0.0.1' }: Sent): Promise<Reply> {
      const req = Object.assign(Readable.from(body.length === 0 ? [] : [Buffer.from(body)]), {
        ...{ method, url: path, headers, socket: { remoteAddress: from } },
      }) as unknown as IncomingMessage
      const answer = await now.doors(req, new URL(path, 'http://purser.invalid').pathname)
      if (!answer) throw new Error(`no door at ${path}`)
      await settle()
      return answer
    },
    /** As the sender of the contracts signs it. */
    signed(
      body: string,
      { id = `msg_${++count}`, secret = SECRET, ago = 0 } = {},
    ): Sent & { headers: Record<string, string> } {
      const time = String(Math.floor((at.clock.now() - ago) / 1000))
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
      const made = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64')
      return { body, headers: { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': `v1,${made}` } }
    },
    contractSigned: (contract: string, id?: string) =>
      opened.send(
        '/hooks/contracts',
        opened.signed(
          JSON.stringify({ type: 'contract.signed', data: { contract, signed_at: '2026-11-02' } }),
          id === undefined ? {} : { id },
        ),
      ),
    hired: (name: string, id?: string) => {
      const email = `${name.toLowerCase().replace(' ', '.')}@acme.example`
      const body = JSON.stringify({ type: 'person.hired', data: { name, email } })
      return opened.send('/hooks/contracts', opened.signed(body, id === undefined ? {} : { id }))
    },
    items: (): Promise<InboxItem[]> => at.store.openInbox(TEAM, ['new', 'stuck', 'kept'], { after: null, limit: 100 }),
    async begin(contract: string, workflow = 'client-onboarding') {
      const startKey = `V${++count}`
      const answer = await at.engine().start({ team: TEAM, workflow, input: { contract }, actor: JANE, startKey })
      if (answer.kind !== 'started') throw new Error(answer.kind)
      await settle()
      return answer.run
    },
    async kinds(): Promise<string[]> {
      const entries = await at.store.entries({ team: TEAM }, null, 500)
      return entries.map(({ core }) => core.kind).reverse()
    },
    runs: () => at.store.runs({ team: TEAM }, 100),
    async [Symbol.asyncDispose]() {
      await now.inbox.stop()
      await at[Symbol.asyncDispose]()
    },
  }
  return opened
}
