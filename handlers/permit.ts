import type { Person } from '../src/domain/actor.ts'
import type { Action } from '../src/rules/rules.ts'
import { type Asker, authorize } from '../src/slack/authorize.ts'
import type { HandlerPorts } from '../src/slack/handler.ts'
import { seesAnything } from '../src/slack/sight.ts'
import { nobody } from '../src/slack/surface.ts'
import { type Deed, deedInWords } from '../views/answers/deeds.ts'
import { foreignWorkspace, guestRefused, notAllowed } from '../views/answers/private.ts'
import type { Drawing } from '../views/drawing.ts'
import type { Answer, Found } from './answer.ts'

type Ports = Pick<HandlerPorts, 'directory' | 'rules' | 'workflows'>

/** The asker, if they are a full member of the workspace, whatever their rights. */
export async function whoAsks(
  { directory, rules }: Pick<Ports, 'directory' | 'rules'>,
  asked: Asker,
): Promise<Found<Person>> {
  const authorized = await authorize({ directory, rules: rules.current() }, asked, { action: 'see', workflow: null })
  switch (authorized.kind) {
    case 'foreign':
      return { ok: false, answer: answer(asked, foreignWorkspace()) }
    case 'guest':
      return { ok: false, answer: answer(asked, guestRefused()) }
    case 'allowed':
    case 'not-allowed':
      return { ok: true, found: authorized.person }
  }
}

/** The asker, if they may do it to runs of this workflow now, or of every one where it is null; else who may. */
export async function permit(
  ports: Ports,
  asked: Asker,
  { action, workflow, deed = action }: { action: Action; workflow: string | null; deed?: Deed },
): Promise<Found<Person>> {
  const asker = await whoAsks(ports, asked)
  if (!asker.ok || ports.rules.current().may(asker.found, action, workflow)) return asker
  return { ok: false, answer: mayNot(ports, asked, { action, workflow, deed }) }
}

/** The asker, if they may do it in any workflow at all. */
export async function permitSomewhere(ports: Ports, asked: Asker, action: Action): Promise<Found<Person>> {
  const asker = await whoAsks(ports, asked)
  const rules = ports.rules.current()
  const places = [null, ...ports.workflows.map(({ name }) => name)]
  if (!asker.ok || places.some((workflow) => rules.may(asker.found, action, workflow))) return asker
  return { ok: false, answer: mayNot(ports, asked, { action, workflow: null }) }
}

/** The asker, if there is anything that they may see: by the rules, or as somebody's manager. */
export async function permitToSee(
  ports: Ports & Pick<HandlerPorts, 'engine' | 'store'>,
  asked: Asker,
): Promise<Found<Person>> {
  const asker = await whoAsks(ports, asked)
  if (!asker.ok || (await seesAnything(ports, asker.found))) return asker
  return { ok: false, answer: mayNot(ports, asked, { action: 'see', workflow: null }) }
}

function mayNot(
  { rules, workflows }: Ports,
  asked: Asker,
  { action, workflow, deed = action }: { action: Action; workflow: string | null; deed?: Deed },
): Answer {
  const title = workflows.find(({ name }) => name === workflow)?.title ?? workflow
  const who = rules.current().whoMay(action, workflow)
  return answer(asked, notAllowed({ what: deedInWords(deed, title), who }))
}

const answer = (asked: Asker, drawing: Drawing): Answer => ({ drawing, about: nobody(asked.team) })
