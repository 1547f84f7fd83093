import type { AlertCase } from '../../src/domain/alert.ts'
import type { ButtonHandler, HandlerPorts } from '../../src/slack/handler.ts'
import { showCase } from '../../src/slack/show-alert.ts'
import { type Sight, sightOf } from '../../src/slack/sight.ts'
import { nobody } from '../../src/slack/surface.ts'
import { actionIds } from '../../views/action-ids.ts'
import { CASES_AT_ONCE, caseList } from '../../views/answers/case-list.ts'
import type { ShownCase } from '../../views/cards/storm-card.ts'
import { decodeCasesRef } from '../../views/references.ts'
import { tell } from '../answer.ts'
import { permitToSee } from '../permit.ts'

/** Lists what an alert stands for, a page at a time, to whoever presses; of runs that they may not see, only that they are there. */
export const showCasesClicked: ButtonHandler = {
  action: actionIds.showCases,
  async handle(press, ports) {
    const permitted = await permitToSee(ports, press)
    if (!permitted.ok) return await tell(ports, press, permitted.answer)
    const { alert, skip } = decodeCasesRef(press.value) ?? { alert: '', skip: 0 }
    const { open } = await ports.store.countCases(press.team, alert)
    const cases = await ports.store.casesOf(press.team, alert, { skip, limit: CASES_AT_ONCE })
    const sight = sightOf(ports, permitted.found)
    const shown = await Promise.all(cases.map((each) => seenCase(ports, each, sight)))
    const subjects = [...new Set(shown.flatMap(({ run }) => (run ? [run.subject.id] : [])))]
    const drawing = caseList({ alert, shown, skip, open })
    await tell(ports, press, { drawing, about: { ...nobody(press.team), subjects } })
  },
}

async function seenCase(ports: HandlerPorts, each: AlertCase, sight: Sight): Promise<ShownCase> {
  const shown = await showCase(ports, each)
  if (shown.run === null || sight.run(shown.run)) return shown
  return { ...shown, run: null, outline: null, isSeen: false }
}
