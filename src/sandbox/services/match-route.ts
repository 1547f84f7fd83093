import type { Route } from './fake.ts'

export interface RouteMatch {
  route: Route
  param: (name: string) => string
}

/** Finds the route for a method and a path; null when none fits. */
export type RouteFinder = (method: string, path: string) => RouteMatch | null

interface Compiled {
  route: Route
  expression: RegExp
}

/** Compiles patterns such as `/orgs/{org}/invitations` once, so that a request costs a few regular expressions. */
export function createRouteFinder(routes: Route[]): RouteFinder {
  const byMethod = new Map<string, Compiled[]>()
  for (const route of routes) {
    const source = route.pattern.replace(/[.*+?^$()[\]\\]/g, '\\$&').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')
    const compiled = byMethod.get(route.method) ?? []
    compiled.push({ route, expression: new RegExp(`^${source}$`) })
    byMethod.set(route.method, compiled)
  }
  return (method, path) => {
    for (const { route, expression } of byMethod.get(method) ?? []) {
      const found = expression.exec(path)
      if (found) return { route, param: (name) => decode(found.groups?.[name] ?? '') }
    }
    return null
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
