import type { KnownBlock, ModalView } from '@slack/types'
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
import { texts } from '../texts/index.ts'
import { modal } from './modal.ts'
import { noteInput, personInput } from './person-input.ts'
import { readInputs } from './read-inputs.ts'

interface DebtInModal {
  run: Run
  debt: Debt
  outline: WorkflowOutline
}

function about({ run, debt, outline }: DebtInModal, ctx: DrawContext): KnownBlock[] {
  const { wasSkipped, owedBy } = texts.debtWindows
  return [
    paragraph(...wasSkipped(bold(stepTitle(outline, debt.step), 100), outside(debt.reason, 300))),
    paragraph(...owedBy(bold(ctx.name(debt.owner), 80), date(debt.due))),
    context(`${tameList([run.subject.label, outline.title])} · ${texts.words.run(shortId(run.id))}`),
  ]
}

/** Asks what shows that it is done after all. */
export function closeDebtModal(shown: DebtInModal, ctx: DrawContext): ModalView {
  const { title, evidence, evidenceMeans, example, submit } = texts.debtWindows.close
  return modal({
    title,
    callback: callbackIds.closeDebt,
    metadata: encodeDebtRef(shown.run.id, shown.debt.step),
    blocks: [
      ...about(shown, ctx),
      {
        type: 'input',
        block_id: 'evidence',
        label: plain(evidence, limits.inputLabel),
        hint: plain(evidenceMeans, limits.inputLabel),
        element: {
          type: 'plain_text_input',
          action_id: 'value',
          multiline: true,
          min_length: 3,
          max_length: 1_000,
          focus_on_load: true,
          placeholder: plain(example, limits.placeholder),
        },
      },
    ],
    submit,
  })
}

/** Asks who is to owe it. */
export function handOverDebtModal(shown: DebtInModal, ctx: DrawContext): ModalView {
  const { title, who, example, submit } = texts.debtWindows.handOver
  return modal({
    title,
    callback: callbackIds.handOverDebt,
    metadata: encodeDebtRef(shown.run.id, shown.debt.step),
    blocks: [...about(shown, ctx), personInput(who), noteInput(example)],
    submit,
  })
}

export type EvidenceRead = { ok: true; evidence: string } | { ok: false; errors: { evidence: string } }

/** What shows that it is done, from `view.state.values`. */
export function readEvidence(values: unknown): EvidenceRead {
  const { evidence } = readInputs(values)
  if (typeof evidence === 'string' && evidence.length >= 3) return { ok: true, evidence: evidence.slice(0, 1_000) }
  return { ok: false, errors: { evidence: texts.debtWindows.close.noEvidence } }
}
