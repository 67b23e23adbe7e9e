package org.brkmap.model;

/**
 * How often a process had called the allocator up to a moment, counted by the probe. Immutable.
 *
 * @param bytesRequested sum of the sizes asked for
 */
public record AllocatorCounts(long mallocs, long callocs, long reallocs, long frees, long bytesRequested) {}
