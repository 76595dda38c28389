import { compareWriting } from './compare-writing.js';

compareWriting(300);
