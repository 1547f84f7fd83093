import type { StepKey } from './ids.ts'

const UNDO = '~undo'

/** The step's name in its workflow: of an item inside `each`, or of what undoes a step, that of the step itself. */
export const stepName = <Key extends string>(key: Key): Key => (key.split(/[:~]/, 1)[0] ?? key) as Key

/** The place of an item in the frozen list of its step, from 1. */
export const itemKey = (name: StepKey, place: number): StepKey => `${name}:${place}` as StepKey

/** The step that undoes another one, in the same run. */
export const undoKey = (key: StepKey): StepKey => `${key}${UNDO}` as StepKey

/** The step that this one undoes; null for every other step. */
export const undoes = (key: StepKey): StepKey | null =>
  key.endsWith(UNDO) ? (key.slice(0, -UNDO.length) as StepKey) : null
