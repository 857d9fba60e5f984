import { describeMainJob } from '../mainJob.ts';

// The same job, done by the app as electron-builder packs it.
describeMainJob(true);
