import { useEffect } from 'react'
import { useRemembered } from '../live/use-remembered.ts'
import { Icon } from './icon.tsx'

type Theme = 'system' | 'light' | 'dark'

const next: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }
const words: Record<Theme, string> = { system: 'as the system', light: 'light', dark: 'dark' }
const marks = { system: 'system', light: 'sun', dark: 'moon' } as const

/** The button that goes through the themes: as the system, light, dark. */
export function ThemeToggle() {
  const [theme, setTheme] = useRemembered<Theme>('theme', 'system')
  useEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={`Theme: ${words[theme]}. Change to ${words[next[theme]]}`}
      title={`Theme: ${words[theme]}`}
      data-testid="theme-toggle"
      onClick={() => setTheme(next[theme])}
    >
      <Icon name={marks[theme]} />
    </button>
  )
}
