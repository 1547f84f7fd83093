/** The new value with every part that equals the old one replaced by the old object, so that React may skip it. */
export function shareUnchanged<T>(before: unknown, after: T): T {
  if (Object.is(before, after)) return after
  if (Array.isArray(after)) {
    if (!Array.isArray(before)) return after
    const shared = after.map((item, index) => shareUnchanged(before[index], item))
    const same = before.length === shared.length && shared.every((item, index) => item === before[index])
    return (same ? before : shared) as T
  }
  if (!isRecord(before) || !isRecord(after)) return after
  const keys = Object.keys(after)
  const shared = Object.fromEntries(keys.map((key) => [key, shareUnchanged(before[key], after[key])]))
  const same = keys.length === Object.keys(before).length && keys.every((key) => shared[key] === before[key])
  return (same ? before : shared) as T
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
