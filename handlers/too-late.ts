import { drawContext, type HandlerPorts } from '../src/slack/handler.ts'
import { type TooLate, tooLate } from '../views/answers/private.ts'
import { type Answer, aboutRun } from './answer.ts'

/** Says who was first and how it stands now. */
export async function cameTooLate(
  ports: Pick<HandlerPorts, 'directory' | 'clock' | 'services'>,
  late: TooLate,
): Promise<Answer> {
  await ports.directory.learn(late.by ? [late.by.by] : [])
  return { drawing: tooLate(late, drawContext(ports)), about: aboutRun(late.run) }
}
