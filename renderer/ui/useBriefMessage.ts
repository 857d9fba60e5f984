import { useEffect, useState } from 'react';

/** How long a short word and a sentence stay, ms. */
const SAY_SO = 1500;
const A_SENTENCE = 2500;
const SHORT = 20;

/** What was last said of an action, until it has been read; and how to say something. */
export function useBriefMessage(): readonly [said: string | null, say: (text: string) => void] {
  const [said, say] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => say(null), said.length > SHORT ? A_SENTENCE : SAY_SO);
    return () => clearTimeout(timer);
  }, [said]);
  return [said, say];
}
