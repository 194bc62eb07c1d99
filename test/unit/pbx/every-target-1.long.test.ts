// Part 1 of what is asked of every target.
import { anyValueComesBackFrom, readingsOfPart } from './every-target';

readingsOfPart(1).forEach(anyValueComesBackFrom);
