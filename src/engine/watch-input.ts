/** A run's input for a step's function, and which of its fields the function looked at. */
export function watchInput(input: unknown): { input: unknown; fields(): string[] } {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return { input, fields: () => [] }
  const looked = new Set<string>()
  const watched = new Proxy(input, {
    get(target, field, receiver) {
      if (typeof field === 'string') looked.add(field)
      return Reflect.get(target, field, receiver)
    },
  })
  return { input: watched, fields: () => [...looked].filter((field) => Object.hasOwn(input, field)) }
}
