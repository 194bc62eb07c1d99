// Part 3 of the million messages.
import { readPartOfAMillion } from './fuzz';

describe('A million messages', () => readPartOfAMillion(3));
