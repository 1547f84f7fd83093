import { createRoot } from 'react-dom/client'
import { ToastProvider } from './live/toasts.tsx'
import { Workspace } from './shell/workspace.tsx'

const root = document.querySelector('#root')
if (root) {
  createRoot(root).render(
    <ToastProvider>
      <Workspace />
    </ToastProvider>,
  )
}
