import { Actor } from '../../src/domain/actor.ts'
import { UserMistake } from '../../src/domain/errors.ts'
import type { TeamId } from '../../src/domain/ids.ts'
import { type PacketScope, periodOf } from '../../src/ledger/packet/packet-scope.ts'
import type { Asked, HandlerPorts } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { packetBegun, packetComment, packetNeedsAll, packetSent } from '../../views/answers/audit-packet.ts'
import { texts } from '../../views/texts/index.ts'
import { actorOf, tell } from '../answer.ts'
import { permitSomewhere } from '../permit.ts'
import { recordReading } from './record-reading.ts'

/** Makes the evidence packet of somebody or of a period, and sends it into the asker's direct messages. Throws UserMistake. */
export async function sendPacket(ports: HandlerPorts, asked: Asked, about: string): Promise<void> {
  const permitted = await permitSomewhere(ports, asked, 'audit-export')
  if (!permitted.ok) return await tell(ports, asked, permitted.answer)
  const rules = ports.rules.current()
  const places = [null, ...ports.workflows.map(({ name }) => name)]
  // A packet shows that nothing is left out: it cannot leave out what its reader may not see.
  if (!places.every((workflow) => rules.may(permitted.found, 'audit-export', workflow))) {
    const who = rules.whoMay('audit-export', null)
    return await tell(ports, asked, { drawing: packetNeedsAll(who), about: nobody(asked.team) })
  }
  const scope = periodOf(about) ?? (await personScope(ports, asked.team, about))
  const subjects = scope.kind === 'subjects' ? scope.subjects : []
  await tell(ports, asked, { drawing: packetBegun(scope.title), about: { ...nobody(asked.team), subjects } })
  const at = ports.clock.now()
  const by = ports.directory.nameOf(actorOf(asked))
  const packet = await ports.packets({ team: asked.team, scope, by, at }, (actors) => namesOf(ports, actors))
  const facts = { entries: packet.entries, runs: packet.runs, packet: true }
  await recordReading(ports, asked, { subjects, facts, query: `packet ${about}` })
  const name = `evidence-${new Date(at).toISOString().slice(0, 19).replace(/[:T]/g, '-')}.zip`
  await ports.surface.sendFile(asked, {
    ...{ name, title: name, bytes: packet.zip },
    comment: packetComment({ title: scope.title, ...packet }),
  })
  await tell(ports, asked, { drawing: packetSent(packet), about: nobody(asked.team) })
}

async function personScope({ store }: Pick<HandlerPorts, 'store'>, team: TeamId, about: string): Promise<PacketScope> {
  const words = about.split(/\s+/).filter(Boolean)
  const found = words.length === 0 ? [] : await store.findSubjects(team, words, MOST_MEANT + 1)
  const exact = found.filter(({ key }) => key === about.toLowerCase())
  const meant = exact.length > 0 ? exact : found
  const { packetOfNobody, packetExamples, packetOfSeveral, nameOne } = texts.ledgerQuestions
  const [first] = meant
  if (!first) throw mistake(packetOfNobody(about), packetExamples)
  const keys = new Set(meant.map(({ key }) => key))
  if (keys.size > 1) {
    const some = [...keys].slice(0, MOST_MEANT).join(', ')
    throw mistake(packetOfSeveral(about, some), nameOne)
  }
  return { kind: 'subjects', subjects: meant.map(({ id }) => id), title: first.label }
}

const MOST_MEANT = 5
const mistake = (message: string, hint: string): UserMistake => new UserMistake({ code: 'audit-packet', message, hint })

async function namesOf(
  { directory }: Pick<HandlerPorts, 'directory'>,
  actors: readonly string[],
): Promise<Record<string, string>> {
  const people = actors.flatMap((text) => {
    const [, team, user] = /^slack:([^/]+)\/(.+)$/.exec(text) ?? []
    const person = Actor.safeParse({ kind: 'person', team, user })
    return person.success ? [{ text, actor: person.data }] : []
  })
  await directory.learn(people.map(({ actor }) => actor))
  return Object.fromEntries(people.map(({ text, actor }) => [text, directory.nameOf(actor)]))
}
