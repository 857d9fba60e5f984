/** What the bottom pane loads when somebody looks at the history. */
export { HistoryTools } from './HistoryTools.tsx';
export { HistoryView } from './HistoryView.tsx';
