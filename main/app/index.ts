/** The app as it is shipped. */
import { filesBelow } from './pageSource.ts';
import { startApp } from './startApp.ts';

startApp({ page: filesBelow, engineArguments: [] });
