import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { Store } from '../../db/store.ts'
import { type Clock, systemClock } from '../../src/clock.ts'
import { type EndpointsRead, readEndpoints } from '../../src/connectors/index.ts'
import type { CallSummary } from '../../src/domain/call-summary.ts'
import type { EntryDraft, StoredEntry } from '../../src/domain/entry.ts'
import { AttemptId, createIds, RunId, StepKey, TeamId } from '../../src/domain/ids.ts'
import type { BoundCall } from '../../src/domain/operation.ts'
import { createEgress } from '../../src/egress/create-egress.ts'
import { createHttpClient, type HttpClient } from '../../src/egress/http-client.ts'
import type { CallScope } from '../../src/egress/scope.ts'
import { purserEnvironment } from '../../src/sandbox/purser-environment.ts'
import { createRedactor } from '../../src/secrets/redact.ts'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const SERVICE_ACCOUNT = JSON.stringify({
  type: 'service_account',
  client_email: 'purser@acme.iam.example',
  private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  token_uri: 'https://oauth2.googleapis.com/token',
})

/** What an operator would set to use the sandbox's services, all of them. */
export function sandboxEnvironment(urls: { services: string; slack?: string }): Record<string, string> {
  const { SLACK_SIGNING_SECRET: _, ...asInTheDemo } = purserEnvironment({
    sandboxUrl: '',
    servicesUrl: urls.services,
    signingSecret: '',
  })
  return {
    ...asInTheDemo,
    SLACK_API_URL: urls.slack ?? `${urls.services}/slack`,
    GOOGLE_SERVICE_ACCOUNT_KEY: SERVICE_ACCOUNT,
    JIRA_INDEX_LAG_SECONDS: '1',
  }
}

/** The real egress over the sandbox's environment; what it would record is kept in lists. */
export function openWire(
  env: Record<string, string>,
  clock: Clock = systemClock,
  http: HttpClient = createHttpClient(),
) {
  const read: EndpointsRead = readEndpoints(env, () => clock.now())
  if (read.missing.length > 0)
    throw new Error(
      `add to src/sandbox/purser-environment.ts: ${read.missing.map(({ variable }) => variable).join(', ')}`,
    )
  const ids = createIds({ now: () => clock.now(), randomBytes })
  const drafts: EntryDraft[] = []
  const summaries: CallSummary[] = []
  let unanswered: () => Promise<unknown> = async () => undefined
  const egress = createEgress({
    clock,
    ids,
    random: () => 0.5,
    endpoints: read.endpoints,
    http,
    redactor: createRedactor({ secrets: () => read.endpoints.flatMap((endpoint) => [...endpoint.secrets()]) }),
    ledger: {
      entry(draft) {
        drafts.push(draft)
        return { core: draft, bytes: '' } as unknown as StoredEntry
      },
      async record(given) {
        drafts.push(...given)
        if (given.some(({ kind }) => kind === 'call.unanswered')) await unanswered()
      },
      open: () => ({ kind: 'none' }),
    },
    store: { commit: async () => ({ kind: 'committed' }) } as Partial<Store> as Store,
  })
  const attempt = {
    run: RunId.parse(ids.run()),
    step: StepKey.parse('accounts'),
    attempt: AttemptId.parse(ids.attempt()),
    generations: {},
    startedAt: clock.now(),
    earlierCalls: false,
  }
  const scope: CallScope = {
    team: TeamId.parse('T0ACME000'),
    actor: { kind: 'machine', part: 'engine' },
    subjects: [],
    urgent: false,
    attempt,
    tries: { tries: 3, withinMs: 20_000, firstDelayMs: 10 },
    onCall: (summary) => void summaries.push(summary),
  }
  const call: BoundCall = (operation, input, item) =>
    egress.call({ scope, operation, input, ...(item === undefined ? {} : { item }) })
  return {
    call,
    egress,
    scope,
    summaries,
    /** What happens between a lost answer and whatever the egress does about it. */
    whenUnanswered(act: () => Promise<unknown>) {
      unanswered = act
    },
    /** Everything that the ledger was given, as one text. */
    recorded: () => JSON.stringify(drafts),
    /** The part of it that is hashed and stays readable for good. */
    openPart: () => JSON.stringify(drafts.map((draft) => ({ ...draft, body: undefined }))),
    operations: () => drafts.filter(({ kind }) => kind === 'call.intended').map(({ operation }) => operation),
    endpoints: read.endpoints,
    [Symbol.asyncDispose]: () => egress.close(),
  }
}
