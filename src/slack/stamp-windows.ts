import { stamped } from '../../views/window-stamp.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import type { Surface } from './surface.ts'

/**
 * The surface on which each window says how many erasures there had been when it was opened: by that, what was written
 * in one that stood open while somebody was erased is not kept.
 */
export const stampWindows = (surface: Surface, keys: Pick<SubjectKeys, 'erasures'>): Surface => ({
  ...surface,
  openView: (about, triggerId, view) => surface.openView(about, triggerId, stamped(view, keys.erasures())),
  pushView: (about, triggerId, view) => surface.pushView(about, triggerId, stamped(view, keys.erasures())),
  updateView: (about, opened, view) => surface.updateView(about, opened, stamped(view, keys.erasures())),
})
