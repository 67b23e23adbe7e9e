package org.brkmap.bench;

/**
 * One counted copy. Immutable.
 *
 * @param strategy the id of the way
 * @param round from 1; the runs of one round were taken together, in random order
 */
public record CopyRun(CopyCell cell, String strategy, int round, CopyMeasure measure) {}
