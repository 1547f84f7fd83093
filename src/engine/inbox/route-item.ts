import { PersonNeeded } from '../../domain/errors.ts'
import type { InboxContent, Why } from '../../domain/inbox-content.ts'
import type { Received } from '../../rules/expression.ts'
import type { Routed, Rules } from '../../rules/rules.ts'

export type Stuck = { kind: 'stuck'; code: string; why: Why }
export type Route = Exclude<Routed, { kind: 'nothing' }> | Stuck

export const stuck = (code: string, message: string, hint: string): Stuck => ({
  kind: 'stuck',
  code,
  why: { message, hint },
})

/** What is to become of something that came, by the rules of today. */
export function routeItem(source: string, content: InboxContent, rules: Pick<Rules, 'hook'>): Route {
  if (content.kind === 'event') {
    return content.key.trim() === '' ? noKey(content.event) : { ...content, kind: 'deliver' }
  }
  const received = receivedOf(content)
  if (!received) {
    const hint = 'Have the sender mend it and send it anew; then dismiss this one.'
    return stuck('not-json', 'What came is not JSON, so that nobody can tell what it says.', hint)
  }
  const hook = rules.hook(source)
  if (!hook) {
    const hint = `Name ${source} under hooks in the rules file again and try it again; or dismiss it.`
    return stuck('no-such-hook', `The rules file does not name the hook ${source} any more.`, hint)
  }
  return routeBy(() => hook.route(received), source)
}

function routeBy(route: () => Routed, source: string): Route {
  try {
    const routed = route()
    if (routed.kind === 'nothing') {
      const hint = `Say under hooks.${source}.on in the rules file what becomes of it (ignore: true for what does not matter), and try it again; or dismiss it.`
      return stuck('nothing-matches', `No condition of the hook ${source} holds for it.`, hint)
    }
    return routed.kind === 'deliver' && routed.key.trim() === '' ? noKey(routed.event) : routed
  } catch (error) {
    if (!(error instanceof PersonNeeded)) throw error
    return stuck(error.code, error.message, error.hint)
  }
}

const noKey = (event: string): Stuck =>
  stuck(
    'no-event-key',
    `It says ${event}, and its key is empty: nobody can tell whom it concerns.`,
    'Correct key under hooks in the rules file, or have the sender name it; then try it again.',
  )

/** What expressions of the rules may name; null when the body is not JSON. */
export function receivedOf({ body, headers, query }: Extract<InboxContent, { kind: 'webhook' }>): Received | null {
  try {
    return { body: JSON.parse(body), headers, query }
  } catch {
    return null
  }
}
