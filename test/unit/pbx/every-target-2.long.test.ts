// Part 2 of what is asked of every target.
import { anyValueComesBackFrom, readingsOfPart } from './every-target';

readingsOfPart(2).forEach(anyValueComesBackFrom);
