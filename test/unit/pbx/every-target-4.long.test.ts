// Part 4 of what is asked of every target.
import { anyValueComesBackFrom, readingsOfPart } from './every-target';

readingsOfPart(4).forEach(anyValueComesBackFrom);
