import { describeMainJob } from './mainJob.ts';

describeMainJob(false);
