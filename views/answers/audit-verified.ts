import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { paragraph, type Words } from '../rich-text.ts'
import { count } from '../wording.ts'

export const verifyBegun = (): Drawing => drawn([['⏳ The whole ledger is being read; the answer comes here.']])

interface Verdict {
  findings: readonly { leaf: number | null; entry: string | null; says: string }[]
  wrong: number
  sealed: number
  unsealed: number
  archived: number
  held: { anchored: number; stored: number }
}

/** Whether the ledger is as it was written; the first wrong entry is named. */
export function verifyVerdict(verdict: Verdict): Drawing {
  const { findings, wrong, sealed, unsealed, archived, held } = verdict
  const inSegments = archived === 0 ? '' : `, ${archived.toLocaleString('en')} of them in segments`
  const read = `Read ${sealed.toLocaleString('en')} sealed ${sealed === 1 ? 'entry' : 'entries'}${inSegments}; ${unsealed.toLocaleString('en')} newer are not sealed yet.`
  const agreed = `${count(held.anchored, 'anchored checkpoint agrees', 'anchored checkpoints agree')}, ${held.stored.toLocaleString('en')} stored.`
  if (wrong === 0) return drawn([['✅ The ledger is as it was written.'], [`${read} ${agreed}`], [CAVEAT]])
  const [first] = findings
  const place = [
    ...(first?.leaf === null || first === undefined ? [] : [`leaf ${first.leaf}`]),
    ...(first?.entry ? [`entry ${first.entry}`] : []),
  ]
  return drawn([
    ['🔴 The ledger was changed.'],
    [`First: ${[...place, first?.says ?? ''].join(', ')}.${wrong > 1 ? ` ${count(wrong - 1, 'more finding')}.` : ''}`],
    [`${read} ${agreed}`],
    [
      'Keep this host as it is, and have whoever runs Purser hold the ledger against anchored checkpoints: purser ledger verify --against.',
    ],
  ])
}

const CAVEAT =
  'Held against what stands on Purser’s own host. To find out as an outsider, use an anchored checkpoint: purser ledger verify --against.'

const drawn = (lines: readonly Words[]): Drawing => ({
  blocks: lines.map((words) => paragraph(...words)),
  text: fallbackText(lines),
})
