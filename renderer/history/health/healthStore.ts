import { create } from 'zustand';
import type { Health } from './health.ts';

/** Holds what the line at the top says, so that the timeline can show it too; null: not known yet. */
export const useHealth = create<{ standing: Health | null }>()(() => ({ standing: null }));
