import { create } from 'zustand';
import type { Health } from './health.ts';

/** What is said at the top, for the line of time to show it too; null: not known yet. */
export const useHealth = create<{ standing: Health | null }>()(() => ({ standing: null }));
