import { createRoot } from 'react-dom/client';
import { UiProvider } from '../src/index.ts';
import { screens } from './screens.tsx';

const query = new URLSearchParams(location.search);
const name = query.get('screen');
const screen = name === null ? undefined : screens[name];
const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');

function Index() {
  return (
    <ul className="p-6">
      {Object.keys(screens).map((key) => (
        <li key={key} className="flex gap-4">
          <a href={`?screen=${key}&theme=light`}>{key}, light</a>
          <a href={`?screen=${key}&theme=dark`}>dark</a>
        </li>
      ))}
    </ul>
  );
}

createRoot(root).render(<UiProvider>{screen ? screen() : <Index />}</UiProvider>);
