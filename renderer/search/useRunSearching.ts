import { useEffect } from 'react';
import { forgetSearch, startSearch, useRunSearch } from './runSearchStore.ts';

/** A pattern that is being typed is searched for after so many ms without a change. */
const CALM_MS = 200;

/** Searches the whole of a run for the pattern of the moment, for as long as the search field is there. */
export function useRunSearching(run: string | null): void {
  const pattern = useRunSearch((search) => search.pattern);
  useEffect(() => {
    if (run === null || pattern.text === '') {
      forgetSearch();
      return;
    }
    const now = useRunSearch.getState();
    // The other view has searched for it already.
    if (now.run === run && now.searched === pattern) return;
    const timer = setTimeout(() => void startSearch(run, pattern), CALM_MS);
    return () => clearTimeout(timer);
  }, [run, pattern]);
  useEffect(() => forgetSearch, []);
}
