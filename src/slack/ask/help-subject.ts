import type { HelpSubject } from '../../../views/answers/help.ts'
import type { Person } from '../../domain/actor.ts'
import type { HandlerPorts } from '../handler.ts'

/** What somebody may do, as the help needs to know it. */
export function helpSubject(
  { rules, workflows }: Pick<HandlerPorts, 'rules' | 'workflows'>,
  person: Person,
): HelpSubject {
  const now = rules.current()
  const somewhere = (action: 'see' | 'audit' | 'retry' | 'pause'): boolean =>
    [null, ...workflows.map(({ name }) => name)].some((workflow) => now.may(person, action, workflow))
  return {
    maySee: somewhere('see'),
    mayStart: workflows.filter(({ name }) => now.may(person, 'start', name)).map(({ title }) => title),
    mayAudit: somewhere('audit'),
    mayRetry: somewhere('retry'),
    mayPause: somewhere('pause'),
  }
}
