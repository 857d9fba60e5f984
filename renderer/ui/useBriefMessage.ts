import { useEffect, useState } from 'react';

/** How long a short word and a sentence stay, ms. */
const SAY_SO = 1500;
const A_SENTENCE = 2500;
const SHORT = 20;

/** Returns a message that disappears once it could be read, and a function that shows one. */
export function useBriefMessage(): readonly [said: string | null, say: (text: string) => void] {
  const [said, say] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => say(null), said.length > SHORT ? A_SENTENCE : SAY_SO);
    return () => clearTimeout(timer);
  }, [said]);
  return [said, say];
}
