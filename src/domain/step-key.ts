/** The step's name in its workflow: of an item inside `each`, that of the step which it is an item of. */
export const stepName = <Key extends string>(key: Key): Key => (key.split(':', 1)[0] ?? key) as Key
