import { create } from 'zustand';
import type { Standing } from './health.ts';

/** What is said at the top, for the line of time to show it too; null: not known yet. */
export const useStanding = create<{ standing: Standing | null }>()(() => ({ standing: null }));
