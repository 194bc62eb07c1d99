// Part 1 of the million messages.
import { readPartOfAMillion } from './fuzz';

describe('A million messages', () => readPartOfAMillion(1));
