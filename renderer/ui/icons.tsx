import type { ReactNode } from 'react';

/** Line icons, 16 by 16, in the color of the text around them. */
function Icon({ children }: { children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      {children}
    </svg>
  );
}

const line = (path: string) => () => (
  <Icon>
    <path d={path} />
  </Icon>
);

export const IconReload = line('M13 8a5 5 0 1 1-1.6-3.7M13.2 2v2.8h-2.8');
export const IconClose = line('M4 4l8 8M12 4l-8 8');
export const IconUp = line('M3.5 10L8 5.5 12.5 10');
export const IconDown = line('M3.5 6L8 10.5 12.5 6');
export const IconChevron = IconDown;
export const IconPlus = line('M8 3v10M3 8h10');
export const IconMinus = line('M3 8h10');
export const IconFit = line('M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10');
export const IconFind = line('M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.4 10.4l3.1 3.1');
export const IconCopy = line('M5.5 5.5h7v8h-7zM3.5 10.5v-8h7');
export const IconClear = line('M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM4.2 4.2l7.6 7.6');
export const IconSpeak = line('M2.5 6v4h2.5l3.5 3V3L5 6zM11 5.8a3 3 0 0 1 0 4.4M12.8 4a5.5 5.5 0 0 1 0 8');
export const IconWarn = line('M8 2.2l6.2 11H1.8zM8 6.4v3.2M8 11.4v.2');
export const IconError = line('M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 5v3.6M8 10.8v.2');
export const IconStop = line('M5.4 2h5.2L14 5.4v5.2L10.6 14H5.4L2 10.6V5.4zM5.2 8h5.6');
export const IconInfo = line('M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.4V11M8 5v.2');
export const IconHelp = line(
  'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.2 6.4a1.9 1.9 0 1 1 2.7 1.7c-.6.3-.9.7-.9 1.3M8 11.3v.2',
);
export const IconFolder = line(
  'M1.8 4.2c0-.6.4-1 1-1h3l1.4 1.6h6c.6 0 1 .4 1 1v6c0 .6-.4 1-1 1H2.8c-.6 0-1-.4-1-1z',
);
export const IconSample = line(
  'M6 2.5h4M6.7 2.5v4L3 12.4c-.4.7 0 1.4.8 1.4h8.4c.8 0 1.2-.7.8-1.4L9.3 6.5v-4M5 10h6',
);
export const IconOpen = line('M6 3.5H3.5v9h9V10M9 2.5h4.5V7M13.2 2.8L7.5 8.5');
export const IconArrowUp = line('M8 13V3.5M4 7.3l4-4 4 4');
export const IconArrowDown = line('M8 3v9.5M4 8.7l4 4 4-4');
export const IconCheck = line('M3 8.5l3.2 3.2L13 4.8');
export const IconFilter = line('M2.5 3h11L9.5 8.2v4.3l-3 1.5V8.2z');
export const IconWrap = line('M2.5 4h11M2.5 8h8.7a2.2 2.2 0 0 1 0 4.4H8.5M10 10.8l-1.6 1.6L10 14M2.5 12h2.5');
export const IconColors = line(
  'M8 2.2s4 4.4 4 7.2a4 4 0 0 1-8 0c0-2.8 4-7.2 4-7.2zM6.2 9.6A1.9 1.9 0 0 0 8 11.4',
);
export const IconSave = line('M8 2.5v7.5M4.8 7L8 10.2 11.2 7M2.8 11.5v2h10.4v-2');
export const IconSetup = line(
  'M2 4.5h6.2M12.2 4.5H14M2 11.5h1.8M7.8 11.5H14M10.2 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM5.8 13.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
);
