package org.brkmap.grade;

/**
 * One way in which what was found departs from the report that was handed in. Immutable.
 *
 * @param what the id of a check, or what was compared, such as {@code fingerprint: alloc_size at "Press key"}
 * @param claimed what the report says
 * @param found what was recomputed or seen
 */
public record Difference(String what, String claimed, String found) {}
