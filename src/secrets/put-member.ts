/** Sets a member of any name, also the one by which an object would get another prototype. */
export function putMember(members: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(members, name, { value, enumerable: true })
  else members[name] = value
}
