import type { DecisionRequest } from '../../src/engine/decisions.ts'
import type { HandlerPorts, Submission, SubmissionAnswer } from '../../src/slack/handler.ts'
import { buttonForgotten } from '../../views/answers/private.ts'
import { readReason } from '../../views/modals/reason-input.ts'
import { decodeStepRef } from '../../views/references.ts'
import { decide } from '../decide.ts'
import { runAtHand } from '../run-at-hand.ts'
import { closedOr, notDone } from './submitted.ts'

type Reasoned = Extract<DecisionRequest['kind'], 'skip' | 'escalate'>

/** Carries out a decision about a step for which a reason was asked; the engine says whether it came too late. */
export async function submitStepDecision(
  ports: HandlerPorts,
  submission: Submission,
  kind: Reasoned,
): Promise<SubmissionAnswer> {
  const read = readReason(submission.values)
  if (!read.ok) return { kind: 'errors', errors: read.errors }
  const ref = decodeStepRef(submission.metadata)
  if (!ref) return notDone(buttonForgotten())
  const at = await runAtHand(ports, submission, { id: ref.run, action: kind })
  if (!at.ok) return notDone(at.answer.drawing)
  const decision = { kind, step: ref.step, stepVersion: ref.version, reason: read.reason }
  return closedOr(await decide(ports, submission, { run: ref.run, decision }))
}
