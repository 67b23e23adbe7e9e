package org.brkmap.model;

/**
 * One finished call of the allocator, from the probe's log. Immutable.
 *
 * @param serial order among all calls of all threads of the process, from 0
 * @param afterEvent how many memory events of the run had begun when the call returned
 * @param result the pointer returned; 0 for free or on failure
 */
public record AllocatorCall(long serial, long afterEvent, int pid, int tid, UserCall call, long result) {}
