import { createRoot } from 'react-dom/client';
import './ui/tokens.css';
import './ui/controls.css';
import './ui/field.css';
import './ui/card.css';
import './shell/shell.css';
import { App } from './shell/App.tsx';
import { carryOutCommand } from './shell/commands.ts';
import { connectWindow } from './shell/connectWindow.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');

// For as long as the window lives: nothing to end before the page itself goes.
connectWindow(carryOutCommand);
createRoot(root).render(<App />);
