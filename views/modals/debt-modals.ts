import type { ModalView } from '@slack/types'
import type { Debt } from '../../src/domain/debt.ts'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { Run } from '../../src/domain/run.ts'
import { callbackIds } from '../action-ids.ts'
import { context, plain } from '../blocks.ts'
import type { DrawContext } from '../drawing.ts'
import { limits } from '../limits.ts'
import { tameList } from '../outside-text.ts'
import { encodeDebtRef } from '../references.ts'
import { bold, date, outside, paragraph } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { modal } from './modal.ts'
import { noteInput, personInput } from './person-input.ts'
import { readInputs } from './read-inputs.ts'

interface DebtInModal {
  run: Run
  debt: Debt
  outline: WorkflowOutline
}

const about = ({ run, debt, outline }: DebtInModal, ctx: DrawContext) => [
  paragraph(bold(stepTitle(outline, debt.step), 100), ' was skipped: ', outside(debt.reason, 300)),
  paragraph('Owed by ', bold(ctx.name(debt.owner), 80), ', due ', date(debt.due), '.'),
  context(`${tameList([run.subject.label, outline.title])} · run ${shortId(run.id)}`),
]

/** Asks what shows that it is done after all. */
export const closeDebtModal = (shown: DebtInModal, ctx: DrawContext): ModalView =>
  modal({
    title: 'Close what is owed',
    callback: callbackIds.closeDebt,
    metadata: encodeDebtRef(shown.run.id, shown.debt.step),
    blocks: [
      ...about(shown, ctx),
      {
        type: 'input',
        block_id: 'evidence',
        label: plain('What shows that it is done?', limits.inputLabel),
        hint: plain('A link, a number, or what you did: it is kept with your name.', limits.inputLabel),
        element: {
          type: 'plain_text_input',
          action_id: 'value',
          multiline: true,
          min_length: 3,
          max_length: 1_000,
          focus_on_load: true,
          placeholder: plain('Created by hand in Gusto: https://app.gusto.example/employees/77', limits.placeholder),
        },
      },
    ],
    submit: 'Close it',
  })

/** Asks who is to owe it. */
export const handOverDebtModal = (shown: DebtInModal, ctx: DrawContext): ModalView =>
  modal({
    title: 'Hand over',
    callback: callbackIds.handOverDebt,
    metadata: encodeDebtRef(shown.run.id, shown.debt.step),
    blocks: [...about(shown, ctx), personInput('Who does it?'), noteInput('You have the login for it')],
    submit: 'Hand over',
  })

export type EvidenceRead = { ok: true; evidence: string } | { ok: false; errors: { evidence: string } }

/** What shows that it is done, from `view.state.values`. */
export function readEvidence(values: unknown): EvidenceRead {
  const { evidence } = readInputs(values)
  if (typeof evidence === 'string' && evidence.length >= 3) return { ok: true, evidence: evidence.slice(0, 1_000) }
  return { ok: false, errors: { evidence: 'Please say what shows it, in at least three characters.' } }
}
