import type { ActionsBlock, PlainTextOption, StaticSelect } from '@slack/types'
import { z } from 'zod'
import { actionIds } from '../action-ids.ts'
import { actions, plain } from '../blocks.ts'
import { limits } from '../limits.ts'
import { texts } from '../texts/index.ts'

const Whose = z.enum(['all', 'mine', 'people'])
const State = z.enum(['all', 'blocked', 'running', 'waiting'])

/** Which runs somebody's Home lists; it travels in the Home itself, so that nothing has to be remembered. */
export const HomeFilter = z.object({
  /** `mine`: that they started · `people`: about those whose manager they are. */
  whose: Whose,
  /** By name; null for all. */
  workflow: z.string().max(200).nullable(),
  state: State,
  /** From 0. */
  page: z.int().min(0).max(1_000),
})
export type HomeFilter = z.infer<typeof HomeFilter>

export const EVERYTHING: HomeFilter = { whose: 'all', workflow: null, state: 'all', page: 0 }

export const isFiltered = ({ whose, workflow, state }: HomeFilter): boolean =>
  whose !== 'all' || workflow !== null || state !== 'all'

/** Reads the filter that a Home carries; everything where there is none of ours. */
export function decodeHomeFilter(metadata: string | null): HomeFilter {
  try {
    return HomeFilter.catch(EVERYTHING).parse(JSON.parse(metadata ?? ''))
  } catch {
    return EVERYTHING
  }
}

export const encodeHomeFilter = (filter: HomeFilter): string => JSON.stringify(filter)

const Chosen = z.object({
  action_id: z.enum([actionIds.homeWhose, actionIds.homeWorkflow, actionIds.homeState]),
  selected_option: z.object({ value: z.string() }),
})

/** The filter after a choice in it; null when the choice is none of ours. */
export function afterChoice(filter: HomeFilter, action: unknown): HomeFilter | null {
  const chosen = Chosen.safeParse(action)
  if (!chosen.success) return null
  const { action_id: id, selected_option: option } = chosen.data
  const first = { ...filter, page: 0 }
  switch (id) {
    case actionIds.homeWhose:
      return { ...first, whose: Whose.catch('all').parse(option.value) }
    case actionIds.homeState:
      return { ...first, state: State.catch('all').parse(option.value) }
    default:
      return { ...first, workflow: option.value === ALL ? null : option.value }
  }
}

/** Stands for every workflow; no workflow has such a name. */
const ALL = '*'

/** Three menus: whose, of which workflow, in which state. */
export function filterMenus(filter: HomeFilter, workflows: readonly { name: string; title: string }[]): ActionsBlock {
  const { whose, whoseRuns, whichProcess, everyProcess, inWhichState, states } = texts.home
  const names = workflows.filter(({ name }) => name.length <= limits.optionValue).slice(0, limits.selectOptions - 1)
  const ofWorkflow = [[ALL, everyProcess] as const, ...names.map(({ name, title }) => [name, title] as const)]
  return actions(
    [
      menu({ action: actionIds.homeWhose, label: whose, options: Object.entries(whoseRuns), chosen: filter.whose }),
      menu({
        action: actionIds.homeWorkflow,
        label: whichProcess,
        options: ofWorkflow,
        chosen: filter.workflow ?? ALL,
      }),
      menu({
        action: actionIds.homeState,
        label: inWhichState,
        options: Object.entries(states),
        chosen: filter.state,
      }),
    ],
    // Slack keeps what was chosen by the block's id: another one where it is drawn anew.
    `home.filter.${filter.whose}.${filter.state}.${(filter.workflow ?? ALL).slice(0, 100)}`,
  )
}

interface Menu {
  action: string
  label: string
  options: readonly (readonly [value: string, text: string])[]
  chosen: string
}

function menu({ action, label, options, chosen }: Menu): StaticSelect {
  const drawn = options.map(([value, text]): PlainTextOption => ({ text: plain(text, limits.optionText), value }))
  const initial = drawn.find(({ value }) => value === chosen) ?? drawn[0]
  return {
    type: 'static_select',
    action_id: action,
    placeholder: plain(label, limits.placeholder),
    options: drawn,
    ...(initial ? { initial_option: initial } : {}),
  }
}
