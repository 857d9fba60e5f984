import { AnsiText } from '../ui/ansi/AnsiText.tsx';
import { LogText } from './LogText.tsx';

const withLinks = (text: string) => <LogText text={text} />;

/** Shows a line as its program colored it, with its links. */
export const ColoredLine = ({ text }: { text: string }) => (
  <AnsiText text={text.trimEnd()} draw={withLinks} />
);
