/** Returns the name, on this system, of the key that goes with a letter in accelerators and with a click on a link. */
export const modifierKey = (): 'Cmd' | 'Ctrl' => (navigator.userAgent.includes('Mac') ? 'Cmd' : 'Ctrl');
