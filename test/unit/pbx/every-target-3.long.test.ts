// Part 3 of what is asked of every target.
import { anyValueComesBackFrom, readingsOfPart } from './every-target';

readingsOfPart(3).forEach(anyValueComesBackFrom);
