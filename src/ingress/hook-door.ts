import type { IncomingMessage } from 'node:http'
import type { Clock } from '../clock.ts'
import { PurserError } from '../domain/errors.ts'
import type { TeamId } from '../domain/ids.ts'
import type { InboxContent } from '../domain/inbox-content.ts'
import type { Inbox } from '../engine/inbox/inbox.ts'
import { receivedOf } from '../engine/inbox/route-item.ts'
import type { Log } from '../log.ts'
import type { HookRule, RulesBook } from '../rules/rules.ts'
import { flatHeaders, readBody } from './read-body.ts'
import { ENCODED, notWith, type Reply, refusal, TOO_LARGE } from './reply.ts'
import { ID_HEADERS, VERIFIERS } from './signatures.ts'

export interface HookPorts {
  rules: Pick<RulesBook, 'current'>
  inbox: Pick<Inbox, 'receive' | 'settle'>
  /** Of a hook by its name; none when it has not been given any. */
  secretsOf(source: string): readonly string[]
  clock: Clock
  log: Pick<Log, 'warn' | 'error'>
  team: TeamId
}

/** What is sent to a hook: checked as bytes, put on disk, answered, and only then dealt with. */
export async function hookDoor(ports: HookPorts, source: string, req: IncomingMessage): Promise<Reply> {
  const hook = ports.rules.current().hook(source)
  if (!hook) return refusal(404, 'no-such-hook', 'The rules file of this Purser names no hook like this.')
  if (req.method !== 'POST') return notWith('POST')
  if (req.headers['content-encoding'] !== undefined) return ENCODED
  const secrets = ports.secretsOf(source)
  if (secrets.length === 0) {
    ports.log.warn('a hook has no secret, so that nothing can be taken from it', { code: source })
    return refusal(
      503,
      'no-secret',
      'Whoever runs this Purser has not given the hook its secret yet. Send it again later.',
    )
  }
  const body = await readBody(req)
  if (!body) return TOO_LARGE
  const headers = flatHeaders(req)
  if (!VERIFIERS[hook.signature]({ body, headers, secrets, now: ports.clock.now() })) {
    ports.log.warn('a webhook without a valid signature was refused', { code: source })
    const hint = `Sign the bytes as they are sent, as ${hook.signature} says, with the present secret and the present time.`
    return refusal(401, 'signature', hint)
  }
  return await take(ports, { source, hook, body, headers, query: queryOf(req) })
}

interface Taken {
  source: string
  hook: HookRule
  body: Buffer
  headers: Record<string, string>
  query: Record<string, string>
}

async function take(ports: HookPorts, { source, hook, body, headers, query }: Taken): Promise<Reply> {
  const { team, inbox, log } = ports
  const content = { kind: 'webhook', body: body.toString('utf8'), headers: keptOf(headers), query } as const
  const { id, type } = namesOf(hook, { content, headers, body })
  const by = { kind: 'machine', part: 'hook', name: source } as const
  const receipt = await inbox.receive({ team, source, event: id, type, content, by })
  if (receipt.kind === 'seen') return { status: 200, body: { received: true, again: true } }
  inbox.settle(team, receipt.item).catch((error: unknown) => {
    log.error('what a hook received could not be dealt with yet; it is tried again', { err: error, code: source })
  })
  return { status: 202, body: { received: true } }
}

/** The sender's id and kind of it: by the rules, else by the header, else by its bytes. */
function namesOf(
  hook: HookRule,
  { content, headers, body }: Pick<Taken, 'headers' | 'body'> & { content: Extract<InboxContent, { kind: 'webhook' }> },
): { id: string; type: string | null } {
  const received = receivedOf(content)
  const header = ID_HEADERS[hook.signature]
  const own = received && quietly(() => hook.idOf(received))
  const type =
    received && (quietly(() => hook.typeOf(received)) ?? headers['x-github-event'] ?? fieldOf(received, 'type'))
  const id = own ?? (header === null ? received && fieldOf(received, 'id') : headers[header]) ?? null
  return { id: id || `body\n${body.toString('base64')}`, type: type && /^[\w.:/-]{1,100}$/.test(type) ? type : null }
}

function fieldOf({ body }: { body: unknown }, name: string): string | null {
  const value = typeof body === 'object' && body !== null ? Reflect.get(body, name) : null
  return typeof value === 'string' && value !== '' ? value : null
}

/** What the rules cannot tell from it is said when it is dealt with: first it is kept. */
function quietly(read: () => string | null): string | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof PurserError) return null
    throw error
  }
}

const CREDENTIAL = /authorization|cookie|signature|secret|token|api-?key/

/** Headers that rules may ask for; none that lets somebody in. */
const keptOf = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !CREDENTIAL.test(name)))

const queryOf = (req: IncomingMessage): Record<string, string> =>
  Object.fromEntries(new URL(req.url ?? '/', 'http://purser.invalid').searchParams)
